"""What the import rules tell people to write: carried out, it resolves, and nothing is found any more."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.project.resolve import Outcome
from ssot_lint.rules.rule import Rule
from ssot_lint.testing import findings, project_from
from ssot_rules.imports.broken_import import BrokenImport
from ssot_rules.imports.deprecated_import import DeprecatedImport
from ssot_rules.imports.import_path_variant import ImportPathVariant

STATEMENT = re.compile(r"`(from [\w.]+ import \w+(?:, \w+)*)`")


def applied(files: dict[str, str], found: Finding) -> dict[str, str]:
    """The files with the statements of the remedy, in place of the names they take at the sites."""
    changed = dict(files)
    statements = STATEMENT.findall(found.remedy)
    assert statements
    for site in sorted(found.sites, key=lambda site: -site.location.line):
        path = site.location.path
        changed[path] = "\n".join(rewritten(changed[path], site.location.line, statements)) + "\n"
    return changed


def rewritten(text: str, line: int, statements: list[str]) -> Iterator[str]:
    """The text, the names of a statement at ``line`` taken from where ``statements`` say."""
    new = {name: statement for statement in statements for name in statement.partition("import ")[2].split(", ")}
    lines = text.splitlines()
    nodes = [each for each in ast.walk(ast.parse(text)) if isinstance(each, ast.ImportFrom) and each.lineno == line]
    if not nodes:  # what is deprecated itself, which goes last
        yield from lines
        return
    node = nodes[0]
    yield from lines[: line - 1]
    kept = [alias.name for alias in node.names if alias.name not in new]
    if kept:
        yield " " * node.col_offset + f"from {'.' * node.level}{node.module} import {', '.join(kept)}"
    for alias in node.names:
        if alias.name in new:
            source = new[alias.name].partition(" import ")[0]
            yield (
                " " * node.col_offset
                + f"{source} import {alias.name}"
                + (f" as {alias.asname}" if alias.asname else "")
            )
    yield from lines[node.end_lineno or line :]


ORDERS = "class Order: ...\ndef net(): ...\n"
CASES: list[tuple[Rule, dict[str, str]]] = [
    (
        ImportPathVariant(),
        {
            "shop/orders.py": ORDERS,
            "shop/cart.py": "from shop.orders import Order, net\ndef total(order: Order): ...\n",
            "shop/report.py": "from .cart import Order as Bill, total\n",
            "shop/mail.py": "def send():\n    from shop.cart import Order\n    return Order\n",
            "shop/export.py": "from shop.orders import Order\n",
        },
    ),
    (
        BrokenImport(),
        {
            "shop/orders.py": ORDERS,
            "shop/report.py": "from shop.sales.orders import Order, net\n",
            "shop/mail.py": "def send():\n    from shop.sales.orders import Order as Bill\n    return Bill\n",
        },
    ),
    (
        BrokenImport(),
        {"shop/orders.py": ORDERS, "shop/cart.py": "", "shop/report.py": "from shop.cart import net\n"},
    ),
    (
        DeprecatedImport(),
        {
            "shop/orders.py": ORDERS,
            "shop/old.py": '"""DEPRECATED: use shop.orders.Order."""\nfrom shop.orders import Order\n',
            "shop/report.py": "from .old import Order as Bill\n",
            "shop/mail.py": "def send():\n    from shop.old import Order\n    return Order\n",
        },
    ),
]


@pytest.mark.parametrize(("rule", "files"), CASES)
def test_the_remedy_can_be_written_and_ends_the_finding(rule: Rule, files: dict[str, str]) -> None:
    shop = files | {"shop/__init__.py": ""}
    (finding,) = findings(rule, shop)
    mended = applied(shop, finding)
    assert findings(rule, mended) == []
    outcomes = {use.resolution.outcome for use in project_from(mended).imports}
    assert outcomes <= {Outcome.SYMBOL, Outcome.MODULE}
