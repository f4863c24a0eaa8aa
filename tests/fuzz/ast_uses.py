"""What becomes of the values of expressions of ``ast``, as far as they are tested or iterated over."""

from __future__ import annotations

import ast
from collections.abc import Iterator

TESTED = "tested"
ITERATED = "iterated over"


def used_by(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    """The expressions whose value ``node`` tests or iterates over; empty text for what it may use otherwise."""
    for part, use in (*_used_by(node), *_asked_by_bool(node)):
        for choice in _choices(part):
            yield choice, use


def _used_by(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    match node:
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test) | ast.Assert(test=test):
            yield test, TESTED
        case ast.match_case(guard=ast.expr() as guard):
            yield guard, TESTED
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield operand, TESTED
        case ast.Compare(left=left, comparators=others):
            yield from ((each, TESTED) for each in (left, *others))
        case ast.BoolOp(op=ast.And(), values=values):
            yield from ((each, TESTED) for each in values[:-1])
        case ast.comprehension(iter=source, ifs=conditions):
            yield source, ITERATED
            yield from ((each, TESTED) for each in conditions)
        case ast.For(iter=source) | ast.AsyncFor(iter=source) | ast.Starred(value=source):
            yield source, ITERATED
        case ast.keyword(arg=None, value=source):
            yield source, ITERATED
        case ast.Assign(targets=[*_, ast.Tuple() | ast.List()], value=source):
            yield source, ITERATED
        case _:
            pass


def _asked_by_bool(node: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    match node:
        case ast.Call(func=ast.Name(id="bool"), args=values):
            yield from ((each, TESTED) for each in values if not isinstance(each, ast.Starred))
        case _:
            pass


def _choices(node: ast.expr) -> Iterator[ast.expr]:
    """What an expression may evaluate to."""
    stack = [node]
    while stack:
        match stack.pop():
            case ast.IfExp(body=body, orelse=other):
                stack += [body, other]
            case ast.BoolOp(values=values):
                stack += values
            case other:
                yield other
