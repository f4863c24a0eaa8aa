"""What a scan says nothing about, in words: the same in every report that people read."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.model.report import Report
from ssot_lint.reporters.figures import count_distinct
from ssot_lint.text.wording import counted


def left_out(report: Report) -> Iterator[tuple[str, str]]:
    """Each part with its label. Commands are in backticks."""
    omitted = report.left_out
    counts = [counted(count, f"{zone} file") for zone, count in omitted.not_judged.items()]
    counts += [counted(omitted.links, "symlink")] if omitted.links else []
    if counts:
        yield "not judged", f"{', '.join(counts)} (`ssot-lint files --not-judged` says why)"
    for zone, part in omitted.partly_judged.items():
        yield f"judged by {part.rules:,} of {counted(omitted.rules, 'rule')} only", counted(part.files, f"{zone} file")
    if distinct := count_distinct(report):
        yield "distinct", f"{counted(distinct, 'site')}, by a comment no violation"
    if omitted.ignored:
        yield "ignored", f"{counted(omitted.ignored, 'violation')} in paths of per-path-ignores"
