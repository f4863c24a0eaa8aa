"""Names of files chosen to be taken for something else: every report is read back, and says what is on the disk."""

from __future__ import annotations

import json
import os
import re
import sys
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pytest
from markdown_it import MarkdownIt

from ssot_lint.reporters.installed import format_names
from ssot_lint.text.sanitize import from_encodable, visible_path
from tests.hardening.scans import CLASS, Scan, Write

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")]

NAMES = (
    "-rf.py",
    "--help.py",
    ":(glob)x.py",
    "#1.py",
    "@all.py",
    "a\nb.py",
    "\n::error::forged.py",
    "a\r\n::set-output name=x::y.py",
    "%0A::error::x.py",
    "##[error]x.py",
    "a\x1b[31mred\x1b[0m.py",
    "a\x1b]0;title\x07.py",
    "a\x9b31m.py",
    "a\x08\x08b.py",
    "a\u202eyp.exe.py",
    "a\u200bb.py",
    "a\ufeffb.py",
    "<script>alert(1)<∕script>.py",
    "<img src=x onerror=alert(1)>.py",
    "]]>&amp;<!--.py",
    "[x](javascript:y).py",
    "a|b|c.py",
    "`code`.py",
    "**bold** _it_ ~~s~~.py",
    "[bold]no[",
    "$(touch sprung).py",
    "${{ github.token }}.py",
    "a'b\"c\\d.py",
    "trailing .py",
    " leading.py",
    "a\tb.py",
    "日本語.py",
    "🦊.py",
    "ﬁ.py",
    os.fsdecode(b"\xff\xfe.py"),
    os.fsdecode(b"caf\xe9.py"),
    "a\\udc80.py",
    "x" * 252 + ".py",
)
PLACES = frozenset(name if name.endswith(".py") else f"{name}.py" for name in NAMES)

HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
STYLE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The report of a scan in each format, by its name; and the text in colour."""
    root = tmp_path_factory.mktemp("names")
    (root / "pyproject.toml").touch()
    for place in PLACES:
        (root / place).write_text(CLASS)
    (root / "home.py").write_text(CLASS)
    (root / "use.py").write_text("from home import Order\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.delenv("GITHUB_STEP_SUMMARY", raising=False)
        return {**_written(root, "never"), "colour": _written(root, "always")["text"]}


def _written(root: Path, color: str) -> dict[str, str]:
    from ssot_lint.cli.main import run

    forms = format_names()
    targets = [word for form in forms for word in ("--report", f"{form}={root / form}.report")]
    assert run(["scan", "-q", "--no-cache", "--color", color, "-o", os.devnull, "--select", "SSOT101", *targets]) == 1
    return {form: (root / f"{form}.report").read_text(encoding="utf-8") for form in forms}


@pytest.mark.parametrize("form", format_names())
def test_no_report_holds_what_is_not_seen(reports: dict[str, str], form: str) -> None:
    assert HIDDEN.findall(reports[form]) == []


def test_json_has_the_paths(reports: dict[str, str]) -> None:
    (finding,) = json.loads(reports["json"])["findings"]
    assert {from_encodable(site["path"]) for site in finding["sites"]} == PLACES


def test_sarif_has_the_bytes_of_the_paths(reports: dict[str, str]) -> None:
    (run,) = json.loads(reports["sarif"])["runs"]
    uris = [
        place["physicalLocation"]["artifactLocation"]["uri"]
        for result in run["results"]
        for place in result["locations"]
    ]
    assert {os.fsdecode(unquote_to_bytes(uri)).removeprefix("./") for uri in uris} == PLACES
    assert all(re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri) for uri in uris)


def test_gitlab_and_rdjson_have_a_place_for_each(reports: dict[str, str]) -> None:
    gitlab = {each["location"]["path"] for each in json.loads(reports["gitlab"])}
    rdjson = {each["location"]["path"] for each in json.loads(reports["rdjson"])["diagnostics"]}
    assert (len(gitlab), len(rdjson)) == (len(PLACES), len(PLACES))


def test_junit_is_xml_with_a_failure_for_each(reports: dict[str, str]) -> None:
    cases = ElementTree.fromstring(reports["junit"]).iter("testcase")  # noqa: S314 - our own
    assert sum(case.find("failure") is not None for case in cases) == len(PLACES)


def test_github_has_our_commands_and_no_other(reports: dict[str, str]) -> None:
    lines = reports["github"].splitlines()
    assert len(lines) == 11  # GitHub shows 10 annotations of a step; the last line says how many there are
    assert all(re.fullmatch(r"::(?:error|notice) [^:]*::(?:(?!::(?:error|set-output)).)*", line) for line in lines)


def test_concise_has_one_line_for_each(reports: dict[str, str]) -> None:
    lines = reports["concise"].splitlines()
    starts = [f"{visible_path(place)}:1:1: high SSOT101-" for place in PLACES]
    assert [start for start in starts if sum(line.startswith(start) for line in lines) != 1] == []


def test_the_terminal_gets_no_sequence_but_our_own(reports: dict[str, str]) -> None:
    assert "\x1b" not in reports["text"]
    assert STYLE.sub("", reports["colour"]) == reports["text"]


def test_markdown_has_no_markup_of_theirs(reports: dict[str, str]) -> None:
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(reports["markdown"])
    inner = [token for each in tokens for token in each.children or []]
    assert [
        token.attrs for token in inner if token.type in ("link_open", "image") and "javascript" in str(token.attrs)
    ] == []
    tags = {
        tag.lower()
        for token in (*tokens, *inner)
        if token.type.startswith("html")
        for tag in re.findall(r"<(\w+)", token.content)
    }
    assert tags.isdisjoint({"script", "img", "bold", "svg", "a"})
    rows = [token for token in tokens if token.type == "tr_open"]
    assert len(rows) > 0


def test_html_has_the_paths_as_data(reports: dict[str, str]) -> None:
    html = reports["html"]
    data = re.search(r'<script type="application/json" id="data">([^<]*)</script>', html)
    assert data is not None
    files = {file["path"]: file.get("uri", file["path"]) for file in json.loads(data[1])["files"]}
    assert set(files) == {"home.py", "use.py", *map(visible_path, PLACES)}
    assert {os.fsdecode(unquote_to_bytes(uri)).removeprefix("./") for uri in files.values()} - {
        "home.py",
        "use.py",
    } == PLACES
    assert html.count("<script") == 2


def test_folders_of_such_names_and_a_cache(write: Write, command: Scan) -> None:
    folders = [name.removesuffix(".py") for name in PLACES if len(name) < 100]
    root = write({f"{folder}/{name}.py": CLASS for folder in folders for name in ("a", "b")})
    first = command(root, "scan", "-q", "-f", "json")
    assert first.figure("files") == 2 * len(folders)
    assert command(root, "scan", "-q", "-f", "json") == first


def test_names_in_messages_are_one_line(write: Write, command: Scan) -> None:
    root = write({"a.py": CLASS})
    ended = command(root, "scan", "a\n::error::\x1b[31m\udcff")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "error: a\\n\\x3a:error::\\x1b[31m\\udcff: no such file or folder\n"
