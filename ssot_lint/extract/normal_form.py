"""Bodies in normal form: what makes two of them equal, similar, or equal but for names.

A line is made of words: the class of each node before its parts, names as they are, ``.name`` for an attribute (that of
the instance with what the method calls it, ``self.name``), ``name=`` for the keyword of an argument,
``name`` and ``=`` where the function calls itself and the keyword is a name of its own.
"""

from __future__ import annotations

import re
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence, Set
from hashlib import blake2b

from ssot_lint.text.identifiers import WORD, words

WORD_END = "\0"
"""Between the words of a line: the one character that no source has."""

_MARK = "\1"
_RUN = re.compile(rf"{_MARK}(?:_*{_MARK})*")
_RECEIVERS = frozenset({"self", "cls"})

_LINE_END = f"{WORD_END}\n{WORD_END}"


def text_of(lines: Sequence[str]) -> str:
    """The lines as one text, whose words can be split again."""
    return _LINE_END.join(lines)


def digest_of(text: str) -> str:
    """12 hex digits."""
    return blake2b(text.encode(errors="surrogatepass"), digest_size=6).hexdigest()


def numbered(different: Iterable[str], own_names: Set[str], receiver: str) -> dict[str, str]:
    """What stands for own names and attributes of the receiver: numbers in the order in which they first come.

    ``different`` has each word once.
    """
    own_attributes = f"{receiver}."
    numbers: dict[str, str] = {}
    for word in different:
        if word in own_names or (receiver and word.startswith(own_attributes)):
            numbers[word] = f"${len(numbers)}"
    return numbers


def renamed(words: Sequence[str], numbers: Mapping[str, str]) -> str:
    """The words as one text, with numbers for own names."""
    return WORD_END.join(map(numbers.get, words, words))


def shapes(lines: Sequence[str], own: Iterable[str]) -> array[int]:
    """The hashes of lines in which all ``own`` names are one and the same: what is renamed keeps them, line by line."""
    marks = dict.fromkeys(own, _MARK)
    words = text_of(lines).split(WORD_END)
    masked = WORD_END.join(map(marks.get, words, words))
    return array("I", (zlib.crc32(line.encode(errors="surrogatepass")) for line in masked.split(_LINE_END)))


class NeutralForm:
    """Lines of a class without the words of its name, so that those of ``BertLayer`` and ``RobertaLayer`` are equal:
    runs of them, and plurals, are one mark in names, attributes and texts alike."""

    def __init__(self, name: str) -> None:
        singular = frozenset(words(name)) - _RECEIVERS
        self._own = singular | {f"{word}s" for word in singular}
        self._known: dict[str, str] = {}

    def of(self, line: str) -> str | None:
        """A line in neutral form; None where it has no word of the name."""
        known = self._known
        parts = line.split(WORD_END)
        for part in parts:
            if part not in known:
                known[part] = part if self._own.isdisjoint(map(str.lower, WORD.findall(part))) else self._neutral(part)
        changed = [known[part] for part in parts]
        return None if changed == parts else WORD_END.join(changed)

    def _neutral(self, text: str) -> str:
        marked = WORD.sub(lambda match: _MARK if match.group().lower() in self._own else match.group(), text)
        return _RUN.sub(_MARK, marked)
