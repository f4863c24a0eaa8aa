"""Where in a file comments can stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, WhitespaceInclusivePositionProvider

_CODE_IN_STRINGS = ("FormattedStringExpression", "TemplatedStringExpression")
"""By name, for an older LibCST lacks one. Before Python 3.12 there can be no comment in them."""


class CommentSlots(NamedTuple):
    """What lines end with, counted from 1.

    At the end of those in ``free`` a comment can stand, those in ``taken`` have one; all others end inside a string or
    with a backslash. Those in ``inner`` end inside brackets.
    """

    free: frozenset[int]
    taken: frozenset[int]
    inner: frozenset[int]


def find_comment_slots(module: cst.Module) -> CommentSlots:
    """The slots of a module as it was parsed. Raises RecursionError when it is nested too deeply."""
    free, taken, inner, in_strings = set[int](), set[int](), set[int](), set[int]()
    for node, place in _places(module).items():
        first, after = place.start.line, place.end.line
        if isinstance(node, (cst.TrailingWhitespace, cst.EmptyLine)):
            (taken if node.comment else free).add(first)
        elif isinstance(node, cst.ParenthesizedWhitespace):
            inner.update(range(first, after))
        elif type(node).__name__ in _CODE_IN_STRINGS:
            in_strings.update(range(first, after))
    return CommentSlots(frozenset(free - in_strings), frozenset(taken - in_strings), frozenset(inner))


def _places(module: cst.Module) -> Mapping[cst.CSTNode, CodeRange]:
    # A parsed tree holds no node twice, so that no copy is needed.
    wrapper = MetadataWrapper(module, unsafe_skip_copy=True)
    return wrapper.resolve(WhitespaceInclusivePositionProvider)
