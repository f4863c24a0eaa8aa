"""What binds, deletes and exports names."""

from __future__ import annotations

import pytest

from ssot_lint.model.facts import BindingKind
from tests.unit.extract.parsing import parse


def test_bindings_of_modules_and_classes_and_by_global() -> None:
    source = (
        "A = B = 1\nC: int = 2\nD += 1\nfor e in x: pass\n(f, [g]) = y\n"
        "class K:\n    h = []\ndef fn():\n    global A\n    A = {}\n    local = 1\ntype T = int\ndel C\n"
    )
    found = [(fact.name, fact.kind, fact.scope, fact.within, fact.line, fact.column) for fact in parse(source).bindings]
    assert found == [
        ("A", BindingKind.ASSIGN, 0, 0, 1, 1),
        ("B", BindingKind.ASSIGN, 0, 0, 1, 5),
        ("C", BindingKind.ANNOTATED, 0, 0, 2, 1),
        ("D", BindingKind.AUGMENTED, 0, 0, 3, 1),
        ("e", BindingKind.TARGET, 0, 0, 4, 5),
        ("f", BindingKind.TARGET, 0, 0, 5, 2),
        ("g", BindingKind.TARGET, 0, 0, 5, 6),
        ("h", BindingKind.ASSIGN, 1, 1, 7, 5),
        ("A", BindingKind.ASSIGN, 0, 2, 10, 5),
        ("T", BindingKind.TYPE_ALIAS, 0, 0, 12, 6),
        ("C", BindingKind.DELETED, 0, 0, 13, 5),
    ]


def test_assigned_names_end_with_their_statement_and_other_targets_where_they_stand() -> None:
    source = (
        "before = (\n    1\n)\nfor x in (\n    1,\n): pass\nwith y as z: pass\nif (w := 1): pass\n"
        "a, b = c = [\n    (d := 1),\n]\n"
    )
    assert [(fact.name, fact.line, fact.end_line) for fact in parse(source).bindings] == [
        ("before", 1, 3),
        ("x", 4, 4),
        ("z", 7, 7),
        ("w", 8, 8),
        ("a", 9, 11),
        ("b", 9, 11),
        ("c", 9, 11),
        ("d", 10, 11),
    ]


def test_names_deleted_in_nested_targets() -> None:
    facts = parse("del a, (b, [c]), d[0], e.f\n")
    assert [(fact.name, fact.kind) for fact in facts.bindings] == [(name, BindingKind.DELETED) for name in "abc"]
    assert [(fact.target, fact.operation) for fact in facts.mutations] == []


def test_captures_of_patterns_are_bound() -> None:
    source = "match x:\n    case [a, *b] | {'k': c, **d}: pass\n    case K(e) as f: pass\n    case _: pass\n"
    found = [(fact.name, fact.line, fact.column) for fact in parse(source).bindings]
    assert found == [("a", 2, 11), ("b", 2, 15), ("c", 2, 26), ("d", 2, 31), ("e", 3, 12), ("f", 3, 18)]


@pytest.mark.parametrize(
    ("source", "exports", "more"),
    [
        ("x = 1\n", None, False),
        ("__all__ = ['a', 'b']\n", ("a", "b"), False),
        ("__all__ = ('a',)\n__all__ += ['b']\n", ("a", "b"), False),
        ("__all__ = ['a'] + other.__all__\n", ("a",), True),
        ("__all__ = ['a']\n__all__.extend(['b'])\n__all__.append('c')\n", ("a", "b", "c"), False),
        ("__all__ = [name for name in x]\n", (), True),
        ("__all__: list[str] = ['a']\n", ("a",), False),
        ("__all__: Final = ('a', *other)\n", (), True),
        ("__all__: list[str]\n", None, False),
    ],
)
def test_exports(source: str, exports: tuple[str, ...] | None, more: bool) -> None:
    facts = parse(source)
    assert (facts.exports, facts.exports_more) == (exports, more)


@pytest.mark.parametrize(
    ("source", "dynamic"),
    [
        ("x = 1\n", False),
        ("def __getattr__(name): pass\n", True),
        ("class A:\n    def __getattr__(self, name): pass\n", False),
        ("@enum.global_enum\nclass Flag(enum.Flag): ...\n", True),
        ("globals()['x'] = 1\n", True),
        ("def f():\n    return globals()\n", True),
        ("def f():\n    return vars()\n", False),
        ("vars()['x'] = 1\n", True),
        ("sys.modules[__name__] = 1\n", True),
        ("exec('x = 1')\n", True),
        ("__getattr__, __dir__, __all__ = lazy.attach(__name__)\n", True),
        ("__getattr__ = make()\n", True),
        ("from .lazy import __getattr__\n", True),
        ("from .lazy import attach as __getattr__\n", True),
        ("def f():\n    from .lazy import __getattr__\n", False),
        ("loaded = 'pytest' in sys.modules\n", False),
        ("def f():\n    return sys.modules[__name__]\n", False),
        ("for name in list(sys.modules):\n    del sys.modules[name]\n", False),
        ("sys.modules.pop('x', None)\n", False),
        ("getattr(sys.modules[__name__], 'x')\n", False),
        ("sys.modules.update(x=1)\n", True),
        ("import sys as _sys\n_sys.modules[__name__] = 1\n", True),
        ("from sys import modules\nmodules[__name__] = 1\n", True),
        ("from sys import modules as loaded\nloaded['x'] = 1\n", True),
        ("import sys as _sys\nthis = _sys.modules[__name__]\nthis.x = 1\n", True),
        ("import shop as _sys\n_sys.modules['x'] = 1\n", False),
        ("modules = {}\nmodules['x'] = 1\n", False),
        ("import sys as _sys\nloaded = 'pytest' in _sys.modules\n", False),
        ("sys.modules.setdefault('x', y)\n", True),
        ("setattr(sys.modules[__name__], 'x', 1)\n", True),
        ("sys.modules[__name__].x = 1\n", True),
        ("sys.modules[__name__].__class__ = Lazy\n", True),
        ("sys.modules[__name__].__dict__.update(x=1)\n", True),
        ("vars(sys.modules[__name__])['x'] = 1\n", True),
        ("this = sys.modules[__name__]\nsetattr(this, 'x', 1)\n", True),
        ("this = sys.modules[__name__]\nthis.x = 1\n", True),
        ("this = sys.modules[__name__]\nprint(dir(this))\n", False),
        ("from public import public\npublic(cart=Cart())\n", True),
        ("from public import public\n@public\ndef cart(): ...\n", False),
        ("from public import public\ndef f():\n    public(cart=1)\n", False),
        ("from shop import public\npublic(cart=1)\n", False),
    ],
)
def test_modules_whose_names_are_not_all_visible(source: str, dynamic: bool) -> None:
    assert parse(source).is_dynamic is dynamic


def test_attributes_set_on_the_receiver() -> None:
    source = "class A:\n    def __init__(this, x):\n        this.x: int = x\n        this.y, z = x\n        x.n = 1\n"
    facts = parse(source)
    assert [(fact.owner, fact.name, fact.annotation) for fact in facts.attributes] == [
        ("this", "x", "int"),
        ("this", "y", ""),
    ]
