"""Dropping what is fixed, where a scan proves that it is."""

from __future__ import annotations

import pytest

from ssot_lint.errors import ExitCode
from tests.baseline.shop import BASELINE, CART, CART_LINE, ORDER, ORDER_LINE, Repository
from tests.command_line import Run

FINDS_OUT = "Prune after a scan that finds out, or delete the lines by hand"
LEAVES_OUT = "`ssot-lint baseline prune --ignored` drops what the configuration leaves out"

REFUSED = "if Cart:\n    (x): int = 1\n"
"""Only the parser of this tool refuses it."""
ODD_LINE = '{"rule":"SSOT101","subject":"Till","site":"shop/odd.py::Till","body":"1320b478a872"}\n'


@pytest.mark.parametrize(
    ("arguments", "environment", "message"),
    [
        (("shop",), {}, "a scan of a part cannot show that anything is fixed. Prune all of {root}, not a part of it"),
        (
            ("--select", "ALL"),
            {},
            "--select: rules that do not run cannot show that anything is fixed. Prune without it",
        ),
        (
            ("--ignore", "SSOT2"),
            {},
            "--ignore: rules that do not run cannot show that anything is fixed. Prune without it",
        ),
        (
            (),
            {"SELECT": "SSOT2"},
            f"{BASELINE}: not pruned: SSOT101 is off (SSOT101 at shop/b.py::OrderBook). {LEAVES_OUT}",
        ),
        (
            (),
            {"EXTEND_EXCLUDE": "b.py"},
            f"{BASELINE}: not pruned: shop/b.py was not scanned (SSOT101 at shop/b.py::OrderBook). {LEAVES_OUT}",
        ),
        (
            ("--baseline", "none.jsonl"),
            {},
            "none.jsonl: no such file. `ssot-lint baseline update --baseline none.jsonl` makes it",
        ),
    ],
)
def test_pruning_is_refused_where_the_scan_proves_nothing(
    shop: Repository,
    ssot_lint: Run,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    message: str,
) -> None:
    ssot_lint("baseline", "update")
    content = (shop.root / BASELINE).read_bytes()
    for name, value in environment.items():
        monkeypatch.setenv(f"SSOT_LINT_{name}", value)
    expected = (ExitCode.USAGE, "", f"error: {message.format(root=shop.root)}\n")
    assert ssot_lint("baseline", "prune", *arguments) == expected
    assert (shop.root / BASELINE).read_bytes() == content


def test_nothing_is_dropped_while_a_file_is_broken(shop: Repository, ssot_lint: Run) -> None:
    shop.write("shop/c.py", CART)
    shop.write("shop/d.py", CART)
    ssot_lint("baseline", "update")
    shop.write("shop/a.py", "class (\n")
    content = (shop.root / BASELINE).read_bytes()
    kept = "0 dropped, 0 moved or edited, 1 kept: shop/a.py could not be read, 2 violations in all"
    assert ssot_lint("baseline", "prune") == (ExitCode.OK, "", f"{BASELINE}: {kept}\n")
    assert (shop.root / BASELINE).read_bytes() == content
    assert ssot_lint("scan", "-q", "--locked", "--fail-level", "never", "-f", "concise")[0] == ExitCode.OK


def test_pruning_is_refused_where_a_rule_crashed(
    shop: Repository, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    ssot_lint("baseline", "update")
    monkeypatch.setattr("ssot_rules.definitions.duplicate_class.DuplicateClass.check", lambda *_: 1 / 0)
    code, out, err = ssot_lint("baseline", "prune", "--no-cache")
    assert (code, out) == (ExitCode.USAGE, "")
    assert "not pruned: SSOT101 did not run to its end" in err
    assert "error: rule SSOT101 duplicate-class of pack builtin (ssot_rules) raised ZeroDivisionError" in err


def test_pruning_drops_what_a_comment_silences(shop: Repository, ssot_lint: Run) -> None:
    ssot_lint("baseline", "update")
    shop.write("shop/b.py", ORDER.replace("OrderBook:", "OrderBook:  # ssot-lint: ignore[SSOT101] a reason"))
    expected = f"{BASELINE}: 1 dropped, 0 moved or edited, 0 violations in all\n"
    assert ssot_lint("baseline", "prune") == (0, ORDER_LINE, expected)


@pytest.mark.parametrize(
    "configuration",
    [
        'per-path-ignores = {"shop/b.py" = ["SSOT101"]}',
        'per-path-ignores = {"shop/**" = ["ALL"]}',
        'extend-exclude = ["shop/b.py"]',
        'ignore = ["SSOT1"]',
    ],
)
def test_what_the_configuration_leaves_out_is_dropped_on_demand(
    shop: Repository, ssot_lint: Run, configuration: str
) -> None:
    ssot_lint("baseline", "update")
    shop.write("ssot-lint.toml", f"{configuration}\n")
    code, out, err = ssot_lint("baseline", "prune")
    assert (code, out) == (ExitCode.USAGE, "")
    assert err.endswith(f"{LEAVES_OUT}\n")
    expected = f"{BASELINE}: 1 dropped, 0 moved or edited, 0 violations in all\n"
    assert ssot_lint("baseline", "prune", "--ignored") == (0, ORDER_LINE, expected)


def test_leaving_out_is_no_proof_where_a_file_cannot_be_read(shop: Repository, ssot_lint: Run) -> None:
    ssot_lint("baseline", "update")
    shop.write("ssot-lint.toml", 'per-path-ignores = {"shop/b.py" = ["SSOT101"]}\n')
    shop.write("shop/a.py", "class (\n")
    kept = "0 dropped, 0 moved or edited, 1 kept: shop/a.py could not be read, 1 violation in all"
    assert ssot_lint("baseline", "prune", "--ignored") == (ExitCode.OK, "", f"{BASELINE}: {kept}\n")


def test_what_the_parser_never_read_keeps_only_its_own(shop: Repository, ssot_lint: Run) -> None:
    """What was found was found without that file, so it is gone when it is not found."""
    shop.write("shop/c.py", CART)
    shop.write("shop/d.py", CART)
    shop.write("shop/odd.py", REFUSED)
    ssot_lint("baseline", "update")
    content = (shop.root / BASELINE).read_text()
    shop.write(BASELINE, content + ODD_LINE)
    shop.write("shop/d.py", "")
    assert ssot_lint("scan", "-q", "--locked", "-f", "concise")[0] == ExitCode.GATE_FAILED
    kept = "1 dropped, 0 moved or edited, 1 kept: shop/odd.py could not be read, 2 violations in all"
    assert ssot_lint("baseline", "prune") == (ExitCode.OK, CART_LINE, f"{BASELINE}: {kept}\n")
    assert (shop.root / BASELINE).read_text() == content.replace(CART_LINE, "") + ODD_LINE
    assert ssot_lint("scan", "-q", "--locked", "-f", "concise")[0] == ExitCode.OK


def test_the_way_out_names_the_file_that_was_given(shop: Repository, ssot_lint: Run) -> None:
    ssot_lint("baseline", "update", "--baseline", "known.jsonl")
    shop.write("ssot-lint.toml", 'ignore = ["SSOT101"]\n')
    _, _, err = ssot_lint("baseline", "prune", "--baseline", "known.jsonl")
    assert "`ssot-lint baseline prune --baseline known.jsonl --ignored` drops" in err
