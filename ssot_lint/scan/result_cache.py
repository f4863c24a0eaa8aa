"""What a scan was the last time nothing had changed: the key it is cached under, and how it is encode_result down."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Set
from pathlib import Path

import msgspec

import ssot_lint
from ssot_lint.baseline.coverage import Stale
from ssot_lint.cache.code import code_digest
from ssot_lint.model.report import Report
from ssot_lint.scan.load import SourceFiles
from ssot_lint.scan.request import Request
from ssot_lint.scan.rule_files import rule_files

_DIGEST_BYTES = 16


class CachedResult(msgspec.Struct, frozen=True):
    """A report, and the entries of the baseline that know no violation any more."""

    report: Report
    stale: tuple[Stale, ...]


def cache_key(request: Request, sources: SourceFiles) -> str:
    """What decides on the result of a scan, as a digest; empty where that cannot be told.

    That is the code of the tool and of the rules, the files with their contents, and all that was asked for. A file
    that could not be read, or was given up, may fare better the next time.
    """
    if sources.found.failures or sources.tree.unreadable:
        return ""
    try:
        asked = list(_circumstances(request, sources.found.digests.keys()))
        text = msgspec.json.encode([asked, sources.tree, sources.found.digests], order="deterministic")
    except UnicodeEncodeError:  # a name that is not UTF-8
        return ""
    return hashlib.blake2b(text, digest_size=_DIGEST_BYTES).hexdigest()


def encode_result(cached: CachedResult) -> bytes:
    """``cached`` as bytes."""
    return msgspec.msgpack.encode(cached)


def decode_result(data: bytes) -> CachedResult:
    """What :func:`encode_result` wrote."""
    return msgspec.msgpack.decode(data, type=CachedResult)


def _circumstances(request: Request, scanned: Set[str]) -> Iterator[object]:
    yield sys.version_info[:2]
    yield code_digest([Path(ssot_lint.__file__).parent, *rule_files(request)])
    yield [str(path.relative_to(request.root)) for path in request.paths]
    yield request.config.plain()
    yield [(active.label, repr(active.rule), active.severity) for active in request.rules]
    yield request.codes
    yield (request.file.path, request.file.text, request.file.unused_ignores) if request.file else None
    yield request.command
    yield request.plan, request.surroundings
    yield request.about, request.only_new
    yield request.probe
    if request.change is not None:
        yield request.change.since, sorted(request.change.files), sorted(request.change.before)
    if request.baseline is not None:
        reference = request.baseline
        entries = reference.baseline.entries
        yield entries, reference.against, dict(reference.renames)
        # All that the day decides.
        yield [entry.key for entry in entries if entry.is_expired(reference.today)]
        # A violation is not called fixed while its file is there but was not scanned.
        unscanned = sorted({entry.path for entry in entries} - scanned)
        yield [path for path in unscanned if os.path.lexists(f"{request.root}/{path}")]
