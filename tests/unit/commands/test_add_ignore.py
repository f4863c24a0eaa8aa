"""``scan --add-ignore``: what is written where, what is left alone, what is said about it."""

from __future__ import annotations

import json
import math
import stat
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

import pytest

from ssot_lint.cli.main import run
from ssot_lint.commands import add_ignore
from ssot_lint.commands.add_ignore import Lines, violations_to_ignore
from ssot_lint.errors import ExitCode
from ssot_lint.extract.comment_placement import WHOLE_FILE
from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.report import JudgedFinding, JudgedSite, RuleInfo, Status

ORDER = "class Order:\n    def __init__(self, net, tax):\n        self.net = net\n        self.tax = tax\n"
IGNORED = ORDER.replace("Order:", "Order:  # ssot-lint: ignore[SSOT101]")
COPIES = ("shop/billing.py", "shop/cart.py")

Change = Callable[[Path], object]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in the working directory: a class and two copies of it."""
    (tmp_path / "shop").mkdir()
    for name in ("__init__", "billing", "cart", "order"):
        (tmp_path / "shop" / f"{name}.py").write_text("" if name == "__init__" else ORDER)
    (tmp_path / "main.py").write_text("from shop.order import Order\n")
    (tmp_path / "pyproject.toml").touch()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def add(*arguments: str) -> ExitCode:
    return run(["scan", "--add-ignore", "--select", "SSOT101,SSOT002", "--format", "concise", "--no-cache", *arguments])


def change_after_the_scan(monkeypatch: pytest.MonkeyPatch, change: Change, root: Path) -> None:
    """Let something happen to the project between the scan and the writing."""

    def change_first(findings: Iterable[JudgedFinding], exempt: Collection[str]) -> dict[str, Lines]:
        change(root)
        return violations_to_ignore(findings, exempt)

    monkeypatch.setattr(add_ignore, "violations_to_ignore", change_first)


def test_every_new_violation_gets_a_comment_and_the_report_is_of_what_is_left(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / "shop" / "cart.py").chmod(0o640)
    assert run(["scan", "--add-ignore", "--select", "SSOT101,SSOT002", "--format", "json"]) is ExitCode.OK
    out, err = capsys.readouterr()
    assert [(shop / path).read_text() for path in COPIES] == [IGNORED, IGNORED]
    assert (shop / "shop" / "order.py").read_text() == ORDER
    assert stat.S_IMODE((shop / "shop" / "cart.py").stat().st_mode) == 0o640
    violations = json.loads(out)["summary"]["violations"]
    assert (violations["new"], violations["suppressed"]) == (0, 2)
    assert err == (
        "shop/billing.py: 1 violation ignored: SSOT101\n"
        "shop/cart.py: 1 violation ignored: SSOT101\n"
        "2 violations in 2 files ignored\n"
    )


def test_a_second_run_changes_nothing(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    add()
    files = [(path, path.stat().st_mtime_ns) for path in sorted(shop.rglob("*.py"))]
    capsys.readouterr()
    assert add() is ExitCode.OK
    assert capsys.readouterr() == ("", "no new violation to ignore\n")
    assert [(path, path.stat().st_mtime_ns) for path in sorted(shop.rglob("*.py"))] == files


def test_a_result_that_is_recalled_serves_as_well(shop: Path) -> None:
    arguments = ["scan", "--select", "SSOT101,SSOT002", "--quiet"]
    assert run(arguments) is ExitCode.GATE_FAILED
    assert run([*arguments, "--add-ignore"]) is ExitCode.OK
    assert [(shop / path).read_text() for path in COPIES] == [IGNORED, IGNORED]
    assert run(arguments) is ExitCode.OK


def test_the_reason_stands_in_the_comments(shop: Path) -> None:
    add("--reason", "goes in June")
    first, *_ = (shop / "shop" / "cart.py").read_text().splitlines()
    assert first == "class Order:  # ssot-lint: ignore[SSOT101] goes in June"


def test_only_the_scanned_files_are_written(shop: Path) -> None:
    add("shop/cart.py", "shop/order.py", "main.py")
    assert [(shop / path).read_text() for path in COPIES] == [ORDER, IGNORED]


def test_quiet_says_nothing(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert add("--quiet") is ExitCode.OK
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--reason", "x"], "--reason: has no effect without --add-ignore. Give both, or leave it out"),
        (
            ["--add-ignore", "--reason", "x\ny"],
            "--reason: holds a line break or a character that is not seen. Write it in one line",
        ),
    ],
)
def test_a_reason_must_be_one_line_for_a_comment(
    shop: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert run(["scan", *arguments]) is ExitCode.USAGE
    assert capsys.readouterr() == ("", f"error: {message}\n")


def append(root: Path) -> None:
    (root / "shop" / "cart.py").write_text(f"import os\n{ORDER}")


def remove(root: Path) -> None:
    (root / "shop" / "cart.py").unlink()


def replace_by_link(root: Path) -> None:
    (root / "shop" / "cart.py").rename(root / "elsewhere.py")
    (root / "shop" / "cart.py").symlink_to(root / "elsewhere.py")


def replace_folder_by_link(root: Path) -> None:
    (root / "shop").rename(root / "elsewhere")
    (root / "shop").symlink_to(root / "elsewhere")


def written(root: Path) -> list[str]:
    """The names of the files with comments for this tool."""
    return [path.name for path in sorted(root.rglob("*.py")) if path.is_file() and "ssot-lint" in path.read_text()]


@pytest.mark.parametrize(
    ("change", "why", "others"),
    [
        (append, "it has changed since it was scanned", ["billing.py"]),
        (remove, "No such file or directory", ["billing.py"]),
        (replace_by_link, "it is behind a symlink", ["billing.py"]),
        (replace_folder_by_link, "it is behind a symlink", []),
    ],
)
def test_a_file_that_is_not_as_it_was_scanned_is_left_alone(
    shop: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    change: Change,
    why: str,
    others: list[str],
) -> None:
    change_after_the_scan(monkeypatch, change, shop)
    add()
    assert f"shop/cart.py:1: not ignored: SSOT101: {why}\n" in capsys.readouterr().err
    assert written(shop) == others


def test_a_file_that_cannot_be_written_is_reported(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    assert add() is ExitCode.GATE_FAILED
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 2
    assert err == (
        "shop/billing.py:1: not ignored: SSOT101: it is read-only\n"
        "shop/cart.py:1: not ignored: SSOT101: it is read-only\n"
        "0 violations in 0 files ignored, 2 not\n"
        "failed: 2 new violations of severity low or worse\n"
    )
    assert written(shop) == []


def test_a_file_that_would_be_too_large_to_be_scanned_is_left_alone(
    shop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shop / "ssot-lint.toml").write_text(f"max-file-size = {len(ORDER)}\n")
    add()
    assert "shop/cart.py:1: not ignored: SSOT101: it would be too large to be scanned\n" in capsys.readouterr().err
    assert written(shop) == []


def test_a_rewrite_that_fails_costs_only_its_file(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(add_ignore, "insert_ignores", math.sqrt)  # what is no number makes it raise, in the worker
    assert add() is ExitCode.GATE_FAILED
    assert "shop/cart.py:1: not ignored: SSOT101: the parser crashed on it\n" in capsys.readouterr().err
    assert written(shop) == []


def test_lines_without_room_are_named(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (shop / "shop" / "cart.py").write_bytes(ORDER.replace("\n", "\r").encode())
    assert add() is ExitCode.GATE_FAILED
    assert capsys.readouterr().err.splitlines() == [
        "shop/billing.py: 1 violation ignored: SSOT101",
        "shop/cart.py:1: not ignored: SSOT101: it has white space that the parser does not give back",
        "1 violation in 1 file ignored, 1 not",
        "failed: 1 new violation of severity low or worse",
    ]


def judged(code: str, severity: Severity, *sites: tuple[Location, Status]) -> JudgedFinding:
    rule = RuleInfo(code, code.lower(), "family", severity, "", "")
    finding = Finding(code, "x", "", "", None, tuple(Site(place, "a", "a:x", "") for place, _ in sites), {})
    return JudgedFinding(
        finding,
        rule,
        severity,
        tuple(JudgedSite(site, status, "", "") for site, (_, status) in zip(finding.sites, sites, strict=True)),
    )


def test_what_is_new_and_a_violation_is_ignored() -> None:
    new, old, silenced = Status.NEW, Status.BASELINED, Status.SUPPRESSED
    findings = [
        judged("X1", Severity.LOW, (Location("a.py", 3, 1, 9), new), (Location("a.py", 4, 1, 4), old)),
        judged("X1", Severity.LOW, (Location("a.py", 3, 8, 9), new), (Location("b.py", 4, 1, 4), silenced)),
        judged("X2", Severity.HIGH, (Location("a.py", 3, 1, 9), new), (Location("c.py", 1), new)),
        judged("X3", Severity.INFO, (Location("a.py", 3, 1, 9), new)),
        judged("X4", Severity.LOW, (Location("a.py", 3, 1, 9), new)),
    ]
    assert violations_to_ignore(findings, exempt=["X4"]) == {
        "a.py": {3: {"X1": 2, "X2": 1}},
        "c.py": {WHOLE_FILE: {"X2": 1}},
    }
