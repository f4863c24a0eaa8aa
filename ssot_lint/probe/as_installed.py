"""Imports modules of ours as they were installed.

pytest reads and compiles all modules of the distribution of a plugin by itself, to rewrite their asserts. Ours have
none, and reading them so takes twice the time.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest


@contextmanager
def as_installed(config: pytest.Config) -> Iterator[None]:
    """Leave imports to Python alone, meanwhile."""
    rewriting = id(config.pluginmanager.rewrite_hook)
    hooks = [pair for pair in enumerate(sys.meta_path) if id(pair[1]) == rewriting]
    for _, hook in hooks:
        sys.meta_path.remove(hook)
    try:
        yield
    finally:
        for index, hook in hooks:
            sys.meta_path.insert(index, hook)
