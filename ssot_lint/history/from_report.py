"""Reads what a history keeps out of a JSON report."""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from ssot_lint.errors import HistoryError
from ssot_lint.history.entry import HistoryEntry
from ssot_lint.model.finding import Severity
from ssot_lint.model.report import REPORT_SCHEMA_VERSION, RULE_CRASHED
from ssot_lint.text.validation import plain

_REMEDY = "Write one with `ssot-lint scan --report json=FILE`"


class _Tool(msgspec.Struct, frozen=True):
    name: Literal["ssot-lint"]


class _Summary(msgspec.Struct, frozen=True):
    score: float
    score_version: int
    by_severity: dict[Severity, int]


class _Diagnostic(msgspec.Struct, frozen=True):
    kind: str
    message: str


class _Report(msgspec.Struct, frozen=True):
    """The part of ``report.schema.json`` that is needed here."""

    schema_version: int
    tool: _Tool
    summary: _Summary
    diagnostics: tuple[_Diagnostic, ...]


_DECODER = msgspec.json.Decoder(_Report)


def entry_from_report(data: bytes, name: str, commit: str, day: date) -> HistoryEntry:
    """The entry of a scan of ``commit``, made on ``day``; ``name`` is what errors call the report.

    Raises HistoryError if ``data`` is no JSON report, or that of a scan in which a rule crashed: its score is too good.
    """
    report = _decoded(data, name)
    crash = next((each.message for each in report.diagnostics if each.kind == RULE_CRASHED), None)
    if crash is not None:
        raise HistoryError(f"{name}: the score is not that of all rules: {crash}", "Scan again without that rule")
    counts = report.summary.by_severity
    try:
        return msgspec.convert(
            {
                "date": day,
                "commit": commit,
                "score": report.summary.score,
                "score_version": report.summary.score_version,
                **{severity.value: counts.get(severity, 0) for severity in Severity if severity != Severity.INFO},
            },
            HistoryEntry,
        )
    except msgspec.ValidationError as error:
        raise _foreign(name, str(error)) from error


def _decoded(data: bytes, name: str) -> _Report:
    try:
        report = _DECODER.decode(data)
    except (ValueError, RecursionError) as error:
        raise _foreign(name, str(error)) from error
    version = report.schema_version
    if version != REPORT_SCHEMA_VERSION:
        remedy = "Update ssot-lint" if version > REPORT_SCHEMA_VERSION else _REMEDY
        problem = f"{name}: report of schema version {version}, this version reads {REPORT_SCHEMA_VERSION}"
        raise HistoryError(problem, remedy)
    return report


def _foreign(name: str, problem: str) -> HistoryError:
    return HistoryError(f"{name}: not a JSON report of ssot-lint: {plain(problem)}", _REMEDY)
