"""A project after a few of its files have changed, made of what it was before."""

from __future__ import annotations

from collections.abc import Mapping

from ssot_lint.discovery.infer_layout import LayoutCheck, evidence_by_path, evidence_of, infer_layout
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.scan.load import LoadedProject, SourceFiles

MOST_CHANGED = 20
"""Files that an editor or a formatter changes at once; with more, nothing is left to be kept."""


class Renewal:
    """Renews what was loaded from the files of one tree."""

    def __init__(self, before: SourceFiles) -> None:
        self._tree = before.tree
        self._check = LayoutCheck(before.tree)
        self._places = {file.path: place for place, file in enumerate(before.tree.files)}

    def renewed(self, loaded: LoadedProject, before: SourceFiles, now: SourceFiles) -> LoadedProject | None:
        """``loaded``, which must not be asked any more, as it is with the contents of ``now``; None, and nothing has
        changed, where it has to be made anew."""
        changed = _changed(before, now)
        if now.tree != self._tree or len(changed) > MOST_CHANGED:
            return None
        contents = dict(zip(changed, now.found.results(changed), strict=True))
        results = list(loaded.results)
        for path, result in contents.items():
            results[self._places[path]] = result
        if not self._keeps_layout(loaded, contents, results):
            return None
        project = loaded.project.renewed(contents, loaded.tree)
        return None if project is None else LoadedProject(loaded.tree, results, project, now.found.digests)

    def _keeps_layout(
        self,
        loaded: LoadedProject,
        contents: Mapping[str, ModuleFacts | ParseFailure],
        results: list[ModuleFacts | ParseFailure],
    ) -> bool:
        """Whether all names and zones of files stay."""
        before = {path: evidence_of(loaded.results[self._places[path]]) for path in contents}
        if all(self._check.is_same(path, before[path], evidence_of(result)) for path, result in contents.items()):
            return True
        return infer_layout(self._tree, evidence_by_path(self._tree, results)) == loaded.tree


def _changed(before: SourceFiles, now: SourceFiles) -> list[str]:
    """The paths whose contents differ."""
    one, other = before.found, now.found
    return [
        file.path
        for file in now.tree.files
        if one.digests.get(file.path) != other.digests.get(file.path)
        or one.failures.get(file.path) != other.failures.get(file.path)
    ]
