"""Values that the source spells out."""

from __future__ import annotations

import ast

from ssot_lint.model.syntax import Value, ValueKind


def literal_text(value: Value | None) -> str:
    """The literal that a value is, as ``repr`` writes it: ``'a'``, ``16``; empty for anything else."""
    return "" if value is None or value.kind is not ValueKind.CONSTANT else literal_of(value.text)


def literal_of(text: str) -> str:
    """The literal that ``text`` spells out, that of an argument say, as ``repr`` writes it, whatever quotes and base it
    is written in: ``'a'``, ``16``, ``None``; empty for anything else."""
    try:
        literal = repr(ast.literal_eval(text))
        ast.literal_eval(literal)  # ``1e999`` is written ``inf``, which is no literal
    except (SyntaxError, ValueError):  # a name, a call, an f-string, or a text cut short
        return ""
    return literal


def string_of(text: str | None) -> str | None:
    """The string that ``text`` spells out with its quotes; None for anything else."""
    try:
        value = ast.literal_eval(text) if text else None
    except (SyntaxError, ValueError):
        return None
    return value if isinstance(value, str) else None
