"""Facts of real files against an independent reader."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from benchmarks.wheels import wheel_sources
from ssot_lint.extract.extractor import extract
from ssot_lint.model.facts import ModuleFacts, ResultUse
from tests.fuzz.compare import problems
from tests.fuzz.zoo import ZOO

pytestmark = pytest.mark.slow

WHEEL = "django==5.2"
EVERY = 8
"""All of the wheel would take half a minute."""


def facts_of(content: bytes) -> ModuleFacts:
    facts = extract(content)
    assert isinstance(facts, ModuleFacts)
    return facts


def test_facts_of_a_real_wheel_are_what_ast_reads() -> None:
    sources = wheel_sources(WHEEL)
    sample = list(sources)[::EVERY]
    assert {path: found for path in sample if (found := problems(facts_of(sources[path]), sources[path]))} == {}


@pytest.mark.parametrize("content", ZOO)
def test_facts_of_awkward_code_are_what_ast_reads(content: bytes) -> None:
    assert problems(facts_of(content), content) == []


SOURCE = b"""\
import a
@a.mark
class K(a.B):
    x = 1
    def m(self, p):
        self.y = a.call('text')
        return a.items[p]
"""


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("imports", {"module": "b"}),
        ("imports", {"column": 1}),
        ("classes", {"line": 2}),
        ("classes", {"bases": ()}),
        ("classes", {"decorators": ()}),
        ("functions", {"end_line": 6}),
        ("functions", {"parameters": ()}),
        ("functions", {"global_mentions": ()}),
        ("bindings", {"end_line": 5}),
        ("bindings", {"value": None}),
        ("attributes", {"owner": "cls"}),
        ("calls", {"callee": "a.other"}),
        ("calls", {"column": 10}),
        ("calls", {"usage": ResultUse.TESTED}),
        ("calls", {"arguments_text": "\0\0"}),
        ("item_reads", {"target": "os.environb"}),
        ("strings", {"line": 5}),
    ],
)
def test_the_comparison_notices_what_is_wrong(kind: str, change: Mapping[str, object]) -> None:
    facts = facts_of(SOURCE)
    assert problems(facts, SOURCE) == []
    (fact,) = getattr(facts, kind)
    assert problems(replace(facts, **{kind: (replace(fact, **change),)}), SOURCE) != []
