"""The executor on a dask cluster, on one of processes of this machine."""

from __future__ import annotations

import concurrent.futures
import os
import time
from collections.abc import Iterator

import pytest

from ssot_lint.workers.dask import open_dask
from ssot_lint.workers.interface import Executor

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    with open_dask(1) as executor:
        yield executor


def double(number: int) -> int:
    return 2 * number


def die(status: int) -> None:
    os._exit(status)


def test_results_come_back(executor: Executor) -> None:
    futures = [executor.submit(double, number, 60) for number in range(5)]
    assert [future.result() for future in futures] == [0, 2, 4, 6, 8]


def test_a_task_that_dies_harms_no_other(executor: Executor) -> None:
    before = executor.submit(double, 1, 60)
    dead = executor.submit(die, 1, 60)
    after = executor.submit(double, 2, 60)
    assert (before.result(), after.result()) == (2, 4)
    assert dead.exception() is not None


def test_a_task_that_overruns_its_deadline_is_ended(executor: Executor) -> None:
    with pytest.raises(concurrent.futures.TimeoutError):  # one of its own before Python 3.11
        executor.submit(time.sleep, 60, 0.5).result()
    assert executor.submit(double, 1, 60).result() == 2
