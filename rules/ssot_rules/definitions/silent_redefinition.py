"""SSOT150: the second definition of a name replaces the first."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import ClassVar, TypeAlias

from ssot_lint.model.facts import Class, Decorator, Function, ModuleFacts, ResultUse
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.syntax import Guard, ScopeKind
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_lint.rules.evidence import TEXT_LINES
from ssot_lint.rules.rule import PRODUCTION_AND_TESTS, Rule, Zones
from ssot_lint.text.wording import listed
from ssot_rules.analysis.class_kinds import makes_data_class
from ssot_rules.analysis.vocabulary import FORGETFUL_DECORATORS, TEST_DECORATORS

_Definition: TypeAlias = ClassSymbol | FunctionSymbol
_Uses: TypeAlias = Mapping[tuple[int, str], Sequence[int]]

_WORD = re.compile(r"\w+")
_ANYTHING = ""


@dataclass(frozen=True)
class SilentRedefinition(Rule):
    """A function or class is defined twice in one scope, and the second definition silently replaces the first.

    Why:
        The first definition never takes effect, but reads as if it did: fixes go into dead code, and of two tests
        of one name only the second runs. Overloads, property accessors, registered functions and alternatives
        under ``if`` and ``try`` are exempt, and so is what is used before it is replaced.

    Bad:
        # shop/tariff.py
        class Tariff:
            def rate(self, zone):
                return self.rates[zone]

            def zones(self):
                return sorted(self.rates)

            def rate(self, zone, weight):
                return self.rates[zone] * weight

    Good:
        # shop/tariff.py
        class Tariff:
            def rate(self, zone):
                return self.rates[zone]

            def zones(self):
                return sorted(self.rates)

            def rate_by_weight(self, zone, weight):
                return self.rates[zone] * weight

    Fix:
        Delete the definition that never takes effect, or give it a name of its own.
    """

    code: ClassVar[str] = "SSOT150"
    name: ClassVar[str] = "silent-redefinition"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.HIGH

    zones: Zones = field(default=PRODUCTION_AND_TESTS, kw_only=True)

    def check(self, project: Project) -> Iterator[Finding]:
        for module in project.modules:
            if self.applies_to(module) and not module.source.is_stub:
                repeated = _repeated(module)
                uses = _uses(module.facts) if repeated else {}
                for definitions in repeated:
                    dead = [
                        each for each, following in pairwise(definitions) if _is_lost(project, each, following, uses)
                    ]
                    if dead:
                        yield _finding(dead, definitions[-1])


def _repeated(module: Module) -> list[list[_Definition]]:
    """The unconditional definitions of each name that a module or class defines more than once, by place."""
    found: dict[tuple[int, str], list[_Definition]] = defaultdict(list)
    symbols: tuple[_Definition, ...] = (*module.classes, *module.functions)
    if len({(symbol.fact.parent, symbol.fact.name) for symbol in symbols}) == len(symbols):
        return []  # as in most modules
    for symbol in symbols:
        kind = module.facts.scopes[symbol.fact.parent].kind
        # What a function does with its own local functions cannot be seen. `_` is nobody's name.
        if symbol.fact.guard is Guard.NONE and kind is not ScopeKind.FUNCTION and symbol.name != "_":
            found[symbol.fact.parent, symbol.name].append(symbol)
    groups = (sorted(group, key=lambda symbol: symbol.sort_key) for group in found.values() if len(group) > 1)
    return sorted(groups, key=lambda group: group[0].sort_key)


def _is_lost(project: Project, definition: _Definition, following: _Definition, uses: _Uses) -> bool:
    """Whether nothing keeps or uses a definition before the one that follows replaces it."""
    if not all(_keeps_nothing(project, definition, decorator) for decorator in definition.fact.decorators):
        return False
    if definition.name in _roots(following.fact):
        return False
    # What a call statement is given cannot be seen: it may be the definition.
    names = (definition.name, _ANYTHING)
    first, end = definition.fact.end_line + 1, following.fact.line
    used = (uses.get((definition.fact.parent, name), ()) for name in names)
    return all(bisect_left(lines, first) == bisect_left(lines, end) for lines in used)


def _keeps_nothing(project: Project, definition: _Definition, decorator: Decorator) -> bool:
    name = decorator.name
    if isinstance(definition, ClassSymbol) and makes_data_class(project, definition, decorator):
        return True
    return name.rpartition(".")[2] in FORGETFUL_DECORATORS or name.startswith(TEST_DECORATORS)


def _uses(facts: ModuleFacts) -> _Uses:
    """The lines in which a scope may use a name of its own, sorted; by scope and name."""
    found: dict[tuple[int, str], list[int]] = defaultdict(list)
    for scope, name, line in (*_in_calls(facts), *_in_definitions(facts), *_in_bindings(facts)):
        found[scope, name].append(line)
    return {key: sorted(lines) for key, lines in found.items()}


def _in_calls(facts: ModuleFacts) -> Iterator[tuple[int, str, int]]:
    for call in facts.calls:
        yield from ((call.scope, part, call.line) for part in call.callee.split("."))
        if call.usage is ResultUse.STATEMENT and call.argument_count:
            yield call.scope, _ANYTHING, call.line


def _in_definitions(facts: ModuleFacts) -> Iterator[tuple[int, str, int]]:
    definitions: tuple[Class | Function, ...] = (*facts.classes, *facts.functions)
    for definition in definitions:
        yield from ((definition.parent, name, definition.line) for name in _roots(definition))


def _in_bindings(facts: ModuleFacts) -> Iterator[tuple[int, str, int]]:
    for binding in facts.bindings:
        yield binding.scope, binding.name, binding.line
        if binding.value is not None:
            named = _WORD.findall(f"{binding.value.text} {binding.value.arguments_text}")
            yield from ((binding.scope, name, binding.line) for name in named)


def _roots(definition: Class | Function) -> set[str]:
    """The names that a definition's bases and decorators begin with."""
    texts = [decorator.name for decorator in definition.decorators]
    if isinstance(definition, Class):
        texts += definition.bases
    return {text.partition(".")[0] for text in texts}


def _finding(dead: Sequence[_Definition], last: _Definition) -> Finding:
    path, line = last.module.path, last.fact.line
    times = "twice" if len(dead) == 1 else f"{len(dead) + 1} times"
    replaced = listed([f":{each.fact.line}" for each in dead])
    lines = [f"{path}:{each.fact.line} defines `{each.qualname}`" for each in (*dead[: TEXT_LINES - 1], last)]
    return SilentRedefinition.finding(
        subject=last.id,
        message=f"`{last.qualname}` is defined {times} in {path}: the one at :{line} silently replaces {replaced}",
        remedy=(
            f"Delete `{last.qualname}` at {listed([f'{path}:{each.fact.line}' for each in dead])}, or give it a name "
            "of its own if it was meant to take effect"
        ),
        home=home_of(last, "the last definition is the one that takes effect"),
        sites=tuple(site_of(each, f"never takes effect: replaced by the definition at :{line}") for each in dead),
        evidence={"text": lines, "lost": [each.fact.line for each in dead], "effective": line},
    )
