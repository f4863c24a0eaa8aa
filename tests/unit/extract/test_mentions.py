"""Which names a text mentions."""

from __future__ import annotations

import pytest

from ssot_lint.extract.mentions import mentions
from ssot_lint.model.facts import ModuleFacts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("class Cart:\n    pass\n", False),
        ("Cart()\nclass Cart:\n    pass\n", True),
        ("class Cart(\n    Base,\n):\n    limit = 3\n    def more(self): return Cart.limit\n", False),
        ("class Cart:\n    pass\n\nmade = Cart()\n", True),
        ("class Cart:\n    def more(self): return self.Cart\n", True),
        ("class Other:\n    def more(self): return Cart()\n", True),
        ("async def Cart(more):\n    return await Cart(more - 1)\n", False),
        ("if more:\n    class Cart:\n        other = Cart\n", True),
        ("def Cart(more):\n    return Cart(more - 1)\ndef other():\n    return Cart(3)\n", True),
    ],
)
def test_a_definition_does_not_mention_itself(text: str, expected: bool) -> None:
    assert ModuleFacts(mentions=mentions(text)).mentions_name("Cart") is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("# cart = make_cart()", False),
        ("    # make_cart(1)", False),
        ("#return make_cart()", False),
        ("# first, second = shop.make_cart(1, 2)", False),
        ("# call make_cart() first", True),
        ("# cart = make_cart", True),
        ("cart = 1  # make_cart()", True),
        ("cart = make_cart()", True),
    ],
)
def test_a_call_that_was_commented_out_is_no_mention(line: str, expected: bool) -> None:
    assert ModuleFacts(mentions=mentions(f"def other():\n    x = 1\n{line}\n")).mentions_name("make_cart") is expected
