"""What a resident project remembers of its files: contents by their stamps, facts by content, decoded."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from ssot_lint.cache.interface import FactCache, NullCache
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.model.texts import share_texts
from ssot_lint.workers.extract_files import ExtractionResult, Result

_SETTLED_NANOSECONDS = 2_000_000_000
"""A file changed less than this ago may change again without its time showing it (FAT counts in 2 seconds)."""


class Memory:
    """A cache of facts for :func:`ssot_lint.workers.extract_files.extract_files`, in this process.

    ``texts`` has the digests of what editors hold unsaved, by path: they count in place of the files. What it does not
    know it asks of the cache ``behind`` it.
    """

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.decoded: dict[str, Result] = {}
        self.behind: FactCache = NullCache()
        self._stamps: dict[str, tuple[int, ...]] = {}
        self._digests: dict[str, str] = {}
        self._seen: Mapping[str, os.stat_result] = {}
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder: msgspec.msgpack.Decoder[Result] = msgspec.msgpack.Decoder(Result)

    def unchanged(self, seen: Mapping[str, os.stat_result]) -> Mapping[str, str]:
        """The digests of those of the paths ``seen`` (by lstat) whose content is known without reading it."""
        self._seen = seen
        known = {
            path: self._digests[path]
            for path, status in seen.items()
            if self._stamps.get(path) == _stamp(status) and self.knows(self._digests[path])
        }
        known |= {path: digest for path, digest in self.texts.items() if path in seen}
        return known if len(known) == len(seen) else {**self.behind.unchanged(seen), **known}

    def knows(self, digest: str) -> bool:
        """Whether there is a result for a content."""
        return digest in self.decoded or self.behind.knows(digest)

    def recall(self, digests: Iterable[str]) -> Mapping[str, bytes]:
        """The results for those of ``digests`` that are known."""
        wanted = set(digests)
        known = {digest: self._encoder.encode(self.decoded[digest]) for digest in wanted & self.decoded.keys()}
        return {**self.behind.recall(wanted - known.keys()), **known}

    def learn(self, found: ExtractionResult) -> None:
        """Remember what was read."""
        unknown = set(found.digests.values()) - self.decoded.keys() - found.fresh.keys()
        for digest, data in {**self.behind.recall(unknown), **found.fresh}.items():
            self.decoded[digest] = decoded = self._decoder.decode(data)
            if isinstance(decoded, ModuleFacts):
                share_texts(decoded)
        newest = time.time_ns() - _SETTLED_NANOSECONDS
        for path, digest in found.digests.items():
            status = self._seen.get(path)
            if status is not None and path not in self.texts and max(status.st_mtime_ns, status.st_ctime_ns) < newest:
                self._stamps[path], self._digests[path] = _stamp(status), digest

    def forget(self, wanted: Iterable[str]) -> None:
        """Drop all results but those for the contents ``wanted``."""
        kept = frozenset(wanted)
        self.decoded = {digest: result for digest, result in self.decoded.items() if digest in kept}


@dataclass
class KnownFiles(ExtractionResult):
    """Files with the results of their contents, decoded: whatever is remembered or forgotten later."""

    decoded: Mapping[str, Result] = field(default_factory=dict)

    def results(self, paths: Sequence[str]) -> list[ModuleFacts | ParseFailure]:
        """The facts of each path, in order."""
        decoded = self.decoded
        return [self.failures[path] if path in self.failures else decoded[self.digests[path]] for path in paths]


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    """What changes when a file does."""
    kind = stat.S_IFMT(status.st_mode)
    return kind, status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino
