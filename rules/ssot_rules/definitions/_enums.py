"""Which enums of one name are copies of each other, and what SSOT140 to SSOT142 say about them."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from ssot_lint.model.facts import BindingKind
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import STAND_IN, Value, ValueKind
from ssot_lint.project.groups import Groups
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol, Module
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import listed
from ssot_rules.analysis.bodies import RELATED_FROM, SIMILAR_FROM
from ssot_rules.analysis.class_kinds import is_enum
from ssot_rules.analysis.edits import fix_copy
from ssot_rules.analysis.layout import is_handwritten
from ssot_rules.analysis.literals import literal_text
from ssot_rules.analysis.overlays import are_editions
from ssot_rules.analysis.reaching import can_reach
from ssot_rules.analysis.remedies import keeps_home, kept, verdict, ways_to
from ssot_rules.analysis.variants import hold_numbered_variants
from ssot_rules.definitions._candidates import NamedCandidates

# An enum is compared with that many namesakes at most: bounds the work for a name that thousands of modules define.
_COMPARED = 32
# One member of the same name may be a coincidence (`OTHER`, `UNKNOWN`), two are not.
_COMMON_MEMBERS = 2
_MEMBER_KINDS = (BindingKind.ASSIGN, BindingKind.ANNOTATED)


class Likeness(IntEnum):
    """What two enums of one name are to each other, the worse the higher."""

    DIVERGENT = 0
    DUPLICATE = 1
    """The members are the same, or nearly, with equal values as far as these are literal."""
    CONFLICTING = 2
    """Members they have in common have other values."""


_ADVICE = {
    Likeness.DUPLICATE: (
        "Bring the members that only {paths} has into it, delete the copy there and write `{statement}`."
    ),
    Likeness.CONFLICTING: (
        "Decide on one set of values there, migrate what was stored or sent under the others, and write `{statement}` "
        "in {paths}; if the values belong to another system, let the name say so."
    ),
}


@dataclass(frozen=True, slots=True)
class EnumNamesakes:
    """The enums of one name that are judged together, by place. ``likeness`` is that of the worst pair."""

    name: str
    likeness: Likeness
    symbols: tuple[ClassSymbol, ...]


@dataclass(frozen=True, slots=True)
class EnumAnalysis:
    """All enum names with more than one definition in certain zones: ``project.derived(EnumAnalysis(zones))``."""

    zones: tuple[Zone, ...]

    def __call__(self, project: Project) -> tuple[EnumNamesakes, ...]:
        judged = project.judging(_judged)
        groups = project.folded(NamedCandidates(self.zones, _candidates_in), Groups[str, ClassSymbol]).several()
        found = (judged(group) for group in sorted(groups, key=lambda group: group[0].name))
        return tuple(namesakes for namesakes in found if namesakes is not None)


def _judged(project: Project, namesakes: tuple[ClassSymbol, ...]) -> EnumNamesakes | None:
    """What is found under one name. For :meth:`Project.judging`."""
    enums = [each for each in namesakes if lists_members(project, each)]
    return _namesakes(project, namesakes[0].name, enums)


def lists_members(project: Project, cls: ClassSymbol) -> bool:
    """Whether a class is an enum with members, which SSOT140 to SSOT142 compare instead of its lines."""
    return bool(_members(cls)) and is_enum(project, cls)


def enum_findings(project: Project, rule: Rule, likeness: Likeness) -> Iterator[Finding]:
    """The findings of one rule: every definition but the home is a site."""
    found = project.derived(EnumAnalysis(rule.zones))
    finding = project.judging(_FindingOf(rule))
    yield from (finding(namesakes) for namesakes in found if namesakes.likeness is likeness)


@dataclass(frozen=True, slots=True)
class _FindingOf:
    rule: Rule

    def __call__(self, project: Project, namesakes: EnumNamesakes) -> Finding:
        return _finding(project, self.rule, namesakes)


def _candidates_in(module: Module) -> tuple[ClassSymbol, ...]:
    return tuple(filter(_is_candidate, module.top_level_classes))


def _is_candidate(symbol: ClassSymbol) -> bool:
    module = symbol.module
    return (
        bool(symbol.fact.bases)
        and not symbol.fact.guard & STAND_IN
        and is_handwritten(module)
        and module.namespace.get(symbol.name) is symbol
    )


def _namesakes(project: Project, name: str, symbols: Sequence[ClassSymbol]) -> EnumNamesakes | None:
    worst: dict[ClassSymbol, Likeness] = {}
    members = {symbol: _members(symbol) for symbol in symbols}
    for index, symbol in enumerate(symbols):
        for other in symbols[: min(index, _COMPARED)]:
            likeness = _likeness(members[symbol], members[other])
            if likeness is Likeness.CONFLICTING and _differ_on_purpose(project, other, symbol, members):
                likeness = Likeness.DIVERGENT
            if not _is_exempt(project, other, symbol, likeness):
                for each in (symbol, other):
                    worst[each] = max(likeness, worst.get(each, likeness))
    if not worst:
        return None
    likeness = max(worst.values())
    lowest = min(likeness, Likeness.DUPLICATE)
    return EnumNamesakes(name, likeness, tuple(each for each in symbols if worst.get(each, -1) >= lowest))


def _likeness(one: Mapping[str, str], other: Mapping[str, str]) -> Likeness:
    common = one.keys() & other.keys()
    share = 2 * len(common) / (len(one) + len(other))
    if not _conflicts(one, other):
        return Likeness.DUPLICATE if share >= SIMILAR_FROM else Likeness.DIVERGENT
    is_telling = len(common) >= _COMMON_MEMBERS and share >= RELATED_FROM
    return Likeness.CONFLICTING if is_telling else Likeness.DIVERGENT


def _differ_on_purpose(
    project: Project, first: ClassSymbol, second: ClassSymbol, members: Mapping[ClassSymbol, Mapping[str, str]]
) -> bool:
    """Whether two enums are those of two variants, or speak two languages: not one value is the same, and either their
    values are of other types, as numbers on a wire and words of an API are, or some module knows both."""
    if hold_numbered_variants(project, first.module, second.module):
        return True
    one, other = members[first], members[second]
    common = [(value, other[name]) for name, value in one.items() if value and other.get(name)]
    if any(here == there for here, there in common):
        return False
    if all(_type(here) != _type(there) for here, there in common):
        return True
    return not _knowing(project, first).isdisjoint(_knowing(project, second))


def _type(value: str) -> str:
    """The type of a literal, as text."""
    try:
        return type(ast.literal_eval(value)).__name__
    except (SyntaxError, ValueError):
        return ""


def _knowing(project: Project, symbol: ClassSymbol) -> frozenset[Module]:
    """The modules that have an enum at hand; packages that only pass it on are left out."""
    importers = (use.importer for use in project.imports_of(symbol))
    return frozenset(module for module in (symbol.module, *importers) if not module.source.is_package)


def _is_exempt(project: Project, first: ClassSymbol, second: ClassSymbol, likeness: Likeness) -> bool:
    """A private or one-word name says little, and so does one in two programs: only copies count there. Of editions
    that lie over each other only equal ones do."""
    if first.module is second.module or not project.comparable(first.module, second.module):
        return True
    if second in project.ancestry(first) or first in project.ancestry(second):
        return True
    if _members(first) != _members(second) and are_editions(first, second):
        return True
    if likeness is not Likeness.DUPLICATE and not can_reach(project, first.module, second.module):
        return True
    if likeness is not Likeness.DIVERGENT:
        return False
    return first.name.startswith("_") or len(words(first.name)) < 2


def _members(cls: ClassSymbol) -> Mapping[str, str]:
    """The members of an enum with their values as text, empty where a value is not literal."""
    return {
        binding.name: _literal(binding.value)
        for binding in cls.module.class_variables(cls)
        if binding.kind in _MEMBER_KINDS and binding.value is not None and not binding.name.startswith("_")
    }


def _literal(value: Value) -> str:
    if value.kind is ValueKind.TUPLE:
        return "" if "..." in value.arguments_text else value.arguments_text
    return literal_text(value)


def _conflicts(home: Mapping[str, str], copy: Mapping[str, str]) -> list[str]:
    """The members that have another value in each, in the order of ``home``."""
    return [name for name, value in home.items() if value and copy.get(name) and copy[name] != value]


def _finding(project: Project, rule: Rule, namesakes: EnumNamesakes) -> Finding:
    home, reason = project.home_among(namesakes.symbols)
    copies = [symbol for symbol in namesakes.symbols if symbol is not home]
    remedy = _remedy(project, rule, namesakes, home, reason, copies)
    lines = [f"{symbol.module.path}:{symbol.fact.line} {_described(_members(symbol))}" for symbol in (home, *copies)]
    return rule.finding(
        subject=namesakes.name,
        message=(
            f"enum `{namesakes.name}` is defined in {len(namesakes.symbols)} modules {_figures(namesakes, home)}: "
            f"{verdict(home, reason, remedy)}"
        ),
        remedy=remedy,
        home_stays=keeps_home(remedy),
        home=home_of(home, reason),
        sites=tuple(
            site_of(copy, _site_message(home, copy), fix_copy(project, home, copy, keeps_home(remedy)))
            for copy in copies
        ),
        evidence={
            "text": lines,
            "definitions": [{"symbol": symbol.id, "members": _members(symbol)} for symbol in namesakes.symbols],
        },
        severity=_severity(namesakes, home, copies),
    )


def _severity(namesakes: EnumNamesakes, home: ClassSymbol, copies: Sequence[ClassSymbol]) -> Severity | None:
    """A conflict is certain where copies agree on some values and part on others: they were one. Where not one value
    is the same, each side may speak the language of another system on purpose."""
    if namesakes.likeness is not Likeness.CONFLICTING:
        return None
    members = _members(home)
    agrees = any(value and members.get(name) == value for copy in copies for name, value in _members(copy).items())
    return None if agrees else Severity.INFO


def _figures(namesakes: EnumNamesakes, home: ClassSymbol) -> str:
    members = _members(home)
    if namesakes.likeness is Likeness.DIVERGENT:
        return "with different members"
    if namesakes.likeness is Likeness.DUPLICATE:
        is_same = all(_members(symbol).keys() == members.keys() for symbol in namesakes.symbols)
        return "with the same members" if is_same else "with nearly the same members"
    conflicting = {name for copy in namesakes.symbols for name in _conflicts(members, _members(copy))}
    if not conflicting:
        return "with other values for members of the same name"
    return f"with other values for {listed([f'`{name}`' for name in members if name in conflicting])}"


def _remedy(
    project: Project,
    rule: Rule,
    namesakes: EnumNamesakes,
    home: ClassSymbol,
    reason: str,
    copies: Sequence[ClassSymbol],
) -> str:
    if namesakes.likeness is Likeness.DIVERGENT:
        return (
            f"Keep `{home.name}` in {home.module.path}. Give `{home.name}` in "
            f"{listed([copy.module.path for copy in copies])} a name that says what it lists, or mark it "
            f"`# ssot-lint: distinct[{rule.code}] reason`."
        )
    ways = ways_to(project, home, reason, copies)
    advice = [
        _ADVICE[namesakes.likeness].format(paths=way.paths, statement=way.statement) if way.statement else way.deed
        for way in ways
    ]
    if namesakes.likeness is Likeness.CONFLICTING and any(way.is_move for way in ways):
        advice.append(
            "Decide on one set of values there and migrate what was stored or sent under the others; if the values "
            "belong to another system, let the name say so."
        )
    return " ".join(filter(None, [kept(home, ways), *advice]))


def _site_message(home: ClassSymbol, copy: ClassSymbol) -> str:
    at_home, here = _members(home), _members(copy)
    common = [name for name in at_home if name in here]
    phrases = [f"{len(common)} of {len(here)} members are those of `{home.id}`"]
    if conflicts := _conflicts(at_home, here):
        phrases.append(
            "other value of " + listed([f"`{name}` ({here[name]}, not {at_home[name]})" for name in conflicts])
        )
    if missing := [f"`{name}`" for name in at_home if name not in here]:
        phrases.append(f"lacks {listed(missing)}")
    if extra := [f"`{name}`" for name in here if name not in at_home]:
        phrases.append(f"adds {listed(extra)}")
    return "; ".join(phrases)


def _described(members: Mapping[str, str]) -> str:
    return listed([f"{name} = {value}" if value else name for name, value in members.items()], most=4)
