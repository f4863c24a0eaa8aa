"""Copies that are kept on purpose: editions side by side, forks of each variant, what readers are to copy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import Value, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.retirement import is_retired_name
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.layout import are_neighbours
from ssot_rules.analysis.variants import are_independent
from ssot_rules.analysis.vocabulary import SPECIMEN_WORDS, TEMPLATE_WORDS

_EDITION = re.compile(
    r"(?:(?<=_)|^)(?:v\d+(?:_(?:\d+|x))?|(?:pre|post)_v?\d+(?:_\d+)*|(?:19|20)\d\d|current|latest|next)(?=_|$)",
    re.IGNORECASE,
)
_GENERATION = re.compile(r"(?<=[a-z])[-_]?v?\d+(?:[._]\d+)*$", re.IGNORECASE)
# A form that books a demo, and what samples something, are no specimens.
_IN_FILE_NAMES = frozenset({"example", "examples", "tutorial", "tutorials"})
_PLACES = frozenset({"sandbox", "sandboxes"})
_PARTS_OF_PRODUCTS = _PLACES | {"demo", "playground"}
_PRIVATE_PART = "_internal"
# A table of fewer entries is no protocol.
_ENTRIES = 4


def is_specimen(module: Module) -> bool:
    """Whether a file shows readers how something is done, or is there for them to copy: its folder, the beginning or
    end of its name or the first word of its docstring says so. What the product takes from a ``demo`` or a place to run
    things in is code."""
    *folders, file = module.path.split("/")
    is_code = module.source.is_taken_by_product
    if any(_is_of_specimens(words(folder)) and not (is_code and folder in _PARTS_OF_PRODUCTS) for folder in folders):
        return True
    parts = words(file.rpartition(".")[0])
    is_named = len(parts) > 1 and not _IN_FILE_NAMES.isdisjoint((parts[0], parts[-1]))
    first = module.facts.docstring.partition(" ")[0].lower()
    return is_named or first in SPECIMEN_WORDS | TEMPLATE_WORDS


def _is_of_specimens(parts: Sequence[str]) -> bool:
    """Whether a folder of these words holds specimens; a ``tool_sandbox`` is a place to run things in."""
    if len(parts) > 1:
        return not (SPECIMEN_WORDS - _PLACES | TEMPLATE_WORDS).isdisjoint(parts)
    return not SPECIMEN_WORDS.isdisjoint(parts)


def are_all_kept_apart(project: Project, modules: Sequence[Module]) -> bool:
    """Whether each of some modules is kept apart from all others."""
    return all(are_kept_apart(project, one, other) for one, other in combinations(dict.fromkeys(modules), 2))


def are_kept_apart(project: Project, one: Module, other: Module) -> bool:
    """Whether two modules have one place in two editions side by side (``v1/api.py`` and ``v2/api.py``), or in what
    two variants have for themselves only (``hue/_internal/api.py`` and ``lifx/_internal/api.py``), or they lie anywhere
    in two generations side by side (``llama3`` and ``llama4``), or one of them lies in a folder of what is kept as it
    was (``legacy``), and no code outside such a folder takes anything from there; or they say so themselves."""
    if _say_so(one, other):
        return True
    first, second = _parts(one), _parts(other)
    if _lies_in_the_past(one) is not _lies_in_the_past(other):
        old = one if _lies_in_the_past(one) else other
        return all(_lies_in_the_past(user) for user in project.importers_of_module(old) if user.zone is Zone.PRODUCTION)
    if _are_of_generations(first[:-1], second[:-1]):
        return True
    if len(first) != len(second):
        return False
    apart = [(left, right) for left, right in zip(first, second, strict=True) if left != right]
    return bool(apart) and (
        all(_are_editions(left, right) for left, right in apart) or _is_private_to_each(first, second, len(apart))
    )


def are_repeated_on_purpose(copies: Sequence[ClassSymbol | FunctionSymbol]) -> bool:
    """Whether all but one of some copies say of themselves that they repeat on purpose what is elsewhere, or all do;
    what a class says holds for its methods."""
    return sum({copy.fact.scope, copy.fact.parent}.isdisjoint(copy.module.facts.repeating) for copy in copies) <= 1


def _say_so(one: Module, other: Module) -> bool:
    """Whether two modules say that their code is from two projects elsewhere, or one of them says that it does without
    the distribution of the other, or repeats what is there."""
    if one.facts.provenance and other.facts.provenance:
        return one.facts.provenance != other.facts.provenance
    are_apart = one.source.distribution != other.source.distribution
    return are_apart and (one.facts.stands_apart or other.facts.stands_apart)


def are_adapted_apart(one: Module, other: Module) -> bool:
    """Whether two modules each say that they adapt code of a project elsewhere: what differs in them is adapted to what
    each is for, while what is equal was copied within this project."""
    return bool(one.facts.provenance and other.facts.provenance)


def _lies_in_the_past(module: Module) -> bool:
    """Whether a folder around a module says that the time of what is in it is over, whatever the module says."""
    return is_retired_name(*_parts(module)[:-1])


def _parts(module: Module) -> list[str]:
    return module.path.removesuffix(".py").split("/")


def _are_editions(left: str, right: str) -> bool:
    return _EDITION.sub("", left).strip("_").rstrip("s") == _EDITION.sub("", right).strip("_").rstrip("s")


def _are_of_generations(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether the first folders that two places do not share are called the same, but for the number at the end."""
    left, right = next((pair for pair in zip(first, second, strict=False) if pair[0] != pair[1]), ("", ""))
    stems = {_GENERATION.sub("", name) for name in (left, right)}
    return len(stems) == 1 and stems.isdisjoint((left, right))


def _is_private_to_each(first: Sequence[str], second: Sequence[str], apart: int) -> bool:
    if apart != 1 or _PRIVATE_PART not in first or _PRIVATE_PART not in second:
        return False
    place = first.index(_PRIVATE_PART)
    return second.index(_PRIVATE_PART) == place and first[:place] != second[:place]


def are_apart_and_short(project: Project, modules: Sequence[Module], size: int, least: int) -> bool:
    """Whether each of some modules belongs to a distribution that knows nothing of the others', and what they have in
    common is of a ``size`` below ``least``."""
    first, *others = modules
    return size < least and bool(others) and all(are_independent(project, first, other) for other in others)


def is_wire_table(functions: Sequence[FunctionSymbol]) -> bool:
    """Whether functions do nothing but say which literal stands for which, in adapters beside each other: the values
    are those of the systems outside."""
    modules = [function.module for function in functions]
    return all(map(_says_literals, functions)) and all(are_neighbours(modules[0], module) for module in modules[1:])


def _says_literals(function: FunctionSymbol) -> bool:
    returned = [value for value in function.fact.returned if value.kind is not ValueKind.NONE]
    is_plain = all(value.kind is ValueKind.CONSTANT or _is_member(value) for value in returned)
    return is_plain and len({value.text for value in returned}) >= _ENTRIES


def _is_member(value: Value) -> bool:
    """Whether a value is one of an enum, or of what is used as one: ``Frames.MINUTE``."""
    holder, _, name = value.text.rpartition(".")
    return value.kind is ValueKind.NAME and bool(holder) and name.isupper()
