"""Whether branches of the packages have to do with each other."""

from __future__ import annotations

import pytest

from ssot_lint.project.home import ONLY_FUNCTION
from ssot_lint.testing import project_from
from ssot_rules.analysis.branches import lies_apart

BODY = "def weigh(box):\n    return sum(box)\n"


@pytest.mark.parametrize(
    ("home", "site", "more", "is_apart"),
    [
        ("shop/scales/old.py", "shop/tills/cash.py", {}, True),
        ("shop/scales/parts/old.py", "shop/tills/parts/cash.py", {}, True),
        ("shop/scales/old.py", "shop/tills/cash.py", {"shop/scales/x.py": "from shop.tills import cash\n"}, True),
        ("shop/scales/old.py", "shop/tills/cash.py", {"tests/test_x.py": "from shop.scales import old\n"}, True),
        ("shop/scales/old.py", "shop/tills/cash.py", {"shop/tills/x.py": "from shop.scales import old\n"}, False),
        ("shop/scales/parts/old.py", "shop/tills/cash.py", {"shop/tills/x.py": "import shop.scales.y\n"}, False),
        ("shop/scales/utils.py", "shop/tills/cash.py", {}, False),
        ("shop/old.py", "shop/tills/cash.py", {}, False),
        ("shop/tills/old.py", "shop/tills/cash.py", {}, False),
        ("scales/old.py", "tills/cash.py", {}, False),
    ],
)
def test_a_branch_apart_is_one_that_nothing_is_taken_from(
    home: str, site: str, more: dict[str, str], is_apart: bool
) -> None:
    files = {home: BODY, site: BODY, "shop/scales/y.py": "", **more}
    folders = {"/".join(path.split("/")[:end]) for path in files for end in range(1, path.count("/") + 1)}
    project = project_from({f"{folder}/__init__.py": "" for folder in folders} | files)
    found = {each.module.path: each for each in project.functions()}
    assert lies_apart(project, found[home], ONLY_FUNCTION, [found[site]]) is is_apart
    assert not lies_apart(project, found[home], "the only definition", [found[site]])
