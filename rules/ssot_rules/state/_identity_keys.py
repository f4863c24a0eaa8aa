"""Containers keyed by whom the entries belong to."""

from __future__ import annotations

import re

from ssot_lint.text.identifiers import words
from ssot_rules.analysis.vocabulary import IDENTIFIER_WORDS, OWNER_WORDS, PASSING_WORDS

_ADDRESS = re.compile(r"id\(")


def owner_of_key(key: str) -> str:
    """Whose entry a key is for, as its text tells: ``user`` for ``user``, ``request.user_id`` and ``user.name``; empty
    for any other key. A class is nobody's (``TokenStream``)."""
    parts = _last_words(key)
    if len(parts) > 1 and parts[-1] in IDENTIFIER_WORDS | {"name"}:
        parts = parts[:-1]
    return parts[-1] if parts and parts[-1] in OWNER_WORDS | {"thread"} else ""


def is_user(owner: str) -> bool:
    """Whether entries of such an owner must not be seen by the next one, even if they are taken out in the end."""
    return owner in OWNER_WORDS


def passing_thing(key: str) -> str:
    """The thing that comes and goes which the text of a key identifies: ``run`` for ``run_id``, ``object`` for
    ``id(thing)``; empty for any other key."""
    if _ADDRESS.match(key):
        return "object"
    parts = _last_words(key)
    return parts[-2] if len(parts) > 1 and parts[-1] in IDENTIFIER_WORDS and parts[-2] in PASSING_WORDS else ""


def _last_words(key: str) -> tuple[str, ...]:
    """The words of the last name of a key; none for a literal, a computed key or a class."""
    if key.startswith(('"', "[")) or _ADDRESS.match(key):
        return ()
    name = key.partition("(")[0].rpartition(".")[2]
    return () if name.lstrip("_")[:1].isupper() else words(name)
