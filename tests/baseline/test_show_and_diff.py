"""What is in a baseline, and what came since a revision."""

from __future__ import annotations

import json

import pytest

from ssot_lint.errors import ExitCode
from tests.baseline.shop import BASELINE, CART, CART_LINE, HEADER, ORDER_LINE, Repository
from tests.command_line import Run

TABLE = """\
rule     subject    site                  until       reason
SSOT101  Cart       shop/d.py::Cart
SSOT101  OrderBook  shop/b.py::OrderBook  2999-12-31  a [b]
"""


def test_entries_are_listed_and_filtered(shop: Repository, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    order = ORDER_LINE.replace("}", ',"reason":"a [b]","until":"2999-12-31"}')
    stranger = '{"rule":"OLD1","subject":"x","site":"old/x.py::<module>","body":""}\n'
    shop.write(BASELINE, HEADER + order + CART_LINE)
    assert ssot_lint("baseline", "show") == (0, TABLE, f"{BASELINE}: 2 violations\n")
    _, out, _ = ssot_lint("baseline", "show", "-f", "json")
    assert json.loads(out) == [json.loads(CART_LINE), json.loads(order)]
    shop.write(BASELINE, HEADER + order + CART_LINE + stranger)
    for arguments in (("shop/b.py",), ("--rule", "duplicate-class", "shop/b.py"), ("./shop/../shop/b.py",)):
        assert json.loads(ssot_lint("baseline", "show", "-f", "json", *arguments)[1]) == [json.loads(order)]
    assert json.loads(ssot_lint("baseline", "show", "-f", "json", "--rule", "OLD1")[1]) == [json.loads(stranger)]
    assert ssot_lint("baseline", "show", "-f", "json", "--rule", "SSOT102")[1] == "[]\n"
    known = [json.loads(CART_LINE), json.loads(order)]
    assert json.loads(ssot_lint("baseline", "show", "-f", "json", "--rule", "SSOT1")[1]) == known
    assert len(json.loads(ssot_lint("baseline", "show", "-f", "json", "--rule", "ALL")[1])) == 3
    assert ssot_lint("baseline", "show", "none")[:2] == (0, "")
    assert ssot_lint("baseline", "show", "--rule", "duplicate-clas") == (
        ExitCode.USAGE,
        "",
        'error: --rule: no rule is called "duplicate-clas". Did you mean duplicate-class?\n',
    )
    monkeypatch.chdir(shop.root / "shop")
    assert json.loads(ssot_lint("baseline", "show", "-f", "json", "b.py")[1]) == [json.loads(order)]


def test_nothing_can_be_shown_without_a_file(shop: Repository, ssot_lint: Run) -> None:
    missing = f"error: {BASELINE}: no such file. `ssot-lint baseline update` makes it\n"
    assert ssot_lint("baseline", "show") == (ExitCode.USAGE, "", missing)
    assert ssot_lint("baseline", "diff", "--against", "HEAD") == (ExitCode.USAGE, "", missing)
    assert ssot_lint("scan", "--locked") == (ExitCode.USAGE, "", missing)


def test_growth_since_a_revision_is_shown_and_fails_on_demand(shop: Repository, ssot_lint: Run) -> None:
    ssot_lint("baseline", "update")
    everything = (0, f"+ {ORDER_LINE}", f"{BASELINE}: 1 added, 0 removed, 0 moved or edited since HEAD\n")
    assert ssot_lint("baseline", "diff", "--against", "HEAD") == everything
    shop.commit()
    shop.git("mv", "shop/b.py", "shop/books.py")
    shop.write("shop/c.py", CART)
    shop.write("shop/d.py", CART)
    ssot_lint("baseline", "update")
    moved = ORDER_LINE.replace("shop/b.py", "shop/books.py")
    lines = f"+ {CART_LINE}~ {moved}"
    summary = f"{BASELINE}: 1 added, 0 removed, 1 moved or edited since main\n"
    assert ssot_lint("baseline", "diff", "--against", "main") == (0, lines, summary)
    assert ssot_lint("baseline", "diff", "--against", "main", "--fail-on-growth") == (1, lines, summary)
    (shop.root / BASELINE).unlink()
    summary = f"{BASELINE}: 0 added, 1 removed, 0 moved or edited since HEAD\n"
    expected = (0, f"- {ORDER_LINE}", summary)
    assert ssot_lint("baseline", "diff", "--against", "HEAD", "--fail-on-growth") == expected
    shop.write(BASELINE, "damaged\n")
    shop.commit()
    ssot_lint("baseline", "update", "--baseline", BASELINE)
    code, _, err = ssot_lint("baseline", "diff", "--against", "HEAD")
    assert (code, f"error: {BASELINE}:1: not a baseline" in err) == (ExitCode.USAGE, True)
