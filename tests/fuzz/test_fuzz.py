"""Generated programs and mutated real files through extraction and scans. ``benchmarks.soak`` does it for long."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from benchmarks.wheels import wheel_sources
from ssot_lint.extract.extractor import extract
from ssot_lint.model.facts import ModuleFacts
from ssot_lint.workers.interface import Executor
from ssot_lint.workers.processes import open_processes
from tests.fuzz.mutations import mutants, programs, several
from tests.fuzz.properties import check_extraction, check_indexes, check_neighbours, check_scan
from tests.fuzz.zoo import ZOO

pytestmark = pytest.mark.slow


def files() -> list[bytes]:
    return [*ZOO * 5, *list(wheel_sources("django==5.2").values())[::40]]


# Deferred: to collect these tests needs no wheel.
MUTANTS = st.deferred(lambda: mutants(files()))
PROJECTS = st.deferred(lambda: several(files()))

quick = settings(
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
"""The same programs in every run: a failure is seen by whoever caused it. The soak looks for new ones."""


@pytest.fixture(scope="module")
def worker() -> Iterator[Executor]:
    with open_processes(1) as executor:
        yield executor


@pytest.fixture(scope="module")
def workers() -> Iterator[Executor]:
    with open_processes(2) as executor:
        yield executor


@settings(quick, max_examples=400)
@given(content=MUTANTS)
def test_mutated_files_have_exact_facts_or_a_failure(worker: Executor, content: bytes) -> None:
    check_extraction(content, worker)


@settings(quick, max_examples=8)
@given(content=programs())
def test_generated_programs_have_exact_facts(worker: Executor, content: bytes) -> None:
    check_extraction(content, worker)


@settings(quick, max_examples=15)
@given(contents=PROJECTS)
def test_no_file_changes_what_is_known_about_another(
    worker: Executor, workers: Executor, contents: dict[str, bytes]
) -> None:
    check_neighbours(contents, worker, workers)


@settings(quick, max_examples=60)
@given(contents=PROJECTS)
def test_scans_end_and_do_not_depend_on_the_order_of_files(contents: dict[str, bytes]) -> None:
    check_scan(contents)


@pytest.mark.parametrize(
    ("fact", "change"),
    [
        ("calls", {"scope": 9}),
        ("calls", {"line": 0}),
        ("calls", {"branch": 3}),
        ("functions", {"parent": -1}),
        ("bindings", {"end_line": 5}),
    ],
)
def test_indexes_that_point_nowhere_are_noticed(fact: str, change: dict[str, int]) -> None:
    facts = extract(b"x = 1\ndef f(): f()\n")
    assert isinstance(facts, ModuleFacts)
    check_indexes(facts)
    (first, *_) = getattr(facts, fact)
    with pytest.raises(AssertionError):
        check_indexes(replace(facts, **{fact: (replace(first, **change),)}))
