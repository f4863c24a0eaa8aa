"""What a local variable may hold at a return statement."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import libcst as cst


class Assigned(NamedTuple):
    """What is bound to a local variable: ``value`` is None for parameters, targets of loops, parts of tuples.

    ``branch`` is the innermost one around it, ``returns`` the number of return statements before it in its function.
    ``ends_others``: where it has run, the variable holds nothing else.
    """

    value: cst.BaseExpression | None
    branch: int = -1
    returns: int = 0
    ends_others: bool = False


def held_at(
    assigned: Sequence[Assigned], number: int, around: Sequence[int], *, in_loop: bool
) -> Sequence[cst.BaseExpression | None]:
    """What may be held at a return statement, ``number`` returns being before it in its function.

    ``around`` are the branches around it, -1 too. An assignment that surely runs before it ends those before; what
    comes after it counts only in a loop.
    """
    before = [each for each in assigned if each.returns <= number]
    last = max((place for place, each in enumerate(before) if each.ends_others and each.branch in around), default=0)
    after = [each for each in assigned if each.returns > number] if in_loop else []
    return [each.value for each in (*before[last:], *after)]
