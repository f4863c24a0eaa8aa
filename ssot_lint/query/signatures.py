"""Definitions in one line, as somebody who calls them wants to see them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.model.facts import Binding, Class, Function, Parameter, ParameterKind
from ssot_lint.model.syntax import Value, ValueKind

MOST_CHARACTERS = 200


def signature(fact: Class | Function | Binding) -> str:
    """The head of a definition, cut off where it is long."""
    if isinstance(fact, Class):
        text = _class(fact)
    elif isinstance(fact, Function):
        text = _function(fact)
    else:
        annotation = f": {fact.annotation}" if fact.annotation else ""
        text = f"{fact.name}{annotation} = {_value(fact.value)}" if fact.value else f"{fact.name}{annotation}"
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 3]}..."


def _class(fact: Class) -> str:
    parts = [*(base or "..." for base in fact.bases), *(f"{key}={value or '...'}" for key, value in fact.keywords)]
    return f"class {fact.name}({', '.join(parts)})" if parts else f"class {fact.name}"


def _function(fact: Function) -> str:
    start = "async def" if fact.is_async else "def"
    end = f" -> {fact.returns}" if fact.returns else ""
    return f"{start} {fact.name}({', '.join(_parameters(fact.parameters))}){end}"


def _parameters(parameters: Sequence[Parameter]) -> Iterator[str]:
    before: ParameterKind | None = None
    for each in parameters:
        if before is ParameterKind.POSITIONAL_ONLY and each.kind is not before:
            yield "/"
        if each.kind is ParameterKind.KEYWORD_ONLY and before not in (
            ParameterKind.KEYWORD_ONLY,
            ParameterKind.VAR_POSITIONAL,
        ):
            yield "*"
        yield _parameter(each)
        before = each.kind
    if before is ParameterKind.POSITIONAL_ONLY:
        yield "/"


def _parameter(each: Parameter) -> str:
    star = {ParameterKind.VAR_POSITIONAL: "*", ParameterKind.VAR_KEYWORD: "**"}.get(each.kind, "")
    annotation = f": {each.annotation}" if each.annotation else ""
    equals = " = " if annotation else "="
    return f"{star}{each.name}{annotation}{equals + _value(each.default) if each.default else ''}"


def _value(value: Value | None) -> str:
    if value is None or value.kind is ValueKind.NONE:
        return "None"
    if value.kind is ValueKind.CALL:
        return f"{value.text}({value.arguments_text})"
    return value.text or value.arguments_text or "..."
