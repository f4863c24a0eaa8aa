"""What a scan is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ssot_lint.baseline.entry import Baseline


@dataclass(frozen=True, kw_only=True)
class Reference:
    """The violations that are known.

    ``against`` is what reports call them: the path of the baseline, a revision. ``today`` decides which entries are
    over. ``renames`` maps paths of the time of the baseline to those of today, as far as version control tells.
    ``listed`` are key and body of what was only listed then, as far as that is known: it is nobody's fault if others
    mend what they have of it, and the rest stands out.
    ``is_file``: it is what a baseline file has, to which a command can add.
    """

    baseline: Baseline
    against: str
    today: date
    renames: Mapping[str, str] = field(default_factory=dict)
    listed: frozenset[tuple[tuple[str, str, str], str]] = frozenset()
    is_file: bool = True
