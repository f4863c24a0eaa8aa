"""A comment silences the same code after ``ruff format`` as before, at any length of lines."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssot_lint.model.directives import directives_with_lines
from tests.unit.extract.parsing import parse

WIDTHS = (60, 88, 120)
COMMENT = "# ssot-lint: ignore[SSOT101] a reason"

TEXT = '''
=== behind a header
def S1(one, two, three=S2(), *, a_longer_name: int = 4) -> S3[int, str]:  #C
    return S4
=== behind a decorated header
@S1
@S2(one, two, three=S3())
def S4(one, two, three, four, five, six, seven):  #C
    pass
=== behind a decorator
@S1  #C
@S2(one, two, three=[1, 2, 3, 4, 5, 6, 7, 8, 9])
class S3(Base):
    pass
=== in a decorator
@S1(
    one,  #C
    two,
)
async def S2(one):
    pass
=== between decorators
@S1
#C
@S2
def S3(one):
    pass
=== above a class
import os

value = S1
#C
class S2(One, Two, Three, metaclass=Four, keyword=S3(five, six, seven)):
    S4 = 1
=== behind a class in one line
S1 = 1
class S2: pass  #C
class S3: ...  #C
S4 = 1
=== behind a function in one line
def S1(one): return S2(one, [two, three], four=five, six=seven)  #C
S3 = 1
=== behind an import
from package.module import S1, S2 as another_name, S3 as a_third_name_that_is_long  #C
import S4
=== at one name of an import
from package.module import (S1,
    S2,  #C
    S3)
=== behind the bracket of an import
from package.module import (  #C
    S1, S2)
=== above an import
import S1
#C
from package.module import S2, S3 as a_long_name_for_it, S4 as another_name_for_it
=== above a name of an import
from package.module import (
    S1,
    #C
    S2,
    S3
)
=== behind a call
value = S1(S2(one, two), three=S3(four), five=[S4, six, seven], eight={nine: S5})  #C
S6 = 1
=== behind an operator
value = S1(one, two) + S2(three, four, five) + S3(six, seven, eight, nine, ten, eleven)  #C
=== behind a return
def S1(one):
    value = S2
    return one and S3(one, two, three) and S4(one, two, three, four, five)  #C
=== behind a chain
value = S1.filter(one, two).order_by(three, four).values(five, S2(six), seven).first(eight)  #C
=== behind an argument
value = S1(one,
    S2(two, [three, four, five, six, seven], eight=nine, ten=S3(eleven, twelve)),  #C
    S4())
=== behind an entry
TABLE = {
    "one": S1(1),
    "two": S2(2, 3, 4, 5, 6, 7, 8, 9, 10, keyword=S3(eleven, twelve)),  #C
    "three": S4(3)}
=== above an entry
TABLE = [
    S1(1),
    #C
    S2(2, 3, 4, 5, 6, 7, 8, 9, 10, keyword=S3(eleven, twelve), thirteen=14),
    S4,
]
=== above a statement
S1()
#C
value = S2(S3(one, two), three=S4(four), five=[S5, six, seven], eight=nine, ten=11)
S6()
=== behind a condition
if S1(one, two) and not S2(three, four) or S3(five, six, seven, eight, nine, ten):  #C
    S4()
=== behind a with
with S1(one, two) as three, S2(four, five) as six, S3(seven, eight, nine) as ten:  #C
    S4()
=== behind a long text
TEXT = """
( [ # "
"""  #C
S1 = f"({one}" + S2(f"[{two:{three}}", four, five, six, seven)  #C
S3 = 1
=== behind a conditional expression
value = S1(one) if two else S2(three, four, five) if six else S3(seven, eight, nine)  #C
=== behind a lambda
value = lambda one, two: S1(one, two, three) if four else S2(five, six, seven, eight)  #C
'''
# What stands in the text after a name; #C is the comment.
PLACES = {
    name: f"{source}\n" for name, _, source in (part.partition("\n") for part in TEXT.rstrip().split("\n=== ")[1:])
}


def formatted(source: str, width: int) -> str:
    command = [sys.executable, "-m", "ruff", "format", "--isolated", f"--line-length={width}", "-"]
    return subprocess.run(command, input=source, capture_output=True, text=True, check=True).stdout


def silenced(source: str) -> list[str]:
    """The names S1, S2... in lines that a comment is about, with the number of comments."""
    lines = source.splitlines()
    return sorted(
        name
        for _, about in directives_with_lines(parse(source))
        for line in about
        for name in re.findall(r"\bS\d+\b", lines[line - 1])
    )


@pytest.mark.parametrize("place", PLACES)
def test_a_comment_silences_the_same_when_it_was_formatted(place: str) -> None:
    source = PLACES[place].replace("#C", COMMENT)
    expected = silenced(source)
    assert expected
    for width in (*WIDTHS, *reversed(WIDTHS)):
        source = formatted(source, width)
        assert silenced(source) == expected, source


@st.composite
def modules(draw: st.DrawFn) -> str:
    """Some of the places after and in one another, each name once."""
    blocks = draw(st.lists(st.sampled_from(sorted(PLACES.values())), min_size=2, max_size=6))
    depths = draw(st.lists(st.integers(0, 2), min_size=len(blocks), max_size=len(blocks)))
    reason = draw(st.sampled_from(["", " why", " a reason that is so long that it alone fills most of a line of code"]))
    text, deepest = "", 0
    for number, (block, depth) in enumerate(zip(blocks, depths, strict=True)):
        depth = min(depth, deepest)
        named = re.sub(r"\bS(\d+)\b", rf"S{number}\1", block)
        text += re.sub(r"(?m)^(?=.)", "    " * depth, f"{named}class N{number}:\n    one = 1\n")
        deepest = depth + 1
    return text.replace("#C", f"# ssot-lint: ignore[SSOT101]{reason}")


@settings(max_examples=25, deadline=None)
@given(modules(), st.permutations(WIDTHS))
def test_comments_silence_the_same_in_any_module(source: str, widths: list[int]) -> None:
    texts = [source]
    for width in widths:
        texts.append(formatted(texts[-1], width))
    for before, after in pairwise(texts):
        assert silenced(before) == silenced(after), after
