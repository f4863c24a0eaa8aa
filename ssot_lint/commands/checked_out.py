"""Which state of a project a report is about."""

from __future__ import annotations

from pathlib import Path

from ssot_lint.git import HEAD, GitError, open_repository

_SHORT = 10
"""Digits of a hash, as `ssot-lint check` has them."""


def checked_out(root: Path) -> str:
    """The commit that git has checked out at ``root``, in backticks, and whether files differ from it; empty without
    one."""
    try:
        repository = open_repository(root)
        commit = repository.commit(HEAD)
        is_changed = bool(repository.changed_since(commit))
    except GitError:
        return ""
    return f"`{commit[:_SHORT]}`{', with changes that are not committed' if is_changed else ''}"
