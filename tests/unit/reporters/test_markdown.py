from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import msgspec
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ssot_lint.model.report import Report
from ssot_lint.reporters.markdown import MAX_CHARACTERS, render_markdown


def parse(markdown: str) -> list[Token]:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown)


def table_shapes(markdown: str) -> list[list[int]]:
    """For every table the number of cells of each of its rows."""
    shapes: list[list[int]] = []
    for token in parse(markdown):
        if token.type == "table_open":
            shapes.append([])
        elif token.type == "tr_open":
            shapes[-1].append(0)
        elif token.type in {"td_open", "th_open"}:
            shapes[-1][-1] += 1
    return shapes


def html_blocks(markdown: str) -> list[str]:
    return [token.content for token in parse(markdown) if token.type == "html_block"]


def headings(markdown: str) -> list[str]:
    tokens = parse(markdown)
    return [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]


def test_markdown(sample: Report, golden: Callable[[str, str], None]) -> None:
    golden("report.md", render_markdown(sample))


def test_nothing_found(clean: Report) -> None:
    assert render_markdown(clean) == (
        "# Single source of truth report\n"
        "\n"
        "**Everything has one home: no violations in 1,204 files, 214,870 lines.** "
        "Score 100.0 of 100: 40 of 40 modules clean. Scanned 1,204 files, 214,870 lines.\n"
        "\n"
        "| Violations | New | Baselined | Suppressed | Fixed | Critical | High | Medium | Low |\n"
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
        "| 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n"
        "\n"
        "## Reproduce\n"
        "\n"
        "```sh\n"
        "ssot-lint scan . -f markdown\n"
        "```\n"
        "\n"
        "ssot-lint 0.1.0, score version 1\n"
    )


def test_tables_and_sections_are_as_written(sample: Report) -> None:
    markdown = render_markdown(sample)
    assert headings(markdown) == [
        "Single source of truth report", "Rules", "Components", "Findings", "Scan problems", "Reproduce",
    ]  # fmt: skip
    assert table_shapes(markdown) == [
        [9, 9], [5] * 7, [3, 3], [2, 2], [3] * 15, [2] * 3, [3] * 3, [2, 2], [2, 2],
    ]  # fmt: skip
    assert len(html_blocks(markdown)) == 12


def test_hostile_names_break_nothing(hostile: Report, golden: Callable[[str, str], None]) -> None:
    markdown = render_markdown(hostile)
    golden("hostile.md", markdown)
    assert headings(markdown) == [
        "Single source of truth report", "Rules", "Components", "Findings", "Scan problems", "Reproduce",
    ]  # fmt: skip
    assert table_shapes(markdown) == [[9, 9], [5, 5], [3, 3], [3] * 15, [2, 2]]
    blocks = html_blocks(markdown)
    assert [block.startswith(("<details>\n<summary>", "</details>")) for block in blocks] == [True] * 4
    inline = {
        child.content for token in parse(markdown) for child in token.children or [] if child.type == "html_inline"
    }
    assert inline == {"<code>", "</code>", "<!-- -->"}
    assert not {"link_open", "image", "em_open", "strong_open"} & {
        child.type for token in parse(markdown) for child in token.children or [] if token.content.startswith("a")
    }
    assert "\x1b" not in markdown
    assert "\u202e" not in markdown
    assert "<script" not in "".join(blocks)


def test_command_cannot_end_its_fence(clean: Report) -> None:
    report = msgspec.structs.replace(clean, command="ssot-lint scan '````'\n# x")
    fences = [token for token in parse(render_markdown(report)) if token.type == "fence"]
    assert [(token.info, token.content) for token in fences] == [("sh", "ssot-lint scan '````'\\n# x\n")]


def test_long_reports_are_cut_between_findings(crowded: Report) -> None:
    markdown = render_markdown(crowded)
    shown = markdown.count("<details>")
    assert MAX_CHARACTERS - 4_000 < len(markdown) < MAX_CHARACTERS
    assert markdown.count("</details>") == shown
    assert f"\n\n{200 - shown} more findings are left out to stay below 60,000 characters" in markdown
    assert markdown.endswith("ssot-lint 0.1.0, score version 1\n")


def test_long_lists_of_a_finding_are_cut(crowded: Report) -> None:
    details = render_markdown(crowded).split("<details>")[1]
    assert details.count("identical") == 15
    assert details.count("\nand 15 more\n") == 1
    assert details.count("\n- line ") == 15
    assert "\n- and 25 more\n" in details


@pytest.mark.parametrize("text", ["x" * 70_000, "|" * 70_000, "\u202e" * 70_000, "`a" * 40_000])
def test_no_single_text_bursts_the_limit(hostile: Report, text: str) -> None:
    finding = hostile.findings[0]
    fact = msgspec.structs.replace(finding.finding, subject=text, message=text, remedy=text)
    diagnostics = tuple(msgspec.structs.replace(one, path=text, message=text) for one in hostile.diagnostics * 40)
    report = msgspec.structs.replace(
        hostile,
        findings=(msgspec.structs.replace(finding, finding=fact),) * 30,
        diagnostics=diagnostics,
        command=text,
    )
    markdown = render_markdown(report)
    assert len(markdown) < MAX_CHARACTERS
    assert "<details>" in markdown


def test_same_report_same_bytes(sample: Report) -> None:
    assert render_markdown(sample) == render_markdown(sample)
