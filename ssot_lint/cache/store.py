"""What scans remember: facts by the content they come from, contents of files by their stamps, results of scans, what
the last of them concluded, and what is looked up in the catalogue of a project.

One SQLite file, data only. Whatever is wrong with it costs the memory, never the scan: a damaged file is made anew.
Each value carries a checksum, for SQLite does not notice a flipped bit.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from ssot_lint.cache.folder import CacheError, prepare_folder

STORE_FILE = "store.sqlite"
MAX_BYTES = 1_000_000_000
"""Size of the file at which everything but the current project's facts is dropped: about 30 million lines."""
MOST_RESULTS = 16
"""Results of scans that are kept, for branches and options that are switched back and forth."""

_SCHEMA = (
    "CREATE TABLE facts (digest TEXT PRIMARY KEY, data BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE files (project TEXT NOT NULL, path BLOB NOT NULL, stamp TEXT NOT NULL, digest TEXT NOT NULL,"
    " PRIMARY KEY (project, path)) WITHOUT ROWID",
    "CREATE TABLE results (key TEXT NOT NULL UNIQUE, data BLOB NOT NULL)",
    "CREATE TABLE catalogue (project TEXT NOT NULL, kind TEXT NOT NULL, term BLOB NOT NULL, data BLOB NOT NULL,"
    " PRIMARY KEY (project, kind, term)) WITHOUT ROWID",
    "CREATE TABLE notes (project TEXT NOT NULL, part TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (project, part))"
    " WITHOUT ROWID",
)
_TABLES = ("facts", "files", "results", "catalogue", "notes")
_CHECKSUM_BYTES = 8
_VERSION_DIGITS = 7
"""SQLite has room for 31 bits."""
_VARIABLES = 500
_PATIENCE_SECONDS = 2.0
_SETTLED_NANOSECONDS = 2_000_000_000
"""A file changed less than this ago may change again without its time showing it (FAT counts in 2 seconds)."""


class DamagedCacheError(CacheError):
    """What the cache holds is not what was written to it."""


class CacheUpdate(NamedTuple):
    """What there is to remember of a scan. ``contents`` has the digest of each path that was read, ``facts`` the new
    results by digest, ``key`` and ``result`` identify and hold the outcome (no key: it is not to be kept)."""

    contents: Mapping[str, str]
    facts: Mapping[str, bytes]
    key: str = ""
    result: bytes = b""


class Holdings(NamedTuple):
    """How many contents and results a store holds."""

    facts: int
    results: int


def holdings(file: Path) -> Holdings:
    """What the store in ``file`` holds. Raises CacheError when that cannot be told."""
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            counts = connection.execute(
                "SELECT (SELECT count(*) FROM facts), (SELECT count(*) FROM results)"
            ).fetchone()
    except sqlite3.Error as error:
        raise CacheError(f"{file}: {error}") from error
    return Holdings(*counts)


class Store:
    """The cache of one project; ``project`` tells it from others in the same folder, ``code`` is a digest (hex) of what
    makes facts: whatever other code left behind is dropped. ``checks_content``: no file is unchanged by its stamp.

    Raises CacheError when it can not be opened, and DamagedCacheError from any method when it turns out to be damaged;
    the file is gone then.
    """

    def __init__(self, folder: Path, project: str, code: str, *, checks_content: bool = False) -> None:
        prepare_folder(folder)
        self._file = folder / STORE_FILE
        self._project = project
        self._version = int(code[:_VERSION_DIGITS], 16)
        self._checks_content = checks_content
        self._seen: Mapping[str, os.stat_result] = {}
        if os.path.lexists(self._file) and not stat.S_ISREG(self._file.lstat().st_mode):
            raise CacheError(f"{self._file} is not a regular file")
        with self._guarded():
            self._connection = self._opened()
            self._known = {digest for (digest,) in self._connection.execute("SELECT digest FROM facts")}

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def unchanged(self, seen: Mapping[str, os.stat_result]) -> Mapping[str, str]:
        """The digests of those of the paths ``seen`` whose size, times and inode are those of when they were last
        read; :meth:`save` remembers them."""
        self._seen = seen
        if self._checks_content:
            return {}
        stamps = {path: _stamp(status) for path, status in seen.items()}
        query = "SELECT path, stamp, digest FROM files WHERE project = ?"
        with self._guarded():
            rows = self._connection.execute(query, (self._project,)).fetchall()
        found = ((os.fsdecode(path), stamp, digest) for path, stamp, digest in rows)
        return {path: digest for path, stamp, digest in found if stamps.get(path) == stamp and digest in self._known}

    def knows(self, digest: str) -> bool:
        """Whether there are facts for a content."""
        return digest in self._known

    def recall(self, digests: Iterable[str]) -> Mapping[str, bytes]:
        """The facts for those of ``digests`` that are known."""
        with self._guarded():
            return {
                digest: _unsealed(data)
                for batch in _batches(sorted(self._known.intersection(digests)))
                for digest, data in self._connection.execute(
                    f"SELECT digest, data FROM facts WHERE digest IN ({', '.join('?' * len(batch))})",  # noqa: S608
                    batch,
                )
            }

    def result(self, key: str) -> bytes | None:
        """The result that was kept under ``key``."""
        with self._guarded():
            row = self._connection.execute("SELECT data FROM results WHERE key = ?", (key,)).fetchone()
            return None if row is None else _unsealed(row[0])

    def row(self, kind: str, term: str) -> bytes | None:
        """The row of the catalogue of the project, None where there is none."""
        query = "SELECT data FROM catalogue WHERE project = ? AND kind = ? AND term = ?"
        with self._guarded():
            found = self._connection.execute(query, (self._project, kind, _term(term))).fetchone()
            return None if found is None else _unsealed(found[0])

    def save(self, scanned: CacheUpdate) -> None:
        """Remember a scan, all of it or, when the disk is full or the file read-only, nothing.

        Raises CacheError then.
        """
        with self._writing():
            self._write(scanned)
        self._known.update(scanned.facts)

    def note(self, part: str) -> bytes | None:
        """A part of what a scan of the project concluded, None where there is none."""
        query = "SELECT data FROM notes WHERE project = ? AND part = ?"
        with self._guarded():
            found = self._connection.execute(query, (self._project, part)).fetchone()
            return None if found is None else _unsealed(found[0])

    def save_notes(self, parts: Mapping[str, bytes], *, replaces: bool) -> None:
        """Keep parts of what a scan of the project concluded, or have these in place of all; raises as :meth:`save`
        does."""
        with self._writing():
            if replaces:
                self._connection.execute("DELETE FROM notes WHERE project = ?", (self._project,))
            written = ((self._project, part, _sealed(data)) for part, data in sorted(parts.items()))
            self._connection.executemany("INSERT OR REPLACE INTO notes VALUES (?, ?, ?)", written)

    def save_rows(self, rows: Mapping[tuple[str, str], bytes], *, replaces: bool) -> None:
        """Put rows into the catalogue of the project, or in place of all of it; raises as :meth:`save` does."""
        with self._writing():
            if replaces:
                self._connection.execute("DELETE FROM catalogue WHERE project = ?", (self._project,))
            written = ((self._project, kind, _term(term), _sealed(data)) for (kind, term), data in sorted(rows.items()))
            self._connection.executemany("INSERT OR REPLACE INTO catalogue VALUES (?, ?, ?, ?)", written)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._guarded():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise

    def _write(self, scanned: CacheUpdate) -> None:
        run = self._connection.executemany
        run("INSERT OR REPLACE INTO facts VALUES (?, ?)", ((digest, _sealed(d)) for digest, d in scanned.facts.items()))
        run("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?)", self._rows(scanned.contents))
        if scanned.key:
            run("INSERT OR REPLACE INTO results VALUES (?, ?)", [(scanned.key, _sealed(scanned.result))])
            newest = "SELECT rowid FROM results ORDER BY rowid DESC LIMIT ?"
            self._connection.execute(f"DELETE FROM results WHERE rowid NOT IN ({newest})", (MOST_RESULTS,))  # noqa: S608
        if self._size() > MAX_BYTES:
            self._connection.execute("DELETE FROM files WHERE project != ?", (self._project,))
            self._connection.execute("DELETE FROM catalogue WHERE project != ?", (self._project,))
            self._connection.execute("DELETE FROM notes WHERE project != ?", (self._project,))
            self._connection.execute("DELETE FROM facts WHERE digest NOT IN (SELECT digest FROM files)")

    def _rows(self, contents: Mapping[str, str]) -> Iterator[tuple[str, bytes, str, str]]:
        newest = time.time_ns() - _SETTLED_NANOSECONDS
        for path, digest in contents.items():
            status = self._seen.get(path)
            stamp = _stamp(status) if status and max(status.st_mtime_ns, status.st_ctime_ns) < newest else None
            # Without a stamp rather than not at all: an older row may have the stamp of today for another content.
            yield self._project, os.fsencode(path), stamp or "", digest

    def _size(self) -> int:
        (pages,), (page_bytes,) = (
            self._connection.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size")
        )
        return int(pages) * int(page_bytes)

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=_PATIENCE_SECONDS, isolation_level=None)
        try:
            # A killed process harms nothing; after a power failure the checksums tell.
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA trusted_schema = OFF")
            tables = tuple(sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"))
            if tables != _SCHEMA:
                if tables:
                    raise DamagedCacheError(f"{self._file} holds something else")
                connection.execute("BEGIN IMMEDIATE")
                for statement in _SCHEMA:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {self._version}")
                connection.execute("COMMIT")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version != self._version:
                connection.execute("BEGIN IMMEDIATE")
                for table in _TABLES:
                    connection.execute(f"DELETE FROM {table}")  # noqa: S608
                connection.execute(f"PRAGMA user_version = {self._version}")
                connection.execute("COMMIT")
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Sort the ways in which SQLite fails."""
        try:
            yield
        except sqlite3.OperationalError as error:  # locked, full, read-only: not the content's fault
            raise CacheError(f"{self._file}: {error}") from error
        except sqlite3.DatabaseError as error:
            self._file.unlink(missing_ok=True)
            raise DamagedCacheError(f"{self._file}: {error}") from error
        except DamagedCacheError:
            self._file.unlink(missing_ok=True)
            raise


def _stamp(status: os.stat_result) -> str | None:
    """What changes when a file does: size, time of change of content and of inode, inode. None for no regular file."""
    if not stat.S_ISREG(status.st_mode):
        return None
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def _term(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _sealed(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_CHECKSUM_BYTES).digest() + data


def _unsealed(sealed: bytes) -> bytes:
    data = sealed[_CHECKSUM_BYTES:]
    if _sealed(data) != sealed:
        raise DamagedCacheError("a checksum is wrong")
    return data


def _batches(items: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(items), _VARIABLES):
        yield items[start : start + _VARIABLES]
