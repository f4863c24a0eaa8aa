"""A project after a few of its files have changed, made of what it was before."""

from __future__ import annotations

from collections.abc import Mapping

from ssot_lint.discovery.import_evidence import evidence_of
from ssot_lint.discovery.layout_check import LayoutCheck
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.scan.load import LoadedProject, SourceFiles, laid_out, lines_of

MOST_CHANGED = 20
"""Files that an editor or a formatter changes at once; with more, nothing is left to be kept."""


class Renewal:
    """Renews what was loaded from the files of one tree."""

    def __init__(self, before: SourceFiles) -> None:
        self._tree = before.tree
        self._places = {file.path: place for place, file in enumerate(before.tree.files)}

    def renewed(self, loaded: LoadedProject, before: SourceFiles, now: SourceFiles) -> LoadedProject | None:
        """``loaded``, which must not be asked any more, as it is with the contents of ``now``; None where it has to be
        made anew."""
        changed = _changed(before, now)
        if now.tree != self._tree or len(changed) > MOST_CHANGED:
            return None
        contents = dict(zip(changed, now.found.results(changed), strict=True))
        results = list(loaded.results)
        for path, result in contents.items():
            results[self._places[path]] = result
        check = self._check_after(loaded, contents, results)
        if check is None:
            return None
        project = loaded.project.renewed(contents, loaded.tree)
        if project is None:
            return None
        return loaded._replace(
            results=results, project=project, digests=now.found.digests, check=check, lines=lines_of(results)
        )

    def _check_after(
        self,
        loaded: LoadedProject,
        contents: Mapping[str, ModuleFacts | ParseFailure],
        results: list[ModuleFacts | ParseFailure],
    ) -> LayoutCheck | None:
        """What is known of the layout, if all names and zones of files stay; else None."""
        before = {path: loaded.results[self._places[path]] for path in contents}
        changes = {path: (evidence_of(before[path]), evidence_of(result)) for path, result in contents.items()}
        if loaded.check is not None and loaded.check.takes(changes):
            return loaded.check
        tree, check = laid_out(self._tree, results, stays=True)
        return check if tree == loaded.tree else None


def _changed(before: SourceFiles, now: SourceFiles) -> list[str]:
    """The paths whose contents differ."""
    one, other = before.found, now.found
    return sorted(_differing(one.digests, other.digests) | _differing(one.failures, other.failures))


def _differing(one: Mapping[str, object], other: Mapping[str, object]) -> set[str]:
    """The keys that only one of two mappings has, or that have other values in each."""
    return {path for path, each in other.items() if one.get(path) != each} | (one.keys() - other.keys())
