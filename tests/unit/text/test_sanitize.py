from __future__ import annotations

import json
import re
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ssot_lint.text.sanitize import (
    code_in_columns,
    encodable,
    from_encodable,
    html_code,
    html_text,
    json_with_visible_text,
    markdown_code,
    markdown_text,
    unambiguous_path,
    uri_path,
    visible,
    visible_code,
    visible_path,
    workflow_data,
    workflow_property,
)

any_text = st.text(st.characters(exclude_categories=()))
_NASTY = [*"\\\\\\xuU012dce8nrt`|*_<>&[]()#-+=.:@~$! a\n\r\t\x1b\u202e\udc80\u200b", "::error::", "##["]
nasty_text = st.lists(st.sampled_from(_NASTY)).map("".join)

ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


def undo(text: str) -> str:
    """Read what ``visible`` wrote: only backslashes before something that reads as an escape have a meaning."""

    def character(match: re.Match[str]) -> str:
        count, escape = len(match[1]), match[2]
        decoded = ESCAPES.get(escape) or chr(int(escape[1:], 16))
        return "\\" * (count // 2) + (decoded if count % 2 else escape)

    return re.sub(r"(\\+)([nrt]|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8})", character, text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain naïve 名前 🐍", "plain naïve 名前 🐍"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("a\nb\r\tc", r"a\nb\r\tc"),
        ("\x00\x7f\x9b", r"\x00\x7f\x9b"),
        ("user\u202enimda", r"user\u202enimda"),
        ("a\u200bb\ufeff\u2060", r"a\u200bb\ufeff\u2060"),
        ("caf\udce9.py", r"caf\udce9.py"),
        ("\u2028\u2029\u00ad\u3164", r"\u2028\u2029\xad\u3164"),
        ("\U000e0041", r"\U000e0041"),
        ("\ufdd0\ufdef\uffff", r"\ufdd0\ufdef\uffff"),
        ("\U0001fffe\U0010ffff\U0001fffd", "\\U0001fffe\\U0010ffff\U0001fffd"),
        (r"C:\dir \d+ \\", r"C:\dir \d+ \\"),
        (r"\n", r"\\n"),
        ("\\\x1b", r"\\\x1b"),
        (r"\udc80", r"\\udc80"),
        ("::error file=a::b", r"\x3a:error file=a::b"),
        ("wrapped ::Stop-Commands::x", r"wrapped \x3a:Stop-Commands::x"),
        ("a\\::debug::b", r"a\\\x3a:debug::b"),
        ("##[error]a ##vso[task.x]b", r"\x23#[error]a \x23#vso[task.x]b"),
        ("a.py::Order a::b::c C++::warning.x ## [head] #[1]", "a.py::Order a::b::c C++::warning.x ## [head] #[1]"),
        ("", ""),
    ],
)
def test_visible_writes_hidden_characters_as_python_does(text: str, shown: str) -> None:
    assert visible(text) == shown


def test_visible_leaves_no_control_format_surrogate_or_separator() -> None:
    hidden = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    # Arabic, Kaithi and Egyptian signs of category Cf have a glyph of their own and reorder nothing.
    seen = [*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)]
    for code in set(range(sys.maxunicode + 1)).difference(seen):
        if unicodedata.category(chr(code)) in hidden:
            assert visible(chr(code)).isascii(), hex(code)


@given(any_text | nasty_text)
def test_visible_is_reversible_and_encodable(text: str) -> None:
    shown = visible(text)
    assert undo(shown) == text
    shown.encode("utf-8")
    assert not re.search(r"[\x00-\x1f\x7f-\x9f]", shown)


@given(any_text | nasty_text)
def test_encodable_is_reversible_and_changes_surrogates_only(text: str) -> None:
    result = encodable(text)
    result.encode("utf-8")
    assert from_encodable(result) == text
    if not re.search(r"ud[89a-f]|[\ud800-\udfff]", text):
        assert result == text


def test_long_runs_of_backslashes_take_linear_time() -> None:
    run = "\\" * 1_000_000
    assert visible(run) == run
    assert encodable(run) == run


@pytest.mark.parametrize("start", ["-", ":", "#", "@"])
def test_path_never_looks_like_an_option_or_command(start: str) -> None:
    assert unambiguous_path(f"{start}x.py") == f"./{start}x.py"
    assert visible_path(f"{start}\n.py") == f"./{start}\\n.py"


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("pkg/a_b-c.py", "pkg/a_b-c.py"),
        ("c:/a b#?%&[].py", "c%3A/a%20b%23%3F%25%26%5B%5D.py"),
        ("é\n\udc80.py", "%C3%A9%0A%80.py"),
        ("half\ud83d.py", "half%ED%A0%BD.py"),
    ],
)
def test_uri_path(path: str, uri: str) -> None:
    assert uri_path(path) == uri


def test_workflow_commands_cannot_be_ended_or_begun() -> None:
    text = "a\r\n::error::100%, 5%25"
    assert workflow_data(text) == r"a\r\n\x3a:error::100%25, 5%2525"
    assert workflow_property(text) == r"a\r\n\x3a%3Aerror%3A%3A100%25%2C 5%2525"


def test_ordinary_path_is_shown_as_it_is() -> None:
    assert visible_path("pkg/a-b.py") == "pkg/a-b.py"


@given(any_text)
def test_json_with_visible_text_is_the_same_data(text: str) -> None:
    data = {encodable(text): [encodable(text)]}
    document = json_with_visible_text(json.dumps(data, ensure_ascii=False))
    assert json.loads(document) == data
    assert visible(document.replace("\\", "")) == document.replace("\\", "")


def test_json_with_visible_text_holds_no_command_for_the_log_of_a_ci_system() -> None:
    data = ["##[error]a", "\\##vso[x]", "# [1]"]
    document = json_with_visible_text(json.dumps(data))
    assert json.loads(document) == data
    assert document == r'["\u0023#[error]a", "\\\u0023#vso[x]", "# [1]"]'


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("class `Name` has 2 copies", "class `Name` has 2 copies"),
        ("snake_case * [x](y)", r"snake\_case \* \[x\](y)"),
        ("`a|b` and `", "<code>a&#124;b</code> and \\`"),
        ("# head", r"\# head"),
        ("- item", r"\- item"),
        ("12. item", r"12\. item"),
        ("13.5 points", "13.5 points"),
        ("    indented", "indented"),
        ("<script>", r"\<script\>"),
        ("@team fixes #12", "@<!-- -->team fixes #<!-- -->12"),
        ("see https://x.y or www.x.y", "see https:<!-- -->//x.y or www<!-- -->.x.y"),
        ("GH-12 or gh-12, not XGH-1", "GH<!-- -->-12 or gh<!-- -->-12, not XGH-1"),
        ("at a.py:100:5 :white_check_mark:", r"at a.py:<!-- -->100:5 :<!-- -->white\_check\_mark:"),
        ("a:b, x::y", "a:b, x::y"),
        ("line\nbreak", r"line\\nbreak"),
    ],
)
def test_markdown_text(text: str, markdown: str) -> None:
    assert markdown_text(text) == markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("pkg.mod:Name", "`pkg.mod:Name`"),
        ("a`b", "<code>a&#96;b</code>"),
        ("a|b", "<code>a&#124;b</code>"),
        (" x ", "<code> x </code>"),
        ("", "<code></code>"),
        ("\x1b[0m", "<code>&#92;x1b&#91;0m</code>"),
        ("a@b.c|", "<code>a&#64;<!-- -->b&#46;c&#124;</code>"),
    ],
)
def test_markdown_code(text: str, markdown: str) -> None:
    assert markdown_code(text) == markdown


@given(nasty_text | any_text)
def test_markdown_stays_in_its_table_cell_and_paragraph(text: str) -> None:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for escaped in (markdown_text(text), markdown_code(text)):
        table = parser.parse(f"| a | b |\n| --- | --- |\n| {escaped} | end |\n")
        assert [token.type for token in table].count("td_open") == 2
        assert [token.content for token in table if token.type == "inline"][-1] == "end"
        item = [token.type for token in parser.parse(f"- {escaped}\n") if not token.type.startswith("html")]
        inside = ["paragraph_open", "inline", "paragraph_close"] if escaped else []
        assert item == ["bullet_list_open", "list_item_open", *inside, "list_item_close", "bullet_list_close"]


@given(nasty_text | any_text)
def test_markdown_code_reads_as_the_visible_text(text: str) -> None:
    assert reading_of(f"x{markdown_code(text)}x") == f"x{visible(text)}x"


@given(nasty_text | any_text)
def test_markdown_text_reads_as_the_visible_text(text: str) -> None:
    prose = text.replace("`", "").strip()
    assert reading_of(markdown_text(prose)) == visible(prose)


def reading_of(markdown: str) -> str:
    """What a reader sees of a paragraph."""
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    seen = {"text", "text_special", "code_inline"}
    inlines = [child for token in parser.parseInline(markdown) for child in token.children or []]
    return "".join(child.content for child in inlines if child.type in seen)


def test_html_is_escaped() -> None:
    assert html_text("a<b>&\"'\n") == "a&lt;b&gt;&amp;&quot;&#x27;\\n"
    assert html_code("</code><script>") == "<code>&lt;/code&gt;&lt;script&gt;</code>"


def test_a_tab_of_code_is_a_tab_or_as_many_blanks_as_it_is_wide() -> None:
    assert visible_code("\tif x:\t# y") == "\tif x:\t# y"
    assert code_in_columns("\tif x:\t# \x0b\\t") == "    if x:   # \\x0b\\t"


def test_a_backslash_of_code_is_a_backslash() -> None:
    assert visible_code('print("a\\n", end="\\x1b")') == 'print("a\\n", end="\\x1b")'
    assert visible_code("a\u202eb\x1b[31m ::error::") == "a\\u202eb\\x1b[31m \\x3a:error::"
