from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest

from ssot_lint.errors import ConfigError, PluginError
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project
from ssot_lint.rules.registry import ENTRY_POINT_GROUP, load_rules, plugin_files
from ssot_lint.rules.rule import Rule, ScanRule

MakePack = Callable[..., EntryPoint]

PLUGIN = '''
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule


@dataclass(frozen=True)
class Own(Rule):
    """Finds what only this repository has."""

    code = "OWN1"
    name = "own-rule"
    family = "own"
    severity = Severity.LOW

    depth: int = 2

    def check(self, project: Project) -> Iterator[Finding]:
        yield from ()


RULES = (Own,)
'''


@dataclass(frozen=True)
class Alpha(Rule):
    """Finds alphas."""

    code = "TEST101"
    name = "alpha-rule"
    family = "tests"
    severity = Severity.HIGH

    def check(self, project: Project) -> Iterator[Finding]:
        raise NotImplementedError


@dataclass(frozen=True)
class Beta(Alpha):
    """Finds betas."""

    code = "TEST102"
    name = "beta-rule"


@pytest.fixture
def make_pack(monkeypatch: pytest.MonkeyPatch) -> MakePack:
    """Makes an importable pack ``name`` whose RULES are the given ones."""

    def make(name: str, *rules: object) -> EntryPoint:
        module = ModuleType(f"pack_{name}")
        module.__dict__["RULES"] = rules
        monkeypatch.setitem(sys.modules, module.__name__, module)
        return EntryPoint(name, module.__name__, ENTRY_POINT_GROUP)

    return make


def test_rules_of_all_packs_are_sorted_by_code(make_pack: MakePack) -> None:
    known = load_rules([make_pack("one", Beta), make_pack("two", Alpha)])
    assert [(each.rule, each.pack) for each in known.rules] == [
        (Alpha, "two (pack_two)"),
        (Beta, "one (pack_one)"),
    ]


def test_a_rule_is_found_by_code_and_by_name(make_pack: MakePack) -> None:
    known = load_rules([make_pack("one", Alpha, Beta)])
    by_code, by_name = known.find("TEST102"), known.find("beta-rule")
    assert by_code is not None
    assert by_code is by_name
    assert by_code.rule is Beta
    assert known.find("TEST10") is None


def test_no_pack_is_an_error() -> None:
    with pytest.raises(PluginError) as caught:
        load_rules([])
    assert str(caught.value) == "no rule pack is installed (entry-point group ssot_lint.rules). Reinstall ssot-lint"


def test_two_packs_that_claim_one_code_are_both_named(make_pack: MakePack) -> None:
    @dataclass(frozen=True)
    class Rival(Alpha):
        name = "rival-rule"

    with pytest.raises(PluginError) as caught:
        load_rules([make_pack("one", Alpha), make_pack("two", Rival)])
    assert str(caught.value) == (
        "TEST101 is claimed twice, by TEST101 alpha-rule of pack one (pack_one) and by TEST101 rival-rule of "
        "pack two (pack_two). Uninstall one of them"
    )


def test_two_rules_with_one_name_are_an_error(make_pack: MakePack) -> None:
    @dataclass(frozen=True)
    class Namesake(Alpha):
        code = "TEST103"

    with pytest.raises(PluginError, match=r"^alpha-rule is claimed twice, by TEST101 .* and by TEST103 "):
        load_rules([make_pack("one", Alpha, Namesake)])


def test_a_pack_that_cannot_be_imported_is_named_with_the_reason() -> None:
    broken = EntryPoint("acme", "acme_rules_that_are_not_installed", ENTRY_POINT_GROUP)
    with pytest.raises(PluginError) as caught:
        load_rules([broken])
    assert str(caught.value) == (
        "rule pack acme (acme_rules_that_are_not_installed) cannot be loaded: ModuleNotFoundError: No module named "
        "'acme_rules_that_are_not_installed'. Repair or uninstall the package that provides it"
    )


def test_a_pack_without_rules_is_an_error(make_pack: MakePack) -> None:
    with pytest.raises(PluginError, match=r"^rule pack one .* has no rules"):
        load_rules([make_pack("one")])


def not_frozen() -> type[Rule]:
    class NotFrozen(Alpha):
        pass

    return NotFrozen


def abstract() -> type[Rule]:
    @dataclass(frozen=True)
    class Abstract(Rule):
        code = "TEST1"

    return Abstract


def without_family() -> type[Rule]:
    @dataclass(frozen=True)
    class WithoutFamily(Alpha):
        family = None  # type: ignore[assignment]

    return WithoutFamily


def with_bad_code() -> type[Rule]:
    @dataclass(frozen=True)
    class BadCode(Alpha):
        code = "test-1"

    return BadCode


def with_bad_name() -> type[Rule]:
    @dataclass(frozen=True)
    class BadName(Alpha):
        name = "Bad Name"

    return BadName


def with_required_option() -> type[Rule]:
    @dataclass(frozen=True, kw_only=True)
    class Required(Alpha):
        limit: int

    return Required


@pytest.mark.parametrize(
    ("make_rule", "problem"),
    [
        (lambda: int, "int: not a subclass of ssot_lint.rules.rule.Rule"),
        (lambda: 3, "3: not a subclass of ssot_lint.rules.rule.Rule"),
        (abstract, "Abstract: does not define check()"),
        (lambda: ScanRule, "ScanRule: does not define review()"),
        (without_family, "WithoutFamily: its family is not a str"),
        (with_bad_code, 'BadCode: its code "test-1" is not made of capital letters and digits'),
        (with_bad_name, 'BadName: its name "Bad Name" is not in kebab-case'),
        (not_frozen, "NotFrozen: not decorated with @dataclass(frozen=True)"),
        (with_required_option, "Required: its option limit has no default"),
    ],
)
def test_what_is_no_proper_rule_is_named(make_pack: MakePack, make_rule: Callable[[], object], problem: str) -> None:
    with pytest.raises(PluginError) as caught:
        load_rules([make_pack("one", make_rule())])
    assert str(caught.value) == f"rule pack one (pack_one): {problem}"


def test_a_plugin_of_the_repository_is_loaded_when_allowed(tmp_path: Path, make_pack: MakePack) -> None:
    (tmp_path / "own_rules.py").write_text(PLUGIN)
    plugins = plugin_files(tmp_path, ["own_rules.py"], allowed=True, where="plugins")
    known = load_rules([make_pack("one", Alpha)], plugins)
    assert [(each.rule.code, each.pack) for each in known.rules] == [
        ("OWN1", "own_rules.py"),
        ("TEST101", "one (pack_one)"),
    ]


def test_a_plugin_of_the_repository_is_refused_by_default(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        plugin_files(tmp_path, ["own_rules.py"], allowed=False, where="ssot-lint.toml: plugins")
    assert str(caught.value) == (
        "ssot-lint.toml: plugins: names code of the scanned repository. Give --allow-plugins if you trust it"
    )


def test_a_missing_plugin_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        plugin_files(tmp_path, ["a/none.py"], allowed=True, where="plugins")
    assert str(caught.value) == 'plugins: "a/none.py" is not a file'


def test_a_plugin_that_raises_is_named(tmp_path: Path, make_pack: MakePack) -> None:
    (tmp_path / "bad.py").write_text("raise SystemExit(7)\n")
    with pytest.raises(PluginError, match=r"^rule pack bad\.py cannot be loaded: SystemExit: 7"):
        load_rules([make_pack("one", Alpha)], [tmp_path / "bad.py"])
