"""SSOT101: one class, copied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Reach, Rule
from ssot_rules.analysis.bodies import Grade
from ssot_rules.analysis.remedies import listed_where_scattered
from ssot_rules.definitions._mirror_findings import mirror_findings
from ssot_rules.definitions._namesake_findings import finding_of, namesakes_of_grade, severity_of


@dataclass(frozen=True)
class DuplicateClass(Rule):
    """A class is defined in several modules with the same body.

    Why:
        The copies are equal today. The next fix reaches one of them, and from then on it depends on the import which
        behaviour a caller gets. An instance of one copy is no instance of the other: ``isinstance`` and ``except`` fail
        between them. Up to three fields that modules of one kind declare, each for itself, five in adapters of two
        systems, fewer than five lines without a method or in the base of what parallel modules have each of their own,
        and schemas that are the contract of a family of modules are information, unless four or more declare the same,
        or two modules have several such classes in common. So are classes that each part of the program sets from
        outside, or on which each module that alone uses its copy keeps something, such as ``_instance`` or a registry:
        one would overwrite what another has set. Functions that the two files have in common too are told with it. What
        comes over the wire is no copy of the data class that the program works with. Where none of them is the home
        yet, the severity is medium, and where copies in different folders would need a new module, or no package is
        around them, they are information. So are fewer than five lines that each module registers with something of its
        own, editions side by side (``v1/api.py``, ``v2/api.py``) and generations (``llama3``, ``llama4``), what
        variants keep in an ``_internal`` folder each, classes that say in their docstring, or in the comment above,
        that they repeat on purpose what is elsewhere, those of two modules one of which says at its top that it keeps a
        legacy contract (``Models of the legacy API.``), files that say at their top from which two projects elsewhere
        their code is, fewer than four statements with a method in distributions that each have one such class, fewer
        than ten around a module that has other contents beside each of them, and fewer than forty lines in
        distributions that know nothing of each other; examples, samples and templates of code are exempt.

    Bad:
        # shop/orders.py
        class OrderTotal:
            def __init__(self, net, tax):
                self.net = net
                self.tax = tax

            def gross(self):
                return self.net + self.tax
        # shop/invoices.py
        class OrderTotal:
            def __init__(self, net, tax):
                self.net = net
                self.tax = tax

            def gross(self):
                return self.net + self.tax

    Good:
        # shop/orders.py
        class OrderTotal:
            def __init__(self, net, tax):
                self.net = net
                self.tax = tax

            def gross(self):
                return self.net + self.tax
        # shop/invoices.py
        from shop.orders import OrderTotal

        def total_of(net, tax):
            return OrderTotal(net, tax).gross()

    Fix:
        Keep the definition that most modules import, delete the others and import it in their place.
    """

    code: ClassVar[str] = "SSOT101"
    name: ClassVar[str] = "duplicate-class"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.HIGH
    action: ClassVar[Action] = Action.MERGE
    covers: ClassVar[Mapping[str, Reach]] = MappingProxyType(
        dict.fromkeys(("SSOT120", "SSOT122", "SSOT209"), Reach.FILES)
    )

    def check(self, project: Project) -> Iterator[Finding]:
        for namesakes in namesakes_of_grade(project, self, Grade.IDENTICAL):
            yield listed_where_scattered(finding_of(project, self, namesakes, severity_of(project, namesakes)))
        yield from map(listed_where_scattered, mirror_findings(project, self, Grade.IDENTICAL))
