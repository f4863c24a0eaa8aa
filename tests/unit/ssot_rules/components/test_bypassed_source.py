from __future__ import annotations

import pytest

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.components.bypassed_source import BypassedSource

IDS = Component(name="ids", home="shop.ids:new_id", replaces=("uuid.uuid4",), allowed_in=("shop/free/*",))
HOME = {"shop/ids.py": "import uuid\ndef new_id(): return str(uuid.uuid4())\n"}


def found(sources: dict[str, str], component: Component = IDS) -> list[Finding]:
    return findings(BypassedSource(), {"shop/__init__.py": ""} | HOME | sources, (component,))


def test_a_call_past_the_component() -> None:
    (finding,) = found({"shop/a.py": "from uuid import uuid4\ndef f(): return uuid4()\ndef g(): return uuid4()\n"})
    assert finding.subject == "uuid.uuid4"
    assert finding.message == "`uuid.uuid4` is used 2 times in 1 module past `ids`: use shop.ids:new_id"
    assert finding.remedy == "Use shop.ids:new_id in shop/a.py, or name what may use `uuid.uuid4` under allowed-in"
    assert finding.home is not None
    assert finding.home.symbol == "shop.ids:new_id"
    assert [(site.symbol, site.message) for site in finding.sites] == [
        ("shop.a:f", "`uuid.uuid4` past shop.ids:new_id"),
        ("shop.a:g", "`uuid.uuid4` past shop.ids:new_id"),
    ]
    assert finding.evidence["text"] == ["shop/a.py: 2 uses, line 2, line 3"]


@pytest.mark.parametrize(
    "text",
    [
        "import uuid as u\nX = u.uuid4()\n",
        "import uuid\nmake = uuid.uuid4\nX = make()\n",
        "from shop.ids import uuid\nX = uuid.uuid4()\n",
        "import uuid\nfrom pydantic import Field\nX = Field(default_factory=uuid.uuid4)\n",
        "def f():\n    from uuid import uuid4\n    return uuid4().hex\n",
    ],
)
def test_every_way_to_use_it(text: str) -> None:
    assert len(found({"shop/a.py": text})) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("shop/free/a.py", "import uuid\nX = uuid.uuid4()\n"),
        ("tests/test_a.py", "import uuid\nX = uuid.uuid4()\n"),
        ("shop/a.py", "import uuid\nX = uuid.uuid1()\n"),
        ("shop/a.py", "def f(uuid): return uuid.uuid4()\n"),
        ("shop/a.py", "def uuid4(): return 1\nX = uuid4()\n"),
        ("shop/a.py", "from shop.ids import new_id\nX = new_id()\n"),
    ],
)
def test_no_bypass(path: str, text: str) -> None:
    assert found({path: text}) == []


def test_attributes_of_what_is_replaced_count_under_the_longest_name() -> None:
    component = Component(name="env", replaces=("os", "os.environ"), paths=("shop/own/*",))
    text = "import os\nX = os.environ.get('X')\nY = os.environ['Y']\nZ = os.getcwd()\n"
    assert [(each.subject, len(each.sites)) for each in found({"shop/a.py": text}, component)] == [
        ("os", 1),
        ("os.environ", 2),
    ]
    assert found({"shop/own/a.py": text}, component) == []
    (finding, _) = found({"shop/a.py": text}, component)
    assert finding.message.endswith("past `env`: use the component env")
