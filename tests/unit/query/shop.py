"""A small project to ask about."""

from __future__ import annotations

from ssot_lint.model.component import Component
from ssot_lint.query.build import catalogue_of
from ssot_lint.query.compose import Composer
from ssot_lint.testing import project_from

BOOK = '''
class OrderBook(Base):
    """All orders of a shop."""

    def __init__(self, name, rate=1):
        self.name = name
        self.rate = rate
        self.orders = []

    def add(self, order):
        self.orders.append(order)
        self.count += 1
        return len(self.orders)


def get_order_book(name):
    return OrderBook(name)
'''
TOTAL = '''
def order_total(orders, rate):
    """The total."""
    total = 0
    for order in orders:
        total += order.amount
        total -= order.discount
        total -= order.refund
    return total * rate
'''
FILES = {
    "shop/__init__.py": "from shop.book import OrderBook\n",
    "shop/book.py": BOOK,
    "shop/sums.py": TOTAL,
    "shop/events.py": 'ORDER_PLACED = "order_placed"\nSIZES = ["small", "large"]\nlogger = make()\n',
    "shop/kinds.py": 'class Kind(Enum):\n    PAID = "order_paid"\n',
    "shop/till.py": "from shop.book import get_order_book\n\n\ndef open_till():\n    return get_order_book('till')\n",
    "shop/desk.py": "from shop import OrderBook\n\n\ndef open_desk():\n    emit('order_sent')\n",
    "shop/send.py": "from shop import OrderBook\n\n\ndef send():\n    emit('order_sent')\n",
    "tests/test_book.py": "from shop.book import OrderBook\n\n\nclass OrderBookDouble:\n    pass\n",
    "legacy/book.py": BOOK,
}


def asked_from(path: str = "", files: dict[str, str] | None = None, components: tuple[Component, ...] = ()) -> Composer:
    """Somebody who asks from the file at ``path`` of a project of these files."""
    catalogue = catalogue_of(project_from(FILES | (files or {})))
    return Composer(catalogue, components, catalogue.file_at(path) if path else None)
