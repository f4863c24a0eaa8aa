"""What a read of a setting gives where nobody has set it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from enum import Enum

from ssot_lint.model.facts import BindingKind
from ssot_lint.model.syntax import Guard
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module, VariableSymbol
from ssot_rules.analysis.literals import literal_of, literal_text, string_of
from ssot_rules.analysis.vocabulary import OFF_WORDS, ON_WORDS

_KINDS = (BindingKind.ASSIGN, BindingKind.ANNOTATED)


class Absence(Enum):
    """What becomes of a read where nobody has set the variable."""

    DEFAULT = "default"
    """It gives a value that the code spells out."""
    NOTHING = "nothing"
    """It gives None."""
    REQUIRED = "required"
    """It raises."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Default:
    """``text`` is the literal as Python writes it, ``meaning`` the same for all that settle a setting alike: ``"1"``,
    ``1`` and ``True``; ``"8000"`` and ``8000``; ``""``, ``"0"`` and None. Both are empty without a literal."""

    absence: Absence
    text: str = ""
    meaning: str = ""


NOTHING = Default(Absence.NOTHING)
REQUIRED = Default(Absence.REQUIRED)
UNKNOWN = Default(Absence.UNKNOWN)


def default_of(project: Project, module: Module, scope: int, text: str) -> Default:
    """The default that an argument ``text`` stands for: a literal, or a constant of the project that is one."""
    literal = literal_of(text) or constant_text(project, module, scope, text)
    if not literal:
        return UNKNOWN
    value = ast.literal_eval(literal)
    if value is None:
        return NOTHING
    if not isinstance(value, (str, int, float)):
        return UNKNOWN
    return Default(Absence.DEFAULT, repr(value), _meaning(value))


def constant_text(project: Project, module: Module, scope: int, text: str) -> str:
    """The literal that a name of the project stands for; empty where it is none, or may be bound anew."""
    if not all(part.isidentifier() for part in text.split(".")):
        return ""
    symbol = project.resolve(module, scope, text).symbol
    if not isinstance(symbol, VariableSymbol) or symbol.fact.kind not in _KINDS or symbol.fact.guard is not Guard.NONE:
        return ""
    bindings = [fact for fact in symbol.module.facts.bindings if fact.scope == 0 and fact.name == symbol.name]
    return literal_text(symbol.fact.value) if len(bindings) == 1 else ""


def variable_name(project: Project, module: Module, scope: int, text: str) -> str:
    """The name of the variable that an argument ``text`` gives; empty where it cannot be told."""
    return string_of(literal_of(text) or constant_text(project, module, scope, text)) or ""


def _meaning(value: str | float) -> str:
    text = str(value).strip()
    if text.lower() in OFF_WORDS:
        return "off"
    if text.lower() in ON_WORDS:
        return "on"
    try:
        return repr(float(text))
    except ValueError:
        return text
