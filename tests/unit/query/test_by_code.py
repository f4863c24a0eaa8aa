from __future__ import annotations

from functools import reduce

import pytest

from ssot_lint.extract.extractor import extract
from ssot_lint.model.facts import ModuleFacts
from ssot_lint.query.answer import Relation, Response
from ssot_lint.query.by_code import are_methods, as_class, as_function, dedented, where_coded
from ssot_lint.query.by_name import where_named
from ssot_lint.query.likeness import ALIKE_FROM
from tests.unit.query.shop import BOOK, TOTAL, asked_from

PARSE = """
import re


def parse_lines(text, separator):
    rows = []
    for number, line in enumerate(text.splitlines()):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        key, found, value = line.partition(separator)
        if not found:
            raise ValueError(f"line {number}")
        rows.append((key.strip(), re.sub(" +", " ", value)))
    return sorted(rows)


class Meter:
    def __init__(self, path, every):
        self._path = path
        self._every = every
        self._seen = 0

    def feed(self, data):
        self._seen += len(data)
        if self._seen % self._every == 0:
            print(self._path, self._seen)
        return data

    def close(self):
        print(self._path, "done")
"""
RENAMES = {"rows": "pairs", "number": "at", "line ": "each ", "line.": "each.", "separator": "mark", "found": "there"}
PARSED = reduce(lambda code, pair: code.replace(*pair), RENAMES.items(), PARSE.partition("\n\n\nclass")[0])
PARSED = PARSED.replace("parse_lines", "read_pairs")


def answered(
    code: str, *, is_loose: bool = False, path: str = "shop/till.py", files: dict[str, str] | None = None
) -> Response:
    facts = extract((as_function(code) if is_loose else dedented(code)).encode())
    assert isinstance(facts, ModuleFacts)
    if are_methods(facts):
        facts = extract(as_class(code).encode())
        assert isinstance(facts, ModuleFacts)
    return where_coded(asked_from(path, files), "-", facts, is_loose=is_loose)


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
    assert best(code) == ("sum_up", "shop.sums:order_total", Relation.NEAR, 0.83)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return sorted(pairs)", "return pairs"),
        ("    for at,", "    assert mark\n    for at,"),
        ("        each = each.strip()\n", ""),
        ("raise ValueError(", "raise LookupError("),
    ],
)
def test_a_renamed_copy_that_was_edited_is_found(old: str, new: str) -> None:
    code = PARSED.replace("line =", "each =").replace("line in", "each in").replace("not line", "not each")
    assert old in code
    (answer,) = answered(code.replace(old, new), files={"shop/parse.py": PARSE}).answers
    assert (answer.home.symbol, answer.relation) == ("shop.parse:parse_lines", Relation.ALIKE)
    assert ALIKE_FROM <= answer.share < 1


def test_a_function_of_that_form_that_calls_others_is_not_alike() -> None:
    code = PARSE.partition("\n\n\nclass")[0].replace("parse_lines", "load")
    for old, new in {"strip": "rstrip", "partition": "split", "startswith": "endswith", "append": "add"}.items():
        code = code.replace(f".{old}(", f".{new}(")
    code = code.replace("re.sub", "re.findall").replace("sorted", "tuple").replace("enumerate", "zip")
    assert answered(code.replace("line ", "each "), files={"shop/parse.py": PARSE}).answers == ()


def meter(*replaced: tuple[str, str]) -> str:
    """The class, its own names renamed, with that replaced."""
    code = "class Meter" + PARSE.partition("class Meter")[2]
    names = [("Meter", "Progress"), ("_path", "_name"), ("_every", "_step"), ("_seen", "_bytes"), ("data", "block")]
    return reduce(lambda text, pair: text.replace(*pair), (*names, *replaced), code)


def test_a_class_whose_methods_are_renamed_copies_is_that_class() -> None:
    response = answered(meter(), files={"shop/parse.py": PARSE})
    (answer,) = response.answers
    assert (answer.asked, answer.home.symbol) == ("Progress", "shop.parse:Meter")
    assert (answer.relation, answer.share, response.unknown) == (Relation.ALIKE, 7 / 8, ())


def struct(name: str, fields: str) -> str:
    kept = "".join(f"        self.{field} = {field}\n" for field in fields)
    return f"class {name}:\n    def __init__(self, {', '.join(fields)}):\n{kept}"


@pytest.mark.parametrize("edit", [("block", "piece"), ("_step", "_often"), ("_bytes", "_got"), ("%", "//")])
def test_a_method_without_its_class_is_compared_as_a_method(edit: tuple[str, str]) -> None:
    body = meter(edit).partition("    def feed")[2].partition("    def close")[0]
    response = answered(f"    def take{body}", files={"shop/parse.py": PARSE})
    expected = [] if edit[0] == "%" else [("take", "shop.parse:Meter.feed", Relation.RENAMED)]
    assert [(each.asked, each.home.symbol, each.relation) for each in response.answers] == expected
    assert response.unknown == (("take",) if edit[0] == "%" else ())


def test_a_method_without_its_class_is_no_copy_of_itself() -> None:
    body = PARSE.partition("    def feed")[2].partition("    def close")[0]
    assert answered(f"    def feed{body}", path="shop/parse.py", files={"shop/parse.py": PARSE}).answers == ()


def test_a_method_without_its_class_has_no_namesakes() -> None:
    response = answered("def order_total(self):\n    return self.a\n")
    assert (response.answers, response.unknown) == ((), ())


def test_classes_that_only_keep_as_many_parameters_are_not_alike() -> None:
    files = {"shop/point.py": struct("Point", "abcdefghi")}
    assert answered(struct("Frame", "rstuvwxyz"), files=files).answers == ()


def test_of_a_class_with_one_copied_method_the_method_is_told() -> None:
    edits = [("self._step = path_", ""), ("def close(self):", "def close(self):\n        self.a()\n        self.b()")]
    code = meter(*edits, ("self._bytes = 0", "self._bytes = open(path)\n        self.start()\n        self.go()"))
    response = answered(code, files={"shop/parse.py": PARSE})
    assert [(each.asked, each.home.symbol) for each in response.answers] == [("Progress.feed", "shop.parse:Meter.feed")]
    assert response.unknown == ("Progress",)


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


LOAD = """
    def {name}(self):
        try:
            load_in_cluster()
        except ConfigError:
            load_config()
        rows = [row for row in read(self) if row]
        return rows[0]
"""


def test_of_equal_methods_the_home_is_the_one_that_a_finding_names() -> None:
    heavy = f"import kubernetes\nimport shop.book\n\n\nclass Build:{LOAD.format(name='_default_api')}"
    light = f"class Quota:{LOAD.format(name='_default_kube')}"
    files = {"shop/build.py": heavy, "shop/quota.py": light, "shop/b.py": "from shop.quota import Quota\n"}
    response = answered(f"def make_api{LOAD.partition('{name}')[2]}", files=files)
    (answer,) = response.answers
    assert (answer.home.symbol, answer.relation) == ("shop.quota:Quota._default_kube", Relation.EQUAL)
    assert [other.definition.symbol for other in answer.others] == ["shop.build:Build._default_api"]
    assert answer.way.statement == ""
    assert answer.way.obstacle == "it is a method of `Quota`; move its body to a function that both can import"
    by_name = where_named(asked_from(files=files), "_default_api").answers
    assert [each.home.symbol for each in by_name] == ["shop.build:Build._default_api"], "that one was asked for"
