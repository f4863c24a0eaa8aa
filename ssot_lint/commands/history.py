"""``ssot-lint history``."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from ssot_lint.commands.files import check_writable, read_bytes, write_atomically
from ssot_lint.commands.option_groups import ConfigChoice, RunOptions
from ssot_lint.commands.options import Color, HistoryFormat
from ssot_lint.commands.run_scan import scan_project, tell_crashes
from ssot_lint.commands.session import open_session
from ssot_lint.commands.streams import print_bytes, print_note, print_text, text_width, wants_color
from ssot_lint.errors import HistoryError
from ssot_lint.git import GitError, open_repository
from ssot_lint.history.document import FORMAT, dump, parse
from ssot_lint.history.entry import FULL_HASH, History, history_of
from ssot_lint.history.from_report import entry_from_report
from ssot_lint.reporters.badge import render_badge
from ssot_lint.reporters.json_report import render_json
from ssot_lint.reporters.phrases import shown_score
from ssot_lint.reporters.trend_svg import render_trend_svg
from ssot_lint.reporters.trend_text import render_trend_text
from ssot_lint.text.wording import counted, listed

_CODE = (".py", ".pyi")

SCAN = "scan"
"""Where a report comes from that nobody has written: the project is scanned now. A file may be called ``./scan``."""


def add_to_history(
    file: Path, source: str, *, commit: str, day: date | None, config: ConfigChoice, run: RunOptions
) -> None:
    """Write what a JSON report says about ``commit`` to ``file``, in place of what that said before.

    ``source`` is the report, or :data:`SCAN`. ``commit`` is a revision of the repository here, or a full hash of any;
    ``day`` is None for that of the commit; ``config`` and ``run`` are for a scan. Raises SsotLintError for anything the
    user has to put right.
    """
    check_writable(file)
    commit, day = _moment(commit, day)
    data = _scanned(commit, config, run) if source == SCAN else read_bytes(Path(source))
    entry = entry_from_report(data, source, commit, day)
    known = parse(read_bytes(file), str(file)) if file.exists() else ()
    history = history_of([*known, entry])
    write_atomically(file, dump(history))
    entries = counted(len(history), "commit")
    print_note(f"{file}: {day.isoformat()} {entry.short_commit} score {shown_score(entry.score)}, {entries} in all")


def show_history(file: Path, form: HistoryFormat, *, output: Path | None, color: Color) -> None:
    """Draw the history in ``file``. Raises SsotLintError for anything the user has to put right."""
    if output is not None:
        check_writable(output)
    history = parse(read_bytes(file), str(file))
    if not history:
        raise HistoryError(f"{file}: holds no scan", f"Add one: `{FORMAT.add}`")
    if output is not None:
        write_atomically(output, _drawn(history, form, color=color is Color.ALWAYS).encode())
    elif form is HistoryFormat.TEXT:
        print_text(_drawn(history, form, color=wants_color(color, os.environ, is_terminal=sys.stdout.isatty())))
    else:
        print_bytes(_drawn(history, form, color=False).encode())


def _scanned(commit: str, config: ConfigChoice, run: RunOptions) -> bytes:
    """The JSON report of the project here, whose code must be that of ``commit``."""
    session = open_session([Path()], config, {})
    changed = open_repository(session.root).changed_since(commit)
    code = sorted(path for path in changed if path.endswith(_CODE))
    if code:
        raise HistoryError(
            f"the code here is not that of {commit[:7]}: {listed(code)}",
            "Commit it, check the commit out, or give a report of it with --from",
        )
    result = scan_project(replace(session, paths=[session.root]).request(), run)
    tell_crashes(result.crashes, is_verbose=run.verbose)
    return render_json(result.report).encode()


def _moment(commit: str, day: date | None) -> tuple[str, date]:
    if day is not None and re.search(FULL_HASH, commit):
        return commit, day
    try:
        repository = open_repository(Path.cwd())
        found = repository.commit(commit)
        return found, day or date.fromisoformat(repository.date_of(found))
    except GitError as error:
        raise GitError(
            error.message, error.remedy or "Without git, give --commit with a full hash and --date"
        ) from error


def _drawn(history: History, form: HistoryFormat, *, color: bool) -> str:
    if form is HistoryFormat.SVG:
        return render_trend_svg(history)
    if form is HistoryFormat.BADGE:
        return render_badge(history[-1])
    return render_trend_text(history, width=text_width(), color=color)
