"""What a method calls on its object."""

from __future__ import annotations

import re

from ssot_lint.project.symbols import FunctionSymbol


def named_in_own_calls(method: FunctionSymbol) -> frozenset[str]:
    """The attributes and methods of its object that the calls of a method name, as what is called or handed over; none
    for a static method."""
    parameters = method.fact.parameters
    if not parameters or any(decorator.name == "staticmethod" for decorator in method.fact.decorators):
        return frozenset()
    own = re.compile(rf"\b{re.escape(parameters[0].name)}\.(\w+)")
    texts = (text for call in method.module.calls(method) for text in (call.callee, call.arguments_text))
    return frozenset(name for text in texts for name in own.findall(text))
