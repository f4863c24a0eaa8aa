"""``ssot-lint where``: is there one already, and where is its home?

What answers a question about a name from the cache is imported at the top, everything else when it is needed: somebody
waits.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ssot_lint.commands.cache_choice import cache_choice
from ssot_lint.commands.declared import settings_given
from ssot_lint.commands.options import ListFormat, WhereOptions
from ssot_lint.commands.project_settings import project_root, settings_of
from ssot_lint.commands.shown_paths import shown_from_here
from ssot_lint.commands.streams import print_bytes, print_note, print_text, text_width, wants_color
from ssot_lint.config.settings import Config
from ssot_lint.errors import ExitCode, UsageError
from ssot_lint.query.answer import Response
from ssot_lint.query.by_name import where_at, where_named
from ssot_lint.query.catalogue import Catalogue
from ssot_lint.query.compose import Composer
from ssot_lint.query.entries import FileEntry
from ssot_lint.scan.stored_catalogue import CatalogueStore

CODE = "-"
"""What asks about the code on standard input."""
_LARGEST_CODE = 1_000_000
"""Bytes of it that are read."""
_STANDARD_INPUT = Path("/proc/self/fd/0")
"""Leads to what standard input is read from, on Linux."""
_PLACE = re.compile(r"(?P<path>.+\.pyi?):(?P<line>\d+)(?::\d+)?")


def run_where(options: WhereOptions) -> ExitCode:
    """Answer a question. Exit code 1 if there is nothing like it.

    Raises SsotLintError for anything the user has to put right.
    """
    root = project_root([options.asker.resolve() if options.asker else Path.cwd()])
    config = settings_of(root, options.config, settings_given(options)).config
    with _catalogue(root, config, options) as catalogue:
        asker = _file(catalogue, root, options.asker) if options.asker else _asking_file(catalogue, root, options.what)
        response = _response(Composer(catalogue, config.components, asker), root, config, options.what)
    _print(response, root, options)
    return ExitCode.GATE_FAILED if response.is_empty else ExitCode.OK


@contextmanager
def _catalogue(root: Path, config: Config, options: WhereOptions) -> Iterator[Catalogue]:
    store = CatalogueStore(root, config, cache_choice(options.run), print_note)
    with store.unchanged() as kept:
        if kept is not None:
            yield kept
            return
    from ssot_lint.commands.run_scan import open_scan
    from ssot_lint.scan.catalogue import catalogue_after_look
    from ssot_lint.scan.request import Request

    request = Request(root, [root], config, (), "", {})
    with catalogue_after_look(request, store, lambda asked: open_scan(asked, options.run)) as made:
        yield made


def _response(composer: Composer, root: Path, config: Config, what: str) -> Response:
    if what == CODE:
        from ssot_lint.scan.code_question import where_code

        code = sys.stdin.buffer.read(_LARGEST_CODE).decode(errors="replace")
        return where_code(composer, config.executor, code, "standard input")
    place = _PLACE.fullmatch(what)
    if place is None:
        return where_named(composer, what)
    return where_at(composer, _file(composer.catalogue, root, Path(place["path"])), int(place["line"]))


def _print(response: Response, root: Path, options: WhereOptions) -> None:
    if options.format is ListFormat.JSON:
        from ssot_lint.reporters.answer_document import render_answer_json

        print_bytes(render_answer_json(response).encode())
        return
    from ssot_lint.reporters.answer_text import render_answer

    color = wants_color(options.color, os.environ, is_terminal=sys.stdout.isatty())
    print_text(render_answer(response, width=text_width(), color=color, shown=shown_from_here(root)))


def _asking_file(catalogue: Catalogue, root: Path, what: str) -> FileEntry | None:
    """The file of the project that the shell gives as standard input, where the system tells: it is no answer to what
    it asks itself."""
    if what != CODE or not _STANDARD_INPUT.is_file():
        return None
    return _file_at(catalogue, root, _STANDARD_INPUT)


def _file(catalogue: Catalogue, root: Path, path: Path) -> FileEntry:
    """The file of the project at a path. Raises UsageError for one that is none."""
    file = _file_at(catalogue, root, path)
    if file is None and not path.exists():
        raise UsageError(f"{path}: no such file")
    if file is None:
        raise UsageError(f"{path}: no file of the project {root}", "`ssot-lint files` lists them")
    return file


def _file_at(catalogue: Catalogue, root: Path, path: Path) -> FileEntry | None:
    resolved = path.resolve()
    return catalogue.file_at(resolved.relative_to(root).as_posix()) if resolved.is_relative_to(root) else None
