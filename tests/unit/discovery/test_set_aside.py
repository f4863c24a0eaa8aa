"""What linters, coverage and the manifest leave out is not judged, unless that is most of the code or single files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from ssot_lint.model.source import SourceTree, Zone

Settle = Callable[..., SourceTree]

SHOP = {f"shop/{name}.py": "" for name in ("__init__", "a", "b", "c", "d")}
LEFT_OUT = {"shop/lab/try.py": "", "shop/lab/deep/trial.py": "", "shop/labels.py": ""}
INI = "[flake8]\nmax-line-length = 100\n{option} =\n    build,\n    shop/lab\n"
OMIT = '[tool.coverage.run]\nomit = ["{pattern}"]\n'


def reasons(tree: SourceTree) -> dict[str, str]:
    """The files that are set aside, with the reasons."""
    return {file.path: file.zone_reason for file in tree.files if file.zone is Zone.VENDORED}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"pyproject.toml": '[tool.ruff]\nexclude = ["lab"]\n'}, "pyproject.toml: ruff leaves it out"),
        ({"pyproject.toml": '[tool.ruff]\nextend-exclude = ["./shop/lab/"]\n'}, "pyproject.toml: ruff leaves it out"),
        ({"pyproject.toml": '[tool.ruff]\nextend-exclude = ["shop/lab/**"]\n'}, "pyproject.toml: ruff leaves it out"),
        ({"ruff.toml": 'exclude = ["docs", "shop/l*b"]\n'}, "ruff.toml: ruff leaves it out"),
        ({".ruff.toml": 'extend-exclude = ["lab"]\n'}, ".ruff.toml: ruff leaves it out"),
        ({".flake8": INI.format(option="exclude")}, ".flake8: flake8 leaves it out"),
        ({"setup.cfg": INI.format(option="extend-exclude")}, "setup.cfg: flake8 leaves it out"),
        ({"tox.ini": "[flake8]\nexclude = .git,shop/lab,docs\n"}, "tox.ini: flake8 leaves it out"),
        ({"pyproject.toml": OMIT.format(pattern="shop/lab/*")}, "pyproject.toml: its coverage is not measured"),
        ({"pyproject.toml": OMIT.format(pattern="*/lab/*")}, "pyproject.toml: its coverage is not measured"),
        ({".coveragerc": "[run]\nomit =\n    shop/lab/*\n"}, ".coveragerc: its coverage is not measured"),
        ({"setup.cfg": "[coverage:run]\nomit =\n    */lab/*\n"}, "setup.cfg: its coverage is not measured"),
        ({"MANIFEST.in": "include *.md\nprune shop/lab\n"}, "MANIFEST.in: it goes into no release"),
    ],
)
def test_a_folder_that_is_left_out_is_not_judged(settled: Settle, said: Mapping[str, str], reason: str) -> None:
    """As `archive` of statsmodels, `nursery` of gluonts and `aws/api` of localstack."""
    found = reasons(settled({**SHOP, **LEFT_OUT, **said}))
    assert found == {"shop/lab/try.py": reason, "shop/lab/deep/trial.py": reason}


@pytest.mark.parametrize(
    "said",
    [
        {"pyproject.toml": '[tool.ruff]\nexclude = ["shop/lab/try.py", "trial.py"]\n'},
        {"pyproject.toml": '[tool.ruff]\nexclude = ["*", "**/*", ".", "!shop/lab"]\n'},
        {"pyproject.toml": '[tool.ruff]\nexclude = ["shop"]\n'},
        {"pyproject.toml": "[tool.ruff]\nexclude = 3\n"},
        {"pyproject.toml": '[tool.ruff.lint]\nexclude = ["lab"]\n'},
        {"pyproject.toml": OMIT.format(pattern="*/try.py")},
        {"pyproject.toml": OMIT.format(pattern="*")},
        {"setup.cfg": "[flake8]\nmax-line-length = 100\n"},
        {"setup.cfg": "[flake8\nexclude = lab\n"},
        {"MANIFEST.in": "prune\nrecursive-exclude shop/lab *.py\n"},
    ],
)
def test_single_files_most_of_the_code_and_what_names_nothing_do_not_count(
    settled: Settle, said: Mapping[str, str]
) -> None:
    assert reasons(settled({**SHOP, **LEFT_OUT, **said})) == {}


def test_each_distribution_speaks_of_its_own_folders(settled: Settle) -> None:
    metadata = '[project]\nname = "{name}"\n[tool.ruff]\nexclude = ["{name}/lab"]\n'
    files = {
        f"libs/{name}/{path}": text
        for name in ("one", "two")
        for path, text in {
            "pyproject.toml": metadata.format(name=name),
            f"{name}/__init__.py": "",
            f"{name}/core.py": "",
            f"{name}/lab/a.py": "",
            "one/lab/b.py" if name == "two" else "two/lab/b.py": "",
        }.items()
    }
    assert sorted(reasons(settled(files))) == ["libs/one/one/lab/a.py", "libs/two/two/lab/a.py"]


def test_tests_scripts_and_what_the_configuration_says_stay(settled: Settle) -> None:
    said = {"pyproject.toml": '[tool.ruff]\nexclude = ["lab", "tests", "scripts"]\n'}
    files = {**SHOP, **LEFT_OUT, **said, "tests/test_a.py": "", "scripts/run.py": ""}
    zones = {file.path: file.zone for file in settled(files).files}
    assert (zones["tests/test_a.py"], zones["scripts/run.py"]) == (Zone.TEST, Zone.SCRIPT)
    tree = settled(files, zone_paths={"production": ("shop/lab/",)})
    assert reasons(tree) == {}
