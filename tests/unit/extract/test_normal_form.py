"""What makes two bodies the same."""

from __future__ import annotations

from array import array

import pytest

from ssot_lint.model.facts import Body
from tests.unit.extract.parsing import parse

BODY = "    def total(self, tax):\n        return sum(self.lines) * (1 + tax)\n"


@pytest.mark.parametrize(
    "other",
    [
        "    def total(self, tax):\n\n        # why\n        return (sum(self.lines)\n            * (1 + tax))\n",
        '    """Doc."""\n' + BODY,
        "    def total(self, tax,):\n        'doc'\n        return sum(self.lines) * (1+tax);\n",
    ],
)
def test_the_normal_form_knows_no_formatting_comments_or_docstrings(other: str) -> None:
    (left,), (right,) = parse("class A:\n" + BODY).classes, parse("@deco\nclass B(A):\n" + other).classes
    assert left.body == right.body


@pytest.mark.parametrize(
    "other",
    [
        BODY.replace("*", "+"),
        BODY.replace("tax", "vat"),
        BODY.replace("def", "async def"),
        BODY.replace("self.lines", "*self.lines"),
        BODY.replace("1", "2"),
    ],
)
def test_the_normal_form_keeps_operators_names_and_values(other: str) -> None:
    (left,), (right,) = parse("class A:\n" + BODY).classes, parse("class A:\n" + other).classes
    assert left.body.digest != right.body.digest


@pytest.mark.parametrize("decorators", ["", "    @one\n", "    @one\n    @two(lambda x: x)\n"])
def test_the_line_before_a_definition_counts(decorators: str) -> None:
    (left,), (right,) = (parse(f"class A:\n    x = {value}\n{decorators}{BODY}").classes for value in (1, 2))
    assert left.body.statements == 2
    assert left.body.digest != right.body.digest


def test_decorators_count_for_the_body_around_them_and_for_nothing_else() -> None:
    plain, decorated = parse(f"class A:\n{BODY}"), parse(f"@own\n@other\nclass A:\n    @property\n{BODY}")
    assert plain.classes[0].body.digest != decorated.classes[0].body.digest
    assert plain.classes[0].body.lines == decorated.classes[0].body.lines
    assert plain.functions[0].body == decorated.functions[0].body
    assert parse(f"@own\nclass A:\n{BODY}").classes[0].body == plain.classes[0].body


def test_comparable_lines_leave_out_imports_signatures_docstrings_and_pass() -> None:
    source = "def f(x):\n    '''Doc.'''\n    import a\n    def g(): pass\n    y = x\n    return g\n"
    (function, _) = parse(source).functions
    assert function.body.statements == 2
    assert len(function.body.lines) == 8


METHOD = """\
class A:
    def total(self, tax, rate=1):
        result = sum(line.net(tax=tax) for line in self.lines)
        for share, _ in self.lines.shares(): result += share * LIMIT
        return self.total(result)
"""


def method_of(source: str) -> Body:
    return parse(source).functions[0].body


@pytest.mark.parametrize(
    "renames",
    [{"total": "amount"}, {"tax,": "vat,", "=tax": "=vat"}, {"result": "x"}, {"lines": "rows"}, {"self": "this"}],
)
def test_own_names_do_not_count_for_the_renamed_digest(renames: dict[str, str]) -> None:
    other = METHOD
    for old, new in renames.items():
        other = other.replace(old, new)
    assert method_of(METHOD).digest != method_of(other).digest or "total" not in renames
    assert method_of(METHOD).renamed_digest == method_of(other).renamed_digest != ""


@pytest.mark.parametrize(
    "renames",
    [
        {"LIMIT": "MOST"},
        {"sum": "max"},
        {"net(": "gross("},
        {"tax=": "vat="},
        {".shares": ".parts"},
        {"return self.total(result)": "return self.total(rate)"},
        {"result +=": "share +="},
    ],
)
def test_other_names_and_their_order_count_for_the_renamed_digest(renames: dict[str, str]) -> None:
    other = METHOD
    for old, new in renames.items():
        other = other.replace(old, new)
    assert method_of(METHOD).renamed_digest != method_of(other).renamed_digest


def test_words_in_strings_are_no_names() -> None:
    source = "def f(a):\n    x = ' a '\n    return x\n"
    assert method_of(source).renamed_digest != method_of(source.replace(" a ", " b ")).renamed_digest
    assert method_of(source).renamed_digest == method_of(source.replace("f(a)", "f(b)")).renamed_digest


def test_methods_have_lines_and_functions_in_functions_have_none() -> None:
    facts = parse("class A:\n    def m(self):\n        def g(): return 1\n        return g\n")
    assert [len(function.body.lines) for function in facts.functions] == [8, 0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("for a, b in x: pass", "for (a, b) in x: pass"),
        ("for a, (b, c) in x: pass", "for (a, (b, c)) in x: pass"),
        ("y = [a for a, b in x]", "y = [a for (a, b) in x]"),
        ("a, b = x", "(a, b) = x"),
        ("with x as (a, b): pass", "with (x) as (a, b): pass"),
    ],
)
def test_brackets_around_targets_do_not_count(one: str, other: str) -> None:
    (left,), (right,) = parse(f"class A:\n    {one}\n").classes, parse(f"class A:\n    {other}\n").classes
    assert left.body == right.body
    (f,), (g,) = parse(f"def f(x):\n    {one}\n").functions, parse(f"def f(x):\n    {other}\n").functions
    assert f.body == g.body


FLAT = """def flat(rows, prefix="", *, sep="."):
    found = {}
    for key, row in rows.items():
        key = prefix + sep + key
        found.update(flat(row, prefix=key, sep=other(sep=sep)))
    return found
"""


@pytest.mark.parametrize(
    ("renames", "is_equal"),
    [
        ({"prefix": "lead"}, True),
        ({"prefix": "lead", "flat": "squash"}, True),
        ({"prefix": "lead", "sep": "glue", "other(glue=": "other(sep="}, True),
        ({"sep": "glue"}, False),
        ({"prefix=key": "start=key"}, False),
        ({"prefix=key": "sep=key"}, False),
    ],
)
def test_keywords_of_a_call_of_itself_are_own_names(renames: dict[str, str], is_equal: bool) -> None:
    other = FLAT
    for old, new in renames.items():
        other = other.replace(old, new)
    assert (method_of(FLAT).renamed_digest == method_of(other).renamed_digest) is is_equal


@pytest.mark.parametrize(("renames", "is_equal"), [({"prefix": "lead"}, True), ({"self.flat": "self.other"}, False)])
def test_a_method_that_calls_itself(renames: dict[str, str], is_equal: bool) -> None:
    method = FLAT.replace("flat(", "flat(self, ", 1).replace("(flat(", "(self.flat(")
    other = method
    for old, new in renames.items():
        other = other.replace(old, new)
    one, two = (parse("class A:\n    " + text.replace("\n", "\n    ") + "\n").functions[0] for text in (method, other))
    assert (one.body.renamed_digest == two.body.renamed_digest) is is_equal


LONG = METHOD.replace(
    "        return", "".join(f"        print({n}, result, LIMIT)\n" for n in range(8)) + "        return"
)


def test_a_long_function_keeps_its_lines_without_own_names() -> None:
    renamed = LONG.replace("result", "x").replace("total", "amount").replace("lines", "rows").replace("line", "row")
    one, other = method_of(LONG), method_of(renamed)
    assert one.renamed_lines == other.renamed_lines != b""
    assert len(one.renamed_lines) == len(one.lines)
    foreign = method_of(LONG.replace("print(3, result, LIMIT)", "print(3, result, OTHER)"))
    assert sum(a != b for a, b in zip(hashes(one), hashes(foreign), strict=True)) == 1
    assert method_of(METHOD).renamed_lines == b""


def hashes(body: Body) -> list[int]:
    found = array("I")
    found.frombytes(body.renamed_lines)
    return found.tolist()


@pytest.mark.parametrize(
    ("inside", "after"),
    [
        ("for each in x:\n        a(each)\n        b(each)\n", "for each in x:\n        a(each)\n    b(each)\n"),
        (
            "if x:\n        a(x)\n    else:\n        b(x)\n        return x\n",
            "if x:\n        a(x)\n    else:\n        b(x)\n    return x\n",
        ),
        ("with x:\n        a()\n        return b\n", "with x:\n        a()\n    return b\n"),
        (
            "try:\n        a()\n    finally:\n        b()\n        c()\n",
            "try:\n        a()\n    finally:\n        b()\n    c()\n",
        ),
        ("def inner():\n        a()\n        b()\n", "def inner():\n        a()\n    b()\n"),
        (
            "while x:\n        if x:\n            a()\n            break\n",
            "while x:\n        if x:\n            a()\n        break\n",
        ),
    ],
)
def test_where_a_block_ends_counts(inside: str, after: str) -> None:
    """As `format_exception` of jupyter_server, of which one copy returned in the last branch only."""
    bodies = [parse(f"def f(x):\n    {text}").functions[0].body for text in (inside, after)]
    assert bodies[0].digest != bodies[1].digest
    assert bodies[0].lines == bodies[1].lines
    renamed = parse(f"def g(x):\n    {inside}").functions[0].body
    assert renamed.digest == bodies[0].digest


def test_a_block_on_one_line_is_that_block() -> None:
    one, other = (
        parse(f"def f(x):\n    if x:{space}return 1\n    return x\n").functions[0].body for space in (" ", "\n        ")
    )
    assert one == other
