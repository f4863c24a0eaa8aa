"""What a scan compares with: the baseline, nothing, or the code of a revision."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from ssot_lint.errors import ExitCode
from ssot_lint.reporters.report_schema import render_report_schema
from tests.baseline.shop import BASELINE, CART, ORDER, Repository
from tests.command_line import Run


def test_without_the_baseline_all_is_new(shop: Repository, ssot_lint: Run) -> None:
    ssot_lint("baseline", "update")
    code, out, _ = ssot_lint("scan", "-f", "json", "--no-baseline")
    assert code == ExitCode.GATE_FAILED
    assert json.loads(out)["summary"]["violations"]["new"] == 1


def test_the_report_says_how_to_repeat_the_comparison(shop: Repository, ssot_lint: Run) -> None:
    ssot_lint("baseline", "update", "--baseline", "debt.jsonl")
    _, out, _ = ssot_lint("scan", "-f", "markdown", "--baseline", "debt.jsonl", "--locked")
    assert "ssot-lint scan --baseline debt.jsonl --locked ." in out


def test_known_is_what_the_merge_base_had(shop: Repository, ssot_lint: Run) -> None:
    base = shop.git("rev-parse", "--short=10", "HEAD")
    shop.git("switch", "--quiet", "--create", "branch")
    shop.git("mv", "shop/b.py", "shop/books.py")
    shop.write("shop/c.py", CART)
    shop.write("shop/d.py", CART)
    ssot_lint("baseline", "update")
    shop.commit()
    shop.git("switch", "--quiet", "main")
    shop.write("shop/later.py", CART)
    shop.commit()
    shop.git("switch", "--quiet", "branch")
    before = shop.git("status", "--porcelain")
    code, out, err = ssot_lint("scan", "-f", "concise", "--base-ref", "main")
    assert (code, out.count("\n")) == (ExitCode.GATE_FAILED, 1)
    assert out.startswith("shop/d.py:2:1: medium SSOT101-")
    assert err == (
        f"known is what the code had in main at {base}, not what is in {BASELINE}\n"
        "failed: 1 new violation of severity low or worse\n"
    )
    assert shop.git("status", "--porcelain") == before
    _, out, _ = ssot_lint("scan", "-q", "-f", "markdown", "--base-ref", "main")
    assert f"Compared with `main at {base}`:" in out


def test_nothing_is_said_of_a_baseline_where_none_is_read(shop: Repository, ssot_lint: Run) -> None:
    text = (shop.root / "shop/b.py").read_text()
    shop.write("shop/b.py", "")
    shop.write("shop/other.py", text.replace("self.orders[key]", "self.all[key]"))
    _, out, _ = ssot_lint("scan", "-q", "--base-ref", "HEAD")
    assert "baseline" not in out


def test_the_merge_base_is_scanned_as_the_code_is(
    shop: Repository, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ignore files above the project, packages of data, compiled modules, and the configuration of today."""
    shop.write(".gitignore", ".ssot_lint_cache\ngenerated/\n")
    shop.write("service/pyproject.toml", "[project]\nname = 'service'\n")
    shop.write("service/api/__init__.py", "")
    shop.write("service/api/a.py", ORDER)
    shop.write("service/api/b.py", ORDER + "from api import fast\nfrom api.data import words\n")
    shop.write("service/api/fast.pyx", "")
    shop.write("service/api/data/words.txt", "")
    shop.write("service/api/generated/c.py", ORDER)
    shop.git("add", "--force", "service/api/generated/c.py")
    shop.commit()
    monkeypatch.chdir(shop.root / "service")
    shop.write("service/.ssot-lint.toml", "select = ['SSOT101', 'SSOT307']\n")
    code, out, _ = ssot_lint("scan", "-q", "-f", "json", "--base-ref", "HEAD")
    report = json.loads(out)
    assert code == ExitCode.OK
    assert report["summary"]["violations"] == {"total": 1, "new": 0, "baselined": 1, "suppressed": 0, "fixed": 0}
    shop.write("service/api/b.py", "")
    _, out, err = ssot_lint("scan", "-f", "json", "--base-ref", "HEAD", "api")
    assert json.loads(out)["summary"]["violations"]["fixed"] == 1  # paths select what is shown, not what is read
    _, out, err = ssot_lint("scan", "-f", "json", "--base-ref", "HEAD")
    assert json.loads(out)["summary"]["violations"]["fixed"] == 1
    assert "prune" not in err


def test_what_attributes_called_a_copy_at_the_merge_base_is_not_known(
    shop: Repository, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.write(".gitattributes", "service/b.py linguist-vendored\n")
    shop.write("service/.gitattributes", "c.py linguist-generated\n")
    shop.write("service/pyproject.toml", "[project]\nname = 'service'\n")
    for name in "abc":
        shop.write(f"service/{name}.py", ORDER)
    shop.commit()
    monkeypatch.chdir(shop.root / "service")
    assert ssot_lint("scan", "-q", "-f", "concise", "--base-ref", "HEAD")[0] == ExitCode.OK
    shop.write(".gitattributes", "")
    code, out, _ = ssot_lint("scan", "-q", "-f", "concise", "--base-ref", "HEAD")
    assert (code, out.count("\n")) == (ExitCode.GATE_FAILED, 1)


def test_what_was_installed_and_required_at_the_merge_base_counts(shop: Repository, ssot_lint: Run) -> None:
    shop.write("lib/vendor.txt", "order==1.0\n")
    for path in ("lib/order/__init__.py", "lib/books.py", "shop/kept.py"):
        shop.write(path, ORDER)
    shop.write("requirements/base.txt", "keep\n")
    shop.write("tools/keep/__init__.py", "")
    shop.write("shop/till.py", "from keep import Drawer\n")
    shop.commit()
    code, out, _ = ssot_lint("scan", "-q", "-f", "json", "--base-ref", "HEAD")
    violations = json.loads(out)["summary"]["violations"]
    assert (code, violations["new"], violations["fixed"]) == (ExitCode.OK, 0, 0)


def test_what_a_comment_silenced_at_the_merge_base_is_not_known(shop: Repository, ssot_lint: Run) -> None:
    shop.write("shop/b.py", ORDER.replace("OrderBook:", "OrderBook:  # ssot-lint: ignore[SSOT101] a reason"))
    shop.commit()
    assert ssot_lint("scan", "-q", "-f", "concise", "--base-ref", "HEAD")[0] == ExitCode.OK
    shop.write("shop/b.py", ORDER)
    assert ssot_lint("scan", "-q", "-f", "concise", "--base-ref", "HEAD")[0] == ExitCode.GATE_FAILED


def test_a_shallow_clone_is_told_what_to_fetch(
    shop: Repository, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shop.git("branch", "old")
    shop.write("shop/c.py", CART)
    shop.commit()
    shop.git("clone", "--quiet", "--depth=1", f"file://{shop.root}", str(tmp_path / "clone"))
    monkeypatch.chdir(tmp_path / "clone")
    remedy = "The clone is shallow: run `git fetch --unshallow origin old` first\n"
    for command, option in (("scan", "--base-ref"), ("check", "--base")):
        code, out, err = ssot_lint(command, option, "origin/old")
        assert (code, out, err) == (ExitCode.USAGE, "", f'error: git knows no revision "origin/old". {remedy}')


def test_the_old_name_of_check_says_so(shop: Repository, ssot_lint: Run) -> None:
    said = "scan --changed is called `ssot-lint check --base` now, and goes with the next release\n"
    assert ssot_lint("scan", "--changed", "main") == (ExitCode.OK, ssot_lint("check", "--base", "main")[1], said)
    message = "error: --locked: `check` has no such option. Leave out --changed, or that one\n"
    assert ssot_lint("scan", "--changed", "main", "--locked") == (ExitCode.USAGE, "", message)


def test_a_report_of_check_has_only_what_is_new(shop: Repository, ssot_lint: Run) -> None:
    score = json.loads(ssot_lint("scan", "-f", "json")[1])["summary"]["score"]
    code, out, err = ssot_lint("check", "-f", "concise")
    assert (code, out, err) == (ExitCode.OK, "", "")
    out = ssot_lint("check", "-f", "markdown")[1]
    assert "No new violations. 1 finding that is not new is hidden." in out
    shop.write("shop/c.py", CART)
    shop.write("shop/d.py", CART)
    shop.write("shop/e.py", CART)
    code, out, err = ssot_lint("check", "-f", "json", "--base", "main")
    report = json.loads(out)
    assert code == ExitCode.GATE_FAILED
    assert [finding["subject"] for finding in report["findings"]] == ["Cart"]
    jsonschema.validate(report, json.loads(render_report_schema()))
    assert report["filter"] == {"paths": [], "since": "main", "hidden": 1}
    assert report["summary"]["violations"]["total"] == 2
    assert report["summary"]["score"] < score
    assert "OrderBook" not in ssot_lint("check", "-f", "sarif", "--base", "main")[1]
    assert "OrderBook" not in ssot_lint("check", "-f", "markdown", "--base", "main")[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--baseline", "x", "--no-baseline"), "--baseline and --no-baseline exclude each other. Give one of them"),
        (("--baseline", "x", "--base-ref", "y"), "--baseline and --base-ref exclude each other. Give one of them"),
        (("--locked", "--no-baseline"), "--locked: no baseline is read with --no-baseline. Leave one of them out"),
        (("--locked", "--base-ref", "y"), "--locked: no baseline is read with --base-ref. Leave one of them out"),
        (("--plan", "--changed", "y"), "--plan: `check` has no such option. Leave out --changed, or that one"),
        (
            ("--base-ref", "y"),
            'git knows no revision "y". Name a branch, tag or commit that exists here; `git fetch` '
            "gets those of the remote",
        ),
    ],
)
def test_options_that_make_no_sense_are_refused(
    shop: Repository, ssot_lint: Run, arguments: tuple[str, ...], message: str
) -> None:
    assert ssot_lint("scan", *arguments) == (ExitCode.USAGE, "", f"error: {message}\n")
