"""One import statement, changed as a person would: what is not touched keeps its layout and comments."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

import libcst as cst

from ssot_lint.fix.source import RefusedError

_PRAGMA = re.compile(r"#\s*(?:noqa|type:|pylint:|isort:|pyright:|ruff:|fmt:|mypy:|nosec)", re.IGNORECASE)
_COMMENT = re.compile(r"#[^\r\n]*")
_INDENT = "    "


class Name(NamedTuple):
    """A name of a statement: ``name as alias``; of ``import a.b`` the whole dotted name."""

    name: str
    alias: str | None = None

    @property
    def bound(self) -> str:
        return self.alias or self.name

    @property
    def text(self) -> str:
        return f"{self.name} as {self.alias}" if self.alias else self.name


class Origin(NamedTuple):
    """Where a statement imports from, as it is written: ``level`` dots and a dotted name."""

    level: int
    module: str

    @property
    def text(self) -> str:
        return "." * self.level + self.module


@dataclass(frozen=True)
class Statement:
    """An import statement that has its lines to itself. Its ``code`` begins at the keyword and has its line end."""

    module: cst.Module
    line: cst.SimpleStatementLine
    node: cst.Import | cst.ImportFrom

    @property
    def code(self) -> str:
        return self.module.with_changes(body=[self.line.with_changes(body=[self.node])]).code

    @property
    def aliases(self) -> Sequence[cst.ImportAlias]:
        """The names as nodes; none for a star."""
        names = self.node.names
        return () if isinstance(names, cst.ImportStar) else names

    @property
    def names(self) -> list[Name]:
        return [Name(_dotted(alias.name), alias.evaluated_alias) for alias in self.aliases]

    @property
    def origin(self) -> Origin | None:
        """None for ``import a``."""
        if isinstance(self.node, cst.Import):
            return None
        return Origin(len(self.node.relative), _dotted(self.node.module) if self.node.module else "")

    @property
    def comment(self) -> str:
        """What stands behind the statement, white space before it included; empty without."""
        trailing = self.line.trailing_whitespace
        return f"{trailing.whitespace.value}{trailing.comment.value}" if trailing.comment else ""

    @property
    def is_commented(self) -> bool:
        """Whether there is a comment in it or behind it."""
        return _COMMENT.search(self.code) is not None

    @property
    def pragma(self) -> str:
        """The comment behind it, if that is a word to a tool."""
        return self.comment if _PRAGMA.match(self.comment.strip()) else ""

    def note(self, place: int) -> str:
        """The comment behind one of its names, where that has a line of its own."""
        return _note(self.aliases[place].comma)

    def from_(self, origin: Origin) -> Statement:
        """The same names, from elsewhere. Raises RefusedError for ``import a``."""
        node = _import_from(self.node)
        module = _dotted_node(origin.module) if origin.module else None
        return replace(self, node=node.with_changes(relative=[cst.Dot()] * origin.level, module=module))

    def with_name(self, place: int, name: Name) -> Statement:
        """The statement with another name at ``place``."""
        aliases = list(self.aliases)
        old = aliases[place]
        kept = old.asname if name.alias == old.evaluated_alias else None
        asname = kept or (cst.AsName(name=cst.Name(name.alias)) if name.alias else None)
        aliases[place] = old.with_changes(name=_dotted_node(name.name), asname=asname)
        return self._with(aliases)

    def without(self, places: Collection[int]) -> Statement:
        """The statement without some of its names, not all of them; their comments go with them."""
        aliases = list(self.aliases)
        for place in sorted(places, reverse=True):
            gone = aliases.pop(place)
            if place == len(aliases):
                aliases[-1] = aliases[-1].with_changes(comma=_final_comma(aliases[-1].comma, gone.comma))
        return self._with(aliases)

    def with_more(self, name: Name, limit: int) -> Statement:
        """The statement with one more name, in order; one name a line, if the line were longer than ``limit``."""
        node, aliases = _import_from(self.node), list(self.aliases)
        place = _place_of(name, self.names)
        new = cst.ImportAlias(name=cst.Name(name.name), asname=_as_name(name))
        comma = _separator(node, aliases)
        if place < len(aliases):
            aliases.insert(place, new.with_changes(comma=comma))
        else:
            last = aliases[-1]
            aliases[-1] = last.with_changes(comma=_middle_comma(last.comma, comma))
            aliases.append(new.with_changes(comma=_without_comment(last.comma)))
        return self._with(aliases).within(limit)

    def within(self, limit: int) -> Statement:
        """The statement, one name a line if it were longer than ``limit`` and has no comment in it."""
        code = self.code.rstrip("\r\n")
        if "\n" in code or len(code) - len(self.comment) <= limit or self.origin is None or not self.aliases:
            return self
        newline = self.module.default_newline
        rows = "".join(f"{_INDENT}{name.text},{newline}" for name in self.names)
        return parse_statement(f"from {self.origin.text} import ({newline}{rows}){self.comment}{newline}")

    def indented(self, indent: str) -> str:
        """The code, its first and its own lines after ``indent``."""
        return indent + self.code

    def _with(self, aliases: Sequence[cst.ImportAlias]) -> Statement:
        return replace(self, node=self.node.with_changes(names=aliases))


def parse_statement(code: str) -> Statement:
    """The statement ``code``. Raises RefusedError for anything but one import."""
    try:
        module = cst.parse_module(code)
    except Exception as error:  # LibCST has more errors than its own
        raise RefusedError("its import shares its line with other code") from error
    line = module.body[0] if len(module.body) == 1 else None
    if not isinstance(line, cst.SimpleStatementLine) or len(line.body) != 1 or module.code != code:
        raise RefusedError("its import shares its line with other code")
    node = line.body[0]
    if not isinstance(node, (cst.Import, cst.ImportFrom)):
        raise RefusedError("its import is of a kind that is not rewritten")
    return Statement(module, line, node)


def new_statement(
    origin: Origin, names: Sequence[Name], newline: str, limit: int, comment: str = "", notes: Sequence[str] = ()
) -> Statement:
    """``from origin import names``, each name with its note behind it, if there are any."""
    if len(names) > 1 and any(notes):
        rows = "".join(
            f"{_INDENT}{name.text},{f'  {note}' if note else ''}{newline}"
            for name, note in zip(names, notes, strict=True)
        )
        return parse_statement(f"from {origin.text} import ({newline}{rows}){comment}{newline}")
    comment = comment or "".join(f"  {note}" for note in notes if note)
    text = ", ".join(name.text for name in names)
    return parse_statement(f"from {origin.text} import {text}{comment}{newline}").within(limit)


def _import_from(node: cst.Import | cst.ImportFrom) -> cst.ImportFrom:
    if isinstance(node, cst.Import):
        raise RefusedError("its import names no module to take the name from")
    return node


def _dotted(node: cst.Attribute | cst.Name | cst.BaseExpression) -> str:
    if isinstance(node, cst.Attribute):
        return f"{_dotted(node.value)}.{node.attr.value}"
    return node.value if isinstance(node, cst.Name) else ""


def _dotted_node(text: str) -> cst.Attribute | cst.Name:
    node: cst.Attribute | cst.Name | None = None
    for part in text.split("."):
        node = cst.Name(part) if node is None else cst.Attribute(value=node, attr=cst.Name(part))
    return node or cst.Name(text)


def _as_name(name: Name) -> cst.AsName | None:
    return cst.AsName(name=cst.Name(name.alias)) if name.alias else None


Comma: TypeAlias = "cst.Comma | cst.MaybeSentinel"


def _note(comma: Comma) -> str:
    """The comment behind a comma."""
    after = comma.whitespace_after if isinstance(comma, cst.Comma) else None
    found = after.first_line.comment if isinstance(after, cst.ParenthesizedWhitespace) else None
    return found.value if found else ""


def _final_comma(before: Comma, gone: Comma) -> Comma:
    """The comma of a name that is the last one now: its own comment, and the layout that ended the list."""
    if not isinstance(before, cst.Comma) or not isinstance(gone, cst.Comma):
        return cst.MaybeSentinel.DEFAULT
    own, end = before.whitespace_after, gone.whitespace_after
    if isinstance(own, cst.ParenthesizedWhitespace) and isinstance(end, cst.ParenthesizedWhitespace):
        end = end.with_changes(first_line=own.first_line)
    return before.with_changes(whitespace_after=end)


def _middle_comma(before: Comma, separator: cst.Comma) -> cst.Comma:
    """The comma of a name that is no longer the last one."""
    own, after = (before.whitespace_after if isinstance(before, cst.Comma) else None), separator.whitespace_after
    if isinstance(own, cst.ParenthesizedWhitespace) and isinstance(after, cst.ParenthesizedWhitespace):
        after = after.with_changes(first_line=own.first_line)
    return separator.with_changes(whitespace_after=after)


def _without_comment(comma: Comma) -> Comma:
    if isinstance(comma, cst.Comma) and isinstance(comma.whitespace_after, cst.ParenthesizedWhitespace):
        first = comma.whitespace_after.first_line
        plain = first.with_changes(whitespace=cst.SimpleWhitespace(""), comment=None)
        return comma.with_changes(whitespace_after=comma.whitespace_after.with_changes(first_line=plain))
    return comma


def _separator(node: cst.ImportFrom, aliases: Sequence[cst.ImportAlias]) -> cst.Comma:
    """What stands between two names of a statement."""
    plain = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    if len(aliases) > 1:
        known = _without_comment(aliases[0].comma)
        return known if isinstance(known, cst.Comma) else plain
    opening = node.lpar.whitespace_after if node.lpar else None
    if isinstance(opening, cst.ParenthesizedWhitespace):
        spread = _without_comment(cst.Comma(whitespace_after=opening))
        return spread if isinstance(spread, cst.Comma) else plain
    return plain


def _place_of(name: Name, names: Sequence[Name]) -> int:
    """Where a name goes among others: in their order, as far as they are in one, else behind them."""
    for key in (_by_kind, _by_letters, _exactly):
        keys = [key(each) for each in names]
        if keys == sorted(keys):
            return sum(each <= key(name) for each in keys)
    return len(names)


def _by_kind(name: Name) -> tuple[int, str, str]:
    """The order of isort: constants, classes, the rest."""
    word = name.name
    kind = 0 if word.isupper() and len(word) > 1 else 1 if word[:1].isupper() else 2
    return kind, word.lower(), word


def _by_letters(name: Name) -> tuple[int, str, str]:
    return 0, name.name.lower(), name.name


def _exactly(name: Name) -> tuple[int, str, str]:
    return 0, name.name, name.name
