"""What an annotation in normal form says of the class of a value."""

from __future__ import annotations

import re
from collections.abc import Iterator

# The class of the value is that of their first argument.
_TRANSPARENT = frozenset(
    {"Annotated", "ClassVar", "Final", "InitVar", "NotRequired", "Optional", "ReadOnly", "Required"}
)
_SUBSCRIPT = re.compile(r"([\w.]+)\[(.*)\]", re.DOTALL)
_DOTTED = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)*")


def annotated_class(annotation: str) -> str:
    """The dotted name of the one class that a value so annotated is an instance of, unless it is None; type arguments
    are left out. Empty where the annotation names several, or none: ``T | None``, ``Optional["T"]`` and ``T[int]`` are
    ``T``, ``A | B`` is nothing."""
    text = annotation.strip().strip("\"'")
    while True:
        choices = [choice for choice in _split(text, "|") if choice != "None"]
        if len(choices) != 1:
            return ""
        text = choices[0].strip("\"'")
        subscript = _SUBSCRIPT.fullmatch(text)
        if subscript is None:
            return text if "|" not in text and _DOTTED.fullmatch(text) and text != "None" else ""
        if subscript[1].rpartition(".")[2] not in _TRANSPARENT:
            return subscript[1]
        text = next(_split(subscript[2], ",")).strip("\"'")


def _split(text: str, separator: str) -> Iterator[str]:
    """The parts of a text between separators that stand in no brackets."""
    depth, start = 0, 0
    for place, character in enumerate(text):
        if character in "[(":
            depth += 1
        elif character in "])":
            depth -= 1
        elif character == separator and not depth:
            yield text[start:place].strip()
            start = place + 1
    yield text[start:].strip()
