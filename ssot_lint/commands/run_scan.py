"""Scans as commands make them: with a progress bar, with the cache, and with a word on rules that crashed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager

from ssot_lint.commands.cache_choice import cache_choice
from ssot_lint.commands.option_groups import RunOptions
from ssot_lint.commands.progress import reading_progress
from ssot_lint.commands.streams import print_error, print_note, print_traceback
from ssot_lint.scan.request import Request
from ssot_lint.scan.run_rules import Crash
from ssot_lint.scan.scan import Scan, ScanResult
from ssot_lint.scan.scan_cache import CacheChoice, choice_for_copy


def scan_project(request: Request, options: RunOptions) -> ScanResult:
    """Scan the project."""
    with open_scan(request, options) as scan:
        return scan.result


def open_copy(original: Request, request: Request, options: RunOptions) -> AbstractContextManager[Scan]:
    """A scan of what ``request`` asks for, a copy of the project of ``original`` in another folder."""
    return _open(request, choice_for_copy(original.root, original.config, cache_choice(options)), options)


def scan_copy(original: Request, request: Request, options: RunOptions) -> ScanResult:
    """Scan a copy of the project of ``original``."""
    with open_copy(original, request, options) as scan:
        return scan.result


def open_scan(request: Request, options: RunOptions) -> AbstractContextManager[Scan]:
    """A scan whose files are read with a progress bar and the cache, as the options say."""
    return _open(request, cache_choice(options), options)


@contextmanager
def _open(request: Request, choice: CacheChoice, options: RunOptions) -> Iterator[Scan]:
    with ExitStack() as stack:
        with reading_progress(is_wanted=options.shows_progress) as progress:
            scan = stack.enter_context(Scan.open(request, choice, progress, print_note))
        yield scan


def tell_crashes(crashes: Iterable[Crash], *, is_verbose: bool) -> None:
    """Say on stderr which rules crashed."""
    for crash in crashes:
        message = f"{crash.diagnostic.message} ({crash.diagnostic.path}:{crash.diagnostic.line})"
        if is_verbose:
            print_traceback(crash.traceback)
            print_error(message)
        else:
            print_error(f"{message}. Run with --verbose for the traceback")
