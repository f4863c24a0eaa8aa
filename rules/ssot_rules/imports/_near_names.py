"""What a module has that is called nearly as what it is asked for."""

from __future__ import annotations

from difflib import SequenceMatcher, get_close_matches

from ssot_lint.model.facts import Import
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import ClassSymbol, Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.descendants import heirs_of
from ssot_rules.analysis.imports import is_class_name, is_private

_CLOSE = 0.8
# `proprieties` and `properties` are one word with a slip (0.95), `topic` and `table` are two (0.4).
_SLIP = 0.75


def close_name(project: Project, source: Module, use: ImportReference) -> str:
    """The name of ``source`` that is nearest to the missing one; empty for none. What the file takes besides is not
    what is meant, nor is what is private there, the base of a family of which something special is missing, or what
    says another word."""
    taken = {each.fact.name for each in project.imports_in(use.importer) if each.source is use.source}
    asked = use.fact.name or ""
    names = sorted(
        name
        for name in source.namespace.keys() - taken
        if is_private(name) <= is_private(asked)
        and _says_the_same(name, asked)
        and not _is_base_of_it(project, source, name, asked)
    )
    return next(iter(get_close_matches(asked, names, n=1, cutoff=_CLOSE)), "")


def _says_the_same(name: str, asked: str) -> bool:
    """Whether two names differ by words that one of them has more, or by a slip."""
    one, other = words(name), words(asked)
    left, right = "".join(part for part in one if part not in other), "".join(part for part in other if part not in one)
    return not left or not right or SequenceMatcher(None, left, right).ratio() >= _SLIP


def _is_base_of_it(project: Project, source: Module, name: str, asked: str) -> bool:
    """Whether a class has heirs whose names end with its own, as does the one that is missing."""
    symbol = project.resolver.lookup(source, name).symbol if asked.endswith(name) else None
    heirs = heirs_of(project, symbol) if isinstance(symbol, ClassSymbol) else ()
    return any(heir.name.endswith(name) for heir in heirs)


def longer_name(source: Module, name: str) -> str:
    """The one class that a module defines or imports whose name says more: ``MessageMetrics`` for ``Metrics``."""
    end = words(name)
    longer = [
        each
        for each, entry in source.namespace.items()
        if isinstance(entry, (ClassSymbol, Import)) and is_class_name(each) and words(each)[-len(end) :] == end
    ]
    return longer[0] if len(longer) == 1 else ""
