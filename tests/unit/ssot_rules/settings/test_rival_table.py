from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.settings.rival_table import RivalTable

BASE = "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): pass\n"
ORDER = "class Order(Base):\n    __tablename__ = 'orders'\n"
ROW = "class Row(Base):\n    __tablename__ = 'orders'\n"


def found(sources: dict[str, str]) -> list[Finding]:
    return findings(RivalTable(), {"shop/__init__.py": ""} | sources)


def rivals(text: str) -> list[str]:
    return [site.symbol for finding in found({"shop/models.py": text}) for site in finding.sites]


def test_two_classes_of_one_table() -> None:
    user = "from shop.models import Order\n"
    row = f"from shop.models import Base\n{ROW}"
    (finding,) = found({"shop/models.py": BASE + ORDER, "shop/row.py": row, "shop/user.py": user})
    assert finding.subject == "orders"
    assert finding.message == (
        "table `orders` is mapped by 2 classes: keep shop.models:Order, "
        "the only one that the others can import without a circle"
    )
    assert finding.remedy == "Use shop.models:Order in place of shop.row:Row"
    assert [(site.symbol, site.message) for site in finding.sites] == [
        ("shop.row:Row", "maps the table `orders` of `shop.models:Order` again")
    ]


@pytest.mark.parametrize(
    "base",
    [
        "from sqlalchemy.ext.declarative import declarative_base\nBase = declarative_base()\n",
        "from sqlalchemy.orm import DeclarativeBase as D\nclass R(D): pass\nclass Base(R):\n    __abstract__ = True\n",
    ],
)
def test_every_kind_of_base(base: str) -> None:
    assert rivals(base + ORDER + ROW) == ["shop.models:Row"]


@pytest.mark.parametrize(
    "row",
    [
        "class Row(Order):\n    __tablename__ = 'orders'\n",
        "class Row(Base):\n    __tablename__ = 'rows'\n",
        "class Row(Base):\n    __tablename__ = f'{PREFIX}orders'\n",
        "class Row(Base):\n    __tablename__ = 'orders'\n    __table_args__ = {'schema': 'x'}\n",
        "class Row(Base):\n    __tablename__ = 'orders'\n    __table_args__ = dict(extend_existing=True)\n",
        "class Row(Base):\n    __tablename__ = 'orders'\n    metadata = other\n",
        "class Row(Base):\n    __tablename__ = 'orders'\n    __abstract__ = True\n",
        "class Row:\n    __tablename__ = 'orders'\n",
        f"try:\n    import x\nexcept ImportError:\n    {ROW.replace(chr(10), chr(10) + '    ')}\n",
    ],
)
def test_no_rivals(row: str) -> None:
    assert rivals(BASE + ORDER + row) == []


def test_migrations_keep_models_of_their_own() -> None:
    row = f"from shop.models import Base\n{ROW}"
    assert found({"shop/models.py": BASE + ORDER, "shop/migrations/versions/one.py": row}) == []


def test_a_schema_is_no_table() -> None:
    fields = "from sqlmodel import SQLModel\nclass Order(SQLModel, table=True):\n    __tablename__ = 'orders'\n"
    assert rivals(f"{fields}class Read(SQLModel):\n    __tablename__ = 'orders'\n") == []
    assert rivals(f"{fields}class Row(SQLModel, table=True):\n    __tablename__ = 'orders'\n") == ["shop.models:Row"]
