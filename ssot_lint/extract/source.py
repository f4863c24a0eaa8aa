"""Bytes to text, as CPython does it."""

from __future__ import annotations

import ast
import re
import warnings
from io import BytesIO
from tokenize import detect_encoding

from ssot_lint.model.facts import ParseFailure
from ssot_lint.text.lines import LINE_END

_PLACE = re.compile(r"error at (\d+):(\d+)")
_TOKENIZER = re.compile(r"tokenizer error: (.+)")
"""The other errors of LibCST list dozens of tokens, or say nothing."""

# So much of a line is looked at: some of the forms take the square of its length.
_LONGEST = 500

_PLACEHOLDERS = re.compile(r"\{\{.*\}\}|\{[%#].*[%#]\}|<%.*%>|\$\{\w+\}|@@?\w+@@?\s*$|<[A-Za-z]\w*(?:[-_ ]\w+)+>")
_COMMANDS = re.compile(r"^\s*[!%]{1,2}[a-z][\w.-]*(?:\s|$)|^\s*\w+\s*=\s*[!%][a-z]")
_STATEMENTS_OF_2 = re.compile(
    r"^\s*(?:.*[:;]\s*)?(?:print|exec)\b(?!\s*[(=.,:\[])|^\s*(?:.*:\s*)?raise\s+[\w.]+\s*,|\blambda\s*\("
    r"|\bdef\s+\w+\s*\(.*\([\w, ]+\)"
)
_EXPRESSIONS_OF_2 = re.compile(r"<>|`[^`]+`|\b0[0-7]+[lL]?\b|\b(?:0x[0-9a-fA-F]+|\d+)[lL]\b|\bur[\"']")
# Template strings are of Python 3.14.
_OTHER_VERSION = re.compile(r"\bt[\"']")

_DIALECTS = (
    ("a template", _PLACEHOLDERS),
    ("a notebook", _COMMANDS),
    ("Python 2", _STATEMENTS_OF_2),
    ("Python 2", _EXPRESSIONS_OF_2),
    ("Python of another version", _OTHER_VERSION),
)
"""What else a file may be written in, by the line at which Python stops; the first that fits."""


def decode(source: bytes) -> str | ParseFailure:
    """The text of a Python file by its byte order mark or coding cookie."""
    try:
        encoding, _ = detect_encoding(BytesIO(source).readline)
        text = source.decode(encoding)
    except (SyntaxError, UnicodeError, LookupError, ValueError) as error:
        return ParseFailure(f"cannot be decoded: {error}")
    if "\0" in text:
        return ParseFailure("contains NUL bytes")
    return text


def explain_syntax_error(text: str, message: str) -> ParseFailure:
    """What is wrong with ``text``, which LibCST refused with ``message``.

    CPython says it better, and knows the place of tokenizer errors, which LibCST reports at 1:1; it is asked to parse,
    not to run. Where it takes the file (LibCST lacks a few forms), LibCST's own words remain.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except SyntaxError as error:
        line = max(error.lineno or 1, 1)
        return ParseFailure(error.msg, line, max(error.offset or 1, 1), dialect=_dialect_at(text, line))
    except (ValueError, RecursionError, MemoryError):
        return ParseFailure("nested too deeply", is_given_up=True)
    place = _PLACE.search(message)
    line, column = (int(place[1]), int(place[2]) + 1) if place else (1, 1)
    told = _TOKENIZER.match(message)
    reason = "LibCST cannot parse it, though Python can" + (f": {told[1]}" if told else "")
    return ParseFailure(reason, line, column, is_given_up=True, is_refused=True)


def _dialect_at(text: str, line: int) -> str:
    """What a line is written in, if that is no Python 3."""
    lines = LINE_END.split(text)
    found = lines[line - 1][:_LONGEST] if line <= len(lines) else ""
    return next((dialect for dialect, form in _DIALECTS if form.search(found)), "")
