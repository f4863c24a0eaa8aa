"""Zones as the catalogue of rules defines them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from ssot_lint.model.source import SourceTree, Zone

Settle = Callable[..., SourceTree]


def zones(tree: SourceTree) -> Mapping[str, Zone]:
    return {file.path: file.zone for file in tree.files}


@pytest.mark.parametrize(
    ("path", "zone"),
    [
        ("pkg/a.py", Zone.PRODUCTION),
        ("pkg/tests/a.py", Zone.TEST),
        ("pkg/Test/a.py", Zone.TEST),
        ("integration-tests/a.py", Zone.TEST),
        ("cdk_integration_tests/src/python/logging/pass.py", Zone.TEST),
        ("pkg-e2e-tests/a.py", Zone.TEST),
        ("db_unit_tests/a.py", Zone.TEST),
        ("pkg/run_tests/a.py", Zone.PRODUCTION),
        ("pkg/integration_tests_runner/a.py", Zone.PRODUCTION),
        ("test_framework/ssot/a.py", Zone.TEST),
        ("pkg/testing/__init__.py", Zone.TEST),
        ("pkg/e2e/a.py", Zone.TEST),
        ("pkg/test_a.py", Zone.TEST),
        ("pkg/a_test.py", Zone.TEST),
        ("pkg/tests.py", Zone.TEST),
        ("pkg/conftest.py", Zone.TEST),
        ("conftest.py", Zone.TEST),
        ("pkg/test.py", Zone.PRODUCTION),
        ("pkg/testutils/a.py", Zone.PRODUCTION),
        ("pkg/contest.py", Zone.PRODUCTION),
        ("pkg/latest/a.py", Zone.PRODUCTION),
        ("pkg/archive.py", Zone.PRODUCTION),
        ("archive/a.py", Zone.BACKUP),
        ("pkg/_old/a.py", Zone.BACKUP),
        ("pkg/.Backup/a.py", Zone.VENDORED),
        ("backups/tests/a.py", Zone.TEST),
        ("pkg/gold/a.py", Zone.PRODUCTION),
        ("scripts/a.py", Zone.SCRIPT),
        ("pkg/migrations/0001_initial.py", Zone.SCRIPT),
        ("alembic/versions/1a.py", Zone.SCRIPT),
        ("pkg/versions/a.py", Zone.PRODUCTION),
        ("docs/conf.py", Zone.SCRIPT),
        ("doc/development/source/parts/partsdemo/curve.py", Zone.SCRIPT),
        ("documentation/steps/first.py", Zone.SCRIPT),
        ("anchor/doc/pages.py", Zone.PRODUCTION),
        ("pkg/doctor/a.py", Zone.PRODUCTION),
        ("examples/a.py", Zone.SCRIPT),
        ("website/versioned_docs/version-1.9/aws/a.py", Zone.SCRIPT),
        ("site/versioned_docs/a.py", Zone.SCRIPT),
        ("guides/code_examples/http/a.py", Zone.SCRIPT),
        ("setup.py", Zone.SCRIPT),
        ("versioneer.py", Zone.VENDORED),
        ("support/ez_setup.py", Zone.VENDORED),
        ("pkg/versioning.py", Zone.PRODUCTION),
    ],
)
def test_zone_by_path(settled: Settle, path: str, zone: Zone) -> None:
    assert zones(settled({path: "", "anchor/__init__.py": ""}))[path] is zone


def test_test_paths(settled: Settle) -> None:
    tree = settled(
        {"qa/deep/a.py": "", "pkg/check_a.py": "", "pkg/a.py": ""}, zone_paths={"test": ("qa/", "check_*.py")}
    )
    assert zones(tree) == {
        "pkg/a.py": Zone.PRODUCTION,
        "pkg/check_a.py": Zone.TEST,
        "qa/deep/a.py": Zone.TEST,
    }


def test_backup_folder_that_holds_an_imported_module_is_production(settled: Settle) -> None:
    tree = settled(
        {
            "pkg/__init__.py": "",
            "pkg/backup/__init__.py": "from .manager import Manager",
            "pkg/backup/manager.py": "",
            "pkg/archive/x.py": "from pkg.backup.manager import Manager",
            "archive/pkg/a.py": "import archive.pkg.a",
        }
    )
    assert zones(tree) == {
        "archive/pkg/a.py": Zone.BACKUP,
        "pkg/__init__.py": Zone.PRODUCTION,
        "pkg/archive/x.py": Zone.BACKUP,
        "pkg/backup/__init__.py": Zone.PRODUCTION,
        "pkg/backup/manager.py": Zone.PRODUCTION,
    }


def test_backup_folder_whose_package_is_imported_is_production(settled: Settle) -> None:
    tree = settled({"pkg/__init__.py": "from pkg import backup", "pkg/backup/__init__.py": "", "pkg/backup/a.py": ""})
    assert set(zones(tree).values()) == {Zone.PRODUCTION}


def test_archive_within_a_package_is_not_used_by_what_lies_in_it(settled: Settle) -> None:
    tree = settled(
        {
            "pkg/__init__.py": "",
            "pkg/plugin/sphinx.py": "import zipfile",
            "pkg/archive/plugin/sphinx/__init__.py": "from .parser import parse",
            "pkg/archive/plugin/sphinx/parser.py": "",
            "pkg/archive/logger.py": "from pkg.archive import helpers",
            "pkg/archive/helpers.py": "import pkg.plugin.sphinx",
        }
    )
    assert zones(tree) == {
        "pkg/__init__.py": Zone.PRODUCTION,
        "pkg/archive/helpers.py": Zone.BACKUP,
        "pkg/archive/logger.py": Zone.BACKUP,
        "pkg/archive/plugin/sphinx/__init__.py": Zone.BACKUP,
        "pkg/archive/plugin/sphinx/parser.py": Zone.BACKUP,
        "pkg/plugin/sphinx.py": Zone.PRODUCTION,
    }


@pytest.mark.parametrize(
    ("files", "zone"),
    [
        ({"archive/models/fit.py": "from .table import TABLE", "archive/models/table.py": ""}, Zone.BACKUP),
        ({"archive/tests/_fit.py": "from ..table import TABLE", "archive/table.py": ""}, Zone.BACKUP),
        ({"old/run.py": "from old.table import TABLE", "old/table.py": ""}, Zone.BACKUP),
        ({"archive/__init__.py": "", "archive/a.py": "from archive.table import X", "archive/table.py": ""}, None),
    ],
)
def test_archive_beside_the_product_is_not_used_by_what_lies_in_it(
    settled: Settle, files: dict[str, str], zone: Zone | None
) -> None:
    """As `archive` of statsmodels, whose README calls it no longer supported."""
    found = zones(settled({"pkg/__init__.py": "", "pkg/core.py": "import pkg"} | files))
    path = next(path for path in files if path.endswith("table.py"))
    assert found[path] is (zone or Zone.PRODUCTION)


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"pkg/__init__.py": "", "pkg/cli.py": "from pkg.archive.zip import open_zip", "pkg/archive/zip.py": ""},
            id="the product reads archives with it",
        ),
        pytest.param(
            {"pkg/__init__.py": "", "pkg/archive/__init__.py": "from .zip import open_zip", "pkg/archive/zip.py": ""},
            id="it is a package",
        ),
        pytest.param(
            {"app/views/a.py": "", "app/archive/zip.py": "", "app/archive/main.py": "import app.archive.zip"},
            id="nothing around it is a package either",
        ),
    ],
)
def test_archive_that_is_part_of_the_product(settled: Settle, files: dict[str, str]) -> None:
    assert set(zones(settled(files)).values()) == {Zone.PRODUCTION}


def test_backup_within_a_backup_in_use(settled: Settle) -> None:
    tree = settled(
        {"pkg/a.py": "import archive.b", "archive/b.py": "", "archive/old/c.py": "", "archive/scripts/d.py": ""}
    )
    assert zones(tree) == {
        "archive/b.py": Zone.PRODUCTION,
        "archive/old/c.py": Zone.BACKUP,
        "archive/scripts/d.py": Zone.SCRIPT,
        "pkg/a.py": Zone.PRODUCTION,
    }


def test_loose_file_that_is_imported_is_production(settled: Settle) -> None:
    tree = settled({"settings.py": "", "manage.py": "import settings", "pkg/a.py": ""})
    assert zones(tree) == {
        "manage.py": Zone.SCRIPT,
        "pkg/a.py": Zone.PRODUCTION,
        "settings.py": Zone.PRODUCTION,
    }


def test_loose_files_are_production_where_there_is_nothing_else(settled: Settle) -> None:
    tree = settled({"app.py": "", "tests/test_app.py": "", "docs/conf.py": ""})
    assert zones(tree)["app.py"] is Zone.PRODUCTION


def test_module_that_only_imports_itself_is_not_imported(settled: Settle) -> None:
    tree = settled({"tool.py": "import tool", "pkg/a.py": ""})
    assert zones(tree)["tool.py"] is Zone.SCRIPT
