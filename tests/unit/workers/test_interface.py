from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest

from ssot_lint.errors import PluginError
from ssot_lint.workers import interface as seam
from ssot_lint.workers.interface import ENTRY_POINT_GROUP, load_executor
from ssot_lint.workers.processes import open_processes


def test_the_built_in_executor_is_found_by_name() -> None:
    assert load_executor("process") is open_processes


def test_an_unknown_executor_is_told_with_the_nearest() -> None:
    with pytest.raises(PluginError, match=r'no executor is called "proces"\. Did you mean process\?'):
        load_executor("proces")


def test_an_executor_that_lacks_its_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("cluster", "no_such_module:open", ENTRY_POINT_GROUP)
    monkeypatch.setattr(seam, "entry_points", lambda group: [point])
    with pytest.raises(PluginError, match='executor "cluster" cannot be loaded: No module named'):
        load_executor("cluster")
