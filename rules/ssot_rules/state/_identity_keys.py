"""Containers keyed by whom the entries belong to."""

from __future__ import annotations

import re

from ssot_lint.model.facts import Mutation
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.vocabulary import (
    FORM_WORDS,
    IDENTIFIER_WORDS,
    NAMING_WORDS,
    OWN_LINK_WORDS,
    OWNER_WORDS,
    PASSING_WORDS,
    PERSONAL_OWNERS,
    TOKEN_USES,
    VOCABULARY_WORDS,
)

_ADDRESS = re.compile(r"id\(")


def owner_of_entry(container: str, fact: Mutation) -> str:
    """Whose entry is put into ``container``, as the names that its key is made of tell; empty if nobody's."""
    names = fact.key_parts
    _, bracket, inner = fact.target.partition("[")
    if bracket:
        names = (inner.removesuffix("]"),)
    owner = next(filter(None, map(owner_of_name, names)), "")
    parts = set(words(container))
    if owner == "token" and parts & VOCABULARY_WORDS:
        return ""
    is_token_store = bool(parts & TOKEN_USES) and words(container)[-1:] == ("tokens",)
    return owner or ("token" if is_token_store and names else "")


def owner_of_name(name: str) -> str:
    """Whose a thing of that dotted name is: ``user`` for ``user``, ``request.user_id``, ``user.name`` and
    ``user_id_str``; empty for anything else. A class or one of its members is nobody's (``TokenStream``)."""
    segments = name.replace("[", ".").split(".")
    if any(segment.lstrip("_")[:1].isupper() for segment in segments):
        return ""
    parts = _without_form(words(segments[-1]))
    ending = ""
    if len(parts) == 1 and len(segments) > 1 and parts[0] in NAMING_WORDS:
        ending, parts = parts[0], words(segments[-2])
    elif len(parts) > 1 and parts[-1] in NAMING_WORDS:
        ending, parts = parts[-1], parts[:-1]
    if not parts:
        return ""
    owner = {"jti": "token", "username": "user"}.get(parts[-1], parts[-1])
    if owner not in OWNER_WORDS | {"thread"}:
        return ""
    # The key or name of a client, and a session with a database, are the program's own; a connection string says where
    # a database is.
    is_own = owner not in PERSONAL_OWNERS and ending in ("key", "name")
    is_own = is_own or (owner == "connection" and words(segments[-1])[-1] in FORM_WORDS)
    return "" if is_own or OWN_LINK_WORDS.intersection(parts) else owner


def passing_thing(fact: Mutation) -> str:
    """The thing that comes and goes which a key identifies: ``run`` for ``run_id``, ``object`` for ``id(thing)``; empty
    for any other key."""
    if _ADDRESS.match(fact.key):
        return "object"
    for name in fact.key_parts:
        parts = words(name.rpartition(".")[2])
        if len(parts) > 1 and parts[-1] in IDENTIFIER_WORDS and parts[-2] in PASSING_WORDS:
            return parts[-2]
    return ""


def _without_form(parts: tuple[str, ...]) -> tuple[str, ...]:
    while len(parts) > 1 and parts[-1] in FORM_WORDS:
        parts = parts[:-1]
    return parts
