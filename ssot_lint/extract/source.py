"""Bytes to text, as CPython does it."""

from __future__ import annotations

import ast
import re
import warnings
from io import BytesIO
from tokenize import detect_encoding

from ssot_lint.model.facts import ParseFailure

_PLACE = re.compile(r"error at (\d+):(\d+)")


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
        return ParseFailure(error.msg, max(error.lineno or 1, 1), max(error.offset or 1, 1))
    except (ValueError, RecursionError, MemoryError):
        return ParseFailure("nested too deeply")
    place = _PLACE.search(message)
    line, column = (int(place[1]), int(place[2]) + 1) if place else (1, 1)
    return ParseFailure("LibCST cannot parse it, though Python can", line, column)
