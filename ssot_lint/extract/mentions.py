"""Which names a text has, wherever they stand: what nobody mentions, nobody uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize

from ssot_lint.model.facts import mention_of

_NAME = re.compile(r"\b(?:(?:def|class) [^\W\d]\w+|([^\W\d]\w+))")
# To pass what a definition is called is a third quicker than to look back from each word.
_DEFINITION = re.compile(r"^(?:(?:async )?def|class) (\w+)", re.MULTILINE)
# A call that was commented out calls nothing.
_COMMENTED_OUT = re.compile(r"^[ \t]*#[ \t]*(?:[\w., ]+ = )?(?:(?:await|return) )?[\w.]+\(.*\)[ \t]*$", re.MULTILINE)
# A line at the margin ends a definition, unless it closes brackets of its head.
_NEXT = re.compile(r"^[^\s)\]}]", re.MULTILINE)


def mentions(text: str) -> bytes:
    """All names of at least two characters in a text but those that it defines, as :func:`mention_of` gives them,
    sorted: also those in strings and comments, other than calls that were commented out. What a class or function at
    the margin says of itself is no mention of it: nobody else uses it by that."""
    if not text.isascii():
        text = normalize("NFKC", text)
    found: set[str] = set()
    text = _COMMENTED_OUT.sub("", text)
    for name, part in _parts(text):
        names = set(_NAME.findall(part)) - {""}
        if name in names and not re.search(rf"\.{name}\b", part):
            names.discard(name)
        found |= names
    return b"".join(sorted(map(mention_of, found)))


def _parts(text: str) -> Iterator[tuple[str, str]]:
    """A text in parts, each with the name of the definition that it is; empty between them."""
    place = 0
    for match in _DEFINITION.finditer(text):
        following = _NEXT.search(text, match.end())
        end = following.start() if following else len(text)
        yield "", text[place : match.start()]
        yield match[1], text[match.start() : end]
        place = end
    yield "", text[place:]
