"""Files of JSON Lines that are committed and merged: the first line names the format, each further line is a record.

What is read may hold empty lines, further headers, CRLF (git writes it with ``core.autocrlf``) and a byte order mark:
``merge=union`` of git gives a file that works.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NoReturn, TypeVar

import msgspec

from ssot_lint.errors import SsotLintError
from ssot_lint.text.validation import plain

T = TypeVar("T")

_CONFLICT_MARKERS = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")
_HEADER_DECODER = msgspec.json.Decoder(dict[str, int])


@dataclass(frozen=True)
class LinesFormat:
    """A kind of file: the ``noun`` it goes by, and its version.

    ``add`` and ``tidy`` are the commands that write what is missing, and that write the file in order. ``error`` is
    raised for a file that is none, of another version, damaged or in conflict: the line and the way out.
    """

    noun: str
    version: int
    add: str
    tidy: str
    error: type[SsotLintError]

    @property
    def header(self) -> str:
        """The first line."""
        return f'{{"{self._key}": {self.version}}}'

    def dump(self, records: Iterable[bytes]) -> bytes:
        """The content of a file: UTF-8, LF. Each of ``records`` is JSON on one line."""
        return b"".join(line + b"\n" for line in (self.header.encode(), *records))

    def parse(self, data: bytes, name: str, read: Callable[[bytes], T]) -> list[T]:
        """The records in the content of a file; ``name`` is what errors call it, ``read`` decodes a line.

        ``read`` may raise what msgspec raises, ValueError or RecursionError.
        """
        lines = [line.removesuffix(b"\r") for line in data.removeprefix(codecs.BOM_UTF8).split(b"\n")]
        header = lines[0]
        self._check_header(header, name)
        records = []
        for number, line in enumerate(lines[1:], 2):
            if line and line != header:
                try:
                    records.append(read(line))
                except (ValueError, RecursionError) as error:
                    self._refuse(line, f"{name}:{number}", error, is_last=number == len(lines))
        return records

    @property
    def _key(self) -> str:
        return f"ssot_lint_{self.noun}"

    @property
    def _restore(self) -> str:
        return f"Restore it from version control, or delete the line and run `{self.add}`"

    def _check_header(self, line: bytes, name: str) -> None:
        self._refuse_conflict(line, f"{name}:1")
        try:
            fields = _HEADER_DECODER.decode(line)
        except (ValueError, RecursionError):
            fields = {}
        if fields.keys() != {self._key}:
            remedy = f"Name another file, or delete this one and run `{self.add}`"
            raise self.error(f"{name}:1: not a {self.noun}: one begins with {self.header}", remedy)
        version = fields[self._key]
        if version != self.version:
            remedy = "Update ssot-lint" if version > self.version else self._restore
            raise self.error(f"{name}:1: {self.noun} of format {version}, this version reads {self.version}", remedy)

    def _refuse(self, line: bytes, place: str, error: Exception, *, is_last: bool) -> NoReturn:
        self._refuse_conflict(line, place)
        if isinstance(error, msgspec.ValidationError):
            problem = plain(str(error))
        elif not _is_utf8(line):
            problem = "not UTF-8"
        else:
            problem = "the file is cut off" if is_last else "not JSON"
        raise self.error(f"{place}: {problem}", self._restore) from error

    def _refuse_conflict(self, line: bytes, place: str) -> None:
        if line.startswith(_CONFLICT_MARKERS):
            remedy = f"Delete the lines with the markers and keep those of both sides; `{self.tidy}` tidies up"
            raise self.error(f"{place}: a merge conflict is not resolved", remedy)


def _is_utf8(line: bytes) -> bool:
    """Whether ``line`` is UTF-8, be it cut off in the middle of a character. Which error says so depends on msgspec:
    UnicodeDecodeError up to 0.22, its own DecodeError from 0.23 on."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(line)
    except UnicodeDecodeError:
        return False
    return True
