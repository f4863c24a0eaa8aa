"""Builds small projects on disk, and reads the imports of their files with :mod:`ast`."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import msgspec
import pytest

from ssot_lint.discovery.discover import discover
from ssot_lint.discovery.import_evidence import FileEvidence
from ssot_lint.discovery.infer_layout import infer_layout
from ssot_lint.discovery.options import DiscoveryOptions
from ssot_lint.extract.header import is_generated, is_runnable
from ssot_lint.model.facts import Import
from ssot_lint.model.source import SourceTree
from ssot_lint.model.syntax import Guard

Files = Mapping[str, str]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Files], Path]:
    """Writes files, given as path and content, below a fresh project root; returns the root."""

    def write_files(files: Files) -> Path:
        root = tmp_path / "project"
        root.mkdir(exist_ok=True)
        for path, content in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(content, encoding="utf-8")
        return root

    return write_files


@pytest.fixture
def settled(write: Callable[[Files], Path]) -> Callable[..., SourceTree]:
    """Writes files, scans ``scan`` (the root by default) and settles names and zones."""

    def settle_files(files: Files, scan: Iterable[str] = (".",), **options: object) -> SourceTree:
        root = write(files)
        tree = discover(root, [root / path for path in scan], msgspec.convert(options, DiscoveryOptions))
        return infer_layout(tree, {file.path: evidence_in(files[file.path]) for file in tree.files})

    return settle_files


def evidence_in(source: str) -> FileEvidence:
    return FileEvidence(
        list(imports_in(source)), is_generated(source), is_runnable(source), "sys.path.insert" in source
    )


def imports_in(source: str) -> Iterable[Import]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield make_import(alias.name, 0, None)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                yield make_import(node.module or "", node.level, alias.name)


def make_import(module: str, level: int, name: str | None) -> Import:
    return Import(module, level, name, None, 0, Guard.NONE, 1, 1, 1, 1)
