"""SSOT303 alias-proliferation."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.edits import Fix
from ssot_lint.model.finding import Finding, Home, Severity, Site
from ssot_lint.model.plan import Action
from ssot_lint.project.project import Project, home_of
from ssot_lint.project.symbols import ClassSymbol, Module
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted
from ssot_rules.analysis.edits import fix_alias, manual
from ssot_rules.analysis.factories import names_class
from ssot_rules.analysis.imports import Alias, exported_aliases, importers_by_name, is_private, place_of
from ssot_rules.analysis.layout import is_handwritten

# The word in the name of a folder that holds what a program has written.
_GENERATED = "generated"
_MOST_NAMES = 1
"""A class may have one further name: a rename under way, or the public name of a private class."""


@dataclass(frozen=True)
class AliasProliferation(Rule):
    """One class is exported under two or more further names.

    Why:
        Readers take every name for a class of its own and learn only by following assignments that three names are
        one thing. Searches find a part of the users, and each name ends up in signatures, logs and documentation.
        Names that say something else (one for each provider of what may differ one day) and names of generated classes
        are meant: they are listed, and so are those that ``__all__`` lists or a package passes on, each of them: who
        offers them will not take them away. Scored are several names in one module that have the class's own in them,
        and names of a private class.

    Bad:
        # shop/gateway.py
        class PaymentGateway:
            def charge(self): ...

        PaymentClient = PaymentGateway
        # shop/compatibility.py
        from shop.gateway import PaymentGateway

        StripeConnector = PaymentGateway

    Good:
        # shop/gateway.py
        class PaymentGateway:
            def charge(self): ...

        PaymentClient = PaymentGateway
        # shop/checkout.py
        from shop.gateway import PaymentGateway

    Fix:
        Choose one name, let everyone import the class under it, and delete the aliases. Keep at most the one that a
        rename needs, until its users have moved.
    """

    code: ClassVar[str] = "SSOT303"
    name: ClassVar[str] = "alias-proliferation"
    family: ClassVar[str] = "imports"
    severity: ClassVar[Severity] = Severity.INFO
    action: ClassVar[Action] = Action.MOVE_IMPORTS

    def check(self, project: Project) -> Iterator[Finding]:
        by_class: dict[ClassSymbol, list[Alias]] = defaultdict(list)
        for alias in project.derived(exported_aliases):
            if self.applies_to(alias.module):
                by_class[alias.target].append(alias)
        for cls in sorted(by_class, key=lambda symbol: symbol.sort_key):
            names = sorted({alias.name for alias in by_class[cls]})
            if len(names) > _MOST_NAMES:
                yield _finding(project, cls, names, by_class[cls])


def _finding(project: Project, cls: ClassSymbol, names: Sequence[str], aliases: Sequence[Alias]) -> Finding:
    if is_private(cls.name):
        return _private_finding(project, cls, names, aliases)
    count = project.importer_count(cls)
    return AliasProliferation.finding(
        subject=cls.id,
        message=f"class `{cls.name}` has {len(names)} further names: {', '.join(names)}",
        remedy=(
            f"Write `from {cls.module.name} import {cls.name}` wherever {' or '.join(names)} is used, "
            "then delete the aliases"
        ),
        home=home_of(cls, f"the definition; imported by {counted(count, 'module')} under any name"),
        sites=tuple(_site(alias, fix_alias(project, alias.module, alias.name, cls, cls.name)) for alias in aliases),
        evidence={"text": [_line(project, alias) for alias in aliases], "names": list(names)},
        severity=Severity.MEDIUM if _are_variations(cls, aliases) and not _are_offered(project, aliases) else None,
    )


def _are_offered(project: Project, aliases: Sequence[Alias]) -> bool:
    """Whether each alias is part of what a library offers: its module lists it, or a package passes it on."""
    return all(
        alias.name in (alias.module.facts.exports or ()) or any(map(_is_front, _users(project, alias)))
        for alias in aliases
    )


def _is_front(module: Module) -> bool:
    return module.source.is_package


def _are_variations(cls: ClassSymbol, aliases: Sequence[Alias]) -> bool:
    """Whether two names or more of one module are the class's own with something around it, and somebody wrote the
    class. Modules that have one each name their own part of a family."""
    around = {(alias.module, alias.name) for alias in aliases if names_class(alias.name, cls)}
    most = max(Counter(module for module, _ in around).values(), default=0)
    return most > _MOST_NAMES and is_handwritten(cls.module) and _GENERATED not in words(cls.module.name)


def _private_finding(project: Project, cls: ClassSymbol, names: Sequence[str], aliases: Sequence[Alias]) -> Finding:
    """A private class needs one public name: the one that most modules take."""
    kept = max(aliases, key=lambda alias: (_importers(project, alias), -aliases.index(alias)))
    others = [alias for alias in aliases if alias.name != kept.name]
    count = counted(_importers(project, kept), "module")
    return AliasProliferation.finding(
        subject=cls.id,
        message=f"private class `{cls.name}` has {len(names)} public names: {', '.join(names)}",
        remedy=(
            f"Write `from {kept.module.name} import {kept.name}` wherever "
            f"{' or '.join(sorted({alias.name for alias in others}))} is used, then delete the other aliases"
        ),
        home=Home(place_of(kept.module, kept.fact), kept.module.name, kept.id, f"imported from there by {count}"),
        sites=tuple(_site(alias, manual("the class needs one public name: decide which")) for alias in others),
        evidence={"text": [_line(project, alias) for alias in aliases], "names": list(names)},
        severity=Severity.MEDIUM,
    )


def _site(alias: Alias, fix: Fix) -> Site:
    message = f"`{alias.name}` is another name of {alias.target.id}"
    return Site(place_of(alias.module, alias.fact), alias.module.name, alias.id, message, fix=fix)


def _importers(project: Project, alias: Alias) -> int:
    return len(_users(project, alias))


def _users(project: Project, alias: Alias) -> Collection[Module]:
    return project.derived(importers_by_name).get((alias.module, alias.name), ())


def _line(project: Project, alias: Alias) -> str:
    place = f"{alias.module.path}:{alias.fact.line}"
    return f"{alias.name} in {place}, imported from there by {counted(_importers(project, alias), 'module')}"
