"""What the methods of a class are for, told by the verbs in their names."""

from __future__ import annotations

from collections.abc import Iterable

from ssot_lint.model.vocabulary import ROLE_VERBS
from ssot_lint.text.identifiers import words

_ROLES = {verb: role for role, verbs in ROLE_VERBS.items() for verb in verbs}


def role_of(method: str) -> str:
    """The role of a method: that of the first verb in its name (``add`` for ``async_register_user``), its own name
    where there is none."""
    return next((_ROLES[word] for word in words(method) if word in _ROLES), method)


def roles_of(methods: Iterable[str]) -> list[str]:
    """The roles of some methods, each once, in their order."""
    return list(dict.fromkeys(role_of(method) for method in methods))
