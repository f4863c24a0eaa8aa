"""The colours of pictures, as ``#rrggbb``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ssot_lint.model.picture import Role


class Colors(NamedTuple):
    """Those of a node. The text has one of its own: the page around it may be dark."""

    fill: str
    border: str
    text: str


COLORS: Mapping[Role, Colors] = {
    Role.HOME: Colors("#dafbe1", "#1a7f37", "#1f2328"),
    Role.SITE: Colors("#ffebe9", "#cf222e", "#1f2328"),
}
"""Green for a home, red for a site; the others look as usual."""
