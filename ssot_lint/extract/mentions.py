"""Which names a text has, wherever they stand: what nobody mentions, nobody uses."""

from __future__ import annotations

import re
from unicodedata import normalize

from ssot_lint.model.facts import mention_of

_NAME = re.compile(r"(?<!\bdef )(?<!\bclass )\b[^\W\d]\w+")


def mentions(text: str) -> bytes:
    """All names of at least two characters in a text but those that it defines, comments and strings included, as
    :func:`mention_of` gives them; sorted."""
    if not text.isascii():
        text = normalize("NFKC", text)
    return b"".join(sorted({mention_of(name) for name in _NAME.findall(text)}))
