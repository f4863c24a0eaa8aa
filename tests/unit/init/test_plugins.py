from __future__ import annotations

import pytest

from ssot_lint.init.plugins import propose_plugins
from ssot_lint.testing import project_from

PLUGINS = {f"shop/plugins/site_{at}.py": "from shop.core import Site\n" for at in range(12)}
CORE = {"shop/__init__.py": "", "shop/core.py": "class Site: ...\n", "shop/plugins/__init__.py": ""}


def test_a_folder_full_of_plugins_that_leave_each_other_alone() -> None:
    layout, root = propose_plugins(project_from(CORE | PLUGINS))
    assert (layout.key, layout.value, root.key, root.value) == ("layout", "plugins", "plugin-root", "shop/plugins/*")
    assert layout.evidence == (
        "shop/plugins/* looks like 12 plug-ins, 12 of 15 files of production code; none of them imports another one. "
        "With these two keys nothing is held against what another plug-in has; without them it is.",
    )


def test_kinds_of_plugins_have_folders_of_their_own() -> None:
    kinds = {
        path.replace("plugins/", f"plugins/kind_{at % 2}/"): text for at, (path, text) in enumerate(PLUGINS.items())
    }
    _, root = propose_plugins(project_from(CORE | kinds))
    assert root.value == "shop/plugins/*/*"


def test_a_base_among_the_plugins_is_no_crossing() -> None:
    base = {"shop/plugins/base.py": "class Base: ...\n"}
    heirs = dict.fromkeys(PLUGINS, "from shop.plugins.base import Base\n")
    assert len(propose_plugins(project_from(CORE | base | heirs))) == 2


@pytest.mark.parametrize(
    "files",
    [
        dict(list(PLUGINS.items())[:9]),
        {path.replace("plugins", "views"): text for path, text in PLUGINS.items()},
        PLUGINS | {f"shop/part_{at}.py": "" for at in range(30)},
        PLUGINS | {f"shop/plugins/site_{at}.py": f"import shop.plugins.site_{at + 1}\n" for at in range(3)},
    ],
)
def test_a_program_is_none(files: dict[str, str]) -> None:
    assert propose_plugins(project_from(CORE | files)) == ()
