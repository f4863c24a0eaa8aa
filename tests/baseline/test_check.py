"""`ssot-lint check`: what a change adds and what it breaks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ssot_lint.errors import ExitCode
from tests.baseline.shop import BASELINE, CART, ORDER, Repository
from tests.command_line import Run

ADDED = """\
shop/a_copy.py:2:1 SSOT101-{id} duplicate-class (high)
  class `Cart` is defined in 2 modules (2 identical): keep shop/cart.py, the
  only one that was there before the change
  here:   identical copy of `shop.cart:Cart`
  home:   shop/cart.py:2:1 `shop.cart:Cart`, the only one that was there before
          the change
  do:     Keep `Cart` in shop/cart.py. Delete it from shop/a_copy.py, unless
          other projects take it from there: no code here does. If they do,
          import it there from `shop.cart`.
  import: from shop.cart import Cart

Since HEAD at {commit} the change adds 1 violation.
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A committed project with a violation of old, and the working directory in it."""
    repository = Repository(tmp_path)
    repository.write(".gitignore", ".ssot_lint_cache\n")
    repository.write("pyproject.toml", "[project]\nname = 'shop'\n")
    for path, text in (("__init__", ""), ("a", ORDER), ("b", ORDER), ("cart", CART)):
        repository.write(f"shop/{path}.py", text)
    repository.write("shop/till.py", "from shop.cart import Cart\n\n\ndef open_till(owner):\n    return Cart(owner)\n")
    repository.commit()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PRE_COMMIT_FROM_REF", raising=False)
    return repository


def test_what_was_there_is_neither_new_nor_a_copy_of_what_comes(shop: Repository, ssot_lint: Run) -> None:
    """The new file is untracked, and first by name."""
    commit = shop.git("rev-parse", "--short=10", "HEAD")
    shop.write("shop/a_copy.py", CART)
    code, out, err = ssot_lint("check")
    assert (code, err) == (ExitCode.GATE_FAILED, "")
    assert out == ADDED.format(id=out.partition("SSOT101-")[2][:4], commit=commit)


def test_nothing_is_said_of_a_change_that_adds_nothing(shop: Repository, ssot_lint: Run) -> None:
    commit = shop.git("rev-parse", "--short=10", "HEAD")
    shop.write("shop/b.py", f"# moved down\n{ORDER}")
    code, out, _ = ssot_lint("check")
    assert code == ExitCode.OK
    assert out == f"Nothing new since HEAD at {commit}: the change adds no violation and breaks no\nimport.\n"


def test_who_imports_what_is_gone_is_told_where_it_is(shop: Repository, ssot_lint: Run) -> None:
    shop.write("shop/cart.py", "")
    shop.write("shop/basket.py", CART)
    code, out, _ = ssot_lint("check")
    assert code == ExitCode.GATE_FAILED
    assert out.startswith(
        "shop/till.py:1:23 broken import\n"
        "  imports `Cart` from `shop.cart`, which shop/cart.py does not offer any more.\n"
        "  do:     `from shop.basket import Cart`: it is at shop/basket.py:2:1 now\n\n"
    )
    assert out.endswith(" the change breaks 1 import.\n")


def test_a_renamed_file_breaks_who_imports_it(shop: Repository, ssot_lint: Run) -> None:
    shop.git("mv", "shop/cart.py", "shop/basket.py")
    _, out, _ = ssot_lint("check")
    assert "imports `Cart` from `shop.cart`, which shop/cart.py does not offer any more." in out
    assert "  do:     `from shop.basket import Cart`: it is at shop/basket.py:2:1 now\n" in out
    assert out.endswith(" the change breaks 1 import.\n")
    shop.write("shop/till.py", "import shop.cart\n")
    assert "  do:     `import shop.basket`: it is at shop/basket.py:1:1 now\n" in ssot_lint("check")[1]


def test_who_imports_a_copy_that_is_gone_is_told_of_the_one_there_is(shop: Repository, ssot_lint: Run) -> None:
    shop.write("shop/other.py", CART)
    shop.write("shop/shelf.py", "from shop.other import Cart\n\n\ndef shelf():\n    return Cart('a')\n")
    shop.commit()
    shop.write("shop/other.py", "")
    assert "`from shop.cart import Cart`, if that is meant: there is one at" in ssot_lint("check")[1]


def test_who_imports_what_is_called_otherwise_now_is_told_what_the_scan_says(shop: Repository, ssot_lint: Run) -> None:
    shop.write("shop/cart.py", CART.replace("class Cart", "class Carts"))
    assert "  do:     Import `Carts` if that is what is meant" in ssot_lint("check")[1]


def test_an_import_that_is_expected_to_fail_is_not_broken(shop: Repository, ssot_lint: Run) -> None:
    guarded = "try:\n    from shop.cart import Cart\nexcept ImportError:\n    Cart = None\n"
    shop.write("shop/till.py", guarded)
    shop.commit()
    shop.write("shop/cart.py", "")
    assert "broken import" not in ssot_lint("check")[1]


def test_the_index_is_judged_not_the_work_tree(shop: Repository, ssot_lint: Run) -> None:
    shop.write("shop/a_copy.py", CART)
    assert ssot_lint("check", "--staged")[0] == ExitCode.OK
    shop.git("add", "--all")
    shop.write("shop/a_copy.py", "")
    shop.write("shop/untracked.py", CART)
    code, out, _ = ssot_lint("check", "--staged", "-f", "concise")
    assert (code, [line.partition(":")[0] for line in out.splitlines()]) == (ExitCode.GATE_FAILED, ["shop/a_copy.py"])


def test_the_index_of_a_part_of_a_repository(shop: Repository, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.write("service/pyproject.toml", "[project]\nname = 'service'\n[tool.ssot-lint]\n")
    shop.write("service/api/__init__.py", "")
    shop.write("service/api/cart.py", CART)
    shop.commit()
    monkeypatch.chdir(shop.root / "service")
    shop.write("service/api/a_copy.py", CART)
    shop.git("add", "--all")
    code, out, _ = ssot_lint("check", "--staged", "-f", "concise")
    assert (code, out.partition(":")[0]) == (ExitCode.GATE_FAILED, "api/a_copy.py")


def test_before_the_first_commit_all_is_new(tmp_path: Path, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = Repository(tmp_path)
    fresh.write("shop/a.py", ORDER)
    fresh.write("shop/b.py", ORDER)
    fresh.git("add", "--all")
    monkeypatch.chdir(tmp_path)
    code, out, _ = ssot_lint("check", "--staged", "--no-cache", "-f", "concise")
    assert (code, out.count("\n")) == (ExitCode.GATE_FAILED, 1)


def test_what_the_change_accepts_is_known(shop: Repository, ssot_lint: Run) -> None:
    shop.write("shop/a_copy.py", CART)
    ssot_lint("baseline", "update")
    assert (shop.root / BASELINE).exists()
    assert ssot_lint("check")[0] == ExitCode.OK


def test_paths_narrow_what_is_said_and_other_files_do_not(shop: Repository, ssot_lint: Run) -> None:
    shop.write("shop/a_copy.py", CART)
    assert ssot_lint("check", "shop/b.py")[0] == ExitCode.OK
    assert ssot_lint("check", "shop/a_copy.py", "pyproject.toml")[0] == ExitCode.GATE_FAILED
    assert ssot_lint("check", "pyproject.toml")[0] == ExitCode.GATE_FAILED
    assert ssot_lint("check", "shop/cart.py")[0] == ExitCode.GATE_FAILED, "its home"


def test_a_revision_that_pre_commit_names_counts(
    shop: Repository, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.write("shop/a_copy.py", CART)
    shop.commit()
    assert ssot_lint("check", "--staged")[0] == ExitCode.OK
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", "HEAD~1")
    assert ssot_lint("check", "--staged")[0] == ExitCode.GATE_FAILED


def test_less_severe_violations_are_left_out_on_demand(shop: Repository, ssot_lint: Run) -> None:
    shop.write("shop/a_copy.py", CART)
    assert ssot_lint("check", "--fail-level", "critical")[0] == ExitCode.OK
    assert ssot_lint("check", "--exit-zero")[0] == ExitCode.OK


def test_a_further_copy_of_what_is_information_is_said_and_fails_nothing(shop: Repository, ssot_lint: Run) -> None:
    shop.write("ssot-lint.toml", 'severity = { duplicate-class = "info" }\n')
    shop.write("shop/other.py", CART)
    shop.commit()
    assert ssot_lint("check")[1].startswith("Nothing new since HEAD")
    shop.write("shop/a_copy.py", f"{CART}\n\nclass Basket:\n    size = 3\n")
    code, out, _ = ssot_lint("check")
    assert code == ExitCode.OK
    assert out.startswith("shop/a_copy.py:2:1 SSOT101-")
    assert " duplicate-class (info)\n" in out.splitlines()[0] + "\n"
    assert out.count("SSOT101") == 1, "what was there before is not said again"
    assert out.endswith("breaks no\nimport. A further copy is information: not scored, and no reason to fail.\n")
    shop.write("shop/a_copy.py", CART.replace("self.owner = owner", "self.owner = owner or 1"))
    assert "SSOT101" not in ssot_lint("check")[1], "only what is the same"
    shop.write("shop/a_copy.py", "")
    assert "information" not in ssot_lint("check")[1]


def test_reports_of_what_is_new(shop: Repository, ssot_lint: Run) -> None:
    shop.write("shop/a_copy.py", CART)
    code, out, _ = ssot_lint("check", "-o", "review.txt", "--report", "json=new.json")
    assert (code, out) == (ExitCode.GATE_FAILED, "")
    assert (shop.root / "review.txt").read_text().startswith("shop/a_copy.py:2:1 SSOT101-")
    report = json.loads((shop.root / "new.json").read_text())
    assert [finding["subject"] for finding in report["findings"]] == ["Cart"]


def test_the_index_that_git_hands_to_a_hook_counts(shop: Repository) -> None:
    """``git commit FILE`` makes an index of its own, whose path is relative to the top of the repository."""
    hook = shop.root / ".git" / "hooks" / "pre-commit"
    hook.write_text('#!/bin/sh\necho "$GIT_INDEX_FILE" >index.txt\nexec ssot-lint check --staged -f concise\n')
    hook.chmod(0o755)
    shop.write("shop/b.py", "")
    shop.git("add", "--all")
    shop.write("shop/a.py", ORDER + CART)
    done = subprocess.run(
        ["git", "-c", "user.name=Ada", "-c", "user.email=a@example.org", "commit", "-m", "x", "shop/a.py"],
        cwd=shop.root,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "shop/a.py:13:1" in done.stdout + done.stderr


def functions_of(names: str, count: int = 6) -> str:
    """Functions of some statements, each with a body of its own."""
    return "\n\n".join(
        f"def {name}(rows):\n" + "".join(f"    rows.append({name!r} + str({number}))\n" for number in range(count))
        for name in names
    )


def test_the_places_of_one_finding_are_said_once(shop: Repository, ssot_lint: Run) -> None:
    shop.write("shop/tools.py", functions_of("fgh") + "\n\nLIMIT = 3\n")
    shop.write("shop/user.py", "from shop.tools import f, g, h\n")
    shop.commit()
    shop.write("shop/more_tools.py", functions_of("fgh") + "\n\n" + functions_of("k"))
    _, out, _ = ssot_lint("check")
    assert out.count("have the bodies of 3 functions in common") == 1
    assert out.count("do: ") == 1
    assert out.count("  and:    shop/more_tools.py:") == 2
    assert " the same body as `shop.tools:h`" in out
    assert "`shop.tools`, the only one that was there before the change" in " ".join(out.split())
    assert out.endswith("the change adds 3 violations.\n")


def test_a_copied_file_is_said_once_and_goes(shop: Repository, ssot_lint: Run) -> None:
    whole = functions_of("fg") + f"\n\n{CART}\n"
    shop.write("shop/tools.py", whole)
    shop.write("shop/user.py", "from shop.tools import f, g\n")
    shop.commit()
    shop.write("shop/more_tools.py", whole)
    _, out, _ = ssot_lint("check")
    assert "do: Delete shop/more_tools.py, unless something loads it by its path" in " ".join(out.split())
    assert "SSOT120" not in out


def test_advice_is_about_what_the_change_added(shop: Repository, ssot_lint: Run) -> None:
    shop.write("shop/c.py", f"{ORDER}\n\ndef show(order):\n    return OrderBook().add(order)\n")
    _, out, _ = ssot_lint("check")
    (advice,) = (part for part in out.split("\n  ") if part.startswith("do:"))
    assert "shop/c.py" in advice
    assert "shop/b.py" not in out.partition("do:")[2]


def test_what_stands_out_since_others_were_mended_is_nobodys_fault(shop: Repository, ssot_lint: Run) -> None:
    """Four take `Cart` where people look for it, which is only listed; two are no habit."""
    shop.write("shop/desk.py", "from shop.cart import Cart\n\n\nclass Desk:\n    cart = Cart(0)\n")
    for number in range(4):
        shop.write(f"shop/user{number}.py", "from shop.desk import Cart\n\nPUT = Cart.put\n")
    shop.commit()
    code, _, _ = ssot_lint("scan", "-q", "--select", "SSOT301")
    assert code == ExitCode.OK
    for number in range(2):
        shop.write(f"shop/user{number}.py", "from shop.cart import Cart\n\nPUT = Cart.put\n")
    code, _, _ = ssot_lint("scan", "-q", "--select", "SSOT301")
    assert code == ExitCode.GATE_FAILED
    code, out, _ = ssot_lint("check")
    assert (code, out.startswith("Nothing new since HEAD")) == (ExitCode.OK, True)
    code, _, _ = ssot_lint("scan", "-q", "--select", "SSOT301", "--base-ref", "HEAD")
    assert code == ExitCode.OK
    shop.write("shop/user5.py", "from shop.desk import Cart\n\nPUT = Cart.put\n")
    code, out, _ = ssot_lint("check")
    assert (code, "shop/user5.py:1" in out, "user2" in out) == (ExitCode.GATE_FAILED, True, False)


ODD = "class Cart:\n    pass\n\n\nif Cart:\n    (x): int = 1\n"
"""Only the parser of this tool refuses it."""


def test_what_could_not_be_read_is_not_called_clean(shop: Repository, ssot_lint: Run) -> None:
    shop.write("shop/odd.py", ODD)
    commit = shop.git("rev-parse", "--short=10", "HEAD")
    assert ssot_lint("check")[:2] == (
        ExitCode.OK,
        "shop/odd.py:6 not judged\n"
        "  could not be read: LibCST cannot parse it, though Python can\n\n"
        f"Nothing new since HEAD at {commit} in what could be read.\n",
    )
    shop.commit()
    shop.write("shop/more.py", "LIMIT = 1\n")
    _, out, _ = ssot_lint("check")
    incomplete = "May be incomplete: shop/odd.py could not be read, and what it defines is not known."
    assert " ".join(out.split()).endswith(f"breaks no import. {incomplete}")
    shop.write("shop/odd.py", "class (\n")
    code, out, _ = ssot_lint("check")
    assert (code, "unparsable-file (medium)" in out) == (ExitCode.GATE_FAILED, True)
