"""What a library says of a wrong value, in plain words."""

from __future__ import annotations

from typing import Annotated

import msgspec
import pytest

from ssot_lint.model.finding import Severity
from ssot_lint.text.validation import plain


@pytest.mark.parametrize(
    ("data", "kind", "said"),
    [
        (b'"x"', int, "must be a whole number, not text"),
        (b"1", str, "must be text, not a whole number"),
        (b"1", tuple[str, ...], "must be a list, not a whole number"),
        (b"[]", dict[str, int], "must be a table, not a list"),
        (b"-1", Annotated[int, msgspec.Meta(ge=0)], "must be a whole number, at least 0"),
        (b"1.5", Annotated[float, msgspec.Meta(le=1)], "must be a number, at most 1"),
        (b'"bad"', Severity, "unknown value 'bad'"),
        (b'{"a": ["x"]}', dict[str, list[int]], "must be a whole number, not text (at [...][0])"),
        (b"{", dict[str, int], "not valid JSON"),
        (b"no", dict[str, int], "not valid JSON"),
    ],
)
def test_no_word_of_the_library_is_left(data: bytes, kind: type[object], said: str) -> None:
    with pytest.raises(msgspec.DecodeError) as caught:
        msgspec.json.decode(data, type=kind)
    assert plain(str(caught.value)) == said
