"""The import statements of a file, and the blocks in which they stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import product
from typing import TypeAlias

from ssot_lint.fix.import_statement import Name, Origin, Statement, parse_statement
from ssot_lint.fix.source import RefusedError, Source, indent_of
from ssot_lint.model.facts import Import
from ssot_lint.model.syntax import MODULE_SCOPE, Guard

DEFINING = ("def ", "class ", "@", "async def ")
"""How the lines of definitions begin at the top level."""

Key: TypeAlias = tuple[int, int, str, str]
Order: TypeAlias = Callable[["Origin | None", str], Key]


@dataclass(frozen=True)
class Row:
    """An import statement in its lines, ``facts`` are its names."""

    facts: tuple[Import, ...]
    first: int
    last: int
    text: str

    @property
    def indent(self) -> str:
        return indent_of(self.text)

    @cached_property
    def statement(self) -> Statement:
        """Raises RefusedError for one that shares its lines with other code."""
        return parse_statement(self.text[len(self.indent) :])

    def check(self) -> None:
        """Raise RefusedError for a statement that shares its lines with other code."""
        parse_statement(self.text[len(self.indent) :])

    @property
    def origin(self) -> Origin | None:
        """None for ``import a``."""
        fact = self.facts[0]
        return None if fact.name is None else Origin(fact.level, fact.module)

    @property
    def scope(self) -> int:
        return self.facts[0].scope

    @property
    def guard(self) -> Guard:
        return self.facts[0].guard

    @property
    def is_plain(self) -> bool:
        """Whether it runs whenever the module is imported, and names can be put to it."""
        return self.scope == MODULE_SCOPE and self.guard is Guard.NONE and not self.indent

    @property
    def is_open(self) -> bool:
        """Whether a name can be put to it."""
        return self.origin is not None and all(fact.name != "*" for fact in self.facts)

    def place(self, fact: Import) -> int:
        """The number of a name in the statement."""
        return next(at for at, each in enumerate(self.facts) if each is fact)


class Rows:
    """All import statements of a file."""

    def __init__(self, source: Source, imports: Sequence[Import]) -> None:
        self.source = source
        by_line: dict[int, list[Import]] = defaultdict(list)
        for fact in imports:
            by_line[fact.statement].append(fact)
        self.all = [self._row(line, facts) for line, facts in sorted(by_line.items())]
        self._by_fact = {id(fact): row for row in self.all for fact in row.facts}

    def _row(self, line: int, facts: Sequence[Import]) -> Row:
        last = max(fact.end_line for fact in facts)
        return Row(tuple(facts), line, last, "".join(self.source.lines[line - 1 : last]))

    def of(self, fact: Import) -> Row:
        """The statement of a name."""
        return self._by_fact[id(fact)]

    def at(self, line: int, column: int) -> Import:
        """The name that is imported at a place. Raises RefusedError where there is none."""
        for row in self.all:
            for fact in row.facts:
                if (fact.line, fact.column) == (line, column):
                    return fact
        raise RefusedError("there is no import at the place")

    @cached_property
    def early(self) -> list[Row]:
        """The statements above all definitions, which need not wait for what is imported there."""
        lines = enumerate(self.source.lines, start=1)
        first = next((number for number, line in lines if line.startswith(DEFINING)), len(self.source.lines) + 1)
        return [row for row in self.all if row.first < first]

    @cached_property
    def blocks(self) -> list[list[Row]]:
        """Neighbouring statements of one indent, without an empty line or anything else between."""
        found: list[list[Row]] = []
        for row in self.all:
            if found and found[-1][-1].last + 1 == row.first and found[-1][-1].indent == row.indent:
                found[-1].append(row)
            else:
                found.append([row])
        return found

    @cached_property
    def has_one_name_a_line(self) -> bool:
        """Whether the file imports each name by a statement of its own, also several from one place."""
        opened = [row for row in self.all if row.is_open]
        places = Counter((row.scope, row.guard, row.origin) for row in opened)
        return max(places.values(), default=0) > 1 and all(len(row.facts) == 1 for row in opened)

    @cached_property
    def _lines(self) -> frozenset[int]:
        return frozenset(line for row in self.all for line in range(row.first, row.last + 1))

    def is_calm(self, one: Row, other: Row) -> bool:
        """Whether nothing runs between two statements but imports, and both run in the same case."""
        first, last = sorted((one, other), key=lambda row: row.first)
        between = range(first.last + 1, last.first)
        is_same = (one.scope, one.guard, one.indent) == (other.scope, other.guard, other.indent)
        return is_same and all(self._is_quiet(line) for line in between)

    def _is_quiet(self, line: int) -> bool:
        text = self.source.lines[line - 1].strip()
        return line in self._lines or not text or text.startswith("#")


def order_of(rows: Sequence[Row]) -> Order | None:
    """The order in which statements stand; None if they are in none that is known."""
    found = [(row.origin, row.facts[0].module) for row in rows]
    for order in orders():
        keys = [order(*each) for each in found]
        if keys == sorted(keys):
            return order
    return None


def orders() -> Iterator[Order]:
    """The orders of isort, ruff and others: ``import`` before ``from`` or mixed, more dots first or last, by letters
    or exactly."""
    for is_mixed, sign, is_exact in product((False, True), (-1, 1), (False, True)):
        yield partial(_key, is_mixed=is_mixed, sign=sign, is_exact=is_exact)


def _key(origin: Origin | None, module: str, *, is_mixed: bool, sign: int, is_exact: bool) -> Key:
    level = 0 if origin is None else origin.level
    name = module if origin is None else origin.module
    kind = 0 if is_mixed or origin is None else 1
    return kind, sign * level, name if is_exact else name.lower(), name


def names_of(row: Row) -> Mapping[str, Name]:
    """The names of a statement by what they bind."""
    return {fact.bound_name: Name(fact.name or fact.module, fact.alias) for fact in row.facts}
