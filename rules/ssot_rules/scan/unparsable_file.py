"""SSOT001: a file that could not be analysed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from ssot_lint.model.facts import ParseFailure
from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.source import SourceFile, Zone
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import PRODUCTION_AND_TESTS, Rule, Zones
from ssot_rules.analysis.layout import is_broken_on_purpose, is_template_path, is_test_input


@dataclass(frozen=True)
class UnparsableFile(Rule):
    """A file could not be read or parsed.

    Why:
        What such a file defines is unknown: copies in it are not found, and nothing that imports from it can be
        checked. Python cannot import it either, unless it is written for another version. Templates, by the name of a
        folder or of the file, are left out: the report names them among its diagnostics. A file that is more than the
        parser takes, or on which it was given up, is no fault of who wrote it, and listed only; so is one in Python 2,
        with commands of a notebook or with placeholders to fill in, one in examples and scripts, which nothing
        imports, and one among tests that no runner loads by its name, or that is called "invalid" or "broken": it is
        there to be read by them.

    Bad:
        # shop/orders.py
        class Order
            pass

    Good:
        # shop/orders.py
        class Order:
            pass

    Fix:
        Repair the file at the line that is named. Where only the parser of this tool does not read it, write that line
        in another way. If it is no Python, or meant to be broken, or more than the parser can take,
        exclude it: ``extend-exclude = ["path"]``.
    """

    code: ClassVar[str] = "SSOT001"
    name: ClassVar[str] = "unparsable-file"
    family: ClassVar[str] = "scan"
    severity: ClassVar[Severity] = Severity.MEDIUM

    zones: Zones = field(default=tuple(Zone), kw_only=True)

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per file; a template is no Python before somebody fills it in, and a diagnostic of the scan."""
        for source, failure in project.failures:
            if source.zone in self.zones and not is_template_path(source.path):
                yield self._finding(source, failure)

    def _finding(self, source: SourceFile, failure: ParseFailure) -> Finding:
        path, line, reason = source.path, failure.line, failure.reason
        is_judged = not (failure.is_given_up or failure.dialect)
        state = "cannot be analysed" if is_judged else "was not judged"
        return self.finding(
            subject=path,
            message=f"{path} {state}: {_reason(failure)}",
            remedy=_remedy(path, failure),
            sites=(Site(Location(path, line, failure.column, line), source.module, source.module, reason),),
            evidence={"text": [f"line {line}: {reason}"], "reason": reason},
            severity=None if is_judged and _is_relied_on(source) else Severity.INFO,
        )


def _is_relied_on(source: SourceFile) -> bool:
    is_read = is_broken_on_purpose(source.path) or is_test_input(source)
    return source.zone in PRODUCTION_AND_TESTS and not is_read


def _reason(failure: ParseFailure) -> str:
    return f"it is {failure.dialect} ({failure.reason})" if failure.dialect else failure.reason


def _remedy(path: str, failure: ParseFailure) -> str:
    if failure.dialect:
        return f"If {path} is to stay {failure.dialect}, add it to `extend-exclude`; else repair line {failure.line}."
    if failure.is_given_up and "`max-file-size`" in failure.reason:
        return f"Raise `max-file-size` if somebody writes {path} by hand, else add it to `extend-exclude`."
    if failure.is_refused:
        return (
            f"Write line {failure.line} of {path} in another way that means the same: only the parser of this tool "
            f"refuses it. Until then nothing is known of the file."
        )
    if failure.is_given_up:
        return f"Scan again with fewer `--jobs`; if that ends in the same way, add {path} to `extend-exclude`."
    return f"Repair {path} at line {failure.line}, or add it to `extend-exclude`."
