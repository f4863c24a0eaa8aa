"""SSOT105: one class under several names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.rules.rule import Reach, Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.bodies import SIMILAR_FROM
from ssot_rules.analysis.drift import drift_between
from ssot_rules.analysis.remedies import keeps_home, kept, only_deletes, verdict, ways_to
from ssot_rules.definitions._renamed_classes import RenamedClassAnalysis, RenamedGroup


@dataclass(frozen=True)
class RenamedClass(Rule):
    """A class is a copy of another one under another name: most lines are equal but for the words of the two names.

    Why:
        A class that was copied and renamed is found by nobody who looks for it. A fix reaches the original and
        not the copy, and who reads both asks what the difference is. It is the way assistants copy.
        Ships as an inventory: of 15 findings drawn on unseen code 1 were worth acting on as told.

    Bad:
        # shop/orders.py
        class OrderQueue:
            def __init__(self, store):
                self.store = store
                self.orders = []

            def put(self, order):
                self.orders.append(order)
                self.store.save("order", order)

            def take(self):
                order = self.orders.pop(0)
                self.store.delete("order", order)
                return order
        # shop/parcels.py
        class ParcelQueue:
            def __init__(self, store):
                self.store = store
                self.parcels = []

            def put(self, parcel):
                self.parcels.append(parcel)
                self.store.save("parcel", parcel)

            def take(self):
                parcel = self.parcels.pop(0)
                self.store.delete("parcel", parcel)
                return parcel

    Good:
        # shop/queues.py
        class StoredQueue:
            def __init__(self, store, kind):
                self.store = store
                self.kind = kind
                self.items = []

            def put(self, item):
                self.items.append(item)
                self.store.save(self.kind, item)

            def take(self):
                item = self.items.pop(0)
                self.store.delete(self.kind, item)
                return item
        # shop/parcels.py
        from shop.queues import StoredQueue

        def parcel_queue(store):
            return StoredQueue(store, "parcel")

    Fix:
        Keep one class under a name that fits all uses and import it, or make it the base of those that differ.
    """

    code: ClassVar[str] = "SSOT105"
    name: ClassVar[str] = "renamed-class"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.INFO
    action: ClassVar[Action] = Action.MERGE
    covers: ClassVar[Mapping[str, Reach]] = MappingProxyType({"SSOT124": Reach.FILES})

    def check(self, project: Project) -> Iterator[Finding]:
        yield from map(project.judging(_finding), project.derived(RenamedClassAnalysis(self.zones)))


def _finding(project: Project, found: RenamedGroup) -> Finding:
    home, copies = found.home, list(found.sites)
    names = sorted({cls.name for cls in copies})
    remedy = _remedy(project, found)
    shown = f"{listed([f'`{name}`' for name in names])} {'is' if len(names) == 1 else 'are'}"
    least = min(found.sites.values())
    nearly = "" if least == 1.0 else "nearly " if least >= SIMILAR_FROM else "largely "
    return RenamedClass.finding(
        subject=home.name,
        message=f"{shown} {nearly}class `{home.name}` under another name: {verdict(home, found.reason, remedy)}",
        remedy=remedy,
        home_stays=keeps_home(remedy),
        sites_unused=only_deletes(project, home, copies, remedy),
        home=home_of(home, found.reason),
        sites=tuple(site_of(cls, _site_message(project, home, cls, share)) for cls, share in found.sites.items()),
        evidence={
            "text": [
                f"{cls.module.path}:{cls.fact.line} `{cls.name}`, {counted(cls.fact.body.statements, 'statement')}"
                for cls in (home, *copies)
            ],
            "copies": [
                {"symbol": cls.id, "similarity": round(share, 2), "statements": cls.fact.body.statements}
                for cls, share in found.sites.items()
            ],
        },
    )


def _site_message(project: Project, home: ClassSymbol, cls: ClassSymbol, share: float) -> str:
    relation = f"{share:.0%} of the lines are those of `{home.id}`, but for the words of the names"
    return "; ".join([relation, *drift_between(project, home, cls).phrases()])


def _remedy(project: Project, found: RenamedGroup) -> str:
    home, copies = found.home, list(found.sites)
    ways = ways_to(project, home, found.reason, copies)
    advice = [
        f"Write `{way.statement}` in {way.paths} and use it there, or derive from it where something must differ."
        if way.statement
        else way.deed
        for way in ways
    ]
    return " ".join(filter(None, [kept(home, ways), *advice]))
