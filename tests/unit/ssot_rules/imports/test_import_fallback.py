from __future__ import annotations

from textwrap import indent

import pytest

from ssot_lint.model.finding import Finding, Location, Severity
from ssot_lint.testing import findings
from ssot_rules.imports.broken_import import BrokenImport
from ssot_rules.imports.import_fallback import ImportFallback

TRY = "try:\n    from shop.checks import check\nexcept ImportError:\n"
CHECKS = "def check(order):\n    return order.total > 0\ndef loose(order):\n    return True\n"


def found(files: dict[str, str]) -> list[Finding]:
    return findings(ImportFallback(), {"shop/__init__.py": "", "shop/checks.py": CHECKS} | files)


def test_a_stub_in_the_handler() -> None:
    (finding,) = found({"shop/cart.py": TRY + "    def check(order):\n        return True\n"})
    assert finding.subject == "shop.cart:check"
    assert finding.message == ("`check` in shop.cart is shop.checks:check, or a stub of its own when that import fails")
    assert finding.remedy == "Import `check` from shop.checks without a handler, and delete the fallback"
    assert finding.home is not None
    assert finding.home.symbol == "shop.checks:check"
    (site,) = finding.sites
    assert site.location == Location("shop/cart.py", 4, 5, 5)


def test_a_second_source_in_the_handler() -> None:
    (finding,) = found({"shop/cart.py": TRY + "    from shop.checks import loose as check\n"})
    assert finding.evidence["sources"] == ["shop.checks:check", "shop.checks:loose"]


def test_what_stands_in_for_a_module_that_is_there_is_only_listed() -> None:
    for handler in ("    def check(order):\n        return True\n", "    from shop.checks import loose as check\n"):
        (finding,) = found({"shop/cart.py": TRY + handler})
        assert finding.severity is Severity.INFO


@pytest.mark.parametrize(
    ("path", "severity"),
    [
        ("shop.gone", None),
        ("shop.plugins.gone", Severity.INFO),
        ("shop.hooks.gone", Severity.INFO),
    ],
)
def test_a_module_that_others_add_may_be_missing(path: str, severity: Severity | None) -> None:
    folders = {f"shop/{name}/__init__.py": "" for name in ("plugins", "hooks")}
    cart = f"try:\n    from {path} import check\nexcept ImportError:\n    def check(order):\n        return True\n"
    (finding,) = found(folders | {"shop/cart.py": cart})
    assert finding.severity is severity


def test_python_makes_special_names_later() -> None:
    cart = "try:\n    from shop.checks import {}\nexcept ImportError:\n    seen = {{}}\n"
    assert found({"shop/cart.py": cart.format("__warningregistry__ as seen")}) == []
    assert len(found({"shop/cart.py": cart.format("registry as seen").replace("seen = {}", "def seen(): ...")})) == 1


@pytest.mark.parametrize(
    "cart",
    [
        TRY + "    check = None\n",
        TRY + "    HAS_CHECK = False\n",
        TRY + "    from shop.checks import check\n",
        "try:\n    from orjson import dumps\nexcept ImportError:\n    from shop.checks import check as dumps\n",
        "try:\n    from orjson import dumps\nexcept ImportError:\n    def dumps(x): ...\n",
        "try:\n    from shop._native import check\nexcept ImportError:\n    from shop.checks import check\n",
        "try:\n    from shop.checks import check\nexcept KeyError:\n    def check(order): ...\n",
        "try:\n    import redis\n    from shop.checks import check\nexcept ImportError:\n    def check(order): ...\n",
        "try:\n    from shop.checks import check\n    check(None)\nexcept:\n    def check(order): ...\n",
        "import os\ntry:\n    os.stat('x')\n    from shop.checks import check\n"
        "except Exception:\n    def check(order): ...\n",
        "try:\n    from shop.checks import check\n    MADE = check(check)\n"
        "except ImportError:\n    def check(order): ...\n",
        "try:\n    from shop.checks import check\n    if check(1):\n        pass\n"
        "except ImportError:\n    def check(order): ...\n",
    ],
)
def test_no_second_source(cart: str) -> None:
    assert found({"shop/cart.py": cart}) == []


def test_a_call_before_the_try_or_in_the_handler_is_not_guarded() -> None:
    before = "from shop.checks import loose\nloose(1)\n"
    assert len(found({"shop/cart.py": before + TRY + "    def check(order):\n        return True\n"})) == 1
    handler = "    loose(1)\n    def check(order):\n        return True\n"
    assert len(found({"shop/cart.py": "from shop.checks import loose\n" + TRY + handler})) == 1


def test_a_module_around_an_optional_package_may_be_missing() -> None:
    cart = "try:\n    from shop.store import Store\nexcept ImportError:\n    class Store: ...\n"
    files = {"shop/store.py": "import redis\nclass Store:\n    client = redis\n", "shop/cart.py": cart}
    assert found(files) == []
    assert len(found(files | {"shop/other.py": "import redis\n"})) == 1


GONE = "try:\n    from shop.gone import check\nexcept ImportError:\n"


def test_an_import_that_can_never_succeed() -> None:
    nowhere = {"shop/checks.py": ""}
    (finding,) = found(nowhere | {"shop/cart.py": GONE + "    def check(order):\n        return True\n"})
    assert finding.subject == "shop.cart:check"
    assert finding.message == (
        "there is no module shop.gone, so the guarded import of `check` in shop.cart always fails"
    )
    assert finding.remedy == (
        "Write `check`, which nothing here defines, or delete the import and what depends on it; if what stands in the "
        "handler is meant, take it out of there and delete the import"
    )
    (site,) = finding.sites
    assert site.location == Location("shop/cart.py", 2, 27, 2)
    assert site.message == "never succeeds: what takes the place of `check` at line 4 is what runs"
    assert finding.rests_on == ("shop/gone.py", "shop/gone/__init__.py")


TOLD = "try:\n    HAS = True\n    from shop.gone import tell\nexcept ImportError:\n"


@pytest.mark.parametrize(
    ("cart", "severity"),
    [
        (f"{TOLD}    HAS = False\n", Severity.INFO),
        (f"def pay():\n{indent(TOLD, '    ')}        tell = None\n    return tell\n", Severity.INFO),
        (f"def pay():\n{indent(TOLD, '    ')}        return\n    tell()\n", Severity.INFO),
        (f"{TOLD}    def tell(order):\n        return True\n", None),
        (f"{TOLD}    from elsewhere import tell\n", None),
        (f"{TOLD.replace('tell', 'loose')}    HAS = False\n", None),
        (f"{TOLD.replace('gone', 'checks')}    HAS = False\n", None),
    ],
)
def test_a_module_that_nothing_stands_in_for_may_be_installed(cart: str, severity: Severity | None) -> None:
    """As the integrations that the installer of CAPEv2 puts into its tree."""
    (finding,) = found({"shop/cart.py": cart})
    assert finding.severity is severity


def test_what_is_defined_in_several_places_is_to_be_imported_from_one() -> None:
    more = {"shop/other.py": CHECKS, "shop/cart.py": GONE + "    def check(order):\n        return True\n"}
    (finding,) = found(more)
    assert finding.remedy.startswith("Import `check` from where it is now; if what stands in the handler is meant, ")


TELLS = "def start(agent):\n    try:\n        from shop import basic_agent\n    except ImportError as error:\n"


@pytest.mark.parametrize(
    "cart",
    [
        f"{TELLS}        print(error)\n        return\n    basic_agent(agent)\n",
        f"{TELLS}        agent.tell(error)\n        return None\n    agent.run(basic_agent)\n",
        "class Shop:\n" + indent(f"{TELLS}        print(error)\n        return\n    basic_agent(agent)\n", "    "),
    ],
)
def test_a_handler_that_only_tells_is_no_way_out(cart: str) -> None:
    """As `create_basic_agent` of vanna, which is nowhere: the handler prints the error and leaves."""
    (finding,) = found({"shop/cart.py": cart})
    assert finding.remedy == (
        "Write `basic_agent`, which nothing here defines, or delete the import and what depends on it"
    )
    assert finding.sites[0].message == "never succeeds: its handler, which ends the function, is what runs"


def test_a_handler_that_gives_something_back_may_be_meant() -> None:
    cart = f"{TELLS}        return []\n    return basic_agent(agent)\n"
    (finding,) = found({"shop/cart.py": cart})
    assert finding.remedy.endswith(
        "; if what stands in the handler is meant, take it out of there and delete the import"
    )


@pytest.mark.parametrize(
    ("own", "asked", "named"),
    [
        ("_do_search", "do_search", False),
        ("_search_web", "search_web", False),
        ("_searched", "search", False),
        ("do_search", "duck_do_search", True),
    ],
)
def test_what_is_private_to_a_module_takes_no_place(own: str, asked: str, named: bool) -> None:
    """As `_do_duckduckgo_search` of PraisonAI for `duckduckgo_search`."""
    cart = f"{TELLS}        return []\n    return basic_agent\n".replace(
        "shop import basic_agent", f"shop.web import {asked}"
    )
    result = found({"shop/web.py": f"def {own}(): ...\n", "shop/cart.py": cart})
    assert [own in finding.remedy for finding in result] == [named]


def test_where_the_name_is_now_is_told() -> None:
    cart = "try:\n    from shop.gone import loose\nexcept ImportError:\n    def loose(order):\n        return True\n"
    (finding,) = found({"shop/cart.py": cart})
    assert finding.remedy == (
        "Write `from shop.checks import loose`, the only place that defines it; if what stands in the handler is "
        "meant, take it out of there and delete the import"
    )


@pytest.mark.parametrize(
    "cart",
    [
        GONE + "    check = None\n",
        GONE + "    HAS_CHECK = False\n",
        GONE + "    from shop.checks import check\n",
        "def f():\n    try:\n        import shop.gone\n    except ImportError:\n        return None\n",
        "try:\n    from shop.checks import gone\nexcept Exception:\n    gone = print\n",
    ],
    ids=["None", "flag", "another source", "in a function", "a name"],
)
def test_whatever_takes_its_place_is_what_runs(cart: str) -> None:
    (finding,) = found({"shop/cart.py": cart})
    assert finding.home is None


@pytest.mark.parametrize(
    "cart",
    [
        GONE + "    raise\n",
        GONE + "    pass\n",
        GONE + "    def check(order):\n        raise RuntimeError('no checks')\n",
        "try:\n    from shop.local_settings import X\nexcept ImportError:\n    X = 1\n",
        "try:\n    from shop._speed import check\nexcept ImportError:\n    check = None\n",
        "try:\n    from .internal import check\nexcept ImportError:\n    check = None\n",
        "try:\n    from shop.ext_compiled import check\nexcept ImportError:\n    check = None\n",
        "try:\n    from shop.enterprise.hooks import check\nexcept ImportError:\n    check = None\n",
        GONE + "    check = None\nif __name__ == '__main__':\n    print(check)\n    main()\ndef main(): ...\n",
    ],
    ids=[
        "raised again",
        "unbound: a broken import",
        "stub that raises",
        "local settings",
        "private",
        "not given away",
        "compiled",
        "sold apart",
        "script",
    ],
)
def test_failures_that_nobody_overlooks(cart: str) -> None:
    assert found({"shop/cart.py": cart}) == []


@pytest.mark.parametrize(
    "stub",
    [
        "    def check(order):\n        raise ImportError('no checks')\n",
        "    class check:\n        def __init__(self):\n            raise ImportError('no checks')\n",
    ],
)
def test_a_stub_that_raises_cannot_pass_for_the_real_thing(stub: str) -> None:
    assert found({"shop/cart.py": TRY + stub}) == []


RUN = """
def pay(order, log):
    try:
        from shop.gone import check
        found = {call}
    except {caught}:
        {handled}
    finally:
        log.close()
"""


@pytest.mark.parametrize(
    ("call", "caught", "handled", "is_fallback"),
    [
        ("check(order)", "Exception as e", "log.error(e)", False),
        ("check.all(order)", "BaseException", "log.error('failed')\n        order.failed = True", False),
        ("check(order)", "Exception", "log.error('failed')", False),
        ("check(order)", "ImportError", "log.error('failed')", True),
        ("check(order)", "Exception", "return True", True),
        ("check(order)", "Exception", "from shop.checks import loose\n        loose(order)", True),
        ("order.check()", "Exception", "log.error('failed')", True),
    ],
)
def test_who_only_reports_what_went_wrong_puts_nothing_in_its_place(
    call: str, caught: str, handled: str, is_fallback: bool
) -> None:
    text = RUN.format(call=call, caught=caught, handled=handled)
    files = {"shop/__init__.py": "", "shop/checks.py": CHECKS, "shop/cart.py": text}
    assert len(findings(ImportFallback(), files)) == is_fallback
    (finding,) = findings(BrokenImport(), files)
    assert finding.severity is (Severity.INFO if is_fallback else Severity.MEDIUM)
