"""The cache of one scan. Whatever is wrong with it costs time, never a result."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from importlib import metadata
from pathlib import Path

import ssot_lint
from ssot_lint.cache.code import code_digest
from ssot_lint.cache.folder import CacheError
from ssot_lint.cache.interface import FactCache, NullCache
from ssot_lint.cache.store import CacheUpdate, DamagedCacheError, Store
from ssot_lint.config.settings import Config

_PROJECT_BYTES = 8


@dataclass(frozen=True)
class CacheChoice:
    """Where scans keep what they learn: in ``folder``, None for the one of the configuration, or nowhere. ``project``
    is what they call the project, empty for its root. ``checks_content``: a file is known again by its content only.
    ``is_quiet``: it is not said why a cache was not used, unless it was damaged."""

    folder: Path | None = None
    is_off: bool = False
    is_quiet: bool = False
    project: str = ""
    checks_content: bool = False


NO_CACHE = CacheChoice(is_off=True)


def cache_folder(root: Path, config: Config, choice: CacheChoice) -> Path:
    """The folder of the cache. The one that a project configures lies in the project, links followed.

    Raises CacheError for one that does not.
    """
    if choice.folder is not None:
        return choice.folder.absolute()
    folder = root / config.cache_dir
    if not Path(os.path.realpath(folder)).is_relative_to(os.path.realpath(root)):
        raise CacheError(f"{folder} leads out of the project")
    return folder


def choice_for_copy(root: Path, config: Config, choice: CacheChoice) -> CacheChoice:
    """How scans of copies of the project at ``root`` in other folders use the cache: with it, and all copies as one."""
    try:
        folder = cache_folder(root, config, choice)
        # What is wrong with the folder is said when the project itself is scanned.
        return replace(choice, folder=folder, is_quiet=True, project=f"copies of {root}")
    except CacheError:  # said when the project itself is scanned
        return replace(choice, is_off=True)


class ScanCache:
    """What earlier scans learned, as long as it can be read. ``note`` is called with one line when it is made anew or
    given up."""

    def __init__(self, root: Path, config: Config, choice: CacheChoice, note: Callable[[str], None]) -> None:
        self._choice, self._note = choice, note
        self._store: Store | None = None
        if not choice.is_off:
            try:
                self._store = self._opened(root, config)
            except CacheError as error:
                self.give_up(error)

    @property
    def is_open(self) -> bool:
        """Whether anything can be kept."""
        return self._store is not None

    @property
    def facts(self) -> FactCache:
        """The facts by content. Its methods raise CacheError."""
        return self._store or NullCache()

    def result(self, key: str) -> bytes | None:
        """The result that was kept under ``key``."""
        try:
            return self._store.result(key) if self._store and key else None
        except CacheError as error:
            self.give_up(error)
            return None

    def row(self, kind: str, term: str) -> bytes | None:
        """The row of the catalogue, None where there is none."""
        try:
            return self._store.row(kind, term) if self._store else None
        except CacheError as error:
            self.give_up(error)
            return None

    def note(self, part: str) -> bytes | None:
        """A part of what an earlier scan concluded, None where there is none."""
        try:
            return self._store.note(part) if self._store else None
        except CacheError as error:
            self.give_up(error)
            return None

    def save_notes(self, parts: Mapping[str, bytes], *, replaces: bool) -> None:
        """Keep parts of what a scan concluded, or these alone, if that can be."""
        try:
            if self._store:
                self._store.save_notes(parts, replaces=replaces)
        except CacheError as error:
            self.give_up(error)

    def save_rows(self, rows: Mapping[tuple[str, str], bytes], *, replaces: bool) -> None:
        """Keep rows of the catalogue, or have it hold them alone, if that can be."""
        try:
            if self._store:
                self._store.save_rows(rows, replaces=replaces)
        except CacheError as error:
            self.give_up(error)

    def save(self, update: CacheUpdate) -> None:
        """Keep what a scan learned, if that can be."""
        try:
            if self._store:
                self._store.save(update)
        except CacheError as error:
            self.give_up(error)

    def give_up(self, error: CacheError) -> None:
        """Go on without the cache, and say so: the next scan will be as slow."""
        self.close()
        if not self._choice.is_quiet or isinstance(error, DamagedCacheError):
            self._note(f"cache not used: {error}. --cache-dir names another folder, --no-cache does without")

    def close(self) -> None:
        """Let go of the file."""
        if self._store:
            self._store.close()
            self._store = None

    def _opened(self, root: Path, config: Config) -> Store:
        # Where other files are too large to be read, others are unchanged.
        name = f"{config.max_file_size} {self._choice.project or root}"
        project = hashlib.blake2b(os.fsencode(name), digest_size=_PROJECT_BYTES).hexdigest()
        folder, code = cache_folder(root, config, self._choice), _extraction_code()
        opened = partial(Store, folder, project, code, checks_content=self._choice.checks_content)
        try:
            return opened()
        except DamagedCacheError as error:
            self._note(f"cache made anew: {error}")
            return opened()


def _extraction_code() -> str:
    """A digest of what decides on facts: our code for it, and the parser."""
    package = Path(ssot_lint.__file__).parent
    names = ("extract", "workers", "text", "model/facts.py", "model/syntax.py")
    parser = metadata.version("libcst")
    return hashlib.blake2b(f"{parser} {code_digest(package / name for name in names)}".encode()).hexdigest()
