"""Facts that were decoded take the texts that others have."""

from __future__ import annotations

import msgspec

from ssot_lint.extract.extractor import extract
from ssot_lint.model.facts import ModuleFacts
from ssot_lint.model.texts import share_texts

SOURCE = b"""
from shop import orders
from shop import prices

NAMES = ("a",)

class Cart:
    def __init__(self, order: orders.Order) -> None:
        self.order = order
        orders.note(order, "opened")

def close(order: orders.Order) -> None:
    orders.note(order, "opened")
"""


def decoded() -> ModuleFacts:
    return msgspec.msgpack.decode(msgspec.msgpack.encode(extract(SOURCE)), type=ModuleFacts)


def test_equal_texts_are_one_and_nothing_else_changes() -> None:
    one, other = decoded(), decoded()
    assert one.imports[0].module is not other.imports[0].module
    for facts in (one, other):
        share_texts(facts)
    assert one == decoded()
    assert one.imports[0].module is one.imports[1].module is other.imports[1].module
    assert one.calls[0].callee is other.calls[1].callee
    first, second = (function.parameters[-1] for function in one.functions)
    assert first.annotation is second.annotation
