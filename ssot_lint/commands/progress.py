"""What is seen of a command that reads a whole project, while it does."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from ssot_lint.commands.streams import wants_progress


@contextmanager
def reading_progress(*, is_wanted: bool) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr while files are read, if it is wanted and anybody sees it. Yields what takes the bytes read
    so far and those of all files that are to be read."""
    if not (is_wanted and wants_progress(os.environ, is_terminal=sys.stderr.isatty())):
        yield _say_nothing
        return
    columns = (TextColumn("reading"), BarColumn(), DownloadColumn(), TimeRemainingColumn(), TextColumn("left"))
    # No refreshing thread beside us: workers may be forked from this process.
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("reading", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total, refresh=True)


def _say_nothing(_done: int, _total: int) -> None:
    pass
