"""Running the rules for a command: with a progress bar, with the cache, and with a word on rules that crashed."""

from __future__ import annotations

from ssot_lint.commands.memory import CacheChoice, analyse_with_memory, choice_for_copy
from ssot_lint.commands.options import RunOptions
from ssot_lint.commands.progress import reading_progress
from ssot_lint.commands.streams import print_error, print_traceback
from ssot_lint.scan.request import Request
from ssot_lint.scan.scan import Analysis


def scan_project(request: Request, options: RunOptions) -> Analysis:
    """Scan the project."""
    return _scan(request, _cache_choice(options), options)


def scan_copy(original: Request, request: Request, options: RunOptions) -> Analysis:
    """Scan what ``request`` asks for, a copy of the project of ``original`` in another folder."""
    return _scan(request, choice_for_copy(original, _cache_choice(options)), options)


def tell_crashes(analysis: Analysis, *, is_verbose: bool) -> None:
    """Say on stderr which rules crashed."""
    for crash in analysis.crashes:
        message = f"{crash.diagnostic.message} ({crash.diagnostic.path}:{crash.diagnostic.line})"
        if is_verbose:
            print_traceback(crash.traceback)
            print_error(message)
        else:
            print_error(f"{message}. Run with --verbose for the traceback")


def _cache_choice(options: RunOptions) -> CacheChoice:
    return CacheChoice(options.cache_dir, options.no_cache, options.verbose, checks_content=options.check_content)


def _scan(request: Request, choice: CacheChoice, options: RunOptions) -> Analysis:
    with reading_progress(is_wanted=options.progress and not options.quiet) as progress:
        return analyse_with_memory(request, progress, choice)
