from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.factories.multiple_creation_paths import MultipleCreationPaths

MAILER = "class Mailer:\n    def send(self): pass\n"


def found(text: str) -> list[Finding]:
    return findings(MultipleCreationPaths(), {"shop/__init__.py": "", "shop/mail.py": MAILER + text})


def test_the_paths_of_a_factory_with_their_conditions() -> None:
    (finding,) = found(
        "def create_mailer(host=None):\n"
        "    if host is None:\n"
        "        return Mailer()\n"
        "    try:\n"
        "        return Mailer(host)\n"
        "    except (OSError, KeyError):\n"
        "        for port in (1, 2):\n"
        "            if port > 1:\n"
        "                return Mailer(host, port)\n"
    )
    assert MultipleCreationPaths.severity is Severity.INFO
    assert finding.subject == "shop.mail:create_mailer -> shop.mail:Mailer"
    assert finding.message == "`create_mailer` creates `Mailer` on 3 paths"
    assert finding.remedy == (
        "Work out the arguments in the `try` and its `except`, then call `Mailer(...)` once, after it; "
        "keep the calls if it is that call which may fail"
    )
    assert [(site.location.line, site.message) for site in finding.sites] == [
        (5, "one more path to a `Mailer`: if host is None"),
        (7, "one more path to a `Mailer`: otherwise"),
    ]
    assert finding.evidence["paths"] == [
        {"line": 5, "condition": "if host is None", "arguments": 0, "fallback": False, "missing_argument": "host"},
        {"line": 7, "condition": "otherwise", "arguments": 1, "fallback": False, "missing_argument": ""},
        {
            "line": 11,
            "condition": "in except OSError, KeyError, in a loop, if port > 1",
            "arguments": 2,
            "fallback": True,
            "missing_argument": "",
        },
    ]


def test_an_object_in_a_local_variable_counts_where_it_is_made() -> None:
    (finding,) = found(
        "def create_mailer(x):\n    if x:\n        m = Mailer(1)\n    else:\n        m = Mailer(2)\n    return m\n"
    )
    assert finding.evidence["text"] == ["shop/mail.py:5 if x", "shop/mail.py:7 else of `if x`"]


@pytest.mark.parametrize(
    "text",
    [
        "def create_mailer(x): return Mailer(x)\n",
        "def create_mailer(x):\n    inner = Mailer(x)\n    return Mailer(inner)\n",
        "def create_mailer(x):\n    m = Mailer()\n    for i in x:\n        m.add(Mailer(i))\n    return m\n",
        "def _create_mailer(x):\n    if x:\n        return Mailer(1)\n    return Mailer(2)\n",
        "class Sub(Mailer): pass\ndef create_mailer(x):\n    if x:\n        return Sub()\n    return Mailer()\n",
    ],
)
def test_one_path_only(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ("    try:\n        m = Mailer(1)\n    except OSError:\n        m = Mailer()\n    return m\n", "after it"),
        ("    if x:\n        m = Mailer(1)\n    else:\n        m = Mailer()\n    return m\n", "at line 7"),
        ("    try:\n        return Mailer(1)\n    except OSError:\n        pass\n    return Mailer()\n", "at line 8"),
    ],
)
def test_the_one_call_stands_where_it_always_runs(body: str, place: str) -> None:
    (finding,) = found(f"def create_mailer(x):\n{body}")
    assert f"once, {place}" in finding.remedy
