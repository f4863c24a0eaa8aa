"""Calls, what becomes of their results, and what is changed in place."""

from __future__ import annotations

import pytest

from ssot_lint.model.facts import Argument, ResultUse
from ssot_lint.model.syntax import BranchKind
from tests.unit.extract.parsing import parse


def test_calls_and_what_becomes_of_their_results() -> None:
    source = (
        "from m import f, g\n"
        "@f\n"
        "async def h(p):\n"
        "    f()\n"
        "    x = f()\n"
        "    await f()\n"
        "    async with f() as y, g(f()): pass\n"
        "    f().z\n"
        "    f()[0]\n"
        "    p()\n"
        "    len(x)\n"
        "    return f()\n"
        "class A:\n"
        "    def m(self):\n"
        "        self.x = g()\n"
        "        self.n()\n"
    )
    found = [(call.callee, call.usage, call.target, call.line) for call in parse(source).calls]
    assert found == [
        ("f", ResultUse.STATEMENT, "", 4),
        ("f", ResultUse.ASSIGNED, "x", 5),
        ("f", ResultUse.AWAITED, "", 6),
        ("f", ResultUse.ASYNC_WITH, "", 7),
        ("g", ResultUse.ASYNC_WITH, "", 7),
        ("f", ResultUse.ARGUMENT, "g", 7),
        ("f", ResultUse.ATTRIBUTE, "z", 8),
        ("f", ResultUse.SUBSCRIPT, "", 9),
        ("f", ResultUse.RETURNED, "", 12),
        ("g", ResultUse.SELF, "self.x", 15),
        ("self.n", ResultUse.STATEMENT, "", 16),
    ]


def test_calls_on_local_variables_name_what_the_variable_holds() -> None:
    source = (
        "from m import Client, CACHE\n"
        "def f(other):\n"
        "    client = Client()\n"
        "    client.send()\n"
        "    again = client\n"
        "    cache = CACHE\n"
        "    cache.fill()\n"
        "    other.send()\n"
        "    twice = Client()\n"
        "    twice = other\n"
        "    twice.send()\n"
        "    x = y\n"
        "    y = x\n"
        "    x.send()\n"
        "    Client().close()\n"
    )
    assert [call.callee for call in parse(source).calls] == [
        "Client",
        "Client().send",
        "CACHE.fill",
        "Client",
        "Client().close",
        "Client",
    ]


def test_mutations_of_what_outlives_the_function() -> None:
    source = (
        "R = {}\n"
        "def f(k, local):\n"
        "    R[k] = 1\n"
        "    R.update(x=1)\n"
        "    del R[k]\n"
        "    local[k] = 1\n"
        "    mine = []\n"
        "    mine.append(1)\n"
        "    same = R\n"
        "    same.pop(k)\n"
        "class A:\n"
        "    def m(self):\n"
        "        self.items[0] = 1\n"
        "        self.items.append(2)\n"
        "        self.a.b = 3\n"
        "        self.n += 1\n"
    )
    assert [(fact.target, fact.operation, fact.key) for fact in parse(source).mutations] == [
        ("R", "setitem", "k"),
        ("R", "update", "1"),
        ("R", "delitem", "k"),
        ("R", "pop", "k"),
        ("self.items", "setitem", "0"),
        ("self.items", "append", "2"),
        ("self.a", "setattr", "b"),
        ("self.n", "augassign", ""),
    ]


@pytest.mark.parametrize(
    ("later", "reads"),
    [
        ("    x.a\n    x.b()\n", ("a", "b")),
        ("    x[0].a\n    x[1] = 2\n", ("[]",)),
        ("    if x: pass\n", ("bool",)),
        ("    if not x or x == 1: pass\n", ("bool",)),
        ("    return 1 if x else 2\n", ("bool",)),
        ("    return x and y\n", ("bool",)),
        ("    return y > 1 and bool(x)\n", ("bool",)),
        ("    x.a\n    y = [1 if x else i for i in z]\n", ("a", "bool")),
        ("    x.a\n    def g(): return x.b\n", ("a", "b")),
        ("    x.send(1)\n", ("send",)),
        ("    x.send(None)\n", ("send(None)",)),
        ("    x.a = ' x '\n    print(x=1)\n", ("a",)),
        ("    pass\n", ()),
        ("    x.a\n    await x\n", ()),
        ("    x.a\n    return x\n", ()),
        ("    x.a\n    y = x\n", ()),
        ("    x.a\n    print(x, k=1)\n", ()),
        ("    x.a\n    for i in x: pass\n", ()),
        ("    x.a\n    x = 1\n", ()),
        ("    return x if x else None\n", ()),
        ("    return x or y\n", ()),
        ("    return y and x\n", ()),
        ("    return g(bool, x)\n", ()),
        ("    return bool(x) or g(x)\n", ()),
        ("    nonlocal x\n    x.a\n", ()),
    ],
)
def test_what_is_read_off_a_local_that_takes_a_result(later: str, reads: tuple[str, ...]) -> None:
    (call,) = (call for call in parse(f"from m import f\nasync def h():\n    x = f()\n{later}").calls if call.target)
    assert (call.callee, call.reads) == ("f", reads)


def test_a_call_whose_result_is_used_by_attribute_names_the_attribute() -> None:
    source = "from m import f\nf().a.b\nf().send(1)\nf().send(None)\n"
    used = [(call.usage, call.target) for call in parse(source).calls if call.callee == "f"]
    assert used == [(ResultUse.ATTRIBUTE, name) for name in ("a", "send", "send(None)")]


def test_calls_keep_their_arguments() -> None:
    (call,) = parse("import app\napp.get('/', *more, methods=['GET', POST], handler=lambda: 0, **more)\n").calls
    assert call.argument_count == 5
    assert call.arguments == (
        Argument("", '"/"', ""),
        Argument("", "more", "*"),
        Argument("methods", '["GET", POST]', ""),
        Argument("handler", "...", ""),
        Argument("", "more", "**"),
    )


def test_text_of_an_argument_is_not_taken_for_a_keyword() -> None:
    (call,) = parse("import f\nf(a == b, 'x=1', y='z\\n=')\n").calls
    assert call.arguments == (
        Argument("", "a == b", ""),
        Argument("", '"x=1"', ""),
        Argument("y", '"z\\n="', ""),
    )


def test_long_arguments_are_cut() -> None:
    (call,) = parse(f"import f\nf('{'x' * 200}', 1)\n").calls
    assert [len(argument.text) for argument in call.arguments] == [80, 1]


def test_items_read_of_imported_names() -> None:
    facts = parse(
        "import os\nfrom os import environ as env\nfrom typing import Optional\n"
        "def f(local):\n"
        "    os.environ['A'] = env['B'] + local['C'] + other['D']\n"
        "    del os.environ['E']; os.environ['F'] += ''\n"
        "    return Optional['G'], env[KEY]\n"
    )
    assert [(read.target, read.key, read.line, read.column) for read in facts.item_reads] == [
        ("env", '"B"', 5, 23),
        ("env", "KEY", 7, 27),
    ]


@pytest.mark.parametrize(
    ("call", "callee"),
    [
        ("Box[int](1)", "Box"),
        ("shop.Box[int].make(1)", "shop.Box.make"),
        ("Box[int]().send(1)", "Box().send"),
        ("TABLE[k].send(1)", "TABLE[].send"),
        ("self.table[k].a.send(1)", "self.table[].a.send"),
        ("super().send(1)", "super().send"),
        ("super(K, self).send(1)", "super().send"),
        ("inner(1)", "inner"),
        ("client.send(1)", "Client().send"),
        ("maybe.send(1)", "Client().send"),
        ("other.send(1)", "Client().send"),
    ],
)
def test_callees_that_are_more_than_a_dotted_name(call: str, callee: str) -> None:
    source = (
        "import shop\nfrom shop import Box, Client\nTABLE = {}\n"
        "class K:\n"
        "    def m(self, k, client: Client, maybe: 'Client | None' = None):\n"
        "        other: Client = make()\n"
        "        def inner(x): pass\n"
        f"        {call}\n"
    )
    assert [fact.callee for fact in parse(source).calls if fact.argument_count == 1 and fact.line == 8] == [callee]


@pytest.mark.parametrize(
    "call",
    [
        "TABLE[k](1)",
        "many.send(1)",
        "either.send(1)",
        "client(1)",
        "k.send(1)",
        "[x.send(1) for x in k]",
        "k[0].send(1)",
    ],
)
def test_callees_that_nobody_else_can_know_are_left_out(call: str) -> None:
    source = f"TABLE = {{}}\ndef f(k, *many: Client, client: Client, either: Client | TABLE):\n    {call}\n"
    assert parse("class Client: ...\n" + source).calls == ()


def test_items_that_are_changed_themselves() -> None:
    source = "T = {}\ndef f(k, local):\n    T[k].append(1)\n    local[k].append(1)\n    same = T\n    same['a'].pop()\n"
    assert [(fact.target, fact.operation, fact.key) for fact in parse(source).mutations] == [
        ("T[k]", "append", "1"),
        ('T["a"]', "pop", ""),
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "if f(): pass",
        "while not f(): pass",
        "assert f()",
        "x = 1 if f() else 2",
        "x = f() and 1",
        "x = f() == 1",
        "x = [i for i in y if f()]",
        "if y or f(): pass",
    ],
)
def test_what_is_tested(statement: str) -> None:
    (call,) = parse(f"from m import f\n{statement}\n").calls
    assert call.usage is ResultUse.TESTED


@pytest.mark.parametrize(
    "statement",
    ["for i in f(): pass", "x = [i for i in f()]", "a, b = f()", "[*f()]", "len(*f())", "x = y = a, *b = f()"],
)
def test_what_is_iterated_over(statement: str) -> None:
    assert [call.usage for call in parse(f"from m import f\n{statement}\n").calls if call.callee == "f"] == [
        ResultUse.ITERATED
    ]


def test_either_side_of_a_choice_is_used_as_the_whole_under_its_own_condition() -> None:
    facts = parse("from m import f, g\ndef h(a):\n    x = f() if a is None else g()\n    return a or f()\n")
    assert [
        (call.usage, call.target, facts.branches[call.branch].kind, facts.branches[call.branch].test)
        for call in facts.calls
    ] == [
        (ResultUse.ASSIGNED, "x", BranchKind.IF, "a is None"),
        (ResultUse.ASSIGNED, "x", BranchKind.ELSE, "a is None"),
        (ResultUse.RETURNED, "", BranchKind.IF, "not a"),
    ]


def test_the_case_of_none_is_a_condition() -> None:
    facts = parse("def h(a):\n    match a:\n        case None: return 1\n        case 1: return 2\n")
    assert [branch.test for branch in facts.branches] == ["a is None", ""]


@pytest.mark.parametrize(
    ("body", "is_unread"),
    [
        ("x = f()", True),
        ("x = f()\n    x = f()", True),
        ("x = f() if y else None", True),
        ("x = f()\n    return x", False),
        ("x = f()\n    def g(): return x", False),
        ("y[0] = x = f()", False),
        ("x = y[0] = f()", False),
        ("x = f()\n    y = 'x'", True),
        ("x = f()\n    y = f'{x}'", False),
        ("global x\n    x = f()", False),
        ("x.y = f()", False),
    ],
)
def test_whether_a_result_is_kept_for_nothing(body: str, is_unread: bool) -> None:
    calls = [call for call in parse(f"from m import f\ndef h(y):\n    {body}\n").calls if call.callee == "f"]
    assert {call.is_unread for call in calls} == {is_unread}


@pytest.mark.parametrize(
    ("block", "expects"),
    [
        ("with pytest.raises(E):\n        f()", True),
        ("with pytest.raises(E): f()", True),
        ("with self.assertRaises(E):\n        await f()", True),
        ("with pytest.raises(E):\n        if y: f()", False),
        ("with pytest.raises(E):\n        x = f()", False),
        ("with pytest.raises(E):\n        x = await f()", True),
        ("with lock:\n        f()", False),
    ],
)
def test_statements_that_are_to_raise(block: str, expects: bool) -> None:
    (call,) = parse(f"from m import f\nasync def h(self, lock, y):\n    {block}\n").calls
    assert call.expects_error is expects


def test_attributes_that_take_a_result_and_are_awaited_or_handed_on() -> None:
    source = (
        "class A:\n    async def f(self, run):\n        self.a = f()\n        self.b = f()\n        self.c = f()\n"
        "        await self.b\n        run(self.c)\n        run(self.d)\n        await run\ndef f(): ...\n"
    )
    assert parse(source).awaited == ("self.b", "self.c")
