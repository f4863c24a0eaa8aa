"""The life of a repository with a baseline, by the installed command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.baseline.shop import BASELINE, CART, CART_LINE, ORDER_LINE, REFORMATTED_ORDER, Repository

pytestmark = pytest.mark.slow

GONE = "from shop.gone import Thing\n"
"""A violation of SSOT307, whose sites are statements."""


def installed(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """What the installed command does in a process of its own."""
    command = [sys.executable, "-m", "ssot_lint", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def test_the_life_of_a_repository(shop: Repository) -> None:
    """From adoption to a clean baseline, with commits in between."""
    shop.write("shop/c.py", CART)
    shop.write("shop/d.py", CART)
    shop.write("shop/user.py", GONE)
    root = shop.root
    code, out, err = installed(root, "baseline", "update")
    gone = '{"rule":"SSOT307","subject":"shop.gone","site":"shop/user.py::<module>","body":"f0bc88d93e0f"}\n'
    assert (code, out) == (0, CART_LINE + ORDER_LINE + gone)
    assert err == f"{BASELINE}: 3 added, 0 moved or edited, 3 violations in all\n"
    assert (root / BASELINE).read_text() == f'{{"ssot_lint_baseline": 1}}\n{out}'
    shop.commit()

    code, out, err = installed(root, "scan", "-f", "concise")
    assert (code, out, err) == (0, "", "")

    shop.git("mv", "shop/b.py", "shop/books.py")
    shop.git("mv", "shop/user.py", "shop/customer.py")
    shop.write("shop/books.py", REFORMATTED_ORDER)
    shop.commit()
    assert installed(root, "scan", "-f", "concise", "--locked") == (0, "", "")

    shop.write("shop/new.py", CART)
    shop.commit()
    code, out, err = installed(root, "scan", "-f", "concise")
    assert (code, out.count("\n"), err) == (1, 1, "failed: 1 new violation of severity low or worse\n")
    assert out.startswith("shop/new.py:2:1: medium SSOT101-")

    shop.git("rm", "--quiet", "shop/new.py")
    shop.git("rm", "--quiet", "shop/d.py")
    shop.commit()
    code, out, err = installed(root, "scan", "-f", "json")
    assert (code, err) == (0, f"1 fixed violation still in {BASELINE}: run `ssot-lint baseline prune`\n")
    violations = json.loads(out)["summary"]["violations"]
    assert violations == {"total": 2, "new": 0, "baselined": 2, "suppressed": 0, "fixed": 1}
    code, _, err = installed(root, "scan", "--locked")
    assert (code, err) == (1, "failed: 1 fixed violation still in the baseline: run `ssot-lint baseline prune`\n")

    code, out, err = installed(root, "baseline", "prune")
    assert (code, out, err) == (0, CART_LINE, f"{BASELINE}: 1 dropped, 2 moved or edited, 2 violations in all\n")
    shop.commit()
    assert "shop/books.py::OrderBook" in (root / BASELINE).read_text()
    assert installed(root, "scan", "-f", "concise", "--locked") == (0, "", "")
    assert installed(root, "baseline", "prune", "-q") == (0, "", "")
