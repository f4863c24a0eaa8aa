from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.imports.two_module_names import TwoModuleNames

BACKEND = {
    "backend/app/__init__.py": "",
    "backend/app/registry.py": "HANDLERS = {}\n",
    "backend/app/server.py": "from app.registry import HANDLERS\n",
    "backend/app/worker.py": "from app.registry import HANDLERS\n",
}
ALL = "import jobs.nightly\nimport app.server\n"
"""A program that loads both sides."""


def found(nightly: str, extra: dict[str, str] | None = None) -> list[Finding]:
    jobs = {"jobs/__init__.py": "", "jobs/nightly.py": nightly, "jobs/all.py": ALL}
    return findings(TwoModuleNames(), BACKEND | jobs | (extra or {}))


@pytest.mark.parametrize(
    "nightly",
    [
        "from backend.app.registry import HANDLERS\n",
        "from backend.app import registry\n",
        "import backend.app.registry\n",
        "def run():\n    import backend.app.registry as r\n",
    ],
)
def test_a_second_name_is_found_however_it_is_imported(nightly: str) -> None:
    (finding,) = found(nightly)
    assert finding.subject == "app.registry"
    assert finding.message == (
        "backend/app/registry.py is imported as app.registry by 2 modules and as backend.app.registry by 1 module: "
        "Python runs it once per name"
    )
    assert finding.remedy == "Import it as app.registry everywhere"
    assert [(site.location.path, site.location.line) for site in finding.sites] == [
        ("jobs/nightly.py", nightly.count("\n"))
    ]


def test_evidence_lists_the_imports_by_name() -> None:
    (finding,) = found("from backend.app.registry import HANDLERS\n")
    assert finding.home is not None
    assert finding.home.reason == "imported as app.registry by 2 modules"
    assert finding.evidence["names"] == [
        {
            "name": "app.registry",
            "imports": [{"path": "backend/app/server.py", "line": 1}, {"path": "backend/app/worker.py", "line": 1}],
        },
        {"name": "backend.app.registry", "imports": [{"path": "jobs/nightly.py", "line": 1}]},
    ]


@pytest.mark.parametrize(
    "nightly",
    [
        "from app.registry import HANDLERS\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from backend.app.registry import HANDLERS\n",
        "try:\n    import app.registry as r\nexcept ImportError:\n    import backend.app.registry as r\n",
    ],
    ids=["one name", "types only", "one of two"],
)
def test_one_name_at_run_time_is_enough(nightly: str) -> None:
    assert found(nightly) == []


def test_imports_in_tests_alone_are_not_judged() -> None:
    assert found("", {"tests/test_app.py": "from backend.app.registry import HANDLERS\n"}) == []


def test_services_that_name_their_files_alike_do_not_mix() -> None:
    sources = {
        "services/a/app/__init__.py": "",
        "services/a/app/db.py": "URL = 1\n",
        "services/a/app/main.py": "from app.db import URL\n",
        "services/b/app/__init__.py": "",
        "services/b/app/db.py": "URL = 2\n",
        "services/b/app/main.py": "from app.db import URL\n",
        "jobs/__init__.py": "",
        "jobs/sync.py": "from app.db import URL\n",
    }
    assert findings(TwoModuleNames(), sources) == []


def test_standard_library_names_stay_what_they_are() -> None:
    sources = {
        "backend/app/__init__.py": "",
        "backend/app/main.py": "from app.other import X\nimport json\n",
        "backend/app/other.py": "X = 1\n",
        "backend/json.py": "Y = 1\n",
        "jobs/__init__.py": "",
        "jobs/run.py": "from backend.json import Y\n",
    }
    assert findings(TwoModuleNames(), sources) == []


def test_what_no_process_loads_together_is_two_programs() -> None:
    assert found("from backend.app.registry import HANDLERS\n", {"jobs/all.py": "import jobs.nightly\n"}) == []


SECOND = "from backend.app.registry import HANDLERS\n"


@pytest.mark.parametrize(
    "program",
    [
        "def main():\n    import jobs.nightly\n    import app.server\n",
        "import app.server\ndef main():\n    from jobs.nightly import HANDLERS\n",
        "import jobs.other\nimport app.server\n",
    ],
)
def test_what_a_program_imports_in_its_own_functions_is_loaded(program: str) -> None:
    (finding,) = found(SECOND, {"jobs/all.py": program, "jobs/other.py": "import jobs.nightly\n"})
    assert finding.severity is None


@pytest.mark.parametrize(
    ("middle", "program"),
    [
        ("def plan():\n    import jobs.nightly\n", "import jobs.middle\nimport app.server\n"),
        ("def plan():\n    import jobs.nightly\n", "import app.server\ndef main():\n    import jobs.middle\n"),
        (
            "class Plan:\n    def run(self):\n        from jobs.nightly import HANDLERS\n",
            "import jobs.middle, app.server\n",
        ),
    ],
)
def test_what_functions_of_others_import_may_be_loaded(middle: str, program: str) -> None:
    """As `azure_cache` of pgadmin4, which a script loads by one name and the server by the other: what ties them is an
    import in a function that the script never calls."""
    (finding,) = found(SECOND, {"jobs/middle.py": middle, "jobs/all.py": program})
    assert finding.message.endswith(": Python runs it once per name if one process loads both")
    assert finding.remedy == "If one process loads both, import it as app.registry everywhere; else leave it"


def test_a_statement_is_one_site() -> None:
    (finding,) = found("from backend.app.registry import (\n    HANDLERS,\n    OTHERS,\n)\n")
    assert [site.location.line for site in finding.sites] == [2]
    assert finding.sites[0].body


TOOLS = {
    "service/run.py": "from tools.app import check\nfrom tools.settings import Settings\n",
    "tools/settings.py": "class Settings: ...\n",
}


@pytest.mark.parametrize(
    ("line", "count"),
    [
        ("sys.path.insert(0, os.path.dirname(__file__))\n", 1),
        ("sys.path.append(str(Path(__file__).parent))\n", 1),
        ("here = os.path.dirname(__file__)\nsys.path.insert(0, here)\n", 1),
        ("sys.path.insert(0, os.getcwd())\n", 0),
        ("", 0),
    ],
)
def test_a_program_that_puts_its_own_folder_on_the_path(line: str, count: int) -> None:
    app = f"import os, sys\nfrom pathlib import Path\n{line}from settings import Settings\ndef check(): ...\n"
    assert len(findings(TwoModuleNames(), TOOLS | {"tools/app.py": app})) == count


def test_two_names_within_one_top_folder() -> None:
    files = {
        "shop/__init__.py": "",
        "shop/core/__init__.py": "",
        "shop/core/money.py": "class Money: ...\n",
        "shop/core/tax.py": "from core.money import Money\n",
        "shop/core/cart.py": "from core.money import Money\n",
        "shop/core/bill.py": "from core.money import Money\n",
        "shop/main.py": "from shop.core.money import Money\nimport core.tax\n",
    }
    (finding,) = findings(TwoModuleNames(), files)
    assert finding.message.startswith("shop/core/money.py is imported as ")


STATE = {
    "src/shop/__init__.py": "",
    "src/shop/fleet/__init__.py": "from shop.fleet.state import State\n",
    "src/shop/fleet/state.py": "class State: ...\n",
}


@pytest.mark.parametrize(
    "second",
    [
        "from src.shop.fleet.state import State\n",
        "import src.shop.fleet.state\n",
        "from src.shop.fleet import state\n",
        "def two():\n    from src.shop.fleet.state import State\n    return State()\n",
    ],
)
def test_a_package_that_imports_itself_through_the_folder_around_it(second: str) -> None:
    files = {"src/shop/one.py": "from shop.fleet.state import State\n", "src/shop/two.py": second}
    (finding,) = findings(TwoModuleNames(), STATE | files)
    assert finding.subject == "shop.fleet.state"
    assert [site.location.path for site in finding.sites] == ["src/shop/two.py"]


@pytest.mark.parametrize(
    "files",
    [
        {"src/shop/one.py": "from src.shop.fleet.state import State\n", "src/shop/fleet/__init__.py": ""},
        {
            "src/shop/one.py": "from shop.fleet.state import State\n",
            "main.py": "from src.shop.fleet.state import State\n",
        },
        {
            "src/shop/one.py": "from shop.fleet.state import State\n",
            "tests/test_state.py": "from src.shop.fleet.state import State\n",
        },
        {
            "src/shop/one.py": "from shop.fleet.state import State\n",
            "src/shop/two.py": "try:\n    from src.shop.fleet.state import State\nexcept ImportError:\n    pass\n",
        },
        {"src/shop/one.py": "from shop.fleet.state import State\n", "src/shop/two.py": "from srcs.shop import state\n"},
    ],
)
def test_one_name_within_the_package(files: dict[str, str]) -> None:
    assert findings(TwoModuleNames(), STATE | files) == []


def test_a_file_that_imports_its_own_bare_name_means_a_package_from_outside() -> None:
    nightly = "from backend.app.registry import HANDLERS\n"
    assert len(found(nightly)) == 1
    assert found(nightly, {"backend/app/registry.py": "import app.registry\nHANDLERS = {}\n"}) == []


@pytest.mark.parametrize(
    ("requirement", "count"), [("evaluate==0.4.1", 0), ("Evaluate[extra]>=0.4", 0), ("evaluation", 1), ("torch", 1)]
)
def test_the_name_of_a_requirement_means_that(requirement: str, count: int) -> None:
    """A program puts its folder on the path, in which a module is called like a package from outside."""
    sources = {
        "pyproject.toml": f"[project]\nname = 'axle'\ndependencies = ['{requirement}']\n",
        "src/axle/__init__.py": "",
        "src/axle/evaluate.py": "SCORES = {}\n",
        "src/axle/cli.py": "from axle.evaluate import SCORES\nimport axle.callbacks\n",
        "src/axle/callbacks.py": "import os, sys\nsys.path.insert(0, os.path.dirname(__file__))\nimport evaluate\n",
    }
    assert len(findings(TwoModuleNames(), sources)) == count


def test_a_folder_below_the_root_of_the_project_can_leave_the_path() -> None:
    uses = {f"jobs/use{n}.py": "import backend.app.registry\n" for n in range(3)}
    (finding,) = found("import backend.app.registry\n", uses)
    assert finding.remedy == (
        "Import it as backend.app.registry everywhere; take the folder that app.registry counts from out of sys.path"
    )


@pytest.mark.parametrize(
    ("registry", "user", "severity"),
    [
        ("HANDLERS = {}\n", "", None),
        ("HANDLERS = set()\n", "", Severity.INFO),
        ("HANDLERS = {1: 2}\n", "", Severity.INFO),
        ("def HANDLERS(price):\n    return 2 * price\n", "", Severity.INFO),
        ("class HANDLERS: ...\n", "", Severity.INFO),
        ("class HANDLERS: ...\n", "if isinstance(1, HANDLERS):\n    print(1)\n", None),
        ("class HANDLERS: ...\n", "def f(x):\n    if not isinstance(x, (int, HANDLERS)):\n        print(1)\n", None),
        ("class HANDLERS: ...\n", "def f(x):\n    return isinstance(x, HANDLERS)\n", None),
        ("class HANDLERS: ...\n", "try:\n    print(1)\nexcept HANDLERS:\n    print(2)\n", None),
        ("class HANDLERS: ...\n", "if isinstance(1, int):\n    print(HANDLERS())\n", Severity.INFO),
        (
            "class HANDLERS: ...\n",
            "class A(HANDLERS):\n    def f(self, x):\n        if isinstance(x, int):\n            return 1\n",
            Severity.INFO,
        ),
        ("class HANDLERS: ...\n", "def f(x):\n    return isinstance(x, int)\n", Severity.INFO),
        ("class HANDLERS: ...\n", "try:\n    print(HANDLERS)\nexcept OSError:\n    print(2)\n", Severity.INFO),
        (
            "import enum\nclass HANDLERS(enum.Enum): ...\n",
            "if isinstance(1, int):\n    print(HANDLERS)\n",
            Severity.INFO,
        ),
        ("HANDLERS = 3\n", "if isinstance(1, HANDLERS):\n    print(1)\n", Severity.INFO),
    ],
)
def test_two_copies_are_scored_where_somebody_feels_it(registry: str, user: str, severity: Severity | None) -> None:
    text = f"from backend.app.registry import HANDLERS\nfrom backend.main import HANDLERS as SERVED\n{user}"
    (finding,) = found(text, {"backend/app/registry.py": registry})
    assert finding.severity is severity
