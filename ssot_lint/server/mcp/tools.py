"""What the tools of the MCP server say about a project. Nothing is written, and no code of the project runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import msgspec

from ssot_lint.discovery.paths import is_within
from ssot_lint.errors import UsageError
from ssot_lint.fix.diff import patch_of
from ssot_lint.fix.engine import Engine
from ssot_lint.fix.tasks import Wish
from ssot_lint.fix.write import write_nothing
from ssot_lint.gate.score import violations_of
from ssot_lint.git import HEAD
from ssot_lint.model.plan import Plan
from ssot_lint.plan.planning import make_plan
from ssot_lint.reporters.answer_text import render_answer
from ssot_lint.reporters.interface import Listing
from ssot_lint.reporters.layout import Layout, to_string
from ssot_lint.reporters.phrases import shown_score
from ssot_lint.reporters.plan_text import plan_lines
from ssot_lint.reporters.review_text import render_review
from ssot_lint.reporters.terminal import render_text
from ssot_lint.rules.docs import document, render_explanation
from ssot_lint.rules.selection import not_one_rule
from ssot_lint.scan.report import scored_paths
from ssot_lint.scan.report_filter import filtered
from ssot_lint.server.mcp.quoting import quoted
from ssot_lint.server.workspace import Workspace
from ssot_lint.text.sanitize import visible
from ssot_lint.text.wording import counted

_WIDTH = 1_000
"""Columns: what is to be copied is not broken into lines."""
_MOST_FINDINGS = 8
_LARGEST_CODE = 200_000
"""Characters of a piece of code: more is no piece."""


def where(workspace: Workspace, name: str, code: str, file: str) -> str:
    """Whether there is one already, and where its home is. Raises UsageError for a question that is none."""
    if bool(name) == bool(code):
        raise UsageError("where: takes a name or code", "Give one of them")
    if len(code) > _LARGEST_CODE:
        raise UsageError(f"where: the code has more than {_LARGEST_CODE:,} characters", "Ask about a part of it")
    if code:
        response = workspace.where_code(code, file)
    else:
        path, _, line = name.rpartition(":")
        is_place = path.endswith((".py", ".pyi")) and line.isdecimal()
        response = workspace.where(path, file, int(line)) if is_place else workspace.where(name, file)
    return quoted(render_answer(response, width=_WIDTH, color=False), "Ask more closely.")


def check(workspace: Workspace, paths: Sequence[str], base: str) -> str:
    """What a change adds and breaks, or what a scan says of files. Raises UsageError when git refuses, and for paths
    that lead out of the project."""
    if base or not paths:
        reviewed = workspace.review(base or HEAD)
        return quoted(render_review(reviewed.review, width=_WIDTH, color=False), "Repair these first.")
    scan = workspace.project.scan()
    about = tuple(sorted(workspace.inside(path) for path in paths))
    report = scan.report if "" in about else filtered(scan.report, replace(scan.request, about=about))
    listing = Listing(top=_MOST_FINDINGS, summary_first=True)
    return quoted(render_text(report, width=_WIDTH, color=False, listing=listing), "Ask about single files.")


def plan(workspace: Workspace) -> str:
    """What to repair first."""
    scan = workspace.project.scan()
    violations = [violation for judged in scan.findings for violation in violations_of(judged)]
    made = make_plan(scan.findings, scan.project, scored_paths(scan.loaded, violations))
    report = msgspec.structs.replace(scan.report, plan=made)
    text = to_string([tuple(plan_lines(Layout(_WIDTH), report))], color=False)
    return quoted(text or "Nothing to repair.", "Do these first.")


def fix_preview(workspace: Workspace, paths: Sequence[str], subject: str, steps: Sequence[int], *, unsafe: bool) -> str:
    """What `ssot-lint fix` would change, as a diff; nothing is written. Raises UsageError for paths that lead out of
    the project, and where a rule crashes."""
    about = [workspace.inside(path) for path in paths]
    scan = workspace.project.scan_for(replace(workspace.project.scan().request, plan=True))
    if scan.checked.crashes:
        raise UsageError("fix_preview: a rule crashes", "Run `ssot-lint scan --verbose`")
    wish = Wish(
        numbers=frozenset(steps) or None,
        subject=subject,
        is_about=lambda path: not about or any(is_within(path, each) for each in about),
        is_unsafe=unsafe,
    )
    report = scan.whole_report()
    outcome = Engine(scan, wish, write_nothing, lambda _: "").run(
        report.plan or Plan((), report.score.value, report.score.value)
    )
    patch = patch_of(outcome.old, outcome.changes).decode(errors="replace")
    lines = [visible(line) for line in patch.split("\n")[:-1]]
    lines += [visible(f"refused: {each.step.code} {each.step.subject}: {each.reason}") for each in outcome.refused]
    lines.append(f"{counted(len(outcome.done), 'violation')} would go, {counted(len(outcome.left), 'other')} left")
    return quoted("\n".join(lines), "Ask for single steps of the plan.")


def explain(workspace: Workspace, rule: str) -> str:
    """Why a rule is there, and how to repair what it finds. Raises UsageError when there is no such rule."""
    known = workspace.known
    found = known.find(rule.lower()) or known.find(rule.partition("-")[0].upper())
    if found is None:
        raise not_one_rule(known, visible(rule), "Give its code")
    return quoted(render_explanation(document(found.rule)), "`ssot-lint explain` shows all.")


def components(workspace: Workspace) -> str:
    """The components that the configuration declares, with their homes and scores."""
    declared = {each.name: each for each in workspace.project.scan().request.config.components}
    lines = []
    for result in workspace.project.scan().report.components:
        each = declared[result.name]
        factory = f", built by {each.factory}" if each.factory else ""
        score = f"score {shown_score(result.score)}, {counted(result.violations, 'violation')}"
        lines.append(visible(f"{each.name}: home {each.home or 'not declared'}{factory}; {score}"))
    return quoted("\n".join(lines) or "No component is declared.", "Ask `where` about one.")
