"""What there is today beside the violations: it tells whether an old one is gone, moved or renamed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Present:
    """The code of today, as far as it was looked at.

    ``is_unseen`` tells of a path whether the file is there but was not scanned: what it held is not gone. ``has_file``
    tells whether there is a file at a path; ``has_name`` whether a class, function or variable has that name anywhere,
    ``has_class`` whether a class has it. The defaults are those of somebody who knows nothing: all is there still.
    """

    is_unseen: Callable[[str], bool] = lambda _: False
    has_file: Callable[[str], bool] = lambda _: True
    has_name: Callable[[str], bool] = lambda _: True
    has_class: Callable[[str], bool] = lambda _: False


NOTHING_KNOWN = Present()
