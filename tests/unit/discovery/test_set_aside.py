"""What linters, coverage and the manifest leave out is not judged, unless that is most of the code or single files."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from ssot_lint.model.source import SourceTree, Zone

Settle = Callable[..., SourceTree]

SHOP = {f"shop/{name}.py": "" for name in ("__init__", "a", "b", "c", "d")}
LEFT_OUT = {"shop/lab/try.py": "", "shop/lab/deep/trial.py": "", "shop/labels.py": ""}
INI = "[flake8]\nmax-line-length = 100\n{option} =\n    build,\n    shop/lab\n"
BLACK = "[tool.black]\nextend-exclude = '{regex}'\n"
PRE_COMMIT = ".pre-commit-config.yaml"
VERBOSE = "exclude: |\n  (?x)^(\n    docs/.*|  # prose\n    shop/lab/.*\n  )$\nrepos: []\n"
OMIT = '[tool.coverage.run]\nomit = ["{pattern}"]\n'


def reasons(tree: SourceTree) -> dict[str, str]:
    """The files that are set aside, with the reasons."""
    return {file.path: file.zone_reason for file in tree.files if file.zone is Zone.VENDORED}


@pytest.mark.parametrize(
    ("files", "licence"),
    [
        ({"shop/nets/LICENSE-Fern": "", "shop/nets/Fern.py": ""}, "LICENSE-Fern"),
        ({"shop/nets/LICENSE.fern": "", "shop/nets/fern_arch.py": "", "shop/nets/deep/x.py": ""}, "LICENSE.fern"),
        ({"shop/nets/licence_fern": "", "shop/nets/fernv1.py": ""}, "licence_fern"),
        ({"shop/nets/COPYING-fern": "", "shop/nets/fern.py": "", "shop/nets/own.py": ""}, "COPYING-fern"),
        ({"shop/nets/LICENSE-MIT": "", "shop/nets/mit.py": ""}, ""),
        ({"shop/nets/LICENSE.txt": "", "shop/nets/txt.py": ""}, ""),
        ({"shop/nets/LICENSE": "", "shop/nets/fern.py": ""}, ""),
        ({"shop/nets/LICENSE-Moss": "", "shop/nets/fern.py": ""}, ""),
        ({"LICENSE-Fern": "", "fern.py": ""}, ""),
    ],
)
def test_code_with_a_licence_of_its_own_name_is_from_elsewhere(
    settled: Settle, files: Mapping[str, str], licence: str
) -> None:
    found = reasons(settled({**SHOP, **files}))
    expected = {path for path in files if path.endswith(".py")} if licence else set()
    assert found == dict.fromkeys(expected, f"{licence} is the licence of code from elsewhere")


@pytest.mark.parametrize(
    ("files", "folder"),
    [
        ({"skills/label/SKILL.md": "", "skills/label/assets/label.py": ""}, "skills/label"),
        ({"shop/skills/mail/SKILL.md": "", "shop/skills/mail/send.py": ""}, "shop/skills/mail"),
        ({"shop/pack/SKILL.md": "", "shop/pack/deep/run.py": "", "shop/pack/go.py": ""}, "shop/pack"),
        ({"SKILL.md": "", "shop/label.py": ""}, ""),
        ({"skills/label/README.md": "", "shop/skills/label.py": ""}, ""),
        ({"shop/skill.md": "", "shop/label.py": ""}, ""),
    ],
)
def test_code_of_a_skill_is_for_assistants(settled: Settle, files: Mapping[str, str], folder: str) -> None:
    found = reasons(settled({**SHOP, **files}))
    expected = {path for path in files if path.endswith(".py")} if folder else set()
    assert found == dict.fromkeys(expected, f"{folder}/SKILL.md makes it a skill of assistants")


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
        ({"pyproject.toml": BLACK.format(regex="/(\\\\.git|lab)/")}, "pyproject.toml: black leaves it out"),
        ({"pyproject.toml": BLACK.format(regex="^/shop/lab/.*$")}, "pyproject.toml: black leaves it out"),
        ({"pyproject.toml": '[tool.isort]\nextend_skip = ["shop/lab"]\n'}, "pyproject.toml: isort leaves it out"),
        ({"pyproject.toml": '[tool.isort]\nskip_glob = ["*/lab/*"]\n'}, "pyproject.toml: isort leaves it out"),
        ({".isort.cfg": "[settings]\nskip = build,shop/lab\n"}, ".isort.cfg: isort leaves it out"),
        ({"setup.cfg": "[isort]\nskip_glob =\n    docs/**\n    shop/lab/**\n"}, "setup.cfg: isort leaves it out"),
        ({PRE_COMMIT: "exclude: ^shop/lab/\nrepos: []\n"}, f"{PRE_COMMIT}: pre-commit leaves it out"),
        ({PRE_COMMIT: "exclude: '^(docs|shop/lab)/'\nrepos:\n"}, f"{PRE_COMMIT}: pre-commit leaves it out"),
        ({PRE_COMMIT: VERBOSE}, f"{PRE_COMMIT}: pre-commit leaves it out"),
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
        {"pyproject.toml": BLACK.format(regex="try[.]py$")},
        {"pyproject.toml": BLACK.format(regex="^/(?!shop/a)")},
        {"pyproject.toml": '[tool.isort]\nskip = ["__init__.py", "try.py"]\n'},
        {"pyproject.toml": "[tool.black]\nexclude = 3\n[tool.isort]\nskip = 4\n"},
        {PRE_COMMIT: "repos:\n  - repo: local\n    hooks:\n      - id: format\n        exclude: ^shop/lab/\n"},
        {PRE_COMMIT: "exclude: ^(?!shop/lab/)\n"},
        {PRE_COMMIT: "exclude:\nexclude_types: [shop]\n"},
        {PRE_COMMIT: "exclude: |\n  (shop\n"},
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


@pytest.mark.parametrize("name", ["tools/update.sh", "tools/deep/update.bash", "tools/Makefile"])
@pytest.mark.parametrize(
    "script",
    [
        "rm -rf shop/lab\ncp -r ../other/src shop/lab\n",
        'set -e\nrm -rf "$REPO_ROOT/shop/lab"\ngit clone --depth 1 https://example.org/lab.git $REPO_ROOT/shop/lab\n',
        "cd shop && rm -r ./lab/ && mv /tmp/lab . && cd ..\n",
        "rm -rf shop/lab; mkdir shop/lab\nprotoc -I protos \\\n  --python_out=shop/lab protos/*.proto\n",
    ],
)
def test_a_folder_that_a_script_fills_anew_is_not_judged(settled: Settle, script: str, name: str) -> None:
    reason = f"{name}: it throws the folder away and fills it again"
    found = reasons(settled({**SHOP, **LEFT_OUT, name: script}))
    assert found == {"shop/lab/try.py": reason, "shop/lab/deep/trial.py": reason}


def test_paths_of_a_script_may_count_from_its_folder(settled: Settle) -> None:
    script = 'cd "$(dirname "$0")"\nrm -fr ../shop/lab\nbuf generate --output ../shop/lab\n'
    assert len(reasons(settled({**SHOP, **LEFT_OUT, "tools/update.sh": script}))) == 2


@pytest.mark.parametrize(
    "script",
    [
        "rm -rf shop/lab\n",
        "cp -r ../other/src shop/lab\n",
        "cp -r old shop/lab\nrm -rf shop/lab\n",
        "rm shop/lab/try.pyc\ncp try.pyc shop/lab/\n",
        "# rm -rf shop/lab && cp -r old shop/lab\n",
        "rm -rf $TARGET/shop/lab\ncp -r shop/lab $TARGET/shop/lab\n",
        "cd /tmp\nrm -rf shop/lab\ncp -r ~/shop/lab shop/lab\n",
        "cd $WORK\nrm -rf shop/lab\ncp -r ../shop/lab shop/lab\n",
        "rm -rf shop\ncp -r ../shop shop\n",
        "cd\nrm\ncp\n&& ||\nrm -rf ''\ncp -r a ''\n",
    ],
)
def test_other_commands_make_nothing_of_a_folder(settled: Settle, script: str) -> None:
    assert reasons(settled({**SHOP, **LEFT_OUT, "tools/update.sh": script})) == {}


OWN = '[project]\nname = "shop"\n[project.urls]\nHomepage = "https://github.com/corner/shop"\n'
OTHER = '[project]\nname = "lab"\n[project.urls]\nHomepage = "https://github.com/{owner}/lab"\n'


@pytest.mark.parametrize(
    "said",
    [
        {"pyproject.toml": OWN, "shop/lab/pyproject.toml": OTHER.format(owner="academy")},
        {
            "README.md": "[tests](https://github.com/corner/shop)",
            "shop/lab/pyproject.toml": OTHER.format(owner="Academy"),
        },
        {
            "pyproject.toml": OWN,
            "shop/lab/pyproject.toml": '[tool.poetry]\nname = "lab"\nrepository = "https://gitlab.com/academy/lab"\n',
        },
        {"pyproject.toml": OWN, "shop/lab/setup.cfg": "[metadata]\nname = lab\nurl = https://github.com/academy/lab\n"},
    ],
)
def test_a_distribution_with_a_home_elsewhere_is_a_copy(settled: Settle, said: Mapping[str, str]) -> None:
    reason = "shop/lab names academy as its home"
    assert reasons(settled({**SHOP, **LEFT_OUT, **said})) == {
        "shop/lab/try.py": reason,
        "shop/lab/deep/trial.py": reason,
    }


@pytest.mark.parametrize(
    "said",
    [
        {"pyproject.toml": OWN, "shop/lab/pyproject.toml": OTHER.format(owner="corner")},
        {"pyproject.toml": OWN, "shop/lab/pyproject.toml": OTHER.format(owner="your-org")},
        {"pyproject.toml": OWN, "shop/lab/pyproject.toml": '[project]\nname = "lab"\n'},
        {"shop/lab/pyproject.toml": OTHER.format(owner="academy")},
        {"pyproject.toml": OTHER.format(owner="academy"), "README.md": "https://github.com/corner/shop"},
        {
            "pyproject.toml": OWN,
            "README.md": "The lab is https://github.com/academy/lab",
            "shop/lab/pyproject.toml": OTHER.format(owner="academy"),
        },
        {
            "pyproject.toml": OWN,
            "shop/lab/pyproject.toml": OTHER.format(owner="academy"),
            "till/pyproject.toml": OTHER.format(owner="academy"),
            "till/till.py": "",
        },
    ],
)
def test_a_distribution_of_the_project_is_none(settled: Settle, said: Mapping[str, str]) -> None:
    assert reasons(settled({**SHOP, **LEFT_OUT, **said})) == {}
