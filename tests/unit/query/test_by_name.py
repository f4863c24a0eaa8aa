from __future__ import annotations

import pytest

from ssot_lint.model.component import Component
from ssot_lint.query.answer import Answer, Relation, Way
from ssot_lint.query.by_name import where_at, where_named
from tests.unit.query.shop import TOTAL, asked_from


def only(text: str, path: str = "shop/till.py", **options: object) -> Answer:
    (answer,) = where_named(asked_from(path), text).answers
    return answer


@pytest.mark.parametrize(
    ("text", "symbol", "relation"),
    [
        ("OrderBook", "shop.book:OrderBook", Relation.NAME),
        ("shop.book:OrderBook", "shop.book:OrderBook", Relation.NAME),
        ("shop.book.OrderBook", "shop.book:OrderBook", Relation.NAME),
        ("shop:OrderBook", "shop.book:OrderBook", Relation.NAME),
        ("order book", "shop.book:OrderBook", Relation.WORDS),
        ("orderBook", "shop.book:OrderBook", Relation.WORDS),
        ("the total of orders", "shop.sums:order_total", Relation.CONTAINS),
        ("order_placed", "shop.events:ORDER_PLACED", Relation.VALUE),
        ("ORDER_PLACED", "shop.events:ORDER_PLACED", Relation.NAME),
        ("order_paid", "shop.kinds:Kind.PAID", Relation.VALUE),
        ("order paid", "shop.kinds:Kind.PAID", Relation.WORDS),
        ("OrderBook.add", "", Relation.NAME),
    ],
)
def test_what_names_something_finds_it(text: str, symbol: str, relation: Relation) -> None:
    answers = where_named(asked_from(), text).answers
    assert [(each.home.symbol, each.relation) for each in answers] == ([(symbol, relation)] if symbol else [])


def test_an_answer_has_home_reason_import_factory_and_copies() -> None:
    answer = only("OrderBook")
    assert (answer.home.path, answer.home.line, answer.home.signature) == (
        "shop/book.py",
        2,
        "class OrderBook(Base)",
    )
    assert answer.home.docstring == "All orders of a shop."
    assert answer.reason == "the others are named legacy or deprecated, imported by 4 modules"
    assert answer.way == Way("from shop import OrderBook"), "as most others write it"
    assert answer.factory is not None
    assert answer.factory.symbol == "shop.book:get_order_book"
    assert answer.factory_way == Way("from shop.book import get_order_book")
    assert [(other.definition.symbol, other.relation) for other in answer.others] == [
        ("legacy.book:OrderBook", Relation.EQUAL)
    ]


def test_a_declared_component_is_named() -> None:
    book = Component(name="books", home="shop.book:OrderBook")
    events = Component(name="events", events=("order_placed",))
    composer = asked_from(components=(book, events))
    assert where_named(composer, "OrderBook").answers[0].components == ("books",)
    assert where_named(composer, "ORDER_PLACED").answers[0].components == ("events",)


def test_a_text_without_a_constant_is_told_with_its_places() -> None:
    response = where_named(asked_from(), "order_sent")
    assert response.answers == ()
    (literal,) = response.literals
    assert (literal.uses.places, literal.uses.files) == (2, 2)
    assert literal.uses.first == (("shop/desk.py", 5), ("shop/send.py", 5))


def test_what_is_called_so_leaves_out_parts_of_others_with_the_same_words() -> None:
    till = "class Till:\n    @property\n    def order_book(self):\n        return self\n\n\norder_book = Till()\n"
    shelf = "class Shelf:\n    BOOK = 'order-book'\n\n\ndef order_book():\n    return 1\n"
    files = {"shop/tills.py": till, "shop/shelf.py": shelf}
    found = where_named(asked_from(files=files), "OrderBook").answers
    assert [each.home.symbol for each in found] == ["shop.book:OrderBook", "shop.shelf:order_book"]
    in_words = where_named(asked_from(files=files), "order book").answers
    assert "shop.tills:Till.order_book" in {each.home.symbol for each in in_words}


def test_unread_files_in_which_it_may_be_are_named() -> None:
    broken = "class Invoice:\n    pass\nclass (\n"
    files = {"shop/odd.py": broken, "tests/test_odd.py": broken, "shop/old.py": "class Invoice: pass\nprint 'x'\n"}
    composer = asked_from("shop/odd.py", files=files)
    assert where_named(composer, "Invoice").unread == where_named(composer, "OrderBook").unread == ("shop/odd.py",)
    assert composer.asker is not None
    response = where_at(composer, composer.asker, 1)
    assert response.is_empty
    assert response.remark == "`shop/odd.py` could not be read, so nothing is known of it: line 3: invalid syntax."
    assert where_named(asked_from(), "Invoice").unread == ()


def test_nothing_like_it_is_an_answer() -> None:
    response = where_named(asked_from(), " Invoice ")
    assert response.is_empty
    assert response.unknown == ("Invoice",)


def test_what_only_contains_the_words_waits_until_nothing_is_called_so() -> None:
    files = {"shop/more.py": "class OrderBookView:\n    pass\n"}
    assert len(where_named(asked_from(files=files), "OrderBook").answers) == 1
    answers = where_named(asked_from(files=files), "book view").answers
    assert [each.home.symbol for each in answers] == ["shop.more:OrderBookView"]


def test_what_can_be_imported_comes_before_what_stands_inside_functions_and_tests() -> None:
    double = "def test_it():\n    class Till:\n        mode = 'open_till'\n    assert Till\n"
    method = "class Desk:\n    def limits(self):\n        return 1\n"
    table = "def limits():\n    return 1\n"
    files = {"shop/a.py": method, "shop/b.py": table, "tests/test_a.py": double + table}
    found = where_named(asked_from(files=files), "limits").answers
    assert [each.home.symbol for each in found] == ["shop.b:limits", "shop.a:Desk.limits"]
    assert [other.definition.symbol for other in found[0].others] == ["tests.test_a:limits"]
    inside = where_named(asked_from(files=files), "Till").answers
    last = where_named(asked_from(files=files), "open_till")
    assert inside[0].way == Way("", "it stands inside `test_it`, out of which nothing can be imported")
    assert [each.home.symbol for each in last.answers] == ["shop.till:open_till", "tests.test_a:test_it.Till.mode"]
    assert last.answers[1].way.statement == ""


def test_all_namesakes_are_counted() -> None:
    files = {f"shop/m{number}.py": f"def go(): return {number}\n" for number in range(40)}
    (answer,) = where_named(asked_from(files=files), "go").answers
    assert len(answer.others) + answer.more == 39


def test_a_name_of_many_methods_is_cut_off() -> None:
    files = {f"shop/m{number}.py": f"class C{number}:\n    def go(self): ...\n" for number in range(9)}
    response = where_named(asked_from(files=files), "go")
    assert (len(response.answers), response.more) == (5, 4)


@pytest.mark.parametrize(
    ("path", "line", "symbol"),
    [
        ("shop/book.py", 2, "shop.book:OrderBook"),
        ("shop/book.py", 11, "shop.book:OrderBook.add"),
        ("shop/till.py", 1, "shop.book:get_order_book"),
        ("legacy/book.py", 2, "shop.book:OrderBook"),
        ("shop/till.py", 2, ""),
    ],
)
def test_a_line_is_answered_with_the_home_of_what_stands_there(path: str, line: int, symbol: str) -> None:
    composer = asked_from(path)
    assert composer.asker is not None
    answers = where_at(composer, composer.asker, line).answers
    assert [each.home.symbol for each in answers] == ([symbol] if symbol else [])


def test_a_copy_under_another_name_is_answered_with_what_is_to_be_kept() -> None:
    sums = {"shop/money.py": TOTAL.replace("order_total", "sum_up"), "shop/x.py": "from shop.sums import order_total\n"}
    (answer,) = where_named(asked_from(files=sums), "sum_up").answers
    assert (answer.asked, answer.home.symbol) == ("sum_up", "shop.sums:order_total")
    assert answer.way.statement == "from shop.sums import order_total"
    assert [other.definition.symbol for other in answer.others] == ["shop.money:sum_up"]
