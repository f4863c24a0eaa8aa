from __future__ import annotations

import pytest

from ssot_lint.extract.extractor import extract
from ssot_lint.model.facts import ModuleFacts
from ssot_lint.query.answer import Relation, Response
from ssot_lint.query.by_code import as_function, dedented, where_coded
from tests.unit.query.shop import BOOK, TOTAL, asked_from


def answered(code: str, *, is_loose: bool = False, path: str = "shop/till.py") -> Response:
    facts = extract((as_function(code) if is_loose else dedented(code)).encode())
    assert isinstance(facts, ModuleFacts)
    return where_coded(asked_from(path), "-", facts, is_loose=is_loose)


def best(code: str) -> tuple[str, str, Relation, float]:
    (answer,) = answered(code).answers
    return answer.asked, answer.home.symbol, answer.relation, round(answer.share, 2)


def test_equal_code_under_another_name_and_with_other_comments_is_found() -> None:
    code = TOTAL.replace("order_total", "sum_up").replace("total = 0", "total = 0  # to begin with")
    assert best(code) == ("sum_up", "shop.sums:order_total", Relation.EQUAL, 1.0)


def test_a_copy_with_its_own_names_renamed_is_found() -> None:
    code = TOTAL.replace("total", "amount").replace("orders", "things").replace("order.", "each.")
    code = code.replace("for order in", "for each in").replace("each.amount", "each.amount", 1)
    assert best(code)[1:3] == ("shop.sums:order_total", Relation.RENAMED)


def test_a_near_copy_is_found_with_the_share_of_equal_lines() -> None:
    code = TOTAL.replace("order_total", "sum_up").replace("return total * rate", "return total * rate - 1")
    assert best(code) == ("sum_up", "shop.sums:order_total", Relation.NEAR, 0.8)


def test_a_namesake_with_other_code_is_found() -> None:
    assert best("def order_total(basket):\n    return basket.ask('total')\n")[1:] == (
        "shop.sums:order_total",
        Relation.NAME,
        0.0,
    )


def test_a_class_is_answered_with_its_home_and_the_copy_beside_it() -> None:
    code = BOOK.partition("\n\n\ndef")[0].replace("OrderBook", "Ledger")
    (answer,) = answered(code).answers
    assert (answer.asked, answer.home.symbol, answer.relation) == ("Ledger", "shop.book:OrderBook", Relation.EQUAL)
    assert [other.definition.symbol for other in answer.others] == ["legacy.book:OrderBook"]


def test_a_method_of_a_new_class_is_answered_too() -> None:
    code = "class Basket:\n    def put(self, order):\n        self.orders.append(order)\n"
    code += "        self.count += 1\n        return len(self.orders)\n"
    (answer,) = answered(code).answers
    assert (answer.asked, answer.home.symbol) == ("Basket.put", "shop.book:OrderBook.add")


@pytest.mark.parametrize(
    ("code", "symbol", "relation"),
    [
        ('PLACED = "order_placed"', "shop.events:ORDER_PLACED", Relation.VALUE),
        ('SHIRTS = ["small", "large"]', "shop.events:SIZES", Relation.VALUE),
        ("SIZES = 3", "shop.events:SIZES", Relation.NAME),
    ],
)
def test_a_constant_of_that_value_or_name_is_found(code: str, symbol: str, relation: Relation) -> None:
    assert best(code)[1:3] == (symbol, relation)


def test_loose_statements_are_compared_by_their_lines() -> None:
    body = TOTAL.partition('"""\n')[2].partition("    return")[0]
    (answer,) = answered(body, is_loose=True).answers
    assert (answer.asked, answer.home.symbol) == ("the code", "shop.sums:order_total")


@pytest.mark.parametrize("code", ["def brand_new(a):\n    return a.b\n", "logger = make()\n", "WIDTH = 3\n"])
def test_what_is_nowhere_and_what_is_everywhere_has_no_answer(code: str) -> None:
    assert answered(code).answers == ()


def test_code_from_inside_a_block_is_taken_to_the_margin() -> None:
    indented = "\n".join(f"    {line}" for line in TOTAL.splitlines())
    assert best(indented)[1:3] == ("shop.sums:order_total", Relation.EQUAL)
