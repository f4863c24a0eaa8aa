from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.definitions.silent_redefinition import SilentRedefinition


def found(text: str, path: str = "shop/a.py") -> list[Finding]:
    return findings(SilentRedefinition(), {"shop/__init__.py": "", path: text})


def test_the_lost_definition_is_the_site() -> None:
    (finding,) = found(
        "class Tariff:\n    def rate(self): ...\n\n    def zones(self): ...\n\n    def rate(self): ...\n"
    )
    assert finding.subject == "shop.a:Tariff.rate"
    assert finding.message == ("`Tariff.rate` is defined twice in shop/a.py: the one at :6 silently replaces :2")
    assert finding.remedy == (
        "Delete `Tariff.rate` at shop/a.py:2, or give it a name of its own if it was meant to take effect"
    )
    assert finding.home is not None
    assert (finding.home.location.line, finding.home.reason) == (6, "the last definition is the one that takes effect")
    assert [(site.location.line, site.message) for site in finding.sites] == [
        (2, "never takes effect: replaced by the definition at :6")
    ]


def test_three_definitions_are_two_sites() -> None:
    (finding,) = found("def f(): ...\n\ndef f(a): ...\n\nclass f: ...\n")
    assert finding.message == "`f` is defined 3 times in shop/a.py: the one at :5 silently replaces :1, :3"
    assert [site.location.line for site in finding.sites] == [1, 3]


@pytest.mark.parametrize(
    "mark", ["@pytest.mark.slow", "@patch('os.sep')", "@mock.patch.object(os, 'sep')", "@property"]
)
def test_decorators_that_keep_nothing_save_nothing(mark: str) -> None:
    assert len(found(f"{mark}\ndef test_a(): ...\n\n{mark}\ndef test_a(): ...\n", "tests/test_a.py")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "class A:\n    @property\n    def x(self): ...\n    @x.setter\n    def x(self, y): ...\n",
        "class A:\n    @hybrid_property\n    def x(self): ...\n    @x.expression\n    def x(cls): ...\n",
        "class A:\n    @property\n    def x(self): ...\n    @x.setter\n    def x(self, y): ...\n"
        "    @x.deleter\n    def x(self): ...\n",
        "@overload\ndef f(a: int): ...\n@overload\ndef f(a: str): ...\ndef f(a): ...\n",
        "@app.route('/a')\ndef f(): ...\n@app.route('/b')\ndef f(): ...\n",
        "@show.register\ndef _(a: int): ...\n@show.register\ndef _(a: str): ...\n",
        "if a:\n    def f(): ...\nelse:\n    def f(): ...\n",
        "try:\n    def f(): ...\nexcept ValueError:\n    def f(): ...\n",
        "def f(): ...\nif a:\n    def f(): ...\n",
        "def f(): ...\ng = f\ndef f(): ...\n",
        "def f(): ...\nf()\ndef f(): ...\n",
        "from library import keep\ndef f(): ...\nkeep(f)\ndef f(): ...\n",
        "def f(): ...\ng = wrapped(f)\ndef f(): ...\n",
        "def f(): ...\ndel f\ndef f(): ...\n",
        "class A: ...\nclass B(A): ...\nclass A(B): ...\n",
        "def f(): ...\n@f.command\ndef g(): ...\ndef f(): ...\n",
        "def outer():\n    def f(): ...\n    f()\n    def f(): ...\n",
        "def f(): ...\nclass A:\n    def f(self): ...\n",
    ],
)
def test_what_is_kept_used_or_an_alternative_is_exempt(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("mark", ["attr.s", "attrs.define", "dataclasses.dataclass", "d(slots=True)"])
def test_a_data_class_is_kept_by_nobody(mark: str) -> None:
    imports = "import attr\nimport attrs\nimport dataclasses\nfrom attrs import define as d\n"
    assert len(found(imports + f"@{mark}\nclass A: ...\n\n@{mark}\nclass A: ...\n")) == 1


def test_stubs_are_exempt() -> None:
    assert found("def f(): ...\ndef f(a): ...\n", "shop/a.pyi") == []
