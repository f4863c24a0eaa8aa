"""SSOT142: one enum name, different enums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule
from ssot_rules.definitions._enums import Likeness, enum_findings


@dataclass(frozen=True)
class DivergentEnum(Rule):
    """One enum name stands for different enums in different modules.

    Why:
        Who reads the name in a signature or a log must find out first which one is meant. It is an inventory: short
        names are few, and both may be right where they stand.

    Bad:
        # shop/orders.py
        from enum import Enum

        class OrderState(Enum):
            OPEN = "open"
            PAID = "paid"
            SENT = "sent"
        # shop/invoices.py
        from enum import Enum

        class OrderState(Enum):
            DRAFT = "draft"
            BOOKED = "booked"

    Good:
        # shop/orders.py
        from enum import Enum

        class OrderState(Enum):
            OPEN = "open"
            PAID = "paid"
            SENT = "sent"
        # shop/invoices.py
        from enum import Enum

        class BookingState(Enum):
            DRAFT = "draft"
            BOOKED = "booked"

    Fix:
        Give each enum a name that says what it lists. Where the common name is right, say so:
        ``# ssot-lint: distinct[SSOT142] reason``.
    """

    code: ClassVar[str] = "SSOT142"
    name: ClassVar[str] = "divergent-enum"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, project: Project) -> Iterator[Finding]:
        yield from enum_findings(project, self, Likeness.DIVERGENT)
