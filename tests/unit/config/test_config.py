from __future__ import annotations

import os
from pathlib import Path

import pytest

from ssot_lint.config.convert import option_kinds
from ssot_lint.config.layers import find_file
from ssot_lint.config.load import Settings, load_settings
from ssot_lint.config.settings import CodeLayout, Config, FailLevel
from ssot_lint.errors import ConfigError
from ssot_lint.model.component import Component
from ssot_lint.model.finding import Severity


def load(
    root: Path,
    *,
    options: dict[str, object] | None = None,
    environment: dict[str, str] | None = None,
    config_file: Path | None = None,
    isolated: bool = False,
) -> Settings:
    return load_settings(
        root, options=options or {}, environment=environment or {}, config_file=config_file, isolated=isolated
    )


def problem(root: Path, toml: str | bytes, name: str = "ssot-lint.toml") -> str:
    """What the user reads about a wrong configuration file, without the path of the test's folder."""
    content = toml if isinstance(toml, bytes) else toml.encode()
    (root / name).write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        load(root)
    return str(caught.value).replace(f"{root}/", "")


def test_without_a_file_everything_is_default(tmp_path: Path) -> None:
    settings = load(tmp_path)
    assert settings.config == Config()
    assert settings.file is None
    assert settings.origins == {}


def test_anything_but_an_inventory_fails_by_default() -> None:
    assert Config().fail_level.severity is Severity.LOW
    assert FailLevel.NEVER.severity is None


def test_all_keys_of_a_file_arrive(tmp_path: Path) -> None:
    (tmp_path / "ssot-lint.toml").write_text(
        """
        include = ["*.py"]
        exclude = ["gen/"]
        extend-exclude = ["old/"]
        respect-gitignore = false
        max-file-size = 2_000_000
        source-roots = ["src"]
        test-paths = ["checks/**"]
        select = ["ALL"]
        extend-select = ["SSOT1"]
        ignore = ["SSOT2"]
        per-path-ignores = { "a/*.py" = ["SSOT101"] }
        severity = { duplicate-class = "low" }
        fail-level = "high"
        fail-under = 80
        repository-url = "https://example.org/shop/blob/main"
        jobs = 3
        layout = "plugins"
        plugin-root = "app/plugins/*"
        plugins = ["lint/own.py"]
        components = [{ name = "socket", home = "a.b:C", names = ["*Socket"], critical = true }]
        rules.duplicate-class.min-statements = 4
        """
    )
    assert load(tmp_path).config == Config(
        include=("*.py",),
        exclude=("gen/",),
        extend_exclude=("old/",),
        respect_gitignore=False,
        max_file_size=2_000_000,
        source_roots=("src",),
        test_paths=("checks/**",),
        select=("ALL",),
        extend_select=("SSOT1",),
        ignore=("SSOT2",),
        per_path_ignores={"a/*.py": ("SSOT101",)},
        severity={"duplicate-class": Severity.LOW},
        fail_level=FailLevel.HIGH,
        fail_under=80.0,
        repository_url="https://example.org/shop/blob/main",
        jobs=3,
        layout=CodeLayout.PLUGINS,
        plugin_root="app/plugins/*",
        plugins=("lint/own.py",),
        components=(Component(name="socket", home="a.b:C", names=("*Socket",), critical=True),),
        rules={"duplicate-class": {"min-statements": 4}},
    )


def test_the_first_of_the_three_files_wins(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.ssot-lint]\njobs = 3\n")
    assert load(tmp_path).config.jobs == 3
    (tmp_path / "ssot-lint.toml").write_text("jobs = 2\n")
    assert load(tmp_path).config.jobs == 2
    (tmp_path / ".ssot-lint.toml").write_text("jobs = 1\n")
    assert load(tmp_path).config.jobs == 1


def test_a_pyproject_without_our_table_is_no_configuration(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert find_file(tmp_path) is None


def test_an_empty_table_is_a_configuration(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.ssot-lint]\n")
    assert find_file(tmp_path) == tmp_path / "pyproject.toml"


def test_command_line_beats_environment_beats_file_beats_default(tmp_path: Path) -> None:
    (tmp_path / "ssot-lint.toml").write_text("jobs = 1\nfail-under = 1\nfail-level = 'high'\n")
    settings = load(
        tmp_path,
        environment={"SSOT_LINT_FAIL_UNDER": "2", "SSOT_LINT_FAIL_LEVEL": "medium"},
        options={"fail-level": "never", "select": None},
    )
    config = settings.config
    assert (config.jobs, config.fail_under, config.fail_level) == (1, 2.0, FailLevel.NEVER)
    assert settings.origins == {
        "jobs": str(tmp_path / "ssot-lint.toml"),
        "fail-under": "environment",
        "fail-level": "command line",
    }


def test_the_environment_gives_lists_numbers_and_booleans(tmp_path: Path) -> None:
    environment = {
        "SSOT_LINT_SELECT": "SSOT1, duplicate-class",
        "SSOT_LINT_RESPECT_GITIGNORE": "false",
        "SSOT_LINT_JOBS": "2",
        "SSOT_LINT_IGNORE": "",
        "OTHER_JOBS": "x",
    }
    settings = load(tmp_path, environment=environment)
    assert settings.config == Config(select=("SSOT1", "duplicate-class"), respect_gitignore=False, jobs=2)


def test_ignore_on_the_command_line_adds_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "ssot-lint.toml").write_text("ignore = ['SSOT101']\n")
    settings = load(tmp_path, options={"ignore": ["SSOT2"]})
    assert settings.config.ignore == ("SSOT101", "SSOT2")
    assert settings.origins["ignore"] == f"{tmp_path / 'ssot-lint.toml'}, command line"


def test_select_on_the_command_line_forgets_the_selection_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "ssot-lint.toml").write_text("ignore = ['SSOT101']\nextend-select = ['SSOT130']\n")
    config = load(tmp_path, options={"select": ["SSOT101"]}).config
    assert (config.select, config.extend_select, config.ignore) == (("SSOT101",), (), ())


def test_isolated_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "ssot-lint.toml").write_text("not toml")
    assert load(tmp_path, isolated=True).config == Config()


def test_a_given_file_replaces_the_one_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "ssot-lint.toml").write_text("jobs = 1\n")
    other = tmp_path / "ci.toml"
    other.write_text("fail-under = 5\n")
    assert load(tmp_path, config_file=other).config == Config(fail_under=5.0)


def test_a_given_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: no such file"):
        load(tmp_path, config_file=tmp_path / "none.toml")


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "ssot-lint.toml").write_bytes(b"\xef\xbb\xbfjobs = 1\n")
    assert load(tmp_path).config.jobs == 1


@pytest.mark.parametrize(
    ("toml", "expected"),
    [
        ("fail-levle = 'low'", "fail-levle: unknown key. Did you mean fail-level?"),
        ("tool.ssot-lint.jobs = 1", "tool: unknown key. Write its keys without [tool.ssot-lint] in this file"),
        ("jobs = 'many'", "jobs: must be a whole number, not text"),
        ("jobs = true", "jobs: must be a whole number, not true or false"),
        ("jobs = -1", "jobs: must be a whole number, at least 0"),
        (f"jobs = 1{'0' * 400}", "jobs: must be a whole number, at most 1024"),
        ("fail-under = 101", "fail-under: must be a number, at most 100"),
        ("fail-under = nan", "fail-under: must be a number, at least 0"),
        ("fail-under = 1e999", "fail-under: must be a number, at most 100"),
        ("fail-under = 1979-05-27", "fail-under: must be a number, not a date"),
        ("fail-level = 'info'", "fail-level: unknown value 'info'. Known: critical, high, low, medium, never"),
        ("select = 'SSOT1'", "select: must be a list, not text"),
        ("select = ['SSOT1', 2]", "select[1]: must be text, not a whole number"),
        ("zone-paths = {scripts = ['x/']}", "zone-paths.scripts: unknown value 'scripts'. Did you mean script?"),
        (
            "zone-paths.tools = ['x/']",
            "zone-paths.tools: unknown value 'tools'. Known: backup, generated, production, script, test, vendored",
        ),
        ("severity.a-rule = 'hig'", "severity.a-rule: unknown value 'hig'. Did you mean high?"),
        ("per-path-ignores.'a/*' = [1]", 'per-path-ignores."a/*"[0]: must be text, not a whole number'),
        ("rules.a-rule = 1", "rules.a-rule: must be a table, not a whole number"),
        (
            "source-roots = ['../other']",
            'source-roots: "../other" leaves the project. Write it relative to the project root',
        ),
        ("layout = 'plugins'", 'layout: plugins needs a plugin-root. For example: plugin-root = "shop/plugins/*"'),
        (
            "mirror-comments = ['Copied from']",
            'mirror-comments: "Copied from" does not say where the target stands. '
            'For example: mirror-comments = ["Copied from {target}( with {renames})?"]',
        ),
        ("plugin-root = 'a/*'", 'plugin-root: has no effect without a layout. Add layout = "plugins"'),
        (
            "layout = 'plugins'\nplugin-root = 'a/**'",
            'plugin-root: "**" has no depth. Write one * for each level of folders',
        ),
        (
            "layout = 'plugins'\nplugin-root = '../a/*'",
            'plugin-root: "../a/*" leaves the project. Write it relative to the project root',
        ),
        ("plugins = ['/etc/x.py']", 'plugins: "/etc/x.py" leaves the project. Write it relative to the project root'),
        ("[[components]]\nhome = 'a:B'", "components[0]: name is missing"),
        ("[[components]]\nname = 'a'\nnmaes = []", "components[0].nmaes: unknown key. Did you mean names?"),
        ("[[components]]\nname = 'a'\nnames = ['x', 1]", "components[0].names[1]: must be text, not a whole number"),
        (
            "[[components]]\nname = 'a'\nhome = 'a.B'",
            'components[0].home: "a.B" is not a symbol. Write package.module:Name',
        ),
        (
            "[[components]]\nname = 'a'\nreplaces = ['os:getenv']",
            'components[0].replaces: "os:getenv" is no dotted name. Write os.getenv',
        ),
        ("[[components]]\nname='a'\n[[components]]\nname='a'", 'components[1].name: "a" is declared twice'),
        ("jobs = 1\njobs = 2", "not valid TOML: Cannot overwrite a value (at end of document)"),
        ("a = 1\n\njobs = [", "not valid TOML: Invalid value (at end of document)"),
        ("jobs 1", "not valid TOML: Expected '=' after a key in a key/value pair (at line 1, column 6)"),
        (f"jobs = {'[' * 9000}", "not valid TOML: nested too deeply"),
        (b"jobs = 1 # \xff", "not UTF-8 at byte 12. TOML is UTF-8"),
        (b"\xff\xfej\x00", "not UTF-8 at byte 1. TOML is UTF-8"),
    ],
)
def test_a_mistake_in_a_file_is_one_line_with_file_key_and_remedy(
    tmp_path: Path, toml: str | bytes, expected: str
) -> None:
    assert problem(tmp_path, toml) == f"ssot-lint.toml: {expected}"


def test_a_number_of_too_many_digits_is_one_line(tmp_path: Path) -> None:
    message = problem(tmp_path, f"jobs = {'9' * 5000}")
    assert message.startswith("ssot-lint.toml: not valid TOML: Exceeds the limit")
    assert "\n" not in message


def test_an_unknown_key_without_a_near_one_lists_all(tmp_path: Path) -> None:
    message = problem(tmp_path, "zzz = 1")
    assert message == f"ssot-lint.toml: zzz: unknown key. Known: {', '.join(sorted(option_kinds(Config)))}"


def test_mistakes_in_a_pyproject_name_the_whole_key(tmp_path: Path) -> None:
    assert problem(tmp_path, "[tool.ssot-lint]\njobs = 'x'", "pyproject.toml") == (
        "pyproject.toml: tool.ssot-lint.jobs: must be a whole number, not text"
    )
    assert problem(tmp_path, "[tool]\nssot-lint = 1", "pyproject.toml") == (
        "pyproject.toml: tool.ssot-lint: expected a table. Write [tool.ssot-lint]"
    )


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SSOT_LINT_JOBS", "x", "SSOT_LINT_JOBS: must be a whole number, not text"),
        ("SSOT_LINT_FAIL_UNDER", "nan", "SSOT_LINT_FAIL_UNDER: must be a number, at least 0"),
        ("SSOT_LINT_FAIL_LEVLE", "x", "SSOT_LINT_FAIL_LEVLE: unknown key. Did you mean fail-level?"),
        (
            "SSOT_LINT_COMPONENTS",
            "x",
            "SSOT_LINT_COMPONENTS: a table cannot be given here. Write it in a configuration file",
        ),
        (
            "SSOT_LINT_SEVERITY",
            "x",
            "SSOT_LINT_SEVERITY: a table cannot be given here. Write it in a configuration file",
        ),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(tmp_path: Path, name: str, value: str, expected: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, environment={name: value})
    assert str(caught.value) == expected


def test_a_mistake_on_the_command_line_names_the_option(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, options={"fail-under": float("nan")})
    assert str(caught.value) == "--fail-under: must be a number, at least 0"


def test_a_fifo_is_no_configuration_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ssot-lint.toml")
    assert load(tmp_path).file is None


def test_a_file_is_named_as_the_user_sees_it_from_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ssot-lint.toml").write_text("jobs = 1\n")
    assert load(tmp_path).origins == {"jobs": "ssot-lint.toml"}


@pytest.mark.parametrize("address", ["javascript:alert(1)", "ftp://example.org/x", "example.org/shop", "https:// x/y"])
def test_files_are_seen_on_the_web_or_nowhere(tmp_path: Path, address: str) -> None:
    (tmp_path / "ssot-lint.toml").write_text(f'repository-url = "{address}"\n')
    with pytest.raises(ConfigError, match=r"repository-url: .* is no address on the web"):
        load(tmp_path)
