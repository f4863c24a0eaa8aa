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
