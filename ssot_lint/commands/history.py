"""``ssot-lint history``."""

from __future__ import annotations

import os
import re
import sys
from datetime import date
from pathlib import Path

from ssot_lint.commands.files import check_writable, read_bytes, write_atomically
from ssot_lint.commands.options import Color, HistoryFormat
from ssot_lint.commands.streams import print_bytes, print_note, print_text, text_width, wants_color
from ssot_lint.errors import HistoryError
from ssot_lint.git import GitError, open_repository
from ssot_lint.history.document import FORMAT, dump, parse
from ssot_lint.history.entry import FULL_HASH, History, history_of
from ssot_lint.history.from_report import entry_from_report
from ssot_lint.reporters.badge import render_badge
from ssot_lint.reporters.phrases import shown_score
from ssot_lint.reporters.trend_svg import render_trend_svg
from ssot_lint.reporters.trend_text import render_trend_text
from ssot_lint.text.wording import counted


def add_to_history(file: Path, report: Path, *, commit: str, day: date | None) -> None:
    """Write what ``report``, a JSON report, says about ``commit`` to ``file``, in place of what that said before.

    ``commit`` is a revision of the repository here, or a full hash of any; ``day`` is None for that of the commit.
    Raises SsotLintError for anything the user has to put right.
    """
    check_writable(file)
    commit, day = _moment(commit, day)
    entry = entry_from_report(read_bytes(report), str(report), commit, day)
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
