"""From definitions that were found to answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.model.component import Component
from ssot_lint.model.source import Zone
from ssot_lint.query.answer import Answer, Definition, Other, Relation, definition_of
from ssot_lint.query.catalogue import Catalogue, Term
from ssot_lint.query.entries import Entry, FileEntry, Found, Kind
from ssot_lint.query.likeness import ALIKE_FROM, NEAR_FROM, share_of_equal_lines
from ssot_lint.query.unread import missed
from ssot_lint.query.ways import way_to
from ssot_lint.text.wording import counted

MOST_OTHERS = 6
CODE = (Kind.CLASS, Kind.FUNCTION, Kind.METHOD)


@dataclass(frozen=True)
class Composer:
    """Makes answers for somebody who writes in the file ``asker``; None for nowhere in particular."""

    catalogue: Catalogue
    components: Sequence[Component]
    asker: FileEntry | None

    def answer(self, asked: str, relation: Relation, found: Found, share: float = 1.0) -> Answer:
        """The answer that names ``found``, with all that is like it."""
        entry = found.entry
        others = sorted(self._others(found), key=lambda other: _order(other.definition, other.relation))
        factory = self.catalogue.one(entry.factory)
        return Answer(
            asked=asked,
            relation=relation,
            share=share,
            home=definition_of(found),
            reason=_reason(found),
            way=way_to(self.catalogue, found, self.asker),
            factory=None if factory is None else definition_of(factory),
            factory_way=None if factory is None else way_to(self.catalogue, factory, self.asker),
            components=tuple(each.name for each in self.components if _owns(each, found)),
            others=tuple(others[:MOST_OTHERS]),
            more=max(len(others) - MOST_OTHERS, 0) + entry.more_namesakes,
        )

    @property
    def unread(self) -> tuple[str, ...]:
        """The files that could not be read and may hold what is asked for."""
        return missed(self.catalogue.unread)

    def home_of(self, found: Found) -> Found:
        """The home among the definitions of one name and kind. A method belongs to its class, whatever is equal."""
        if found.entry.kind is Kind.METHOD:
            return found
        return self.catalogue.one(found.entry.home) or found

    def is_asked_from(self, found: Found) -> bool:
        """Whether a definition stands in the file of the asker."""
        return self.asker is not None and self.asker.path == found.file.path

    def _others(self, home: Found) -> Iterator[Other]:
        """Namesakes, and what has the same code."""
        entry, told = home.entry, {home.number}
        alike = [*self.catalogue.numbers(Term.DIGEST, entry.digest), *self._renamed(entry)] if entry.digest else []
        alike += self.catalogue.numbers(Term.CONSTANT, entry.constant) if entry.constant else ()
        alike += self.catalogue.numbers(Term.VALUE, entry.value) if entry.value else ()
        for other in self.catalogue.found(dict.fromkeys((*entry.namesakes, *alike))):
            if other.number not in told:
                told.add(other.number)
                yield Other(definition_of(other), *relation_of(entry, other.entry))

    def _renamed(self, entry: Entry) -> tuple[int, ...]:
        return self.catalogue.numbers(Term.RENAMED, entry.renamed_digest) if entry.renamed_digest else ()


def relation_of(one: Entry, other: Entry) -> tuple[Relation, float]:
    """How ``other`` is like ``one``, and the share of their lines that is equal."""
    if one.kind not in CODE or other.kind not in CODE:
        same = (one.constant or one.value) == (other.constant or other.value)
        return (Relation.VALUE, 1.0) if same and (one.constant or one.value) else (Relation.NAME, 0.0)
    if one.digest == other.digest:
        return Relation.EQUAL, 1.0
    if one.renamed_digest and one.renamed_digest == other.renamed_digest:
        return Relation.RENAMED, 1.0
    share = share_of_equal_lines(one.lines, other.lines)
    if share >= NEAR_FROM:
        return Relation.NEAR, share
    of_shapes = share_of_equal_lines(one.shapes, other.shapes)
    return (Relation.ALIKE, of_shapes) if of_shapes >= ALIKE_FROM else (Relation.NAME, share)


def _order(each: Definition, relation: Relation) -> tuple[bool, int, int, str, int]:
    """Production code first, what is more alike, what others import."""
    ranks = (Relation.EQUAL, Relation.RENAMED, Relation.VALUE, Relation.NEAR, Relation.ALIKE)
    rank = ranks.index(relation) if relation in ranks else len(ranks)
    return each.zone is not Zone.PRODUCTION, rank, -each.importers, each.path, each.line


def _reason(found: Found) -> str:
    """Why it is the home, and who relies on it."""
    entry = found.entry
    used = f"imported by {counted(entry.importers, 'module')}" if entry.importers else ""
    if entry.home not in (-1, found.number) or not entry.reason:
        return used
    return entry.reason if not used or "imported by" in entry.reason else f"{entry.reason}, {used}"


def _owns(component: Component, found: Found) -> bool:
    entry = found.entry
    is_named = entry.kind is Kind.CLASS and component.is_played_by(entry.name)
    is_event = bool(entry.value) and entry.value in component.events
    is_declared = found.symbol in (component.home, component.factory)
    return is_declared or is_named or is_event or component.may_hold(found.file.path)
