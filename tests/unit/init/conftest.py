"""Reads small projects, and lets the rules classify them whose findings speak of components."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_lint.discovery.discover import discover
from ssot_lint.discovery.import_evidence import evidence_by_path
from ssot_lint.discovery.infer_layout import infer_layout
from ssot_lint.discovery.options import DiscoveryOptions
from ssot_lint.extract.extractor import extract
from ssot_lint.gate.classify import classify
from ssot_lint.gate.suppressions import find_suppressions
from ssot_lint.model.component import Component
from ssot_lint.model.report import JudgedFinding
from ssot_lint.model.source import SourceTree
from ssot_lint.project.project import Project
from ssot_lint.rules.selection import ActiveRule
from ssot_rules.definitions.fragmented_component import FragmentedComponent
from ssot_rules.factories.multiple_factories import MultipleFactories

Read = tuple[SourceTree, Project, list[JudgedFinding]]


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Read]:
    """Reads files, given as path and content: the tree, the project, and what the rules find."""

    def read_files(
        files: Mapping[str, str], components: tuple[Component, ...] = (), roots: tuple[str, ...] = ()
    ) -> Read:
        for path, content in files.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(content)
        tree = discover(tmp_path, [tmp_path], DiscoveryOptions(source_roots=roots))
        results = [extract((tmp_path / file.path).read_bytes()) for file in tree.files]
        tree = infer_layout(tree, evidence_by_path(tree, results))
        project = Project(tree, results, components)
        rules = [ActiveRule(rule, rule.info(), "builtin") for rule in (FragmentedComponent(), MultipleFactories())]
        found = [(rule, finding) for rule in rules for finding in rule.rule.check(project)]
        suppressions = find_suppressions(project.modules, {rule.info.code: rule.info.code for rule in rules})
        return tree, project, list(classify(found, components, suppressions, None).findings)

    return read_files
