"""`ssot-lint where` as users and programs call it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from ssot_lint.discovery import stamps
from ssot_lint.errors import ExitCode
from ssot_lint.reporters.report_schema import render_answer_schema
from ssot_lint.scan import catalogue
from tests.command_line import Run
from tests.unit.query.shop import FILES, TOTAL

Ask = Callable[[str], None]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in the working directory."""
    for path, text in {**FILES, "pyproject.toml": "[project]\nname = 'shop'\n"}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def code(monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Gives a text on standard input."""

    def give(text: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    return give


def test_a_name(shop: Path, ssot_lint: Run) -> None:
    code, out, err = ssot_lint("where", "OrderBook", "--from", "shop/till.py")
    assert (code, err) == (ExitCode.OK, "")
    assert out == (
        "shop/book.py:2 class shop.book:OrderBook\n"
        "  class OrderBook(Base)\n"
        "  All orders of a shop.\n"
        "  why:     the others are named legacy or deprecated, imported by 4 modules\n"
        "  import:  from shop import OrderBook\n"
        "  factory: built by `shop.book:get_order_book`, shop/book.py:16\n"
        "           from shop.book import get_order_book\n"
        "  also:    legacy/book.py:2  `legacy.book:OrderBook`, equal code\n"
    )


def test_a_text_of_production_code_comes_before_what_tests_call_so(shop: Path, ssot_lint: Run) -> None:
    for name in ("a", "b"):
        (shop / f"shop/{name}.py").write_text("def read(get):\n    return " + " or ".join(["get('ORDER_SPACE')"] * 4))
    (shop / "tests/test_space.py").write_text("def test_it():\n    class Till:\n        SPACE = 'ORDER_SPACE'\n")
    out = ssot_lint("where", "ORDER_SPACE")[1]
    assert out.startswith(
        "The text `ORDER_SPACE` is written out in 8 places of 2 files: shop/a.py:2,\nshop/a.py:2, shop/a.py:2, "
        "shop/a.py:2, shop/b.py:2, shop/b.py:2, and 2 more\n\ntests/test_space.py:3 member"
    )
    assert "import:  none: it stands inside `test_it`" in out


def test_nothing_like_it(shop: Path, ssot_lint: Run) -> None:
    assert ssot_lint("where", "Invoice") == (ExitCode.GATE_FAILED, "Nothing like `Invoice`.\n", "")


def test_a_line(shop: Path, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shop / "shop")
    out = ssot_lint("where", "book.py:16")[1]
    assert out.startswith("book.py:16 function shop.book:get_order_book\n")


def test_code(shop: Path, ssot_lint: Run, code: Ask) -> None:
    code(TOTAL.replace("order_total", "sum_up"))
    exit_code, out, _ = ssot_lint("where", "-")
    assert exit_code == ExitCode.OK
    assert "  asked:   `sum_up`: equal code\n" in out
    code("def brand_new(a):\n    return a.b\n")
    assert ssot_lint("where", "-") == (ExitCode.GATE_FAILED, "Nothing like `brand_new`.\n", "")


def test_statements_that_bind_names_are_compared_by_their_lines(shop: Path, ssot_lint: Run, code: Ask) -> None:
    code("".join(line.removeprefix("    ") for line in TOTAL.splitlines(keepends=True)[2:]))
    exit_code, out, _ = ssot_lint("where", "-")
    assert exit_code == ExitCode.OK
    assert "`the code`:" in out
    code("rate = ask()\nprint(rate)\n")
    exit_code, out, _ = ssot_lint("where", "-")
    assert (exit_code, out[:13]) == (ExitCode.GATE_FAILED, "Nothing like ")


def test_code_that_is_none(shop: Path, ssot_lint: Run, code: Ask) -> None:
    code("def f(:\n")
    message = "error: standard input: line 1: invalid syntax. Give whole statements of Python\n"
    assert ssot_lint("where", "-") == (ExitCode.USAGE, "", message)


@pytest.mark.parametrize("path", ["notes.txt.py:1", f"{__file__}:1"])
def test_a_file_that_is_none_of_the_project(shop: Path, ssot_lint: Run, path: str) -> None:
    (shop / ".gitignore").write_text("notes.txt.py\n")
    (shop / "notes.txt.py").write_text("")
    code, out, err = ssot_lint("where", path)
    assert (code, out) == (ExitCode.USAGE, "")
    assert err.startswith(f"error: {path.removesuffix(':1')}: no file of the project ")


def test_a_line_without_anything_and_a_file_that_is_not_there(shop: Path, ssot_lint: Run) -> None:
    said = "No definition and no import stands at `shop/sums.py:400`.\n"
    assert ssot_lint("where", "shop/sums.py:400") == (ExitCode.GATE_FAILED, said, "")
    assert ssot_lint("where", "gone.py:1")[2] == "error: gone.py: no such file\n"


@pytest.mark.skipif(not Path("/proc/self/fd/0").exists(), reason="the system does not tell where input comes from")
def test_a_file_of_the_project_on_standard_input_is_no_answer_to_itself(shop: Path) -> None:
    def ask(path: str) -> str:
        with (shop / path).open() as stream:
            command = [sys.executable, "-m", "ssot_lint", "where", "-"]
            return subprocess.run(command, stdin=stream, capture_output=True, text=True, check=False).stdout

    assert ask("shop/sums.py") == "Nothing like `order_total`.\n"
    assert ask("legacy/book.py").startswith("shop/book.py:2 class shop.book:OrderBook\n")


def test_json_is_as_its_schema_says(shop: Path, ssot_lint: Run) -> None:
    shipped = json.loads(render_answer_schema())
    for question in ("OrderBook", "order_sent", "Invoice"):
        document = json.loads(ssot_lint("where", question, "-f", "json")[1])
        jsonschema.validate(document, shipped)
        assert document["question"] == question


def test_an_unchanged_project_is_not_looked_at_again(
    shop: Path, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "_SETTLED_NANOSECONDS", -time.time_ns())
    first = ssot_lint("where", "OrderBook")

    def look(*_: object) -> None:
        raise AssertionError("looked at the files")

    with monkeypatch.context() as patch:
        patch.setattr(catalogue, "footprint", look)
        assert ssot_lint("where", "OrderBook") == first
    (shop / "shop" / "later.py").write_text(TOTAL.replace("order_total", "later_total"))
    assert ssot_lint("where", "later_total")[0] == ExitCode.OK
    (shop / "shop" / "later.py").unlink()
    assert ssot_lint("where", "later_total")[0] == ExitCode.GATE_FAILED


def test_files_that_only_look_changed_cost_a_look_and_no_project(
    shop: Path, ssot_lint: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ssot_lint("where", "OrderBook")
    os.utime(shop / "shop" / "book.py")

    def build(*_: object) -> None:
        raise AssertionError("built a project")

    monkeypatch.setattr(catalogue, "rows_of", build)
    assert ssot_lint("where", "OrderBook") == first


def test_without_a_cache_the_answer_is_the_same(shop: Path, ssot_lint: Run) -> None:
    assert ssot_lint("where", "OrderBook", "--no-cache") == ssot_lint("where", "OrderBook")
    assert not (shop / "never").exists()


def test_hostile_names_are_shown_as_they_are(shop: Path, ssot_lint: Run) -> None:
    (shop / "shop" / "evil.py").write_text('class Evil:\n    """\x1b[2J::error::owned\u202e"""\n')
    out = ssot_lint("where", "Evil")[1]
    assert "\x1b" not in out
    assert "\u202e" not in out
