"""SSOT141: one enum, other values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule
from ssot_rules.definitions._enums import Likeness, enum_findings


@dataclass(frozen=True)
class ConflictingEnum(Rule):
    """An enum is defined in several modules, and members of the same name have other values.

    Why:
        What one part of the program stores or sends under a member, another part cannot read, or reads as something
        else. The member names look right in every review, the values are in another file. Where not one value is the
        same, it is information: one side may speak the language of another system, and of eight drawn on unseen code
        none was worth an action. It surely does where it has numbers for the other's words, or where a module knows
        both enums and translates; that is SSOT142. So are enums of modules whose classes are numbered variants on one
        base (`Grid4Env`, `Grid5Env`).

    Bad:
        # shop/orders.py
        from enum import Enum

        class OrderState(Enum):
            OPEN = "open"
            PAID = "paid"
            SENT = "sent"
        # shop/export.py
        from enum import Enum

        class OrderState(Enum):
            OPEN = "open"
            PAID = "paid"
            SENT = "shipped"

    Good:
        # shop/orders.py
        from enum import Enum

        class OrderState(Enum):
            OPEN = "open"
            PAID = "paid"
            SENT = "sent"
        # shop/export.py
        from shop.orders import OrderState

        def is_done(order):
            return order.state is OrderState.SENT

    Fix:
        Decide on one set of values, migrate what was stored under the others and import the one enum. Where the values
        belong to another system, give its enum a name that says so and translate at the border.
    """

    code: ClassVar[str] = "SSOT141"
    name: ClassVar[str] = "conflicting-enum"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.MEDIUM
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        yield from enum_findings(project, self, Likeness.CONFLICTING)
