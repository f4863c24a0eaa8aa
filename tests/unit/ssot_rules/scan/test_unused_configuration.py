from __future__ import annotations

from ssot_lint.model.finding import Location
from ssot_lint.model.record import Entry, ScanRecord
from ssot_lint.testing import project_from, scan_of
from ssot_rules.scan.unused_configuration import UnusedConfiguration


def test_an_entry_is_named_with_its_key_and_place() -> None:
    entry = Entry(Location("ssot-lint.toml", 4), "components.cart.home", "shop.cart:Cart")
    project = project_from({"mill/a.py": ""})
    (finding,) = UnusedConfiguration().review(project, ScanRecord(unused_entries=(entry,)))
    assert finding.subject == "components.cart.home shop.cart:Cart"
    assert finding.message == 'ssot-lint.toml: "shop.cart:Cart" under `components.cart.home` matches nothing'
    assert finding.remedy == 'Write what "shop.cart:Cart" should match now, or delete it.'
    (site,) = finding.sites
    assert (site.location, site.symbol) == (entry.location, "components.cart.home")
    assert finding.evidence == {"key": "components.cart.home", "value": "shop.cart:Cart"}


def test_a_scan_that_could_not_read_everything_proves_nothing() -> None:
    sources = {"ssot-lint.toml": "[per-path-ignores]\n'gone.py' = ['ALL']\n", "mill/a.py": "x = 1\n"}
    assert [each.rule.code for each in scan_of(sources, (UnusedConfiguration,))] == ["SSOT003"]
    assert scan_of({**sources, "mill/b.py": "def ("}, (UnusedConfiguration,)) == []
