"""The scripts and styles of the page, and what its content security policy says about them.

The scripts are ES modules in ``static``. A page that opens from a disk cannot import files, so they are written into
one script, each as a function of its own that returns what it exports, after those that it imports.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from importlib.resources import files

_IMPORT = re.compile(r'^import (?P<names>\{[^}]*\}) from "\./(?P<name>\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (?P<name>\w+))", re.MULTILINE)


def script() -> str:
    """All modules that ``main.js`` needs, as the text of one module script."""
    return "".join(_modules("main", set()))


def style() -> str:
    """The style sheet."""
    return _read("style.css")


def policy(script_text: str, style_text: str) -> str:
    """The content security policy of a page: these two run and count, nothing else does, nothing is loaded."""
    return (
        f"default-src 'none'; script-src '{_digest(script_text)}'; style-src '{_digest(style_text)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _modules(name: str, seen: set[str]) -> Iterator[str]:
    if name not in seen:
        seen.add(name)
        text = _read(f"{name}.js")
        for found in _IMPORT.finditer(text):
            yield from _modules(found["name"], seen)
        yield _as_function(name, text)


def _as_function(name: str, text: str) -> str:
    exported = ", ".join(found["name"] for found in _EXPORT.finditer(text))
    body = _EXPORT.sub("", _IMPORT.sub(r"const \g<names> = module_\g<name>;\n", text))
    return f"const module_{name} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


def _read(name: str) -> str:
    return (files(__package__) / "static" / name).read_text("utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
