"""Where routers and blueprints are mounted, as far as it is certain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ssot_lint.model.facts import Call
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module
from ssot_rules.analysis.call_arguments import literal_argument
from ssot_rules.analysis.literals import string_of
from ssot_rules.settings._routes import Owner, owner_of_name

_MOUNTING = {"include_router": "prefix", "register_blueprint": "url_prefix"}
"""Methods that mount, and the keyword of the prefix; the constructor of what is mounted calls it the same."""


@dataclass(frozen=True, slots=True)
class _Mount:
    parent: Owner
    prefix: str | None
    """None where it cannot be told."""


def mounts(project: Project) -> Mapping[Owner, tuple[Owner, str]]:
    """The root of each router that is mounted exactly once, up to the application, and the prefix there; for
    :meth:`Project.derived`. A router that is not in it is a root itself."""
    direct = _direct_mounts(project)
    return {owner: _root(direct, owner) for owner in direct}


def _root(direct: Mapping[Owner, _Mount], owner: Owner) -> tuple[Owner, str]:
    prefix = ""
    seen: set[Owner] = set()
    while (mount := direct.get(owner)) is not None and mount.prefix is not None and owner not in seen:
        seen.add(owner)
        prefix = mount.prefix + prefix
        owner = mount.parent
    return owner, prefix


def _direct_mounts(project: Project) -> Mapping[Owner, _Mount]:
    found: dict[Owner, list[_Mount]] = defaultdict(list)
    for owner, parent, call in project.gathered(_mounting_calls_in):
        prefix = _prefix(call, _MOUNTING[call.callee.rpartition(".")[2]], owner)
        found[owner].append(_Mount(parent, prefix))
    return {owner: each[0] for owner, each in found.items() if len(each) == 1}


def _mounting_calls_in(project: Project, module: Module) -> tuple[tuple[Owner, Owner, Call], ...]:
    """What is mounted, on what, and by which call."""
    found = []
    for call in module.facts.calls:
        text, _, verb = call.callee.rpartition(".")
        child = literal_argument(call, 0, "router") if verb in _MOUNTING else None
        if child:
            owner = owner_of_name(project, module, call.scope, child)
            found.append((owner, owner_of_name(project, module, call.scope, text), call))
    return tuple(found)


def _prefix(call: Call, keyword: str, owner: Owner) -> str | None:
    """The prefix of a mount, that of the constructor included; a blueprint's own one yields to it."""
    given = literal_argument(call, -1, keyword)
    own = _own_prefix(owner, keyword)
    if call.guard is not Guard.NONE or any(argument.star for argument in call.arguments) or given == "":
        return None
    if given is None:
        return own
    prefix = string_of(given)
    if keyword == "url_prefix" or prefix is None or own is None:
        return prefix
    return prefix + own


def _own_prefix(owner: Owner, keyword: str) -> str | None:
    """The prefix that the constructor of a router takes; None if it cannot be told."""
    module, scope, name = owner
    made = [call for call in module.facts.calls if call.scope == scope == MODULE_SCOPE and call.target == name]
    if len(made) != 1 or any(argument.star for argument in made[0].arguments):
        return None
    text = literal_argument(made[0], -1, keyword)
    return "" if text is None else string_of(text)
