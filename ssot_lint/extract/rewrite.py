"""Puts ``# ssot-lint: ignore[CODE]`` comments into source files, and changes nothing else in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from io import BytesIO, StringIO
from tokenize import detect_encoding
from typing import NamedTuple

import libcst as cst

from ssot_lint.extract.comment_placement import WHOLE_FILE, CommentPlacement, Spot, SpotKind, behind
from ssot_lint.extract.comment_slots import find_comment_slots
from ssot_lint.extract.extractor import facts_of, parse
from ssot_lint.extract.walk import Walk
from ssot_lint.model.directives import MARKER, directives_with_lines, parse_directive
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.model.record import SuppressionKind

_INDENT = re.compile(r"[ \t]*")
_LITERALS = (cst.Integer, cst.Float, cst.Imaginary, cst.SimpleString, cst.FormattedStringText)
_NO_ROOM = "no comment can stand behind it or above it"
_NO_TOP = "its first line has to be the shebang"
_CODES = re.compile(r"\[[^\[\]]*\]")
_NEXT_COMMENT = re.compile(r"(?<!\A)([ \t]+#.*)", re.DOTALL)


class IgnoreTask(NamedTuple):
    """Comments for the file ``content``: ``codes`` has the rules to be ignored at each line, counted from 1, or at
    WHOLE_FILE; ``reason`` is for all of them. ``known`` is everything a rule can be called, ``line_length`` how long a
    line may get where a comment can stand above it."""

    content: bytes
    codes: Mapping[int, frozenset[str]]
    reason: str
    known: frozenset[str]
    line_length: int


class Rewrite(NamedTuple):
    """The file with its comments, and the lines that could not get theirs, with why."""

    content: bytes
    refused: Mapping[int, str]


def insert_ignores(task: IgnoreTask) -> Rewrite:
    """Put in the comments, where :meth:`CommentPlacement.spot` finds a place for them.

    The result has been parsed again: its tree is that of the file, white space and comments aside, and each comment is
    about the line it is meant for. Where that cannot be had, all lines are refused. Never raises for anything the file
    may contain.
    """
    try:
        return _with_ignores(task)
    except _RefusedError as refusal:
        return Rewrite(task.content, dict.fromkeys(task.codes, str(refusal)))
    except RecursionError:
        return Rewrite(task.content, dict.fromkeys(task.codes, "it is nested too deeply"))


class _RefusedError(Exception):
    """Why a file gets no comment at all."""


class _Source(NamedTuple):
    text: str
    encoding: str
    module: cst.Module
    facts: ModuleFacts


def _with_ignores(task: IgnoreTask) -> Rewrite:
    source = _parsed(task.content)
    if source.module.code != source.text or _encoded(source.text, source.encoding) != task.content:
        raise _RefusedError("it has white space that the parser does not give back")
    slots = find_comment_slots(source.module)
    lines = list(StringIO(source.text, newline=""))
    page = CommentPlacement(lines, source.facts, slots, task.known, task.line_length)
    spots = {line: page.spot(line, _comment(codes, task.reason)) for line, codes in task.codes.items()}
    refused = {line: _NO_TOP if line == WHOLE_FILE else _NO_ROOM for line, spot in spots.items() if spot is None}
    codes_at: dict[Spot, set[str]] = defaultdict(set)
    for line, spot in spots.items():
        if spot is not None:
            codes_at[spot].update(task.codes[line])
    text = "".join(_rewritten(page.lines, codes_at, task.reason, source.module.default_newline))
    content = _encoded(text, source.encoding)
    moved = _moved(task.codes.keys() - refused.keys(), codes_at)
    _check(source, content, text, [(moved[line], task.codes[line]) for line in moved])
    return Rewrite(content, refused)


def _parsed(content: bytes) -> _Source:
    """Raises _RefusedError for what cannot be analysed."""
    parsed = parse(content)
    if isinstance(parsed, ParseFailure):
        raise _RefusedError(parsed.reason)
    encoding, _ = detect_encoding(BytesIO(content).readline)
    facts = facts_of(parsed.text, parsed.tree)
    if isinstance(facts, ParseFailure):
        raise _RefusedError(facts.reason)
    return _Source(parsed.text, encoding, parsed.tree, facts)


def _encoded(text: str, encoding: str) -> bytes:
    try:
        return text.encode(encoding)
    except UnicodeError as error:
        raise _RefusedError(f"it is in {encoding}, which cannot say that") from error


def _comment(codes: Collection[str], reason: str) -> str:
    word = SuppressionKind.IGNORE.value
    return f"# {MARKER} {word}[{', '.join(sorted(codes))}] {reason}".rstrip()


def _rewritten(lines: Collection[str], codes_at: Mapping[Spot, set[str]], reason: str, newline: str) -> Iterator[str]:
    """The lines of the new text, with what ends them; ``newline`` is for where no line shows how."""
    by_line: dict[int, list[Spot]] = defaultdict(list)
    for spot in codes_at:
        by_line[spot.line].append(spot)
    for number, line in enumerate(lines or [""], start=1):
        code = line.rstrip("\r\n")
        end = line[len(code) :]
        for spot in by_line[number]:
            codes = codes_at[spot]
            if spot.kind is SpotKind.ABOVE:
                indent = _INDENT.match(code)
                yield f"{indent[0] if indent else ''}{_comment(codes, reason)}{end or newline}"
            elif spot.kind is SpotKind.BEHIND:
                code = behind(code, _comment(codes, reason))
            else:
                code = code[: spot.column - 1] + _with_codes(code[spot.column - 1 :], codes, reason)
        yield code + end


def _with_codes(directive: str, codes: Collection[str], reason: str) -> str:
    """A directive with these codes and this reason among its own, what follows it left behind."""
    own, *others = _NEXT_COMMENT.split(directive, maxsplit=1)
    statement = parse_directive(own.partition(MARKER)[2].strip())
    own = _CODES.sub(f"[{', '.join(sorted({*(statement.codes or ()), *codes}))}]", own, count=1).rstrip()
    if reason and reason not in statement.reason.split("; "):
        own += f"{';' if statement.reason else ''} {reason}"
    return "".join((own, *others))


def _moved(lines: Iterable[int], spots: Collection[Spot]) -> dict[int, int]:
    """Where lines are when all comments are in."""
    above = sorted(spot.line for spot in spots if spot.kind is SpotKind.ABOVE)
    return {line: 1 if line == WHOLE_FILE else line + bisect_right(above, line) for line in lines}


def _check(source: _Source, content: bytes, text: str, wanted: Iterable[tuple[int, frozenset[str]]]) -> None:
    """Raise _RefusedError unless ``content`` is ``text``, the same code, and ignores what is ``wanted`` at lines."""
    after = _parsed(content)
    if (after.text, after.encoding) != (text, source.encoding) or _tokens(after) != _tokens(source):
        raise _RefusedError("the comment would change more than itself")
    ignored = _ignored(after.facts)
    if any(not codes <= ignored[line] for line, codes in wanted):
        raise _RefusedError("the comment would be about another line")


def _ignored(facts: ModuleFacts) -> Mapping[int, set[str]]:
    """The codes that each line's comments ignore."""
    found: dict[int, set[str]] = defaultdict(set)
    for directive, lines in directives_with_lines(facts):
        statement = parse_directive(directive.text)
        if statement.word == SuppressionKind.IGNORE.value:
            for line in lines:
                found[line].update(statement.codes or ())
    return found


def _tokens(source: _Source) -> list[str]:
    """All that carries meaning, in order: the classes of the nodes, names and literals."""
    walk = Walk(source.text)

    def literal(node: cst.Integer | cst.Float | cst.Imaginary | cst.SimpleString | cst.FormattedStringText) -> None:
        walk.leaf(node.value)

    walk.run(source.module, dict.fromkeys(_LITERALS, literal))
    return walk.lines
