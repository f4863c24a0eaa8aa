from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.factories.async_drift import AsyncDrift


def found(files: dict[str, str], plugin_root: str = "") -> list[Finding]:
    folders = {f"{path.rpartition('/')[0]}/__init__.py": "" for path in files}
    return findings(AsyncDrift(), {"shop/__init__.py": ""} | folders | files, plugin_root=plugin_root)


def test_one_name_async_here_and_sync_there() -> None:
    (finding,) = found(
        {
            "shop/desk.py": "from shop.mail import get_mail_server\n",
            "shop/mail.py": "def get_mail_server(region) -> str: return region\n",
            "shop/signup.py": "async def get_mail_server(region) -> str: return region\n",
        }
    )
    assert finding.subject == "get_mail_server"
    assert finding.message == (
        "`get_mail_server` is async in 1 module and sync in 1 module: keep shop.mail:get_mail_server, "
        "imported by 1 module"
    )
    assert finding.remedy == (
        "Let the callers of shop.signup:get_mail_server import shop.mail:get_mail_server, or give the async ones a "
        "name of their own"
    )
    assert finding.severity is None
    (site,) = finding.sites
    assert (site.symbol, site.message) == (
        "shop.signup:get_mail_server",
        "`async def` here, `def` in shop.mail",
    )
    assert finding.evidence["text"] == [
        "shop/mail.py:1 `def get_mail_server`, imported by 1 module",
        "shop/signup.py:1 `async def get_mail_server`, imported by 0 modules",
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("def get_api(x): pass\n", "async def get_api(x): pass\n"),
        ("def get_mail_api(x) -> A: pass\n", "async def get_mail_api(x) -> B: pass\n"),
    ],
)
def test_namesakes_that_need_not_be_one_thing_are_info(one: str, other: str) -> None:
    (finding,) = found({"shop/a.py": one, "shop/b.py": other})
    assert finding.severity is Severity.INFO
    assert finding.remedy.startswith("Name shop.b:get_")


def test_parallel_folders_are_info() -> None:
    files = {"shop/a/api.py": "def get_mail_api(): pass\n", "shop/b/api.py": "async def get_mail_api(): pass\n"}
    assert [finding.severity for finding in found(files)] == [Severity.INFO]
    assert found(files, plugin_root="shop/*") == []


@pytest.mark.parametrize(
    "files",
    [
        {"shop/a.py": "def get_mail_api(): pass\n", "shop/aio/a.py": "async def get_mail_api(): pass\n"},
        {"shop/sync.py": "def get_mail_api(): pass\n", "shop/b.py": "async def get_mail_api(): pass\n"},
        {
            "shop/a.py": "async def get_mail_api(): pass\n",
            "shop/b.py": "def get_mail_api():\n    @retry\n    async def inner(): pass\n    return inner()\n",
        },
        {"shop/a.py": "def find_api(x): pass\n", "shop/b.py": "async def find_api(x): pass\n"},
        {"shop/a.py": "def find_mail_api(x): pass\n", "shop/b.py": "async def find_mail_api(y): pass\n"},
        {"shop/a.py": "def find_mail_api(x) -> A: pass\n", "shop/b.py": "async def find_mail_api(x) -> B: pass\n"},
        {"shop/a/m.py": "def find_mail_api(x): pass\n", "shop/b/m.py": "async def find_mail_api(x): pass\n"},
        {"shop/a.py": "def get_mail_api(): pass\n", "shop/b.py": "async def get_mail_api(request): pass\n"},
        {"shop/a.py": "def get_mail_api(x, y): pass\n", "shop/b.py": "async def get_mail_api(z): pass\n"},
        {"shop/a.py": "def _get_mail_api(): pass\n", "shop/b.py": "async def _get_mail_api(): pass\n"},
        {"shop/a.py": "def get_mail_api(): pass\n", "tests/b.py": "async def get_mail_api(): pass\n"},
        {"shop/a.py": "def get_mail_api(): pass\n", "shop/b.py": "@app.get('/')\nasync def get_mail_api(): pass\n"},
        {"shop/a.py": "class A:\n    def get_mail_api(self): pass\n", "shop/b.py": "async def get_mail_api(): pass\n"},
        {f"shop/{n}/hook.py": f"{'async ' * (n == 'a')}def get_mail_api(): pass\n" for n in "abc"},
        {
            "shop/a.py": "async def get_mail_api(): pass\n",
            "shop/b.py": "from shop import a\ndef get_mail_api():\n    return run(a.get_mail_api())\n",
        },
    ],
)
def test_exemptions(files: dict[str, str]) -> None:
    assert found(files) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("check_user_rights(user) -> bool", "check_user_rights(user, cart) -> bool"),
        ("check_user_rights(user) -> Dict[str, Any]", "check_user_rights(user) -> dict"),
        ("get_mail_api(region, a) -> Api", "get_mail_api(region) -> Api"),
        ("get_mail_api(region=None) -> Api", "get_mail_api() -> Api"),
    ],
)
def test_functions_that_can_be_confused(one: str, other: str) -> None:
    (finding,) = found({"shop/a.py": f"def {one}: pass\n", "shop/b.py": f"async def {other}: pass\n"})
    assert finding.severity is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("check_user_rights(user)", "check_user_rights(user, cart)"),
        ("get_mail_api(region) -> Api", "get_mail_api(host) -> Api"),
        ("get_mail_api(region, a) -> Api", "get_mail_api(region, b) -> Api"),
        ("check_user_rights(user) -> typing.Dict[str, int]", "check_user_rights(user)"),
    ],
)
def test_in_doubt_they_are_info(one: str, other: str) -> None:
    (finding,) = found({"shop/a.py": f"def {one}: pass\n", "shop/b.py": f"async def {other}: pass\n"})
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(
    ("docstring", "severity"), [("Async version of that in a.", None), ("Send it later.", Severity.INFO)]
)
def test_a_docstring_may_say_that_one_is_the_async_version(docstring: str, severity: Severity | None) -> None:
    files = {
        "shop/a.py": "def send_order_mail(order): pass\n",
        "shop/b.py": f'async def send_order_mail(order):\n    """{docstring}"""\n',
    }
    assert [finding.severity for finding in found(files)] == [severity]


def test_other_packages_are_info_and_other_distributions_silent() -> None:
    one, other = "def send_order_mail(order) -> str: pass\n", "async def send_order_mail(order) -> str: pass\n"
    files = {"shop/a.py": one, "shop/app/b.py": other}
    assert [finding.severity for finding in found(files)] == [Severity.INFO]
    projects = {f"{folder}/pyproject.toml": f'[project]\nname = "{folder}"\n' for folder in ("one", "two")}
    assert findings(AsyncDrift(), projects | {"one/shop/a.py": one, "two/app/b.py": other}) == []


def test_functions_that_their_own_modules_use_alone_are_info() -> None:
    head = "from lib import Graph\ngraph = Graph()\n"
    tail = "graph.add_node(answer_with_messages)\n"
    one, other = (
        "def answer_with_messages(state) -> dict: pass\n",
        "async def answer_with_messages(state) -> dict: pass\n",
    )
    files = {"shop/a.py": head + one + tail, "shop/b.py": head + other + tail}
    assert [finding.severity for finding in found(files)] == [Severity.INFO]
    called = {"shop/a.py": one + "def run(): return answer_with_messages(1)\n", "shop/b.py": files["shop/b.py"]}
    assert [finding.severity for finding in found(called)] == [Severity.INFO]
    user = {"shop/c.py": "from shop.a import answer_with_messages\nanswer_with_messages(1)\n"}
    assert [finding.severity for finding in found(files | user)] == [None]
