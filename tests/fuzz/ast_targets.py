"""What nodes of ``ast`` bind."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.fuzz.ast_expressions import value_of


def is_assignment(node: ast.stmt) -> bool:
    """Whether what a statement binds ends where the statement does."""
    plain = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Delete)
    return isinstance(node, plain) or type(node).__name__ == "TypeAlias"


def targets_of(node: ast.AST) -> Iterator[tuple[ast.expr, str, str]]:
    """The targets of a node: each with the kind of its binding and what it is bound to."""
    if isinstance(node, ast.stmt) and is_assignment(node):
        yield from _assigned(node)
    elif isinstance(node, ast.NamedExpr):
        yield node.target, "target", value_of(node.value)
    elif isinstance(node, (ast.For, ast.AsyncFor)):
        yield from ((part, "target", "") for part in _parts(node.target))
    elif isinstance(node, ast.withitem) and node.optional_vars is not None:
        yield from ((part, "target", "") for part in _parts(node.optional_vars))


def _assigned(node: ast.stmt) -> Iterator[tuple[ast.expr, str, str]]:
    """The targets of an assignment."""
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, (ast.Tuple, ast.List)):
                yield from ((part, "target", "") for part in _parts(target))
            else:
                yield target, "assign", value_of(node.value)
    elif isinstance(node, ast.AnnAssign):
        yield node.target, "annotated", value_of(node.value)
    elif isinstance(node, ast.AugAssign):
        yield node.target, "augmented", value_of(node.value)
    elif isinstance(node, ast.Delete):
        yield from ((part, "deleted", "") for target in node.targets for part in _parts(target))
    else:
        name, value = getattr(node, "name", None), getattr(node, "value", None)
        if isinstance(name, ast.expr) and isinstance(value, ast.expr):
            yield name, "type alias", value_of(value)


def unplaced_names(node: ast.AST) -> Iterator[str]:
    """Names that a node binds, of which ``ast`` does not tell the place."""
    match node:
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name
        case ast.MatchMapping(rest=str(name)):
            yield name
        case _:
            pass


def _parts(target: ast.expr) -> Iterator[ast.expr]:
    """A target, or those in a tuple or list."""
    stack = [target]
    while stack:
        part = stack.pop()
        if isinstance(part, (ast.Tuple, ast.List)):
            stack += reversed(part.elts)
        elif isinstance(part, ast.Starred):
            stack.append(part.value)
        else:
            yield part
