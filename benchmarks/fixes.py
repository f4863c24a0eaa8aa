"""``ssot-lint fix`` where a thousand files have to change, against a cold scan of the same files.

In the corpus a thousand files import a much used module of Home Assistant by way of one that warns and passes it on.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from benchmarks.corpora import Corpus, build, units_of
from benchmarks.measure import BenchmarkError, Cost, Observation, observe, succeeded
from benchmarks.records import FixRound

ON = "300k"
"""The corpus whose imports are led astray."""
DETOURS = 1_000
_HOME, _FRONT = "homeassistant.core", "homeassistant.kernel"
_PLUGINS = "homeassistant/components/"
_IMPORT = re.compile(rf"^from {re.escape(_HOME)} import (?P<names>\([^()]*\)|[^(\n]*)$".encode(), re.M)
_NAME = re.compile(rb"\b[A-Za-z_]\w*\b(?!\s+as\b)")
_COMMENT = re.compile(rb"#[^\n]*|\s+as\s+\w+")
_CHANGED = re.compile(rb"([\d,]+) files? changed;")


def open_detours() -> Corpus:
    """The corpus, made in the cache folder unless it is there as it should be."""
    return build("detours", with_detours({path: text for unit in units_of(ON) for path, text in unit.files.items()}))


def with_detours(files: Mapping[str, bytes], most: int = DETOURS) -> dict[str, bytes]:
    """``files`` where the first ``most`` integrations' files import by way of a front. Raises BenchmarkError where
    there are not so many."""
    chosen = [path for path in sorted(files) if _is_fit(path) and _IMPORT.search(files[path])][:most]
    if len(chosen) < most:
        raise BenchmarkError(f"{len(chosen)} of {most} files import {_HOME}")
    names = sorted({name for path in chosen for name in _names(files[path])})
    changed = {path: _IMPORT.sub(_led_astray, files[path]) for path in chosen}
    return {**files, **changed, "homeassistant/kernel.py": _front(names)}


def _is_fit(path: str) -> bool:
    """Whether it is a file of an integration that is not on its way out itself: those may import what is too."""
    return path.startswith(_PLUGINS) and "legacy" not in path


def _led_astray(match: re.Match[bytes]) -> bytes:
    return match[0].replace(_HOME.encode(), _FRONT.encode(), 1)


def _names(content: bytes) -> Iterator[str]:
    for match in _IMPORT.finditer(content):
        yield from (name.decode() for name in _NAME.findall(_COMMENT.sub(b"", match["names"])))


def _front(names: list[str]) -> bytes:
    rows = "".join(f"    {name},\n" for name in names)
    warning = f'"{_FRONT} is deprecated, use {_HOME}", DeprecationWarning, stacklevel=2'
    return f"import warnings\n\nfrom {_HOME} import (\n{rows})\n\nwarnings.warn({warning})\n".encode()


def run_fixes(commands: Path, corpus: Corpus, number: int) -> FixRound:
    """A cold scan, a ``fix`` of what it has read, and a ``fix`` that has to read everything; every other round the last
    one first. Raises BenchmarkError where not all files change."""
    if number % 2:
        fix = _cold_fix(commands, corpus)
        scan, fix_after_scan = _scan_and_fix(commands, corpus)
    else:
        scan, fix_after_scan = _scan_and_fix(commands, corpus)
        fix = _cold_fix(commands, corpus)
    return FixRound(scan, fix, fix_after_scan)


def _cold_fix(commands: Path, corpus: Corpus) -> Cost:
    with _copy(corpus) as root:
        return _fix(commands, root)


def _scan_and_fix(commands: Path, corpus: Corpus) -> tuple[Cost, Cost]:
    with _copy(corpus) as root:
        scan = _run(commands, root, "scan", "--exit-zero").cost
        return scan, _fix(commands, root)


@contextmanager
def _copy(corpus: Corpus) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="ssot-lint-benchmark-") as folder:
        yield Path(shutil.copytree(corpus.root, Path(folder, "corpus")))


def _fix(commands: Path, root: Path) -> Cost:
    seen = _run(commands, root, "fix", "--allow-dirty", "--select", "SSOT306")
    found = _CHANGED.search(seen.stdout)
    if found is None or int(found[1].replace(b",", b"")) < DETOURS:
        raise BenchmarkError(f"fewer than {DETOURS} files were changed:\n{seen.stdout[-2000:].decode()}")
    return seen.cost


def _run(commands: Path, root: Path, command: str, *options: str) -> Observation:
    """Run a command in ``root``, with a cache beside it."""
    fixed = ["--isolated", "--no-progress", "--jobs", "2", "--cache-dir", str(root.with_name("cache"))]
    line = [str(commands / "ssot-lint"), command, ".", *options, *fixed]
    return succeeded(line, observe(line, root))
