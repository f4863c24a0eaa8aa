"""The heads of definitions of ``ast`` in normal form."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeAlias

from tests.fuzz.ast_expressions import annotation_of, dotted, first_word, value_of

Scope: TypeAlias = "ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef"

_EXITS = {ast.Return: "return", ast.Raise: "raise"}


def decorator_of(node: ast.expr) -> tuple[str, bool, int]:
    """Dotted name, whether it is called, and line: that of its first word."""
    is_call = isinstance(node, ast.Call)
    return dotted(node.func if isinstance(node, ast.Call) else node), is_call, first_word(node).lineno


def head_of(node: Scope) -> Iterator[str]:
    """The first line of a definition in normal form."""
    if isinstance(node, ast.ClassDef):
        yield "class"
        for base in node.bases:
            if not isinstance(base, ast.Starred):
                yield dotted(base.value if isinstance(base, ast.Subscript) else base)
        yield from (f"{keyword.arg}={dotted(keyword.value)}" for keyword in node.keywords if keyword.arg)
        return
    yield "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
    for arg, kind, default in parameters_of(node):
        yield f"{kind} {arg.arg}: {annotation_of(arg.annotation)} = {value_of(default)}"
    yield f"-> {annotation_of(node.returns)}"
    inside = list(_own_nodes(node))
    yield "generator" if any(isinstance(each, (ast.Yield, ast.YieldFrom)) for each in inside) else "plain"
    yield f"global {sorted({name for each in inside if isinstance(each, ast.Global) for name in each.names})}"
    yield f"yields in {sorted({each.lineno for each in inside if isinstance(each, ast.Yield)})}"
    yield f"ends: {_EXITS.get(type(node.body[-1]), 'falls through')}"


def mentioned_names(node: ast.FunctionDef | ast.AsyncFunctionDef) -> tuple[frozenset[str], frozenset[str]]:
    """All names in the body and the defaults of a function, and those that the body reads and does not bind."""
    read: set[str] = set()
    bound = {node.name}
    defaults = (default for _, _, default in parameters_of(node) if default is not None)
    other = {each.id for default in defaults for each in ast.walk(default) if isinstance(each, ast.Name)}
    for each in (part for root in node.body for part in ast.walk(root)):
        match each:
            case ast.Name(id=name, ctx=ast.Load()):
                read.add(name)
            case ast.Name(id=name) | ast.arg(arg=name):
                bound.add(name)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                other.update(names)
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                bound.add(name)
            case ast.alias(name=name, asname=alias):
                bound.add(alias or name.split(".")[0])
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                bound.add(name)
            case ast.MatchMapping(rest=str(name)):
                bound.add(name)
            case _ if type(each).__name__ in ("TypeVar", "ParamSpec", "TypeVarTuple"):
                bound.add(str(getattr(each, "name", "")))
            case _:
                pass
    return frozenset(read | bound | other), frozenset(read - bound - {arg.arg for arg, _, _ in parameters_of(node)})


def return_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[int]:
    return (each.lineno for each in _own_nodes(node) if isinstance(each, ast.Return))


def _own_nodes(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[ast.AST]:
    """What is in the body of a function, but in no body inside it."""
    stack: list[ast.AST] = list(node.body)
    while stack:
        each = stack.pop()
        yield each
        body = each.body if isinstance(each, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)) else []
        stack += [child for child in ast.iter_child_nodes(each) if child not in body]


def parameters_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[tuple[ast.arg, str, ast.expr | None]]:
    """Parameters in source order, each with its kind and default."""
    args = node.args
    positional = [(arg, "POSITIONAL_ONLY") for arg in args.posonlyargs] + [(arg, "POSITIONAL") for arg in args.args]
    defaults = [*[None] * (len(positional) - len(args.defaults)), *args.defaults]
    for (arg, kind), default in zip(positional, defaults, strict=True):
        yield arg, kind, default
    if args.vararg:
        yield args.vararg, "VAR_POSITIONAL", None
    for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        yield arg, "KEYWORD_ONLY", default
    if args.kwarg:
        yield args.kwarg, "VAR_KEYWORD", None
