"""How what is installed is installed again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib.metadata import Distribution

from ssot_lint.text.sanitize import path_of_uri

_ORIGIN = "direct_url.json"
"""What pip notes of a distribution that comes from no index (PEP 610)."""


def with_extras(installed: Distribution, extras: Iterable[str]) -> str:
    """The command that adds ``extras`` to what is installed, from where it came: an index, a folder or a repository."""
    wanted = f"[{','.join(extras)}]"
    origin = json.loads(installed.read_text(_ORIGIN) or "{}")
    url = str(origin.get("url", ""))
    if url.startswith("file:"):
        option = "-e " if origin.get("dir_info", {}).get("editable") else ""
        return f"pip install {option}'{path_of_uri(url)}{wanted}'"
    named = f"{installed.name}{wanted}"
    if not url:
        return f"pip install '{named}'"
    source = origin.get("vcs_info", {})
    place = f"{source['vcs']}+{url}@{source['commit_id']}" if source else url
    return f"pip install '{named} @ {place}'"
