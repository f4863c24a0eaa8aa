"""``ssot-lint scan --add-ignore``: writes what a scan calls new into the code, as known debt."""

from __future__ import annotations

import errno
import os
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from ssot_lint.commands.files import write_atomically
from ssot_lint.commands.options import ScanOptions
from ssot_lint.commands.streams import print_note
from ssot_lint.discovery.line_length import line_length
from ssot_lint.discovery.paths import is_within
from ssot_lint.discovery.reading import read_regular
from ssot_lint.errors import UsageError
from ssot_lint.extract.comment_placement import WHOLE_FILE
from ssot_lint.extract.rewrite import IgnoreTask, Rewrite, insert_ignores
from ssot_lint.model.finding import Location, Severity
from ssot_lint.model.report import JudgedFinding, Status
from ssot_lint.rules.rule import ScanRule
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import ScanResult
from ssot_lint.text.sanitize import unambiguous_path
from ssot_lint.text.wording import counted, listed
from ssot_lint.workers.extract_files import deadline_of, digest_of, error_of, reason_of
from ssot_lint.workers.interface import load_executor
from ssot_lint.workers.processes import available_cpus

_EXTRACTIONS = 8
"""How much longer than its extraction the rewrite of a file may take. It was seen to take 4 times as long."""

Lines: TypeAlias = Mapping[int, Counter[str]]
"""The violations at the lines of a file, or at WHOLE_FILE: how many of each rule."""
Refused: TypeAlias = Mapping[int, str]
"""Why lines get no comment."""


def add_ignores(request: Request, result: ScanResult, options: ScanOptions) -> bool:
    """Write an ``ignore`` at each new violation of a scan; say on stderr which, and why others have none.

    Only files that are as they were scanned are written, each at once as a whole. Returns whether any was.
    """
    found = violations_to_ignore(result.report.findings, _about_scan(request))
    wanted = {path: lines for path, lines in found.items() if _is_named(request, path)}
    refused = _write_all(request, result.digests, wanted, options.reason)
    if not options.run.quiet:
        for path, lines in sorted(wanted.items()):
            for note in _notes(path, lines, refused[path]):
                print_note(note)
        print_note(_summary(wanted, refused))
    return any(lines.keys() - refused[path].keys() for path, lines in wanted.items())


def violations_to_ignore(findings: Iterable[JudgedFinding], exempt: Collection[str]) -> dict[str, Lines]:
    """The new violations by path, but for those of the rules ``exempt``: a comment is no answer to what says that a
    comment is wrong. An inventory has none."""
    found: dict[str, dict[int, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for judged in findings:
        if judged.severity is Severity.INFO or judged.rule.code in exempt:
            continue
        for each in judged.sites:
            if each.status is Status.NEW:
                place = each.site.location
                found[place.path][_line(place)][judged.rule.code] += 1
    return dict(found)


def _line(place: Location) -> int:
    """Rules leave out the end of a place that is a whole file."""
    return WHOLE_FILE if (place.line, place.end_line) == (1, 0) else place.line


def _is_named(request: Request, path: str) -> bool:
    """Whether a file may be written: a finding about the paths of the command line has sites elsewhere too."""
    return not request.about or any(is_within(path, each) for each in request.about)


def _about_scan(request: Request) -> frozenset[str]:
    return frozenset(active.info.code for active in request.rules if isinstance(active.rule, ScanRule))


def _write_all(
    request: Request, digests: Mapping[str, str], wanted: Mapping[str, Lines], reason: str
) -> dict[str, Refused]:
    """Rewrite the files; by path, the lines that have no comment now."""
    refused: dict[str, Refused] = {}
    tasks = {}
    longest = line_length(request.root)
    for path, lines in sorted(wanted.items()):
        try:
            content = _analysed_content(request, path, digests.get(path))
        except OSError as error:
            refused[path] = dict.fromkeys(lines, error.strerror or type(error).__name__)
        else:
            codes = {line: frozenset(counts) for line, counts in lines.items()}
            tasks[path] = IgnoreTask(content, codes, reason, frozenset(request.codes), longest)
    for path, rewrite in _rewrites(request, tasks):
        refused[path] = _write(request, path, tasks[path], rewrite)
    return refused


def _analysed_content(request: Request, path: str, digest: str | None) -> bytes:
    """Raises OSError unless it is a file of the project and has the content of that digest."""
    if digest is None:
        raise OSError(errno.ENOENT, "it was not analysed")
    root = request.root
    if Path(os.path.realpath(root / path)) != Path(os.path.realpath(root), path):
        raise OSError(errno.ELOOP, "it is behind a symlink")
    content = read_regular(root / path, request.config.max_file_size)
    if digest_of(content) != digest:
        raise OSError(errno.ESTALE, "it has changed since it was scanned")
    return content


def _rewrites(request: Request, tasks: Mapping[str, IgnoreTask]) -> Iterator[tuple[str, Rewrite]]:
    """What becomes of each file, in order. LibCST can kill its process or never come back, so it has one of its own."""
    if not tasks:
        return
    jobs = min(request.config.jobs or available_cpus(), len(tasks))
    with load_executor(request.config.executor)(jobs) as executor:
        running = {
            path: executor.submit(insert_ignores, task, _EXTRACTIONS * deadline_of([task.content]))
            for path, task in tasks.items()
        }
        for path, future in running.items():
            error = error_of(future)
            yield path, future.result() if error is None else _unchanged(tasks[path], reason_of(error))


def _unchanged(task: IgnoreTask, reason: str) -> Rewrite:
    return Rewrite(task.content, dict.fromkeys(task.codes, reason))


def _write(request: Request, path: str, task: IgnoreTask, rewrite: Rewrite) -> Refused:
    """Write a file unless it is as it was; the lines that have no comment now."""
    if rewrite.content == task.content:
        return rewrite.refused
    if len(rewrite.content) > request.config.max_file_size:
        return _unchanged(task, "it would be too large to be scanned").refused
    try:
        _analysed_content(request, path, digest_of(task.content))
        if not os.access(request.root / path, os.W_OK):
            raise PermissionError(errno.EACCES, "it is read-only")
        write_atomically(request.root / path, rewrite.content)
    except OSError as error:
        return _unchanged(task, error.strerror or type(error).__name__).refused
    except UsageError as error:
        return _unchanged(task, error.message).refused
    return rewrite.refused


def _notes(path: str, lines: Lines, refused: Refused) -> Iterator[str]:
    """What was done to a file, one line per outcome."""
    shown = unambiguous_path(path)
    if done := _violations(lines, lines.keys() - refused.keys()):
        yield f"{shown}: {counted(done.total(), 'violation')} ignored: {', '.join(sorted(done))}"
    for why in sorted(set(refused.values())):
        left = sorted(line for line in refused if refused[line] == why)
        places = listed([str(max(line, 1)) for line in left], most=5)
        yield f"{shown}:{places}: not ignored: {', '.join(sorted(_violations(lines, left)))}: {why}"


def _summary(wanted: Mapping[str, Lines], refused: Mapping[str, Refused]) -> str:
    if not wanted:
        return "no new violation to ignore"
    done = {path: _violations(lines, lines.keys() - refused[path].keys()).total() for path, lines in wanted.items()}
    left = sum(_violations(lines, refused[path]).total() for path, lines in wanted.items())
    files = counted(sum(map(bool, done.values())), "file")
    return f"{counted(sum(done.values()), 'violation')} in {files} ignored{f', {left:,} not' if left else ''}"


def _violations(lines: Lines, numbers: Iterable[int]) -> Counter[str]:
    """How many of each rule there are at some of the lines."""
    return sum((lines[number] for number in numbers), Counter[str]())
