from __future__ import annotations

import pytest

from ssot_lint.init.replaced_sources import propose_sources
from ssot_lint.model.component import Component
from ssot_lint.testing import project_from

USERS = {f"app/user_{name}.py": "from app.env import setting\nX = setting('X')\n" for name in "ab"}
PAST = {f"app/past_{name}.py": "import os\nX = os.getenv('X')\n" for name in "cde"}
ENV = {"app/__init__.py": "", "app/env.py": "import os\ndef setting(name):\n    return os.environ.get(name)\n"}


def test_a_wrapper_that_three_modules_go_past() -> None:
    (proposal,) = propose_sources(project_from(ENV | USERS | PAST))
    assert proposal.component == Component(
        name="environment", home="app.env:setting", replaces=("os.environ", "os.getenv")
    )
    assert proposal.evidence == (
        "`setting` stands in front of os.environ and os.getenv for 2 modules; 3 modules go past it: "
        "app/past_c.py, app/past_d.py, app/past_e.py",
    )
    assert proposal.reasons == {"home": "called by 2 modules", "replaces": "used past it in 3 modules"}


@pytest.mark.parametrize(
    ("gone", "instead"),
    [
        ("app/user_a.py", ""),
        ("app/past_c.py", ""),
        ("app/env.py", "import os\ndef setting(name):\n    os.environ.get(name)\n"),
        ("app/env.py", "def setting(name):\n    return name\n"),
        ("app/env.py", "import os\ndef _get(name): return os.getenv(name)\ndef setting(name): return _get(name)\n"),
    ],
)
def test_no_clear_owner(gone: str, instead: str) -> None:
    assert list(propose_sources(project_from(ENV | USERS | PAST | {gone: instead}))) == []


def test_what_is_declared_is_not_proposed() -> None:
    declared = Component(name="env", home="app.env:setting", replaces=("os.getenv",))
    assert list(propose_sources(project_from(ENV | USERS | PAST, (declared,)))) == []


def test_tests_do_not_count() -> None:
    tests = {f"tests/test_{name}.py": "import os\nX = os.getenv('X')\n" for name in "cde"}
    assert list(propose_sources(project_from(ENV | USERS | tests))) == []


@pytest.mark.parametrize(
    ("wrapper", "expected"),
    [
        ("import uuid\ndef new_id():\n    return str(uuid.uuid4())\n", True),
        ("import uuid\ndef new_cart():\n    return {'id': uuid.uuid4()}\n", False),
        ("import uuid\nclass Id: ...\ndef new_id():\n    uuid.uuid4()\n    return Id()\n", False),
    ],
)
def test_only_what_does_nothing_else_stands_in_front(wrapper: str, expected: bool) -> None:
    name = "new_id" if "new_id" in wrapper else "new_cart"
    users = {f"app/user_{each}.py": f"from app.ids import {name}\nX = {name}()\n" for each in "ab"}
    past = {f"app/past_{each}.py": "import uuid\nX = uuid.uuid4()\n" for each in "cde"}
    project = project_from({"app/__init__.py": "", "app/ids.py": wrapper} | users | past)
    assert [each.component.home for each in propose_sources(project)] == (["app.ids:new_id"] if expected else [])
