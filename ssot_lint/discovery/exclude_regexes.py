"""Reads the regular expressions by which tools leave files out, as patterns of .gitignore.

Only plain ones: alternatives of paths, with one level of groups. They are never run, so that none can take for ever.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LARGEST = 10_000
_COMMENT = re.compile(r"(?:^|\s)#.*")
_FLAGS = re.compile(r"^\(\?[aimsux]+\)")
_OPTION = re.compile(r"^exclude:[ \t]*(.*(?:\n[ \t]+.*|\n(?=\n))*)", re.MULTILINE)
_BLOCK = re.compile(r"^[|>][+-]?\d*\s*\n")
_ESCAPED = re.compile(r"\\([./_@ -])")
_PLAIN = re.compile(r"[\w./@-]+", re.ASCII)


def patterns_of(regex: str) -> Iterator[str]:
    """The patterns for what a regular expression finds in a path, as far as it is plain."""
    if len(regex) > _LARGEST:
        return
    lines = regex.splitlines()
    text = "".join("".join(_COMMENT.sub("", line) if len(lines) > 1 else line for line in lines).split())
    for alternative in _alternatives(_FLAGS.sub("", text).replace("(?:", "(")):
        pattern = _pattern(alternative)
        if pattern:
            yield pattern


def exclude_of_pre_commit(text: str) -> str:
    """The regular expression that a .pre-commit-config.yaml has for all hooks, empty without one."""
    found = _OPTION.search(text)
    if found is None:
        return ""
    value = found[1].strip()
    if _BLOCK.match(f"{value}\n"):
        return _BLOCK.sub("", f"{value}\n")
    quoted = re.match(r"'([^']*)'|\"([^\"]*)\"", value)
    return value if quoted is None else quoted[1] or quoted[2] or ""


def _alternatives(text: str) -> Iterator[str]:
    """The alternatives of an expression; those of its groups are written out."""
    for piece in _split(text):
        before, opened, rest = piece.partition("(")
        inside, closed, after = rest.rpartition(")")
        if not opened:
            yield piece
        elif closed:
            yield from (f"{before}{each}{after}" for each in _split(inside))


def _split(text: str) -> Iterator[str]:
    """The alternatives outside of groups."""
    depth = start = 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character == "|" and not depth:
            yield text[start:place]
            start = place + 1
    yield text[start:]


def _pattern(alternative: str) -> str:
    """One alternative as a pattern; empty where it is more than a path."""
    is_anchored = alternative.startswith("^") and not alternative.startswith("^.*")
    text = alternative.removeprefix("^").removeprefix(".*").removesuffix("$").removesuffix(".*")
    text = _ESCAPED.sub(lambda found: found[1] if found[1] != "." else "\0", text)
    if "." in text or not (text := text.replace("\0", ".")) or _PLAIN.fullmatch(text) is None:
        return ""
    path = text.strip("/")
    return f"/{path}/" if is_anchored else f"**/{path}/"
