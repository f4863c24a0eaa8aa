"""Says when files of a project change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from ssot_lint.discovery.walk import SOURCE_SUFFIXES

_PAUSE_MILLISECONDS = 200
"""How long nothing changes before it is said: a branch that is switched changes thousands of files."""
_LOOK_MILLISECONDS = 2_000
_CONFIGURATION = (".toml", ".cfg", ".jsonl", ".txt", ".gitattributes", ".gitignore")


class _Watched(DefaultFilter):
    """What a scan may read: code, configuration, metadata and the baseline; folders, for they may hold some."""

    def __call__(self, change: Change, path: str) -> bool:
        is_read = path.endswith((*SOURCE_SUFFIXES, *_CONFIGURATION)) or "." not in Path(path).name
        return is_read and super().__call__(change, path)


def changes(root: Path) -> Iterator[list[str]]:
    """The paths that changed, relative to ``root``, each time something does; ends with a Ctrl-C. None now and then:
    what changed before the watch began, or where nothing can be watched, has to be looked for."""
    for changed in watch(
        root,
        watch_filter=_Watched(),
        step=_PAUSE_MILLISECONDS,
        rust_timeout=_LOOK_MILLISECONDS,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        yield sorted(Path(path).relative_to(root).as_posix() for _, path in changed)
