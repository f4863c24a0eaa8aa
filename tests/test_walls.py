"""The walls of `pyproject.toml` stand: an import that crosses one breaks that contract, and no other.

The imports of the whole program are read once. A sabotage is one import more in a copy of them; two tests write into a
copy of the source instead, and run import-linter as developers do.
"""

from __future__ import annotations

import copy
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import grimp
import pytest
from importlinter import Contract
from importlinter.api import read_configuration
from importlinter.contracts.acyclic_siblings import AcyclicSiblingsContract
from importlinter.contracts.forbidden import ForbiddenContract
from importlinter.contracts.layers import LayersContract

ROOT = Path(__file__).parents[1]
PACKAGES = (Path("ssot_lint"), Path("rules", "ssot_rules"))
CONFIGURATION = read_configuration(str(ROOT / "pyproject.toml"))
CONTRACTS: Mapping[str, Mapping[str, Any]] = {each["id"]: each for each in CONFIGURATION["contracts_options"]}
TYPES: Mapping[str, type[Contract]] = {
    "acyclic_siblings": AcyclicSiblingsContract,
    "forbidden": ForbiddenContract,
    "layers": LayersContract,
}
RULE = "ssot_rules.definitions.duplicate_class"
PUBLIC_ROOMS = {"ssot_lint.graph", "ssot_lint.model", "ssot_lint.project", "ssot_lint.text"}
"""Rooms of the engine whose every module a pack may import; `rules` is public as far as `rule` goes."""


def module_names() -> Iterator[str]:
    """Every module of the engine and of the built-in pack, from the files."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            parts = path.relative_to(ROOT / package.parent).with_suffix("").parts
            yield ".".join(parts).removesuffix(".__init__")


def one_of_each_room() -> dict[str, str]:
    """The last module of every room and family by `package.room`; loose modules and both packages are rooms too."""
    return {".".join(name.split(".")[:2]): name for name in module_names()}


ROOMS = one_of_each_room()
NOT_PUBLIC = [
    *(name for room, name in ROOMS.items() if room.startswith("ssot_lint") and room not in PUBLIC_ROOMS),
    "ssot_lint.rules.registry",
    "ssot_lint.scan.check",
]

LIBCST_ROOMS = {"ssot_lint.extract", "ssot_lint.fix"}

SABOTAGES = [
    ("stages circles", "ssot_lint.errors", "ssot_lint.text.wording"),
    ("stages circles", "ssot_lint.text.wording", "ssot_lint.model.finding"),
    ("stages circles", "ssot_lint.model.facts", "ssot_lint.project.project"),
    ("stages circles", "ssot_lint.project.project", "ssot_lint.rules.rule"),
    ("stages circles", "ssot_lint.scan.scan", "ssot_lint.commands.scan"),
    ("stages circles", "ssot_lint.cli.main", "ssot_lint.__main__"),
    ("stages", "ssot_lint.git", "ssot_lint.discovery.walk"),
    ("stages", "ssot_lint.plan.order", "ssot_lint.init.propose"),
    ("stages", "ssot_lint.query.answer", "ssot_lint.plan.order"),
    ("stages circles", "ssot_lint.query.by_name", "ssot_lint.scan.stored_catalogue"),
    ("stages", "ssot_lint.reporters.sarif", "ssot_lint.scan.scan"),
    ("stages", "ssot_lint.commands.scan", "ssot_lint.testing"),
    ("stages circles", "ssot_lint.fix.engine", "ssot_lint.commands.fix"),
    ("stages circles", "ssot_lint.scan.scan", "ssot_lint.fix.engine"),
    ("families", "ssot_rules.state.growing_registry", "ssot_rules.imports.broken_import"),
    ("families", "ssot_rules.definitions.duplicate_enum", "ssot_rules.factories._coroutines"),
    ("families circles", "ssot_rules.analysis.literals", "ssot_rules.scan.unparsable_file"),
    ("families circles", "ssot_rules.analysis.literals", "ssot_rules.state.growing_registry"),
    ("formats", "ssot_lint.reporters.sarif", "ssot_lint.reporters.junit"),
    ("formats", "ssot_lint.reporters.axis", "ssot_lint.reporters.dot"),
    ("formats", "ssot_lint.reporters.html.plan", "ssot_lint.reporters.terminal"),
    ("pools", "ssot_lint.workers.extract_files", "ssot_lint.workers.processes"),
    ("pools circles", "ssot_lint.workers.extract_files", "ssot_lint.workers.extract_one"),
    ("pools", "ssot_lint.workers.kept", "ssot_lint.workers.steady"),
    ("pools", "ssot_lint.workers.processes", "ssot_lint.workers.extract_files"),
    ("pools circles", "ssot_lint.workers.interface", "ssot_lint.workers.dask"),
    ("circles", "ssot_lint.model.finding", "ssot_lint.model.report"),
    ("circles", "ssot_lint.graph.digraph", "ssot_lint.graph.views.draw"),
    ("circles", "ssot_rules.analysis.containers", "ssot_rules.analysis.stateful"),
    ("rules", "ssot_lint.cli.main", RULE),
    ("rules", "ssot_lint.testing", "ssot_rules"),
    ("rules", "ssot_lint.scan.check", "ssot_rules.scan.unparsable_file"),
    ("probe", "ssot_lint.probe.watcher", "ssot_lint.init.propose"),
    ("probe", "ssot_lint.probe.declared", "ssot_lint.discovery.project_root"),
    ("probe", "ssot_lint.probe.watcher", "ssot_lint.commands.proposed"),
    ("stages", "ssot_lint.commands.scan", "ssot_lint.probe.merge"),
    ("wrapt", "ssot_lint.commands.scan", "wrapt"),
    ("wrapt", "ssot_lint.probe.watcher", "wrapt"),
    ("offline", "ssot_lint.commands.scan", "pytest"),
    ("terminal", "ssot_lint.commands.scan", "typer"),
    ("terminal", "ssot_lint.reporters.terminal", "typer"),
    ("terminal", "ssot_lint.reporters.sarif", "rich"),
    ("terminal", "ssot_lint.cli.main", "rich"),
    ("terminal", "ssot_lint.errors", "rich"),
    ("terminal", RULE, "rich"),
    ("jinja2", "ssot_lint.reporters.junit", "jinja2"),
    ("jinja2", "ssot_lint.reporters.html.assets", "markupsafe"),
    ("processes", "ssot_lint.scan.scan", "pebble"),
    ("processes", "ssot_lint.workers.dask", "pebble"),
    ("processes", "ssot_lint.workers.processes", "distributed"),
    ("processes", "ssot_lint.workers.extract_files", "multiprocessing"),
    ("processes", RULE, "dask"),
    ("protocols", "ssot_lint.commands.mcp", "mcp"),
    ("protocols", "ssot_lint.server.resident", "pygls"),
    ("protocols", "ssot_lint.server.mcp.tools", "lsprotocol"),
    ("protocols", "ssot_lint.server.mcp.tools", "anyio"),
    ("protocols", "ssot_lint.server.lsp.server", "pydantic"),
    ("protocols", "ssot_lint.commands.server", "pygls"),
    ("protocols", "ssot_lint.commands.scan", "watchfiles"),
    ("stages circles", "ssot_lint.scan.load", "ssot_lint.server.memory"),
    ("stages circles", "ssot_lint.server.resident", "ssot_lint.commands.session"),
    ("single", "ssot_lint.discovery.walk", "subprocess"),
    ("single", "ssot_lint.discovery.walk", "pathspec"),
    ("single", "ssot_lint.scan.result_cache", "sqlite3"),
    ("single", "ssot_lint.config.load", "tomllib"),
    ("single", "ssot_lint.config.load", "tomlkit"),
    ("single", "ssot_lint.discovery.metadata", "tomli"),
    ("single", "ssot_lint.fix.journal", "subprocess"),
    ("single", RULE, "subprocess"),
    ("offline", "ssot_lint.text.sanitize", "socket"),
    ("offline", "ssot_lint.commands.scan", "urllib"),
    ("offline", "ssot_lint.reporters.json_report", "jsonschema"),
    ("offline", "ssot_lint.testing", "pytest"),
    ("offline", "ssot_lint.reporters.html.document", "playwright"),
    *(("public", RULE, name) for name in NOT_PUBLIC),
    *(("libcst", name, "libcst") for room, name in ROOMS.items() if room not in LIBCST_ROOMS),
    *(("networkx", name, "networkx") for name in ROOMS.values()),
]

ALLOWED = [
    (RULE, "ssot_lint.graph.dependencies"),
    (RULE, "ssot_lint.model.record"),
    (RULE, "ssot_lint.project.roles"),
    (RULE, "ssot_lint.rules.rule"),
    (RULE, "ssot_lint.text.suggest"),
    (RULE, "ssot_rules.analysis.bodies"),
    (RULE, "msgspec"),
    ("ssot_lint.extract.cursor", "libcst"),
    ("ssot_lint.fix.engine", "libcst"),
    ("ssot_lint.testing", "ssot_lint.extract.extractor"),
    ("ssot_lint.reporters.sarif", "ssot_lint.reporters.axis"),
]


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    """All imports of the checkout."""
    roots = CONFIGURATION["session_options"]["root_packages"]
    return grimp.build_graph(*roots, include_external_packages=True, cache_dir=None)


def keeps(contract: str, imports: grimp.ImportGraph) -> bool:
    options = dict(CONTRACTS[contract])
    checked = TYPES[options["type"]](options["name"], CONFIGURATION["session_options"], options)
    return checked.check(copy.deepcopy(imports), verbose=False).kept


def broken(imports: grimp.ImportGraph) -> list[str]:
    return [contract for contract in CONTRACTS if not keeps(contract, imports)]


def with_import(imports: grimp.ImportGraph, importer: str, imported: str) -> grimp.ImportGraph:
    """The same imports and one more."""
    more = copy.deepcopy(imports)
    assert importer in more.modules
    if imported not in more.modules:  # a library that nobody imports
        assert not imported.startswith("ssot_")
        more.add_module(imported, is_squashed=True)
    more.add_import(importer=importer, imported=imported)
    return more


def test_every_contract_is_kept(imports: grimp.ImportGraph) -> None:
    assert broken(imports) == []


def test_every_contract_is_sabotaged() -> None:
    assert {contract for contracts, _, _ in SABOTAGES for contract in contracts.split()} == CONTRACTS.keys()


@pytest.mark.parametrize(("contracts", "importer", "imported"), SABOTAGES)
def test_an_import_across_a_wall_breaks_it(
    imports: grimp.ImportGraph, contracts: str, importer: str, imported: str
) -> None:
    assert set(broken(with_import(imports, importer, imported))) == set(contracts.split())


@pytest.mark.parametrize(("importer", "imported"), ALLOWED)
def test_an_import_of_what_is_open_breaks_nothing(imports: grimp.ImportGraph, importer: str, imported: str) -> None:
    assert broken(with_import(imports, importer, imported)) == []


@pytest.mark.parametrize(
    ("library", "inside"),
    [("libcst", ("ssot_lint.extract.", "ssot_lint.fix.")), ("networkx", ("ssot_lint.graph.digraph",))],
)
def test_no_module_outside_may_import_the_library(
    imports: grimp.ImportGraph, library: str, inside: tuple[str, ...]
) -> None:
    outside = [name for name in module_names() if not name.startswith(inside)]
    assert [name for name in outside if keeps(library, with_import(imports, name, library))] == []


@pytest.mark.parametrize(
    ("contract", "module"),
    [
        ("stages", "ssot_lint.room"),
        ("families", "ssot_rules.family"),
        ("formats", "ssot_lint.reporters.format"),
        ("pools", "ssot_lint.workers.pool"),
    ],
)
def test_what_is_new_must_be_given_its_place(imports: grimp.ImportGraph, contract: str, module: str) -> None:
    more = copy.deepcopy(imports)
    more.add_module(module)
    assert broken(more) == [contract]


def test_every_library_but_the_one_of_plain_data_has_a_wall(imports: grimp.ImportGraph) -> None:
    libraries = {name for name in imports.modules if imports.is_module_squashed(name)} - sys.stdlib_module_names
    walled = {name for contract in CONTRACTS.values() for name in contract.get("forbidden_modules", ())}
    assert libraries - walled == {"msgspec"}


def test_what_packs_are_told_is_public_is_what_the_built_in_pack_may_import() -> None:
    page = (ROOT / "docs" / "plugins.md").read_text()
    told = page.partition("\n## What a pack may import\n")[2].partition("\n## ")[0]
    opened = {link.partition(" -> ")[2].removesuffix(".**") for link in CONTRACTS["public"]["ignore_imports"]}
    assert set(re.findall(r"`(ssot_lint\.[a-z_.]+)`", told)) == opened | {"ssot_lint.testing"}


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of the source and of the contracts."""
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def lint_imports(folder: Path) -> tuple[int, set[str], str]:
    """The exit code, the names of the broken contracts, and all that is said."""
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "rules"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout)
    return done.returncode, set(re.findall(r"^(.+) BROKEN", said, re.MULTILINE)), said


def names(contracts: Iterable[str]) -> set[str]:
    return {str(CONTRACTS[contract]["name"]) for contract in contracts}


def test_import_linter_is_content_with_a_copy(checkout: Path) -> None:
    code, contracts, said = lint_imports(checkout)
    assert (code, contracts) == (0, set())
    assert f"{len(CONTRACTS)} kept, 0 broken." in said


def test_import_linter_names_the_lines_of_a_sabotaged_copy(checkout: Path) -> None:
    sabotages = {
        "ssot_lint/git.py": "import libcst",
        "ssot_lint/init/grouping.py": "from networkx import DiGraph",
        "ssot_lint/model/finding.py": "if TYPE_CHECKING:\n    from ssot_lint.model import report",
        "rules/ssot_rules/state/growing_registry.py": "def _late():\n    import ssot_rules.imports.broken_import",
    }
    for path, line in sabotages.items():
        with (checkout / path).open("a") as file:
            file.write(f"\n\n{line}\n")
    code, contracts, said = lint_imports(checkout)
    assert (code, contracts) == (1, names(["libcst", "networkx", "circles", "families"]))
    for link in (
        "ssot_lint.git -> libcst (l.",
        "ssot_lint.init.grouping -> networkx (l.",
        "ssot_rules.state.growing_registry -> ssot_rules.imports.broken_import (l.",
    ):
        assert link in said
