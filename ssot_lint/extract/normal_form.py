"""Bodies in normal form: what makes two of them equal, similar, or equal but for names.

A line is made of words: the class of each node before its parts, names as they are, ``.name`` for an attribute (that of
the instance with what the method calls it, ``self.name``), ``name=`` for the keyword of an argument.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from hashlib import blake2b

WORD_END = "\0"
"""Between the words of a line: the one character that no source has."""

_LINE_END = f"{WORD_END}\n{WORD_END}"


def text_of(lines: Sequence[str]) -> str:
    """The lines as one text, whose words can be split again."""
    return _LINE_END.join(lines)


def digest_of(text: str) -> str:
    """12 hex digits."""
    return blake2b(text.encode(errors="surrogatepass"), digest_size=6).hexdigest()


def renamed(words: Sequence[str], different: Iterable[str], own_names: Set[str], receiver: str) -> str:
    """The words as one text, own names and attributes of the receiver numbered in the order in which they first come.

    ``different`` has each word once.
    """
    own_attributes = f"{receiver}."
    numbers: dict[str, str] = {}
    for word in different:
        if word in own_names or (receiver and word.startswith(own_attributes)):
            numbers[word] = f"${len(numbers)}"
    return WORD_END.join(map(numbers.get, words, words))
