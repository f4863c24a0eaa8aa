from __future__ import annotations

import pytest

from ssot_lint.model.syntax import Exit
from tests.unit.extract.parsing import parse


def notices(docstring: str) -> list[str]:
    """The notice of a module, a class and a function with that docstring."""
    text = '"""' + docstring + '"""\n'
    indented = text.replace("\n", "\n    ").rstrip(" ")
    facts = parse(f"{text}class A:\n    {indented}def f():\n    {indented}")
    return [facts.notice, facts.classes[0].notice, facts.functions[0].notice]


@pytest.mark.parametrize(
    ("docstring", "notice"),
    [
        ("Orders.\n\nDEPRECATED: use shop.carts\ninstead.\n\nMore.", "DEPRECATED: use shop.carts instead."),
        ("Orders.\n\nText.\n\nDEPRECATED. Use carts.", "DEPRECATED. Use carts."),
        ("Orders.\n\nDEPRECATED", "DEPRECATED"),
        ("Orders.\n\nThis code file will be deprecated\nsoon.", "This code file will be deprecated soon."),
        ("Orders.\n\nThis module is now Deprecated.", "This module is now Deprecated."),
        ("Deprecated module.\n\n.. deprecated:: 2.0\n    Use carts.\n", ".. deprecated:: 2.0 Use carts."),
    ],
)
def test_a_later_paragraph_may_declare_its_owner_deprecated(docstring: str, notice: str) -> None:
    assert notices(docstring) == [notice] * 3


@pytest.mark.parametrize(
    "docstring",
    [
        "Orders.",
        "Orders.\nDEPRECATED in mid paragraph.",
        "Orders.\n\nDeprecated orders are kept.",
        "Orders.\n\nDEPRECATED orders are kept.",
        "Orders.\n\nThis argument is deprecated.",
        "Orders.\n\nThis module is not deprecated.",
        "Orders.\n\n.. deprecated:: 2.0\n   The parameter.",
        "Orders.\n\n    Nothing DEPRECATED.",
    ],
)
def test_other_paragraphs_declare_nothing(docstring: str) -> None:
    assert notices(docstring) == [""] * 3


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ('w("a " "b", DeprecationWarning)', "a b"),
        ('w("a " + "b" + c, DeprecationWarning)', "a b{}"),
        ('w(f"a {b} c", DeprecationWarning)', "a {} c"),
        ('w("a %s" % b, DeprecationWarning)', "a %s"),
        ('w("a {0}".format(b), category=DeprecationWarning)', "a {0}"),
        ('w(DeprecationWarning("a"))', "a"),
        ("w(a, DeprecationWarning)", ""),
    ],
)
def test_the_text_of_a_warning_is_that_of_all_its_literals(call: str, message: str) -> None:
    facts = parse(f"from warnings import warn as w\n{call}\n")
    assert [fact.message for fact in facts.deprecations] == [message]


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("import warnings as w\nw.warn('a', DeprecationWarning)\n", 1),
        ("from warnings import warn\nwarn('a', DeprecationWarning)\n", 1),
        ("import warnings\nissubclass(a, DeprecationWarning)\n", 0),
        ("import warnings\nf = lambda: warnings.warn('a', DeprecationWarning)\n", 0),
        ("import warnings\nf = lambda: 1\nwarnings.warn('a', DeprecationWarning)\n", 1),
        ("from other import warn as w\nw('a', DeprecationWarning)\n", 0),
    ],
)
def test_warnings_are_known_by_what_is_called(source: str, count: int) -> None:
    assert len(parse(source).deprecations) == count


@pytest.mark.parametrize(
    "source",
    [
        "from a import X  # noqa: F401\n",
        "from a import X  # noqa\n",
        "from a import X  # NOQA: E501, F401 - for others\n",
        "from a import X  # pylint: disable=unused-import\n",
        "from a import (  # noqa: F401\n    X,\n)\n",
        "from a import (\n    X,  # noqa: F401\n)\n",
        "from a import (\n    X,\n)  # noqa: F401\n",
        "# ruff: noqa: F401\nfrom a import X\n",
        "# pylint: disable=unused-import\nfrom a import X\n",
        '"""Offers `X`."""\nfrom a import X  # noqa: F401\n',
        "from a import X  # re-exported\nX()\n",
        "from a import X  # kept for backwards compatibility\nX()\n",
        "# Re-exports:\nfrom b import Y\nfrom a import X\nX()\n",
        "# Import X to allow unpickling classes from here\nfrom a import X\nX()\n",
        "from a import X  # part of the public API\nX()\n",
        "from a import X  # for easier access\nX()\n",
        "from a import X  # importable from here\nX()\n",
        "from a import X, Y\nX, Y  # noqa\nX()\n",
        "from a import X\nX\nX()\n",
        "from a import X\n__ALL__ = [\n    'X',\n]\nX()\n",
        "from a import X\n__ALL__: tuple[str, ...] = ('Y', 'X')\nX()\n",
    ],
)
def test_a_file_declares_what_is_passed_on(source: str) -> None:
    assert "X" in [fact.bound_name for fact in parse(source).imports if fact.is_reexport]


@pytest.mark.parametrize(
    "source",
    [
        "from a import X\n",
        "from a import X  # noqa: E501\n",
        "from a import X  # noqa: F401\nX()\n",
        "from a import X  # noqa: F401\ndef f(x: 'X'): ...\n",
        "from a import (\n    X,\n    Y,  # noqa: F401\n)\n",
        "# Re-exports:\n\nfrom a import X\n",
        "text = '# noqa: F401'\nfrom a import X\n",
        'from a import X\ntext = """\nX\n"""\n',
        "from a import X\nX()\n# X\n",
        "from a import X\ndef f():\n    X, Y\n",
        "from a import X\n__ALL__ = ['Y']\n",
    ],
)
def test_other_comments_and_names_that_are_used_declare_nothing(source: str) -> None:
    assert [fact for fact in parse(source).imports if fact.is_reexport and fact.bound_name == "X"] == []


@pytest.mark.parametrize(
    ("body", "raises"),
    [("raise ImportError", True), ("'''Text.'''; raise ImportError(a)", True), ("return 1", False), ("...", False)],
)
def test_functions_that_end_with_a_raise(body: str, raises: bool) -> None:
    assert (parse(f"def f(): {body}\n").functions[0].exit is Exit.RAISE) is raises


@pytest.mark.parametrize(
    ("beside", "is_shared"),
    [
        ("  # class var to update it once", True),
        ("  # one for all instances", True),
        ("  # filled once per session", True),
        ("  # the items", False),
        ("\n    # shared", False),
    ],
)
def test_a_comment_beside_may_say_so_too(beside: str, is_shared: bool) -> None:
    facts = parse(f"class A:\n    items = []{beside}\n    others = []\n")
    assert [fact.is_said_shared for fact in facts.bindings] == [is_shared, "\n" in beside]


@pytest.mark.parametrize(
    ("above", "is_shared"),
    [
        ("    # Shared by all.\n", True),
        ("    # Two baskets share\n    # what they have.\n", True),
        ("    # A cache of icons.\n", True),
        ("    # Cached, so that both find the same.\n    # More.\n    # And more.\n", True),
        ("    # Shared by all.\n\n", False),
        ("    # The items.\n", False),
        ("    shared = 1\n", False),
        ("", False),
    ],
)
def test_a_comment_may_say_that_a_variable_is_shared(above: str, is_shared: bool) -> None:
    facts = parse(f"class A:\n{above}    items = []\n")
    assert [fact.is_said_shared for fact in facts.bindings if fact.name == "items"] == [is_shared]
