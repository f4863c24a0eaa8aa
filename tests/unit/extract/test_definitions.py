"""Classes, functions, their scopes, and what they return and warn of."""

from __future__ import annotations

import pytest

from ssot_lint.model.facts import BindingKind, ParameterKind
from ssot_lint.model.syntax import Exit, Guard, ValueKind
from tests.unit.extract.parsing import parse


def test_a_class_with_bases_keywords_and_decorators() -> None:
    (cls,) = parse('@register("x")\nclass A(Base[T], b.C, metaclass=Meta):\n    """Doc.\n\n    More."""\n').classes
    assert (cls.name, cls.bases, cls.keywords, cls.docstring) == (
        "A",
        ("Base", "b.C"),
        (("metaclass", "Meta"),),
        "Doc.",
    )
    assert [(decorator.name, decorator.arguments_text, decorator.line) for decorator in cls.decorators] == [
        ("register", '"x"', 1)
    ]


def test_qualified_names_and_parents_of_scopes() -> None:
    facts = parse("class A:\n    class B:\n        def m(self):\n            def inner(): pass\n")
    assert [scope.qualname for scope in facts.scopes] == ["", "A", "A.B", "A.B.m", "A.B.m.inner"]
    assert [scope.parent for scope in facts.scopes] == [-1, 0, 1, 2, 3]


def test_parameters_in_every_kind() -> None:
    (function,) = parse("async def f(a, /, b: int, *args, c='x', **kw) -> 'Foo': pass\n").functions
    assert [(parameter.name, parameter.kind, parameter.annotation) for parameter in function.parameters] == [
        ("a", ParameterKind.POSITIONAL_ONLY, ""),
        ("b", ParameterKind.POSITIONAL, "int"),
        ("args", ParameterKind.VAR_POSITIONAL, ""),
        ("c", ParameterKind.KEYWORD_ONLY, ""),
        ("kw", ParameterKind.VAR_KEYWORD, ""),
    ]
    assert function.is_async
    assert function.returns == "Foo"


def test_returned_values_stand_for_what_local_variables_hold() -> None:
    source = "def f(x):\n    if x:\n        a = Foo(x)\n    else:\n        a = make()\n    return a\n"
    (function,) = parse(source).functions
    assert [(value.kind, value.text, value.via) for value in function.returned] == [
        (ValueKind.CALL, "Foo", "a"),
        (ValueKind.CALL, "make", "a"),
    ]


def test_returned_alternatives_and_none() -> None:
    source = "async def f(x):\n    if x:\n        return\n    return x or (A() if x else await b())\n"
    (function,) = parse(source).functions
    assert [(value.kind, value.text, value.awaited) for value in function.returned] == [
        (ValueKind.NONE, "", False),
        (ValueKind.OTHER, "", False),
        (ValueKind.CALL, "A", False),
        (ValueKind.CALL, "b", True),
    ]


def test_generators_are_told_apart() -> None:
    facts = parse("def g():\n    yield 1\ndef f():\n    def inner():\n        yield\n    return inner\n")
    assert {function.name: function.is_generator for function in facts.functions} == {
        "g": True,
        "f": False,
        "inner": True,
    }


def test_deprecation_warnings() -> None:
    source = (
        "import warnings\n"
        "warnings.warn('gone soon', DeprecationWarning, stacklevel=2)\n"
        "def f(x):\n"
        "    if x:\n"
        "        warnings.warn('old ' + x, category=RemovedInDjango60Warning)\n"
        "    warnings.warn('fine', UserWarning)\n"
    )
    assert [(fact.scope, fact.guard, fact.message, fact.line) for fact in parse(source).deprecations] == [
        (0, Guard.NONE, "gone soon", 2),
        (1, Guard.CONDITION, "old {}", 5),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("x = A()\nx = B()\nreturn x", ["B"]),
        ("x = A()\nif c:\n    x = B()\nreturn x", ["A", "B"]),
        ("if c:\n    x = A()\n    return x\nx = B()\nreturn x", ["A", "B"]),
        ("x = None\nif c:\n    x = A()\n    x = B()\n    return x\nreturn None", ["B", ""]),
        ("x = A()\ntry:\n    x = B()\nexcept E:\n    return x\nreturn x", ["A", "B", "A", "B"]),
        ("x = A()\nfor i in c:\n    if i:\n        return x\n    x = B()", ["A", "B"]),
        ("x = A()\nx += B()\nreturn x", ["A", ""]),
        ("c = c or A()\nreturn c", ["c", "A"]),
        ("if (x := A()):\n    return x", ["A"]),
        ("for x in c: pass\nreturn x", [""]),
        ("x = A()\nwith c as x: pass\nreturn x", ["A", ""]),
    ],
)
def test_a_later_assignment_ends_the_earlier_ones_if_it_surely_runs(body: str, expected: list[str]) -> None:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    (function,) = parse(f"def f(c):\n{lines}").functions
    assert [value.text for value in function.returned] == expected


def test_a_walrus_keeps_its_value() -> None:
    facts = parse("if (x := Client()): pass\ndef f():\n    if (y := Client()): y.send()\n")
    assert [(binding.kind, binding.value and binding.value.text) for binding in facts.bindings] == [
        (BindingKind.TARGET, "Client")
    ]


def test_what_is_yielded() -> None:
    (function,) = parse("def f():\n    x = A()\n    yield x\n    yield from y\n    z = yield\n").functions
    assert [(value.kind, value.text, value.via, value.line) for value in function.yielded] == [
        (ValueKind.CALL, "A", "x", 3),
        (ValueKind.NONE, "", "", 5),
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("raise E", Exit.RAISE),
        ("return", Exit.RETURN),
        ("pass", Exit.FALL_THROUGH),
        ("if x: raise E", Exit.FALL_THROUGH),
    ],
)
def test_how_a_function_ends(body: str, expected: Exit) -> None:
    (function,) = parse(f"def f():\n    {body}\n").functions
    assert function.exit is expected
