"""A project that is asked by a client: what its answers are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ssot_lint.baseline.reference import Reference
from ssot_lint.errors import UsageError
from ssot_lint.query.answer import Response
from ssot_lint.query.by_name import where_at, where_named
from ssot_lint.query.compose import Composer
from ssot_lint.query.entries import FileEntry
from ssot_lint.rules.registry import RuleSet
from ssot_lint.scan.base_ref import Since
from ssot_lint.scan.code_question import where_code
from ssot_lint.scan.request import Request
from ssot_lint.scan.review_change import Opening, ReviewedChange, review_change
from ssot_lint.scan.scan import Scan
from ssot_lint.scan.scan_cache import CacheChoice, choice_for_copy
from ssot_lint.server.resident import ResidentProject


@dataclass(frozen=True)
class Workspace:
    """A project in memory, with the rules that are ``known`` there, the violations that somebody ``accepted``, and the
    cache that scans of copies use. All paths that clients give are relative to the project root, or absolute."""

    project: ResidentProject
    known: RuleSet
    accepted: Callable[[], Reference | None]
    choice: CacheChoice

    @property
    def root(self) -> Path:
        """The project root."""
        return self.project.request.root

    def inside(self, path: str) -> str:
        """``path`` as it is called in the project, POSIX. Raises UsageError for one that leads out of it."""
        resolved = (self.root / path).resolve()
        if not resolved.is_relative_to(self.root):
            raise UsageError(f"{path}: outside the project", "Name a file of it")
        inside = resolved.relative_to(self.root).as_posix()
        return "" if inside == "." else inside

    def where(self, name: str, asker: str = "", line: int = 0) -> Response:
        """What there is of a name; of what stands at ``line`` of the file ``name`` where that is given."""
        composer = self._composer(asker or (name if line else ""))
        if not line:
            return where_named(composer, name)
        file = composer.catalogue.file_at(self.inside(name))
        if file is None:
            raise UsageError(f"{name}: no file of the project", "Name one of its Python files")
        return where_at(composer, file, line)

    def where_code(self, code: str, asker: str = "") -> Response:
        """What there is of the definitions in ``code``. Raises UsageError where it cannot be parsed."""
        return where_code(self._composer(asker), self.project.request.config.executor, code, "the code")

    def review(self, base: str) -> ReviewedChange:
        """What the change since ``base`` adds and breaks. Raises UsageError when git refuses."""
        request = self.project.scan().request
        copies = choice_for_copy(request.root, request.config, self.choice)
        opening = Opening(self._opened, lambda copy: Scan.open(copy, copies))
        return review_change(request, Since(base, "base"), self.accepted(), opening)

    @contextmanager
    def _opened(self, request: Request) -> Iterator[Scan]:
        yield self.project.scan_for(request)

    def _composer(self, asker: str) -> Composer:
        catalogue = self.project.catalogue()
        file: FileEntry | None = catalogue.file_at(self.inside(asker)) if asker else None
        return Composer(catalogue, self.project.request.config.components, file)
