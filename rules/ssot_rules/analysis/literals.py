"""Values that the source spells out."""

from __future__ import annotations

import ast

from ssot_lint.model.syntax import Value, ValueKind


def literal_text(value: Value | None) -> str:
    """A literal in a form of its own, whatever quotes and base it is written in; empty for anything else."""
    if value is None or value.kind is not ValueKind.CONSTANT:
        return ""
    try:
        return repr(ast.literal_eval(value.text))
    except (SyntaxError, ValueError):  # an f-string, or a text cut short
        return ""
