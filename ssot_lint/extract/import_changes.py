"""The facts of a file in which nothing but import statements changes: those that it had, in other lines.

To parse such a file again would take a hundred times as long, and ``fix`` changes the imports of a thousand at once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple, TypeVar

import msgspec

from ssot_lint.extract.extractor import extract
from ssot_lint.extract.header import is_generated
from ssot_lint.extract.mentions import mentions
from ssot_lint.extract.notices import marked_imports
from ssot_lint.extract.provenance import provenance, stands_apart
from ssot_lint.model.facts import Class, Function, Import, ModuleFacts
from ssot_lint.model.syntax import MODULE_SCOPE, Fact, Guard
from ssot_lint.text.lines import LINE_END

_LINES = frozenset({"line", "end_line", "statement", "by"})
"""Fields of facts that hold a line; 0 is none."""
_TOLD_BY_NAME = frozenset({"__future__", "warnings"})
"""Modules by whose imports other facts are told."""

F = TypeVar("F", bound=Fact)


class ImportChange(NamedTuple):
    """The lines from ``first`` up to, but without, ``end``, all of import statements or empty, become ``text``, which
    is whole lines."""

    first: int
    end: int
    text: str


def with_import_changes(facts: ModuleFacts, text: str, changes: Sequence[ImportChange]) -> ModuleFacts | None:
    """The facts of the file that becomes ``text`` by ``changes``, which are in order; ``facts`` are those before.

    None where more changes than from where names come, or where that cannot be told without reading the whole file.
    """
    old = [fact for fact in facts.imports if any(change.first <= fact.line < change.end for change in changes)]
    parts = [_imports_in(change.text) for change in changes]
    new = [fact for part in parts for fact in part or ()]
    is_told = bool(old) and None not in parts and all(map(_is_plain, (*old, *new)))
    if facts.directives or not is_told or not _binds_the_same(facts, old, new):
        return None
    return _moved(facts, text, changes, [part or () for part in parts])


def _imports_in(text: str) -> Sequence[Import] | None:
    """The imports in lines of code; None where they have anything else, or the last one has no end."""
    if text and not text.endswith(("\r", "\n")):
        return None
    facts = extract(text.encode())
    if not isinstance(facts, ModuleFacts):
        return None
    rest = msgspec.structs.replace(
        facts, lines=0, imports=(), is_generated=False, provenance="", stands_apart=False, mentions=b""
    )
    return facts.imports if rest == ModuleFacts() else None


def _is_plain(fact: Import) -> bool:
    """Whether an import runs whenever the file is imported, and nothing else depends on what it is of."""
    is_free = fact.name != "*" and fact.module not in _TOLD_BY_NAME
    return is_free and fact.scope == MODULE_SCOPE and fact.guard is Guard.NONE


def _binds_the_same(facts: ModuleFacts, old: Sequence[Import], new: Sequence[Import]) -> bool:
    """Whether the same names are imported, and bound by nothing else: their order means nothing then."""
    names = Counter(fact.bound_name for fact in old)
    is_once = all(_bindings_of_module(facts)[name] == 1 for name in names)
    return is_once and names == Counter(fact.bound_name for fact in new)


def _bindings_of_module(facts: ModuleFacts) -> Counter[str]:
    """How often the module binds each name."""
    definitions: Iterable[Class | Function] = (*facts.classes, *facts.functions)
    found = Counter(fact.name for fact in definitions if fact.parent == MODULE_SCOPE)
    found.update(fact.name for fact in facts.bindings if fact.scope == MODULE_SCOPE)
    found.update(fact.bound_name for fact in facts.imports if fact.scope == MODULE_SCOPE)
    return found


def _moved(
    facts: ModuleFacts, text: str, changes: Sequence[ImportChange], parts: Sequence[Sequence[Import]]
) -> ModuleFacts:
    lines = _Lines.after(changes)
    kept = [fact for fact in facts.imports if not any(change.first <= fact.line < change.end for change in changes)]
    imports = list(map(lines.fact, kept))
    for change, before, part in zip(changes, (0, *lines.by), parts, strict=False):
        begin = _Lines([0], [change.first + before - 1])
        imports += map(begin.fact, part)
    imports = [
        msgspec.structs.replace(fact, is_reexport=False, is_silenced=False) for fact in sorted(imports, key=_place)
    ]
    rest = msgspec.structs.replace(facts, imports=())
    moved = msgspec.structs.replace(
        lines.fact(rest) if any(lines.by) else rest,
        lines=facts.lines + lines.by[-1],
        imports=tuple(imports),
        is_generated=is_generated(text),
        provenance=provenance(text),
        stands_apart=stands_apart(text),
        mentions=mentions(text),
    )
    return msgspec.structs.replace(moved, imports=marked_imports(moved, text))


def _place(fact: Import) -> tuple[int, int]:
    return fact.line, fact.column


@dataclass(frozen=True)
class _Lines:
    """Where lines are now: from each of ``ends`` on ``by`` lines further down."""

    ends: Sequence[int]
    by: Sequence[int]

    @classmethod
    def after(cls, changes: Sequence[ImportChange]) -> _Lines:
        """Those of a file after some changes."""
        longer = [len(LINE_END.findall(change.text)) - (change.end - change.first) for change in changes]
        return cls([change.end for change in changes], list(accumulate(longer)))

    def fact(self, fact: F) -> F:
        """A fact, with those in it."""
        found: dict[str, object] = {}
        for name in fact.__struct_fields__:
            value = getattr(fact, name)
            if name in _LINES:
                found[name] = self._line(value)
            elif value and isinstance(value, (tuple, Fact)):
                found[name] = self._part(value)
        return msgspec.structs.replace(fact, **found) if found else fact

    def _line(self, line: int) -> int:
        place = bisect_right(self.ends, line)
        return line + self.by[place - 1] if place and line else line

    def _part(self, value: object) -> object:
        if isinstance(value, Fact):
            return self.fact(value)
        return tuple(map(self._part, value)) if isinstance(value, tuple) else value
