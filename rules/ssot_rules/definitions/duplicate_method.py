"""SSOT124: one body, several methods."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.remedies import listed_where_scattered, listed_without_home
from ssot_rules.definitions._method_findings import copies_finding
from ssot_rules.definitions._method_groups import by_classes, classes_finding
from ssot_rules.definitions._methods import MethodAnalysis, MethodCopies


@dataclass(frozen=True)
class DuplicateMethod(Rule):
    """A method has the same body in several classes: from four statements on, scored from six, of two from seven.

    Why:
        What two classes do alike has no place of its own, so each keeps a copy, and a fix reaches one of them. Equal
        bodies count, and methods of one name with at least six equal lines that are three quarters of them; these are
        information where no class is there to hold them. Exempt are
        constructors that only keep what they are given, special methods, properties and public methods that an
        ancestor asks for while they are short, hooks that call the one they extend while they are short, handlers of a
        library's events (``mouseMoveEvent``) of fewer than nine statements, a method that waits beside one that does
        not, implementations of one method that differ, doubles, and copies that the rules on classes report as a whole.
        Several methods of the very same classes are one finding, with the shorter ones that all of these have word for
        word and with what only some of them share, where each has a method of that name and their common ancestor is
        that of others too. Information is what stands in modules that are written in different packages for networks
        (``tensorflow`` here, ``torch`` there), what two
        or three plug-ins do alike of what their host asks them all for, one method of fewer than thirty statements that
        two or three classes have in common by chance, because eight or more of one base, or of one package that are
        called alike, have one of that name, a short method of two classes that have nothing in common, copies that say
        in their docstring, or in a comment above, that they repeat on purpose what is elsewhere, fewer than twenty
        statements that a library asks of each part of a network (``forward``, ``_init_weights``) in classes of no base
        in common, several near copies that have less than four fifths of their lines in common where no class can hold
        them, and what would need a new module in the outermost package, because the classes have no other in
        common.

    Bad:
        # shop/till.py
        class Till:
            def settle(self, rows, rate):
                total = sum(row.amount for row in rows)
                if total > 100:
                    total -= 5
                if total > 500:
                    total -= 20
                return round(total * rate, 2)
        # shop/register.py
        class Register:
            def settle(self, rows, rate):
                total = sum(row.amount for row in rows)
                if total > 100:
                    total -= 5
                if total > 500:
                    total -= 20
                return round(total * rate, 2)

    Good:
        # shop/settling.py
        def settled(rows, rate):
            total = sum(row.amount for row in rows)
            if total > 100:
                total -= 5
            if total > 500:
                total -= 20
            return round(total * rate, 2)
        # shop/till.py
        from shop.settling import settled

        class Till:
            def settle(self, rows, rate):
                return settled(rows, rate)

    Fix:
        Delete the copy that nothing calls. Where the classes have an ancestor that is not that of others too, move the
        method there; where a function does the same, call it; otherwise make it a function, or a base class of classes
        that are of one kind, and use that: in the module of one of them where the others import that already.
    """

    code: ClassVar[str] = "SSOT124"
    name: ClassVar[str] = "duplicate-method"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.MEDIUM
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        finding = project.judging(self._finding_of)
        for group in by_classes(project, project.derived(MethodAnalysis(self.zones)), self.zones):
            yield finding(group)

    def _finding_of(self, project: Project, group: tuple[MethodCopies, ...]) -> Finding:
        finding = classes_finding(project, self, group) if len(group) > 1 else self._finding(project, group[0])
        return listed_where_scattered(finding, at_top=not group[0].functions)

    def _finding(self, project: Project, copies: MethodCopies) -> Finding:
        severity = Severity.INFO if copies.is_minor(project) else None
        finding = copies_finding(project, self, copies.methods, copies.functions, _complaint(copies), severity)
        return finding if copies.is_equal else listed_without_home(finding)


def _complaint(copies: MethodCopies) -> str:
    found = sorted({method.name for method in copies.methods})
    names, plural = listed([f"`{name}`" for name in found]), "s" if len(found) > 1 else ""
    statements = counted(copies.methods[0].fact.body.statements, "statement")
    beside = f" and in {counted(len(copies.functions), 'function')}" if copies.functions else ""
    classes = counted(len(copies.methods), "class")
    if copies.is_equal:
        return f"the body of method{plural} {names} stands in {classes}{beside} ({statements})"
    return f"method {names} has nearly the same body in {classes}"
