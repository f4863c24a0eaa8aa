"""SSOT131: one constant, written down several times."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar

from ssot_lint.model.facts import BindingKind
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import Guard, ValueKind
from ssot_lint.project.groups import Groups
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import Module, VariableSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.hooks import plugin_places
from ssot_rules.analysis.layout import is_handwritten
from ssot_rules.analysis.overlays import are_overlaid
from ssot_rules.analysis.reaching import can_reach
from ssot_rules.analysis.remedies import keeps_home, kept, only_deletes, verdict, ways_to
from ssot_rules.analysis.standing import home_among_modules

_CONSTANT = re.compile(r"_*[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_KINDS = (BindingKind.ASSIGN, BindingKind.ANNOTATED)

# The contract's: less is equal by chance. A text with its quotes.
_TEXT = 12 + 2
_ELEMENTS = 3
# Beside each other also a shorter text tells, one that is no single letter, format or separator.
_NEIGHBOUR_TEXT = 8 + 2
# Shorter patterns are those that everybody writes: digits, blanks.
_PATTERN = 8 + 2
# No number is longer.
_LONG = 40


@dataclass(frozen=True)
class DuplicateConstant(Rule):
    """A module-level constant is written down in several modules with one value.

    Why:
        The day one of them changes, the program has two. Patterns, keys on the wire, names of environment variables
        and lists of allowed values are known in one place or, in the end, in none. What may be equal by chance is
        exempt: numbers, texts below twelve characters, fewer than three elements; so are settings modules, and
        plug-ins that are each asked for the name.
        Ships as an inventory: of 15 findings drawn on unseen code 5 were worth acting on as told.

    Bad:
        # shop/orders.py
        ADDRESS_FIELDS = ("name", "street", "city", "zip")
        # shop/quotes.py
        ADDRESS_FIELDS = ("name", "street", "city", "zip")

    Good:
        # shop/orders.py
        ADDRESS_FIELDS = ("name", "street", "city", "zip")
        # shop/quotes.py
        from shop.orders import ADDRESS_FIELDS

        def address(row):
            return [row[field] for field in ADDRESS_FIELDS]

    Fix:
        Keep one, where most modules import it from, and import it in the others.
    """

    code: ClassVar[str] = "SSOT131"
    name: ClassVar[str] = "duplicate-constant"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.INFO
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        by_modules: dict[tuple[Module, ...], list[tuple[VariableSymbol, ...]]] = defaultdict(list)
        for group in self._groups(project):
            by_modules[tuple(variable.module for variable in group)].append(group)
        finding = project.judging(self._finding)
        yield from (finding(tuple(groups)) for groups in by_modules.values())

    def _groups(self, project: Project) -> Iterator[tuple[VariableSymbol, ...]]:
        """The constants of one name and value in several modules that can import one another, each by place."""
        namesakes = project.folded(_ConstantsIn(self.zones), Groups[str, VariableSymbol]).together()
        found = project.in_groups(_equal_among, namesakes, self.zones)
        for group in sorted(found, key=lambda group: group[0].sort_key):
            yield from found[group]

    def _finding(self, project: Project, groups: tuple[tuple[VariableSymbol, ...], ...]) -> Finding:
        """The finding for constants that the same modules have in common."""
        home, reason = home_among_modules(project, [variable for group in groups for variable in group])
        copies = [variable for group in groups for variable in group if variable.module is not home.module]
        originals = {
            variable.name: variable for group in groups for variable in group if variable.module is home.module
        }
        names = sorted(originals)
        remedy = _remedy(project, originals, reason, copies)
        shown = listed([f"`{name}`" for name in names])
        verb = "is" if len(names) == 1 else "are"
        return self.finding(
            subject=", ".join(names),
            message=(
                f"constant {shown} {verb} written down in {counted(len(groups[0]), 'module')}: "
                f"{verdict(home, reason, remedy)}"
            ),
            remedy=remedy,
            home_stays=keeps_home(remedy),
            sites_unused=only_deletes(project, home, copies, remedy),
            home=home_of(home, reason),
            sites=tuple(
                site_of(
                    copy,
                    f"the value of `{originals[copy.name].id}` again",
                    original=originals[copy.name] if len(names) > 1 else None,
                )
                for copy in copies
            ),
            evidence={
                "text": [f"{each.module.path}:{each.fact.line} {each.name}" for each in (*originals.values(), *copies)],
                "constants": [each.id for group in groups for each in group],
            },
        )


@dataclass(frozen=True, slots=True)
class _ConstantsIn:
    """The constants of a module, by name. For :meth:`Project.folded`."""

    zones: tuple[Zone, ...]

    def __call__(self, _: Project, module: Module) -> tuple[tuple[str, VariableSymbol], ...]:
        is_judged = module.zone in self.zones and is_handwritten(module) and not _is_settings(module)
        return tuple((each.name, each) for each in (module.derived(_constants_in) if is_judged else ()))


def _equal_among(project: Project, namesakes: tuple[VariableSymbol, ...]) -> tuple[tuple[VariableSymbol, ...], ...]:
    """Those among constants of one name that have one value. For :meth:`Project.in_groups`."""
    is_public = not namesakes[0].name.startswith("_")
    places = plugin_places(namesakes) if is_public else {}
    by_value: dict[str, list[VariableSymbol]] = defaultdict(list)
    for variable in namesakes:
        if _weight(variable) >= _NEIGHBOUR_TEXT:
            by_value[variable.fact.constant].append(variable)
    groups = []
    for variables in by_value.values():
        for comparable in project.comparable_groups(variables):
            pairs = (pair for pair in combinations(comparable, 2) if _are_one(project, *pair, places))
            found = {variable for pair in pairs for variable in pair}
            if found:
                groups.append(tuple(variable for variable in comparable if variable in found))
    return tuple(groups)


def _remedy(
    project: Project, originals: dict[str, VariableSymbol], reason: str, copies: Sequence[VariableSymbol]
) -> str:
    stays, steps = [], []
    for name, home in sorted(originals.items()):
        ways = ways_to(project, home, reason, [copy for copy in copies if copy.name == name])
        stays.append(kept(home, ways))
        steps += [f"Write `{way.statement}` in {way.paths}." if way.statement else way.deed for way in ways]
    return " ".join(filter(None, [*stays[:1], *steps]))


def _constants_in(module: Module) -> tuple[VariableSymbol, ...]:
    return tuple(filter(_is_constant, module.variables))


def _is_constant(variable: VariableSymbol) -> bool:
    fact = variable.fact
    return (
        bool(fact.constant)
        and fact.kind in _KINDS
        and fact.guard is Guard.NONE
        and _CONSTANT.fullmatch(fact.name) is not None
        and variable.module.namespace.get(fact.name) is variable
    )


def _weight(variable: VariableSymbol) -> int:
    """How much a value tells, in characters of a text with its quotes."""
    fact = variable.fact
    if fact.value is None:
        return 0
    if fact.elements:
        return _TEXT if fact.elements >= _ELEMENTS else 0
    if fact.value.kind is ValueKind.CALL:
        is_pattern = fact.value.text == "re.compile" and len(fact.value.arguments_text) >= _PATTERN
        return _TEXT if is_pattern else 0
    if fact.value.kind is not ValueKind.CONSTANT:
        return 0
    text = fact.value.text
    # A text of several literals is none that its fact repeats.
    return _TEXT if not text else len(text) if text.endswith(("'", '"')) or len(text) > _LONG else 0


def _are_one(
    project: Project, one: VariableSymbol, other: VariableSymbol, places: Mapping[VariableSymbol, frozenset[str]]
) -> bool:
    """Whether one constant could be the other: no plug-ins that are each asked for it, by ``places``."""
    first, second = one.module, other.module
    if places and places[one] & places[other]:
        return False
    if first is second or not can_reach(project, first, second) or are_overlaid(first, second):
        return False
    return _weight(one) >= _TEXT or first.source.package == second.source.package


def _is_settings(module: Module) -> bool:
    """Whether a module is one of the configurations that a program can be started with."""
    return "settings" in words(module.name)
