"""What a scan asks of a cache."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Protocol


class FactCache(Protocol):
    """What earlier scans learned. A digest stands for a content; results are encoded as :func:`extract_all` does."""

    def unchanged(self, seen: Mapping[str, os.stat_result]) -> Mapping[str, str]:
        """The digests of those of the paths ``seen`` (by lstat) whose content is known without reading it."""
        ...

    def knows(self, digest: str) -> bool:
        """Whether there is a result for a content."""
        ...

    def recall(self, digests: Iterable[str]) -> Mapping[str, bytes]:
        """The results for those of ``digests`` that are known."""
        ...


class NullCache:
    """Knows nothing."""

    def unchanged(self, seen: Mapping[str, os.stat_result]) -> Mapping[str, str]:  # noqa: ARG002 - see FactCache
        """Nothing."""
        return {}

    def knows(self, digest: str) -> bool:  # noqa: ARG002 - see FactCache
        """Nothing."""
        return False

    def recall(self, digests: Iterable[str]) -> Mapping[str, bytes]:  # noqa: ARG002 - see FactCache
        """Nothing."""
        return {}


class ResultCache(FactCache, Protocol):
    """A cache that keeps results of scans too."""

    def result(self, key: str) -> bytes | None:
        """The result that was kept under ``key``."""
        ...
