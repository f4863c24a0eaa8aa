"""What a sentence about many files says of some of them."""

from __future__ import annotations

import re
from collections.abc import Collection

from ssot_lint.text.wording import listed

_SENTENCE_END = re.compile(r"(?<=\.) (?=[A-Z`])")


def about(text: str, kept: Collection[str], others: Collection[str]) -> str:
    """``text`` without ``others``, as far as it lists them beside paths that are ``kept``, and without the sentences
    that name none but them. What names nothing that is kept stays as it is."""
    if not others or not any(_named(text, path) for path in kept):
        return text
    sentences = (each for each in _SENTENCE_END.split(text) if _is_about(each, kept, others))
    return " ".join(_shortened(each, kept, others) for each in sentences)


def _is_about(sentence: str, kept: Collection[str], others: Collection[str]) -> bool:
    return any(_named(sentence, path) for path in kept) or not any(_named(sentence, path) for path in others)


def _named(text: str, path: str) -> bool:
    return re.search(rf"(?<![\w/.-]){re.escape(path)}(?![\w/])", text) is not None


def _shortened(sentence: str, kept: Collection[str], others: Collection[str]) -> str:
    paths = "|".join(map(re.escape, sorted({*kept, *others}, key=len, reverse=True)))
    run = re.compile(rf"(?<![\w/.-])(?:{paths})(?:, (?:{paths}))*(?P<more> and [\d,]+ more)?(?![\w/])")
    return run.sub(lambda match: _list(match, kept), sentence)


def _list(match: re.Match[str], kept: Collection[str]) -> str:
    """The paths of a list that are kept; all of them where the list was cut short, for it may stand for any."""
    named = match[0].removesuffix(match["more"] or "").split(", ")
    left = list(kept) if match["more"] else [path for path in named if path in kept]
    return listed(left) if left else match[0]
