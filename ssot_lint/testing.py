"""For authors of rules: projects made of a few lines of source, and rules run over them."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from ssot_lint.discovery.discover import discover
from ssot_lint.discovery.options import DiscoveryOptions
from ssot_lint.discovery.settle import settle
from ssot_lint.extract.extractor import extract
from ssot_lint.model.component import Component
from ssot_lint.model.facts import ModuleFacts
from ssot_lint.model.finding import Finding
from ssot_lint.project.project import Project
from ssot_lint.rule import Rule


def project_at(root: Path, components: tuple[Component, ...] = ()) -> Project:
    """The project in a folder, read in this process: for trusted sources only."""
    tree = discover(root, [root], DiscoveryOptions())
    results = [extract((root / source.path).read_bytes()) for source in tree.files]
    imports = {
        source.path: facts.imports
        for source, facts in zip(tree.files, results, strict=True)
        if isinstance(facts, ModuleFacts)
    }
    return Project(settle(tree, imports), results, components)


def project_from(sources: Mapping[str, str], components: tuple[Component, ...] = ()) -> Project:
    """The project made of these files: POSIX path to source text.

    Folders are not packages by themselves: add ``pkg/__init__.py`` where one is meant.
    """
    with tempfile.TemporaryDirectory(prefix="ssot-lint-") as folder:
        root = Path(folder)
        for path, text in sources.items():
            file = root / PurePosixPath(path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return project_at(root, components)


def findings(rule: Rule, sources: Mapping[str, str], components: tuple[Component, ...] = ()) -> list[Finding]:
    """What one rule finds in :func:`project_from`, ordered by subject."""
    return sorted(rule.check(project_from(sources, components)), key=lambda finding: finding.subject)


def example_files(text: str) -> dict[str, str]:
    """The files of an example in a rule's docstring: each begins with a line ``# path/to/file.py``.

    Every folder gets an ``__init__.py``, so that examples stay short.
    """
    files: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        path = line.removeprefix("# ")
        if line.startswith("# ") and path.endswith(".py") and " " not in path:
            current = files.setdefault(path, [])
        else:
            current.append(line)
    folders = {folder.as_posix() for path in files for folder in PurePosixPath(path).parents} - {"."}
    packages = {f"{folder}/__init__.py": "" for folder in folders}
    return packages | {path: "\n".join(lines) + "\n" for path, lines in files.items()}
