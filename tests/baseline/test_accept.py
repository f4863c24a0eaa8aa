"""Single violations that somebody answers for, until a day."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ssot_lint.errors import ExitCode
from tests.baseline.shop import BASELINE, CART, HEADER, ORDER_LINE, Repository
from tests.command_line import Run


def test_single_violations_are_accepted_until_a_day(shop: Repository, ssot_lint: Run) -> None:
    shop.write("shop/c.py", CART)
    shop.write("shop/d.py", CART)
    _, out, _ = ssot_lint("scan", "-q", "-f", "json")
    ids = {finding["subject"]: finding["sites"][0]["id"] for finding in json.loads(out)["findings"]}
    line = ORDER_LINE.replace("}", ',"reason":"two [teams]","until":"2999-12-31"}')
    arguments = ("baseline", "accept", ids["OrderBook"], "--reason", "two [teams]", "--until", "2999-12-31")
    assert ssot_lint(*arguments) == (0, line, f"{BASELINE}: 1 accepted, 0 moved or edited, 1 violation in all\n")
    code, out, _ = ssot_lint("scan", "-f", "concise")
    assert (code, out.count("\n")) == (ExitCode.GATE_FAILED, 1)
    assert out.startswith("shop/d.py:2:1: medium SSOT101-")
    assert ssot_lint("baseline", "accept", "Cart") == (
        ExitCode.USAGE,
        "",
        'error: no violation has the id "Cart". `ssot-lint scan` prints the ids\n',
    )
    assert ssot_lint("baseline", "accept", ids["Cart"], "--until", "2001-01-01") == (
        ExitCode.USAGE,
        "",
        "error: 2001-01-01 is over. Name a later day\n",
    )


def test_accepting_looks_at_the_whole_project(
    shop: Repository, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(shop.root / "shop")
    assert ssot_lint("baseline", "accept", "-q", "SSOT101") == (0, ORDER_LINE, "")
    assert (shop.root / BASELINE).exists()


def test_what_was_accepted_until_yesterday_is_new_with_a_hint(shop: Repository, ssot_lint: Run) -> None:
    line = ORDER_LINE.replace("}", ',"until":"2001-01-01"}')
    shop.write(BASELINE, HEADER + line)
    code, out, _ = ssot_lint("scan", "--color", "never")
    words = " ".join(out.split())
    assert code == ExitCode.GATE_FAILED
    assert "accepted until 2001-01-01, which is over: fix it, or `ssot-lint baseline accept SSOT101-" in words
    assert ssot_lint("baseline", "show")[2] == f"{BASELINE}: 1 violation, 1 of them accepted until a day that is over\n"
    assert ssot_lint("baseline", "update", "-q") == (0, ORDER_LINE, "")
    assert ssot_lint("scan", "-q", "-f", "concise") == (0, "", "")


def test_a_new_violation_that_resembles_a_vanished_one_has_a_hint(shop: Repository, ssot_lint: Run) -> None:
    shop.write(
        BASELINE, HEADER + ORDER_LINE.replace("shop/b.py", "shop/old.py").replace("1320b478a872", "000000000000")
    )
    code, out, _ = ssot_lint("scan")
    hint = (
        "hint the baseline has SSOT101 at shop/old.py::OrderBook, where it is not found any more: is this the same "
        "one, moved or edited? `ssot-lint baseline accept SSOT101-"
    )
    assert code == ExitCode.GATE_FAILED
    assert hint in " ".join(out.split())


def test_today_is_a_day_that_counts(shop: Repository, ssot_lint: Run) -> None:
    assert ssot_lint("baseline", "accept", "-q", "SSOT101", "--until", date.today().isoformat())[0] == 0
    assert ssot_lint("scan", "-q", "-f", "concise") == (0, "", "")
