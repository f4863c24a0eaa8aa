"""Runs extraction in worker processes.

LibCST can kill its interpreter (deep nesting) or never come back (nested patterns), so no file is parsed in the main
process. pebble's pool survives both: it replaces the worker, and one task fails. Files travel in chunks; a chunk that
fails is tried again file by file, so that exactly the file to blame becomes a ParseFailure.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent import futures
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from pathlib import Path

import msgspec
from pebble import ProcessExpired, ProcessPool

from ssot_lint.discovery.reading import read_regular
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.model.source import SourceFile

CHUNK_BYTES = 300_000
"""Source bytes in a chunk: about half a second of work, so that progress moves and a lost chunk costs little."""
DEADLINE_SECONDS = 10.0
DEADLINE_SECONDS_PER_MB = 20.0
WORKER_MEMORY_BYTES = 3 * 1024**3
"""Address space of a worker; ordinary files need a tenth of it."""


def available_cpus() -> int:
    """The CPUs this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def extract_files(
    root: Path, files: Sequence[SourceFile], *, jobs: int, progress: Callable[[int, int], None]
) -> list[ModuleFacts | ParseFailure]:
    """The facts of each file, in the order of ``files``.

    ``jobs`` is the largest number of worker processes. ``progress`` is called with the number of files done
    so far and that of all. Never raises for a file: what cannot be read or parsed is a ParseFailure.
    """
    if not files:
        return []
    results: dict[str, ModuleFacts | ParseFailure] = {}
    decoder = msgspec.msgpack.Decoder(ModuleFacts)
    chunks = list(_chunks(root, [source.path for source in files]))
    with _safe_environment(), _pool(min(jobs, len(chunks))) as pool:
        try:
            _run(pool, root, chunks, decoder, results, lambda: progress(len(results), len(files)))
        except BaseException:
            # Ctrl-C, say: leaving the pool would wait for all that is scheduled.
            pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves it out of its annotations
            raise
    return [results[source.path] for source in files]


def _run(
    pool: ProcessPool,
    root: Path,
    chunks: Sequence[Sequence[str]],
    decoder: msgspec.msgpack.Decoder[ModuleFacts],
    results: dict[str, ModuleFacts | ParseFailure],
    progress: Callable[[], None],
) -> None:
    retries: list[list[str]] = []
    pending: dict[futures.Future[list[bytes | ParseFailure]], Sequence[str]] = {
        pool.schedule(extract_chunk, args=(root, chunk), timeout=_deadline(root, chunk)): chunk for chunk in chunks
    }
    for future in futures.as_completed(pending):
        chunk = pending.pop(future)
        try:
            outcomes = future.result()
        except (ProcessExpired, futures.TimeoutError, futures.CancelledError, MemoryError) as error:
            if len(chunk) > 1:
                retries += [[path] for path in chunk]
                continue
            outcomes = [_blame(error)]
        for path, outcome in zip(chunk, outcomes, strict=True):
            results[path] = decoder.decode(outcome) if isinstance(outcome, bytes) else outcome
        progress()
    if retries:
        _run(pool, root, retries, decoder, results, progress)


def extract_chunk(root: Path, paths: Sequence[str]) -> list[bytes | ParseFailure]:
    """What a worker does: the encoded facts of each file, or why there are none."""
    # Imported here: the main process never needs LibCST.
    from ssot_lint.extract.extractor import extract

    encoder = msgspec.msgpack.Encoder()
    outcomes: list[bytes | ParseFailure] = []
    for path in paths:
        try:
            facts = extract(read_regular(root / path))
        except OSError as error:
            facts = ParseFailure(f"cannot be read: {error.strerror or type(error).__name__}")
        except RecursionError:
            facts = ParseFailure("nested too deeply")
        outcomes.append(facts if isinstance(facts, ParseFailure) else encoder.encode(facts))
    return outcomes


def _blame(error: BaseException) -> ParseFailure:
    if isinstance(error, futures.TimeoutError):
        return ParseFailure("the parser did not finish in time")
    if isinstance(error, MemoryError):
        return ParseFailure("the parser ran out of memory")
    return ParseFailure("the parser crashed on it")


def _chunks(root: Path, paths: Sequence[str]) -> Iterator[list[str]]:
    """Neighbours in chunks of about CHUNK_BYTES, the largest files first so that no worker ends on one."""
    sized = sorted(((_size(root / path), path) for path in paths), key=lambda entry: (-entry[0], entry[1]))
    chunk: list[str] = []
    total = 0
    for size, path in sized:
        if chunk and total + size > CHUNK_BYTES:
            yield chunk
            chunk, total = [], 0
        chunk.append(path)
        total += size
    if chunk:
        yield chunk


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _deadline(root: Path, paths: Sequence[str]) -> float:
    megabytes = sum(_size(root / path) for path in paths) / 1e6
    return DEADLINE_SECONDS + DEADLINE_SECONDS_PER_MB * megabytes


def _pool(workers: int) -> ProcessPool:
    return ProcessPool(max_workers=workers, initializer=_prepare_worker, context=_context())


def _context() -> BaseContext:
    """How workers start: forked from a server that has loaded the extractor, where the platform can."""
    if sys.platform == "win32":
        return get_context("spawn")
    if sys.version_info < (3, 11) and sys.platform == "linux":
        # Without safe-path (see below) a fresh interpreter would import modules of the scanned folder.
        return get_context("fork")
    context = get_context("forkserver")
    context.set_forkserver_preload(["ssot_lint.extract.extractor"])
    return context


@contextmanager
def _safe_environment() -> Iterator[None]:
    """Keep the working directory, which may be the scanned tree, off the import path of fresh interpreters."""
    before = os.environ.get("PYTHONSAFEPATH")
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["PYTHONSAFEPATH"]
        else:
            os.environ["PYTHONSAFEPATH"] = before


def _prepare_worker() -> None:
    # Syntax trees and facts hold no cycles: collecting garbage would cost a third of the time for nothing.
    gc.disable()
    if sys.platform == "linux":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        limit = WORKER_MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(WORKER_MEMORY_BYTES, hard)
        resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
