"""Comments put into source files: where they come to stand, what stays as it is, what is refused."""

from __future__ import annotations

import ast
from textwrap import dedent

import pytest

from ssot_lint.extract.comment_placement import WHOLE_FILE
from ssot_lint.extract.rewrite import IgnoreTask, Rewrite, insert_ignores

KNOWN = frozenset({"SSOT101", "SSOT104", "duplicate-class"})
NO_ROOM = "no comment can stand behind it or above it"
LOSSY = "it has white space that the parser does not give back"


def rewrite(source: bytes, *lines: int, codes: str = "SSOT101", reason: str = "") -> Rewrite:
    """``source`` with the codes ignored at each of ``lines``."""
    return insert_ignores(IgnoreTask(source, dict.fromkeys(lines, frozenset(codes.split())), reason, KNOWN, 120))


def ignored(source: str, *lines: int, codes: str = "SSOT101", reason: str = "") -> str:
    """The same of a text in which every line can have its comment, and where Python still reads the same."""
    after, refused = rewrite(source.encode(), *lines, codes=codes, reason=reason)
    assert refused == {}
    assert ast.dump(ast.parse(after)) == ast.dump(ast.parse(source))
    return after.decode()


def shown(text: str) -> str:
    return dedent(text).replace("MARK", "# ssot-lint: ignore[SSOT101]")


@pytest.mark.parametrize(
    ("line", "source", "expected"),
    [
        pytest.param(1, "class A:\n    pass\n", "class A:  MARK\n    pass\n", id="header"),
        pytest.param(1, "if x: import y\n", "if x: import y  MARK\n", id="one-line compound"),
        pytest.param(1, "x = 1; y = 2;\n", "x = 1; y = 2;  MARK\n", id="semicolons"),
        pytest.param(1, "x = 1", "x = 1  MARK", id="no newline at the end"),
        pytest.param(1, "x = 1 \ny = 2\n", "x = 1  MARK\ny = 2\n", id="a blank at the end"),
        pytest.param(1, "x = 1\t\t\t\n", "x = 1\t\t\tMARK\n", id="tabs at the end"),
        pytest.param(2, "if x:\n\ty = 1\n", "if x:\n\ty = 1  MARK\n", id="tabs"),
        pytest.param(2, "@one\ndef f(): ...\n", "@one\ndef f(): ...  MARK\n", id="decorated"),
        pytest.param(2, "try: pass\nexcept E: import y\n", "try: pass\nexcept E: import y  MARK\n", id="except"),
        pytest.param(
            2, "from a import (\n    b,\n    c,\n)\n", "from a import (\n    b,  MARK\n    c,\n)\n", id="imported name"
        ),
        pytest.param(3, "f(\n    1,\n    A(\n    ))\n", "f(\n    1,\n    A(  MARK\n    ))\n", id="inside brackets"),
        pytest.param(2, 'x = """\n""" + A()\n', 'x = """\n""" + A()  MARK\n', id="behind a string"),
        pytest.param(2, "x = 1 + \\\n    A()\n", "x = 1 + \\\n    A()  MARK\n", id="behind a backslash"),
        pytest.param(2, 'x = """\n""" + A(\n)\n', 'x = """\n""" + A(  MARK\n)\n', id="nothing can be above"),
    ],
)
def test_a_comment_stands_behind_the_code(line: int, source: str, expected: str) -> None:
    assert ignored(source, line) == shown(expected)


@pytest.mark.parametrize(
    ("line", "source", "expected"),
    [
        pytest.param(1, "x = 1  # one\n", "MARK\nx = 1  # one\n", id="another comment"),
        pytest.param(2, "if x:\n\ty = 1  # one\n", "if x:\n\tMARK\n\ty = 1  # one\n", id="tabs"),
        pytest.param(1, "x = 1  # one", "MARK\nx = 1  # one", id="no newline at the end"),
        pytest.param(1, "x = f(\n    1)\n", "MARK\nx = f(\n    1)\n", id="first line of brackets"),
        pytest.param(1, "class A(\n    B,\n): ...\n", "MARK\nclass A(\n    B,\n): ...\n", id="header of several lines"),
        pytest.param(1, 'x = """\n"""\n', 'MARK\nx = """\n"""\n', id="first line of a string"),
        pytest.param(1, "x = 1 + \\\n    2\n", "MARK\nx = 1 + \\\n    2\n", id="first line with a backslash"),
        pytest.param(3, "@one\n@two\nclass A:  # one\n    x = 1\n", "MARK\n@one\n@two\nclass A:  # one\n    x = 1\n"),
        pytest.param(2, "from a import (\n    b,  # one\n)\n", "from a import (\n    MARK\n    b,  # one\n)\n"),
        pytest.param(
            2, "from a import b, \\\n    c, \\\n    d\n", "MARK\nfrom a import b, \\\n    c, \\\n    d\n", id="imported"
        ),
        pytest.param(
            3, "if x:\n    y = 1\nelse: import z  # one\n", "if x:\n    y = 1\nMARK\nelse: import z  # one\n", id="else"
        ),
    ],
)
def test_where_there_is_no_room_it_stands_above(line: int, source: str, expected: str) -> None:
    assert ignored(source, line) == shown(expected)


def test_a_line_may_have_120_columns() -> None:
    mark = "  # ssot-lint: ignore[SSOT101]"
    room = 120 - len(mark)
    assert ignored("x" * room + "\n", 1) == "x" * room + mark + "\n"
    assert ignored("x" * (room + 1) + "\n", 1) == mark.strip() + "\n" + "x" * (room + 1) + "\n"
    assert ignored(f"if x:\n\t{'x' * (room - 8)}\n", 2) == f"if x:\n\t{'x' * (room - 8)}{mark}\n"
    assert ignored(f"if x:\n\t{'x' * (room - 7)}\n", 2) == f"if x:\n\t{mark.strip()}\n\t{'x' * (room - 7)}\n"


def test_a_line_that_nothing_can_stand_above_may_be_longer() -> None:
    source = f"x = 1 + \\\n    {'y' * 120}\n"
    assert ignored(source, 2) == source[:-1] + "  # ssot-lint: ignore[SSOT101]\n"


def test_all_codes_of_a_line_are_in_one_comment_sorted_with_the_reason() -> None:
    assert ignored("x = 1\n", 1, codes="SSOT104 SSOT101", reason="goes in June") == (
        "x = 1  # ssot-lint: ignore[SSOT101, SSOT104] goes in June\n"
    )


def test_two_lines_with_one_place_share_their_comment() -> None:
    source = b"from a import b, \\\n    c, \\\n    d\n"
    codes = {1: frozenset({"SSOT104"}), 2: frozenset({"SSOT101"})}
    assert insert_ignores(IgnoreTask(source, codes, "", KNOWN, 120)) == Rewrite(
        b"# ssot-lint: ignore[SSOT101, SSOT104]\n" + source, {}
    )


@pytest.mark.parametrize(
    ("line", "source", "expected"),
    [
        (1, "x = 1  # ssot-lint: ignore[SSOT104] old\n", "x = 1  # ssot-lint: ignore[SSOT101, SSOT104] old; new\n"),
        (1, "x = 1  # ssot-lint: ignore[SSOT104] new\n", "x = 1  # ssot-lint: ignore[SSOT101, SSOT104] new\n"),
        (
            1,
            "x = 1  # ssot-lint: ignore[SSOT104]  # nosec\n",
            "x = 1  # ssot-lint: ignore[SSOT101, SSOT104] new  # nosec\n",
        ),
        (2, "# ssot-lint: ignore[SSOT104]\nx = 1\n", "# ssot-lint: ignore[SSOT101, SSOT104] new\nx = 1\n"),
        (
            3,
            "# ssot-lint: ignore[SSOT104]\n@d\nclass A: ...\n",
            "# ssot-lint: ignore[SSOT101, SSOT104] new\n@d\nclass A: ...\n",
        ),
        (1, "x = f(\n)  # ssot-lint: ignore[SSOT104,]\n", "x = f(\n)  # ssot-lint: ignore[SSOT101, SSOT104] new\n"),
        (
            1,
            "x = 1  # ssot-lint: ignore[duplicate-class]\n",
            "x = 1  # ssot-lint: ignore[SSOT101, duplicate-class] new\n",
        ),
    ],
)
def test_a_code_is_added_to_the_ignore_that_is_there(line: int, source: str, expected: str) -> None:
    assert ignored(source, line, reason="new") == expected


@pytest.mark.parametrize(
    "comment",
    ["distinct[SSOT104]", "file-ignore[SSOT104]", "canonical", "ignore[SSOT104, X]", "ignore[]", "ignore[SSOT1"],
)
def test_no_code_is_added_to_another_directive_or_a_mistake(comment: str) -> None:
    source = f"class A: ...  # ssot-lint: {comment}\n"
    assert ignored(source, 1) == f"# ssot-lint: ignore[SSOT101]\n{source}"
    above = f"# ssot-lint: {comment}\nclass A: ...\n"
    assert ignored(above, 2) == f"# ssot-lint: {comment}\nclass A: ...  # ssot-lint: ignore[SSOT101]\n"


def test_no_code_is_added_where_it_would_be_about_other_names() -> None:
    source = "from a import (  # ssot-lint: ignore[SSOT104]\n    b,\n    c,\n)\n"
    assert ignored(source, 3) == source.replace("c,", "c,  # ssot-lint: ignore[SSOT101]")


def test_the_comment_for_a_whole_file_is_its_first_line() -> None:
    assert ignored("", WHOLE_FILE) == "# ssot-lint: ignore[SSOT101]\n"
    assert ignored('"""Text."""\r\n', WHOLE_FILE) == '# ssot-lint: ignore[SSOT101]\r\n"""Text."""\r\n'
    assert ignored("# ssot-lint: ignore[SSOT104]\nx = 1\n", WHOLE_FILE) == (
        "# ssot-lint: ignore[SSOT101, SSOT104]\nx = 1\n"
    )
    assert ignored("import a  # ssot-lint: ignore[SSOT104]\n", WHOLE_FILE) == (
        "# ssot-lint: ignore[SSOT101]\nimport a  # ssot-lint: ignore[SSOT104]\n"
    )
    assert rewrite(b"#!/bin/python\nx = 1\n", WHOLE_FILE, 2) == Rewrite(
        b"#!/bin/python\nx = 1  # ssot-lint: ignore[SSOT101]\n", {WHOLE_FILE: "its first line has to be the shebang"}
    )


@pytest.mark.parametrize(
    ("lines", "source", "expected"),
    [
        ((1, 2), b"x = 1\r\ny = 2  # one\r\n", b"x = 1  MARK\r\nMARK\r\ny = 2  # one\r\n"),
        ((1, 3), b"\xef\xbb\xbfx = f(\n)\ny = 2\n", b"\xef\xbb\xbfMARK\nx = f(\n)\ny = 2  MARK\n"),
        ((2,), b"# coding: latin-1\nx = '\xe4'\n", b"# coding: latin-1\nx = '\xe4'  MARK\n"),
        ((1, 3), b"x = 1\n\x0c\ny = 2\n", b"x = 1  MARK\n\x0c\ny = 2  MARK\n"),
        ((1, 2), b"x = 1\r\ny = 2\nz = 3\rw = 4\n", b"x = 1  MARK\r\ny = 2  MARK\nz = 3\rw = 4\n"),
    ],
    ids=["CRLF", "BOM", "Latin-1", "form feed", "mixed"],
)
def test_all_other_bytes_stay(lines: tuple[int, ...], source: bytes, expected: bytes) -> None:
    assert rewrite(source, *lines) == Rewrite(expected.replace(b"MARK", b"# ssot-lint: ignore[SSOT101]"), {})


@pytest.mark.parametrize(
    ("source", "reason", "why"),
    [
        (b"x = 1\ry = 2\r", "", LOSSY),
        (b"if x:\n\x0c    y = 1\n    z = 2\n", "", LOSSY),
        (b"\xef\xbb\xbf\xef\xbb\xbfx = 1\n", "", LOSSY),
        (b"# coding: utf-7\nx = '+AOQ-'\n", "", LOSSY),
        (b"# coding: unicode_escape\nx = 1\n", "", LOSSY),
        (b"# coding: latin-1\nx = 1\n", "\N{GREEK SMALL LETTER ALPHA}", "it is in iso-8859-1, which cannot say that"),
        (b"x = 1  # one\n", "coding: latin-1", "the comment would change more than itself"),
        (b"x = (\n", "", "'(' was never closed"),
    ],
    ids=["CR", "form feed", "two BOMs", "utf-7", "escapes", "reason", "cookie", "syntax error"],
)
def test_a_file_that_would_be_another_is_refused(source: bytes, reason: str, why: str) -> None:
    lines = (1, 2)
    assert rewrite(source, *lines, reason=reason) == Rewrite(source, dict.fromkeys(lines, why))


def test_a_file_nested_too_deeply_is_refused() -> None:
    source = b"x = " + b" + ".join([b"1"] * 1_000) + b"\n"
    assert rewrite(source, 1) == Rewrite(source, {1: "it is nested too deeply"})


@pytest.mark.parametrize(
    ("line", "source"),
    [
        (2, 'x = f"""{\n    A()\n    }"""\n'),
        (2, "x = 1 + \\\n    A() + \\\n    2\n"),
        (2, "x = 1 + \\\n    A()  # one\n"),
        (2, 'x = """\n""" + A() + """\n"""\n'),
        (9, "x = 1\n"),
    ],
)
def test_a_line_without_any_room_is_refused_and_no_other(line: int, source: str) -> None:
    content = f"{source}y = 1\n".encode()
    last = content.count(b"\n")
    after, refused = rewrite(content, line, last)
    assert (after, refused) == (content[:-1] + b"  # ssot-lint: ignore[SSOT101]\n", {line: NO_ROOM})


def test_a_comment_about_another_line_is_refused() -> None:
    source = b"x = 1\n# ssot-lint: distinct[SSOT104]\ny = 2\n"
    assert rewrite(source, 2) == Rewrite(source, {2: "the comment would be about another line"})


def test_nothing_is_added_twice() -> None:
    source = "x = 1  # one\ny = f(\n)\nfrom a import (\n    b,  # one\n)\n"
    once = ignored(source, 1, 2, 5)
    assert ignored(once, 2, 4, 8) == once


def test_a_comment_stands_above_where_the_line_would_get_longer_than_the_project_has_them() -> None:
    source = b"value = construct(one, two)\n"
    behind = len(source) - 1 + len("  # ssot-lint: ignore[SSOT101]")
    for longest, expected in (
        (behind, b"value = construct(one, two)  # ssot-lint: ignore[SSOT101]\n"),
        (behind - 1, b"# ssot-lint: ignore[SSOT101]\nvalue = construct(one, two)\n"),
    ):
        task = IgnoreTask(source, {1: frozenset({"SSOT101"})}, "", KNOWN, longest)
        assert insert_ignores(task) == Rewrite(expected, {})
