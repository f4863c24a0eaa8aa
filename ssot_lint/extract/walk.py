"""The one walk over a tree: an explicit stack, no recursion, no metadata providers.

:class:`Walk` owns what everybody needs while the tree passes by: the place in the text, the open scopes, the
guards in force, and the normal form of the current logical line. What is worth remembering is noted by recorders,
which register a handler per node class.
"""

from __future__ import annotations

import re
import zlib
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import libcst as cst

from ssot_lint.extract.children import CHILDREN, NODE_WORDS
from ssot_lint.extract.cursor import Cursor
from ssot_lint.extract.expressions import alternatives, callee, exit_of
from ssot_lint.extract.local_values import Assigned
from ssot_lint.extract.normal_form import WORD_END, NeutralForm, digest_of, numbered, renamed, shapes, text_of
from ssot_lint.model.facts import Body, ResultUse
from ssot_lint.model.syntax import MODULE_SCOPE, Branch, BranchKind, Exit, Guard, ScopeKind

# A handler takes the node class it is registered for, which the type system cannot say of a mapping.
Handler = Callable[[Any], None]

# What makes a comment a directive, and what may have been meant to: as the package is called, in capitals.
_LIKE_MARKER = re.compile(r"ssot[-_]?lint:", re.IGNORECASE)

_FEWEST_RENAMED = 2
_MAX_TEST = 120
_FEWEST_OF_CLASS = 3
_FEWEST_SHAPES = 8


class Deferred:
    """Something to do when everything above it on the stack is done."""

    __slots__ = ("run",)

    def __init__(self, run: Callable[[], None]) -> None:
        self.run = run


# What can be put on the stack: a node to visit, or something to do when its turn comes.
Step: TypeAlias = "cst.CSTNode | Deferred"


class Draft:
    """Something noted before its position is known; the next leaf tells it."""

    __slots__ = ("offset",)

    offset: int


class _OpenBranch(Draft):
    __slots__ = ("exit", "kind", "parent", "scope", "test")

    kind: BranchKind
    test: str
    parent: int
    scope: int
    exit: Exit


class Given(NamedTuple):
    """What a ``return`` or ``yield`` gives; ``returns`` is the number of return statements before it."""

    start: Draft
    expression: cst.BaseExpression | None
    guard: Guard
    branch: int
    returns: int


@dataclass(slots=True)
class OpenScope:
    """A namespace while the walk is inside it.

    ``assigned`` has, for a function, each local name with what is bound to it, ``annotations`` those of some; ``body``
    is its body. ``inner_names`` are those of the functions inside it and what they bind, ``foreign_words`` the words of
    its normal form that it does not bind; ``node_words`` are names in it that the normal form has for nodes too.
    ``tested`` has how often names are conditions inside of expressions, where the normal form does not tell so.
    ``first_line`` is where the body begins in ``Walk.lines``, ``last_line`` where it has ended.
    """

    index: int
    parent: int
    kind: ScopeKind
    qualname: str
    receiver: str = ""
    body: cst.BaseSuite | None = None
    first_line: int = 0
    first_hash: int = 0
    last_line: int = 0
    is_generator: bool = False
    is_async: bool = False
    assigned: dict[str, list[Assigned]] = field(default_factory=dict)
    annotations: dict[str, str] = field(default_factory=dict)
    inner_names: set[str] = field(default_factory=set)
    foreign_words: set[str] = field(default_factory=set)
    node_words: set[str] = field(default_factory=set)
    imported: set[str] = field(default_factory=set)
    global_names: set[str] = field(default_factory=set)
    tested: Counter[str] = field(default_factory=Counter)
    returned: list[Given] = field(default_factory=list)
    yielded: list[Given] = field(default_factory=list)


class Walk:
    """State of the walk over one file."""

    def __init__(self, text: str) -> None:
        self.cursor = Cursor(text, _LIKE_MARKER)
        self.guard = Guard.NONE
        self.branch = -1
        self.scope = OpenScope(MODULE_SCOPE, -1, ScopeKind.MODULE, "")
        self.scopes = [self.scope]
        self.statement: cst.CSTNode | None = None
        self.lambda_depth = 0
        self.lines: list[str] = []
        self.line_ends: list[int] = []
        self._hashes = array("I")
        self._hashed_lines = array("I")
        self._stack: list[Step] = []
        self._tokens: list[str] = []
        self._awaiting_offset: list[Draft] = []
        self._is_comparable = True
        self._branches: list[_OpenBranch] = []
        self._written: set[cst.BaseExpression] = set()
        self._expecting: set[cst.CSTNode | None] = set()
        self._call: cst.Call | None = None
        self._callee = ""
        self._usages: dict[cst.CSTNode, tuple[ResultUse, str]] = {}

    def run(self, module: cst.Module, handlers: Mapping[type[cst.CSTNode], Handler]) -> None:
        """Visit every node once, in source order."""
        stack, descend = self._stack, self.descend
        all_handlers: dict[type, Handler] = {Deferred: _run, cst.Name: self._name, **handlers}
        stack.append(module)
        while stack:
            node = stack.pop()
            all_handlers.get(node.__class__, descend)(node)
        self.end_line()
        self.cursor.finish()

    def descend(self, node: Any) -> None:
        """Visit the children of ``node`` next."""
        node_class = node.__class__
        self._tokens.append(node_class.__name__)
        stack = self._stack
        for name in CHILDREN.get(node_class, ()):
            child = getattr(node, name)
            child_class = child.__class__
            if child_class is tuple or child_class is list:
                stack.extend(child[::-1])
            elif child is not None and child_class is not cst.MaybeSentinel:
                stack.append(child)

    def _name(self, node: cst.Name) -> None:
        value = node.value
        self.cursor.leaf(value)
        self._tokens.append(value)
        if value in NODE_WORDS:
            self.scope.node_words.add(value)
        if self._awaiting_offset:
            self._place_drafts()

    def push(self, *steps: Step | None) -> None:
        """Do these steps next, in this order: visit a node, or call."""
        for step in reversed(steps):
            if step is not None:
                self._stack.append(step)

    def leaf(self, value: str, token: str | None = None) -> int:
        """Pass a leaf other than a name; ``token`` stands for it in the normal form. Its offset."""
        start = self.cursor.leaf(value)
        self._tokens.append(value if token is None else token)
        if self._awaiting_offset:
            self._place_drafts()
        return start

    def word(self, token: str) -> None:
        """Add a word that is no leaf to the normal form of this line."""
        self._tokens.append(token)

    def draft(self, draft: Draft) -> None:
        """Give ``draft`` the offset of the next leaf."""
        self._awaiting_offset.append(draft)

    def _place_drafts(self) -> None:
        for draft in self._awaiting_offset:
            draft.offset = self.cursor.start
        self._awaiting_offset.clear()

    def begin_line(self, *, comparable: bool = True) -> None:
        """A new logical line begins; the one before it is complete."""
        self.end_line()
        self._is_comparable = comparable

    def end_line(self) -> None:
        """Put the normal form of the current logical line, if it has one, to the others."""
        if self._tokens:
            line = WORD_END.join(self._tokens)
            self.lines.append(line)
            if self._is_comparable:
                self._hashed_lines.append(len(self.lines) - 1)
                self._hashes.append(zlib.crc32(line.encode(errors="surrogatepass")))
            self.line_ends.append(self.cursor.offset)
            self._tokens.clear()

    def drop_line(self) -> None:
        """Forget the normal form of the current logical line."""
        self._tokens.clear()

    def open_scope(self, kind: ScopeKind, name: str, receiver: str = "") -> OpenScope:
        """Enter a class or function; its body begins with the next logical line."""
        prefix = f"{self.scope.qualname}." if self.scope.qualname else ""
        scope = OpenScope(
            index=len(self.scopes),
            parent=self.scope.index,
            kind=kind,
            qualname=prefix + name,
            receiver=receiver,
            first_line=len(self.lines),
            first_hash=len(self._hashes),
        )
        self.scopes.append(scope)
        self.scope = scope
        return scope

    def close_scope(self) -> Body:
        """Leave the current class or function; the normal form of its body."""
        self.end_line()
        scope = self.scope
        scope.last_line = len(self.lines)
        self.scope = self.scopes[scope.parent]
        hashes = self._hashes[scope.first_hash :]
        text = text_of(self.lines[scope.first_line :])
        # What stands in a function is compared as a part of it.
        lines = b"" if self.scope.kind is ScopeKind.FUNCTION else hashes.tobytes()
        if scope.kind is ScopeKind.FUNCTION:
            return self._body_of_function(scope, len(hashes), lines, text)
        if scope.kind is ScopeKind.CLASS and scope.parent == MODULE_SCOPE and len(hashes) >= _FEWEST_OF_CLASS:
            return self._body_of_class(scope, hashes, lines, digest_of(text))
        return Body(len(hashes), lines, digest_of(text))

    def compared_lines(self, scope: OpenScope) -> list[str]:
        """The lines of a scope that was left that may be compared."""
        first = bisect_left(self._hashed_lines, scope.first_line)
        end = bisect_left(self._hashed_lines, scope.last_line)
        return [self.lines[index] for index in self._hashed_lines[first:end]]

    def _body_of_class(self, scope: OpenScope, hashes: array[int], lines: bytes, digest: str) -> Body:
        """The body of a class, with what is left of it without the words of its name."""
        neutral = NeutralForm(scope.qualname)
        found = hashes[:]
        for place, index in enumerate(self._hashed_lines[scope.first_hash :]):
            if (line := neutral.of(self.lines[index])) is not None:
                found[place] = zlib.crc32(line.encode(errors="surrogatepass"))
        text = text_of([neutral.of(line) or line for line in self.lines[scope.first_line :]])
        renamed_lines = found.tobytes() if found != hashes else lines
        return Body(len(hashes), lines, digest, digest_of(text), renamed_lines)

    def _body_of_function(self, scope: OpenScope, statements: int, lines: bytes, text: str) -> Body:
        """The body of a function, with what is left of it without its own names; notes its other words on the way."""
        own_names = scope.assigned.keys() | scope.inner_names | {scope.qualname.rpartition(".")[2]}
        if self.scope.kind is ScopeKind.FUNCTION:
            self.scope.inner_names |= own_names
            self.scope.node_words |= scope.node_words
        words = text.split(WORD_END)
        different = dict.fromkeys(words)
        scope.foreign_words = (different.keys() - NODE_WORDS | scope.node_words) - own_names - scope.imported
        numbers = numbered(different, own_names, scope.receiver)
        renamed_digest = digest_of(renamed(words, numbers)) if statements >= _FEWEST_RENAMED else ""
        has_shapes = bool(lines) and statements >= _FEWEST_SHAPES
        renamed_lines = shapes(self.compared_lines(scope), numbers).tobytes() if has_shapes else b""
        return Body(statements, lines, digest_of(text), renamed_digest, renamed_lines)

    def receiver(self) -> str:
        """The name that stands for the instance (or class) here: that of the innermost method around."""
        scope = self.scope
        while scope.kind is ScopeKind.FUNCTION:
            if scope.receiver:
                return scope.receiver
            scope = self.scopes[scope.parent]
        return ""

    def under(self, guard: Guard, branch: int) -> Deferred:
        """A step that sets the guard and the branch in force."""

        def switch() -> None:
            if branch > self.branch:
                self.draft(self._branches[branch])
            self.guard = guard
            self.branch = branch

        return Deferred(switch)

    def enter(self, guard: Guard, kind: BranchKind, test: str, block: cst.CSTNode) -> Deferred:
        """A step into a branch of the one in force now."""
        return self.under(self.guard | guard, self.add_branch(kind, test[:_MAX_TEST], block))

    def add_branch(self, kind: BranchKind, test: str, block: cst.CSTNode) -> int:
        """A branch of the one in force, for a block that is about to be visited; its index."""
        branch = _OpenBranch()
        branch.kind = kind
        branch.test = test
        branch.parent = self.branch
        branch.scope = self.scope.index
        branch.exit = exit_of(block)
        branch.offset = self.cursor.offset
        self._branches.append(branch)
        return len(self._branches) - 1

    def branches_around(self, branch: int) -> tuple[tuple[int, ...], bool]:
        """A branch and those around it in its scope, -1 too, and whether one of them is a loop."""
        around = []
        in_loop = False
        while branch >= 0:
            around.append(branch)
            in_loop |= self._branches[branch].kind is BranchKind.LOOP
            branch = self._branches[branch].parent
        return (*around, -1), in_loop

    def branches(self) -> tuple[Branch, ...]:
        """All branches, in the order of their indexes."""
        position = self.cursor.position
        return tuple(
            Branch(branch.kind, branch.test, branch.parent, branch.scope, branch.exit, position(branch.offset)[0])
            for branch in self._branches
        )

    def used_as(self, node: cst.CSTNode | None, usage: ResultUse, target: str = "") -> None:
        """Say of an expression that is about to be visited what becomes of its value; what is said last counts."""
        if node.__class__ is cst.Call:
            self._usages[node] = (usage, target)
        elif node.__class__ is cst.IfExp or node.__class__ is cst.BooleanOperation:
            self._usages.update(dict.fromkeys(alternatives(node), (usage, target)))

    def written(self, node: cst.BaseExpression) -> None:
        """Say of a target that is about to be visited that it is assigned or deleted, not read."""
        self._written.add(node)

    def is_written(self, node: cst.BaseExpression) -> bool:
        """Whether :meth:`written` was said of ``node``."""
        return node in self._written

    def expects_errors(self, body: cst.BaseSuite) -> None:
        """Say of a block that is about to be visited that its statements are to raise an exception."""
        for line in body.body:
            for statement in line.body if type(line) is cst.SimpleStatementLine else (line,):
                value = statement.value if isinstance(statement, cst.Expr | cst.Assign) else None
                if type(value) is cst.Await:
                    self._expecting.add(value.expression)
                elif type(statement) is cst.Expr:
                    self._expecting.add(value)

    def expects_error(self, node: cst.Call) -> bool:
        """Whether :meth:`expects_errors` was said of the statement that ``node`` is."""
        return node in self._expecting

    def callee(self, node: cst.Call) -> str:
        """The dotted callee of ``node``; who observes a call asks for the same one."""
        if node is not self._call:
            self._call, self._callee = node, callee(node.func)
        return self._callee

    def usage(self, node: cst.Call) -> tuple[ResultUse, str]:
        """What was said of ``node`` by :meth:`used_as`, and the variable that takes its value."""
        return self._usages.pop(node, (ResultUse.OTHER, ""))


def _run(step: Deferred) -> None:
    step.run()
