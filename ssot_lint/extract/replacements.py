"""Which definitions are replaced before anything reads their name, told by the normal form of the lines between."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from ssot_lint.extract.normal_form import WORD_END
from ssot_lint.extract.walk import Walk
from ssot_lint.model.facts import Binding, BindingKind, Class, Function, Import, Replacement
from ssot_lint.model.syntax import MODULE_SCOPE, Guard, ScopeKind

_HEADS = ("def", "async", "class")
_LINE_END = re.compile(r"\r\n|\r|\n")
_MEANT = re.compile(r"#.*(?:\bnoqa:[^#]*\bF811\b|\bfunction-redefined\b|\bno-redef\b)", re.IGNORECASE)
_MUTE = re.compile(r"#\s*noqa\b(?!:)", re.IGNORECASE)
_IMPORTS = ("import", "from")
# What stands before the name of a parameter, and the mark that is put upon that name.
_PARAMETER = re.compile(f"{WORD_END}[*]*{WORD_END}Param{WORD_END}")
_BOUND = f"{WORD_END}Param "
_ASSIGNMENTS = (BindingKind.ASSIGN, BindingKind.ANNOTATED)


class _Event(NamedTuple):
    """A statement that binds a name in a scope: the line that does and the one behind its last, as indexes of
    ``Walk.lines``; ``place`` is its line in the file."""

    name: str
    scope: int
    head: int
    end: int
    place: int


def replacements(
    walk: Walk,
    text: str,
    definitions: Iterable[Class | Function],
    imports: Iterable[Import],
    bindings: Iterable[Binding],
) -> tuple[Replacement, ...]:
    """The unconditional definitions of a file whose name the same class or module binds again, unread; by place. Those
    inside functions are left out, and those of which ``text`` says to another checker that it is meant."""
    groups: dict[tuple[int, str], list[_Event]] = defaultdict(list)
    for event in (*_of_definitions(walk, definitions), *_of_statements(walk, imports, bindings)):
        if not _is_inside_function(walk, event.scope):
            groups[event.scope, event.name].append(event)
    repeated = [sorted(group, key=lambda event: event.head) for group in groups.values() if len(group) > 1]
    if not repeated:
        return ()
    reads = _reads(walk, {event for group in repeated for event in group})
    lines = _LINE_END.split(text)
    found = [
        Replacement(one.name, one.scope, one.place, other.place)
        for group in repeated
        for one, other in pairwise(group)
        if _is_unread(reads.get(one.name, ()), one.end, other.head) and not _is_said_meant(lines[other.place - 1])
    ]
    return tuple(sorted(found, key=lambda fact: (fact.line, fact.by, fact.name)))


def _is_said_meant(line: str) -> bool:
    """Whether the line of a definition tells another checker that the name is bound again on purpose; on an import a
    ``noqa`` without a code is about anything."""
    is_definition = line.lstrip().startswith(_HEADS)
    return _MEANT.search(line) is not None or (is_definition and _MUTE.search(line) is not None)


def _is_inside_function(walk: Walk, index: int) -> bool:
    """Whether a scope is that of a function or lies in one, where lines are not looked at."""
    while index != MODULE_SCOPE:
        if walk.scopes[index].kind is ScopeKind.FUNCTION:
            return True
        index = walk.scopes[index].parent
    return False


def _of_definitions(walk: Walk, definitions: Iterable[Class | Function]) -> Iterator[_Event]:
    for fact in definitions:
        if fact.guard is Guard.NONE:
            scope = walk.scopes[fact.scope]
            yield _Event(fact.name, fact.parent, scope.first_line - 1, scope.last_line, fact.line)


def _of_statements(walk: Walk, imports: Iterable[Import], bindings: Iterable[Binding]) -> Iterator[_Event]:
    lines = [walk.cursor.position(max(offset - 1, 0))[0] for offset in walk.line_ends]
    lines[:1] = [0]  # the head of the file itself
    for fact in imports:
        if fact.guard is Guard.NONE and fact.name != "*":
            index = bisect_left(lines, fact.statement)
            yield _Event(fact.bound_name, fact.scope, index, index + 1, fact.line)
    for binding in bindings:
        if binding.guard is Guard.NONE and binding.kind in _ASSIGNMENTS and binding.scope == binding.within:
            index = bisect_left(lines, binding.line)
            yield _Event(binding.name, binding.scope, index, index + 1, binding.line)


def _is_unread(reads: Sequence[int], first: int, last: int) -> bool:
    return bisect_left(reads, first) == bisect_right(reads, last)


def _reads(walk: Walk, events: Set[_Event]) -> Mapping[str, Sequence[int]]:
    """The lines outside functions in which the names of ``events`` are read, by whatever runs there: also by functions
    and classes of the module that are named in the line."""
    names = {event.name for event in events}
    bound = {(event.head, event.name) for event in events if walk.lines[event.head].split(WORD_END, 1)[0] not in _HEADS}
    lines = _LinesByDepth(walk)
    mentions = {name: found & names for name, found in lines.words_of_definitions().items() if found & names}
    reads: dict[str, list[int]] = defaultdict(list)
    for index in lines.outside_functions():
        words = _words_read(walk.lines[index])
        for place, word in enumerate(words):
            if word in names and ((index, word) not in bound or word in words[:place]):
                reads[word].append(index)
            for name in mentions.get(word, ()):
                reads[name].append(index)
    return reads


def _words_read(line: str) -> Sequence[str]:
    """The words of a line, without what an import or the head of a definition binds: parameters read nothing."""
    if line.split(WORD_END, 1)[0] in _IMPORTS:
        return ()
    words = [word for word in _PARAMETER.sub(_BOUND, line).split(WORD_END) if not word.startswith(_BOUND[1:])]
    return words[2:] if words[0] in _HEADS else words


class _LinesByDepth:
    """Which lines of a file run when it is loaded."""

    def __init__(self, walk: Walk) -> None:
        self._walk = walk
        self._is_inside = bytearray(len(walk.lines))
        for scope in walk.scopes:
            if scope.kind is ScopeKind.FUNCTION:
                length = scope.last_line - scope.first_line
                self._is_inside[scope.first_line : scope.last_line] = b"\1" * length

    def outside_functions(self) -> Iterator[int]:
        return (index for index, is_inside in enumerate(self._is_inside) if not is_inside)

    def words_of_definitions(self) -> Mapping[str, set[str]]:
        """The words in the functions of each definition at the top of the file, by its name."""
        found: dict[str, set[str]] = defaultdict(set)
        for scope in self._walk.scopes[1:]:
            if scope.parent == MODULE_SCOPE:
                for index in range(scope.first_line, scope.last_line):
                    if self._is_inside[index]:
                        found[scope.qualname].update(self._walk.lines[index].split(WORD_END))
        return found
