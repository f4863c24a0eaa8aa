"""Scans that remember: the cache, as commands use it. Whatever is wrong with it costs time, never a result."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import TypeVar

import ssot_lint
from ssot_lint.cache.code import code_digest
from ssot_lint.cache.folder import CacheError
from ssot_lint.cache.store import CacheUpdate, DamagedCacheError, Store
from ssot_lint.commands.streams import print_note
from ssot_lint.config.settings import Config
from ssot_lint.scan.load import LoadedProject, build_project, read_files
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import Analysis, analyse
from ssot_lint.scan.stopwatch import Stopwatch
from ssot_lint.workers.extract_files import Progress

T = TypeVar("T")

_PROJECT_BYTES = 8


@dataclass(frozen=True)
class CacheChoice:
    """Where scans remember: in ``folder``, None for the one of the configuration, or not at all. ``project`` is what
    they call the project, empty for its root. ``checks_content``: a file is known again by its content only."""

    folder: Path | None
    is_off: bool
    is_verbose: bool
    project: str = ""
    checks_content: bool = False


def analyse_with_memory(request: Request, progress: Progress, choice: CacheChoice) -> Analysis:
    """Scan with what earlier scans cache_update, and remember what this one does.

    Says on stderr when a cache was damaged and is made anew, and with --verbose why there is none.
    """

    def scan(store: Store | None) -> tuple[Analysis, CacheUpdate | None]:
        analysis = analyse(request, progress, store)
        return analysis, analysis.cache_update

    return _remembering(request.root, request.config, choice, scan)


def read_with_memory(
    root: Path, paths: Sequence[Path], config: Config, progress: Progress, choice: CacheChoice
) -> LoadedProject:
    """Read a project as :func:`analyse_with_memory` does, without running rules."""

    def read(store: Store | None) -> tuple[LoadedProject, CacheUpdate | None]:
        clock = Stopwatch()
        sources = read_files(root, paths, config, progress, clock, store)
        cache_update = CacheUpdate(sources.found.digests, sources.found.fresh) if sources.found.read else None
        return build_project(sources, config, clock), cache_update

    return _remembering(root, config, choice, read)


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


def choice_for_copy(request: Request, choice: CacheChoice) -> CacheChoice:
    """How scans of copies of a project in other folders remember: with the project, and all copies as one."""
    try:
        folder = cache_folder(request.root, request.config, choice)
        return replace(choice, folder=folder, project=f"copies of {request.root}")
    except CacheError:  # said when the project itself is scanned
        return replace(choice, is_off=True)


def _remembering(
    root: Path, config: Config, choice: CacheChoice, work: Callable[[Store | None], tuple[T, CacheUpdate | None]]
) -> T:
    """The result of ``work``, done with a store if there is one, which keeps what was cache_update."""
    if choice.is_off:
        return work(None)[0]
    try:
        with closing(_open(root, config, choice)) as store:
            result, cache_update = work(store)
            _save(store, cache_update, choice)
            return result
    except CacheError as error:
        _tell(error, choice)
        return work(None)[0]


def _save(store: Store, cache_update: CacheUpdate | None, choice: CacheChoice) -> None:
    try:
        if cache_update is not None:
            store.save(cache_update)
    except CacheError as error:
        _tell(error, choice)


def _tell(error: CacheError, choice: CacheChoice) -> None:
    if choice.is_verbose or isinstance(error, DamagedCacheError):
        print_note(f"cache not used: {error}")


def _open(root: Path, config: Config, choice: CacheChoice) -> Store:
    # Where other files are too large to be read, others are unchanged.
    name = f"{config.max_file_size} {choice.project or root}"
    project = hashlib.blake2b(os.fsencode(name), digest_size=_PROJECT_BYTES).hexdigest()
    folder, code = cache_folder(root, config, choice), _extraction_code()
    opened = partial(Store, folder, project, code, checks_content=choice.checks_content)
    try:
        return opened()
    except DamagedCacheError as error:
        print_note(f"cache made anew: {error}")
        return opened()


def _extraction_code() -> str:
    """A digest of what decides on facts: our code for it, and the parser."""
    package = Path(ssot_lint.__file__).parent
    names = ("extract", "workers", "text", "model/facts.py", "model/syntax.py")
    parser = metadata.version("libcst")
    return hashlib.blake2b(f"{parser} {code_digest(package / name for name in names)}".encode()).hexdigest()
