from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.imports.alias_proliferation import AliasProliferation

GATEWAY = "class Gateway:\n    def charge(self): ...\n"


def found(gateway: str, extra: dict[str, str] | None = None) -> list[Finding]:
    return findings(AliasProliferation(), {"shop/__init__.py": "", "shop/gateway.py": gateway} | (extra or {}))


def test_two_further_names_are_too_many() -> None:
    (finding,) = found(
        GATEWAY + "Client = Gateway\nConnector = Gateway\n",
        {"shop/pay.py": "from shop.gateway import Client\n"},
    )
    assert finding.subject == "shop.gateway:Gateway"
    assert finding.message == "class `Gateway` has 2 further names: Client, Connector"
    assert finding.remedy == (
        "Write `from shop.gateway import Gateway` wherever Client or Connector is used, then delete the aliases"
    )
    assert finding.home is not None
    assert finding.home.reason == "the definition; imported by 1 module under any name"
    assert [(site.location.line, site.symbol) for site in finding.sites] == [
        (3, "shop.gateway:Client"),
        (4, "shop.gateway:Connector"),
    ]
    assert finding.evidence["text"] == [
        "Client in shop/gateway.py:3, imported from there by 1 module",
        "Connector in shop/gateway.py:4, imported from there by 0 modules",
    ]


def test_an_alias_of_an_alias_is_one_more_name() -> None:
    (finding,) = found(
        GATEWAY + "Client = Gateway\n", {"shop/a.py": "from shop.gateway import Client\nConnector = Client\n"}
    )
    assert finding.evidence["names"] == ["Client", "Connector"]


@pytest.mark.parametrize(
    "text",
    [
        GATEWAY + "Client = Gateway\n",
        "class _Gateway: ...\nGateway = _Gateway\n",
        GATEWAY + "GATEWAY = Gateway\ndefault = Gateway\n_Private = Gateway\n",
        GATEWAY + "Client = Gateway()\nConnector = traced(Gateway)\n",
    ],
    ids=["a rename", "private class", "not class names", "not the class"],
)
def test_these_are_not(text: str) -> None:
    assert found(text) == []


def test_the_same_further_name_twice_is_one_name() -> None:
    assert (
        found(GATEWAY + "Client = Gateway\n", {"shop/a.py": "from shop.gateway import Gateway\nClient = Gateway\n"})
        == []
    )


def test_renaming_imports_count_only_when_they_are_exported() -> None:
    local = {
        "shop/a.py": "from shop.gateway import Gateway as First\n",
        "shop/b.py": "from shop.gateway import Gateway as Second\n",
    }
    assert found(GATEWAY, local) == []
    (finding,) = found(GATEWAY, local | {"shop/c.py": "from shop.a import First\nfrom shop.b import Second\n"})
    assert finding.evidence["names"] == ["First", "Second"]


def test_the_public_name_that_most_modules_take_is_the_one_of_a_private_class() -> None:
    (finding,) = found(
        "class _Gateway: ...\n",
        {
            "shop/pay.py": "from shop.gateway import _Gateway\nClient = _Gateway\nConnector = _Gateway\n",
            "shop/a.py": "from shop.pay import Connector\n",
        },
    )
    assert finding.message == "private class `_Gateway` has 2 public names: Client, Connector"
    assert finding.remedy == (
        "Write `from shop.pay import Connector` wherever Client is used, then delete the other aliases"
    )
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.location.line) == ("shop.pay:Connector", 3)
    assert [site.symbol for site in finding.sites] == ["shop.pay:Client"]


@pytest.mark.parametrize(
    "aliases",
    [
        "Client: TypeAlias = Gateway\nConnector: typing.TypeAlias = Gateway\n",
        "type Client = Gateway\ntype Connector = Gateway\n",
        "try:\n    import fast\n    Client = Gateway\n    Connector = Gateway\nexcept ImportError:\n    pass\n",
    ],
    ids=["TypeAlias", "type statement", "under try"],
)
def test_aliases_in_every_form(aliases: str) -> None:
    (finding,) = found(GATEWAY + aliases)
    assert finding.evidence["names"] == ["Client", "Connector"]


@pytest.mark.parametrize(
    ("before", "more", "severity"),
    [
        ("", {}, Severity.MEDIUM),
        ("__all__ = ['Gateway', 'GatewayD', 'GatewayDict']\n", {}, None),
        ("__all__ = ['Gateway', 'GatewayD']\n", {}, Severity.MEDIUM),
        ("", {"shop/__init__.py": "from .gateway import Gateway, GatewayD, GatewayDict\n"}, None),
        ("", {"shop/__init__.py": "from .gateway import GatewayD\n"}, Severity.MEDIUM),
        ("", {"shop/pay.py": "from .gateway import GatewayD, GatewayDict\n"}, Severity.MEDIUM),
    ],
)
def test_names_that_a_library_offers_are_listed(before: str, more: dict[str, str], severity: Severity | None) -> None:
    """As `HoVerNet`, `HoVernet` and `Hovernet` of MONAI."""
    (finding,) = found(f"{before}{GATEWAY}GatewayD = GatewayDict = Gateway\n", more)
    assert finding.severity is severity


def test_modules_that_have_a_name_each_are_a_family() -> None:
    own = {
        f"shop/{name}.py": f"from shop.gateway import Gateway\n{name.title()}Gateway = Gateway\n"
        for name in ("pay", "refund")
    }
    (finding,) = found(GATEWAY, own)
    assert finding.severity is None
