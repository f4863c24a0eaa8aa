"""A second, independent reader of files: the host's ``ast`` instead of LibCST.

It reads what extraction and ``ast`` both define, in the same words, so that :mod:`tests.fuzz.compare` can hold one
against the other. It shares nothing with ``ssot_lint.extract``.
"""

from __future__ import annotations

import ast
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from tokenize import detect_encoding
from typing import NamedTuple

from tests.fuzz.ast_expressions import arguments_of, callee, dotted, first_word
from tests.fuzz.ast_heads import Scope, decorator_of, head_of, mentioned_names, parameters_of, return_lines
from tests.fuzz.ast_targets import is_assignment, targets_of, unplaced_names
from tests.fuzz.ast_uses import used_by

LINE_END = re.compile(r"\r\n|\r|\n")
UNKNOWN = 0
"""Stands for a line or column that ``ast`` does not tell."""

_PLACES_CODE_IN_STRINGS = sys.version_info >= (3, 12)


class Definition(NamedTuple):
    """A class or function. ``details`` is its head in normal form, ``returns`` the lines of its return statements."""

    qualname: str
    line: int
    column: int
    end_line: int
    decorators: tuple[tuple[str, bool, int], ...]
    details: tuple[str, ...]
    returns: frozenset[int]


class ImportedName(NamedTuple):
    scope: str
    level: int
    module: str
    name: str | None
    alias: str | None
    line: int
    column: int
    end_line: int
    statement: int


class BoundName(NamedTuple):
    """A name bound in a module or class; ``end_line`` is the last line of the statement, of a target that of the name,
    or UNKNOWN."""

    name: str
    scope: str
    within: str
    kind: str
    value: str
    line: int
    column: int
    end_line: int


class SetAttribute(NamedTuple):
    scope: str
    owner: str
    name: str
    line: int
    column: int


class CallSite(NamedTuple):
    """A call by dotted name. ``is_local``: a function around it binds the root of the callee. ``use`` is one of
    :mod:`tests.fuzz.ast_uses` or empty, ``arguments`` is that of :func:`tests.fuzz.ast_expressions.arguments_of`."""

    callee: str
    arguments: tuple[str, ...]
    use: str
    line: int
    column: int
    is_local: bool


@dataclass
class LoadedProject:
    """What a file says."""

    definitions: list[Definition] = field(default_factory=list)
    imports: list[ImportedName] = field(default_factory=list)
    bindings: list[BoundName] = field(default_factory=list)
    attributes: list[SetAttribute] = field(default_factory=list)
    calls: list[CallSite] = field(default_factory=list)
    handed_on: set[str] = field(default_factory=set)
    item_reads: list[tuple[str, int, int]] = field(default_factory=list)
    mentions: dict[tuple[str, int], tuple[frozenset[str], frozenset[str]]] = field(default_factory=dict)
    """By qualified name and line of a function: see :func:`tests.fuzz.ast_heads.mentioned_names`."""
    strings: set[tuple[str, int, int]] = field(default_factory=set)

    locals: set[str] = field(default_factory=set)
    """Names that functions bind."""

    def module_names(self) -> set[str]:
        """Names that the module itself binds."""
        bound = {each.name for each in self.bindings if not each.scope}
        imported = {each.alias or (each.name or each.module).split(".")[0] for each in self.imports if not each.scope}
        return bound | imported | {each.qualname for each in self.definitions if "." not in each.qualname}


def read(content: bytes) -> LoadedProject | None:
    """What a file says; None if the host cannot parse it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(content)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return _Reader(text_of(content)).read(tree)


def text_of(content: bytes) -> str:
    """The text of a file that the host can parse."""
    encoding, _ = detect_encoding(BytesIO(content).readline)
    return content.decode(encoding)


@dataclass
class _Place:
    """A scope while it is read."""

    qualname: str
    node: Scope | None = None
    parent: _Place | None = None
    bound: set[str] = field(default_factory=set)
    global_names: set[str] = field(default_factory=set)

    @property
    def is_function(self) -> bool:
        return self.node is not None and not isinstance(self.node, ast.ClassDef)

    def inner(self, node: Scope) -> _Place:
        qualname = f"{self.qualname}.{node.name}" if self.qualname else node.name
        return _Place(qualname, node, self)

    def functions(self) -> Iterator[_Place]:
        """The functions around, innermost first."""
        place: _Place | None = self
        while place is not None:
            if place.is_function:
                yield place
            place = place.parent

    def receiver(self) -> str:
        """The first parameter of the innermost method around, unless a class lies between."""
        place = self
        while place.is_function and place.parent is not None:
            if name := _receiver_of(place):
                return name
            place = place.parent
        return ""


class _Around(NamedTuple):
    """What stands around a node within its scope: an assignment, an f-string."""

    assignment: ast.stmt | None = None
    is_string: bool = False


class _Reader:
    """Reads one tree with a stack of its own, so that deep code costs no recursion."""

    def __init__(self, text: str) -> None:
        self._lines = [line.encode(errors="surrogatepass") for line in LINE_END.split(text)]
        self._reading = LoadedProject()
        self._stack: list[tuple[ast.AST, _Place, _Around]] = []
        self._calls: list[tuple[CallSite, _Place]] = []
        self._functions: list[_Place] = []
        self._around = _Around()
        self._uses: dict[ast.expr, str] = {}

    def read(self, tree: ast.Module) -> LoadedProject:
        self._stack.append((tree, _Place(""), _Around()))
        while self._stack:
            node, place, self._around = self._stack.pop()
            self._visit(node, place)
        self._reading.locals.update(*(place.bound for place in self._functions))
        for call, place in self._calls:
            root = call.callee.split(".")[0].split("[")[0].removesuffix("()")
            is_local = any(root in function.bound for function in place.functions())
            self._reading.calls.append(call._replace(is_local=is_local))
        return self._reading

    def _visit(self, node: ast.AST, place: _Place) -> None:
        self._uses.update(used_by(node))
        match node:
            case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                self._define(node, place)
                return
            case ast.Import() | ast.ImportFrom():
                self._import(node, place)
            case ast.Call():
                self._call(node, place)
            case ast.Subscript(ctx=ast.Load()) if text := dotted(node.value):
                self._reading.item_reads.append((text, *self._at_if_known(first_word(node.value))))
            case ast.Constant(value=str(text)):
                self._reading.strings.add((text, *self._at_if_known(node)))
            case ast.Await(value=awaited):
                self._reading.handed_on.add(dotted(awaited))
            case ast.Global():
                place.global_names.update(node.names)
            case ast.arg():
                place.bound.add(node.arg)
            case ast.Name(ctx=ast.Store() | ast.Del()):
                place.bound.add(node.id)
            case _:
                pass
        self._bind(node, place)
        around = _Around(
            assignment=node if isinstance(node, ast.stmt) and is_assignment(node) else self._around.assignment,
            is_string=self._around.is_string or type(node).__name__ in ("JoinedStr", "TemplateStr"),
        )
        self._push(ast.iter_child_nodes(node), place, around)

    def _push(self, nodes: Iterable[ast.AST], place: _Place, around: _Around) -> None:
        self._stack += [(node, place, around) for node in reversed(list(nodes))]

    def _define(self, node: Scope, place: _Place) -> None:
        place.bound.add(node.name)
        inner = place.inner(node)
        if inner.is_function:
            self._functions.append(inner)
        line, column = self._at(node)
        self._reading.definitions.append(
            Definition(
                inner.qualname,
                line,
                column,
                node.end_lineno or UNKNOWN,
                tuple(decorator_of(decorator) for decorator in node.decorator_list),
                tuple(head_of(node)),
                frozenset() if isinstance(node, ast.ClassDef) else frozenset(return_lines(node)),
            )
        )
        if not isinstance(node, ast.ClassDef):
            self._reading.mentions[inner.qualname, line] = mentioned_names(node)
        parameters = [] if isinstance(node, ast.ClassDef) else [arg for arg, _, _ in parameters_of(node)]
        inner.bound.update(arg.arg for arg in parameters)
        head = [child for child in ast.iter_child_nodes(node) if child not in node.body]
        self._push(node.body, inner, _Around())
        # The names of parameters are those of the function, their annotations and defaults are read outside.
        self._push((part for child in head for part in _without_names(child)), place, _Around())

    def _import(self, node: ast.Import | ast.ImportFrom, place: _Place) -> None:
        for alias in node.names:
            line, column = self._at(alias)
            is_from = isinstance(node, ast.ImportFrom)
            place.bound.add(alias.asname or alias.name.split(".")[0])
            self._reading.imports.append(
                ImportedName(
                    scope=place.qualname,
                    level=node.level if isinstance(node, ast.ImportFrom) else 0,
                    module=(node.module or "") if isinstance(node, ast.ImportFrom) else alias.name,
                    name=alias.name if is_from else None,
                    alias=alias.asname,
                    line=line,
                    column=column,
                    end_line=node.end_lineno or UNKNOWN,
                    statement=node.lineno,
                )
            )

    def _call(self, node: ast.Call, place: _Place) -> None:
        for each in (*node.args, *(keyword.value for keyword in node.keywords)):
            self._reading.handed_on.add(dotted(each.value if isinstance(each, ast.Starred) else each))
        if text := callee(node.func):
            call = CallSite(
                text, arguments_of(node), self._uses.get(node, ""), *self._at_if_known(first_word(node)), False
            )
            self._calls.append((call, place))

    def _bind(self, node: ast.AST, place: _Place) -> None:
        """Note what a statement or expression binds in a module or class, or sets on a receiver."""
        assignment = node if isinstance(node, ast.stmt) and is_assignment(node) else self._around.assignment
        for target, kind, value in targets_of(node):
            if isinstance(target, ast.Name):
                line, column = self._at(target)
                end_line = (assignment.end_lineno or UNKNOWN) if assignment else line
                self._bind_name(target.id, kind, value, (line, column, end_line), place)
            elif isinstance(target, ast.Attribute) and not isinstance(node, (ast.Delete, ast.AugAssign)):
                owner = target.value
                if isinstance(owner, ast.Name) and owner.id == place.receiver():
                    fact = SetAttribute(place.qualname, owner.id, target.attr, *self._at(owner))
                    self._reading.attributes.append(fact)
        for name in unplaced_names(node):
            place.bound.add(name)
            self._bind_name(name, "target", "", (UNKNOWN, UNKNOWN, UNKNOWN), place)

    def _bind_name(self, name: str, kind: str, value: str, at: tuple[int, int, int], place: _Place) -> None:
        is_global = name in place.global_names
        if place.is_function and not is_global:
            return
        scope = "" if is_global else place.qualname
        self._reading.bindings.append(BoundName(name, scope, place.qualname, kind, value, *at))

    def _at(self, node: ast.expr | ast.alias | Scope) -> tuple[int, int]:
        """Line and column from 1, in characters: ``ast`` counts bytes from 0."""
        before = self._lines[node.lineno - 1][: node.col_offset]
        return node.lineno, len(before.decode(errors="replace")) + 1

    def _at_if_known(self, node: ast.expr) -> tuple[int, int]:
        is_known = _PLACES_CODE_IN_STRINGS or not self._around.is_string
        return self._at(node) if is_known else (UNKNOWN, UNKNOWN)


def _without_names(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.arguments):
        yield node
        return
    for each in (*node.posonlyargs, *node.args, node.vararg, *node.kwonlyargs, node.kwarg):
        if each is not None and each.annotation is not None:
            yield each.annotation
    yield from (default for default in (*node.defaults, *node.kw_defaults) if default is not None)


def _receiver_of(place: _Place) -> str:
    """The first parameter of a method that is not static."""
    node, parent = place.node, place.parent
    if node is None or isinstance(node, ast.ClassDef) or parent is None or not isinstance(parent.node, ast.ClassDef):
        return ""
    positional = (*node.args.posonlyargs, *node.args.args)
    is_static = any(dotted(decorator) == "staticmethod" for decorator in node.decorator_list)
    return positional[0].arg if positional and not is_static else ""
