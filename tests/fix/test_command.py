"""The command line of ``fix``: what it may touch, what it says, how it ends."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from ssot_lint.fix.journal import FileChange, Journal
from tests.command_line import Run
from tests.fix.projects import files_of, read_files, write_files
from tests.fix.test_rows import DETOUR

AFTER = "from shop.orders import Order\n"


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@b.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in git, all of it committed, and the working directory."""
    write_files(tmp_path, {**files_of(DETOUR), ".gitignore": ".ssot_lint_cache\n"})
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "start")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def report(shop: Path) -> str:
    return (shop / "shop/report.py").read_text()


def test_files_that_git_can_give_back_are_changed(shop: Path, ssot_lint: Run) -> None:
    code, out, err = ssot_lint("fix", "--no-progress")
    assert (code, err) == (0, "")
    assert report(shop) == AFTER
    assert out.splitlines()[-1] == "1 step done, 0 steps refused, 1 file changed; score 88.9 -> 100.0"


def test_a_file_with_changes_that_are_not_committed_is_refused(shop: Path, ssot_lint: Run) -> None:
    text = report(shop) + "\nMORE = 1\n"
    (shop / "shop/report.py").write_text(text)
    (shop / "shop/export.py").write_text("from shop.orders import Order\nMORE = 1\n")
    code, out, _ = ssot_lint("fix", "--no-progress")
    assert (code, report(shop)) == (1, text)
    assert "refused, shop/report.py: git could not give it back as it is now (--allow-dirty" in out
    assert ssot_lint("fix", "--no-progress", "--allow-dirty")[0] == 0
    assert report(shop) == AFTER + "\nMORE = 1\n"


def test_outside_git_somebody_has_to_say_that_it_is_all_right(
    tmp_path: Path, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_files(tmp_path, files_of(DETOUR))
    monkeypatch.chdir(tmp_path)
    code, out, err = ssot_lint("fix", "--no-progress")
    assert (code, out) == (2, "")
    assert "git cannot undo what it does here" in err
    assert ssot_lint("fix", "--no-progress", "--allow-dirty")[0] == 0


def test_a_diff_writes_nothing_and_can_be_applied(shop: Path, ssot_lint: Run) -> None:
    before = read_files(shop)
    code, out, err = ssot_lint("fix", "--diff", "--no-progress", "--no-cache")
    assert code == 1
    assert read_files(shop) == before
    assert "1 step done, 0 steps refused, 1 file would change" in err
    (shop / "patch").write_text(out)
    git(shop, "apply", "patch")
    assert report(shop) == AFTER
    assert ssot_lint("fix", "--diff", "--no-progress", "--no-cache", "--quiet") == (0, "", "")


def test_only_what_lies_below_the_paths_is_fixed(shop: Path, ssot_lint: Run) -> None:
    assert ssot_lint("fix", "shop/export.py", "--no-progress")[0] == 0
    assert report(shop) != AFTER
    assert ssot_lint("fix", "shop/report.py", "--no-progress")[0] == 0
    assert report(shop) == AFTER


@pytest.mark.parametrize(
    ("arguments", "is_done"),
    [
        (("--select", "SSOT306"), False),
        (("--select", "import-path-variant"), True),
        (("--select", "SSOT3"), True),
        (("--step", "1"), True),
        (("--subject", "shop.orders:*"), True),
    ],
)
def test_a_part_can_be_chosen(shop: Path, ssot_lint: Run, arguments: tuple[str, ...], is_done: bool) -> None:
    assert ssot_lint("fix", "--no-progress", *arguments)[0] == 0
    assert (report(shop) == AFTER) is is_done


def ids_of(ssot_lint: Run) -> list[str]:
    _, out, _ = ssot_lint("scan", "--no-progress", "--exit-zero", "--format", "json")
    return [site["id"] for finding in json.loads(out)["findings"] for site in finding["sites"]]


def test_one_violation_can_be_named_by_its_id(shop: Path, ssot_lint: Run) -> None:
    (shop / "shop/offers.py").write_text("from shop.cart import Order\n")
    first, second = (each for each in ids_of(ssot_lint) if each.startswith("SSOT301"))
    code, out, _ = ssot_lint("fix", "--no-progress", "--allow-dirty", second.lower())
    assert (code, report(shop)) == (0, AFTER)
    assert (shop / "shop/offers.py").read_text() == "from shop.cart import Order\n"
    assert "done, 1 violation, shop/report.py" in out
    assert ssot_lint("fix", "--no-progress", "--allow-dirty", "shop", first)[0] == 0
    assert (shop / "shop/offers.py").read_text() == AFTER


def test_a_violation_that_takes_a_decision_is_refused_by_its_id(shop: Path, ssot_lint: Run) -> None:
    copy = (
        "def {}(weight):\n    cost = 3.5\n    if weight > 10:\n        cost += (weight - 10) * 0.4\n    return cost\n"
    )
    (shop / "shop/a.py").write_text(copy.format("shipping_cost"))
    (shop / "shop/b.py").write_text(copy.format("shipping_cost"))
    wanted = next(each for each in ids_of(ssot_lint) if each.startswith("SSOT12"))
    code, out, _ = ssot_lint("fix", "--no-progress", "--allow-dirty", wanted)
    assert code == 1
    assert "refused, only with --unsafe" in out
    assert ssot_lint("fix", "--no-progress", "--allow-dirty", "--unsafe", wanted)[0] == 0
    assert wanted not in ids_of(ssot_lint)


INVENTORY = "class Queue:\n    def __init__(self):\n        self.waiting = []\n\n\nqueue = Queue()\n"


@pytest.mark.parametrize("options", [(), ("--diff",), ("--unsafe",), ("shop/queue.py",)])
def test_what_an_inventory_lists_is_refused_by_its_id(shop: Path, ssot_lint: Run, options: tuple[str, ...]) -> None:
    (shop / "shop/queue.py").write_text(INVENTORY)
    wanted = next(each for each in ids_of(ssot_lint) if each.startswith("SSOT401"))
    code, out, err = ssot_lint("fix", "--no-progress", "--allow-dirty", wanted, *options)
    assert code == 1
    said = (out + err).splitlines()[0]
    assert said.startswith("in no step of the plan: SSOT401")
    assert said.endswith(f": refused, it takes a decision (`ssot-lint show {wanted}`)")


def test_what_an_inventory_lists_is_refused_where_somebody_asks_for_it(shop: Path, ssot_lint: Run) -> None:
    (shop / "shop/queue.py").write_text(INVENTORY)
    for options, is_told in ((("--select", "SSOT4"), False), (("--subject", "*:queue"), True), ((), False)):
        code, out, _ = ssot_lint("fix", "--no-progress", "--allow-dirty", *options)
        assert (code, "SSOT401" in out) == (1 if is_told else 0, is_told)


def test_an_id_of_what_is_silenced_or_lies_elsewhere_says_so(shop: Path, ssot_lint: Run) -> None:
    wanted = next(each for each in ids_of(ssot_lint) if each.startswith("SSOT301"))
    code, out, _ = ssot_lint("fix", "--no-progress", "--allow-dirty", wanted, "shop/orders.py")
    assert (code, "refused, it is in none of the files that are given" in out) == (1, True)
    (shop / "shop/report.py").write_text("from shop.cart import Order  # ssot-lint: ignore[SSOT301] on purpose\n")
    code, out, _ = ssot_lint("fix", "--no-progress", "--allow-dirty", wanted)
    assert (code, "refused, a comment silences it" in out) == (1, True)


@pytest.mark.parametrize("word", ["SSOT301-0000", "SSOT999-abcd"])
def test_an_id_that_no_site_has_is_wrong_usage(shop: Path, ssot_lint: Run, word: str) -> None:
    code, _, err = ssot_lint("fix", "--no-progress", word)
    assert (code, report(shop)) == (2, "from shop.cart import Order\n")
    assert f'no site has the id "{word}"' in err


def test_a_file_called_like_an_id_is_a_file(shop: Path, ssot_lint: Run) -> None:
    (shop / "SSOT301-0000").mkdir()
    assert ssot_lint("fix", "--no-progress", "SSOT301-0000")[0] == 0
    assert report(shop) != AFTER


@pytest.mark.parametrize(
    ("option", "word"),
    [
        ("--step", "x"),
        ("--step", "0"),
        ("--step", "2"),
        ("--select", "SSOT999"),
        ("--subject", "shop.cart:*"),
    ],
)
def test_a_choice_that_means_nothing_is_wrong_usage(shop: Path, ssot_lint: Run, option: str, word: str) -> None:
    code, _, err = ssot_lint("fix", "--no-progress", option, word)
    assert (code, report(shop)) == (2, "from shop.cart import Order\n")
    assert word in err


def test_what_the_command_does_not_pass_is_taken_back(shop: Path, ssot_lint: Run) -> None:
    code, out, _ = ssot_lint("fix", "--no-progress", "--verify", "grep -q cart shop/report.py")
    assert (code, report(shop)) == (1, "from shop.cart import Order\n")
    assert "refused, `grep -q cart shop/report.py` fails after it" in out
    assert ssot_lint("fix", "--no-progress", "--verify", "test -f shop/report.py")[0] == 0
    assert report(shop) == AFTER


def test_a_command_that_fails_before_is_wrong_usage(shop: Path, ssot_lint: Run) -> None:
    code, _, err = ssot_lint("fix", "--no-progress", "--verify", "false")
    assert (code, report(shop)) == (2, "from shop.cart import Order\n")
    assert "`false` fails already" in err


def test_what_an_earlier_run_left_is_put_in_order_first(shop: Path, ssot_lint: Run) -> None:
    cache = shop / ".ssot_lint_cache"
    Journal(shop, cache).write([FileChange("shop/export.py", (AFTER).encode(), b"broken = (\n")], is_trial=True)
    assert (shop / "shop/export.py").read_text() == "broken = (\n"
    code, _, err = ssot_lint("fix", "--no-progress")
    assert (code, report(shop)) == (0, AFTER)
    assert (shop / "shop/export.py").read_text() == AFTER
    assert "an earlier run was cut off: shop/export.py put in order" in err


def test_every_format_says_that_it_can_be_fixed(shop: Path, ssot_lint: Run) -> None:
    _, text, _ = ssot_lint("scan", "--no-progress", "--plan")
    assert "[fixable]" in text
    assert "fix:    `ssot-lint fix --step 1`" in text
    _, concise, _ = ssot_lint("scan", "--no-progress", "-f", "concise")
    assert concise.splitlines()[0].endswith(" [fixable]")
    (finding,) = [
        each for each in json.loads(ssot_lint("scan", "-f", "json")[1])["findings"] if each["code"] == "SSOT301"
    ]
    assert finding["sites"][0]["fix"] == {"safety": "safe", "note": "", "files": ["shop/report.py"]}
    (result,) = json.loads(ssot_lint("scan", "-f", "sarif")[1])["runs"][0]["results"]
    (change,) = result["fixes"][0]["artifactChanges"]
    assert [each["insertedContent"]["text"] for each in change["replacements"]] == [AFTER]


def test_a_look_says_what_a_run_that_writes_would_refuse(ssot_lint: Run, tmp_path: Path) -> None:
    write_files(tmp_path, files_of(DETOUR))
    _, _, err = ssot_lint("fix", str(tmp_path), "--diff", "--no-progress")
    assert "nothing of it would be written without --allow-dirty: git cannot undo what it does here" in err
    assert "allow-dirty" not in ssot_lint("fix", str(tmp_path), "--diff", "--no-progress", "--allow-dirty")[2]
    git = ("git", "-C", str(tmp_path), "-c", "user.name=a", "-c", "user.email=a@b")
    subprocess.run([*git, "init", "-q"], check=True)
    _, _, err = ssot_lint("fix", str(tmp_path), "--diff", "--no-progress")
    assert "without --allow-dirty what changes shop/report.py would be refused: not committed as it is now" in err
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-qm", "all"], check=True)
    assert "allow-dirty" not in ssot_lint("fix", str(tmp_path), "--diff", "--no-progress")[2]


def test_what_stands_in_no_plan_comes_last_and_says_so(ssot_lint: Run, tmp_path: Path) -> None:
    files = files_of(DETOUR) | {"shop/old.py": "class Old:\n    a = 1\n", "shop/shim.py": "from shop.old import Old\n"}
    files |= {"shop/taker.py": "from shop.shim import Old\n\n\nclass New(Old):\n    pass\n"}
    write_files(tmp_path, files)
    _, out, _ = ssot_lint("fix", str(tmp_path), "--allow-dirty", "--no-progress", "--select", "ALL", "--unsafe")
    names = [line.partition(":")[0] for line in out.splitlines() if ": done" in line or ": refused" in line]
    assert "step 1" in names
    assert names.index("step 1") < names.index("in no step of the plan")
