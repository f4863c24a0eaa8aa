"""Definitions as lines of a file: where they begin and end with all that is theirs, and what goes with them."""

from __future__ import annotations

import builtins
import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ssot_lint.fix.source import RefusedError, Source, Splice, indent_of
from ssot_lint.model.facts import Class, Function, ModuleFacts

_WORD = re.compile(r"[^\W\d]\w*")
_MOST_CODE_IN_TEXT = 200
"""Characters of a string that may name definitions: an annotation in quotes, an entry of ``__all__``."""
_TEXTS = frozenset({tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)})


class Extent(NamedTuple):
    """The lines of a definition with its decorators and the comments above it, both ends counted. ``definition`` is
    the line of ``class`` or ``def``, or of the first decorator."""

    first: int
    definition: int
    last: int


def definition_at(facts: ModuleFacts, line: int, name: str) -> Class | Function:
    """The class or function of that name in a line. Raises RefusedError where there is none."""
    definitions: tuple[Class | Function, ...] = (*facts.classes, *facts.functions)
    for fact in definitions:
        if (fact.line, fact.name) == (line, name):
            return fact
    raise RefusedError(f"there is no definition of `{name}` at the place")


def extent_of(source: Source, fact: Class | Function) -> Extent:
    """Raises RefusedError for a definition that shares its lines with other code."""
    lines = source.lines
    start = min([fact.line, *(decorator.line for decorator in fact.decorators)])
    indent = indent_of(lines[start - 1])
    if lines[fact.line - 1][: fact.column - 1].strip() not in ("", "async"):
        raise RefusedError(f"`{fact.name}` shares its line with other code")
    first, last = start, fact.end_line
    while first > 1 and lines[first - 2].startswith(f"{indent}#"):
        first -= 1
    while last < len(lines) and _is_inner_comment(lines[last], indent):
        last += 1
    return Extent(first, start, last)


def _is_inner_comment(line: str, indent: str) -> bool:
    return line.lstrip(" \t").startswith("#") and len(indent_of(line)) > len(indent)


def deletion(source: Source, extent: Extent) -> Splice:
    """The definition goes with the empty lines above it; at the beginning of a block with those below it."""
    first, last, lines = extent.first, extent.last, source.lines
    while first > 1 and not lines[first - 2].strip():
        first -= 1
    if first == 1 or lines[first - 2].rstrip().endswith(":"):
        first = extent.first
        while last < len(lines) and not lines[last].strip():
            last += 1
    return Splice(source.offset(first), source.offset(last + 1), "")


def text_of(source: Source, extent: Extent) -> str:
    """The lines of a definition."""
    return "".join(source.lines[extent.definition - 1 : extent.last])


def may_register(fact: Class | Function) -> bool:
    """Whether it is enough to define it: a metaclass or ``__init_subclass__`` may note each class."""
    return isinstance(fact, Class) and bool(set(fact.bases) - set(dir(builtins)) or fact.keywords)


def has_repeat(source: Source, facts: ModuleFacts, fact: Class | Function) -> bool:
    """Whether a later definition says the same, comments and docstrings too, whatever the layout."""
    definitions: tuple[Class | Function, ...] = (*facts.classes, *facts.functions)
    later = (
        other
        for other in definitions
        if (other.name, other.parent) == (fact.name, fact.parent) and other.line > fact.line
    )
    words = _words_with_comments(source, fact)
    return any(words <= _words_with_comments(source, other) for other in later)


def _words_with_comments(source: Source, fact: Class | Function) -> Counter[str]:
    extent = extent_of(source, fact)
    return Counter("".join(source.lines[extent.first - 1 : extent.last]).split())


def mentions(lines: Iterable[str]) -> frozenset[str]:
    """The words that code reads or binds, attributes left out, and those of its short strings, which may be code.

    Raises RefusedError for what is no sequence of tokens.
    """
    return frozenset(_mentions("".join(lines)))


def _mentions(text: str) -> Iterator[str]:
    before = ""
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.NAME and before != ".":
                yield token.string
            elif token.type in _TEXTS and len(token.string) <= _MOST_CODE_IN_TEXT:
                yield from _WORD.findall(token.string)
            before = token.string
    except (tokenize.TokenError, SyntaxError) as error:
        raise RefusedError("its tokens cannot be read") from error
