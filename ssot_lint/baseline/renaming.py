"""Names of today for entries of the past: modules whose folder was renamed, and classes that have another name now."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from ssot_lint.baseline.entry import MODULE, BaselineEntry

_NAME = re.compile(r"[^\W\d]\w*")
_MASK = "*"


def renamed_modules(renames: Mapping[str, str]) -> dict[str, str]:
    """Old and new dotted names of the folders and modules that ``renames`` of files are about, with all folders
    above, and without those that stayed."""
    found: dict[str, str] = {}
    for old, new in renames.items():
        before, after = (re.sub(r"(/__init__)?\.pyi?\Z", "", path).split("/") for path in (old, new))
        while before and after and before[-1] == after[-1]:
            del before[-1], after[-1]
        while before and after:
            found.setdefault(".".join(before), ".".join(after))
            if before[0] != after[0]:
                break
            del before[0], after[0]
    return found


def with_modules(subject: str, modules: Mapping[str, str]) -> str:
    """A subject whose dotted words stand in the modules of today."""
    return " ".join(_moved(word, modules) for word in subject.split(" ")) if modules else subject


def _moved(word: str, modules: Mapping[str, str]) -> str:
    parts = word.split(".")
    for end in range(len(parts), 0, -1):
        new = modules.get(".".join(parts[:end]))
        if new is not None and len(parts) > 1:
            return ".".join([new, *parts[end:]])
    return word


def names_in(entries: Iterable[BaselineEntry]) -> frozenset[str]:
    """All names in the subjects and definitions of ``entries``."""
    texts = (f"{entry.concept} {entry.place.rpartition('::')[2]}" for entry in entries)
    return frozenset(name for text in texts for name in _NAME.findall(text))


def masked(concept: str, qualname: str, is_other: Callable[[str], bool]) -> tuple[str, str] | None:
    """Both without the names that are other ones on the other side; None where no such name is in them, or where
    nothing else is left to go by in a definition. A statement of a module says what it says."""
    names = set(_NAME.findall(f"{concept} {'' if qualname == MODULE else qualname}"))
    others = {name for name in names if is_other(name)}
    if not others or (others == names and qualname != MODULE):
        return None
    words = (_mask(word.rstrip(","), others) for word in concept.split(" "))
    return " ".join(sorted(words)), _mask(qualname, others)


def _mask(text: str, names: set[str]) -> str:
    return _NAME.sub(lambda match: _MASK if match[0] in names else match[0], text)
