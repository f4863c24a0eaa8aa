"""The report as one HTML page that needs nothing else: data, styles and scripts are in it.

What the overview says is written into the page; all else is drawn by the scripts, from the data of
:mod:`ssot_lint.reporters.html.payload`. Names of the scanned code are data: a template escapes them, a script sets them
as text, and no script runs but the one whose hash the content security policy has.
"""

from __future__ import annotations

import re

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ssot_lint.model.report import RuleInfo
from ssot_lint.reporters.html.assets import policy, script, style
from ssot_lint.reporters.html.components import component_rows
from ssot_lint.reporters.html.findings import Findings, in_order, left_out
from ssot_lint.reporters.html.folders import folder_rows
from ssot_lint.reporters.html.history import history_rows
from ssot_lint.reporters.html.overview import Overview, overview
from ssot_lint.reporters.html.payload import FindingData, Payload, RuleData
from ssot_lint.reporters.html.plan import plan_data
from ssot_lint.reporters.html.points import Points
from ssot_lint.reporters.interface import ReportFormat, View
from ssot_lint.reporters.ways_out import way_to_learn, way_to_pin, ways_to_keep
from ssot_lint.text.sanitize import visible

_SPECIAL = re.compile("[<>&\u2028\u2029]")
_BACKTICKED = re.compile("`([^`]+)`")
_PAGE = "page.html.jinja"


def render_html(view: View) -> str:
    """Render the page. What there is no room for, it counts."""
    points = Points(view.report)
    payload = _payload(view, points)
    shown = overview(
        view.report, left_out(in_order(view.report, points), len(payload.findings)), view.gate, view.commit
    )
    return _page(shown, _embedded(payload))


def _payload(view: View, points: Points) -> Payload:
    report, findings = view.report, Findings(view, points)
    rows = findings.rows()
    plan = plan_data(report.plan, findings.files)
    importers = findings.importers.rows()
    return Payload(
        files=findings.files.rows(),
        codes=findings.codes.packed(),
        importers=importers,
        rules=_rules(view, rows),
        findings=rows,
        components=component_rows(report),
        folders=folder_rows(report, points),
        plan=plan,
        total=sum(len(step.ids) for step in report.plan.steps) if report.plan else 0,
        address=view.repository_url,
        folder=view.folder if view.repository_url else "",
        history=history_rows(view.history),
    )


def _rules(view: View, rows: list[FindingData]) -> list[RuleData]:
    used = {row.rule for row in rows}
    rules = (result.rule for result in view.report.rules)
    return [
        RuleData(
            rule.code, visible(rule.name), visible(rule.family), rule.severity.value, _lines(rule.help), _ways(rule)
        )
        for rule in rules
        if rule.code in used
    ]


def _ways(rule: RuleInfo) -> list[tuple[str, str]]:
    return [*ways_to_keep(rule, "{ids}"), way_to_pin(), way_to_learn(rule.code)]


def _lines(text: str) -> str:
    return "\n".join(map(visible, text.splitlines()))


def _page(shown: Overview, data: Markup) -> str:
    environment = Environment(
        loader=PackageLoader(__package__),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["prose"] = _prose
    scripts, styles = script(), style()
    return environment.get_template(_PAGE).render(
        shown=shown,
        data=data,
        policy=policy(scripts, styles),
        # Ours: they come with the package.
        script=Markup(scripts),  # noqa: S704
        style=Markup(styles),  # noqa: S704
    )


def _prose(text: str) -> Markup:
    """A sentence as HTML: what stands in backticks is code."""
    parts = _BACKTICKED.split(text)
    return Markup("").join(Markup("<code>{}</code>").format(part) if at % 2 else part for at, part in enumerate(parts))


def _embedded(payload: Payload) -> Markup:
    """The data as JSON that can stand in a script element: nothing in it can end that."""
    text = msgspec.json.encode(payload).decode()
    return Markup(_SPECIAL.sub(lambda found: f"\\u{ord(found[0]):04x}", text))  # noqa: S704


FORMAT = ReportFormat(render_html, shows_plan=True, shows_surroundings=True)
