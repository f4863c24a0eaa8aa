"""Which names of its module a definition takes: as far as these mean the same, it does the same in another module."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ssot_lint.model.facts import Binding, Class, Decorator, Function
from ssot_lint.model.syntax import Value
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol

# No attributes, and no keywords of arguments.
_NAME = re.compile(r"(?<![\w.])[^\W\d]\w*(?!\w|\s*=[^=])")
_PLAIN_TEXT = re.compile(r"""(?<![fF\w])(?:"[^"\n]*"|'[^'\n]*')""")


def scopes_within(symbol: ClassSymbol | FunctionSymbol) -> frozenset[int]:
    """The scope of a definition, and those of everything that is defined in it."""
    found = {symbol.fact.scope}
    # A scope comes after the one it stands in.
    for number, scope in enumerate(symbol.module.facts.scopes):
        if scope.parent in found:
            found.add(number)
    return frozenset(found)


def names_read_by(symbol: ClassSymbol | FunctionSymbol) -> frozenset[str]:
    """The names that a definition reads beside itself, those of builtins and of its own class body among them. Of the
    annotations of functions those count that a decorator can see."""
    facts, scopes = symbol.module.facts, scopes_within(symbol)
    functions = [fact for fact in facts.functions if fact.scope in scopes]
    classes = [fact for fact in facts.classes if fact.scope in scopes]
    bindings = [fact for fact in facts.bindings if fact.scope in scopes]
    in_classes = {fact.scope for fact in classes}
    texts = [
        *(text for fact in functions for text in _head_of_function(fact)),
        *(text for fact in classes for text in _head_of_class(fact)),
        *(text for fact in bindings for text in _texts_of(fact)),
        *(_code(call.callee) for call in facts.calls if call.scope in in_classes),
        *(_code(each.text) for call in facts.calls if call.scope in in_classes for each in call.arguments),
    ]
    mentioned = {name for fact in functions for name in facts.mentioned_by(fact)}
    return frozenset(mentioned.union(*map(_NAME.findall, texts)))


def _head_of_function(fact: Function) -> Iterator[str]:
    yield from _decorator_texts(fact.decorators)
    if fact.decorators:
        yield fact.returns
        yield from (parameter.annotation for parameter in fact.parameters)


def _head_of_class(fact: Class) -> Iterator[str]:
    yield from fact.bases
    yield from (text for _, text in fact.keywords)
    yield from _decorator_texts(fact.decorators)


def _decorator_texts(decorators: Iterable[Decorator]) -> Iterator[str]:
    for decorator in decorators:
        yield decorator.name
        yield _code(decorator.arguments_text or "")


def _texts_of(fact: Binding) -> Iterator[str]:
    yield fact.annotation
    if fact.value is not None:
        yield from _value_texts(fact.value)


def _value_texts(value: Value) -> Iterator[str]:
    yield _code(value.text)
    yield _code(value.arguments_text)
    for option in value.options:
        yield from _value_texts(option)


def _code(text: str) -> str:
    """A short text of code without what is text there."""
    return _PLAIN_TEXT.sub("", text)
