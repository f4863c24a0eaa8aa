"""Facts that are decoded when they are first asked for: what has not changed is hardly asked for anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import overload

import msgspec

from ssot_lint.cache.folder import CacheError
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.workers.extract_files import ExtractionResult


class LostFactsError(BaseException):
    """The cache does not give what it had. No Exception: it is not the fault of the rule that asked."""

    def __init__(self, error: CacheError) -> None:
        super().__init__(str(error))
        self.error = error


class Head(msgspec.Struct, array_like=True, frozen=True):
    """What is to be known of facts without reading them."""

    lines: int
    takes_stars: bool
    is_dynamic: bool
    has_directives: bool


class FactsOnDemand:
    """The facts of files that the cache knows; equal contents have them in common."""

    def __init__(self, found: ExtractionResult) -> None:
        self._found = found
        self._known: dict[str, ModuleFacts] = {}

    def of(self, path: str) -> ModuleFacts:
        """The facts of a file. Raises LostFactsError."""
        digest = self._found.digests[path]
        known = self._known.get(digest)
        if known is None:
            try:
                result = self._found.facts_of([digest]).get(digest)
            except CacheError as error:
                raise LostFactsError(error) from error
            if not isinstance(result, ModuleFacts):
                raise LostFactsError(CacheError("facts are missing"))
            known = self._known[digest] = result
        return known


class LaterResult:
    """The facts of one file."""

    def __init__(self, on_demand: FactsOnDemand, path: str, head: Head) -> None:
        self._on_demand, self._path = on_demand, path
        self.takes_stars, self.is_dynamic = head.takes_stars, head.is_dynamic
        self.has_directives = head.has_directives

    def __call__(self) -> ModuleFacts:
        """The facts. Raises LostFactsError."""
        return self._on_demand.of(self._path)


class LaterResults(Sequence[ModuleFacts | ParseFailure]):
    """Results, some of which are decoded when they are first asked for."""

    def __init__(self, results: Sequence[ModuleFacts | ParseFailure | LaterResult]) -> None:
        self._results = results

    @overload
    def __getitem__(self, place: int) -> ModuleFacts | ParseFailure: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[ModuleFacts | ParseFailure]: ...

    def __getitem__(self, place: int | slice) -> ModuleFacts | ParseFailure | Sequence[ModuleFacts | ParseFailure]:
        """The results at a place. Raises LostFactsError."""
        if isinstance(place, slice):
            return [self._at(each) for each in range(*place.indices(len(self)))]
        return self._at(place)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._results)

    def __iter__(self) -> Iterator[ModuleFacts | ParseFailure]:
        """All of them."""
        return map(self._at, range(len(self)))

    def _at(self, place: int) -> ModuleFacts | ParseFailure:
        result = self._results[place]
        return result() if isinstance(result, LaterResult) else result
