"""What a file says of where its code comes from, and of what it does without on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.extract.header import header_of

_LINES = 60
"""Of a header: a licence of 30 lines may stand before each of two notes."""
_HOSTS = r"(?:github|gitlab|bitbucket|codeberg|huggingface|raw\.githubusercontent)\.(?:com|org|co)"
_TAKEN = r"(?:copied|adapted|adopted|taken|borrowed|ported|forked|derived|vendored|lifted|modified|extracted)"
_PROVENANCE = re.compile(
    rf"""
    (?: \b{_TAKEN}\b [^\n]{{0,100}}? \bfrom\b | \bbased\ on\b | ^\W*(?:from|source|origin|original)\s*: )
    [^\n]{{0,60}} (?:\n[^\n]{{0,60}})?? https?://(?:www\.)?{_HOSTS}/(?P<owner>[\w.-]+)/(?P<name>[\w.-]+)
    """,
    re.IGNORECASE | re.VERBOSE | re.MULTILINE,
)

_APART = re.compile(
    r"[Ww]ithout (?:importing|depending on|a dependency on)\b"
    r"|[Aa]void(?:s|ing)? (?:importing|depending on|an? (?:hard |runtime |heavy )?dependency)\b"
    r"|(?:[Mm]ust not|cannot|can't|may not) depend on\b|[Mm]ust not import |(?:cannot|can't) import from\b"
    r"|[Mm]atch(?:es|ing) (?:the )?(?:[\w.-]+ ){0,2}SDK\b"
    r"|(?:[Dd]uplicated|[Cc]opied|[Rr]epeated|[Ii]nlined)\b[^.\n]{0,60}\b(?:on purpose|deliberately|intentionally)"
    r"|(?:[Dd]eliberate|[Ii]ntentional)(?:ly)? (?:duplicat|cop(?:y|ied)|repeat|re-?implement)"
)
_HINTS = (
    " importing",
    "dependency",
    "depending on",
    "depend on",
    "t import ",
    "SDK",
    "purpose",
    "eliberate",
    "ntentional",
)
"""One of these is in all that the pattern finds, which is looked for around them only: in all of a text, it takes six
times as long."""
_AROUND = 100
"""Characters before and behind a hint."""
_QUOTES = ('"""', "'''")


def provenance(text: str) -> str:
    """The project that the comments and the docstring at the top of a file say its code is from, ``owner/name`` in
    small letters as its address has it; empty without one."""
    if "://" not in text:
        return ""
    match = _PROVENANCE.search("\n".join(header_of(text, _LINES)))
    return f"{match['owner']}/{match['name'].removesuffix('.git')}".lower() if match else ""


def stands_apart(text: str) -> bool:
    """Whether a comment or docstring says that the code does without something that it could import, or that it
    repeats on purpose what is elsewhere."""
    return any(_is_said(text, place) for hint in _HINTS for place in _places(text, hint))


def _places(text: str, hint: str) -> Iterator[int]:
    place = text.find(hint)
    while place >= 0:
        yield place
        place = text.find(hint, place + 1)


def _is_said(text: str, place: int) -> bool:
    match = _APART.search(text, max(place - _AROUND, 0), place + _AROUND)
    return match is not None and _is_prose(text, match.start())


def _is_prose(text: str, place: int) -> bool:
    """Whether a place is within a comment or a triple-quoted text, as far as the quotes before it tell."""
    line = text[text.rfind("\n", 0, place) + 1 : place]
    return "#" in line or any(text.count(quotes, 0, place) % 2 for quotes in _QUOTES)
