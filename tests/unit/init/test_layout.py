from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_lint.init.layout import propose_source_roots, propose_test_paths
from ssot_lint.model.proposal import SettingProposal
from ssot_lint.model.report import JudgedFinding
from ssot_lint.model.source import SourceTree
from ssot_lint.project.project import Project

Read = Callable[..., tuple[SourceTree, Project, list[JudgedFinding]]]

SERVICES = {
    "backend/app/__init__.py": "",
    "backend/app/db.py": "class Session: ...\n",
    "backend/app/main.py": "from app.db import Session\nimport app.db\n",
    "worker-service/jobs/__init__.py": "",
    "worker-service/jobs/mail.py": "def send(): ...\n",
    "worker-service/jobs/main.py": "from jobs.mail import send\n",
    "qa-lab/notes.py": "x = 1\n",
}
TEST = "import pytest\n\ndef test_one():\n    assert True\n"


def yes(_roots: tuple[str, ...]) -> bool:
    return True


def test_source_roots_are_those_that_production_code_is_imported_from(read: Read) -> None:
    tree, project, _ = read(SERVICES)
    assert propose_source_roots(tree, project, yes) == SettingProposal(
        "source-roots",
        ("backend", "worker-service"),
        (
            "Module names count from:",
            "  backend: 3 files, 2 imports such as `from app.db import Session` in backend/app/main.py",
            "  worker-service: 3 files, 1 import such as `from jobs.mail import send` in worker-service/jobs/main.py",
        ),
    )


def test_where_these_do_not_keep_the_names_all_roots_are_proposed(read: Read) -> None:
    tree, project, _ = read(SERVICES)
    proposal = propose_source_roots(tree, project, lambda roots: "qa-lab" in roots)
    assert proposal is not None
    assert proposal.value == ("backend", "qa-lab", "worker-service")
    assert proposal.evidence[2] == "  qa-lab: 1 file"


def test_source_roots_that_do_not_keep_the_names_are_not_proposed(read: Read) -> None:
    tree, project, _ = read(SERVICES)
    assert propose_source_roots(tree, project, lambda _: False) is None


@pytest.mark.parametrize("root", ["", "src/"])
def test_the_usual_layouts_need_no_source_roots(read: Read, root: str) -> None:
    tree, project, _ = read(
        {f"{root}app/__init__.py": "", f"{root}app/a.py": "x = 1\n", f"{root}app/b.py": "from app.a import x\n"}
    )
    assert propose_source_roots(tree, project, yes) is None


def test_configured_source_roots_are_not_proposed_again(read: Read) -> None:
    tree, project, _ = read(SERVICES, roots=("backend", "worker-service"))
    assert propose_source_roots(tree, project, yes) is None


def test_source_roots_that_only_tests_use_are_not_proposed(read: Read) -> None:
    tree, project, _ = read(
        {
            "app/__init__.py": "",
            "app/tests/helpers.py": "x = 1\n",
            "app/tests/more/y.py": "z = 1\n",
            "app/tests/test_a.py": "from helpers import x\nfrom more.y import z\n",
        }
    )
    assert {file.root for file in tree.files} == {"", "app/tests"}
    assert propose_source_roots(tree, project, yes) is None


def test_a_folder_of_tests_with_another_name_is_proposed_as_test_code(read: Read) -> None:
    _, project, _ = read(
        {
            "app/__init__.py": "",
            "app/a.py": "def f(): ...\n",
            "checks/smoke/one.py": TEST,
            "checks/smoke/two.py": "import unittest\n\nclass A(unittest.TestCase):\n    def test_b(self): ...\n",
            "checks/three.py": TEST,
            "checks/helpers.py": "def help(): ...\n",
        }
    )
    assert propose_test_paths(project) == SettingProposal(
        "test-paths", ("checks/**",), ("Test code that no name tells:", "  checks: 3 files with tests")
    )


def test_test_code_that_is_called_so_is_not_proposed(read: Read) -> None:
    _, project, _ = read({"tests/one.py": TEST, "tests/two.py": TEST, "app/test_a.py": TEST})
    assert propose_test_paths(project) is None


def test_a_folder_in_which_tests_are_the_exception_is_none(read: Read) -> None:
    files = {f"app/m{at}.py": "def f(): ...\n" for at in range(3)}
    _, project, _ = read({**files, "app/check.py": TEST, "app/probe.py": TEST})
    assert propose_test_paths(project) is None


def test_a_folder_that_production_code_imports_is_no_test_code(read: Read) -> None:
    _, project, _ = read(
        {
            "checks/__init__.py": "",
            "checks/one.py": TEST,
            "checks/two.py": TEST,
            "app/a.py": "from checks.one import test_one\n",
        }
    )
    assert propose_test_paths(project) is None


def test_patterns_mean_the_folder_and_nothing_else(read: Read) -> None:
    _, project, _ = read({"check[s]/one.py": TEST, "check[s]/two.py": TEST})
    proposal = propose_test_paths(project)
    assert proposal is not None
    assert proposal.value == (r"check\[s\]/**",)


def test_functions_called_test_prove_nothing_without_a_framework(read: Read) -> None:
    plain = "def test_connection(): ...\n"
    _, project, _ = read({"checks/one.py": plain, "checks/two.py": plain})
    assert propose_test_paths(project) is None
