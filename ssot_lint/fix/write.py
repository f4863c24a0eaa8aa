"""Writers: who gets the changes of a round, and says why they do not stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ssot_lint.fix.journal import FileChange, Journal
from ssot_lint.fix.verify import verifies
from ssot_lint.text.sanitize import visible_path


def write_nothing(_: Sequence[FileChange]) -> str:
    """All changes are as good as made."""
    return ""


@dataclass(frozen=True)
class DiskWriter:
    """Writes to the disk; where there is a ``command``, what it does not pass is taken back."""

    journal: Journal
    command: str = ""

    def __call__(self, changes: Sequence[FileChange]) -> str:
        try:
            self.journal.write(changes, is_trial=bool(self.command))
        except OSError as error:
            where = f"{visible_path(str(error.filename))}: " if error.filename else ""
            return f"{where}{error.strerror or type(error).__name__}"
        if not self.command:
            return ""
        passes = False
        try:
            passes = verifies(self.command, self.journal.root)
        finally:
            if not passes:
                self.journal.recover()
        if passes:
            self.journal.keep()
        return "" if passes else f"`{self.command}` fails after it"
