"""What SSOT101 to SSOT104 say about two modules that define the same names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import listed
from ssot_rules.analysis.bodies import Grade
from ssot_rules.analysis.edits import fix_copy
from ssot_rules.analysis.files_that_go import goes_whole
from ssot_rules.analysis.idle_copies import home_in_use
from ssot_rules.analysis.kept_apart import are_kept_apart, are_repeated_on_purpose
from ssot_rules.analysis.layout import are_in_adapters
from ssot_rules.analysis.places import common_place
from ssot_rules.analysis.reaching import obstacle_between
from ssot_rules.analysis.remedies import deletion_of, keeps_home, only_deletes
from ssot_rules.analysis.standing import is_settled, keeps_a_contract
from ssot_rules.analysis.surroundings import company_of
from ssot_rules.analysis.variants import are_independent
from ssot_rules.definitions._class_pairs import ClassPairs
from ssot_rules.definitions._duplicates import Mirror, NamesakeAnalysis, Namesakes
from ssot_rules.definitions._namesake_findings import (
    are_small_in_dialects,
    compare,
    figures_of,
    severity_without_home,
    site_message,
)

_COMPLAINT = {
    Grade.IDENTICAL: "define {count} classes alike ({figures})",
    Grade.SIMILAR: "define {count} classes nearly alike",
    Grade.RELATED: "define {count} classes that are related",
    Grade.DIFFERENT: "define {count} classes of the same names as different things",
}


# Classes to delete are told by their names up to that many.
_NAMED = 6


def mirror_findings(project: Project, rule: Rule, grade: Grade, told: Collection[Namesakes] = ()) -> Iterator[Finding]:
    """The mirror modules whose best pair has that grade, in the zones that ``rule`` judges; without those of which all
    is ``told``."""
    for mirror in project.derived(NamesakeAnalysis(rule.zones)).mirrors:
        if mirror.grade is grade and not all(each in told for each in mirror.names):
            yield project.concluded(_FindingOf(rule), mirror)


@dataclass(frozen=True, slots=True)
class _FindingOf:
    rule: Rule

    def __call__(self, project: Project, mirror: Mirror) -> Finding:
        return _finding(project, self.rule, mirror)


def _finding(project: Project, rule: Rule, mirror: Mirror) -> Finding:
    home, reason = home_in_use(project, [symbol for each in mirror.names for symbol in (each.home, *each.sites)])
    pairs = [_home_first((each.home, *each.sites), home) for each in mirror.names]
    away = pairs[0][1].module
    copies = [compare(project, original, copy) for original, copy in pairs]
    names = [original.name for original, _ in pairs]
    shown = listed([f"`{name}`" for name in names], most=4)
    counts = Counter(copy.grade for copy in copies)
    complaint = _COMPLAINT[mirror.grade].format(
        count=len(names), figures=figures_of([(grade, counts[grade]) for grade in sorted(counts, reverse=True)])
    )
    modules = [module.name for module in mirror.names[0].modules]
    remedy = _remedy(project, rule, mirror.grade, pairs, reason)
    return rule.finding(
        subject=" and ".join(modules),
        message=f"{home.module.path} and {away.path} {complaint}: {shown}",
        remedy=remedy,
        home_stays=keeps_home(remedy),
        sites_unused=only_deletes(project, home, [copy for _, copy in pairs], remedy),
        home=home_of(home, reason),
        sites=tuple(
            site_of(
                copy.symbol,
                site_message(original, copy),
                fix_copy(project, original, copy.symbol, keeps_home(remedy)),
                original,
            )
            for (original, _), copy in zip(pairs, copies, strict=True)
        ),
        evidence={
            "text": [f"{len(names)} names in both modules: {shown}"],
            "modules": modules,
            "names": names,
        },
        severity=_severity(project, mirror) or severity_without_home(rule, remedy),
    )


def _severity(project: Project, mirror: Mirror) -> Severity | None:
    """Information where two modules are kept apart or belong to distributions that know nothing of each other, and
    where each name is a few lines of two modules called alike, or, but for one, a few fields that adapters of two
    systems exchange with them. Else equal ones are many for a chance."""
    one, other = mirror.names[0].modules
    if are_kept_apart(project, one, other) or are_independent(project, one, other):
        return Severity.INFO
    if keeps_a_contract(one) or keeps_a_contract(other):
        return Severity.INFO
    symbols = [(each.home, *each.sites) for each in mirror.names]
    if all(are_repeated_on_purpose(each) or are_small_in_dialects(project, each) for each in symbols):
        return Severity.INFO
    others = [each for each in mirror.names if not _are_declarations(project, each)]
    if are_in_adapters(one, other) and len(others) <= 1:
        return Severity.INFO
    return None


def _are_declarations(project: Project, namesakes: Namesakes) -> bool:
    pairs = ClassPairs(project, (namesakes.home, *namesakes.sites))
    return all(pairs.is_declaration(namesakes.home, site) for site in namesakes.sites)


def _home_first(symbols: Sequence[ClassSymbol], home: ClassSymbol) -> tuple[ClassSymbol, ClassSymbol]:
    one, other = symbols
    return (one, other) if one.module is home.module else (other, one)


def _remedy(
    project: Project, rule: Rule, grade: Grade, pairs: Sequence[tuple[ClassSymbol, ClassSymbol]], reason: str
) -> str:
    home, copy = pairs[0]
    kept, away = home.module.path, copy.module.path
    if grade is Grade.DIFFERENT:
        return (
            f"Let the names in {away} say what sets them apart from those in {kept}, or mark them "
            f"`# ssot-lint: distinct[{rule.code}] reason`."
        )
    if goes_whole(project, [each for _, each in pairs], home.module):
        return f"Keep the classes in {kept}. {deletion_of([copy])}"
    unlike = _unlike(project, pairs) if grade is Grade.IDENTICAL else ()
    obstacle = next(filter(None, (obstacle_between(project, copy.module, home) for home, copy in pairs)), "")
    if obstacle or not is_settled(project, home, reason, [copy for _, copy in pairs]):
        place, why = common_place(project, (home, copy)), f": {obstacle}" if obstacle else ""
        company = company_of(project, [(one, [other]) for one, other in pairs])
        return (
            f"Move the classes to {place}{company} and import them from there in {kept} and {away}{why}."
            f"{_merging(unlike, away)}"
        )
    if unlike:
        return _partly(pairs, unlike)
    merged = "" if grade is Grade.IDENTICAL else f"merge what {away} has of its own into them, "
    role = " Where two play different roles, rename one." if grade is Grade.RELATED else ""
    return f"Keep the classes in {kept}, {merged}delete them from {away} and import them there.{role}"


def _unlike(project: Project, pairs: Sequence[tuple[ClassSymbol, ClassSymbol]]) -> Sequence[str]:
    """The names of the classes that are not the same in both modules."""
    return [home.name for home, copy in pairs if compare(project, home, copy).grade is not Grade.IDENTICAL]


def _partly(pairs: Sequence[tuple[ClassSymbol, ClassSymbol]], unlike: Sequence[str]) -> str:
    """The remedy where not all classes of two modules are the same: whoever uses the others expects what they do."""
    home, away = pairs[0][0], pairs[0][1].module.path
    equal = [f"`{each.name}`" for each, _ in pairs if each.name not in unlike]
    return (
        f"Keep the classes in {home.module.path}, delete {listed(equal, most=_NAMED)} from {away} and import "
        f"{'it' if len(equal) == 1 else 'them'} there.{_merging(unlike, away)}"
    )


def _merging(names: Sequence[str], away: str) -> str:
    """What to do first with classes that are not the same in both modules, as a further sentence."""
    if not names:
        return ""
    it = "it" if len(names) == 1 else "them"
    return (
        f" Of {listed([f'`{name}`' for name in names])} first merge what {away} has of its own, or give {it} another "
        "name there."
    )
