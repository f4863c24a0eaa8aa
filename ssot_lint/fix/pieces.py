"""The lines of a block of imports, and their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ssot_lint.fix.import_rows import Order, Row
from ssot_lint.fix.import_statement import Origin, Statement


@dataclass(frozen=True)
class Piece:
    """Lines of a block; ``origin`` and ``module`` say where they belong."""

    text: str
    origin: Origin | None
    module: str


def joined(pieces: Sequence[Piece], newline: str) -> str:
    """The lines of all pieces; that of the end of a file may have to get an end."""
    return "".join(each.text if each.text.endswith(("\r", "\n")) else each.text + newline for each in pieces)


def piece_of(statement: Statement, row: Row) -> Piece:
    """A statement with the indentation of another one."""
    module = statement.origin.module if statement.origin else statement.names[0].name
    return Piece(statement.indented(row.indent), statement.origin, module)


def insert(pieces: list[Piece], piece: Piece, order: Order | None) -> None:
    """Put a statement where it belongs in ``order``."""
    if order is not None:
        key = order(piece.origin, piece.module)
        at = next((at for at, each in enumerate(pieces) if order(each.origin, each.module) > key), len(pieces))
        pieces.insert(at, piece)
