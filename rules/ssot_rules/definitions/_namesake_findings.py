"""What SSOT101 to SSOT104 say about the namesakes they report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.home import importers
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.rules.evidence import Fact
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import listed
from ssot_rules.analysis.bodies import Grade, line_counts
from ssot_rules.analysis.drift import drift_between
from ssot_rules.analysis.edits import fix_copy
from ssot_rules.analysis.kept_apart import are_apart_and_short, are_repeated_on_purpose
from ssot_rules.analysis.layout import are_of_one_sort
from ssot_rules.analysis.modules_meant import FEW_STATEMENTS, modules_meant_otherwise
from ssot_rules.analysis.remedies import keeps_home, only_deletes, verdict
from ssot_rules.analysis.standing import end_by_themselves, keeps_a_contract
from ssot_rules.analysis.stateful import is_set_from_outside, keeps_state_on_itself
from ssot_rules.definitions._class_pairs import SMALL_LINES, ClassPairs
from ssot_rules.definitions._duplicates import NamesakeAnalysis, Namesakes
from ssot_rules.definitions._namesake_remedies import Copy, namesakes_remedy

_WORD = {
    Grade.IDENTICAL: "identical",
    Grade.SIMILAR: "similar",
    Grade.RELATED: "related",
    Grade.DIFFERENT: "different",
}
_MANY = 4
_SEVERAL = 2
# A judgement: readers of unseen code called short classes in two distributions copied on purpose.
_WORTH_A_DEPENDENCY = 40
# In unseen code four such findings on classes with methods of up to three statements were judged wrong, none right.
_WORTH_A_RELEASE = 4


def namesakes_of_grade(project: Project, rule: Rule, grade: Grade) -> Iterator[Namesakes]:
    """The names whose best pair has that grade, in the zones that ``rule`` judges."""
    for namesakes in project.derived(NamesakeAnalysis(rule.zones)).namesakes:
        if namesakes.grade is grade:
            yield namesakes


def severity_of(project: Project, namesakes: Namesakes) -> Severity | None:
    """That of identical classes: information where all copies are the contract of a family, a few lines without a
    method, those of distributions that know nothing of each other or are too small for a release, deprecated but for
    one, set by each part of the program, or the small bases of what parallel modules have of their own; that of the
    rule otherwise, and where many modules declare the same: two or three happen to."""
    return project.concluded(_severity, namesakes)


def _severity(project: Project, namesakes: Namesakes) -> Severity | None:
    symbols = (namesakes.home, *namesakes.sites)
    pairs = ClassPairs(project, symbols)
    if end_by_themselves(symbols) or are_repeated_on_purpose(symbols) or _are_set_each(project, symbols):
        return Severity.INFO
    if are_small_in_dialects(project, symbols) or _are_small_of_distributions(symbols):
        return Severity.INFO
    if len(symbols) == _SEVERAL and any(keeps_a_contract(each.module) for each in symbols):
        return Severity.INFO
    if all(map(_is_small_entry, symbols)):
        return Severity.INFO
    if len(symbols) >= _MANY:
        return None
    if pairs.is_small_declaration(namesakes.home) or _read_other_modules(project, symbols):
        return Severity.INFO
    if all(pairs.is_base_of_each(namesakes.home, site) for site in namesakes.sites):
        return Severity.INFO
    modules = [symbol.module for symbol in symbols]
    if are_apart_and_short(project, modules, line_counts(namesakes.home).total(), _WORTH_A_DEPENDENCY):
        return Severity.INFO
    return Severity.INFO if all(pairs.is_by_design(namesakes.home, site) for site in namesakes.sites) else None


def are_small_in_dialects(project: Project, symbols: Sequence[ClassSymbol]) -> bool:
    """Whether classes are a few lines each that modules of one sort say for themselves: ``dialect_oracle`` and
    ``dialect_tsql``. What of one such module another takes, it could take the class from as well."""
    pairs, modules = ClassPairs(project, symbols), [symbol.module for symbol in symbols]
    return (
        all(pairs.is_small_declaration(symbol) for symbol in symbols)
        and are_of_one_sort(modules)
        and not any(project.takes_anything(*pair) for pair in permutations(modules, 2))
    )


def _is_small_entry(symbol: ClassSymbol) -> bool:
    """Whether a few lines are what a module enters for a thing of its own: ``@Bucket.filters.register("kms-key")``
    above a class that names the field to look at."""
    module = symbol.module
    made = {binding.name for binding in module.facts.bindings if binding.scope == MODULE_SCOPE}
    own = made | {each.name for each in module.top_level_classes}
    is_entered = any(decorator.name.partition(".")[0] in own for decorator in symbol.fact.decorators)
    return is_entered and line_counts(symbol).total() < SMALL_LINES


def _are_small_of_distributions(symbols: Sequence[ClassSymbol]) -> bool:
    """Whether classes with methods are of a few statements, each of another distribution: nobody lets the release of
    one wait for the other's for these."""
    first = symbols[0]
    distributions = {symbol.module.source.distribution for symbol in symbols}
    is_small = first.fact.body.statements < _WORTH_A_RELEASE and bool(first.module.methods(first))
    return is_small and len(distributions) == len(symbols)


def _read_other_modules(project: Project, symbols: Sequence[ClassSymbol]) -> bool:
    """Whether classes of a few statements each stand around a module of their own, such as a table of constants."""
    first, *others = symbols
    return first.fact.body.statements < FEW_STATEMENTS and any(
        modules_meant_otherwise(project, first, other) for other in others
    )


def _are_set_each(project: Project, symbols: Sequence[ClassSymbol]) -> bool:
    """Whether classes are what several parts of a program keep their settings in: one of them for all would let what
    one part sets overwrite what another one has set. So would one for all modules that each keep something of their own
    on the class: ``_instance``, a registry."""
    kept = sum(is_set_from_outside(project, symbol) or _is_state_of_module(project, symbol) for symbol in symbols)
    return kept >= _SEVERAL


def _is_state_of_module(project: Project, symbol: ClassSymbol) -> bool:
    """Whether a class keeps something on itself for its own module, which alone uses it. That others import is a rival
    of its copies."""
    is_own = symbol.module.facts.mentions_name(symbol.name) and not importers(symbol, project)
    return is_own and keeps_state_on_itself(symbol)


def finding_of(project: Project, rule: Rule, namesakes: Namesakes, severity: Severity | None = None) -> Finding:
    """The finding for one name: every definition but the home that has as much in common with it is a site."""
    return project.concluded(_FindingOf(rule, severity), namesakes)


@dataclass(frozen=True, slots=True)
class _FindingOf:
    rule: Rule
    severity: Severity | None

    def __call__(self, project: Project, namesakes: Namesakes) -> Finding:
        return _finding(project, self.rule, namesakes, self.severity)


def _finding(project: Project, rule: Rule, namesakes: Namesakes, severity: Severity | None) -> Finding:
    home = namesakes.home
    copies = [compare(project, home, symbol) for symbol in namesakes.sites]
    remedy = namesakes_remedy(project, rule, namesakes, copies)
    return rule.finding(
        subject=namesakes.name,
        message=(
            f"class `{namesakes.name}` is defined in {len(namesakes.grades)} modules ({_figures(namesakes)}): "
            f"{verdict(home, namesakes.reason, remedy)}"
        ),
        remedy=remedy,
        home_stays=keeps_home(remedy),
        sites_unused=only_deletes(project, home, namesakes.sites, remedy),
        home=home_of(home, namesakes.reason),
        sites=tuple(
            site_of(
                copy.symbol,
                site_message(home, copy),
                fix_copy(project, home, copy.symbol, keeps_home(remedy)),
            )
            for copy in copies
        ),
        evidence=_evidence(namesakes, copies),
        severity=severity or severity_without_home(rule, remedy),
    )


def severity_without_home(rule: Rule, remedy: str) -> Severity | None:
    """Medium at most where there is no home yet: then nobody is known to have the wrong one. None: that of the rule."""
    is_grave = rule.severity.at_least(Severity.HIGH) and not keeps_home(remedy)
    return Severity.MEDIUM if is_grave else None


def compare(project: Project, home: ClassSymbol, symbol: ClassSymbol) -> Copy:
    """How much ``symbol`` has in common with ``home``, and how it differs."""
    pairs = ClassPairs(project, (home, symbol))
    grade = pairs.grade(home, symbol)
    readings = [] if grade < Grade.SIMILAR else pairs.other_meanings(home, symbol)
    return Copy(symbol, pairs.share(home, symbol), grade, drift_between(project, home, symbol), readings)


def site_message(home: ClassSymbol, copy: Copy) -> str:
    """What one copy has to do with the home, and how it drifted."""
    if copy.grade is Grade.IDENTICAL:
        relation = f"identical copy of `{home.id}`"
    elif copy.grade is Grade.DIFFERENT:
        relation = f"another class than `{home.id}` ({copy.share:.0%} of the lines are the same)"
    else:
        relation = f"{copy.share:.0%} of the lines are those of `{home.id}`"
    return "; ".join([relation, *copy.phrases()])


def figures_of(counts: Sequence[tuple[Grade, int]]) -> str:
    """``14 identical, 5 similar``: how many there are of each grade, best first."""
    return ", ".join(f"{count} {_WORD[grade]}" for grade, count in counts if count)


def _figures(namesakes: Namesakes) -> str:
    return figures_of([(grade, len(namesakes.of_grade(grade))) for grade in _WORD])


def _evidence(namesakes: Namesakes, copies: Sequence[Copy]) -> dict[str, Fact]:
    clusters = [(grade, symbols) for grade in _WORD if (symbols := namesakes.of_grade(grade))]
    lines = [
        f"{len(symbols)} {_WORD[grade]}: {listed([symbol.module.path for symbol in symbols])}"
        for grade, symbols in clusters
    ]
    lines += [f"{copy.symbol.module.path} {'; '.join(phrases)}" for copy in copies if (phrases := copy.phrases())]
    return {
        "text": lines,
        "definitions": len(namesakes.grades),
        "clusters": [
            {"grade": _WORD[grade], "symbols": [symbol.id for symbol in symbols]} for grade, symbols in clusters
        ],
        "drift": [
            {
                "symbol": copy.symbol.id,
                "path": copy.symbol.module.path,
                "similarity": round(copy.share, 2),
                "other_meanings": copy.readings,
                **copy.drift.as_facts(),
            }
            for copy in copies
        ],
    }
