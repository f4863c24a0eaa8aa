"""Baselines in real git repositories, by what the command line prints and how it ends."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from ssot_lint.cli import run
from ssot_lint.errors import ExitCode
from ssot_lint.reporters.json_report import report_schema

BASELINE = "ssot-lint-baseline.jsonl"

ORDER = '''
class OrderBook:
    """Keeps orders."""

    def add(self, order):
        key = order["id"]
        self.orders[key] = order
        return key

    def total(self):
        return sum(order["price"] for order in self.orders.values())
'''
REFORMATTED = '''"""Moved."""


class OrderBook:
    def add(
        self,
        order,
    ):  # a comment
        key = order['id']

        self.orders[key] = (order)
        return key

    def total(self):
        return sum(order['price']
                   for order in self.orders.values())
'''
CART = """
class Cart:
    def __init__(self, owner):
        self.owner = owner

    def put(self, item, count):
        for _ in range(count):
            self.items.append(item)
        return len(self.items)
"""
GONE = "from shop.gone import Thing\n"
"""A violation of SSOT307, whose sites have no body."""

ORDER_LINE = '{"rule":"SSOT101","subject":"OrderBook","site":"shop/b.py::OrderBook","body":"c0060a840b7e"}\n'
CART_LINE = '{"rule":"SSOT101","subject":"Cart","site":"shop/d.py::Cart","body":"e5af0ce049e2"}\n'

Run = Callable[..., tuple[int, str, str]]


class Repository:
    """A git repository of somebody without a configuration."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        identity = {
            f"GIT_{role}_{key}": value
            for role in ("AUTHOR", "COMMITTER")
            for key, value in (("NAME", "Ada"), ("EMAIL", "ada@example.org"))
        }
        environment = {**os.environ, **identity, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def commit(self) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "change")
        return self.git("rev-parse", "--short=10", "HEAD")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A committed project with one violation, and the working directory in it."""
    (tmp_path / "project").mkdir()
    repository = Repository(tmp_path / "project")
    repository.write(".gitignore", ".ssot_lint_cache\n")
    repository.write("pyproject.toml", "[project]\nname = 'shop'\n")
    repository.write("shop/__init__.py", "")
    repository.write("shop/a.py", ORDER)
    repository.write("shop/b.py", ORDER)
    repository.commit()
    monkeypatch.chdir(repository.root)
    return repository


@pytest.fixture
def ssot_lint(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in this process, without a cache."""
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = run(arguments)
        out, err = capfd.readouterr()
        return code, out, err

    return call


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
    gone = '{"rule":"SSOT307","subject":"shop.gone","site":"shop/user.py::<module>","body":""}\n'
    assert (code, out) == (0, CART_LINE + ORDER_LINE + gone)
    assert err == f"{BASELINE}: 3 added, 0 moved or edited, 3 violations in all\n"
    assert (root / BASELINE).read_text() == f'{{"ssot_lint_baseline": 1}}\n{out}'
    shop.commit()

    code, out, err = installed(root, "scan", "-f", "concise")
    assert (code, out, err) == (0, "", "")

    shop.git("mv", "shop/b.py", "shop/books.py")
    shop.git("mv", "shop/user.py", "shop/customer.py")
    shop.write("shop/books.py", REFORMATTED)
    shop.commit()
    assert installed(root, "scan", "-f", "concise", "--locked") == (0, "", "")

    shop.write("shop/new.py", CART)
    shop.commit()
    code, out, err = installed(root, "scan", "-f", "concise")
    assert (code, out.count("\n"), err) == (1, 1, "failed: 1 new violation of severity low or worse\n")
    assert out.startswith("shop/new.py:2:1: SSOT101 ")

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


def test_without_the_baseline_all_is_new(shop: Repository, ssot_lint: Run) -> None:
    ssot_lint("baseline", "update")
    code, out, _ = ssot_lint("scan", "-f", "json", "--no-baseline")
    assert code == ExitCode.GATE_FAILED
    assert json.loads(out)["summary"]["violations"]["new"] == 1


def test_the_report_says_how_to_repeat_the_comparison(shop: Repository, ssot_lint: Run) -> None:
    ssot_lint("baseline", "update", "--baseline", "debt.jsonl")
    _, out, _ = ssot_lint("scan", "-f", "markdown", "--baseline", "debt.jsonl", "--locked", "--changed", "HEAD")
    assert "ssot-lint scan --baseline debt.jsonl --locked --changed HEAD ." in out


def test_the_file_is_the_one_that_was_named(
    shop: Repository, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shop.write("pyproject.toml", "[tool.ssot-lint]\nbaseline = 'ci/known.jsonl'\n")
    assert ssot_lint("scan") == (
        ExitCode.USAGE,
        "",
        "error: ci/known.jsonl: no such file. `ssot-lint baseline update` makes it\n",
    )
    code, _, err = ssot_lint("baseline", "update")
    assert (code, err) == (
        2,
        f"error: {shop.root}/ci/known.jsonl: there is no folder {shop.root}/ci. Create it first\n",
    )
    (shop.root / "ci").mkdir()
    assert ssot_lint("baseline", "update")[0] == 0
    assert ssot_lint("scan", "-q", "-f", "concise") == (0, "", "")
    outside = tmp_path / "known.jsonl"
    monkeypatch.chdir(shop.root / "shop")
    assert ssot_lint("baseline", "update", "-q", "--baseline", str(outside), "..") == (0, ORDER_LINE, "")
    assert ssot_lint("scan", "-q", "-f", "concise", "--baseline", "../../known.jsonl", "..") == (0, "", "")
    assert ssot_lint("scan", "--baseline", "none.jsonl") == (
        ExitCode.USAGE,
        "",
        "error: shop/none.jsonl: no such file. `ssot-lint baseline update --baseline none.jsonl` makes it\n",
    )


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("../known.jsonl", 'tool.ssot-lint.baseline: "../known.jsonl" leaves the project'),
        ("", "tool.ssot-lint.baseline: names no file. Leave the key out, or scan with --no-baseline"),
        ("link.jsonl", "tool.ssot-lint.baseline: link.jsonl leads out of the project. Name another file"),
        ("shop", "shop: is no regular file. Name another one"),
    ],
)
def test_a_configured_file_lies_in_the_project(
    shop: Repository, ssot_lint: Run, tmp_path: Path, value: str, message: str
) -> None:
    (shop.root / "link.jsonl").symlink_to(tmp_path / "elsewhere.jsonl")
    shop.write("pyproject.toml", f"[tool.ssot-lint]\nbaseline = '{value}'\n")
    code, out, err = ssot_lint("scan")
    assert (code, out) == (ExitCode.USAGE, "")
    assert message in err
    assert ssot_lint("baseline", "update")[0] == ExitCode.USAGE
    assert not (tmp_path / "elsewhere.jsonl").exists()


RESTORE = "Restore it from version control, or delete the line and run `ssot-lint baseline update`"
HEADER = '{"ssot_lint_baseline": 1}\n'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEADER + ORDER_LINE[:40], f"{BASELINE}:2: the file is cut off. {RESTORE}"),
        (HEADER + "nothing\n", f"{BASELINE}:2: not JSON. {RESTORE}"),
        (HEADER + '{"rule": "SSOT101"}\n', f"{BASELINE}:2: object missing required field subject. {RESTORE}"),
        (
            "[]\n",
            f"{BASELINE}:1: this is no baseline, which begins with {HEADER.strip()}. Name another file, or delete this "
            "one and run `ssot-lint baseline update`",
        ),
        (
            '{"ssot_lint_baseline": 2}\n',
            f"{BASELINE}:1: baseline of format 2, this version reads 1. Update ssot-lint",
        ),
        (
            f"{HEADER}<<<<<<< HEAD\n{ORDER_LINE}=======\n>>>>>>> theirs\n",
            f"{BASELINE}:2: a merge conflict is not resolved. Delete the lines with the markers and keep those of both "
            "sides; `ssot-lint baseline prune` tidies up",
        ),
    ],
)
def test_a_damaged_baseline_is_refused_with_the_way_out(
    shop: Repository, ssot_lint: Run, content: str, message: str
) -> None:
    shop.write(BASELINE, content)
    commands = (
        ("scan",),
        ("baseline", "update"),
        ("baseline", "prune"),
        ("baseline", "accept", "SSOT101"),
        ("baseline", "show"),
    )
    for command in commands:
        assert ssot_lint(*command) == (ExitCode.USAGE, "", f"error: {message}\n")
    assert (shop.root / BASELINE).read_text() == content


FINDS_OUT = "Prune after a scan that finds out, or delete the lines by hand"


@pytest.mark.parametrize(
    ("arguments", "environment", "message"),
    [
        (("shop",), {}, "what is not scanned is not fixed. Prune all of {root}, not a part of it"),
        (("--select", "ALL"), {}, "--select: what is not looked for is not fixed. Prune without it"),
        (("--ignore", "SSOT2"), {}, "--ignore: what is not looked for is not fixed. Prune without it"),
        (
            (),
            {"SELECT": "SSOT2"},
            f"{BASELINE}: not pruned: SSOT101 did not run to its end (SSOT101 at shop/b.py::OrderBook). {FINDS_OUT}",
        ),
        (
            (),
            {"EXTEND_EXCLUDE": "b.py"},
            f"{BASELINE}: not pruned: shop/b.py was not scanned (SSOT101 at shop/b.py::OrderBook). {FINDS_OUT}",
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


def test_pruning_is_refused_where_a_file_cannot_be_read(shop: Repository, ssot_lint: Run) -> None:
    shop.write("shop/c.py", CART)
    shop.write("shop/d.py", CART)
    ssot_lint("baseline", "update")
    shop.write("shop/a.py", "class (\n")
    assert ssot_lint("baseline", "prune") == (
        ExitCode.USAGE,
        "",
        f"error: {BASELINE}: not pruned: shop/a.py could not be read (SSOT101 at shop/b.py::OrderBook). {FINDS_OUT}\n",
    )
    assert ssot_lint("scan", "-q", "--locked", "--fail-level", "never", "-f", "concise")[0] == ExitCode.OK


def test_pruning_is_refused_where_a_rule_crashed(
    shop: Repository, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    ssot_lint("baseline", "update")
    monkeypatch.setattr("ssot_rules.duplicate_class.DuplicateClass.check", lambda *_: 1 / 0)
    code, out, err = ssot_lint("baseline", "prune", "--no-cache")
    assert (code, out) == (ExitCode.USAGE, "")
    assert "not pruned: SSOT101 did not run to its end" in err
    assert "error: rule SSOT101 duplicate-class of pack builtin (ssot_rules) raised ZeroDivisionError" in err


def test_pruning_drops_what_a_comment_silences(shop: Repository, ssot_lint: Run) -> None:
    ssot_lint("baseline", "update")
    shop.write("shop/b.py", ORDER.replace("OrderBook:", "OrderBook:  # ssot-lint: ignore[SSOT101] a reason"))
    expected = f"{BASELINE}: 1 dropped, 0 moved or edited, 0 violations in all\n"
    assert ssot_lint("baseline", "prune") == (0, ORDER_LINE, expected)


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
    assert out.startswith("shop/d.py:2:1: SSOT101 ")
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
        BASELINE, HEADER + ORDER_LINE.replace("shop/b.py", "shop/old.py").replace("c0060a840b7e", "000000000000")
    )
    code, out, _ = ssot_lint("scan")
    hint = (
        "site: shop/b.py:2:1 identical copy of `shop.a:OrderBook`; the baseline has SSOT101 at shop/old.py::OrderBook, "
        "where it is not found any more: is this the same one, moved or edited? `ssot-lint baseline accept SSOT101-"
    )
    assert code == ExitCode.GATE_FAILED
    assert hint in " ".join(out.split())


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
    assert (code, f"error: {BASELINE}:1: this is no baseline" in err) == (ExitCode.USAGE, True)


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
    assert out.startswith("shop/d.py:2:1: SSOT101 ")
    assert err == (
        f"known is what the code had in main at {base}, not what is in {BASELINE}\n"
        "failed: 1 new violation of severity low or worse\n"
    )
    assert shop.git("status", "--porcelain") == before
    _, out, _ = ssot_lint("scan", "-q", "-f", "markdown", "--base-ref", "main")
    assert f"Compared with `main at {base}`:" in out


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
    assert json.loads(out)["summary"]["violations"]["fixed"] == 0  # only a part was scanned
    _, out, err = ssot_lint("scan", "-f", "json", "--base-ref", "HEAD")
    assert json.loads(out)["summary"]["violations"]["fixed"] == 1
    assert "prune" not in err


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
    for option in ("--base-ref", "--changed"):
        code, out, err = ssot_lint("scan", option, "origin/old")
        assert (code, out, err) == (ExitCode.USAGE, "", f'error: git knows no revision "origin/old". {remedy}')


def test_findings_in_files_that_did_not_change_are_hidden(shop: Repository, ssot_lint: Run) -> None:
    score = json.loads(ssot_lint("scan", "-f", "json")[1])["summary"]["score"]
    code, out, err = ssot_lint("scan", "--changed", "main")
    assert (code, err) == (0, "hidden: 1 finding without a site in a file changed since main\n")
    assert out == ("No violations in the files that changed. 1 finding without a site in a changed\nfile is hidden.\n")
    shop.write("shop/c.py", CART)
    shop.write("shop/d.py", CART)
    shop.write("shop/e.py", CART)
    code, out, err = ssot_lint("scan", "-f", "json", "--changed", "main")
    report = json.loads(out)
    assert code == ExitCode.GATE_FAILED
    assert [finding["subject"] for finding in report["findings"]] == ["Cart"]
    jsonschema.validate(report, report_schema())
    assert report["narrowing"] == {"since": "main", "hidden": 1}
    assert report["summary"]["violations"]["total"] == 2
    assert report["summary"]["score"] < score
    assert "OrderBook" not in ssot_lint("scan", "-q", "-f", "sarif", "--changed", "main")[1]
    assert "OrderBook" not in ssot_lint("scan", "-q", "-f", "markdown", "--changed", "main")[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--baseline", "x", "--no-baseline"), "--baseline and --no-baseline exclude each other. Give one of them"),
        (("--baseline", "x", "--base-ref", "y"), "--baseline and --base-ref exclude each other. Give one of them"),
        (("--locked", "--no-baseline"), "--locked: there is no baseline with --no-baseline. Leave one of them out"),
        (("--locked", "--base-ref", "y"), "--locked: there is no baseline with --base-ref. Leave one of them out"),
        (("--plan", "--changed", "y"), "--plan: there is none for a part of the findings. Leave out --changed"),
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
    monkeypatch.setattr("ssot_rules.duplicate_class.DuplicateClass.check", lambda *_: 1 / 0)
    code, out, err = ssot_lint("baseline", "update", "--no-cache")
    assert (code, out) == (ExitCode.INTERNAL, "")
    assert err.startswith("error: rule SSOT101 duplicate-class of pack builtin (ssot_rules) raised ZeroDivisionError")


def test_today_is_a_day_that_counts(shop: Repository, ssot_lint: Run) -> None:
    assert ssot_lint("baseline", "accept", "-q", "SSOT101", "--until", date.today().isoformat())[0] == 0
    assert ssot_lint("scan", "-q", "-f", "concise") == (0, "", "")
