"""All changes to the import statements of one file, made together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ssot_lint.fix.context import FileContext
from ssot_lint.fix.import_place import place_for
from ssot_lint.fix.import_rows import DEFINING, Row, Rows, names_of, order_of
from ssot_lint.fix.import_statement import Name, Origin, Statement, new_statement, parse_statement
from ssot_lint.fix.pieces import Piece, insert, joined, piece_of
from ssot_lint.fix.source import RefusedError, Source, Splice
from ssot_lint.model.facts import Import


@dataclass
class _Changes:
    """What is to become of a statement: names that go elsewhere, others that join them there, names that go, modules
    in whose place others come, names that come."""

    moved: dict[int, tuple[Origin, Name]] = field(default_factory=dict)
    joined: dict[Origin, list[Name]] = field(default_factory=lambda: defaultdict(list))
    gone: set[int] = field(default_factory=set)
    renamed: dict[int, Name] = field(default_factory=dict)
    more: list[Name] = field(default_factory=list)

    def groups(self) -> dict[Origin, list[int]]:
        """The numbers of the names that go to each place."""
        found: dict[Origin, list[int]] = defaultdict(list)
        for place, (origin, _) in sorted(self.moved.items()):
            found[origin].append(place)
        return dict(found)


class ImportEditor:
    """Collects what is to be imported from where, then says which lines change."""

    def __init__(self, source: Source, imports: Sequence[Import], context: FileContext) -> None:
        self._source, self._context = source, context
        self.rows = Rows(source, imports)
        self._changes: dict[int, _Changes] = defaultdict(_Changes)
        self._new: dict[tuple[int, bool], dict[Origin | None, list[Name]]] = defaultdict(lambda: defaultdict(list))

    def retarget(self, fact: Import, module: str, name: str, bound: str | None = None) -> None:
        """Let what ``fact`` imports be ``name`` of ``module``, called ``bound`` (None: what it is called now).

        Raises RefusedError where the statement cannot be changed.
        """
        row = self.rows.of(fact)
        if fact.name is None or fact.name == "*":
            raise RefusedError("its import names no single name")
        row.check()
        bound = bound or fact.bound_name
        alias = bound if bound != name or (fact.alias == fact.name and bound == fact.alias) else None
        origin = self._context.origin(module, is_relative=bool(fact.level))
        twin = self._twin(fact, module, name, bound)
        place = row.place(fact)
        if twin is not None and not fact.is_reexport:
            self._changes[row.first].gone.add(place)
        else:
            self._changes[row.first].moved[place] = (origin, Name(name, alias))

    def retarget_module(self, fact: Import, module: str) -> None:
        """Let ``import a.b`` import ``module``, under the alias that there is. Raises RefusedError."""
        row = self.rows.of(fact)
        row.check()
        name = Name(module, fact.alias)
        twins = [other for other in self.rows.all if other is not row and other.origin is None]
        known = (Name(each.module, each.alias) for twin in twins if self.rows.is_calm(row, twin) for each in twin.facts)
        if name in known:
            self._changes[row.first].gone.add(row.place(fact))
        else:
            self._changes[row.first].renamed[row.place(fact)] = name

    def _twin(self, fact: Import, module: str, name: str, bound: str) -> Import | None:
        """Another import of the same, near enough to take the place of ``fact``."""
        row = self.rows.of(fact)
        for other in self.rows.all:
            if other is not row and self._absolute(other) == module:
                twins = [each for each in other.facts if (each.bound_name, each.name) == (bound, name)]
                if twins and self.rows.is_calm(row, other):
                    return twins[0]
        return None

    def drop(self, fact: Import) -> None:
        """Let a name no longer be imported."""
        row = self.rows.of(fact)
        row.check()
        self._changes[row.first].gone.add(row.place(fact))

    def add(self, module: str, name: Name) -> None:
        """Let ``name`` of ``module`` be imported at the top of the file; what is there already is left alone."""
        early = (row for row in self.rows.early if row.is_plain and row.is_open)
        rows = [row for row in early if self._absolute(row) == module]
        if any(name in self._names_after(row) for row in rows):
            return
        if rows and not self.rows.has_one_name_a_line:
            self._changes[rows[0].first].more.append(name)
            return
        style = place_for(self.rows, self._context, is_own=module.partition(".")[0] in self._context.tops)
        origin = self._context.origin(module, is_relative=style.is_relative)
        place = (rows[-1].first, False) if rows else (style.line, style.is_own_block)
        names = self._new[place][rows[-1].origin if rows else origin]
        if name not in names:
            names.append(name)

    def _absolute(self, row: Row) -> str:
        return self._context.absolute(row.origin) if row.origin else ""

    def add_module(self, name: Name) -> None:
        """Let a module be imported at the top of the file: ``import name.name as name.alias``."""
        if any(row.is_plain and row.origin is None and name in names_of(row).values() for row in self.rows.all):
            return
        style = place_for(self.rows, self._context, is_own=name.name.partition(".")[0] in self._context.tops)
        names = self._new[style.line, style.is_own_block][None]
        if name not in names:
            names.append(name)

    @property
    def has_new(self) -> bool:
        """Whether the file gets statements that it did not have."""
        return bool(self._new)

    def _names_after(self, row: Row) -> list[Name]:
        change = self._changes.get(row.first)
        kept = [Name(fact.name or "", fact.alias) for fact in row.facts]
        return kept + (change.more if change else [])

    def splices(self) -> Iterator[Splice]:
        """What changes. Raises RefusedError where a statement cannot be written."""
        self._spread()
        own = {line: groups for (line, is_own_block), groups in sorted(self._new.items()) if is_own_block}
        for block in self.rows.blocks:
            lines = {row.first for row in block}
            if lines & self._changes.keys() or any((line, False) in self._new for line in lines):
                text, after = self._block(block), block[-1].last + 1
                if not text and after in own:  # the new block takes the place of this one
                    text = self._statements(own.pop(after))
                yield self._span(block, text)
        for line, groups in own.items():
            yield self._own_block(line, groups)

    def _span(self, block: Sequence[Row], text: str) -> Splice:
        """``text`` in place of a block; one that is gone takes the empty lines below it along.

        Raises RefusedError where something has to stand there.
        """
        end, lines = block[-1].last + 1, self._source.lines
        if not text and block[0].indent:
            raise RefusedError("nothing would be left in the block of its import")
        while not text and end <= len(lines) and not lines[end - 1].strip():
            end += 1
        return Splice(self._source.offset(block[0].first), self._source.offset(end), text)

    def _spread(self) -> None:
        """Put names to statements that import from there already, as far as such a statement is near."""
        for row in self.rows.all:
            change = self._changes.get(row.first)
            if change is None or not change.moved or row.statement.is_commented or self.rows.has_one_name_a_line:
                continue
            for place, (origin, name) in list(change.moved.items()):
                if (target := self._near(row, origin)) is not None:
                    self._changes[target.first].more.append(name)
                elif (target := self._companion(row, origin)) is not None:
                    self._changes[target.first].joined[origin].append(name)
                else:
                    continue
                change.moved.pop(place)
                change.gone.add(place)

    def _near(self, row: Row, origin: Origin) -> Row | None:
        for other in self.rows.all:
            change = self._changes.get(other.first)
            stays = change is None or not (change.moved or change.gone)
            is_open = other is not row and other.is_open and stays and other.origin == origin
            if is_open and self.rows.is_calm(row, other):
                return other
        return None

    def _companion(self, row: Row, origin: Origin) -> Row | None:
        """A statement above of which names move to the same place."""
        for other in self.rows.all:
            if other.first < row.first and self.rows.is_calm(row, other):
                change = self._changes.get(other.first)
                if change and any(moved == origin for moved, _ in change.moved.values()):
                    return other
        return None

    def _block(self, block: Sequence[Row]) -> str:
        """What becomes of a block."""
        order = order_of(block)
        pieces: list[Piece] = []
        loose: list[Piece] = []
        for row in block:
            kept, moved = self._row(row)
            pieces.extend(kept)
            added = self._new_statements(self._new.get((row.first, False), {}), self._limit(row))
            (pieces if order is None else loose).extend(piece_of(each, row) for each in (*moved, *added))
        for piece in loose:
            insert(pieces, piece, order)
        text = joined(pieces, self._source.newline)
        return text if block[-1].text.endswith(("\r", "\n")) else text.rstrip("\r\n")

    def _row(self, row: Row) -> tuple[list[Piece], list[Statement]]:
        """What stays of a statement in its place, and what is to stand elsewhere in the block."""
        change = self._changes.get(row.first)
        if change is None:
            return [Piece(row.text, row.origin, row.facts[0].module)], []
        statement, groups = row.statement, change.groups()
        for place, name in change.renamed.items():
            statement = statement.with_name(place, name)
        if change.renamed and not change.gone:
            return [], [statement]
        if len(groups) == 1 and not change.gone and len(change.moved) == len(statement.aliases):
            return [], [self._whole(row, change)]
        moved = [self._moved(row, change, origin, places) for origin, places in groups.items()]
        left = change.gone | change.moved.keys()
        if len(left) == len(statement.aliases):
            return [], moved if not change.more else [*moved, self._only(change, row)]
        statement = self._with_more(statement.without(left) if left else statement, change.more, row)
        return [piece_of(statement, row)], moved

    def _whole(self, row: Row, change: _Changes) -> Statement:
        """A statement all of whose names come from one other place now."""
        statement = row.statement
        for place, (_, name) in change.moved.items():
            statement = statement.with_name(place, name)
        (origin,) = change.groups()
        return self._with_more(statement.from_(origin), [*change.joined[origin], *change.more], row)

    def _moved(self, row: Row, change: _Changes, origin: Origin, places: Sequence[int]) -> Statement:
        """A statement of its own for names that go elsewhere, with the comments that are theirs."""
        joined = change.joined[origin]
        names = [change.moved[place][1] for place in places] + joined
        notes = [row.statement.note(place) for place in places] + [""] * len(joined)
        return new_statement(origin, names, self._source.newline, self._limit(row), row.statement.pragma, notes)

    def _only(self, change: _Changes, row: Row) -> Statement:
        if row.origin is None:
            raise RefusedError("its import names no module to take the name from")
        return new_statement(row.origin, change.more, self._source.newline, self._limit(row))

    def _with_more(self, statement: Statement, names: Sequence[Name], row: Row) -> Statement:
        for name in names:
            if name not in statement.names:
                statement = statement.with_more(name, self._limit(row))
        return statement.within(self._limit(row))

    def _limit(self, row: Row) -> int:
        return self._context.line_length - len(row.indent.expandtabs(4))

    def _own_block(self, line: int, groups: Mapping[Origin | None, Sequence[Name]]) -> Splice:
        newline, lines = self._source.newline, self._source.lines
        before = newline if line > 1 and lines[line - 2].strip() else ""
        follower = lines[line - 1] if line <= len(lines) else ""
        is_definition = follower.startswith(DEFINING)
        after = newline * (2 if is_definition else 1 if follower.strip() else 0)
        offset = self._source.offset(line)
        return Splice(offset, offset, f"{before}{self._statements(groups)}{after}")

    def _statements(self, groups: Mapping[Origin | None, Sequence[Name]]) -> str:
        """A block of new statements, those of other projects apart."""
        found = self._new_statements(groups, self._context.line_length)
        parts = ["".join(each.code for each in found if self._is_own(each) is is_own) for is_own in (False, True)]
        return self._source.newline.join(filter(None, parts))

    def _is_own(self, statement: Statement) -> bool:
        return self._context.is_own(statement.origin or Origin(0, statement.names[0].name))

    def _new_statements(self, groups: Mapping[Origin | None, Sequence[Name]], limit: int) -> list[Statement]:
        newline = self._source.newline
        modules = [parse_statement(f"import {name.text}{newline}") for name in sorted(groups.get(None, ()))]
        origins = sorted(origin for origin in groups if origin is not None)
        return [*modules, *(new_statement(origin, groups[origin], newline, limit) for origin in origins)]
