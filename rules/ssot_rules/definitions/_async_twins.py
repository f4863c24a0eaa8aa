"""Classes that are there twice because one waits for what the other is called back for: the halves of an API."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.bodies import Grade
from ssot_rules.analysis.layout import is_async_twin
from ssot_rules.definitions._duplicates import NamesakeAnalysis, Namesakes
from ssot_rules.definitions._namesake_findings import compare, site_message

# One method that became a coroutine is drift.
_TURNED_METHODS = 2
_TURNED_SHARE = 0.5


def async_twins(project: Project, rule: Rule) -> tuple[Namesakes, ...]:
    """The near copies in the zones that ``rule`` judges of which one is the asynchronous version of the other, those of
    mirrors among them where all of a mirror are."""
    report = project.derived(NamesakeAnalysis(rule.zones))
    groups = [(each,) for each in report.namesakes] + [each.names for each in report.mirrors]
    return tuple(each for group in groups if all(map(_are_twins, group)) for each in group)


def twin_findings(project: Project, rule: Rule, twins: Sequence[Namesakes]) -> Iterator[Finding]:
    """One finding for each pair of folders, or of modules in one folder."""
    by_folders: dict[tuple[str, ...], list[Namesakes]] = defaultdict(list)
    for each in twins:
        by_folders[_places(each)].append(each)
    for places, group in by_folders.items():
        yield _finding(project, rule, places, group)


def _finding(project: Project, rule: Rule, places: Sequence[str], twins: Sequence[Namesakes]) -> Finding:
    copies = [(each.home, compare(project, each.home, site)) for each in twins for site in each.sites]
    names = [each.name for each in twins]
    one, other = places
    return rule.finding(
        subject=" and ".join(places),
        message=(
            f"{one} and {other} hold a synchronous and an asynchronous version of {counted(len(names), 'class')}: "
            f"{listed([f'`{name}`' for name in names], most=4)}"
        ),
        remedy=(
            "Keep both in step: make one from the other when the package is built, or move what neither waits for to "
            "functions that both call."
        ),
        home=home_of(twins[0].home, twins[0].reason),
        sites=tuple(site_of(copy.symbol, site_message(home, copy)) for home, copy in copies),
        evidence={"text": [f"{len(names)} names in both: {listed(names)}"], "names": names},
        severity=Severity.INFO,
    )


def _places(twins: Namesakes) -> tuple[str, str]:
    one, other = (module.path for module in twins.modules)
    above, beside = one.rpartition("/")[0], other.rpartition("/")[0]
    return (above, beside) if above != beside else (one, other)


def _are_twins(namesakes: Namesakes) -> bool:
    if namesakes.grade is not Grade.SIMILAR or len(namesakes.sites) != 1:
        return False
    one, other = namesakes.home, namesakes.sites[0]
    if is_async_twin(one.module, other.module):
        return True
    return _has_turned(_methods(one), _methods(other)) or _has_turned(_methods(other), _methods(one))


def _methods(cls: ClassSymbol) -> Mapping[str, FunctionSymbol]:
    return {method.name: method for method in cls.module.methods(cls)}


def _has_turned(waiting: Mapping[str, FunctionSymbol], other: Mapping[str, FunctionSymbol]) -> bool:
    """Whether most methods that two classes share are coroutines in ``waiting``, and none in ``other`` alone."""
    pairs = [(method, other[name]) for method in waiting.values() for name in _plain_names(method, other)]
    turned = [one.fact.is_async and not two.fact.is_async for one, two in pairs]
    if any(two.fact.is_async and not one.fact.is_async for one, two in pairs):
        return False
    return turned.count(True) >= max(_TURNED_METHODS, _TURNED_SHARE * len(turned))


def _plain_names(method: FunctionSymbol, names: Collection[str]) -> list[str]:
    """What a method is called in the synchronous half: ``close`` of ``aclose``, ``__enter__`` of ``__aenter__``."""
    name = method.name
    forms = (name, name.removeprefix("async_"), name.removeprefix("a"), f"__{name.removeprefix('__a')}")
    return [form for form in forms if form in names][:1]
