"""``ssot-lint scan``."""

from __future__ import annotations

from ssot_lint.commands.check import as_check, run_check
from ssot_lint.commands.options import ScanOptions
from ssot_lint.commands.run_scan import scan_project
from ssot_lint.commands.scan_task import prepare, tell
from ssot_lint.commands.streams import print_note
from ssot_lint.errors import ExitCode
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import ScanResult


def run_scan(options: ScanOptions) -> ExitCode:
    """Scan, write the reports, say on stderr what is not in them, and tell how the run ends.

    Raises SsotLintError for anything the user has to put right.
    """
    if options.changed:
        return run_check(as_check(options))
    if options.watch:
        # Imported here: it takes a library that not everybody has.
        from ssot_lint.commands.watch import watch_project

        return watch_project(options)
    task = prepare(options)
    if options.run.verbose:
        settings, rules = task.session.settings, task.session.rules
        root = task.session.root
        print_note(f"project root {root}, configuration {settings.file or 'none'}, {len(rules)} rules")
    result = scan_project(task.request, options.run)
    if options.add_ignore:
        result = _with_ignores(task.request, result, options)
    return tell(task, result, options)


def _with_ignores(request: Request, result: ScanResult, options: ScanOptions) -> ScanResult:
    """The scan of the code with comments at what ``result`` calls new."""
    # Imported here: no other scan loads LibCST into this process.
    from ssot_lint.commands.add_ignore import add_ignores

    return scan_project(request, options.run) if add_ignores(request, result, options) else result
