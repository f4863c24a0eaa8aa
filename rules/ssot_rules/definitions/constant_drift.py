"""SSOT130: one constant name, several values."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Annotated, ClassVar

from msgspec import Meta

from ssot_lint.model.facts import BindingKind
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.model.syntax import Guard
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import VariableSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import listed
from ssot_rules.analysis.layout import is_handwritten, is_hook_layout
from ssot_rules.analysis.literals import literal_text

_CONSTANT = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_KINDS = (BindingKind.ASSIGN, BindingKind.ANNOTATED)


@dataclass(frozen=True)
class ConstantDrift(Rule):
    """A module-level constant has different literal values in different modules.

    Why:
        One timeout, limit or key that is written down twice is changed once. Most equal names are no equal things,
        though: switch the rule on for the names of which there must be one.

    Bad:
        # shop/orders.py
        MAX_ORDER_LINES = 50
        # shop/importer.py
        MAX_ORDER_LINES = 40

    Good:
        # shop/orders.py
        MAX_ORDER_LINES = 50
        # shop/importer.py
        from shop.orders import MAX_ORDER_LINES

        def fits(lines):
            return len(lines) <= MAX_ORDER_LINES

    Fix:
        Keep one definition and import it; where the values must differ, let the names say what of.
    """

    code: ClassVar[str] = "SSOT130"
    name: ClassVar[str] = "constant-drift"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.MEDIUM
    action: ClassVar[Action] = Action.MERGE
    on_by_default: ClassVar[bool] = False

    names: Annotated[
        tuple[str, ...],
        Meta(description="globs of the constant names that must have one value"),
    ] = ("*",)

    def check(self, project: Project) -> Iterator[Finding]:
        # What stands under different source roots is different programs.
        by_name: dict[tuple[str, str], list[VariableSymbol]] = defaultdict(list)
        for module in project.modules:
            if self.applies_to(module) and is_handwritten(module):
                for variable in module.variables:
                    if _is_constant(variable) and any(fnmatchcase(variable.name, glob) for glob in self.names):
                        by_name[variable.name, module.source.root].append(variable)
        for _, variables in sorted(by_name.items()):
            if len(variables) > 1 and not is_hook_layout([variable.module for variable in variables]):
                for group in project.comparable_groups([variable for variable in variables if _value(variable)]):
                    if len({_value(variable) for variable in group}) > 1:
                        yield _finding(project, group)


def _is_constant(variable: VariableSymbol) -> bool:
    return (
        _CONSTANT.fullmatch(variable.name) is not None
        and variable.fact.kind in _KINDS
        and variable.fact.guard is Guard.NONE
        and variable.module.namespace.get(variable.name) is variable
    )


def _value(variable: VariableSymbol) -> str:
    return literal_text(variable.fact.value)


def _finding(project: Project, variables: Sequence[VariableSymbol]) -> Finding:
    home, reason = project.home_among(variables)
    others = [variable for variable in variables if _value(variable) != _value(home)]
    values = list(dict.fromkeys(_value(variable) for variable in variables))
    lines = [f"{each.module.path}:{each.fact.line} {each.name} = {_value(each)}" for each in (home, *others)]
    return ConstantDrift.finding(
        subject=home.name,
        message=(
            f"constant `{home.name}` has {len(values)} values in {len(variables)} modules: "
            f"keep {home.module.path}, {reason}"
        ),
        remedy=(
            f"Keep {home.name} = {_value(home)} in {home.module.path} and write `from {home.module.name} import "
            f"{home.name}` in {listed([other.module.path for other in others])}, or give the others names of their own"
        ),
        home=home_of(home, reason),
        sites=tuple(site_of(other, f"{_value(other)} here, {_value(home)} in `{home.id}`") for other in others),
        evidence={
            "text": lines,
            "values": [{"symbol": each.id, "value": _value(each)} for each in variables],
        },
    )
