"""What makes two bodies the same."""

from __future__ import annotations

import pytest

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
