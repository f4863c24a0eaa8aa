"""Definitions that are one thing in two editions: which of them runs is decided by name when the program runs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from ssot_lint.model.facts import StringContext
from ssot_lint.project.names_read import scopes_within
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module

# `tools.py` in the root and `shop/tools.py` have one last name by chance.
_OVERLAID_PARTS = 2


def are_overlaid(first: Module, second: Module) -> bool:
    """Whether the dotted path of one module ends with that of the other: ``paid.shop.limits`` over ``shop.limits``."""
    shorter, longer = sorted((first.name, second.name), key=len)
    return shorter.count(".") + 1 >= _OVERLAID_PARTS and longer.endswith(f".{shorter}")


def are_editions(first: ClassSymbol | FunctionSymbol, second: ClassSymbol | FunctionSymbol) -> bool:
    """Whether two namesakes are meant to have one name: their modules lie over each other, or one of the two looks the
    name up, as ``fetch("shop.permissions", "get_access")`` in ``get_access`` does."""
    return are_overlaid(first.module, second.module) or _looks_up(first) or _looks_up(second)


def _looks_up(symbol: ClassSymbol | FunctionSymbol) -> bool:
    named = symbol.module.derived(_scopes_of_names).get(symbol.name)
    return named is not None and not scopes_within(symbol).isdisjoint(named)


def _scopes_of_names(module: Module) -> Mapping[str, Sequence[int]]:
    """The scopes in which dotted names are handed over as text, by the last part of the name."""
    found: dict[str, list[int]] = defaultdict(list)
    for text in module.facts.strings:
        if text.context is StringContext.ARGUMENT:
            found[re.split("[.:]", text.value)[-1]].append(text.scope)
    return dict(found)
