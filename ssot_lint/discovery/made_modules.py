"""Modules that are made from a file that is not Python yet: copied from an example, filled in, or compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.discovery.paths import is_importable

_FILLED = re.compile(
    r"(.+)\.py[.-](?:in|j2|jinja2?|mako|tmpl|tpl|template|example|sample|dist|default|skel|orig)", re.IGNORECASE
)
"""``config.py.example``, ``version.py.in``."""
_WORD = "example|sample|template|dist|default|defaults"
_COPIED = re.compile(rf"(.+)[._-](?:{_WORD})\.py|(?:example|sample|template)[._-](.+)\.py", re.IGNORECASE)
"""``config.example.py``, ``settings_template.py``, ``example_config.py``."""
_COMPILED = {
    ".g4": ("{}", "{}Lexer", "{}Parser", "{}Listener", "{}Visitor"),
    ".qrc": ("{}_rc", "rc_{}", "qrc_{}"),
    ".ui": ("ui_{}", "Ui_{}", "{}_ui"),
}
"""What ANTLR and Qt make of their files, wherever they are told to put it."""


def filled_from(name: str) -> Iterator[str]:
    """The names of modules that somebody makes beside a file called ``name``, which shows what is to stand there."""
    found = _FILLED.fullmatch(name) or _COPIED.fullmatch(name)
    if found is not None:
        yield from (each for each in found.groups() if each and is_importable(each))


def compiled_from(name: str) -> Iterator[str]:
    """The names of modules that a compiler of another language makes of a file called ``name``."""
    stem, dot, ending = name.rpartition(".")
    yield from (made for form in _COMPILED.get(dot + ending, ()) if is_importable(made := form.format(stem)))
