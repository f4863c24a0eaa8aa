from __future__ import annotations

import re
from collections.abc import Callable
from importlib.metadata import EntryPoint

import pytest

from ssot_lint.commands.options import BUILTIN_FORMATS
from ssot_lint.errors import PluginError, UsageError
from ssot_lint.reporters import installed, json_report
from ssot_lint.reporters.installed import ENTRY_POINT_GROUP, format_names, load_format

Install = Callable[..., None]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Makes these the only formats that are installed: name and value of each."""

    def replace(*formats: tuple[str, str]) -> None:
        points = [EntryPoint(name, value, ENTRY_POINT_GROUP) for name, value in formats]

        def entry_points(group: str, name: str | None = None) -> list[EntryPoint]:
            assert group == ENTRY_POINT_GROUP
            return [point for point in points if name in (None, point.name)]

        monkeypatch.setattr(installed, "entry_points", entry_points)

    return replace


def test_the_help_names_the_formats_that_come_along() -> None:
    assert sorted(re.split(r", | or ", BUILTIN_FORMATS)) == format_names()


def test_every_format_that_comes_along_can_be_loaded() -> None:
    formats = {name: load_format(name, "--format") for name in format_names()}
    assert {name for name, form in formats.items() if form.is_for_people} == {"text", "concise"}
    assert {name for name, form in formats.items() if form.shows_plan} == {"markdown", "github", "html"}
    assert {name for name, form in formats.items() if form.shows_surroundings} == {"html"}
    assert [name for name, form in formats.items() if form.job_summary] == ["github"]


def test_a_format_is_found_by_its_name(install: Install) -> None:
    install(("mine", "ssot_lint.reporters.json_report:FORMAT"), ("other", "no_such_module:FORMAT"))
    assert load_format("mine", "--format") is json_report.FORMAT


def test_an_unknown_name_is_answered_with_the_nearest(install: Install) -> None:
    install(("mine", "a:A"), ("other", "b:B"))
    with pytest.raises(UsageError, match=re.escape('--format: no format is called "mien". Did you mean mine?')):
        load_format("mien", "--format")


def test_without_any_format_the_installation_is_broken(install: Install) -> None:
    install()
    with pytest.raises(UsageError, match="Reinstall ssot-lint"):
        load_format("text", "--format")


def test_two_packages_cannot_offer_one_name(install: Install) -> None:
    install(("mine", "b:B"), ("mine", "a:A"))
    with pytest.raises(PluginError, match=re.escape('format "mine" is claimed twice, by a:A and by b:B')):
        load_format("mine", "--format")


def test_one_package_that_is_found_twice_is_one(install: Install) -> None:
    install(*[("mine", "ssot_lint.reporters.json_report:FORMAT")] * 2)
    assert load_format("mine", "--format") is json_report.FORMAT


def test_a_format_that_cannot_be_imported_is_named(install: Install) -> None:
    install(("mine", "no_such_module:FORMAT"))
    with pytest.raises(PluginError, match=r'format "mine" \(no_such_module:FORMAT\) cannot be loaded: ModuleNotFound'):
        load_format("mine", "--format")


def test_what_a_format_needs_comes_with_an_extra(install: Install) -> None:
    install(("mine", "no_such_module:FORMAT [drawn]"))
    with pytest.raises(PluginError, match=r"No module named 'no_such_module'.*pip install .*\[drawn\]'"):
        load_format("mine", "--format")


def test_something_else_is_no_format(install: Install) -> None:
    install(("mine", "ssot_lint.reporters.json_report:render_json"))
    with pytest.raises(PluginError, match="is not a format"):
        load_format("mine", "--format")
