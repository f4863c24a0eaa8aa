"""Where a definition goes that comes into a file."""

from __future__ import annotations

import re

from ssot_lint.fix.import_rows import Rows
from ssot_lint.fix.source import Source, Splice
from ssot_lint.fix.transplant import with_line_ends
from ssot_lint.model.edits import LeaveAlias

_MAIN = re.compile(r"^if __name__\b")


def after_imports(rows: Rows) -> int:
    """The line below the last import that runs whenever the file is imported."""
    plain = [row for row in rows.all if row.is_plain]
    return plain[-1].last + 1 if plain else 1


def end_of_code(source: Source) -> int:
    """The line below the last one, or that of what runs when the file is called as a program."""
    for number, line in enumerate(source.lines, start=1):
        if _MAIN.match(line):
            return number
    return len(source.lines) + 1


def inserted(source: Source, line: int, text: str) -> Splice:
    """A definition before ``line``, two empty lines away from what is around it."""
    lines, newline = source.lines, source.newline
    before = line
    while before > 1 and not lines[before - 2].strip():
        before -= 1
    has_code_above = before > 1
    gap = newline if has_code_above and not lines[before - 2].endswith(("\n", "\r")) else ""
    above = newline * 2 if has_code_above else ""
    after = line
    while after <= len(lines) and not lines[after - 1].strip():
        after += 1
    below = newline * 2 if after <= len(lines) else ""
    start, end = source.offset(before), source.offset(after)
    return Splice(start, end, f"{gap}{above}{with_line_ends(text, source)}{below}")


def alias_text(edit: LeaveAlias) -> str:
    """A function by which a module goes on answering for a name, with a warning."""
    old, new = f"{edit.own_module}.{edit.name}", f"{edit.module}.{edit.name}"
    return (
        "def __getattr__(name: str) -> object:\n"
        f'    if name == "{edit.name}":\n'
        f"        from {edit.module} import {edit.name}\n\n"
        f'        warnings.warn("{old} is deprecated, use {new}", DeprecationWarning, stacklevel=2)\n'
        f"        return {edit.name}\n"
        "    raise AttributeError(name)\n"
    )
