"""A format of the report: the worked example of docs/plugins.md."""

from __future__ import annotations

from ssot_lint.reporters.interface import ReportFormat, View


def render_csv(view: View) -> str:
    """One line for each site, the columns separated by semicolons."""
    rows = [
        (finding.rule.code, judged.site.location.path, str(judged.site.location.line), judged.status.value)
        for finding in view.report.findings
        for judged in finding.sites
    ]
    return "".join(f"{';'.join(row)}\n" for row in [("code", "path", "line", "status"), *rows])


CSV = ReportFormat(render_csv)
