"""What functions mention of the names of their module."""

from __future__ import annotations

from tests.unit.extract.parsing import parse

SOURCE = """\
import os
from m import helper as help_me, List
LIMIT = COUNT = SHADOWED = local = 1
class Thing: ...
def f(a, b=LIMIT, *, c=Thing(os.sep)):
    global COUNT
    COUNT = [1]
    def SHADOWED(): return help_me(a.LIMIT, LIMIT=1)
    from x import local
    return SHADOWED, local, print, unknown
def g(LIMIT): return LIMIT, 'os'
class K:
    def m(self): return f
"""


def test_names_of_the_module_that_functions_and_their_defaults_mention() -> None:
    facts = parse(SOURCE)
    assert {function.name: facts.mentioned_by(function) for function in facts.functions} == {
        "f": ("COUNT", "LIMIT", "Thing", "help_me", "os"),
        "SHADOWED": ("help_me",),
        "g": (),
        "m": ("f",),
    }


def test_names_that_the_normal_form_has_for_nodes_too_and_those_that_each_module_has() -> None:
    facts = parse(
        "from m import List, Name\ndef f(x):\n    return [x], __file__\ndef g(x):\n    return List, Name(x)\n"
    )
    assert [facts.mentioned_by(function) for function in facts.functions] == [("__file__",), ("List", "Name")]


def test_what_the_values_of_a_module_mention() -> None:
    facts = parse(
        "import logging\nfrom m import List\nlog = logging.getLogger(__name__)\nA = 1\nB = [A, len]\n"
        "C: List[int] = [B]\nfor D in B: pass\nclass K:\n    x = A\n"
    )
    assert {fact.name: fact.names for fact in facts.bindings} == {
        "log": ("__name__", "logging"),
        "A": (),
        "B": ("A",),
        "C": ("B",),
        "D": (),
        "x": (),
    }
    assert [fact.name for fact in facts.bindings if fact.digest] == ["log", "A", "B", "C", "x"]


def test_equal_statements_have_one_digest_whatever_their_layout() -> None:
    one, other, third = (
        parse(text).bindings[0].digest for text in ("A = (1, 'x')", 'A = (\n  1, "x",\n)', "A = (1, 'y')")
    )
    assert one == other != third
