"""How much the bodies of two classes, or of two functions, have in common.

Bodies are compared by the hashes of their logical lines: the Dice coefficient over the two multisets.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import TypeVar

from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol

DefinitionT = TypeVar("DefinitionT", ClassSymbol, FunctionSymbol)

SIMILAR_FROM = 0.70
RELATED_FROM = 0.30

# A definition is compared with that many namesakes at most, one of each body first: bounds the work for a name that
# thousands of modules define.
_COMPARED = 32


class Grade(IntEnum):
    """How much two bodies have in common."""

    DIFFERENT = 0
    RELATED = 1
    SIMILAR = 2
    IDENTICAL = 3


def is_identical(first: DefinitionT, second: DefinitionT) -> bool:
    """Whether two bodies are equal but for docstrings, comments and formatting."""
    return first.fact.body.digest == second.fact.body.digest


def similarity(first: DefinitionT, second: DefinitionT) -> float:
    """Dice coefficient over the multisets of logical lines; 1.0 for identical bodies."""
    return 1.0 if is_identical(first, second) else likeness(first, second)[1]


def grade_of(share: float, *, identical: bool) -> Grade:
    """The grade of a similarity. Equal lines do not make bodies identical: signatures are no lines."""
    if identical:
        return Grade.IDENTICAL
    if share >= SIMILAR_FROM:
        return Grade.SIMILAR
    return Grade.RELATED if share >= RELATED_FROM else Grade.DIFFERENT


def line_count(symbol: DefinitionT) -> int:
    """How many lines :func:`line_counts` has."""
    return len(symbol.fact.body.lines) // array("I").itemsize


def line_counts(symbol: DefinitionT) -> Counter[int]:
    """The hashes of a top-level definition's comparable lines."""
    return Counter(hashes_of(symbol.fact.body.lines))


def hashes_of(lines: bytes) -> Sequence[int]:
    """The hashes of lines as facts have them, in order."""
    hashes = array("I")
    hashes.frombytes(lines)
    return hashes


def likeness(first: DefinitionT, second: DefinitionT) -> tuple[int, float]:
    """The number of lines that two definitions have in common, and the share of them; for
    :meth:`Project.compared`."""
    return common_part(hashes_of(first.fact.body.lines), hashes_of(second.fact.body.lines))


def common_part(first: Sequence[int], second: Sequence[int]) -> tuple[int, float]:
    """How many lines two bodies have in common, and what share of both that is: from 0.0, for two empty ones too, to
    1.0 for equal ones."""
    one, other = set(first), set(second)
    # Most bodies have no line twice: then there is nothing to count.
    is_plain = len(one) == len(first) or len(other) == len(second)
    common = len(one & other) if is_plain else (Counter(first) & Counter(second)).total()
    total = len(first) + len(second)
    return common, 2 * common / total if total else 0.0


def compared_pairs(symbols: Sequence[DefinitionT]) -> Iterator[tuple[DefinitionT, DefinitionT]]:
    """All pairs of a few symbols; of many, each with the most common bodies and the first of its own body.

    Each pair is ordered by place.
    """
    places = {symbol: place for place, symbol in enumerate(sorted(symbols, key=lambda symbol: symbol.sort_key))}
    of_body: dict[str, list[DefinitionT]] = defaultdict(list)
    for symbol in symbols:
        of_body[symbol.fact.body.digest].append(symbol)
    bodies = sorted(of_body.values(), key=lambda group: (-len(group), places[group[0]]))
    ordered = [group[rank] for rank in range(max(map(len, bodies), default=0)) for group in bodies if rank < len(group)]
    for index, symbol in enumerate(ordered):
        partners = ordered[: min(index, _COMPARED)]
        leader = of_body[symbol.fact.body.digest][0]
        if leader is not symbol and leader not in partners:
            partners.append(leader)
        for partner in partners:
            yield (partner, symbol) if places[partner] < places[symbol] else (symbol, partner)
