from __future__ import annotations

from collections.abc import Callable

from ssot_lint.init.doubts import propose_in_doubt
from ssot_lint.model.report import JudgedFinding
from ssot_lint.model.source import SourceTree
from ssot_lint.project.project import Project

Read = Callable[..., tuple[SourceTree, Project, list[JudgedFinding]]]

EXAMPLES = {f"shop/examples/part_{at}.py": "x = 1\n" for at in range(10)}
SHOP = {"shop/__init__.py": "", "shop/core.py": "x = 1\n", "shop/examples/__init__.py": ""}


def test_a_package_that_is_not_judged_is_for_somebody_to_decide(read: Read) -> None:
    tree, _, _ = read(SHOP | EXAMPLES)
    (proposal,) = propose_in_doubt(tree)
    assert (proposal.key, proposal.value) == ("zone-paths", {"production": ("shop/examples/**",)})
    assert proposal.is_doubtful
    assert proposal.evidence[0] == "Not judged, by a sign that may mislead. Keep below what is part of the product:"
    assert proposal.evidence[1].startswith("  shop/examples: 11 files taken for script code: ")


def test_what_is_called_what_it_is_leaves_no_doubt(read: Read) -> None:
    tree, _, _ = read(SHOP | {path.replace("examples", "migrations"): text for path, text in EXAMPLES.items()})
    assert list(propose_in_doubt(tree)) == []


def test_examples_beside_the_program_and_the_history_of_a_database_leave_none(read: Read) -> None:
    history = {f"shop/alembic/versions/part_{at}.py": "x = 1\n" for at in range(10)}
    folders = {f"{each}/__init__.py": "" for each in ("examples", "shop/alembic", "shop/alembic/versions")}
    beside = {path.removeprefix("shop/"): text for path, text in EXAMPLES.items()}
    tree, _, _ = read({"shop/__init__.py": "", "shop/core.py": "x = 1\n"} | history | folders | beside)
    assert list(propose_in_doubt(tree)) == []


def test_services_without_metadata_may_use_each_other(read: Read) -> None:
    services = {
        f"services/{name}/app/{module}.py": text
        for name in ("billing", "mail")
        for module, text in (("__init__", ""), ("main", "from app.db import A\n"), ("db", "class A: ...\n"))
    }
    tree, _, _ = read(services)
    found = {each.key: each for each in propose_in_doubt(tree)}
    assert found["distributions"].value == {"services/billing": (), "services/mail": ()}
    assert found["distributions"].is_doubtful
