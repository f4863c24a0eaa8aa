"""What the words around an event's name say: is it sent there, listened for, or only mentioned."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from ssot_lint.model.facts import ConstantUse, StringContext, StringUse
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.vocabulary import (
    CREATION_VERBS,
    EVENT_TYPE_WORDS,
    EVENT_VERBS,
    EVENT_WORDS,
    LISTENING_WORDS,
    LOG_METHODS,
    LOGGER_WORDS,
    NAME_LOOKUPS,
    NO_EVENT_WORDS,
    SETTING_WORDS,
)

Use: TypeAlias = StringUse | ConstantUse


def is_telling(event: str) -> bool:
    """Whether an event's name can hardly be anything else: it has two words or more."""
    return len(words(event)) > 1


def may_name(event: str, name: str) -> bool:
    """Whether a constant of that qualified name, with the event's name as its value, stands for the event."""
    others = _singular(set(words(name)) - set(words(event)))
    return bool(others & EVENT_WORDS) or (is_telling(event) and not others & NO_EVENT_WORDS)


def is_written_out(use: StringUse) -> bool:
    """Whether a literal stands for the event of that name, where a constant could stand.

    An argument, a value of a dict under a key that has a name, or one side of a comparison; but no log text, and no
    name of an attribute or of an entry that is looked up. A name of one word must stand in a place that says what it
    is: under ``type``, compared with ``event``, given to a method that sends or listens.
    """
    if use.context is StringContext.ARGUMENT:
        is_known = not _is_log_text(use) and not _is_lookup(use)
    elif use.context is StringContext.DICT_VALUE:
        is_known = bool(use.key) and not _singular(words(use.key)) & SETTING_WORDS
    else:
        is_known = use.context is StringContext.COMPARISON
    return is_known and (is_telling(use.value) or _says_event(use))


def is_sent(use: Use) -> bool:
    """Whether the event is sent there: an argument of a method that sends, or the type of a message that is made."""
    is_typed = bool(EVENT_TYPE_WORDS & set(words(use.key)))
    if use.context is StringContext.DICT_VALUE:
        return is_typed
    if use.context is not StringContext.ARGUMENT or not may_be_sent(use):
        return False
    called = _method(use)
    return sends_by_name(called) or ((is_typed or not use.key) and _makes_message(called))


def may_be_sent(use: Use) -> bool:
    """Whether the event may be sent from there on some way: all but log texts, lookups, listening and comparing."""
    if use.context in (StringContext.COMPARISON, StringContext.DICT_KEY):
        return False
    if use.context is not StringContext.ARGUMENT:
        return True
    verbs = set(words(_method(use)))
    is_listening = bool(verbs & LISTENING_WORDS) and not verbs & EVENT_VERBS
    return not (is_listening or _is_log_text(use) or _is_lookup(use))


def is_named_after(function: str, event: str) -> bool:
    """Whether a function has the event's name in its own: ``notify_agent_started``."""
    parts, named = words(function), words(event)
    return any(parts[start : start + len(named)] == named for start in range(len(parts)))


def sends_by_name(function: str) -> bool:
    """Whether a function is called after sending something."""
    return bool(EVENT_VERBS & set(words(function)))


def described(use: Use) -> str:
    """The place of an event's name in words: "argument of" and the callee, "value of" and the key."""
    if use.context is StringContext.ARGUMENT:
        what = f"`{use.key}=` of" if use.key else "argument of"
        return f"{what} `{use.taker}`" if use.taker else "keyword of a class"
    if use.context is StringContext.COMPARISON:
        return f"compared with `{use.key}`" if use.key else "compared"
    return f"value of `{use.key}`" if use.key else use.context.value


def _singular(parts: Iterable[str]) -> set[str]:
    """Words, and those that end in an s without it too."""
    return {each for part in parts for each in (part, part.removesuffix("s"))}


def _says_event(use: StringUse) -> bool:
    """Whether the place of a word says that it is an event."""
    if use.key or use.context is not StringContext.ARGUMENT:
        return bool(EVENT_TYPE_WORDS & set(words(use.key)))
    return bool((EVENT_VERBS | LISTENING_WORDS) & set(words(_method(use))))


def _makes_message(called: str) -> bool:
    """Whether a callee is a class of events or messages, a function that makes one, or ``dict``."""
    parts = set(words(called))
    is_class = called.lstrip("_")[:1].isupper()
    return called == "dict" or (bool(parts & EVENT_WORDS) and (is_class or bool(parts & CREATION_VERBS)))


def _is_log_text(use: Use) -> bool:
    receiver, _, method = use.taker.rpartition(".")
    return method in LOG_METHODS and (method == "print" or bool(LOGGER_WORDS & set(words(receiver))))


def _is_lookup(use: Use) -> bool:
    return not use.key and _method(use) in NAME_LOOKUPS


def _method(use: Use) -> str:
    return use.taker.rpartition(".")[2]
