"""What the methods of a class are for, told by the verbs in their names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ssot_lint.text.identifiers import words

_VERBS: Mapping[str, frozenset[str]] = {
    "add": frozenset(
        {"acquire", "add", "append", "attach", "bind", "connect", "create", "enqueue", "enroll", "enter", "insert"}
        | {"install", "join", "link", "mount", "open", "push", "register", "subscribe", "track"}
    ),
    "remove": frozenset(
        {"cleanup", "clear", "close", "delete", "dequeue", "deregister", "detach", "discard", "disconnect", "drop"}
        | {"evict", "expire", "forget", "leave", "pop", "purge", "release", "remove", "unbind", "uninstall", "unlink"}
        | {"unmount", "unregister", "unsubscribe", "untrack"}
    ),
    "get": frozenset(
        {"count", "fetch", "find", "get", "has", "iter", "list", "load", "lookup", "query", "read", "resolve"}
        | {"retrieve", "search", "select"}
    ),
    "change": frozenset(
        {"change", "edit", "modify", "patch", "put", "rename", "replace", "save", "set", "store", "update", "upsert"}
        | {"write"}
    ),
    "send": frozenset(
        {"broadcast", "deliver", "dispatch", "emit", "fire", "forward", "notify", "publish", "send", "signal"}
        | {"trigger"}
    ),
    "start": frozenset({"begin", "boot", "launch", "resume", "run", "spawn", "start"}),
    "stop": frozenset({"cancel", "end", "halt", "kill", "pause", "shutdown", "stop", "terminate"}),
}
"""The roles, each with its verbs: what one does to the things that a class looks after. A closed list."""

_ROLES = {verb: role for role, verbs in _VERBS.items() for verb in verbs}


def role_of(method: str) -> str:
    """The role of a method: that of the first verb in its name (``add`` for ``async_register_user``), its own name
    where there is none."""
    return next((_ROLES[word] for word in words(method) if word in _ROLES), method)


def roles_of(methods: Iterable[str]) -> list[str]:
    """The roles of some methods, each once, in their order."""
    return list(dict.fromkeys(role_of(method) for method in methods))
