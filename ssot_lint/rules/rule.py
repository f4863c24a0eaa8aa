"""What a rule is. A rule pack needs this module, :mod:`ssot_lint.model` and
:mod:`ssot_lint.project`.

A rule is a frozen dataclass: its fields are its options, its docstring is its documentation, and
:meth:`Rule.check` is a pure function of one immutable project.
"""

from __future__ import annotations

import inspect
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Annotated, ClassVar, TypeAlias

from msgspec import Meta
from msgspec.structs import replace

from ssot_lint.model.finding import NO_HOME_YET, Builders, Editions, Finding, Home, Severity, Site
from ssot_lint.model.plan import Action
from ssot_lint.model.probe import Kind
from ssot_lint.model.record import ScanRecord
from ssot_lint.model.report import RuleInfo
from ssot_lint.model.source import Zone
from ssot_lint.project.home import ALPHABET
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module
from ssot_lint.rules.evidence import Fact, build_evidence

Zones: TypeAlias = Annotated[
    tuple[Zone, ...], Meta(description=f"which code is judged: {', '.join(zone.value for zone in Zone)}")
]
PRODUCTION_ONLY = (Zone.PRODUCTION,)
PRODUCTION_AND_TESTS = (Zone.PRODUCTION, Zone.TEST)


class Reach(Enum):
    """In which case a finding settles a site of a weaker rule: its definition and its home are both among the places of
    the finding, or their two files are those of a site and the home of it, be there a third file with the definition
    or not, or a site of the finding is in the same line, which settles what is an inventory too."""

    DEFINITIONS = "definitions"
    FILES = "files"
    LINES = "lines"


@dataclass(frozen=True)
class Rule(ABC):
    """Base of all rules.

    A subclass is decorated with ``@dataclass(frozen=True)``, sets the class variables below and writes a
    docstring: one line that says what is found, then the sections ``Why:``, ``Bad:``, ``Good:`` and
    ``Fix:``, each followed by an indented block. A field with a default is an option, settable under
    ``[tool.ssot-lint.rules.<name>]``; say what it means with ``Annotated[int, Meta(description=...)]``.
    ``action`` says what kind of work resolves its findings, for the remediation plan. ``covers`` are the codes of
    weaker rules that say the same of the same definitions: where both find something, the finding of this rule stays,
    with a note of the other. ``proven_by`` are the kinds of observations that, made at the same place while tests ran,
    prove a finding: it then rises one severity.
    ``Meta(extra={"matches": "modules"})`` declares that an option holds globs of dotted module names; those that
    match none are then reported.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    family: ClassVar[str]
    severity: ClassVar[Severity]
    action: ClassVar[Action] = Action.EDIT
    on_by_default: ClassVar[bool] = True
    covers: ClassVar[Mapping[str, Reach]] = MappingProxyType({})
    proven_by: ClassVar[tuple[Kind, ...]] = ()

    zones: Zones = field(default=PRODUCTION_ONLY, kw_only=True)

    @abstractmethod
    def check(self, project: Project) -> Iterator[Finding]:
        """Yield one finding per subject. Order does not matter; the report is sorted."""

    def applies_to(self, module: Module) -> bool:
        """Whether definitions and imports in ``module`` may be sites of this rule."""
        return module.source.zone in self.zones

    @classmethod
    def finding(
        cls,
        subject: str,
        *,
        message: str,
        remedy: str,
        sites: Iterable[Site],
        home: Home | None = None,
        evidence: Mapping[str, Fact] = MappingProxyType({}),
        severity: Severity | None = None,
        component: Editions | Builders | None = None,
        rests_on: Iterable[str] = (),
        home_stays: bool = True,
        sites_unused: bool = False,
        also_changes: Iterable[str] = (),
    ) -> Finding:
        """A finding of this rule; ``evidence`` as :func:`~ssot_lint.rules.evidence.build_evidence` takes it. A home
        that does not stay, and that only its name speaks for, is none: it is where the reading begins."""
        if home is not None and not home_stays and home.reason == ALPHABET:
            home = replace(home, reason=NO_HOME_YET)
        return Finding(
            code=cls.code,
            subject=subject,
            message=message,
            remedy=remedy,
            home=home,
            sites=tuple(sites),
            evidence=build_evidence(evidence),
            severity=severity,
            component=component,
            rests_on=tuple(rests_on),
            home_stays=home_stays,
            sites_unused=sites_unused,
            also_changes=tuple(sorted(set(also_changes))),
        )

    @classmethod
    def info(cls) -> RuleInfo:
        """This rule's metadata; the first paragraph of the docstring is the summary."""
        text = inspect.cleandoc(cls.__doc__ or "")
        summary, _, _ = text.partition("\n\n")
        return RuleInfo(
            code=cls.code,
            name=cls.name,
            family=cls.family,
            severity=cls.severity,
            summary=" ".join(summary.split()),
            help=text,
            action=cls.action,
        )


@dataclass(frozen=True)
class ScanRule(Rule):
    """Base of rules about the scan itself: what its suppressions silenced, what its configuration matched.

    Such a rule runs after all others, and has nothing to say about the project alone.
    """

    def check(self, project: Project) -> Iterator[Finding]:  # noqa: ARG002 - the signature of all rules
        """Nothing."""
        return iter(())

    @abstractmethod
    def review(self, project: Project, record: ScanRecord) -> Iterator[Finding]:
        """Yield one finding per subject. Pure as :meth:`Rule.check` is."""
