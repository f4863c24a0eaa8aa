"""Releases of a package as commits of a repository, and what git says about where their lines come from."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

_HUNK = re.compile(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@")
_BLAMED = re.compile(r"([0-9a-f]{40}) (\d+) (\d+)(?: \d+)?\Z")
_AUTHOR = ("-c", "user.name=replay", "-c", "user.email=replay@localhost", "-c", "commit.gpgsign=false")
_FIND_MOVES = ("-w", "-M", "-C", "-C")


class Line(NamedTuple):
    """A line of a file, counted from 1; ``path`` is POSIX, relative to the root of the repository."""

    path: str
    number: int


class Hunk(NamedTuple):
    """Lines of a file that replace others: numbers from 1, both ranges half open, either may be empty."""

    old_path: str
    old: range
    new: range


@dataclass(frozen=True)
class Snapshots:
    """A repository whose work tree holds the release that was checked in last."""

    folder: Path

    def check_in(self, release: str, files: Mapping[str, bytes]) -> str:
        """Make ``files`` the content of the work tree, commit it, and return the commit."""
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.folder / ".git").exists():
            self.run("init", "--quiet")
        for path in self.folder.iterdir():
            if path.name != ".git":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        for name, content in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_bytes(content)
        self.run("add", "--all", "--force")
        self.run(*_AUTHOR, "commit", "--quiet", "--allow-empty", "--no-verify", "--message", release)
        return self.run("rev-parse", "HEAD").strip()

    def run(self, *arguments: str) -> str:
        """What git prints. Raises CalledProcessError when it fails."""
        command = ["git", "-c", "core.quotePath=false", "-c", "core.autocrlf=false", *arguments]
        completed = subprocess.run(command, cwd=self.folder, capture_output=True, check=True)
        return completed.stdout.decode(errors="replace")


@dataclass(frozen=True)
class Change:
    """From one commit to the next one."""

    snapshots: Snapshots
    old: str
    new: str

    def origins(self, path: str, spans: Collection[range]) -> dict[int, Line | None]:
        """Where git traces the lines of ``spans`` in a file of the new commit to, by their number: None for what is
        new in that commit.

        White space does not count, and code that moved or was copied within and between the files of the commit is
        followed (``git blame -w -M -C -C``). Blank lines are left out: they are everywhere.
        """
        if not spans:
            return {}
        wanted = [f"-L{span.start},{span.stop - 1}" for span in sorted(spans, key=lambda span: (span.start, span.stop))]
        output = self.snapshots.run(
            "blame", "--line-porcelain", *_FIND_MOVES, *wanted, f"{self.old}..{self.new}", "--", path
        )
        return dict(_traced(output, self.old))

    @cached_property
    def deleted(self) -> frozenset[str]:
        """The paths that are gone, renamed or not."""
        output = self.snapshots.run("diff", "-z", "--name-only", "--no-renames", "--diff-filter=D", self.old, self.new)
        return frozenset(output.split("\0")) - {""}

    @cached_property
    def hunks(self) -> Mapping[str, list[Hunk]]:
        """What changed in each file of the new commit, with renames found (``git diff -w -M``)."""
        output = self.snapshots.run(
            "diff", "-w", "--find-renames", "--unified=0", "--no-color", "--no-ext-diff", self.old, self.new
        )
        found: dict[str, list[Hunk]] = {}
        for path, hunk in _hunks(output):
            found.setdefault(path, []).append(hunk)
        return found

    def replaced_by(self, line: Line) -> list[Line]:
        """The lines of the old commit in whose stead ``line`` stands, if it is part of a change."""
        return [
            Line(hunk.old_path, number)
            for hunk in self.hunks.get(line.path, ())
            if line.number in hunk.new
            for number in hunk.old
        ]


def _traced(porcelain: str, old: str) -> Iterator[tuple[int, Line | None]]:
    """Reads ``git blame --line-porcelain``: a head per line, its keys, and the line after a tab."""
    commit, before, after, path = "", 0, 0, ""
    for text in porcelain.split("\n"):
        if text.startswith("\t"):
            if text.strip():
                yield after, Line(path, before) if commit == old else None
        elif text.startswith("filename "):
            path = text.removeprefix("filename ")
        elif head := _BLAMED.match(text):
            commit, before, after = head[1], int(head[2]), int(head[3])


def _hunks(diff: str) -> Iterator[tuple[str, Hunk]]:
    old_path = new_path = ""
    left = 0
    for text in diff.split("\n"):
        if left:  # a line of the code, whatever it looks like
            left -= not text.startswith("\\")
        elif text.startswith("--- "):
            old_path = text.removeprefix("--- ").removeprefix("a/").rstrip("\t")
        elif text.startswith("+++ "):
            new_path = text.removeprefix("+++ ").removeprefix("b/").rstrip("\t")
        elif head := _HUNK.match(text):
            (old, removed), (new, added) = ((int(head[at]), int(head[at + 1] or 1)) for at in (1, 3))
            left = removed + added
            yield new_path, Hunk(old_path, range(old, old + removed), range(new, new + added))
