"""The words of docs/glossary.md are those that documents and messages use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GLOSSARY = ROOT / "docs" / "glossary.md"
ENTRY = re.compile(r"^- \*\*([^*]+)\*\*: ", re.MULTILINE)
WORDS = ENTRY.findall(GLOSSARY.read_text(encoding="utf-8"))


def texts() -> Iterator[str]:
    """Documents and everything that says something to users, the glossary aside."""
    for path in sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]):
        if path != GLOSSARY:
            yield path.read_text(encoding="utf-8")
    for folder in (ROOT / "ssot_lint", ROOT / "rules"):
        for path in sorted(folder.rglob("*.py")):
            yield path.read_text(encoding="utf-8")


USED = "\n".join(texts()).lower()


def test_every_line_is_an_entry_and_a_sentence() -> None:
    lines = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("- ")]
    assert len(lines) == len(WORDS) > 30
    assert [line for line in lines if not line.endswith(".")] == []


def test_no_word_is_explained_twice() -> None:
    assert len(set(WORDS)) == len(WORDS)


@pytest.mark.parametrize("word", WORDS)
def test_a_word_that_is_explained_is_used(word: str) -> None:
    spelled = "[ _]".join(re.escape(part) for part in word.lower().split())
    assert re.search(rf"\b{spelled}s?\b", USED)
