"""SSOT504 rival-event-definitions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.components._event_definitions import Definition
from ssot_rules.components._events import EventSet, event_sets


@dataclass(frozen=True)
class RivalEventDefinitions(Rule):
    """An event that a declared component owns has more than one constant or enum member with its name.

    Why:
        Sender and receiver each import their own constant, and agree by chance. Whoever renames the event in one place
        finds all uses of that one, and breaks the others without any error.

    Bad:
        # ssot-lint.toml
        [[components]]
        name = "orders"
        home = "shop.bus:OrderBus"
        events = ["order_paid"]
        # shop/bus.py
        ORDER_PAID = "order_paid"

        class OrderBus:
            def send(self, event):
                self.last = event
        # shop/mail.py
        from enum import Enum

        class MailTrigger(Enum):
            ORDER_PAID = "order_paid"

    Good:
        # ssot-lint.toml
        [[components]]
        name = "orders"
        home = "shop.bus:OrderBus"
        events = ["order_paid"]
        # shop/bus.py
        ORDER_PAID = "order_paid"

        class OrderBus:
            def send(self, event):
                self.last = event
        # shop/mail.py
        from enum import Enum

        from shop.bus import ORDER_PAID

        class MailTrigger(Enum):
            ORDER_PAID = ORDER_PAID

    Fix:
        Keep the definition in the home of the component and import it; where another name is wanted, let it stand for
        the first (`PAID = ORDER_PAID`). Upper-case constants of modules and classes count, members of enums, and
        attributes called exactly like the event; not those whose names say that they are something else: an attribute,
        a service, a command.
    """

    code: ClassVar[str] = "SSOT504"
    name: ClassVar[str] = "rival-event-definitions"
    family: ClassVar[str] = "components"
    severity: ClassVar[Severity] = Severity.HIGH

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per component and event."""
        for event_set in project.derived(event_sets):
            for event, (home, reason) in event_set.homes.items():
                rivals = [
                    each
                    for each in event_set.definitions[event]
                    if each is not home
                    and self.applies_to(each.module)
                    and project.comparable(each.module, home.module)
                ]
                if rivals:
                    yield _finding(event_set, home, reason, rivals)


def _finding(event_set: EventSet, home: Definition, reason: str, rivals: Sequence[Definition]) -> Finding:
    names = listed([f"`{rival.id}`" for rival in rivals])
    modules = {each.module.path for each in (home, *rivals)}
    text = [f'{each.location.path}:{each.location.line} {each.name} = "{home.event}"' for each in (home, *rivals)]
    return RivalEventDefinitions.finding(
        subject=home.event,
        message=(
            f"event `{home.event}` of `{event_set.component.name}` has {len(rivals) + 1} definitions in "
            f"{counted(len(modules), 'module')}: keep `{home.name}` of {home.module.path}, {reason}"
        ),
        remedy=f"Let {names} stand for `{home.name}` (`{home.import_text}`), or delete them and use that instead",
        home=home.as_home(reason),
        sites=tuple(rival.as_site(f'"{home.event}" again, as in `{home.id}`') for rival in rivals),
        evidence={
            "component": event_set.component.name,
            "definitions": [each.id for each in (home, *rivals)],
            "text": text,
        },
    )
