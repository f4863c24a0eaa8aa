"""How import statements are rewritten: in the style they have, in their place, with their comments."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import pytest

from ssot_lint.extract.extractor import extract
from ssot_lint.fix.context import FileContext
from ssot_lint.fix.file_edits import FileTask
from ssot_lint.fix.rewrite import rewrite_file, rewrite_files
from ssot_lint.model.edits import DeleteDefinition, Edit, RetargetImport
from ssot_lint.model.facts import ModuleFacts

CONTEXT = FileContext(
    package="shop", beside=frozenset({"shop", "shop.home", "shop.old", "shop.deep.home"}), tops=frozenset({"shop"})
)


def facts_of(text: str) -> ModuleFacts:
    facts = extract(text.encode())
    assert isinstance(facts, ModuleFacts)
    return facts


def retargets(text: str, moves: Sequence[tuple[str, str, str]]) -> list[Edit]:
    """Edits that let the names imported as the first of each come from the second, where they are called the third."""
    facts = facts_of(text)
    return [
        RetargetImport("shop/cart.py", fact.line, fact.column, module, name)
        for bound, module, name in moves
        for fact in facts.imports
        if fact.bound_name == bound
    ]


def rewritten(text: str, *moves: tuple[str, str, str], context: FileContext = CONTEXT) -> str:
    edits = retargets(text, moves)
    rewrite = rewrite_file(FileTask("shop/cart.py", text.encode(), facts_of(text), context, _numbered(edits), {}, {}))
    assert not rewrite.refused
    assert rewrite.content is not None
    told = msgspec.msgpack.decode(rewrite.facts, type=ModuleFacts) if rewrite.facts else None
    assert told in (None, extract(rewrite.content))
    return rewrite.content.decode()


def refusals(text: str, *moves: tuple[str, str, str]) -> list[str]:
    edits = retargets(text, moves)
    rewrite = rewrite_file(FileTask("shop/cart.py", text.encode(), facts_of(text), CONTEXT, _numbered(edits), {}, {}))
    assert rewrite.content == text.encode()
    return list(rewrite.refused.values())


def _numbered(edits: Sequence[Edit]) -> tuple[tuple[int, Edit], ...]:
    return tuple(enumerate(edits))


MOVE = ("X", "shop.home", "X")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from shop.old import X\n", "from shop.home import X\n"),
        ("from shop.old import X as X\n", "from shop.home import X as X\n"),
        ("from shop.old import X, Y\n", "from shop.home import X\nfrom shop.old import Y\n"),
        ("from shop.old import W, X\n", "from shop.home import X\nfrom shop.old import W\n"),
        ("from .old import X\n", "from .home import X\n"),
        ("from  shop.old  import  X  # why\n", "from  shop.home  import  X  # why\n"),
        ("from shop.old import X  # noqa: F401\n", "from shop.home import X  # noqa: F401\n"),
        (
            "from shop.old import X, Y  # noqa: F401\n",
            "from shop.home import X  # noqa: F401\nfrom shop.old import Y  # noqa: F401\n",
        ),
        ("from shop.old import X, Y  # both\n", "from shop.home import X\nfrom shop.old import Y  # both\n"),
        (
            "from shop.old import (\n    X,  # it\n    Y,  # other\n)\n",
            "from shop.home import X  # it\nfrom shop.old import (\n    Y,  # other\n)\n",
        ),
        (
            "from shop.old import (\n    W,  # other\n    X,  # it\n)\n",
            "from shop.home import X  # it\nfrom shop.old import (\n    W,  # other\n)\n",
        ),
        ("from shop.old import (\n    X,  # it\n)\n", "from shop.home import (\n    X,  # it\n)\n"),
        ("from shop.old import X\nfrom shop.home import Y\n", "from shop.home import X, Y\n"),
        (
            "from shop.home import (\n    Y,\n)\nfrom shop.old import X\n",
            "from shop.home import (\n    X,\n    Y,\n)\n",
        ),
        (
            "from shop.home import (\n    W,\n)\nfrom shop.old import X\n",
            "from shop.home import (\n    W,\n    X,\n)\n",
        ),
        ("from shop.home import X\nfrom shop.old import X\n", "from shop.home import X\n"),
        (
            "import os\nfrom shop.a import A\nfrom shop.g import G\nfrom shop.old import X\n",
            "import os\nfrom shop.a import A\nfrom shop.g import G\nfrom shop.home import X\n",
        ),
        (
            "from shop.a import A\nfrom shop.k import K\nfrom shop.old import X\n",
            "from shop.a import A\nfrom shop.home import X\nfrom shop.k import K\n",
        ),
        (
            "from shop.k import K\nfrom shop.a import A\nfrom shop.old import X\n",
            "from shop.k import K\nfrom shop.a import A\nfrom shop.home import X\n",
        ),
        (
            "def f():\n    from shop.old import X\n    return X\n",
            "def f():\n    from shop.home import X\n    return X\n",
        ),
        (
            "if TYPE_CHECKING:\n    from shop.old import W, X\n",
            "if TYPE_CHECKING:\n    from shop.home import X\n    from shop.old import W\n",
        ),
        (
            "try:\n\tfrom shop.old import X\nexcept ImportError:\n\tX = None\n",
            "try:\n\tfrom shop.home import X\nexcept ImportError:\n\tX = None\n",
        ),
        ("from shop.old import X\r\nfrom shop.a import A\r\n", "from shop.home import X\r\nfrom shop.a import A\r\n"),
        ("from shop.old import X", "from shop.home import X"),
        ("from shop.old import W, X", "from shop.home import X\nfrom shop.old import W"),
        ("from shop.a import A, X", "from shop.a import A\nfrom shop.home import X"),
        ("from shop.old import \\\n    X\n", "from shop.home import \\\n    X\n"),
        ("\ufefffrom shop.old import X\n", "\ufefffrom shop.home import X\n"),
    ],
)
def test_one_name_moves(before: str, after: str) -> None:
    assert rewritten(before, MOVE) == after


def test_an_alias_stays() -> None:
    assert rewritten("from shop.old import X as Y\n", ("Y", "shop.home", "X")) == "from shop.home import X as Y\n"


def test_another_name_gets_an_alias() -> None:
    assert rewritten("from shop.old import X\n", ("X", "shop.home", "Z")) == "from shop.home import Z as X\n"


def test_two_names_move_to_one_place_together() -> None:
    before = "from shop.old import W, X\nfrom shop.older import Y\n"
    moves = [(name, "shop.home", name) for name in ("W", "X", "Y")]
    assert rewritten(before, *moves) == "from shop.home import W, X, Y\n"


def test_two_names_move_to_two_places() -> None:
    after = rewritten("from shop.old import W, X\n", MOVE, ("W", "shop.deep.home", "W"))
    assert sorted(after.splitlines()) == ["from shop.deep.home import W", "from shop.home import X"]


def test_names_that_move_together_take_their_comments_along() -> None:
    before = "from shop.old import (\n    W,  # one\n    X,  # two\n    Y,  # three\n)\n"
    moved = "from shop.home import (\n    W,  # one\n    X,  # two\n)\n"
    after = rewritten(before, MOVE, ("W", "shop.home", "W"))
    assert after == moved + "from shop.old import (\n    Y,  # three\n)\n"


def test_where_each_name_has_a_line_of_its_own_it_keeps_one() -> None:
    before = "from shop.home import A\nfrom shop.home import B\nfrom shop.old import X\n"
    after = "from shop.home import A\nfrom shop.home import B\nfrom shop.home import X\n"
    assert rewritten(before, MOVE) == after


def test_a_line_that_would_be_too_long_is_spread() -> None:
    names = ", ".join(f"Name{letter}" for letter in "ABCDEFGH")
    before = f"from shop.home import {names}\nfrom shop.old import X\n"
    after = rewritten(before, MOVE, context=FileContext("shop", tops=frozenset({"shop"}), line_length=60))
    rows = "".join(f"    {name},\n" for name in [*names.split(", "), "X"])
    assert after == f"from shop.home import (\n{rows})\n"


@pytest.mark.parametrize(
    ("package", "before", "after"),
    [
        ("shop", "from .old import X\n", "from .deep.home import X\n"),
        ("shop.deep", "from ..old import X\n", "from .home import X\n"),
        ("shop.other", "from ..old import X\n", "from ..deep.home import X\n"),
        ("shop.deep.er", "from ...old import X\n", "from ..home import X\n"),
        ("shop.other", "from shop.old import X\n", "from shop.deep.home import X\n"),
    ],
)
def test_relative_stays_relative(package: str, before: str, after: str) -> None:
    context = FileContext(package, beside=frozenset({"shop.deep.home"}), tops=frozenset({"shop"}))
    assert rewritten(before, ("X", "shop.deep.home", "X"), context=context) == after


@pytest.mark.parametrize(
    "text",
    [
        "import os; from shop.old import X\n",
        "if True: from shop.old import X\n",
        "from shop.old import X; X()\n",
    ],
)
def test_a_statement_that_shares_its_line_is_left_alone(text: str) -> None:
    assert refusals(text, MOVE) == ["its import shares its line with other code"]


def test_code_between_two_imports_keeps_them_apart() -> None:
    before = "from shop.old import X\n\nX.setup()\n\nfrom shop.home import Y\n"
    assert rewritten(before, MOVE) == "from shop.home import X\n\nX.setup()\n\nfrom shop.home import Y\n"


def test_what_is_in_another_encoding_stays_in_it() -> None:
    text = '# -*- coding: latin-1 -*-\nfrom shop.old import X\n\nNAME = "\u00e9"\n'
    content = text.encode("latin-1")
    facts = extract(content)
    assert isinstance(facts, ModuleFacts)
    (fact,) = facts.imports
    edit = RetargetImport("shop/cart.py", fact.line, fact.column, "shop.home", "X")
    rewrite = rewrite_file(FileTask("shop/cart.py", content, facts, CONTEXT, ((0, edit),), {}, {}))
    assert rewrite.content == content.replace(b"shop.old", b"shop.home")


def test_a_file_that_only_python_reads_is_left_alone() -> None:
    text = "from shop.old import X\n\nwhile X:\n\twhile X:\n\t\tif X:\n\t \t\tbreak\n\t\tX()\n"
    task = FileTask("a.py", text.encode(), facts_of(text), CONTEXT, _numbered(retargets(text, [MOVE])), {}, {})
    rewrite = rewrite_file(task)
    assert rewrite.content == text.encode()
    assert rewrite.refused == {0: "its indentation mixes tabs and spaces in a way that the parser does not read"}


def test_the_facts_of_a_file_are_told_where_only_imports_change() -> None:
    text = "from shop.old import X\n\n\ndef use():\n    return X\n"
    late = "def use():\n    from shop.old import X\n\n    return X\n"
    tasks = [
        FileTask("shop/cart.py", each.encode(), facts_of(each), CONTEXT, _numbered(retargets(each, [MOVE])), {}, {})
        for each in (text, late)
    ]
    first, second = rewrite_files(tasks)
    assert first.content is not None
    assert msgspec.msgpack.decode(first.facts, type=ModuleFacts) == extract(first.content)
    assert not second.facts


@pytest.mark.parametrize("late", ["from shop.home import Y\n", "from shop.home import Order\n"])
def test_what_is_imported_below_comes_too_late(late: str) -> None:
    before = f"import os\n\n\nclass Order: ...\n\n\nclass Part(Order): ...\n\n\n{late}"
    edit = DeleteDefinition("shop/cart.py", 4, "Order", "shop.home", "Order", "", False)
    rewrite = rewrite_file(FileTask("shop/cart.py", before.encode(), facts_of(before), CONTEXT, ((0, edit),), {}, {}))
    assert rewrite.content is not None
    assert rewrite.content.decode().startswith("import os\n\nfrom shop.home import Order\n")
