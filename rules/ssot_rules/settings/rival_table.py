"""SSOT604 rival-table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.facts import BindingKind, StringContext
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.plan import Action
from ssot_lint.model.syntax import Guard
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol, Module, Symbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.class_kinds import outer_bases, variable_bases
from ssot_rules.analysis.layout import is_handwritten
from ssot_rules.analysis.literals import string_of

_DJANGO_MODELS = frozenset({"django.db.models.Model", "django.contrib.gis.db.models.Model"})
_SQLMODEL = frozenset({"sqlmodel.SQLModel", "sqlmodel.main.SQLModel"})
_REGISTRIES = frozenset({"sqlalchemy.orm.DeclarativeBase", "sqlalchemy.orm.DeclarativeBaseNoMeta"})
_ELSEWHERE = frozenset({"__bind_key__", "metadata", "registry"})
"""Class variables by which a table may lie elsewhere than those of the same base."""

_SHARING_KEYS = frozenset({"extend_existing", "keep_existing", "schema"})
"""Keys of ``__table_args__`` by which two classes may name one table, or tables of one name be two."""

_UNMANAGED = ("managed", "proxy", "abstract", "app_label")


@dataclass(frozen=True)
class RivalTable(Rule):
    """Two mapped classes of one database name the same table.

    Why:
        SQLAlchemy refuses the second one when it is imported, which may be on one machine only; with Django both read
        and write the rows, each with columns and checks that the other does not know.
        Ships as an inventory: of 2 findings drawn on unseen code 0 were worth acting on as told.

    Bad:
        # shop/base.py
        from sqlalchemy.orm import DeclarativeBase

        class Base(DeclarativeBase):
            pass
        # shop/orders.py
        from shop.base import Base

        class Order(Base):
            __tablename__ = "orders"
        # shop/reports.py
        from shop.base import Base

        class OrderRow(Base):
            __tablename__ = "orders"

    Good:
        # shop/base.py
        from sqlalchemy.orm import DeclarativeBase

        class Base(DeclarativeBase):
            pass
        # shop/orders.py
        from shop.base import Base

        class Order(Base):
            __tablename__ = "orders"
        # shop/reports.py
        from shop.orders import Order

        def report(session):
            return session.query(Order).all()

    Fix:
        Keep one class for the table and import it; or say what the second one is: a view with `managed = False`, a
        subclass, a table of another schema.
    """

    code: ClassVar[str] = "SSOT604"
    name: ClassVar[str] = "rival-table"
    family: ClassVar[str] = "settings"
    severity: ClassVar[Severity] = Severity.INFO
    action: ClassVar[Action] = Action.MERGE

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per table."""
        by_table: dict[tuple[Symbol | str, str, str], list[ClassSymbol]] = defaultdict(list)
        for cls, database, table in project.gathered(_tables_in):
            if self.applies_to(cls.module):
                by_table[database, table, cls.module.source.root].append(cls)
        for (_, table, _), classes in by_table.items():
            rivals = [cls for cls in classes if not _inherits_one(project, cls, classes)]
            for group in project.comparable_groups(rivals):
                if len(group) > 1:
                    yield _finding(project, table, group)


def _tables_in(project: Project, module: Module) -> tuple[tuple[ClassSymbol, Symbol | str, str], ...]:
    """The classes that have a table, with the database and the name of that."""
    classes = (cls for cls in module.top_level_classes if cls.fact.guard is Guard.NONE and is_handwritten(module))
    # Few classes name a table, and it takes a while to find out what they inherit from.
    named = ((cls, table) for cls in classes if (table := _table_of(cls)))
    return tuple((cls, database, table) for cls, table in named if (database := _database_of(project, cls)) is not None)


def _database_of(project: Project, cls: ClassSymbol) -> Symbol | str | None:
    """What the tables of a class's database have in common; None where it cannot be told."""
    bases = outer_bases(project, cls)
    if any(fact.name == "__abstract__" for fact in cls.module.class_variables(cls)):
        return None
    declared = [ancestor for ancestor in project.ancestry(cls) if _is_registry(project, ancestor)]
    if any(_is_apart(ancestor) for ancestor in project.ancestry(cls) if ancestor not in declared):
        return None
    if not bases.isdisjoint(_DJANGO_MODELS):
        return "django"
    if not bases.isdisjoint(_SQLMODEL):
        return "sqlmodel" if ("table", "True") in cls.fact.keywords else None
    found = {*declared, *variable_bases(project, cls), *_extensions(project, cls)}
    return found.pop() if len(found) == 1 else None


def _is_registry(project: Project, cls: ClassSymbol) -> bool:
    """Whether all that inherits from a class is in one registry of tables."""
    return any(base.external in _REGISTRIES for base in project.resolver.bases(cls))


def _extensions(project: Project, cls: ClassSymbol) -> frozenset[Symbol]:
    """The objects of Flask-SQLAlchemy of whose ``Model`` a class and its ancestors inherit."""
    found = {
        project.resolve(ancestor.module, ancestor.fact.parent, base.removesuffix(".Model")).symbol
        for ancestor in project.ancestry(cls)
        for base in ancestor.fact.bases
        if base.endswith(".Model")
    }
    return frozenset(symbol for symbol in found if symbol is not None and not isinstance(symbol, ClassSymbol))


def _is_apart(cls: ClassSymbol) -> bool:
    """Whether a class says that its table may be another, or may have several classes."""
    module = cls.module
    own = module.class_variables(cls)
    if any(fact.name in _ELSEWHERE for fact in own):
        return True
    texts = [fact.value.arguments_text for fact in own if fact.name == "__table_args__" and fact.value is not None]
    keys = {
        fact.value
        for fact in module.facts.strings
        if fact.scope == cls.fact.scope and fact.context is StringContext.DICT_KEY
    }
    return bool(keys & _SHARING_KEYS) or any(key in text for text in texts for key in _SHARING_KEYS)


def _table_of(cls: ClassSymbol) -> str:
    """The table that a class names, as a literal; empty for none."""
    meta = cls.module.member(cls, "Meta")
    if isinstance(meta, ClassSymbol):
        own = {fact.name: fact.value for fact in cls.module.class_variables(meta)}
        return "" if any(name in own for name in _UNMANAGED) else _literal(cls, meta, "db_table")
    return _literal(cls, cls, "__tablename__")


def _literal(cls: ClassSymbol, holder: ClassSymbol, name: str) -> str:
    found = [
        fact.value.text
        for fact in cls.module.class_variables(holder)
        if fact.name == name and fact.kind in (BindingKind.ASSIGN, BindingKind.ANNOTATED) and fact.value is not None
    ]
    return (string_of(found[0]) or "") if len(found) == 1 else ""


def _inherits_one(project: Project, cls: ClassSymbol, classes: Sequence[ClassSymbol]) -> bool:
    return not set(classes).isdisjoint(project.ancestry(cls)[1:])


def _finding(project: Project, table: str, classes: Sequence[ClassSymbol]) -> Finding:
    home, reason = project.home_among(classes)
    others = [cls for cls in classes if cls is not home]
    return RivalTable.finding(
        subject=table,
        message=f"table `{table}` is mapped by {counted(len(classes), 'class')}: keep {home.id}, {reason}",
        remedy=f"Use {home.id} in place of {listed([cls.id for cls in others])}",
        home=home_of(home, reason),
        sites=[site_of(cls, f"maps the table `{table}` of `{home.id}` again") for cls in others],
        evidence={
            "table": table,
            "text": [f"{cls.module.path}:{cls.fact.line} class `{cls.name}`" for cls in (home, *others)],
        },
    )
