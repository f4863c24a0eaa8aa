"""A definition that comes to stand in another file: its text there, and what that file has to import for it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ssot_lint.fix.context import FileContext
from ssot_lint.fix.definitions import mentions
from ssot_lint.fix.import_statement import Name, Origin
from ssot_lint.fix.source import RefusedError, Source
from ssot_lint.model.facts import BindingKind, Class, Function, Import, ModuleFacts
from ssot_lint.model.syntax import MODULE_SCOPE, Guard

_FOR_TYPES = Guard.TYPE_CHECKING
_HEAD = re.compile(r"(?P<keyword>\b(?:class|def)[ \t]+)(?P<name>\w+)")


class Need(NamedTuple):
    """What a file has to import: ``name`` of ``module``, or the module itself, as ``name`` says it."""

    module: str
    name: Name


def needs(
    facts: ModuleFacts, context: FileContext, module: str, names: Collection[str], present: Collection[str]
) -> Iterator[Need]:
    """What ``names``, of a file with these facts, take to be known in another one, where ``present`` are known.

    What the file imports is imported there in the same way; what it defines comes from ``module``, the file itself.
    Raises RefusedError for what cannot be imported, and where ``module`` is empty for what it would have to give.
    """
    imported = {fact.bound_name: fact for fact in facts.imports if fact.scope == MODULE_SCOPE and fact.name != "*"}
    defined = defined_names(facts)
    for name in sorted(set(names) - set(present)):
        if name in imported and name not in defined:
            yield _import(imported[name], context)
        elif name in defined:
            if not module:
                raise RefusedError(f"`{name}` is not there")
            yield Need(module, Name(name))


def _import(fact: Import, context: FileContext) -> Need:
    if fact.guard & ~Guard.TYPE_CHECKING:
        raise RefusedError(f"`{fact.bound_name}` is imported under a condition")
    if fact.name is None:
        return Need("", Name(fact.module, fact.alias))
    module = context.absolute(Origin(fact.level, fact.module))
    if not module:
        raise RefusedError(f"it is not known from where `{fact.bound_name}` is imported")
    return Need(module, Name(fact.name, fact.alias))


def bound_names(facts: ModuleFacts) -> frozenset[str]:
    """What a file calls by a name at its top level."""
    return defined_names(facts) | {fact.bound_name for fact in facts.imports if fact.scope == MODULE_SCOPE}


def known_names(facts: ModuleFacts, source: ModuleFacts) -> frozenset[str]:
    """What a file calls by a name when it runs, or for type checkers, if that is all the file ``source`` has it for."""
    for_types, for_types_there = (_imported_under(each, _FOR_TYPES) for each in (facts, source))
    return bound_names(facts) - (for_types - for_types_there)


def unsure_names(facts: ModuleFacts, source: ModuleFacts) -> frozenset[str]:
    """What a file may be without when it runs: what it deletes, and imports under conditions, other than the file
    ``source``."""
    deleted = {fact.name for fact in facts.bindings if fact.scope == MODULE_SCOPE and fact.kind is BindingKind.DELETED}
    return frozenset(deleted) | (_imported_under(facts, ~_FOR_TYPES) - _imported_under(source, ~_FOR_TYPES))


def _imported_under(facts: ModuleFacts, guards: Guard) -> frozenset[str]:
    """What is bound at the top level by nothing but imports under some of ``guards``."""
    imports = [fact for fact in facts.imports if fact.scope == MODULE_SCOPE]
    otherwise = {fact.bound_name for fact in imports if not fact.guard & guards} | defined_names(facts)
    return frozenset(fact.bound_name for fact in imports) - otherwise


def defined_names(facts: ModuleFacts) -> frozenset[str]:
    """What a file defines at its top level."""
    definitions: tuple[Class | Function, ...] = (*facts.classes, *facts.functions)
    found = {fact.name for fact in definitions if fact.parent == MODULE_SCOPE}
    return frozenset(found | {fact.name for fact in facts.bindings if fact.scope == MODULE_SCOPE})


def renamed(text: str, renames: Sequence[tuple[str, str]]) -> str:
    """``text`` with words of it replaced, one pair after the other."""
    for old, new in renames:
        text = text.replace(old, new)
    return text


def with_name(text: str, name: str) -> str:
    """A definition under another name."""
    return _HEAD.sub(lambda match: f"{match['keyword']}{name}", text, count=1)


def reindented(lines: Sequence[str], indent: str) -> str:
    """Lines with the indentation of the first one exchanged."""
    return textwrap.indent(textwrap.dedent("".join(lines)), indent)


def with_line_ends(text: str, source: Source) -> str:
    """``text`` with the line ends of a file."""
    return text.replace("\r\n", "\n").replace("\n", source.newline)


def words_of(text: str) -> frozenset[str]:
    """The names that a definition mentions, whatever its indentation."""
    return mentions([textwrap.dedent(text)])
