"""What happened to a project since a revision: its changed files, and what they defined and offered before."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from ssot_lint.discovery.walk import SOURCE_SUFFIXES
from ssot_lint.errors import UsageError
from ssot_lint.git import open_repository
from ssot_lint.project.project import Project
from ssot_lint.scan.base_ref import Since
from ssot_lint.scan.request import Change, Request
from ssot_lint.scan.scan import Scan


def change_since(request: Request, since: Since) -> Change:
    """What differs from the merge base of HEAD and the revision.

    Raises UsageError when git or the disk refuses.
    """
    repository = open_repository(request.root)
    commit = repository.base(since.revision)
    files = repository.changed_since(commit, staged=since.staged)
    today = dict(repository.renames_since(commit, staged=since.staged))
    old = {path for path in (*files, *today) if path.endswith(SOURCE_SUFFIXES)}
    with tempfile.TemporaryDirectory(prefix="ssot-lint-") as folder:
        root = Path(folder).resolve()
        try:
            repository.write_files(commit, root, old.__contains__)
        except OSError as error:
            raise UsageError(f"{since.option} {since.revision}: its files cannot be written: {error}") from error
        with Scan.open(Request(root, [root], request.config, (), "", {})) as scan:
            before = frozenset((today.get(path, path), name) for path, name in _definitions(scan.project))
            offered = _offered(scan.project)
    return Change(since.revision, files, before, offered, today)


def _definitions(project: Project) -> Iterator[tuple[str, str]]:
    for module in project.modules:
        for symbol in (*module.classes, *module.functions, *module.variables):
            yield module.path, symbol.qualname


def _offered(project: Project) -> Mapping[str, frozenset[str]]:
    return {module.path: frozenset(module.namespace) for module in project.modules}
