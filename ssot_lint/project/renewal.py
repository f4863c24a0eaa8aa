"""Other contents of a few files, in a project that stays otherwise.

Only what cannot be seen from outside a file may have changed: what stands in functions, and names that no other file
has asked for. Then all that names mean in other files stays, and so does what was concluded from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.project.interface import Interface, interface_of
from ssot_lint.project.links import Links
from ssot_lint.project.resolve import Resolver
from ssot_lint.project.symbols import Module


@dataclass(frozen=True)
class _Change:
    """A module, what it is to be, and the names that will stand for something else."""

    module: Module
    becomes: Module
    names: frozenset[str]


def renew(resolver: Resolver, links: Links, contents: Mapping[Module, ModuleFacts | ParseFailure]) -> bool:
    """Give modules other facts, and forget what rested on the old ones; False, and nothing done, where other modules
    would have to be looked at again."""
    changes = [_change(resolver, module, result) for module, result in contents.items()]
    known = [each for each in changes if each is not None]
    if len(known) < len(changes) or not resolver.index.takes_imports({each.module: each.becomes for each in known}):
        return False
    for each in known:
        each.module.renew(each.becomes.facts, is_opaque=each.becomes.is_opaque)
        resolver.forget(each.module, each.names)
        links.forget(each.module)
    return True


def _change(resolver: Resolver, module: Module, result: ModuleFacts | ParseFailure) -> _Change | None:
    """None where others can see it."""
    is_opaque = isinstance(result, ParseFailure)
    becomes = Module(module.source, result.facts() if isinstance(result, ParseFailure) else result, is_opaque=is_opaque)
    before, after = interface_of(module), interface_of(becomes)
    names = before.changed_names(after)
    is_seen = not names.isdisjoint(resolver.asked[module]) or not _is_alike(resolver, module, before, after, names)
    return None if is_seen else _Change(module, becomes, names)


def _is_alike(resolver: Resolver, module: Module, before: Interface, after: Interface, names: frozenset[str]) -> bool:
    """Whether a module as a whole looks as before, as far as others have looked at it."""
    if before.is_script != after.is_script or (before.rest != after.rest and resolver.asked[module]):
        return False
    takes = bool(before.stars[0] or after.stars[0])
    if resolver.gives_stars(module):
        return not names and not takes and before.stars == after.stars
    return not takes or (before.stars[0] == after.stars[0] and not names)
