"""Under which conditions code runs: guards and branches."""

from __future__ import annotations

import pytest

from ssot_lint.model.syntax import BranchKind, Exit, Guard
from tests.unit.extract.parsing import parse


@pytest.mark.parametrize(
    ("source", "guard"),
    [
        ("import a\n", Guard.NONE),
        ("if TYPE_CHECKING:\n    import a\n", Guard.TYPE_CHECKING),
        ("if not typing.TYPE_CHECKING:\n    import a\n", Guard.NONE),
        ("if TYPE_CHECKING:\n    pass\nelse:\n    import a\n", Guard.NONE),
        ("if x:\n    import a\n", Guard.CONDITION),
        ("if x:\n    pass\nelif y:\n    import a\n", Guard.CONDITION | Guard.ELSE),
        ("try:\n    import a\nexcept ImportError:\n    pass\n", Guard.TRY_IMPORT),
        ("try:\n    import a\nexcept (ValueError, ModuleNotFoundError):\n    pass\n", Guard.TRY_IMPORT),
        ("try:\n    import x\nexcept Exception:\n    import a\n", Guard.EXCEPT_IMPORT),
        ("try:\n    f()\nexcept Exception:\n    import a\n", Guard.TRY),
        ("with contextlib.suppress(ImportError):\n    import a\n", Guard.TRY_IMPORT),
        ("with suppress(Exception):\n    import a\n", Guard.TRY_IMPORT),
        ("with suppress(KeyError, Exception):\n    import a\n", Guard.TRY_IMPORT),
        ("with suppress(BaseException):\n    import a\n", Guard.TRY_IMPORT),
        ("with suppress(KeyError):\n    import a\n", Guard.NONE),
        ("with pytest.raises(Exception):\n    import a\n", Guard.NONE),
        ("with pytest.raises((KeyError, ImportError)):\n    import a\n", Guard.TRY_IMPORT),
        ("if __name__ == '__main__':\n    import a\n", Guard.MAIN),
        ("for x in y:\n    import a\n", Guard.CONDITION),
        ("class A:\n    import a\n", Guard.NONE),
    ],
)
def test_guards(source: str, guard: Guard) -> None:
    (fact,) = [fact for fact in parse(source).imports if fact.module == "a"]
    assert fact.guard == guard


def test_imports_in_functions_have_their_scope_and_no_outer_guard() -> None:
    facts = parse("if x:\n    def f():\n        from . import a as b\n")
    (fact,) = facts.imports
    assert (fact.module, fact.level, fact.name, fact.alias, fact.scope, fact.guard) == ("", 1, "a", "b", 1, Guard.NONE)


def test_branches_with_their_tests_exits_and_calls() -> None:
    source = (
        "from m import a, b, c, d, e, f, g\n"
        "def make(context, kind):\n"
        "    if context is None:\n"
        "        return a()\n"
        "    elif not kind or kind == 'x':\n"
        "        raise b()\n"
        "    else:\n"
        "        c()\n"
        "    try:\n"
        "        d()\n"
        "    except (KeyError, OSError):\n"
        "        return e()\n"
        "    for x in kind:\n"
        "        f()\n"
        "        continue\n"
        "    g()\n"
    )
    facts = parse(source)
    assert [(each.kind, each.test, each.parent, each.exit, each.line) for each in facts.branches] == [
        (BranchKind.IF, "context is None", -1, Exit.RETURN, 4),
        (BranchKind.ELSE, "context is None", -1, Exit.FALL_THROUGH, 5),
        (BranchKind.IF, 'not kind or kind == "x"', 1, Exit.RAISE, 6),
        (BranchKind.ELSE, 'not kind or kind == "x"', 1, Exit.FALL_THROUGH, 8),
        (BranchKind.TRY, "", -1, Exit.FALL_THROUGH, 10),
        (BranchKind.EXCEPT, "[KeyError, OSError]", -1, Exit.RETURN, 11),
        (BranchKind.LOOP, "", -1, Exit.JUMP, 14),
    ]
    assert [(call.callee, call.branch) for call in facts.calls] == [
        ("a", 0),
        ("b", 2),
        ("c", 3),
        ("d", 4),
        ("e", 5),
        ("f", 6),
        ("g", -1),
    ]
    (function,) = facts.functions
    assert [(value.text, value.branch) for value in function.returned] == [("a", 0), ("e", 5)]
