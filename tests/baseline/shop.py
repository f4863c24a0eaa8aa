"""A project in a git repository, its violations, and their lines in a baseline."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

BASELINE = "ssot-lint-baseline.jsonl"
ORDER = '''
class OrderBook:
    """Keeps orders."""

    def add(self, order):
        key = order["id"]
        self.orders[key] = order
        return key

    def total(self):
        return sum(order["price"] for order in self.orders.values())
'''
REFORMATTED_ORDER = '''# moved down


class OrderBook:
    def add(
        self,
        order,
    ):  # a comment
        """A docstring."""
        key = order['id']

        self.orders[key] = (order)
        return key

    def total(self):
        return sum(order['price']
                   for order in self.orders.values())
'''
CART = """
class Cart:
    def __init__(self, owner):
        self.owner = owner

    def put(self, item, count):
        for _ in range(count):
            self.items.append(item)
        return len(self.items)
"""
ORDER_LINE = '{"rule":"SSOT101","subject":"OrderBook","site":"shop/b.py::OrderBook","body":"1320b478a872"}\n'
CART_LINE = '{"rule":"SSOT101","subject":"Cart","site":"shop/d.py::Cart","body":"8f229ee53acd"}\n'


class Repository:
    """A git repository of somebody without a configuration."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        identity = {
            f"GIT_{role}_{key}": value
            for role in ("AUTHOR", "COMMITTER")
            for key, value in (("NAME", "Ada"), ("EMAIL", "ada@example.org"))
        }
        environment = {**os.environ, **identity, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=environment, check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    def write(self, path: str, text: str) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def commit(self) -> str:
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "change")
        return self.git("rev-parse", "--short=10", "HEAD")


HEADER = '{"ssot_lint_baseline": 1}\n'
