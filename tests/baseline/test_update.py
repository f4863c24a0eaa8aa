"""Making the violations that there are known."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.errors import ExitCode
from tests.baseline.shop import BASELINE, CART, CART_LINE, ORDER, ORDER_LINE, Repository
from tests.command_line import Run


def test_an_update_is_stable_and_adds_what_is_new(shop: Repository, ssot_lint: Run) -> None:
    assert ssot_lint("baseline", "update", "-q") == (0, ORDER_LINE, "")
    content = (shop.root / BASELINE).read_bytes()
    assert ssot_lint("baseline", "update", "-q") == (0, "", "")
    assert (shop.root / BASELINE).read_bytes() == content
    shop.write("shop/c.py", CART)
    shop.write("shop/d.py", CART)
    assert ssot_lint("baseline", "update", "-q") == (0, CART_LINE, "")


def test_a_part_of_a_project_can_be_adopted(shop: Repository, ssot_lint: Run) -> None:
    shop.write("other/c.py", CART)
    shop.write("other/d.py", CART)
    assert ssot_lint("baseline", "update", "-q", "shop") == (0, ORDER_LINE, "")
    assert ssot_lint("baseline", "update", "-q", "shop/a.py") == (0, "", "")
    assert ssot_lint("baseline", "update", "-q", "--select", "SSOT2") == (0, "", "")
    assert ORDER_LINE in (shop.root / BASELINE).read_text()


def test_a_clean_project_has_an_empty_baseline(shop: Repository, ssot_lint: Run) -> None:
    shop.git("rm", "--quiet", "shop/b.py")
    expected = f"{BASELINE}: 0 added, 0 moved or edited, 0 violations in all\n"
    assert ssot_lint("baseline", "update") == (0, "", expected)
    assert (shop.root / BASELINE).read_text() == '{"ssot_lint_baseline": 1}\n'
    assert ssot_lint("scan", "-q", "-f", "concise", "--locked") == (0, "", "")


def test_a_scan_never_writes_the_baseline(shop: Repository, ssot_lint: Run) -> None:
    ssot_lint("baseline", "update")
    shop.write(BASELINE, ORDER_LINE.join(['{"ssot_lint_baseline": 1}\n\n', ""]))
    shop.git("rm", "--quiet", "shop/b.py")
    content = (shop.root / BASELINE).read_bytes()
    assert ssot_lint("scan", "-q", "-f", "concise") == (0, "", "")
    assert ssot_lint("scan", "-q", "-f", "concise", "--locked")[0] == ExitCode.GATE_FAILED
    assert (shop.root / BASELINE).read_bytes() == content


def test_a_baseline_needs_no_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ssot_lint: Run) -> None:
    for name in ("a.py", "b.py"):
        (tmp_path / name).write_text(ORDER)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert ssot_lint("baseline", "update", "-q")[0] == 0
    assert ssot_lint("scan", "-q", "-f", "concise") == (0, "", "")
    code, _, err = ssot_lint("scan", "--base-ref", "main")
    assert (code, "not a git repository" in err) == (ExitCode.USAGE, True)


def test_the_damage_of_a_crashed_rule_is_told(
    shop: Repository, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ssot_rules.definitions.duplicate_class.DuplicateClass.check", lambda *_: 1 / 0)
    code, out, err = ssot_lint("baseline", "update", "--no-cache")
    assert (code, out) == (ExitCode.INTERNAL, "")
    assert err.startswith("error: rule SSOT101 duplicate-class of pack builtin (ssot_rules) raised ZeroDivisionError")
