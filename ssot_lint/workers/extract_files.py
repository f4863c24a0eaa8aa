"""From files to facts: each file is read once, here; what is not known by its content is extracted elsewhere.

LibCST can kill its interpreter or never come back, so a file is parsed in this process only if its tokens show that it
cannot. All others travel to an executor, in chunks; a chunk that fails is tried again file by file, so that exactly the
file to blame becomes a ParseFailure.
"""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent import futures
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeAlias, TypeVar

import msgspec

from ssot_lint.cache.interface import FactCache
from ssot_lint.config.settings import MAX_FILE_SIZE
from ssot_lint.discovery.reading import read_regular
from ssot_lint.errors import ExecutorError, is_interruption
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.model.source import SourceFile
from ssot_lint.model.texts import share_texts
from ssot_lint.workers.interface import Executor, OpenExecutor
from ssot_lint.workers.parser_guard import MOST_BRACKETS, is_nested_too_deeply, is_safe_in_process

CHUNK_BYTES = 300_000
"""Source bytes in a chunk: about half a second of work, so that progress moves and a lost chunk costs little."""
SMALL_BYTES = 150_000
"""Source bytes that this process extracts in less time than a worker takes to start."""
DEADLINE_SECONDS = 10.0
DEADLINE_SECONDS_PER_MB = 20.0

_BATCH = 500
"""Contents whose facts are recalled together."""
_CHUNKS_AHEAD = 3
_DIGEST_BYTES = 16

T = TypeVar("T")
Result: TypeAlias = ModuleFacts | ParseFailure
Progress: TypeAlias = Callable[[int, int], None]


def _new_decoder() -> msgspec.msgpack.Decoder[Result]:
    return msgspec.msgpack.Decoder(Result)


@dataclass
class ExtractionResult:
    """What is known about the files of a scan, of which ``read`` had to be read.

    ``digests`` has the content of each path that could be read and did no harm, ``fresh`` the encoded results for
    those contents that ``cache`` does not know, ``failures`` the paths that ended otherwise. ``passing`` are results
    that ``cache`` knows as well: each is let go of once it is read.
    """

    cache: FactCache
    digests: dict[str, str] = field(default_factory=dict)
    fresh: dict[str, bytes] = field(default_factory=dict)
    failures: dict[str, ParseFailure] = field(default_factory=dict)
    read: int = 0
    passing: dict[str, bytes] = field(default_factory=dict, init=False)
    _decoder: msgspec.msgpack.Decoder[Result] = field(
        default_factory=_new_decoder, init=False, repr=False, compare=False
    )

    def results(self, paths: Sequence[str]) -> list[Result]:
        """The facts of each path, in order; equal contents have them in common."""
        decoder = self._decoder
        digests = list(dict.fromkeys(self.digests[path] for path in paths if path not in self.failures))
        known: dict[str, Result] = {}
        # In batches: encoded and decoded at once all facts would take a fifth more.
        for start in range(0, len(digests), _BATCH):
            for digest, data in self._encoded(digests[start : start + _BATCH]):
                known[digest] = decoded = decoder.decode(data)
                if isinstance(decoded, ModuleFacts):
                    share_texts(decoded)
        return [self.failures[path] if path in self.failures else known[self.digests[path]] for path in paths]

    def facts_of(self, digests: Sequence[str]) -> Mapping[str, Result]:
        """The facts of those contents that are known: of a few of all, so that they have no texts in common."""
        known = self.cache.recall(set(digests) - self.fresh.keys())
        return {digest: self._decoder.decode(data) for digest, data in {**known, **self._fresh_of(digests)}.items()}

    def _fresh_of(self, digests: Sequence[str]) -> Mapping[str, bytes]:
        return {digest: self.fresh[digest] for digest in digests if digest in self.fresh}

    def _encoded(self, digests: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        recalled = self.cache.recall(set(digests) - self.fresh.keys() - self.passing.keys())
        for digest in digests:
            data = self.passing.pop(digest, None) or self.fresh.get(digest)
            yield digest, recalled[digest] if data is None else data

    def note_kept(self) -> None:
        """``cache`` knows what is fresh."""
        self.passing, self.fresh = self.fresh, {}

    def knows(self, digest: str) -> bool:
        """Whether the facts of a content are known."""
        return digest in self.fresh or self.cache.knows(digest)

    def copy_ends(self, duplicates: Mapping[str, str]) -> None:
        """Let each of the paths ``duplicates`` end as the one of the same content did."""
        for path, duplicate in duplicates.items():
            if duplicate in self.failures:
                self.failures[path] = self.failures[duplicate]
            else:
                self.digests[path] = self.digests[duplicate]


@dataclass(frozen=True)
class WorkerPool:
    """Who extracts: at most ``jobs`` processes of an executor."""

    open_executor: OpenExecutor
    jobs: int


def _forget(_: ExtractionResult) -> None:
    pass


def extract_files(
    root: Path,
    files: Sequence[SourceFile],
    pool: WorkerPool,
    cache: FactCache,
    progress: Progress,
    largest: int = MAX_FILE_SIZE,
    keep: Callable[[ExtractionResult], None] = _forget,
) -> ExtractionResult:
    """Read and extract ``files`` as far as ``cache`` does not know them; a file has at most ``largest`` bytes.

    ``progress`` is called with the bytes done so far and those of all files that are not known. ``keep`` is called with
    what was found before a Ctrl-C. Never raises for a file: what cannot be read or parsed is a ParseFailure.
    """
    paths = [file.path for file in files]
    seen = _seen(root, paths)
    found = ExtractionResult(cache, digests=dict(cache.unchanged(seen)))
    sizes = {path: seen[path].st_size if path in seen else 0 for path in paths if path not in found.digests}
    # The largest first, so that no worker ends on one; by path among equals, so that chunks are always the same.
    order = sorted(sizes, key=lambda path: (-sizes[path], path))
    total = sum(sizes.values())
    extraction = _Extraction(pool, found, lambda done: progress(min(done, total), total))
    found.read = len(order)
    duplicates: dict[str, str] = {}
    try:
        extraction.run(_chunks(_unknown(root, order, found, duplicates, largest)), is_small=total <= SMALL_BYTES)
    except BaseException as error:
        if is_interruption(error):
            keep(found)
        raise
    found.copy_ends(duplicates)
    progress(total, total)
    return found


def extract_changes(
    known: ExtractionResult, changes: Mapping[str, bytes | None], facts: Mapping[str, bytes], pool: WorkerPool
) -> ExtractionResult:
    """``known`` as it is once these files have these contents; None: the file is gone. ``facts`` are the encoded ones
    of those that need not be extracted. Nothing is read."""
    digests = {path: digest for path, digest in known.digests.items() if path not in changes}
    failures = {path: failure for path, failure in known.failures.items() if path not in changes}
    found = ExtractionResult(known.cache, digests, dict(known.fresh), failures)
    sources = [_Source(path, content, digest_of(content)) for path, content in changes.items() if content is not None]
    found.digests.update((source.path, source.digest) for source in sources)
    found.fresh.update((source.digest, facts[source.path]) for source in sources if source.path in facts)
    new = {source.digest: source for source in sources if not found.knows(source.digest)}
    small = sum(len(source.content) for source in new.values()) <= SMALL_BYTES
    _Extraction(pool, found, lambda _: None).run(_chunks(new.values()), is_small=small)
    failed = {found.digests[path]: failure for path, failure in found.failures.items() if path in found.digests}
    found.failures.update((path, failed[digest]) for path, digest in found.digests.items() if digest in failed)
    return found


class _Source(NamedTuple):
    path: str
    content: bytes
    digest: str


_Chunk: TypeAlias = tuple[_Source, ...]


class _Extraction:
    """One run over the files that are not known. The executor is opened when there is first something for it."""

    def __init__(self, pool: WorkerPool, found: ExtractionResult, progress: Callable[[int], None]) -> None:
        self._workforce, self._found, self._progress = pool, found, progress
        self._done = 0
        self._running: dict[futures.Future[list[bytes]], _Chunk] = {}

    def run(self, chunks: Iterable[_Chunk], *, is_small: bool) -> None:
        """Extract ``chunks``; in this process, as far as they are safe, if they are small together."""
        with ExitStack() as stack:
            executor: Executor | None = None
            for chunk in chunks:
                if is_small and all(is_safe_in_process(source.content) for source in chunk):
                    self._note(chunk, extract_all(_contents(chunk)))
                    continue
                executor = executor or stack.enter_context(self._workforce.open_executor(self._workforce.jobs))
                self._send(executor, chunk)
                self._collect(executor, most_running=self._workforce.jobs * _CHUNKS_AHEAD)
            if executor is not None:
                self._collect(executor, most_running=0)

    def _send(self, executor: Executor, chunk: _Chunk) -> None:
        contents = _contents(chunk)
        self._running[executor.submit(extract_all, contents, deadline_of(contents))] = chunk

    def _collect(self, executor: Executor, most_running: int) -> None:
        """Wait until no more than ``most_running`` chunks are on their way."""
        while len(self._running) > most_running:
            done, _ = futures.wait(self._running, return_when=futures.FIRST_COMPLETED)
            for future in done:
                chunk = self._running.pop(future)
                error = error_of(future)
                if error is None:
                    self._note(chunk, future.result())
                elif len(chunk) > 1:
                    for source in chunk:
                        self._send(executor, (source,))
                else:
                    self._record_failure(chunk[0], error)

    def _note(self, chunk: _Chunk, encoded: Sequence[bytes]) -> None:
        for source, result in zip(chunk, encoded, strict=True):
            self._found.digests[source.path] = source.digest
            self._found.fresh[source.digest] = result
        self._add(chunk)

    def _record_failure(self, source: _Source, error: BaseException) -> None:
        self._found.failures[source.path] = ParseFailure(reason_of(error), is_given_up=True)
        self._add((source,))

    def _add(self, chunk: _Chunk) -> None:
        self._done += sum(len(source.content) for source in chunk)
        self._progress(self._done)


def digest_of(content: bytes) -> str:
    """What stands for a content, by which files are known again."""
    return hashlib.blake2b(content, digest_size=_DIGEST_BYTES).hexdigest()


def deadline_of(contents: Iterable[bytes]) -> float:
    """The seconds of processor time in which these must be parsed."""
    return DEADLINE_SECONDS + DEADLINE_SECONDS_PER_MB * sum(map(len, contents)) / 1e6


def extract_all(contents: Sequence[bytes]) -> list[bytes]:
    """What a worker does: the encoded :data:`Result` of each content."""
    # Imported here: a scan in which nothing changed never needs LibCST.
    from ssot_lint.extract.extractor import extract

    def result_of(content: bytes) -> Result:
        if is_nested_too_deeply(content):
            return ParseFailure(f"more than {MOST_BRACKETS} nested brackets", is_given_up=True)
        try:
            return extract(content)
        except RecursionError:
            return ParseFailure("nested too deeply", is_given_up=True)

    encoder = msgspec.msgpack.Encoder()
    return [encoder.encode(result_of(content)) for content in contents]


def error_of(future: futures.Future[T]) -> BaseException | None:
    """How a task of an executor ended, if not well. Raises ExecutorError, which says nothing about the task."""
    try:
        error = future.exception()
    except futures.CancelledError as cancelled:
        return cancelled
    if isinstance(error, ExecutorError):
        raise error
    return error


def reason_of(error: BaseException) -> str:
    """What an error of a task that parses says about the file."""
    # concurrent.futures has a TimeoutError of its own before Python 3.11.
    if isinstance(error, (TimeoutError, futures.TimeoutError)):
        return "the parser did not finish in time"
    if isinstance(error, MemoryError):
        return "the parser ran out of memory"
    return "the parser crashed on it"


def _contents(chunk: _Chunk) -> list[bytes]:
    return [source.content for source in chunk]


def _chunks(sources: Iterable[_Source]) -> Iterator[_Chunk]:
    """Neighbours in chunks of about CHUNK_BYTES."""
    chunk: list[_Source] = []
    total = 0
    for source in sources:
        if chunk and total + len(source.content) > CHUNK_BYTES:
            yield tuple(chunk)
            chunk, total = [], 0
        chunk.append(source)
        total += len(source.content)
    if chunk:
        yield tuple(chunk)


def _unknown(
    root: Path, paths: Iterable[str], found: ExtractionResult, duplicates: dict[str, str], largest: int
) -> Iterator[_Source]:
    """Read ``paths``, note those that cannot be read or whose content is known after all, and yield the others.

    Of those with one content only the first is yielded, to be extracted; ``duplicates`` gets it for each of the others.
    They share its end even if that is bad: it was tried alone, and what the parser never finishes would be waited for
    once for each of them.
    """
    first: dict[str, str] = {}
    for path in paths:
        try:
            content = read_regular(root / path, largest)
        except OSError as error:
            is_too_large = error.errno == errno.EFBIG
            key = " (`max-file-size`)" if is_too_large else ""
            reason = f"cannot be read: {error.strerror or type(error).__name__}{key}"
            found.failures[path] = ParseFailure(reason, is_given_up=is_too_large)
            continue
        digest = digest_of(content)
        if found.knows(digest):
            found.digests[path] = digest
        elif digest in first:
            duplicates[path] = first[digest]
        else:
            first[digest] = path
            yield _Source(path, content, digest)


def _seen(root: Path, paths: Iterable[str]) -> dict[str, os.stat_result]:
    """What lstat says of those of ``paths`` that are there."""
    seen = {}
    for path in paths:
        try:
            # Joined as text: a Path for each file would cost as much as asking the file system.
            seen[path] = os.lstat(f"{root}/{path}")
        except OSError:
            continue
    return seen
