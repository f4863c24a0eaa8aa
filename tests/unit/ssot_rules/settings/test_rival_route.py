from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.settings.rival_route import RivalRoute

APP = "from fastapi import FastAPI\napp = FastAPI()\n"
ONE = "@app.get('/x')\ndef one(): return 1\n"


def found(sources: dict[str, str]) -> list[Finding]:
    return findings(RivalRoute(), {"shop/__init__.py": ""} | sources)


def rivals(text: str) -> list[str]:
    return [finding.subject for finding in found({"shop/api.py": text})]


def test_two_handlers() -> None:
    (finding,) = found({"shop/api.py": f"{APP}{ONE}@app.get('/x')\ndef two(): return 2\n"})
    assert finding.subject == "shop.api:app GET `/x`"
    assert finding.message == "GET `/x` of `shop.api:app` has 2 handlers, `one`, `two`: only the first is called"
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == ("shop.api:one", "registered first")
    assert (finding.home.location.line, finding.sites[0].location.line) == (4, 6)
    assert [(site.symbol, site.message) for site in finding.sites] == [
        ("shop.api:two", "GET `/x` has the handler `one` in shop/api.py")
    ]


def test_it_is_an_inventory() -> None:
    assert RivalRoute.severity is Severity.INFO


def test_methods_of_the_same_handlers_are_one_finding() -> None:
    both = "@app.api_route('/x', methods=['GET', 'put'])\n"
    assert rivals(f"{APP}{both}def one(): return 1\n{both}def two(): return 2\n") == ["shop.api:app GET, PUT `/x`"]


def test_the_order_of_modules_is_not_known() -> None:
    other = "from shop.api import app\n@app.get('/x')\ndef two(): return 2\n"
    (finding,) = found({"shop/api.py": APP + ONE, "shop/other.py": other})
    assert finding.message.endswith("only the one that is registered first is called")
    assert [site.symbol for site in finding.sites] == ["shop.other:two"]


def test_prefixes_of_routers_count() -> None:
    router = "from fastapi import APIRouter\nr = APIRouter(prefix='/a')\napp.include_router(r, prefix='/v1')\n"
    text = f"{APP}{router}@r.get('/x')\ndef one(): return 1\n@app.get('/v1/a/x')\ndef two(): return 2\n"
    assert rivals(text) == ["shop.api:app GET `/v1/a/x`"]


def test_the_prefix_of_a_registration_replaces_that_of_a_blueprint() -> None:
    text = (
        "from flask import Flask, Blueprint\napp = Flask('x')\nb = Blueprint('b', 'x', url_prefix='/own')\n"
        "app.register_blueprint(b{})\n@b.route('/x')\ndef one(): return 1\n@app.route('{}/x')\ndef two(): return 2\n"
    )
    assert rivals(text.format("", "/own")) == ["shop.api:app GET `/own/x`"]
    assert rivals(text.format(", url_prefix='/new'", "/new")) == ["shop.api:app GET `/new/x`"]
    assert rivals(text.format(", url_prefix='/new'", "/own")) == []


@pytest.mark.parametrize(
    "text",
    [
        f"{APP}{ONE}@app.post('/x')\ndef two(): return 2\n",
        f"{APP}{ONE}@app.get('/y')\ndef two(): return 2\n",
        f"{APP}@app.get('/x')\n@app.get('/x')\ndef one(): return 1\n",
        f"{APP}{ONE}if DEBUG:\n    @app.get('/x')\n    def two(): return 2\n",
        f"{APP}{ONE}@app.get('/x')\n@version(2)\ndef two(): return 2\n",
        f"{APP}{ONE}@app.get(PATH)\ndef two(): return 2\n",
        f"{APP}{ONE}app = FastAPI()\n@app.get('/x')\ndef two(): return 2\n",
        f"{APP}{ONE}@app.api_route('/x', methods=METHODS)\ndef two(): return 2\n",
        f"from shop.own import App\napp = App()\n{ONE}@app.get('/x')\ndef two(): return 2\n",
        "def f(app):\n    @app.get('/x')\n    def one(): return 1\n    @app.get('/x')\n    def two(): return 2\n",
    ],
)
def test_no_rivals(text: str) -> None:
    assert rivals(text) == []


def test_tests_have_applications_of_their_own() -> None:
    assert found({"tests/test_x.py": f"{APP}{ONE}@app.get('/x')\ndef two(): return 2\n"}) == []


def test_a_router_that_is_mounted_nowhere_is_an_application_of_its_own() -> None:
    router = "from fastapi import APIRouter\napp = APIRouter(prefix=prefix())\n"
    assert rivals(f"{router}{ONE}@app.get('/x')\ndef two(): return 2\n") == ["shop.api:app GET `/x`"]


@pytest.mark.parametrize(
    "second",
    [
        'path("b/", include([path("", views.second)]))',
        'path("b/", include(([path("", views.second)], "b")))',
        'path("b/", include([path("x/", views.third), path("", views.second)]))',
    ],
)
def test_entries_of_included_lists_have_longer_paths(second: str) -> None:
    start = "from django.urls import include, path\nfrom shop import views\nurlpatterns = [\n"
    nested = f'{start}    path("a/", include([\n        path("", views.first),\n    ])),\n    {second},\n]\n'
    views = {"shop/__init__.py": "", "shop/views.py": "def first(r): ...\ndef second(r): ...\ndef third(r): ...\n"}
    assert findings(RivalRoute(), views | {"shop/urls.py": nested}) == []
    flat = f'{start}    path("a/", include("shop.a")),\n    path("", views.first),\n    path("", views.second),\n]\n'
    assert len(findings(RivalRoute(), views | {"shop/urls.py": flat})) == 1


def test_what_a_browser_asks_first_has_no_handler_of_its_own() -> None:
    text = (
        "from flask import Flask\napp = Flask('x')\n"
        "@app.route('/x', methods=['OPTIONS', {}])\ndef one(): return 1\n"
        "@app.route('/x', methods=['OPTIONS', {}])\ndef two(): return 2\n"
    )
    assert rivals(text.format("'PUT'", "'DELETE'")) == []
    assert rivals(text.format("'HEAD', 'PUT'", "'HEAD', 'DELETE'")) == []
    assert rivals(text.format("'PUT'", "'PUT'")) == ["shop.api:app PUT `/x`"]
