"""Scans as commands make them: with a progress bar, with the cache, and with a word on rules that crashed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from ssot_lint.commands.options import RunOptions
from ssot_lint.commands.progress import reading_progress
from ssot_lint.commands.streams import print_error, print_note, print_traceback
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import Scan, ScanResult
from ssot_lint.scan.scan_cache import CacheChoice, choice_for_copy


def scan_project(request: Request, options: RunOptions) -> ScanResult:
    """Scan the project."""
    with open_scan(request, _cache_choice(options), is_quiet=options.quiet or not options.progress) as scan:
        return scan.result


def scan_copy(original: Request, request: Request, options: RunOptions) -> ScanResult:
    """Scan what ``request`` asks for, a copy of the project of ``original`` in another folder."""
    choice = choice_for_copy(original, _cache_choice(options))
    with open_scan(request, choice, is_quiet=options.quiet or not options.progress) as scan:
        return scan.result


@contextmanager
def open_scan(request: Request, choice: CacheChoice, *, is_quiet: bool) -> Iterator[Scan]:
    """A scan whose files are read under a progress bar, unless it ``is_quiet``."""
    with ExitStack() as stack:
        with reading_progress(is_wanted=not is_quiet) as progress:
            scan = stack.enter_context(Scan.open(request, choice, progress, print_note))
        yield scan


def tell_crashes(result: ScanResult, *, is_verbose: bool) -> None:
    """Say on stderr which rules crashed."""
    for crash in result.crashes:
        message = f"{crash.diagnostic.message} ({crash.diagnostic.path}:{crash.diagnostic.line})"
        if is_verbose:
            print_traceback(crash.traceback)
            print_error(message)
        else:
            print_error(f"{message}. Run with --verbose for the traceback")


def _cache_choice(options: RunOptions) -> CacheChoice:
    return CacheChoice(options.cache_dir, options.no_cache, options.verbose, checks_content=options.check_content)
