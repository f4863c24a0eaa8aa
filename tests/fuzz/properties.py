"""What holds for every file, whatever it contains. Each property raises AssertionError where it does not."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path
from unittest import mock

import msgspec

from ssot_lint.cache.interface import NullCache
from ssot_lint.discovery.discover import discover
from ssot_lint.discovery.options import DiscoveryOptions
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.model.syntax import Branch, Fact, Scope, Value
from ssot_lint.testing import scan_at
from ssot_lint.workers.extract_files import Result, WorkerPool, deadline_of, extract_all, extract_files
from ssot_lint.workers.interface import Executor, OpenExecutor
from ssot_lint.workers.parser_guard import is_safe_in_process
from ssot_rules import RULES
from tests.fuzz.compare import problems

UNPARSABLE = "SSOT001"
"""The rule that reports files that could not be read."""


def extracted(content: bytes, executor: Executor) -> Result:
    """What a worker makes of a file. It must come back alive, and what it sends must survive the journey."""
    (encoded,) = executor.submit(extract_all, [content], deadline_of([content])).result()
    result = decoded(encoded)
    assert msgspec.msgpack.encode(result) == encoded
    return result


def decoded(encoded: bytes) -> Result:
    """What :func:`extract_all` has encoded."""
    decoder: msgspec.msgpack.Decoder[Result] = msgspec.msgpack.Decoder(Result)
    return decoder.decode(encoded)


def check_extraction(content: bytes, executor: Executor) -> Result:
    """A file has facts or a failure with a reason and a place in it; facts are whole, exact and what ``ast`` reads."""
    result = extracted(content, executor)
    if isinstance(result, ParseFailure):
        assert result.reason
        assert result.line >= 1
        assert result.column >= 1
        return result
    check_indexes(result)
    wrong = problems(result, content)
    assert not wrong, "\n".join(wrong)
    return result


def check_indexes(facts: ModuleFacts) -> None:
    """Whatever points into the facts points at something in them, and lines are lines of the file.

    All fields of all facts are asked by their names, so that those of a new fact are too.
    """
    for index, scope in enumerate(facts.scopes):
        assert scope.parent < index
    for index, branch in enumerate(facts.branches):
        assert -1 <= branch.parent < index
    limits = {"scope": len(facts.scopes), "branch": len(facts.branches), "line": facts.lines + 1}
    for fact in facts_within(facts):
        for name in fact.__struct_fields__:
            number = getattr(fact, name)
            if type(number) is int:
                first, limit = _range_of(fact, name, limits)
                assert first <= number < limit, f"{name} of {fact!r}"


def facts_within(fact: Fact) -> Iterator[Fact]:
    """A fact and all facts in its fields, however deep."""
    stack: list[object] = [fact]
    while stack:
        value = stack.pop()
        if isinstance(value, Fact):
            yield value
            stack += [getattr(value, name) for name in value.__struct_fields__]
        elif isinstance(value, tuple):
            stack += value


_MANY = 2**31
_POINTERS = {"scope": "scope", "within": "scope", "branch": "branch", "end_line": "line", "statement": "line"}
_FIRST = {"scope": 0, "branch": -1, "line": 1}
_COUNTS = {"by": 1, "column": 1, "elements": 0, "level": 0, "lines": 0, "statements": 0}


def _range_of(fact: Fact, name: str, limits: Mapping[str, int]) -> tuple[int, int]:
    """The first number that a field may hold, and the one behind its last. Raises KeyError for a field that is not
    known here."""
    if name in _COUNTS:
        return _COUNTS[name], _MANY
    if isinstance(fact, (Scope, Branch)) and name in ("parent", "index"):
        return -1, _MANY  # compared with their own place above
    if name == "parent":
        return 0, limits["scope"]
    kind = _POINTERS.get(name, name)
    # 0 is the line of a value whose line does not matter.
    return 0 if isinstance(fact, Value) and kind == "line" else _FIRST[kind], limits[kind]


def check_neighbours(contents: Mapping[str, bytes], one: Executor, more: Executor) -> str:
    """Every file's result is that of the file alone, whatever the order of the files and the number of workers."""
    alone = {path: extracted(content, one) for path, content in contents.items()}
    with _written(contents) as root:
        files = discover(root, [root], DiscoveryOptions()).files
        for executor, jobs, order in ((one, 1, files), (more, 2, files[::-1])):
            pool = WorkerPool(_lend(executor), jobs)
            found = extract_files(root, order, pool, NullCache(), lambda done, total: None)
            assert dict(zip(alone, found.results(list(alone)), strict=True)) == alone
    return "results as alone"


def check_scan(contents: Mapping[str, bytes]) -> str:
    """A scan with all rules ends, reports each file that cannot be read, and finds the same whatever the order in which
    folders list their files. Files that might harm this process are left out."""
    contents = {path: content for path, content in contents.items() if is_safe_in_process(content)}
    results = dict(zip(contents, extract_all(list(contents.values())), strict=True))
    failed = {path for path, encoded in results.items() if isinstance(decoded(encoded), ParseFailure)}
    with _written(contents) as root:
        found = scan_at(root, RULES)
        assert {
            each.site.location.path for finding in found if finding.rule.code == UNPARSABLE for each in finding.sites
        } == failed
        with _listing_backwards():
            assert scan_at(root, RULES) == found
    return "scans with findings" if found else "scans without findings"


@contextmanager
def _written(contents: Mapping[str, bytes]) -> Iterator[Path]:
    """A folder with these files."""
    with tempfile.TemporaryDirectory(prefix="ssot-lint-fuzz-") as folder:
        root = Path(folder)
        for path, content in contents.items():
            file = root / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        yield root


@contextmanager
def _listing_backwards() -> Iterator[None]:
    """Discovery meets the entries of folders in the opposite order."""
    real = os.scandir

    @contextmanager
    def backwards(path: Path) -> Iterator[list[os.DirEntry[str]]]:
        with real(path) as entries:
            yield list(entries)[::-1]

    with mock.patch("ssot_lint.discovery.walk.os.scandir", backwards):
        yield


def _lend(executor: Executor) -> OpenExecutor:
    return lambda _: nullcontext(executor)
