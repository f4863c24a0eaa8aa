"""The catalogue of a project as an earlier look left it in the cache.

Nothing is read of an unchanged project but the times of its files and folders, and the rows that are asked for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

import ssot_lint
from ssot_lint.cache.code import code_digest
from ssot_lint.config.settings import Config
from ssot_lint.discovery.stamps import Stamps, stamps
from ssot_lint.query.catalogue import Catalogue
from ssot_lint.scan.scan_cache import CacheChoice, ScanCache

_STATE = "state"
_DIGEST_BYTES = 16


class CatalogueState(msgspec.Struct, frozen=True):
    """What the rows in the cache are about: the project as ``key`` has it, as ``settings`` and code see it; ``paths``
    is its footprint, which stood as in ``stamps``, empty where that proves nothing."""

    key: str
    settings: str
    paths: list[str]
    stamps: str


class CatalogueStore:
    """Where the cache of a project keeps its catalogue. ``note`` is told what is wrong with the cache."""

    def __init__(self, root: Path, config: Config, choice: CacheChoice, note: Callable[[str], None]) -> None:
        self._root, self._config, self._choice, self._note = root, config, choice, note
        self._settings = _settings(root, config)

    @contextmanager
    def unchanged(self) -> Iterator[Catalogue | None]:
        """The catalogue, if the project stands as it did; else None."""
        with self._opened() as cache:
            state = self._state(cache)
            is_same = state is not None and stamps(state.paths).digest == state.stamps
            yield Catalogue(cache) if is_same else None

    @contextmanager
    def same(self, key: str, paths: list[str], before: Stamps) -> Iterator[Catalogue | None]:
        """The catalogue, if it is about what ``key`` stands for; else None. ``paths``, which stood as ``before``, are
        remembered."""
        with self._opened() as cache:
            state = self._state(cache)
            is_same = bool(key) and state is not None and state.key == key
            if is_same:
                cache.save_rows({(_STATE, ""): self._written(key, paths, before)}, replaces=False)
            yield Catalogue(cache) if is_same else None

    def save(self, rows: Mapping[tuple[str, str], bytes], key: str, paths: list[str], before: Stamps) -> None:
        """Keep a catalogue in place of the one that is there."""
        with self._opened() as cache:
            cache.save_rows({**rows, (_STATE, ""): self._written(key, paths, before)}, replaces=True)

    @contextmanager
    def _opened(self) -> Iterator[ScanCache]:
        cache = ScanCache(self._root, self._config, self._choice, self._note)
        try:
            yield cache
        finally:
            cache.close()

    def _state(self, cache: ScanCache) -> CatalogueState | None:
        data = cache.row(_STATE, "")
        state = None if data is None else msgspec.msgpack.decode(data, type=CatalogueState)
        return state if state is not None and state.settings == self._settings else None

    def _written(self, key: str, paths: list[str], before: Stamps) -> bytes:
        held = before.digest if before.is_settled else ""
        return msgspec.msgpack.encode(CatalogueState(key, self._settings, paths, held))


def _settings(root: Path, config: Config) -> str:
    """A digest of all that decides on a catalogue beside the files."""
    code = code_digest([Path(ssot_lint.__file__).parent])
    text = msgspec.json.encode([code, str(root), config.plain()], order="deterministic")
    return hashlib.blake2b(text, digest_size=_DIGEST_BYTES).hexdigest()
