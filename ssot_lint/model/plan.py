"""The remediation plan: findings turned into ordered steps."""

from __future__ import annotations

from enum import Enum

import msgspec

from ssot_lint.model.edits import Safety
from ssot_lint.model.finding import Home, Location


class Action(Enum):
    """What kind of work it takes to resolve the findings of a rule."""

    MERGE = "merge"
    """Keep the home, delete the definitions at the sites, let their importers import the home."""
    MOVE_IMPORTS = "move imports"
    """Let whoever imports through a site import from the home; the site itself may stay."""
    REWRITE_IMPORTS = "rewrite imports"
    """Let the import statements at the sites import from the home."""
    EDIT = "edit"
    """Change the code at the sites; nobody else is affected."""


class Step(msgspec.Struct, frozen=True):
    """Findings of one cause as a piece of work, with whatever goes with the code that it deletes.

    ``number`` counts from 1 in the order of the plan; ``after`` holds the numbers of the steps to be done first.
    ``priority`` is 1, 2 or 3. ``title`` says in one imperative sentence what to do. ``ids`` are those of the violations
    it resolves, the findings' own first; ``resolves`` holds code and subject of each of its findings, the worst first,
    whose are ``code`` and ``subject``. ``delete`` are the definitions that go, ``importers`` the paths of the files
    whose imports move to ``keep``, which is None for an edit and where there is no home. ``files`` counts the files
    touched. ``points`` is what the score gains when the steps before it are done. ``fix`` says
    whether `ssot-lint fix` can do it, ``obstacle`` why not, or not safely, as a clause.
    """

    number: int
    priority: int
    action: Action
    title: str
    code: str
    subject: str
    ids: tuple[str, ...]
    resolves: tuple[tuple[str, str], ...]
    keep: Home | None
    delete: tuple[Location, ...]
    importers: tuple[str, ...]
    files: int
    points: float
    after: tuple[int, ...]
    fix: Safety = Safety.MANUAL
    obstacle: str = ""


class Plan(msgspec.Struct, frozen=True):
    """All steps in order, and the score before the first and after the last one."""

    steps: tuple[Step, ...]
    score_before: float
    score_after: float
