"""Components that findings speak of.

Which names are editions of one thing, and which functions build the same product, is for rules to say. They say it as
:attr:`Finding.component`, whatever rule it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ssot_lint.init.candidate import Candidate, Sign
from ssot_lint.model.finding import Builders, Editions, Finding, Location, Severity
from ssot_lint.model.report import JudgedFinding
from ssot_lint.project.project import Project
from ssot_lint.project.retirement import is_deprecated, is_retired_name
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol
from ssot_lint.text.identifiers import words

_ENOUGH_EDITIONS = 2
_ENOUGH_FACTORIES = 3


def candidates_from_findings(project: Project, findings: Iterable[JudgedFinding]) -> Iterator[Candidate]:
    """The components that ``findings`` show. What a rule itself takes for less than it usually reports shows none, nor
    do sites that are judged to be distinct."""
    definitions = _Definitions(project)
    for judged in findings:
        component = judged.finding.component
        if judged.finding.severity is Severity.INFO or judged.finding.home is None or component is None:
            continue
        sites = [each.site.location for each in judged.sites if each.is_scored]
        places = [judged.finding.home.location, *sites]
        message = f"{judged.rule.code}: {judged.finding.message}"
        match component:
            case Editions():
                yield from _editions(judged.finding, definitions.classes_at(places), message)
            case Builders(product):
                builders = definitions.functions_at(places)
                yield from _product(project, product, judged.finding, builders, message)


def _editions(finding: Finding, classes: Sequence[ClassSymbol], message: str) -> Iterator[Candidate]:
    """What has only one edition left that is not on its way out is one thing already. Nor does a word within the
    name make an edition: ``TitanV2Config`` may be the configuration of another ``TitanV2``."""
    live = [
        cls
        for cls in classes
        if _contains(cls.name, finding.subject)
        and not (is_retired_name(cls.module.name, cls.name) or is_deprecated(cls))
    ]
    if len(live) >= _ENOUGH_EDITIONS and finding.home is not None and classes[0].location == finding.home.location:
        plain = min((cls.name for cls in live), key=lambda name: (len(name), name))
        yield Candidate(
            sign=Sign.EDITIONS,
            title=plain if words(plain) == words(finding.subject) else finding.subject,
            classes=tuple(classes),
            home=classes[0],
            reason=finding.home.reason,
            evidence=(message,),
            weight=len(classes),
            names=frozenset(cls.name for cls in classes),
        )


def _contains(name: str, title: str) -> bool:
    """Whether the words of ``title`` stand in ``name``, one after the other."""
    return f" {' '.join(words(title))} " in f" {' '.join(words(name))} "


def _product(
    project: Project, product: str, finding: Finding, builders: Sequence[FunctionSymbol], message: str
) -> Iterator[Candidate]:
    products = [cls for cls in project.classes() if cls.id == product]
    if len(products) == 1 and len(builders) >= _ENOUGH_FACTORIES and finding.home is not None:
        yield Candidate(
            sign=Sign.FACTORIES,
            title=products[0].name,
            classes=tuple(products),
            home=products[0],
            reason="what they build",
            evidence=(message,),
            weight=len(builders),
            names=frozenset({products[0].name}),
            factory=builders[0],
            factory_reason=finding.home.reason,
        )


class _Definitions:
    """Classes and functions by their place."""

    def __init__(self, project: Project) -> None:
        self._classes: Mapping[Location, ClassSymbol] = {cls.location: cls for cls in project.classes()}
        self._functions: Mapping[Location, FunctionSymbol] = {each.location: each for each in project.functions()}

    def classes_at(self, places: Iterable[Location]) -> list[ClassSymbol]:
        return [self._classes[place] for place in places if place in self._classes]

    def functions_at(self, places: Iterable[Location]) -> list[FunctionSymbol]:
        return [self._functions[place] for place in places if place in self._functions]
