"""A project that stays in memory while its files change, on the disk and in editors that have not saved.

Its findings are those of a scan from scratch of the same contents: whatever changes, the project and the answers of all
rules are made anew from the facts of its files. Only facts are kept, for they depend on one content each.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from ssot_lint.cache.interface import NullCache
from ssot_lint.cache.store import CacheUpdate
from ssot_lint.discovery.discover import discover
from ssot_lint.discovery.footprint import footprint
from ssot_lint.discovery.metadata import SETUP_PY
from ssot_lint.discovery.options import discovery_options
from ssot_lint.discovery.stamps import stamps
from ssot_lint.discovery.walk import SOURCE_SUFFIXES
from ssot_lint.errors import SsotLintError
from ssot_lint.model.source import SourceTree
from ssot_lint.query.build import catalogue_of
from ssot_lint.query.catalogue import Catalogue
from ssot_lint.scan.load import SourceFiles
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import Scan
from ssot_lint.scan.scan_cache import CacheChoice, ScanCache
from ssot_lint.scan.stopwatch import Stopwatch
from ssot_lint.server.memory import KnownFiles, Memory
from ssot_lint.workers.extract_files import Progress, WorkerPool, digest_of, extract_files
from ssot_lint.workers.extract_one import extract_one
from ssot_lint.workers.interface import load_executor
from ssot_lint.workers.kept import KeptExecutor
from ssot_lint.workers.processes import available_cpus

_MOST_RENEWALS = 50
"""Edits after which what they left behind is taken away in the middle of work: each leaves some megabytes."""
_WITH_FINDINGS, _WITH_CATALOGUE = 1, 2
"""How much there is of the first project when it settles."""


def _never() -> bool:
    return False


class OutdatedError(Exception):
    """What was being worked out is not wanted any more: the project has changed."""


def _check(is_outdated: Callable[[], bool]) -> None:
    if is_outdated():
        raise OutdatedError


@dataclass
class _Checkpoints(Stopwatch):
    """Stops work that is outdated before its next stage or rule."""

    is_outdated: Callable[[], bool] = field(default=lambda: False)

    @contextmanager
    def time(self, name: str) -> Iterator[None]:
        _check(self.is_outdated)
        with super().time(name):
            yield


@dataclass(frozen=True)
class _Listing:
    """The files as discovery found them, and on what that rests: folders and files that are not Python, and how they
    stood."""

    tree: SourceTree
    paths: list[str]
    stamps: str


class ResidentProject:
    """A project in memory. ``ask`` says what to scan and how, again whenever ``inputs`` (the configuration, the
    baseline) may have changed; what it raises is kept in :attr:`problem`, and the request before counts on.

    Not to be used by two threads at once. Nothing is written but the cache.
    """

    def __init__(
        self,
        ask: Callable[[], Request],
        inputs: Sequence[Path],
        choice: CacheChoice,
        note: Callable[[str], None],
        progress: Progress = lambda _done, _total: None,
    ) -> None:
        self._ask, self._inputs, self._choice, self._note, self._progress = ask, inputs, choice, note, progress
        self.request = ask()
        self.problem = ""
        self._asked = stamps(map(str, inputs)).digest
        self._texts: dict[str, bytes] = {}
        self._memory = Memory()
        self._listing: _Listing | None = None
        self._files: SourceFiles | None = None
        self._scan: Scan | None = None
        self._contents: dict[str, str] = {}
        self._catalogue: Catalogue | None = None
        self._renewals, self._settled = 0, 0
        self._clock = _Checkpoints()
        self._parser = KeptExecutor(load_executor(self.request.config.executor))

    def close(self) -> None:
        """End what runs for the project."""
        self._parser.close()

    @property
    def held(self) -> frozenset[str]:
        """The paths of what editors hold."""
        return frozenset(self._texts)

    def set_text(self, path: str, content: bytes | None) -> None:
        """What an editor holds of the file at ``path`` (relative to the project root, POSIX); None: what is on the
        disk."""
        if content is None or len(content) > self.request.config.max_file_size:
            self._texts.pop(path, None)
        else:
            self._texts[path] = content

    def scan(self, is_outdated: Callable[[], bool] = _never, *, looks: bool = True) -> Scan:
        """The scan of the project as it is now: the same one as long as nothing changes. Work on it ends with
        OutdatedError as soon as ``is_outdated`` says so, and can be taken up again. Without ``looks`` files count as
        they were when they were looked at last, but for what editors hold.

        Raises what opening a scan raises.
        """
        asked_anew = self._ask_again()
        files = self._files = (None if looks or asked_anew else self._with_texts()) or self._read(is_outdated)
        contents = files.found.digests | {path: failure.reason for path, failure in files.found.failures.items()}
        if self._scan is None or asked_anew or contents != self._contents or files.tree != self._scan.files.tree:
            self._contents = contents
            self._renew(files, is_possible=not asked_anew)
        if self._scan is None:
            # Or there would be two in memory: a project is full of circles, and no process of ours looks for garbage.
            gc.unfreeze()
            gc.collect()
            self._settled = 0
            self._scan = Scan.of_files(self.request, files, self._clock, stays=True)
        self._clock.is_outdated = is_outdated
        return self._scan

    def scan_for(self, request: Request) -> Scan:
        """A scan of the project as it is now, as another request wants it: one that knows other violations, say."""
        return Scan.of_files(request, self.scan().files, Stopwatch())

    def catalogue(self, is_outdated: Callable[[], bool] = _never, *, looks: bool = True) -> Catalogue:
        """All definitions of the project as it is now, to be looked up. ``looks`` and what is raised as with
        :meth:`scan`."""
        scan = self.scan(is_outdated, looks=looks)

        if self._catalogue is None:
            self._catalogue = catalogue_of(scan.project, partial(_check, is_outdated))
            self._settle(_WITH_CATALOGUE)
        return self._catalogue

    def _renew(self, files: SourceFiles, *, is_possible: bool) -> None:
        """Make a scan of other contents from the one that is there, or let go of it."""
        before, self._scan, self._catalogue = self._scan, None, None
        self._clock = _Checkpoints()
        if before is not None and is_possible:
            self._scan = before.renewed(files, self._clock)
            self._renewals += 1
            if self._renewals >= _MOST_RENEWALS:
                self.tidy()

    def tidy(self) -> None:
        """Take away what earlier projects have left behind, when there is time for it."""
        self._renewals = 0
        if self._settled:
            gc.collect()
        self._settle(_WITH_FINDINGS)

    def _settle(self, made: int) -> None:
        """Have what the first project is made of never looked at for garbage: it stays for long, there is next to none
        in it, and looking at all of it takes seconds."""
        if self._settled < made:
            gc.freeze()
            self._settled = made

    def _ask_again(self) -> bool:
        """Whether there is another request than before."""
        now = stamps(map(str, self._inputs)).digest
        if now == self._asked:
            return False
        self._asked = now
        try:
            self.request, self.problem = self._ask(), ""
        except SsotLintError as error:
            self.problem = str(error)
            return False
        self._listing = None
        return True

    def _read(self, is_outdated: Callable[[], bool]) -> SourceFiles:
        """Look at the disk. Raises OutdatedError between two steps of it, none once unsaved texts are noted: what was
        closed meanwhile is told from them."""
        request, memory = self.request, self._memory
        tree = self._listed().tree
        _check(is_outdated)
        pool = WorkerPool(load_executor(request.config.executor), request.config.jobs or available_cpus())
        _check(is_outdated)
        with self._cache() as cache:
            _check(is_outdated)
            self._note_texts()
            memory.behind = cache.facts
            found = extract_files(request.root, tree.files, pool, memory, self._progress, request.config.max_file_size)
            memory.learn(found)
            if found.fresh:
                cache.save(CacheUpdate({}, found.fresh))
            memory.behind = NullCache()
        memory.forget({*found.digests.values(), *memory.texts.values()})
        return SourceFiles(tree, KnownFiles(memory, found.digests, {}, found.failures, found.read, memory.decoded))

    def _with_texts(self) -> SourceFiles | None:
        """The files as they were last, but for what editors hold; None where one has to be looked at."""
        last, held = self._files, self._memory.texts.keys()
        if last is None or not held <= self._texts.keys():
            return None
        if not all(path in last.found.digests or path in last.found.failures for path in self._texts):
            return None
        self._note_texts()
        digests = {**last.found.digests, **self._memory.texts}
        failures = {path: failure for path, failure in last.found.failures.items() if path not in self._texts}
        return SourceFiles(last.tree, KnownFiles(self._memory, digests, {}, failures, 0, self._memory.decoded))

    def _listed(self) -> _Listing:
        listing = self._listing
        if listing is None or stamps(listing.paths).digest != listing.stamps:
            request = self.request
            options = discovery_options(request.config)
            paths = [path for path in footprint(request.root, options) if not _is_code(path)]
            before = stamps(paths)
            tree = discover(request.root, request.paths, options)
            listing = self._listing = _Listing(tree, paths, before.digest if before.is_settled else "")
        return listing

    def _note_texts(self) -> None:
        """Have the facts of all unsaved texts. Half a bracket is enough for what this process must not parse itself."""
        self._memory.texts = {path: digest_of(content) for path, content in self._texts.items()}
        for path, content in self._texts.items():
            digest = self._memory.texts[path]
            if not self._memory.knows(digest):
                self._memory.decoded[digest] = extract_one(content, WorkerPool(self._parser.open, 1))

    @contextmanager
    def _cache(self) -> Iterator[ScanCache]:
        cache = ScanCache(self.request.root, self.request.config, self._choice, self._note)
        try:
            yield cache
        finally:
            cache.close()


def _is_code(path: str) -> bool:
    """Whether discovery only wants to know that a file is there, not what it holds."""
    return path.endswith(SOURCE_SUFFIXES) and not path.endswith(f"/{SETUP_PY}")
