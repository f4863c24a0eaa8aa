"""Edits inside a line: a literal that becomes a name, a call that is awaited, a comment that goes."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from functools import partial

from ssot_lint.fix.source import RefusedError, Source, Splice
from ssot_lint.model.edits import AddAwait, RemoveComment, ReplaceLiteral

_LITERAL = re.compile(r"""[rRuU]?(?P<quote>"{3}|'{3}|"|')(?:\\.|(?!(?P=quote)).)*(?P=quote)""", re.DOTALL)
_CODES = re.compile(r"\[([^\[\]]*)\]")
_NEXT_COMMENT = re.compile(r"[ \t]+#")


def literal_splice(source: Source, edit: ReplaceLiteral) -> Splice:
    """Raises RefusedError unless the string stands alone at the place."""
    start = source.offset(edit.line, edit.column)
    found = _LITERAL.match(source.text, start)
    if found is None or ast.literal_eval(found[0]) != edit.value:
        raise RefusedError(f'"{edit.value}" is not written out in one piece')
    before, after = source.text[:start].rstrip()[-1:], source.text[found.end() :].lstrip()[:1]
    if before in ("'", '"') or after in ("'", '"'):
        raise RefusedError(f'"{edit.value}" is a part of a longer text')
    return Splice(start, found.end(), edit.text)


def await_splices(source: Source, edit: AddAwait) -> Iterator[Splice]:
    """``await`` before the call, in parentheses where it would be about more. Raises RefusedError without a call."""
    try:
        tree = ast.parse(source.text)
    except (SyntaxError, ValueError, RecursionError) as error:
        raise RefusedError("this Python cannot parse it") from error
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    place = edit.line, edit.column
    calls = [node for node in parents if isinstance(node, ast.Call) and _name(node.func) == edit.callee]
    call = min((each for each in calls if _start(source, each) == place), key=partial(_end, source), default=None)
    if call is None:
        raise RefusedError("the call goes by another name there")
    if isinstance(parents[call], ast.Await):
        raise RefusedError("it is awaited already")
    start, end = source.offset(edit.line, edit.column), _end(source, call)
    if _binds_closer(parents[call], call):
        yield Splice(start, start, "(await ")
        yield Splice(end, end, ")")
    else:
        yield Splice(start, start, "await ")


def _name(callee: ast.expr) -> str:
    """The last name of what is called."""
    if isinstance(callee, ast.Attribute):
        return callee.attr
    return callee.id if isinstance(callee, ast.Name) else ""


def _start(source: Source, node: ast.expr) -> tuple[int, int]:
    return node.lineno, _column(source, node.lineno, node.col_offset)


def _end(source: Source, node: ast.expr) -> int:
    line, column = node.end_lineno or node.lineno, node.end_col_offset or 0
    return source.offset(line, _column(source, line, column))


def _column(source: Source, line: int, column: int) -> int:
    """The column of a character, from 1, for one in UTF-8."""
    return len(source.lines[line - 1].encode()[:column].decode(errors="replace")) + 1


def _binds_closer(parent: ast.AST, call: ast.Call) -> bool:
    """Whether what stands around a call would take more than the call for what is awaited."""
    if isinstance(parent, ast.Attribute | ast.Subscript):
        return parent.value is call
    if isinstance(parent, ast.BinOp):
        return isinstance(parent.op, ast.Pow)
    return isinstance(parent, ast.Call) and parent.func is call


def comment_splice(source: Source, edit: RemoveComment) -> Splice:
    """The comment goes, with its line if that has nothing else; or some codes of it."""
    start = source.offset(edit.line, edit.column)
    line = source.lines[edit.line - 1].rstrip("\r\n")
    text = line[edit.column - 1 :]
    if not text.startswith("#"):
        raise RefusedError("there is no comment at the place")
    follower = _NEXT_COMMENT.search(text)
    own = text[: follower.start()] if follower else text
    left = _codes_left(own, edit.codes)
    if left:
        found = _CODES.search(own)
        span = found.span(1) if found else (0, 0)
        return Splice(start + span[0], start + span[1], ", ".join(left))
    if follower:
        return Splice(start, start + follower.end() - 1, "")
    code = line[: edit.column - 1]
    if code.strip():
        return Splice(start - len(code) + len(code.rstrip()), start + len(own), "")
    return Splice(source.offset(edit.line), source.offset(edit.line + 1), "")


def _codes_left(comment: str, gone: Collection[str]) -> list[str]:
    """The codes of a comment that stay; none if it is to go."""
    found = _CODES.search(comment)
    if not gone or found is None:
        return []
    return [code for each in found[1].split(",") if (code := each.strip()) and code not in gone]
