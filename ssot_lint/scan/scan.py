"""A scan, opened once: whoever looks at the code of a project looks through one of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from ssot_lint.baseline.coverage import Stale
from ssot_lint.cache.folder import CacheError
from ssot_lint.cache.store import CacheUpdate
from ssot_lint.model.report import JudgedFinding, Report
from ssot_lint.project.keeping import Keeping
from ssot_lint.project.project import Project
from ssot_lint.scan.check import CheckedFindings, run_checks
from ssot_lint.scan.last_scan import NoteBook, spent, take_over
from ssot_lint.scan.later_facts import LostFactsError
from ssot_lint.scan.load import LoadedProject, SourceFiles, build_project, changed_files, read_files, worker_pool
from ssot_lint.scan.renew import Renewal
from ssot_lint.scan.report import Standing, make_report, standing_of
from ssot_lint.scan.report_filter import filtered
from ssot_lint.scan.request import Request
from ssot_lint.scan.result_cache import CachedResult, cache_key, decode_result, encode_result
from ssot_lint.scan.run_rules import Crash
from ssot_lint.scan.scan_cache import NO_CACHE, CacheChoice, ScanCache
from ssot_lint.scan.stopwatch import Stopwatch
from ssot_lint.workers.extract_files import ExtractionResult, Progress, WorkerPool

_WORTH_NOTES = 300
"""Files; with fewer, all is judged anew in less time than it takes to see what need not be."""
_WORTH_TWO_PROCESSES = 300
"""Modules; all rules take about a millisecond for each, and a second process a few tens of them to start."""


@dataclass(frozen=True)
class ScanResult:
    """What a scan says. ``seconds`` maps stages and rules to the time they took, in the order they ran. ``stale`` are
    the entries of the baseline that know no violation any more. ``digests`` has the :func:`digest_of` each file that
    was analysed, by path."""

    report: Report
    crashes: Sequence[Crash]
    seconds: Mapping[str, float]
    stale: Sequence[Stale]
    digests: Mapping[str, str]


def _ignore(*_: object) -> None:
    pass


class Scan:
    """A project as a request sees it. Opening reads the files; everything else is done when it is first asked for.

    A rule that raises loses its own findings only. Where nothing has changed since an earlier scan, :attr:`result` is
    read from the cache, and no project is built.
    """

    def __init__(
        self,
        request: Request,
        cache: ScanCache,
        progress: Progress,
        pool: WorkerPool | None,
        files: SourceFiles | None = None,
        clock: Stopwatch | None = None,
        *,
        stays: bool = False,
    ) -> None:
        self.request = request
        self._stays = stays
        self._cache, self._progress, self._pool, self._clock = cache, progress, pool, clock or Stopwatch()
        self._files = self._read() if files is None else files
        self._loaded: LoadedProject | None = None
        self._checked: CheckedFindings | None = None
        self._result: ScanResult | None = None
        self._update = CacheUpdate({}, {})
        self._takes_notes = False
        self._book: NoteBook | None = None
        self._notes: Mapping[str, bytes] | None = None
        self._is_kept = False
        self._renewal: Renewal | None = None
        self._standing: Standing | None = None
        self._before: tuple[CheckedFindings | None, Standing | None] = None, None

    @classmethod
    @contextmanager
    def open(
        cls,
        request: Request,
        choice: CacheChoice = NO_CACHE,
        progress: Progress = _ignore,
        note: Callable[[str], None] = _ignore,
        pool: WorkerPool | None = None,
    ) -> Iterator[Scan]:
        """Read the files of a project, and keep at the end what was learned.

        After a Ctrl-C, what was read until then is kept. ``progress`` is called with the bytes read so far and those of
        all files that the cache does not know, ``note`` with one line when something is wrong with the cache; ``pool``
        extracts, None for the configured one. Raises UsageError and
        ConfigError of discovery, and PluginError for an executor that is not installed.
        """
        cache = ScanCache(request.root, request.config, choice, note)
        try:
            scan = cls(request, cache, progress, pool)
            try:
                yield scan
            except KeyboardInterrupt:
                scan._keep(scan._files.found)
                raise
            scan._save()
        finally:
            cache.close()

    @classmethod
    def of_files(cls, request: Request, files: SourceFiles, clock: Stopwatch, *, stays: bool = False) -> Scan:
        """A scan of files that were read already; ``clock`` is asked before each stage and rule, and may raise to stop
        it. One that ``stays`` can be renewed."""
        nowhere = ScanCache(request.root, request.config, NO_CACHE, _ignore)
        return cls(request, nowhere, _ignore, None, files, clock, stays=stays)

    def renewed(self, files: SourceFiles, clock: Stopwatch) -> Scan | None:
        """A scan of the same request and other contents of a few files, made of what this one knows: this one must not
        be asked any more. None where it has to be done from the beginning."""
        if self._loaded is None or not self._stays:
            return None
        with clock.time("project"):
            renewal = self._renewal or Renewal(self._files)
            loaded = renewal.renewed(self._loaded, self._files, files)
        if loaded is None:
            return None
        scan = Scan(self.request, self._cache, self._progress, self._pool, files, clock, stays=True)
        scan._loaded, scan._renewal = loaded, renewal
        scan._before = (self._checked, self._standing) if self._checked is not None else self._before
        return scan

    @property
    def files(self) -> SourceFiles:
        """The files, named as far as folders tell."""
        return self._files

    def with_changes(self, changes: Mapping[str, bytes | None], facts: Mapping[str, bytes]) -> Scan:
        """The same scan, were these the contents of these files; None: the file is gone. ``facts`` are the encoded ones
        of those that are known, by path. Nothing is written, and no other file is read again. It can be asked while
        this one is open."""
        files = changed_files(self._files, changes, facts, self.pool)
        return Scan(self.request, self._cache, self._progress, self._pool, files)

    @property
    def pool(self) -> WorkerPool:
        """Who does what may harm the process."""
        return worker_pool(self.request.config, self._pool)

    @property
    def digests(self) -> Mapping[str, str]:
        """The :func:`digest_of` each file that could be read, by path."""
        return self._files.found.digests

    def whole_report(self) -> Report:
        """The report on :attr:`checked`, on all of it, and never from the cache."""
        with self._clock.time("score"):
            self._standing = standing_of(self.request, self.loaded, self.checked, self._before[1])
        return make_report(self.request, self.loaded, self.checked, self._standing, self._clock)

    @property
    def loaded(self) -> LoadedProject:
        """The files with their names and facts, and what they make together."""
        if self._loaded is None:
            self._loaded = self._build()
        return self._loaded

    @property
    def project(self) -> Project:
        """What the names mean over all files."""
        return self.loaded.project

    @property
    def checked(self) -> CheckedFindings:
        """What the rules found, classified."""
        if self._checked is None:
            self._checked = run_checks(
                self.request,
                self.loaded,
                self._clock,
                self._before[0],
                in_two_processes=self._shares_rules,
                take_notes=self._book.take if self._book else None,
            )
        return self._checked

    @property
    def _shares_rules(self) -> bool:
        """Whether two processes are to run the rules. A project that stays keeps what this one asks; of one that was
        judged before, most is known."""
        is_asked_once = not self._stays and not self.project.has_past
        return is_asked_once and self.pool.jobs > 1 and len(self.project.modules) >= _WORTH_TWO_PROCESSES

    @property
    def findings(self) -> Sequence[JudgedFinding]:
        """The findings alone."""
        return self.checked.findings

    @property
    def report(self) -> Report:
        """The report alone."""
        return self.result.report

    @property
    def result(self) -> ScanResult:
        """All that there is to say."""
        if self._result is not None:
            return self._result
        key = self._recall() if self._cache.is_open else ""
        if self._result is None:
            self._takes_notes = self._is_worth_notes(key)
            report, checked = self._judged()
            self._result = self._said(report, checked.crashes, checked.stale)
            if key and not checked.crashes:
                self._update = CacheUpdate({}, {}, key, encode_result(CachedResult(report, tuple(checked.stale))))
        return self._result

    def _judged(self) -> tuple[Report, CheckedFindings]:
        try:
            checked = self.checked
            report = filtered(self.whole_report(), self.request)
        except LostFactsError as lost:
            self._cache.give_up(lost.error)
            self._files, self._takes_notes = self._read(), False
            self._loaded = self._checked = self._standing = None
            return self._judged()
        if self._book is not None and not checked.crashes:
            with self._clock.time("notes"):
                last = self._book.take()
                noted = None if last is None else [*checked.noted, last]
                self._notes = None if noted is None else self._book.parts(noted, self._clock.seconds["rules"])
        elif self.project.has_past:
            self._notes = spent(self._cache.note, self._clock.seconds["rules"])
        return report, checked

    def _is_worth_notes(self, key: str) -> bool:
        """Whether the next scan may take over what this one concludes, or this one what the last one did."""
        return bool(key) and self.request.change is None and len(self._files.tree.files) >= _WORTH_NOTES

    def _recall(self) -> str:
        """Read the result from the cache if it is there; the key it is kept under."""
        with self._clock.time("recall"):
            key = cache_key(self.request, self._files)
            data = self._cache.result(key)
        if data is not None:
            cached = decode_result(data)
            self._result = self._said(cached.report, (), cached.stale)
        return key

    def _said(self, report: Report, crashes: Sequence[Crash], stale: Sequence[Stale]) -> ScanResult:
        return ScanResult(report, crashes, self._clock.seconds, stale, self._files.found.digests)

    def _read(self) -> SourceFiles:
        request = self.request
        try:
            return read_files(
                request.root,
                request.paths,
                request.config,
                self._progress,
                self._clock,
                self._cache.facts,
                self._pool,
                self._keep,
            )
        except CacheError as error:
            self._cache.give_up(error)
            return self._read()

    def _build(self) -> LoadedProject:
        found = self._files.found
        if found.fresh and self._cache.is_open:
            # Now: beside all that a project is made of, the facts would take their room once more.
            self._keep(found)
            if self._cache.is_open:
                found.note_kept()
                self._is_kept = True
        try:
            return self._taken_over() or self._noted(
                build_project(self._files, self.request, self._clock, self._keeping)
            )
        except CacheError as error:
            self._cache.give_up(error)
            self._files = self._read()
            return self._build()

    @property
    def _keeping(self) -> Keeping:
        if self._stays:
            return Keeping.RENEWED
        return Keeping.NOTED if self._takes_notes and self._cache.is_open else Keeping.ASKED_ONCE

    def _taken_over(self) -> LoadedProject | None:
        if self._keeping is not Keeping.NOTED:
            return None
        with self._clock.time("take over"):
            return take_over(self.request, self._files, self._cache.note)

    def _noted(self, loaded: LoadedProject) -> LoadedProject:
        if loaded.project.noted_conclusions is not None:
            self._book = NoteBook(self.request, self._files, loaded)
        return loaded

    def _keep(self, found: ExtractionResult) -> None:
        """Keep what was read when there will be no result."""
        self._cache.save(CacheUpdate(found.digests, found.fresh))

    def _save(self) -> None:
        found, update = self._files.found, self._update
        contents = {} if self._is_kept else found.digests
        if (found.read and not self._is_kept) or update.key:
            self._cache.save(CacheUpdate(contents, found.fresh, update.key, update.result))
        if self._notes:
            self._cache.save_notes(self._notes, replaces=self._book is not None)
