"""Components for who watches a project that declares none: what `ssot-lint init` would propose."""

from __future__ import annotations

from pathlib import Path

from ssot_lint.commands.init import proposals_for
from ssot_lint.model.component import Component


def proposed_components(root: Path) -> tuple[Component, ...]:
    """The components that the code at ``root`` shows. Raises SsotLintError for a project that cannot be scanned."""
    return tuple(each.component for each in proposals_for(root).components)
