"""SSOT110: one component in several editions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Editions, Finding, Severity, Site
from ssot_lint.model.plan import Action
from ssot_lint.model.syntax import Guard
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol, Symbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.class_kinds import Kind
from ssot_rules.analysis.drift import drift_between
from ssot_rules.analysis.layout import is_handwritten
from ssot_rules.analysis.lineage import lineage_of
from ssot_rules.analysis.vocabulary import EDITION_WORDS
from ssot_rules.definitions._class_pairs import TRIVIAL_STATEMENTS

_VERSION = re.compile(r"V[0-9]+(?![0-9a-z])")
_REMAINING_WORDS = 2

_Name = tuple[str, ...]


@dataclass(frozen=True)
class FragmentedComponent(Rule):
    """Classes of several modules have the same name but for words such as Unified, New, Legacy or V2.

    Why:
        Each of them was to replace the others and none did. New code picks one by chance, fixes reach one edition,
        and what the editions do about the same state contradicts each other.

    Bad:
        # shop/cart.py
        class CartManager:
            def __init__(self, store):
                self.store = store

            def add(self, item):
                self.store.append(item)
                self.store.sort()
        # shop/unified.py
        class UnifiedCartManager:
            def __init__(self, backend):
                self.backend = backend

            def put(self, item, count):
                if count:
                    self.backend.save(item, count)

    Good:
        # shop/cart.py
        class CartManager:
            def __init__(self, store):
                self.store = store

            def add(self, item):
                self.store.append(item)
                self.store.sort()
        # shop/unified.py
        from shop.cart import CartManager

        class UnifiedCartManager(CartManager):
            def put(self, item, count):
                for _ in range(count):
                    self.add(item)

    Fix:
        Decide which edition stays, move to it what only the others can do, switch their users over and delete them.
    """

    code: ClassVar[str] = "SSOT110"
    name: ClassVar[str] = "fragmented-component"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.MEDIUM
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        editions: dict[_Name, list[ClassSymbol]] = defaultdict(list)
        for cls in project.classes():
            if self.applies_to(cls.module) and _is_candidate(cls):
                editions[_remaining(cls.name)].append(cls)
        for name, classes in sorted(editions.items()):
            if len(name) >= _REMAINING_WORDS and any(words(cls.name) != name for cls in classes):
                for group in project.comparable_groups(_independent(project, classes)):
                    if len({words(cls.name) for cls in group}) > 1 and len({cls.module for cls in group}) > 1:
                        yield _finding(project, name, group)


def _is_candidate(cls: ClassSymbol) -> bool:
    return (
        not cls.name.startswith("_")
        and cls.fact.guard is Guard.NONE
        and cls.fact.body.statements > TRIVIAL_STATEMENTS
        and is_handwritten(cls.module)
    )


def _remaining(name: str) -> _Name:
    """The words of a name without qualifiers and versions: ``NewCartManagerV2`` is cart, manager."""
    return tuple(word for word in words(_VERSION.sub("", name)) if word not in EDITION_WORDS)


def _independent(project: Project, classes: Sequence[ClassSymbol]) -> list[ClassSymbol]:
    """The plain classes among editions, of each family the first: what inherits from one source is one component."""
    lineages = {cls: lineage_of(project, cls) for cls in classes}
    plain = [cls for cls in classes if lineages[cls].kind is Kind.PLAIN]
    taken: set[Symbol | str] = set()
    kept = []
    for cls in sorted(plain, key=lambda cls: (len(lineages[cls].ancestors), cls.sort_key)):
        family = {cls, *lineages[cls].roots}
        if not family & taken:
            kept.append(cls)
        taken |= family
    return sorted(kept, key=lambda cls: cls.sort_key)


def _finding(project: Project, name: _Name, classes: Sequence[ClassSymbol]) -> Finding:
    home, reason = project.home_among(classes)
    others = [cls for cls in classes if cls is not home]
    names = sorted({cls.name for cls in classes})
    component = "".join(word.capitalize() for word in name)
    lines = [
        f"{cls.module.path}:{cls.fact.line} class `{cls.name}`, imported by "
        f"{counted(project.importer_count(cls), 'module')}"
        for cls in (home, *others)
    ]
    return FragmentedComponent.finding(
        subject=component,
        message=(
            f"component `{component}` exists in {len(classes)} independent editions "
            f"({listed([f'`{each}`' for each in names])}): keep {home.module.path}, {reason}"
        ),
        remedy=(
            f"Keep `{home.id}`, move to it what only {listed([f'`{cls.id}`' for cls in others])} can do, write "
            f"`from {home.module.name} import {home.name}` where they are used and delete them; if they are different "
            "things, give them names that say so"
        ),
        home=home_of(home, reason),
        sites=tuple(_site(project, home, cls) for cls in others),
        evidence={
            "text": lines,
            "editions": [{"symbol": cls.id, "importers": project.importer_count(cls)} for cls in classes],
        },
        component=Editions(),
    )


def _site(project: Project, home: ClassSymbol, cls: ClassSymbol) -> Site:
    drift = drift_between(project, home, cls)
    return site_of(cls, "; ".join([f"another edition of `{home.id}`", *drift.phrases()]))
