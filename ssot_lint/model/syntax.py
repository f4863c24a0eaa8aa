"""The vocabulary of facts: scopes, guards, branches and values."""

from __future__ import annotations

from enum import Enum, IntEnum, IntFlag

import msgspec

MODULE_SCOPE = 0


class Fact(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Base of all facts. ``gc=False``: facts are trees, they can never form a cycle."""


class Guard(IntFlag):
    """Under which conditions a statement runs. No flag: always, when its scope runs."""

    NONE = 0
    TYPE_CHECKING = 1
    """Inside ``if TYPE_CHECKING:``; never runs."""
    TRY_IMPORT = 2
    """In the body of a ``try`` with a handler that catches ImportError, or of a ``with`` that expects one."""
    EXCEPT_IMPORT = 4
    """In such a handler."""
    TRY = 8
    """In any other part of a ``try`` statement."""
    CONDITION = 16
    """Under ``if``, ``while``, ``for``, ``case`` or a conditional expression."""
    MAIN = 32
    """Under ``if __name__ == "__main__":``."""
    ELSE = 64
    """In the ``else`` or ``elif`` side of a condition."""

    def __and__(self, other: int) -> Guard:
        """The flags of both. Most statements have none, and are asked many times; the answer of the library takes five
        times as long."""
        return super().__and__(other) if self._value_ else self


STAND_IN = Guard.EXCEPT_IMPORT | Guard.TYPE_CHECKING
"""The guards of what takes the place of something else: where its import fails, or for type checkers."""


class BranchKind(Enum):
    """Which side of a decision a block is."""

    IF = "if"
    ELSE = "else"
    """The other side of an IF or of a TRY; an ``elif`` is an IF inside the ELSE of the one before."""
    LOOP = "loop"
    TRY = "try"
    EXCEPT = "except"
    CASE = "case"


class Exit(Enum):
    """How a block ends."""

    FALL_THROUGH = "falls through"
    RETURN = "return"
    RAISE = "raise"
    JUMP = "jump"
    """``continue`` or ``break``."""


class Branch(Fact, frozen=True):
    """A block that runs only under a condition.

    ``test`` is the condition in normal form (of the IF, for its ELSE), the caught exceptions of an EXCEPT, otherwise
    empty. ``parent`` is the branch around it in the same scope, -1 for none. ``line`` is where it begins: the
    line of an ``except`` or ``elif``, otherwise the first line of the block.
    """

    kind: BranchKind
    test: str
    parent: int
    scope: int
    exit: Exit
    line: int


class ScopeKind(IntEnum):
    MODULE = 0
    CLASS = 1
    FUNCTION = 2


class Scope(Fact, frozen=True):
    """A namespace. ``index`` points into ``classes`` or ``functions``, -1 for the module."""

    kind: ScopeKind
    qualname: str
    parent: int
    index: int


MODULE = Scope(ScopeKind.MODULE, "", -1, -1)
"""The scope that every file has."""


class ValueKind(Enum):
    """The shape of an expression, as far as rules care."""

    CALL = "call"
    NAME = "name"
    CONSTANT = "constant"
    NONE = "none"
    LIST = "list"
    DICT = "dict"
    SET = "set"
    TUPLE = "tuple"
    COMPREHENSION = "comprehension"
    SUBSCRIPT = "subscript"
    LAMBDA = "lambda"
    OTHER = "other"


class Value(Fact, frozen=True):
    """An expression in one line.

    ``text`` is the dotted name for NAME and SUBSCRIPT (what is subscripted), the dotted callee for CALL, the
    literal for CONSTANT (at most 80 characters), otherwise empty. ``arguments_text`` is a short text of the
    arguments of a CALL, or of the elements of a display; enough to tell two calls apart. ``via`` is the local
    variable the value passed through. ``guard`` is where the expression stands, ``line`` 0 where it does not
    matter. ``branch`` is that of the return statement in ``ModuleFacts.branches``, -1 for none. ``options`` are the
    values that an OTHER may be: the operands of ``or`` and ``and``, both sides of a conditional expression.
    """

    kind: ValueKind
    text: str = ""
    arguments_text: str = ""
    awaited: bool = False
    via: str = ""
    line: int = 0
    guard: Guard = Guard.NONE
    branch: int = -1
    options: tuple[Value, ...] = ()
