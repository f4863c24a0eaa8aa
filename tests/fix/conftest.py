"""Makes the fixtures of :mod:`tests.fix.projects` known."""

from __future__ import annotations

from tests.fix.projects import fix

__all__ = ["fix"]
