from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.state.stale_binding import StaleBinding

STATE = "current = None\ndef connect(url):\n    global current\n    current = url\n"
COPY = "from shop.state import current\n"


def found(state: str = STATE, copy: str = COPY, **files: str) -> list[Finding]:
    others = {f"shop/{name}.py": text for name, text in files.items()}
    return findings(StaleBinding(), {"shop/__init__.py": "", "shop/state.py": state, "shop/orders.py": copy} | others)


def test_the_name_is_the_subject_and_its_imports_are_the_sites() -> None:
    (finding,) = found(bills="from shop.state import connect, current as now\n")
    assert finding.subject == "shop.state:current"
    assert finding.message == "2 modules copy `current` of shop.state at import, and connect binds it anew later"
    assert finding.remedy == "Import the module and read `state.current` where it is needed"
    assert [(site.location.path, site.location.line) for site in finding.sites] == [
        ("shop/bills.py", 1),
        ("shop/orders.py", 1),
    ]
    assert finding.evidence["text"] == ["shop/state.py:4 connect: global current"]


@pytest.mark.parametrize(
    "state",
    [
        "current = None\ndef connect(url):\n    global current\n    if current is None:\n        current = url\n",
        "current = 0\ndef count():\n    global current\n    current += 1\n",
        "current = {}\ndef reset():\n    global current\n    current = {}\n",
        "current: str = ''\nclass A:\n    def put(self, x):\n        global current\n        current = x\n",
        "def connect(x):\n    global current\n    current = x\n",
        "current = 1\ndef drop():\n    global current\n    del current\n",
        STATE + "if __name__ == '__main__':\n    connect('a')\n",
        STATE + "connect('a')\ndef again():\n    connect('b')\n",
    ],
)
def test_ways_to_bind_anew(state: str) -> None:
    assert len(found(state)) == 1


def test_a_name_that_goes_through_a_package_is_copied_twice() -> None:
    (finding,) = found(api="from shop.state import current\n", copy="from shop.api import current\n")
    assert [site.location.path for site in finding.sites] == ["shop/api.py", "shop/orders.py"]


@pytest.mark.parametrize(
    "state",
    [
        STATE + "connect('a')\n",
        STATE + "def setup():\n    connect('a')\nsetup()\n",
        "current = []\ndef add(x):\n    global current\n    current += [x]\n",
        "current = []\ndef add(x):\n    global current\n    current.append(x)\n",
        "current = None\ndef connect(url):\n    current = url\n",
        "current = 1\ncurrent = 2\n",
    ],
)
def test_names_that_stay_what_they_are(state: str) -> None:
    assert found(state) == []


@pytest.mark.parametrize(
    "copy",
    [
        "from shop import state\n",
        "import shop.state\n",
        "from shop.state import connect\n",
        "def send():\n    from shop.state import current\n    return current\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop.state import current\n",
    ],
)
def test_imports_that_copy_nothing(copy: str) -> None:
    assert found(copy=copy) == []


def test_what_only_tests_call() -> None:
    files = {"shop/__init__.py": "", "shop/state.py": STATE, "shop/orders.py": COPY}
    tests = {"tests/test_it.py": "from shop.state import connect\ndef test_it():\n    connect(1)\n"}
    assert findings(StaleBinding(), files | tests) == []


def test_a_test_may_copy() -> None:
    files = {"shop/__init__.py": "", "shop/state.py": STATE, "tests/test_it.py": COPY}
    assert findings(StaleBinding(), files) == []
