"""``ssot-lint scan --watch``: a scan whenever a file changes."""

from __future__ import annotations

from ssot_lint.commands.cache_choice import cache_choice
from ssot_lint.commands.options import ScanOptions
from ssot_lint.commands.scan_task import prepare, tell
from ssot_lint.commands.streams import print_error, print_note
from ssot_lint.commands.workspace import inputs_of, missing_extra
from ssot_lint.errors import ExitCode, UsageError
from ssot_lint.scan.request import Request
from ssot_lint.server.resident import ResidentProject
from ssot_lint.text.wording import listed


def watch_project(options: ScanOptions) -> ExitCode:
    """Scan, and again whenever a file changes, until a Ctrl-C; the project stays in memory.

    Raises SsotLintError for what the user has to put right before the first scan, and PluginError without the extra.
    """
    if options.add_ignore:
        raise UsageError("--watch: writes nothing into the code", "Leave out --add-ignore, or --watch")
    try:
        from ssot_lint.server.watch import changes
    except ImportError as error:
        raise missing_extra("scan --watch", error) from error
    task = prepare(options)

    def ask() -> Request:
        nonlocal task
        task = prepare(options)
        return task.request

    inputs = inputs_of(task.session, options.config, options.baseline.file)
    project = ResidentProject(ask, inputs, cache_choice(options.run), print_note)
    told, problem = project.scan().result, ""
    tell(task, told, options)
    for changed in changes(task.session.root):
        result = project.scan().result
        if project.problem != problem and project.problem:
            print_error(project.problem)
        problem = project.problem
        if result is not told:
            told = result
            print_note(f"changed: {listed(changed)}" if changed else "changed")
            tell(task, result, options)
            project.tidy()
    return ExitCode.OK
