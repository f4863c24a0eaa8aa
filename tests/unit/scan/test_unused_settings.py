"""Which entries of a configuration file match nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import pytest
from msgspec import Meta

from ssot_lint.config.load import load_settings
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project
from ssot_lint.rules.registry import Registered, RuleSet
from ssot_lint.rules.rule import Rule
from ssot_lint.rules.selection import activate
from ssot_lint.scan.unused_settings import config_file, unused_entries
from ssot_lint.testing import project_at


@dataclass(frozen=True)
class Alpha(Rule):
    """Finds alphas."""

    code = "TEST101"
    name = "alpha-rule"
    family = "tests"
    severity = Severity.HIGH

    fronts: Annotated[tuple[str, ...], Meta(extra={"matches": "modules"})] = ("default",)
    words: Annotated[tuple[str, ...], Meta(description="anything")] = ()

    def check(self, project: Project) -> Iterator[Finding]:
        raise NotImplementedError


@dataclass(frozen=True)
class Beta(Alpha):
    """Finds betas."""

    code = "TEST201"
    name = "beta-rule"
    on_by_default = False


KNOWN = RuleSet((Registered(Alpha, "tests"), Registered(Beta, "tests")))


def unused(root: Path, toml: str, options: dict[str, object] | None = None) -> list[tuple[str, str, int]]:
    (root / "shop").mkdir()
    (root / "shop" / "cart.py").write_text("class Cart:\n    def add(self): print('cart_opened')\n")
    (root / "ssot-lint.toml").write_text(toml)
    settings = load_settings(root, options=options or {}, environment={})
    file = config_file(root, KNOWN, settings)
    assert file is not None
    rules = [active.rule for active in activate(KNOWN, settings)]
    project = project_at(root, settings.config.components, settings.config.plugin_root)
    entries = unused_entries(file, project, [module.path for module in project.modules], rules)
    return [(entry.key, entry.value, entry.location.line) for entry in entries]


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ("ignore = [\n  'TEST2',\n]\nextend-select = ['TEST2']", []),
        ("fail-level = 'low'\nignore = [\n  'TEST2',\n]", [("ignore", "TEST2", 3)]),
        ("ignore = ['TEST201', 'beta-rule']", [("ignore", "TEST201", 1), ("ignore", "beta-rule", 1)]),
        ("layout = 'plugins'\nplugin-root = 'shop/*'", []),
        ("layout = 'plugins'\nplugin-root = 'addons/*'", [("plugin-root", "addons/*", 2)]),
        ("per-path-ignores = {'shop' = ['ALL'], '!x' = ['ALL'], 'cart.py' = ['ALL']}", []),
        ("per-path-ignores = {'carts.py' = ['ALL']}", [("per-path-ignores", "carts.py", 1)]),
        ("[rules.alpha-rule]\nfronts = ['shop.*', 'web.*']\nwords = ['x']", [("rules.alpha-rule.fronts", "web.*", 2)]),
        ("[rules.beta-rule]\nfronts = ['web.*']", []),
        ("[[components]]\nname = 'a'\nhome = 'shop.cart:Cart'\nfactory = 'shop.cart:Cart.add'", []),
        ("[[components]]\nname = 'a b'\nhome = 'shop.cart:Card'", [('components."a b".home', "shop.cart:Card", 3)]),
        ("[[components]]\nname = 'a'\nfactory = 'shop:Cart'", [("components.a.factory", "shop:Cart", 3)]),
        ("[[components]]\nname = 'a'\nnames = ['*art']\nmethods = ['add']\nevents = ['cart_opened']", []),
        ("[[components]]\nname = 'a'\nnames = ['art']", [("components.a.names", "art", 3)]),
        ("[[components]]\nname = 'a'\nmethods = ['remove']", [("components.a.methods", "remove", 3)]),
        ("[[components]]\nname = 'a'\nevents = ['cart']", [("components.a.events", "cart", 3)]),
        ("[[components]]\nname = 'a'\nreplaces = ['uuid.uuid4']", [("components.a.replaces", "uuid.uuid4", 3)]),
        ("[[components]]\nname = 'a'\nallowed-in = ['web/*']", [("components.a.allowed-in", "web/*", 3)]),
        ("[[components]]\nname = 'a'\npaths = ['shop/*', 'web/*']", [("components.a.paths", "web/*", 3)]),
        ("[[components]]\nname = 'a'\npaths = ['shop', 'web']", [("components.a.paths", "web", 3)]),
    ],
)
def test_entries_that_match_nothing_are_found_with_their_line(
    tmp_path: Path, toml: str, expected: list[tuple[str, str, int]]
) -> None:
    assert unused(tmp_path, toml) == expected


def test_what_a_stronger_source_overrides_is_not_judged(tmp_path: Path) -> None:
    assert unused(tmp_path, "ignore = ['TEST201']", {"select": ["TEST101"]}) == []


def test_a_file_outside_of_the_project_goes_by_its_name(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    outside = tmp_path / "shared.toml"
    outside.write_text("fail-level = 'low'\n")
    settings = load_settings(root, options={}, environment={}, config_file=outside)
    file = config_file(root, KNOWN, settings)
    assert file is not None
    assert file.path == "shared.toml"


def test_without_a_file_there_is_nothing_to_judge(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, options={}, environment={"SSOT_LINT_IGNORE": "TEST201"})
    assert config_file(tmp_path, KNOWN, settings) is None
