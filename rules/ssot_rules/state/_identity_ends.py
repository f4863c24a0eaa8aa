"""Where addresses and hashes end."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ssot_lint.model.facts import IdentityEnd, IdentitySink, IdentityUse
from ssot_lint.project.symbols import FunctionSymbol, Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.vocabulary import EXCEPTION_WORDS, LOG_METHODS, UNIQUE_WORDS


def keeps_object(use: IdentityUse) -> bool:
    """Whether a mapping gets the very object under its address: as long as the class has it, no other gets that one."""
    return (use.is_kept and use.sink is IdentitySink.KEY) or any(
        end.is_kept and end.sink is IdentitySink.KEY for end in use.ends
    )


def ends_of(module: Module, use: IdentityUse) -> Iterator[IdentityUse]:
    """What becomes of a value; one in a local variable is followed, and judged by the variable's name too where it is
    handed on."""
    owner = module.scope_symbol(use.scope)
    is_local = isinstance(owner, FunctionSymbol) and use.target not in owner.fact.global_names
    if use.sink is not IdentitySink.ASSIGNED or "." in use.target or not is_local:
        yield use
        return
    for end in use.ends:
        yield msgspec.structs.replace(
            use, sink=end.sink, target=end.target, is_text=end.is_text, is_kept=end.is_kept, ends=()
        )
    if any(map(_is_handed_on, use.ends)):
        yield msgspec.structs.replace(use, ends=(), is_kept=any(end.is_kept for end in use.ends))


def _is_handed_on(end: IdentityEnd) -> bool:
    """Whether others get a value as the identifier that its name says it is: it is no log text, and no key that is
    judged by itself."""
    if end.sink is IdentitySink.ARGUMENT:
        callee = end.target.rpartition(".")[2]
        return callee not in LOG_METHODS and EXCEPTION_WORDS.isdisjoint(words(callee)[-1:])
    return end.sink in (IdentitySink.RETURNED, IdentitySink.KEYWORD, IdentitySink.ENTRY, IdentitySink.ASSIGNED)


def has_other_source(module: Module, use: IdentityUse) -> bool:
    """Whether a text is made of a clock or of chance too, which tell it from that of the next object."""
    return use.is_text and any(
        call.scope == use.scope and call.line == use.line and UNIQUE_WORDS & set(words(call.callee.rpartition(".")[2]))
        for call in module.facts.calls
    )
