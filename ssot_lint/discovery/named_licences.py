"""Licence files that are named for one of the modules beside them: its code is from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ssot_lint.discovery.paths import module_path

_LICENCE = re.compile(r"(?:licen[cs]e|copying)[-_.](?P<covered>[a-z][\w.]{2,})", re.IGNORECASE)
_KINDS = frozenset({"agpl", "apache", "bsd", "gpl", "isc", "lgpl", "mit", "mpl", "psf", "unlicense", "zlib"})
_SUFFIXES = frozenset({"html", "markdown", "pdf", "rst", "txt"})


def licence_of_others(names: Iterable[str]) -> str:
    """The file among ``names``, those of one folder, that is the licence of a module there (``LICENSE-SwinIR`` beside
    ``swinir.py``); empty without one. A licence named for its kind is the folder's own."""
    held = sorted(names)
    modules = [module_path(name).lower() for name in held if name.endswith(".py")]
    for name in held:
        match = _LICENCE.fullmatch(name)
        covered = match["covered"].lower() if match else ""
        if covered and covered not in _SUFFIXES | _KINDS and any(module.startswith(covered) for module in modules):
            return name
    return ""
