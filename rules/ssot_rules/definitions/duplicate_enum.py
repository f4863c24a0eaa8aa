"""SSOT140: one enum, several equal definitions."""

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
class DuplicateEnum(Rule):
    """An enum is defined in several modules with the same members, or nearly.

    Why:
        Members of the two are never equal and never identical: ``is`` and ``==`` between them are False, a lookup
        in a dictionary misses. A state that is added to one of them is unknown to the other.
        Ships as an inventory: of 4 findings drawn on unseen code 0 were worth acting on as told.

    Bad:
        # shop/orders.py
        from enum import Enum

        class OrderState(Enum):
            OPEN = "open"
            PAID = "paid"
            SENT = "sent"
        # shop/labels.py
        from enum import Enum

        class OrderState(Enum):
            OPEN = "open"
            PAID = "paid"
            SENT = "sent"

    Good:
        # shop/orders.py
        from enum import Enum

        class OrderState(Enum):
            OPEN = "open"
            PAID = "paid"
            SENT = "sent"
        # shop/labels.py
        from shop.orders import OrderState

        def is_done(order):
            return order.state is OrderState.SENT

    Fix:
        Keep one definition with all members, delete the others and import it.
    """

    code: ClassVar[str] = "SSOT140"
    name: ClassVar[str] = "duplicate-enum"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.INFO
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        yield from enum_findings(project, self, Likeness.DUPLICATE)
