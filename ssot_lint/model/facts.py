"""What one walk over one file yields: plain, immutable, picklable facts.

Facts depend on the bytes of the file alone: no path, no module name and no configuration goes into them, so
they can be computed anywhere, in any order, and kept under the hash of the content. Everything that needs
another file (what a name means, who imports it) is asked of :class:`ssot_lint.project.Project`.

Lines and columns start at 1; columns count characters. ``scope`` is always an index into
:attr:`ModuleFacts.scopes`; scope 0 is the module itself.
"""

from __future__ import annotations

import re
import zlib
from enum import Enum, IntEnum
from typing import NamedTuple

from ssot_lint.model.syntax import MODULE, Branch, Exit, Fact, Guard, Scope, Value

ARGUMENT_END = "\0"
"""Ends each argument in :attr:`Call.arguments_text`: the one character that no source has."""

SENDING_NONE = "send(None)"
"""What is used of a result whose ``send`` is called with None, by which coroutines and generators are driven."""

_ARGUMENT = re.compile(r"(?P<star>\*{0,2})(?:(?P<keyword>[^\W\d]\w*)=)?(?P<text>.*)", re.DOTALL)


def mention_of(name: str) -> bytes:
    """A name in :attr:`ModuleFacts.mentions`: 4 bytes (CRC-32), a tenth of the room that names take."""
    return zlib.crc32(name.encode(errors="surrogatepass")).to_bytes(4, "big")


class Import(Fact, frozen=True):
    """One imported name: ``from a import b, c`` is two of these.

    ``module`` is the text after ``from`` or ``import`` without the dots of a relative import; those are counted in
    ``level``. ``name`` is None for ``import a.b``, ``*`` for a star import. ``line`` and ``column`` are those of the
    imported name, ``statement`` is the line the statement starts in. ``is_reexport``: a comment, a statement of
    nothing but names or a misspelt ``__all__`` says that the name is passed on. ``is_silenced``: a star that linters
    are told by a ``noqa`` comment to leave alone, or another import that checkers are told not to look for.
    """

    module: str
    level: int
    name: str | None
    alias: str | None
    scope: int
    guard: Guard
    line: int
    column: int
    end_line: int
    statement: int
    is_reexport: bool = False
    is_silenced: bool = False

    @property
    def bound_name(self) -> str:
        """The name this import binds in its scope (``a`` for ``import a.b``)."""
        if self.alias:
            return self.alias
        return self.module.split(".", 1)[0] if self.name is None else self.name


class Decorator(Fact, frozen=True):
    """``name`` is the dotted text (empty if it has none), ``arguments_text`` a short text of the arguments, None
    without a call."""

    name: str
    arguments_text: str | None
    line: int


class ParameterKind(IntEnum):
    POSITIONAL_ONLY = 0
    POSITIONAL = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4

    @property
    def is_variadic(self) -> bool:
        """Whether it takes any number of arguments: its annotation is about each of them."""
        return self in (ParameterKind.VAR_POSITIONAL, ParameterKind.VAR_KEYWORD)


class Parameter(Fact, frozen=True):
    name: str
    kind: ParameterKind
    annotation: str
    default: Value | None


class Body(Fact, frozen=True):
    """A definition's body in normal form: no positions, comments, docstrings, formatting or quotes.

    ``statements`` counts logical lines without docstrings, ``pass`` and ``...``. ``lines`` holds 4 bytes
    (CRC-32, the byte order of the machine) for each logical line that may be compared: no imports, signatures,
    docstrings or ``pass``; none in a definition inside a function. ``digest`` is 12 hex digits over everything but
    docstrings and the definition's own decorators; equal digests mean equal bodies. ``renamed_digest`` is equal for
    bodies of functions that differ in their own names only: that of the function, of parameters, local variables and
    attributes of the instance; empty for fewer than two statements. For top-level classes of at least four statements
    it is equal where the bodies differ in the words of the classes' own names only, wherever these stand;
    ``renamed_lines`` are the hashes of the lines without those words; of functions of at least eight statements those
    of the lines in which all own names are the same.
    """

    statements: int
    lines: bytes
    digest: str
    renamed_digest: str = ""
    renamed_lines: bytes = b""


class Class(Fact, frozen=True):
    """A class statement. ``scope`` is its own scope, ``parent`` the one it stands in.

    ``bases`` are dotted texts without subscripts (empty text: an expression), ``keywords`` are the class
    keywords with the dotted text of their value. ``docstring`` is its first line, ``notice`` the later paragraph of it
    that begins with DEPRECATED, in one line.
    """

    name: str
    scope: int
    parent: int
    bases: tuple[str, ...]
    keywords: tuple[tuple[str, str], ...]
    decorators: tuple[Decorator, ...]
    docstring: str
    body: Body
    guard: Guard
    line: int
    column: int
    end_line: int
    notice: str = ""


class Function(Fact, frozen=True):
    """A ``def`` or ``async def``. ``returned`` lists what its return statements return, a local variable
    replaced by everything that it may hold there. ``yielded`` lists the operands of ``yield`` in the same way.
    ``global_names`` are those it declares global, ``global_mentions`` are places in ``ModuleFacts.global_names``: what
    it and its defaults read or bind of the module's names, ``__name__`` and the like and ``locals`` among them.
    ``notice`` is that of :class:`Class`; ``exit`` is how its body ends."""

    name: str
    scope: int
    parent: int
    is_async: bool
    is_generator: bool
    parameters: tuple[Parameter, ...]
    returns: str
    decorators: tuple[Decorator, ...]
    docstring: str
    returned: tuple[Value, ...]
    global_names: tuple[str, ...]
    body: Body
    guard: Guard
    line: int
    column: int
    end_line: int
    notice: str = ""
    exit: Exit = Exit.FALL_THROUGH
    global_mentions: tuple[int, ...] = ()
    yielded: tuple[Value, ...] = ()


class BindingKind(Enum):
    """By which statement a name got its value (imports, classes and functions have facts of their own)."""

    ASSIGN = "assign"
    ANNOTATED = "annotated"
    AUGMENTED = "augmented"
    TARGET = "target"
    """for, with, except, match or walrus target, or part of an unpacked tuple; only that of a walrus has a value."""
    TYPE_ALIAS = "type alias"
    DELETED = "deleted"


class Binding(Fact, frozen=True):
    """A name bound in the module or in a class body; also ``global x; x = ...`` inside a function, where
    ``within`` (the scope of the statement) differs from ``scope`` (the scope that owns the name).

    ``constant`` is, for a name in capitals that the module binds, 12 hex digits over a value that is spelled out in
    full: literals, displays of them, compiled patterns; otherwise empty. ``elements`` counts those of such a display.
    ``is_said_shared``: the comment right above or beside says that it is shared or a cache. ``digest`` is, for a name
    that the module or the body of a class gives a value, 12 hex digits over the statement in normal form; ``names``
    are, for one that the module does, those of the module that the value mentions, ``__name__`` and the like among
    them; otherwise both are empty.
    """

    name: str
    scope: int
    within: int
    kind: BindingKind
    annotation: str
    value: Value | None
    guard: Guard
    line: int
    column: int
    end_line: int
    constant: str = ""
    elements: int = 0
    is_said_shared: bool = False
    digest: str = ""
    names: tuple[str, ...] = ()


class AttributeAssignment(Fact, frozen=True):
    """``self.name = value`` in a method; ``owner`` is the first parameter's name (self, cls, ...). ``is_said_shared``:
    the comment right above or beside it, or above the method, says that it is shared or a cache."""

    owner: str
    name: str
    scope: int
    annotation: str
    value: Value | None
    guard: Guard
    line: int
    column: int
    is_said_shared: bool = False


class Mutation(Fact, frozen=True):
    """Something that changes an object in place: ``target.append(...)``, ``target[key] = ...``,
    ``del target[key]``, ``target += ...``, ``target.attribute = ...``.

    ``target`` is the dotted text of what is changed; its root is never a plain local variable. ``table[key]`` is an
    item that is changed itself, as by ``table[key].append(...)``, ``key`` being a short text.
    ``operation`` is the method's name, or ``setitem``, ``delitem``, ``augassign``, ``setattr``, ``delattr``.
    ``key`` is a short text of the key or first argument, ``key_parts`` are the names that it is made of, through
    tuples, text and local variables. ``value`` is what is assigned, or the second argument. A bound method that is
    handed over counts as called: ``finalize(thing, target.pop, key)``.
    """

    target: str
    operation: str
    key: str
    scope: int
    line: int
    column: int
    key_parts: tuple[str, ...] = ()
    value: Value | None = None


class ResultUse(Enum):
    """What is done with the result of a call. Both sides of a conditional expression, and the operands of ``or``, are
    used as the whole is."""

    STATEMENT = "statement"
    """Nothing: the call is a statement."""
    ASSIGNED = "assigned"
    SELF = "stored on self"
    AWAITED = "awaited"
    RETURNED = "returned"
    YIELDED = "yielded"
    ARGUMENT = "argument"
    ATTRIBUTE = "attribute"
    SUBSCRIPT = "subscript"
    WITH = "with"
    ASYNC_WITH = "async with"
    TESTED = "tested"
    """As a condition, negated, or compared: its value is asked, and goes nowhere."""
    ITERATED = "iterated over"
    """By a loop, a comprehension, a star, or an assignment to several targets."""
    DECORATOR = "decorator"
    OTHER = "other"


class Argument(NamedTuple):
    """An argument of a call: ``star`` is ``*``, ``**`` or empty, ``text`` its normal form, at most 80 characters;
    what is too deep or too rare in it is ``...``."""

    keyword: str
    text: str
    star: str


class Call(Fact, frozen=True):
    """A call that other files may have a say in: the root of ``callee`` is a name of this module, an import (of
    anything, also of a library), or the first parameter of a method. Calls of builtins and of plain local variables
    are no facts. ``Thing().method`` as callee stands for a method called on a local variable that only ever holds
    ``Thing()``, or is annotated so, ``super().method`` for one of an ancestor, ``table[].method`` for one of an item.
    ``target`` is the local or attribute that takes the result (ResultUse.ASSIGNED and SELF), the attribute of the
    result that is used (ResultUse.ATTRIBUTE), or the dotted callee that the result is an argument of
    (ResultUse.ARGUMENT), as written. ``branch`` is the innermost one around the call in ``ModuleFacts.branches``, -1
    for none. ``reads`` is what is read off the
    local variable that takes the result, when nothing else becomes of it in the function: names of attributes, ``[]``
    for items, ``bool`` for tests; otherwise empty. ``is_unread``: the function mentions that variable nowhere else.
    ``expects_error``: the call is a statement directly in a ``with`` of a test that demands an exception, or is awaited
    for an assignment there.
    ``arguments_text`` has the arguments in one text, which takes a fraction of the room of a fact for each."""

    callee: str
    scope: int
    usage: ResultUse
    target: str
    arguments_text: str
    guard: Guard
    branch: int
    line: int
    column: int
    reads: tuple[str, ...] = ()
    is_unread: bool = False
    expects_error: bool = False

    @property
    def argument_count(self) -> int:
        return self.arguments_text.count(ARGUMENT_END)

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """The arguments in source order."""
        found = map(_ARGUMENT.fullmatch, self.arguments_text.split(ARGUMENT_END)[:-1])
        return tuple(Argument(match["keyword"] or "", match["text"], match["star"]) for match in found if match)


class ItemRead(Fact, frozen=True):
    """``target[key]`` that is read, as in ``os.environ["HOME"]``. ``target`` is a dotted text that begins with an
    imported name and does not end with that of a class; ``key`` is a short text."""

    target: str
    key: str
    scope: int
    guard: Guard
    line: int
    column: int


class StringContext(Enum):
    ARGUMENT = "argument"
    COMPARISON = "comparison"
    DICT_VALUE = "dict value"
    DICT_KEY = "dict key"
    VALUE = "value"
    """Assigned or returned in a function, also as an element of a display."""


class StringUse(Fact, frozen=True):
    """A string literal that looks like an identifier (word characters, ``.``, ``:``, ``-``; at most 60) and stands in
    one of the contexts, also as one side of a conditional expression.

    ``taker`` is the dotted callee of an ARGUMENT, ``.method`` where the receiver has no name. ``key`` is the keyword
    of an ARGUMENT, the literal or dotted key of a DICT_VALUE, and what the string is compared with in a COMPARISON:
    ``event.type``, or ``type`` for ``event["type"]`` and ``event.get("type")``. Both are empty where there is none.
    """

    value: str
    context: StringContext
    scope: int
    line: int
    column: int
    taker: str = ""
    key: str = ""


class ConstantUse(Fact, frozen=True):
    """A name that looks like a constant (``NAME``, ``module.NAME``, ``Class.member``; a ``.value`` behind it is left
    out) and is an ARGUMENT, a DICT_VALUE or a VALUE inside a function. ``taker`` and ``key`` are those of
    :class:`StringUse`. ``line`` and ``column`` are where the call, the dict entry or the value begins.
    """

    name: str
    context: StringContext
    scope: int
    line: int
    column: int
    taker: str = ""
    key: str = ""


class Deprecation(Fact, frozen=True):
    """A DeprecationWarning that is raised: ``warnings.warn(..., DeprecationWarning)``, not in a lambda. ``message`` is
    the text of the warning as far as it is literal, with ``{}`` for what is computed; empty if all of it is."""

    scope: int
    guard: Guard
    message: str
    line: int


class IdentitySink(Enum):
    """What takes the value of ``id(...)`` or ``hash(...)``."""

    KEY = "key"
    """A key of the mapping ``target`` (empty if it has no name): subscript, get, pop, setdefault, dict display."""
    ASSIGNED = "assigned"
    """The variable or attribute ``target``."""
    KEYWORD = "keyword"
    """The keyword argument ``target``."""
    ENTRY = "dict value"
    """The value under the key ``target`` of a dict display."""
    ARGUMENT = "argument"
    """A positional argument of ``target``."""
    RETURNED = "returned"


class IdentityEnd(Fact, frozen=True):
    """Where a local variable with such a value goes; like the fields of :class:`IdentityUse`."""

    sink: IdentitySink
    target: str
    is_text: bool
    is_kept: bool


class IdentityUse(Fact, frozen=True):
    """``id(argument)`` or ``hash(argument)`` of the builtins in a simple statement, and where the value goes: through
    tuples, arithmetic, conditions, defaults of ``getattr``, and f-strings or other text (``is_text``). A value that
    goes nowhere in the end (compared, added to a set display) is no fact. ``is_kept``: the statement keeps the argument
    itself too, as in ``seen[id(x)] = x``, so that its id cannot pass to another object. ``ends``: for a local variable
    that is ASSIGNED, where it goes in its function; what is looked up in or put into a local container goes nowhere.
    """

    function: str
    argument: str
    sink: IdentitySink
    target: str
    is_text: bool
    is_kept: bool
    scope: int
    line: int
    column: int
    ends: tuple[IdentityEnd, ...] = ()


class Replacement(Fact, frozen=True):
    """An unconditional definition, import or assignment at ``line`` whose name the same module or class binds again at
    ``by``, also unconditionally, without anything between that reads it. Lines are those of the facts of either."""

    name: str
    scope: int
    line: int
    by: int


class CopyNote(Fact, frozen=True):
    """A comment directly above a definition that says of what it is a copy: the first 200 characters of ``text``,
    without ``#``. ``scope`` is that of the definition. ``digest`` is what :class:`Body` has of it, once the renames in
    the comment (``Order->Parcel``) are undone. ``readings`` has for each of its lines the hashes of all that it may
    have been before, the likeliest first. ``is_partial``: parts of it are left out by a comment inside."""

    text: str
    scope: int
    line: int
    is_partial: bool
    readings: tuple[bytes, ...]
    digest: str


class Directive(Fact, frozen=True):
    """A comment for this tool, ``# ssot-lint: text``. ``own_line``: nothing else stands in that line. ``about`` are the
    lines that it is about by its place in the text, ``line`` among them. ``marker`` is how the tool is called in it."""

    text: str
    own_line: bool
    line: int
    column: int
    about: tuple[int, ...]
    marker: str


class ModuleFacts(Fact, frozen=True, tag="facts"):
    """Everything known about one file. Without any, an empty file; of a file that could not be read only
    ``is_dynamic`` and ``mentions`` are known.

    ``exports`` is ``__all__`` as far as it is literal, None without one; ``exports_more``: it has computed
    parts too. ``is_dynamic``: names may appear at run time (``__getattr__``, ``globals()``, stores into
    ``sys.modules``, ``exec``), so a missing name proves nothing. ``is_generated``: the file says at its top that a
    program writes it. ``is_runnable``: it has a ``#!`` line or a ``__main__`` guard. ``provenance`` is the project
    (``owner/name``) that it says at its top to be from; ``stands_apart``: a comment or docstring says that the code
    does without something that it could import, or repeats what is elsewhere on purpose.
    ``is_evened``: only Python reads its indentation, not the parser, which was given an even one. ``notice`` is that of
    :class:`Class`, of the module's docstring. ``leaving`` are the scopes of definitions that are to go by the comment
    above them; ``repeating`` those that say, there or in their docstring, that they repeat on purpose what is
    elsewhere. ``awaited`` are the attributes, as in ``self.opening``, that take the result of a call and are awaited or
    handed to a function. ``mentions`` has what :func:`mention_of` says of each name in the text, comments and strings
    included, that is not the one a definition
    has there.
    """

    lines: int = 0
    docstring: str = ""
    scopes: tuple[Scope, ...] = (MODULE,)
    branches: tuple[Branch, ...] = ()
    imports: tuple[Import, ...] = ()
    classes: tuple[Class, ...] = ()
    functions: tuple[Function, ...] = ()
    global_names: tuple[str, ...] = ()
    bindings: tuple[Binding, ...] = ()
    attributes: tuple[AttributeAssignment, ...] = ()
    mutations: tuple[Mutation, ...] = ()
    calls: tuple[Call, ...] = ()
    item_reads: tuple[ItemRead, ...] = ()
    strings: tuple[StringUse, ...] = ()
    constants: tuple[ConstantUse, ...] = ()
    deprecations: tuple[Deprecation, ...] = ()
    directives: tuple[Directive, ...] = ()
    identities: tuple[IdentityUse, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    copy_notes: tuple[CopyNote, ...] = ()
    leaving: tuple[int, ...] = ()
    repeating: tuple[int, ...] = ()
    exports: tuple[str, ...] | None = None
    exports_more: bool = False
    is_dynamic: bool = False
    is_generated: bool = False
    is_runnable: bool = False
    provenance: str = ""
    stands_apart: bool = False
    is_evened: bool = False
    notice: str = ""
    awaited: tuple[str, ...] = ()
    mentions: bytes = b""

    def mentions_name(self, name: str) -> bool:
        """Whether the text may have a name somewhere else than in its definition; never wrongly False."""
        return self.has_mention(mention_of(name))

    def has_mention(self, mention: bytes) -> bool:
        """:meth:`mentions_name` for what :func:`mention_of` makes of the name."""
        place = self.mentions.find(mention)
        while place % len(mention) and place >= 0:
            place = self.mentions.find(mention, place + 1)
        return place >= 0

    def all_mentions(self) -> frozenset[bytes]:
        """What :func:`mention_of` makes of each name that the text has somewhere else than in its definition."""
        return frozenset(self.mentions[place : place + 4] for place in range(0, len(self.mentions), 4))

    def mentioned_by(self, function: Function) -> tuple[str, ...]:
        """The names of the module that ``function`` reads or binds, sorted."""
        return tuple(self.global_names[place] for place in function.global_mentions)


class ParseFailure(Fact, frozen=True, tag="failure"):
    """A file that cannot be read or parsed; ``line`` is 1 where the place is unknown.

    ``is_given_up``: the parser was stopped or died, or the file is more than it takes, which says nothing about a fault
    in the file. ``dialect`` is what the file is written in, where that is no Python 3: ``Python 2``, ``a template``.
    ``is_refused``: Python reads it, and the parser refuses a form in it. ``mentions`` are those of
    :class:`ModuleFacts`, empty where there is no text.
    """

    reason: str
    line: int = 1
    column: int = 1
    is_given_up: bool = False
    dialect: str = ""
    is_refused: bool = False
    mentions: bytes = b""

    def facts(self) -> ModuleFacts:
        """What is known of the file all the same."""
        return ModuleFacts(is_dynamic=True, mentions=self.mentions)
