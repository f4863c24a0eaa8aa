"""What definitions say of themselves in their docstring, or in the comment above: that they repeat on purpose what is
elsewhere, or are from another project as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ssot_lint.extract.comment_above import comment_above
from ssot_lint.model.facts import Class, Function

_REPEATED = r"(?:duplicated|repeated|replicated|copied|cloned|inlined|mirrored|re-?implemented)"
_ON_PURPOSE = r"(?:on purpose|deliberately|intentionally|purposely|by design)"
_WHY = (
    r"(?:to (?:keep|avoid|prevent|stay|not)|so (?:that|as|the|this|it|we)|because|rather than|instead of"
    rf"|{_ON_PURPOSE})"
)
_MEANWHILE = r"(?:[^.;]|\.(?=\w)){0,100}?"
"""Words of one sentence; the dot in the name of a file ends none."""
_HERE_TOO = r"\b(?:here|in this (?:class|file|module)) (?:as well|too)\b"
_SHARED = r"(?:shared|imported|re-?used|routed|delegated|merged|unified|deduplicated|factored)"
_SAYS_SO = re.compile(
    rf"\b{_REPEATED} (?:here|locally|verbatim|as-is|from)\b{_MEANWHILE}\b{_WHY}\b"
    rf"|(?:^|[.!?:] |\b(?:this|these) (?:is|are) ){_REPEATED} {_WHY}\b"
    rf"|\b{_REPEATED}\b{_MEANWHILE}\b{_ON_PURPOSE}\b"
    rf"|\b(?:deliberate|intentional|purposeful)(?:ly)? (?:not (?:be )?{_SHARED}"
    r"|(?:kept )?(?:separate|apart|independent)|duplicat|cop(?:y|ied)|repeat|replicat|re-?implement|mirror|inlin)"
    rf"|{_HERE_TOO}{_MEANWHILE}\b(?:{_WHY}|so)\b"
    rf"|\b(?:kept|keep) (?:\w+ )?(?:(?:separate|apart|decoupled) from|independent of)\b{_MEANWHILE}\b{_WHY}\b"
    rf"|\b(?:rout|import|shar|re-?us|delegat|merg|unify|deduplicat)ing (?:it|them|this|these|that|those)\b{_MEANWHILE}"
    r"\bwould (?:add|break|change|close|couple|create|drag|force|introduce|load|make|pull|read|tie)\b",
    re.IGNORECASE,
)
_UPSTREAM = re.compile(
    r"(?:^|[.!?] )(?:(?:almost |directly |entirely |mostly |verbatim )?copied|(?:straight )?copy|taken verbatim)"
    r"(?: verbatim| as is| directly)? from:? "
    r"<?`{0,2}(?:https?://|(?:detectron2|diffusers|fairseq|mmcv|mmdet|sentence_transformers|timm|torch|torchvision"
    r"|transformers)\.\w)",
    re.IGNORECASE,
)
"""The first words of a sentence on a definition that is another project's, by its address or by the name of a library
whose code many projects copy: it is kept as it is, to be compared with that."""
_HINTS = (
    "uplicat",
    "epeated",
    "eplicated",
    "opied",
    "loned",
    "nlined",
    "irrored",
    "e-implement",
    "eimplement",
    "eliberate",
    "ntentional",
    "urposeful",
    "eparate",
    "apart",
    "ndependent",
    "ecoupled",
    "outing",
    "mporting",
    "haring",
    "eusing",
    "e-using",
    "elegating",
    "erging",
    "nifying",
    "as well",
    "here too",
    "this class too",
    "this file too",
    "this module too",
    "opy from",
    "verbatim from",
)
"""One of these is in all that the pattern finds, and to look for them takes a tenth of the time of a pattern."""
_DOCSTRING = re.compile(r"[rRuU]?(\"\"\"|'''|\"|')")
_LINES = 40
"""Of a head and docstring that are read."""


def repeating_scopes(text: str, definitions: Iterable[Class | Function]) -> tuple[int, ...]:
    """The scopes of the definitions that say so of themselves, in ascending order."""
    if not any(hint in text for hint in _HINTS):
        return ()
    lines = text.splitlines()
    return tuple(sorted(each.scope for each in definitions if _says_so(each, lines)))


def _says_so(definition: Class | Function, lines: Sequence[str]) -> bool:
    above = reversed(list(comment_above(definition, lines)))
    said = [" ".join(filter(None, prose)) for prose in (above, _docstring(definition, lines))]
    return any(_SAYS_SO.search(prose) or _UPSTREAM.search(prose) for prose in said)


def _docstring(definition: Class | Function, lines: Sequence[str]) -> Iterator[str]:
    """The lines of the docstring, stripped; of another text that a body begins with, too."""
    rest = (line.strip() for line in islice(lines, definition.line - 1, min(definition.end_line, len(lines))))
    body = islice(_behind_head(rest), _LINES)
    first = next((line for line in body if line and not line.startswith("#")), "")
    opening = _DOCSTRING.match(first)
    if opening is None:
        return
    yield first[opening.end() :]
    if opening[1] not in first[opening.end() :]:
        for line in body:
            yield line
            if opening[1] in line:
                return


def _behind_head(lines: Iterator[str]) -> Iterator[str]:
    """The lines behind that which ends the head of a definition."""
    for line in lines:
        if line.partition("#")[0].rstrip().endswith(":"):
            break
    yield from lines
