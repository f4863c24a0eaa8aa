"""SSOT106: a file that was copied whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar

from ssot_lint.model.edits import DeleteFile, Fix, Safety
from ssot_lint.model.finding import Finding, Severity, Site
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.project import Project, site_within
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module
from ssot_lint.rules.rule import Reach, Rule
from ssot_lint.text.wording import listed
from ssot_rules.analysis.edits import fix_statement, manual
from ssot_rules.analysis.imports import module_home
from ssot_rules.analysis.places import common_place
from ssot_rules.analysis.reaching import obstacle_between
from ssot_rules.analysis.remedies import listed_where_scattered
from ssot_rules.analysis.standing import is_settled
from ssot_rules.definitions._copied_modules import (
    Copied,
    CopiedModules,
    definitions,
    first_definition,
    meant_otherwise,
)
from ssot_rules.definitions._duplicates import MIRRORED_NAMES

_SAID_OF_PARTS = (
    *("SSOT101", "SSOT102", "SSOT103", "SSOT104", "SSOT105", "SSOT120", "SSOT121", "SSOT122", "SSOT123", "SSOT124"),
    *("SSOT130", "SSOT131", "SSOT140", "SSOT141", "SSOT142", "SSOT209"),
)
_MOST_PATHS = 3
_BOTH = 2
_DELETED = "the file is deleted: what names it in settings or in other projects finds nothing"


@dataclass(frozen=True)
class CopiedModule(Rule):
    """All that a file defines stands in another file in the same words.

    Why:
        Whoever corrects one of the two does not know of the other. Class by class and function by function there are
        many ways out; of the whole file there is one: it can go. The severity is medium where the copies have no
        classes, nothing uses them, or none of the files is the home yet; where such files in different folders would
        need a new module, or no package is around them, they are information. Where nothing imports any of them, a
        loader may find each by its path: that is information, too, and so is a file in whose copy a name stands for a
        module of other contents: `constants` of another provider.

    Bad:
        # shop/orders.py
        RATES = {"home": 3, "island": 15}

        def shipping_cost(weight, zone):
            cost = RATES[zone]
            if weight > 10:
                cost += (weight - 10) * 0.4
            if cost > 100:
                cost = 100
            return round(cost, 2)
        # shop/quotes.py
        from shop.orders import shipping_cost

        def quoted(order):
            return shipping_cost(order.weight, order.zone)
        # shop/shipping.py
        RATES = {"home": 3, "island": 15}

        def shipping_cost(weight, zone):
            cost = RATES[zone]
            if weight > 10:
                cost += (weight - 10) * 0.4
            if cost > 100:
                cost = 100
            return round(cost, 2)

    Good:
        # shop/orders.py
        RATES = {"home": 3, "island": 15}

        def shipping_cost(weight, zone):
            cost = RATES[zone]
            if weight > 10:
                cost += (weight - 10) * 0.4
            if cost > 100:
                cost = 100
            return round(cost, 2)
        # shop/quotes.py
        from shop.orders import shipping_cost

        def quoted(order):
            return shipping_cost(order.weight, order.zone)

    Fix:
        Delete the file that was copied, and import from the other one what others have taken from it.
    """

    code: ClassVar[str] = "SSOT106"
    name: ClassVar[str] = "copied-module"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.HIGH
    covers: ClassVar[Mapping[str, Reach]] = MappingProxyType(dict.fromkeys(_SAID_OF_PARTS, Reach.FILES))

    def check(self, project: Project) -> Iterator[Finding]:
        for copied in project.derived(CopiedModules(self.zones)):
            yield listed_where_scattered(_finding(project, copied))


def _finding(project: Project, copied: Copied) -> Finding:
    obstacle, own = _obstacle(project, copied), meant_otherwise(project, copied)
    users = sorted({user.path for copy in copied.copies for user in project.importers_of_module(copy)})
    return CopiedModule.finding(
        subject=_subject(copied),
        message=_message(copied),
        remedy=_remedy(project, copied, users, obstacle, own),
        home=module_home(copied.home, copied.reason),
        home_stays=not obstacle and not own,
        sites=tuple(_site(project, copied, copy, obstacle, own) for copy in copied.copies),
        evidence={
            "text": [f"{copy.path} is imported by {_named(project, copy)}" for copy in copied.copies],
            "modules": [module.name for module in (copied.home, *copied.copies)],
        },
        severity=Severity.INFO if own else _severity(project, copied, users, obstacle),
        also_changes=users,
    )


def _severity(project: Project, copied: Copied, users: Sequence[str], obstacle: str) -> Severity | None:
    """Information where nothing imports any of the files: what finds one by its path finds the others so, too. Medium
    without classes, whose copies are no instances of each other, and where no copy is used or none is the home yet."""
    if not users and not project.importers_of_module(copied.home):
        return Severity.INFO
    return None if copied.has_classes and users and not obstacle else Severity.MEDIUM


def _subject(copied: Copied) -> str:
    """What a few definitions are called, as where each is told for itself; the modules of more, as of mirrors."""
    names = sorted({symbol.name for copy in copied.copies for symbol in definitions(copy)})
    modules = sorted(module.name for module in (copied.home, *copied.copies))
    return ", ".join(names) if len(names) < MIRRORED_NAMES else " and ".join(modules)


def _message(copied: Copied) -> str:
    paths = listed([copy.path for copy in copied.copies], most=_MOST_PATHS)
    if len(copied.copies) > 1:
        return f"{paths} are copies of {copied.home.path}: all that they define stands there too"
    what = "both things" if copied.count == _BOTH else f"all {copied.count} things"
    return f"{paths} is a copy of {copied.home.path}: {what} that it defines stand there too"


def _named(project: Project, module: Module) -> str:
    users = sorted(user.path for user in project.importers_of_module(module))
    return listed(users, most=_MOST_PATHS) if users else "nothing"


def _remedy(project: Project, copied: Copied, users: Sequence[str], obstacle: str, own: Sequence[str]) -> str:
    paths = listed([copy.path for copy in copied.copies], most=_MOST_PATHS)
    symbols = [first_definition(module) for module in (copied.home, *copied.copies)]
    if own:
        names = listed([f"`{name}`" for name in own])
        return (
            f"Move what is the same to {common_place(project, symbols)}, and let it be given what {names} "
            f"{'has' if len(own) == 1 else 'have'}: each of the files takes another module for that."
        )
    if obstacle:
        return (
            f"Move {copied.home.path} to {common_place(project, symbols)}, import from there, and delete {paths}: "
            f"{obstacle}."
        )
    if not users:
        is_run = any(copy.facts.is_runnable for copy in copied.copies)
        them, by = ("it", "its path") if len(copied.copies) == 1 else ("them", "their paths")
        loaded = "starts or loads" if is_run else "loads"
        return f"Delete {paths}, unless something {loaded} {them} by {by}: nothing imports {them}."
    return f"Delete {paths} and import from {copied.home.name} in {listed(users, most=_MOST_PATHS)}."


def _obstacle(project: Project, copied: Copied) -> str:
    """Why what takes something from the copies cannot take it from the home, as a clause; empty where it can."""
    original = first_definition(copied.home)
    takers = (sorted(project.importers_of_module(copy), key=lambda module: module.path) for copy in copied.copies)
    users = [user for each in takers for user in each if user is not copied.home]
    found = (obstacle_between(project, user, original) for user in users)
    used = [first_definition(copy) for copy in copied.copies if project.importers_of_module(copy)]
    if obstacle := next(filter(None, found), ""):
        return obstacle
    return "" if is_settled(project, original, copied.reason, used) else "nothing tells which of them came first"


def _site(project: Project, copied: Copied, copy: Module, obstacle: str, own: Sequence[str]) -> Site:
    named = f"{listed([f'`{name}`' for name in own])} {'is' if len(own) == 1 else 'are'} something else there"
    reason = named if own else obstacle
    fix = manual(reason) if reason else _fix(project, copied.home, copy)
    message = f"the same as {copied.home.path}{f'; {named}' if own else ''}"
    return site_within(copy, MODULE_SCOPE, first_definition(copy).location, message, fix)


def _fix(project: Project, home: Module, copy: Module) -> Fix:
    """Delete the file; what is imported from it is imported from the home."""
    users = sorted(project.importers_of_module(copy), key=lambda module: module.path)
    uses = [use for user in users for use in project.imports_in(user) if _is_from(use, copy)]
    if any(use.importer is home for use in uses):
        return manual(f"{home.name} imports the copy")
    moved = fix_statement(project, uses, copy, home)
    if uses and not moved.is_automatic:
        return moved
    return Fix(Safety.UNSAFE, (*moved.edits, DeleteFile(copy.path)), _DELETED)


def _is_from(use: ImportReference, module: Module) -> bool:
    return use.source is module or use.resolution.module is module
