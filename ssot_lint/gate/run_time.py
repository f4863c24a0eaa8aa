"""What a test run with the probe saw, held against what the rules found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from ssot_lint.model.finding import Finding, Json, Location, Severity
from ssot_lint.model.probe import Kind, Observation, Place, ProbeDocument, WatchedComponent
from ssot_lint.rules.evidence import TEXT, TEXT_LINES
from ssot_lint.rules.selection import ActiveRule

RUN_TIME = "run_time"
"""The key of the evidence that says what tests showed."""


def with_run_time(
    found: Iterable[tuple[ActiveRule, Finding]], document: ProbeDocument
) -> list[tuple[ActiveRule, Finding]]:
    """The findings, those that tests showed at the same place one severity up; those of watched components that no test
    showed say in how many it could have been seen. Which observations prove a rule, the rule says."""
    return [(active, _joined(active, finding, document)) for active, finding in found]


def _joined(active: ActiveRule, finding: Finding, document: ProbeDocument) -> Finding:
    kinds = active.rule.proven_by
    if not kinds:
        return finding
    seen = [each for each in document.observations if each.kind in kinds and _is_there(each, finding)]
    if seen:
        tests = len({test for each in seen for test in each.tests})
        lines = [f"Seen at run time, in {_tests(len(each.tests))}: {each.message}" for each in seen]
        severity = _raised(finding.severity or active.info.severity)
        return msgspec.structs.replace(_with_evidence(finding, lines, tests, is_seen=True), severity=severity)
    built = max((each.tests for each in document.components if _is_about(each, finding)), default=0)
    if not built:
        return finding
    return _with_evidence(finding, [f"Not seen in {_tests(built)} that built it"], built, is_seen=False)


def _with_evidence(finding: Finding, lines: Sequence[str], tests: int, *, is_seen: bool) -> Finding:
    text = finding.evidence.get(TEXT)
    own = text if isinstance(text, list) else []
    facts: dict[str, Json] = {"seen": is_seen, "tests": tests}
    evidence = {**finding.evidence, RUN_TIME: facts, TEXT: [*lines, *own][:TEXT_LINES]}
    return msgspec.structs.replace(finding, evidence=evidence)


def _raised(severity: Severity) -> Severity:
    """One severity up. An inventory stays one."""
    if severity is Severity.INFO:
        return severity
    return list(Severity)[max(severity.rank - 1, 0)]


def _places(finding: Finding) -> Iterator[tuple[Location, str]]:
    for site in finding.sites:
        yield site.location, site.symbol
    if finding.home is not None:
        yield finding.home.location, finding.home.symbol


def _is_there(observation: Observation, finding: Finding) -> bool:
    """Whether both are about one place. Where an instance was built is a line; all else is a definition."""
    has_line = observation.kind is Kind.BYPASS
    return any(
        place.path == location.path
        and (_is_within(place, location) or (not has_line and _is_same(place.symbol, symbol)))
        for place in observation.places
        for location, symbol in _places(finding)
    )


def _is_within(place: Place, location: Location) -> bool:
    return location.line <= place.line <= max(location.end_line, location.line)


def _is_same(one: str, other: str) -> bool:
    """Whether two symbols of one file are one, or one stands in the other."""
    first, second = one.rpartition(":")[2], other.rpartition(":")[2]
    return first == second or first.startswith(f"{second}.") or second.startswith(f"{first}.")


def _is_about(component: WatchedComponent, finding: Finding) -> bool:
    """Whether a finding stands in the class or in the factory of a component."""
    symbols = [symbol for _, symbol in _places(finding)]
    return any(
        symbol == part or symbol.startswith(f"{part}.")
        for part in (component.home, component.factory)
        if part
        for symbol in symbols
    )


def _tests(number: int) -> str:
    return f"{number:,} test{'' if number == 1 else 's'}"
