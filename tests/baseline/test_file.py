"""Which file is the baseline, and which is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.errors import ExitCode
from tests.baseline.shop import BASELINE, HEADER, ORDER_LINE, Repository
from tests.command_line import Run


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
        f"error: {shop.root}/ci/known.jsonl: no such folder: {shop.root}/ci. Create it first\n",
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
        ("shop", "shop: is not a regular file. Name another one"),
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


@pytest.mark.slow
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (HEADER + ORDER_LINE[:40], f"{BASELINE}:2: the file is cut off. {RESTORE}"),
        (HEADER + "nothing\n", f"{BASELINE}:2: not JSON. {RESTORE}"),
        (HEADER + '{"rule": "SSOT101"}\n', f"{BASELINE}:2: subject is missing. {RESTORE}"),
        (
            "[]\n",
            f"{BASELINE}:1: not a baseline: one begins with {HEADER.strip()}. Name another file, or delete this "
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
