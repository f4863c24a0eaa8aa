"""What a layout check takes leaves the layout as it is: held against the layout that is inferred anew."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from ssot_lint.discovery.discover import discover
from ssot_lint.discovery.import_evidence import FileEvidence, evidence_in
from ssot_lint.discovery.infer_layout import infer_layout, settle_layout
from ssot_lint.discovery.layout_check import LayoutCheck
from ssot_lint.discovery.options import DiscoveryOptions
from ssot_lint.model.facts import Import
from ssot_lint.model.source import SourceTree
from tests.unit.discovery.conftest import make_import

Write = Callable[[Mapping[str, str]], Path]
Contents = dict[str, FileEvidence]

PATHS = (
    "app/__init__.py",
    "app/core/__init__.py",
    "app/core/db.py",
    "app/demo/loader.py",
    "app/templates/sample_task.py",
    "app/tools/helper.py",
    "app/tools/run.py",
    "backend/core/db.py",
    "backend/core/views.py",
    "backend/jobs.py",
    "backend/main.py",
    "demo/shop.py",
    "external/engine/api.py",
    "external/engine/parts.py",
    "service_a/app/api.py",
    "service_b/app/api.py",
    "setup.py",
    "src/shop/__init__.py",
    "src/shop/cart.py",
    "old/a.py",
    "tool.py",
)
NAMES = (
    "app",
    "app.api",
    "app.core.db",
    "app.demo.loader",
    "app.templates.sample_task",
    "app.tools.helper",
    "app.tools.run",
    "backend.core.db",
    "core.db",
    "core.nothing",
    "core.something",
    "core.views",
    "demo.shop",
    "engine.parts",
    "external.engine.api",
    "json",
    "old.a",
    "shop.cart",
    "src.shop.cart",
    "tool",
    "yaml",
)


class Typist:
    """Draws what files tell, and what they tell after an edit."""

    def __init__(self, seed: int) -> None:
        self._rng = random.Random(seed)  # noqa: S311 - the same edits each time

    def contents(self) -> Contents:
        return {path: FileEvidence([self._statement() for _ in range(self._rng.randrange(5))]) for path in PATHS}

    def edited(self, content: FileEvidence) -> FileEvidence:
        kind = self._rng.randrange(12)
        if kind == 0:
            return content._replace(is_runnable=not content.is_runnable)
        if kind == 1:
            return content._replace(edits_path=not content.edits_path)
        if kind < 6 and content.imports:
            kept = list(content.imports)
            kept.pop(self._rng.randrange(len(kept)))
            return content._replace(imports=kept)
        place = self._rng.randrange(len(content.imports) + 1)
        return content._replace(imports=[*content.imports[:place], self._statement(), *content.imports[place:]])

    def _statement(self) -> Import:
        if self._rng.random() < 0.2:
            return make_import(self._rng.choice(["", "core", "demo", "db"]), self._rng.randrange(1, 3), "loader")
        return make_import(self._rng.choice(NAMES), 0, self._rng.choice([None, "thing", "db"]))

    def pick(self) -> str:
        return self._rng.choice(PATHS)


def settled(tree: SourceTree, contents: Contents) -> tuple[SourceTree, LayoutCheck]:
    evidence = evidence_in(tree, contents)
    return settle_layout(tree, contents, evidence), LayoutCheck(tree, contents, evidence)


def edits_of(tree: SourceTree, seed: int, count: int) -> Iterator[tuple[bool, bool]]:
    """Of random edits whether the check takes each, and whether it leaves the layout as it is."""
    typist = Typist(seed)
    contents = typist.contents()
    layout, check = settled(tree, contents)
    for _ in range(count):
        path = typist.pick()
        before, contents[path] = contents[path], typist.edited(contents[path])
        is_taken = check.takes({path: (before, contents[path])})
        anew = infer_layout(tree, contents)
        yield is_taken, anew == layout
        if not is_taken:
            layout, check = settled(tree, contents)


@pytest.mark.parametrize("seed", range(12))
def test_what_it_takes_leaves_the_layout_as_it_is(write: Write, seed: int) -> None:
    root = write(dict.fromkeys(PATHS, ""))
    tree = discover(root, [root], DiscoveryOptions())
    seen = Counter(edits_of(tree, seed, 60))
    assert not seen[True, False]
    assert seen[True, True] > 5
