"""SSOT110: one component in several editions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Editions, Finding, Severity, Site
from ssot_lint.model.plan import Action
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import Guard
from ssot_lint.project.groups import Groups
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol, Module, Symbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.class_kinds import Kind
from ssot_rules.analysis.drift import drift_between
from ssot_rules.analysis.layout import is_handwritten
from ssot_rules.analysis.lineage import lineage_of
from ssot_rules.analysis.mirrors import declared_copies_in
from ssot_rules.analysis.overlays import are_overlaid
from ssot_rules.analysis.places import common_place
from ssot_rules.analysis.remedies import keeps_home, kept, verdict, ways_to
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
    severity: ClassVar[Severity] = Severity.INFO
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        editions = project.folded(_EditionsIn(self.zones), Groups[_Name, ClassSymbol])
        judged = project.judging(_found_among)
        for group in editions.several():
            yield from judged(group)


@dataclass(frozen=True, slots=True)
class _EditionsIn:
    """The classes of a module, by what remains of their names. For :meth:`Project.folded`."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project, module: Module) -> tuple[tuple[_Name, ClassSymbol], ...]:
        classes = module.top_level_classes if module.zone in self.zones else ()
        declared = project.linked(declared_copies_in, module)
        named = ((_remaining(cls.name), cls) for cls in classes if _is_candidate(cls) and cls not in declared)
        return tuple((name, cls) for name, cls in named if len(name) >= _REMAINING_WORDS)


def _found_among(project: Project, classes: tuple[ClassSymbol, ...]) -> tuple[Finding, ...]:
    """What is found of classes of which the same words remain. For :meth:`Project.judging`."""
    name = _remaining(classes[0].name)
    if all(words(cls.name) == name for cls in classes):
        return ()
    found = []
    for group in project.comparable_groups(_independent(project, name, classes)):
        home, reason = project.home_among(group)
        others = [cls for cls in group if _is_rival(project, home, cls)]
        if len({words(cls.name) for cls in (home, *others)}) > 1:
            found.append(_finding(project, name, home, reason, others))
    return tuple(found)


def _is_rival(project: Project, home: ClassSymbol, cls: ClassSymbol) -> bool:
    """Whether another edition could give way to the home."""
    return (
        cls.module is not home.module
        and project.can_use(cls.module, home.module)
        and not are_overlaid(cls.module, home.module)
    )


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


def _independent(project: Project, name: _Name, classes: Sequence[ClassSymbol]) -> list[ClassSymbol]:
    """The plain classes among editions, of each family the first: what inherits from one source is one component."""
    lineages = {cls: lineage_of(project, cls) for cls in classes}
    plain = [cls for cls in classes if lineages[cls].kind is Kind.PLAIN]
    is_choice = _is_choice(project, plain)
    taken: set[Symbol | str] = set()
    kept = []
    for cls in sorted(plain, key=lambda cls: (len(lineages[cls].ancestors), cls.sort_key)):
        family = {cls, *(root for root in lineages[cls].roots if is_choice or _is_made_for(project, name, root))}
        if not family & taken:
            kept.append(cls)
        taken |= family
    return sorted(kept, key=lambda cls: cls.sort_key)


def _is_choice(project: Project, classes: Sequence[ClassSymbol]) -> bool:
    """Whether some module has several editions at hand: it takes the one or the other on purpose."""
    importers = Counter(importer for cls in classes for importer in {use.importer for use in project.imports_of(cls)})
    return any(count > 1 for count in importers.values())


def _is_made_for(project: Project, name: _Name, root: Symbol | str) -> bool:
    """Whether a common root makes the editions of a name one family. The base of everything else in the project does
    not; what an external one is for cannot be seen."""
    if not isinstance(root, ClassSymbol) or _remaining(root.name) == name:
        return True
    heirs = project.derived(_heirs).get(root, ())
    return all(_remaining(heir.name) == name for heir in heirs)


def _heirs(project: Project) -> Mapping[Symbol, list[ClassSymbol]]:
    """The direct subclasses of each first-party class. For :meth:`Project.derived`."""
    found: dict[Symbol, list[ClassSymbol]] = defaultdict(list)
    for base, cls in project.gathered(_bases_in):
        found[base].append(cls)
    return dict(found)


def _bases_in(project: Project, module: Module) -> tuple[tuple[Symbol, ClassSymbol], ...]:
    bases = ((base.symbol, cls) for cls in module.top_level_classes for base in project.resolver.bases(cls))
    return tuple((base, cls) for base, cls in bases if base is not None)


def _finding(project: Project, name: _Name, home: ClassSymbol, reason: str, others: Sequence[ClassSymbol]) -> Finding:
    classes = sorted((home, *others), key=lambda cls: cls.sort_key)
    names = sorted({cls.name for cls in classes})
    component = "".join(word.capitalize() for word in name)
    lines = [
        f"{cls.module.path}:{cls.fact.line} class `{cls.name}`, imported by "
        f"{counted(project.importer_count(cls), 'module')}"
        for cls in (home, *others)
    ]
    remedy = _remedy(project, home, reason, others)
    return FragmentedComponent.finding(
        subject=component,
        message=(
            f"component `{component}` exists in {len(classes)} independent editions "
            f"({listed([f'`{each}`' for each in names])}): {verdict(home, reason, remedy)}"
        ),
        remedy=remedy,
        home_stays=keeps_home(remedy),
        home=home_of(home, reason),
        sites=tuple(_site(project, home, cls) for cls in others),
        evidence={
            "text": lines,
            "editions": [{"symbol": cls.id, "importers": project.importer_count(cls)} for cls in classes],
        },
        component=Editions(),
    )


def _remedy(project: Project, home: ClassSymbol, reason: str, others: Sequence[ClassSymbol]) -> str:
    merged = listed([f"`{cls.id}`" for cls in others])
    ways = ways_to(project, home, reason, others)
    statement = next((way.statement for way in ways if way.statement), "")
    written = f"write `{statement}` where they are used and" if statement else "use it in their place and"
    stays = kept(home, ways) or f"Make one of them, in {common_place(project, [home, *others])}."
    return (
        f"{stays} Move to it what only {merged} can do, {written} delete them; if they are different things, give them "
        "names that say so."
    )


def _site(project: Project, home: ClassSymbol, cls: ClassSymbol) -> Site:
    drift = drift_between(project, home, cls)
    return site_of(cls, "; ".join([f"another edition of `{home.id}`", *drift.phrases()]))
