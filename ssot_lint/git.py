"""What git knows about the project. Nothing is written to the repository, and none of its code runs."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ssot_lint.errors import UsageError

# A repository's own configuration can name programs for git to run: a monitor, hooks, a bare repository in a folder.
_GIT = (
    "git",
    "--no-pager",
    "-c",
    "core.fsmonitor=false",
    "-c",
    f"core.hooksPath={os.devnull}",
    "-c",
    "safe.bareRepository=explicit",
)
_QUIET_DIFF = ("diff", "-z", "--relative", "--no-ext-diff", "--no-textconv", "--ignore-submodules")
_REGULAR_FILES = ("100644", "100755")
_NOT_IN_CONFLICT = "0"
_LONGEST_HEADER = 128
_LED_BY = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_PREFIX", "GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_NAMESPACE"})

HEAD = "HEAD"
INDEX = ""
"""Stands for the index wherever a commit is asked for: what the next commit will hold."""

LEAST_SIMILARITY = "30%"
"""How much of a file has to be in another one to be that file under a new name.

git's own 50 % misses modules that became packages: of Sphinx 7.3, 40 % of ``cpp.py`` are in ``cpp/_ast.py``.
"""


class GitError(UsageError):
    """git is not there, knows no such thing, or refuses."""


@dataclass(frozen=True)
class Repository:
    """The part of a git repository below ``folder``. All paths are POSIX paths relative to it.

    Revisions may be anything that names a commit; where a commit is read, :data:`INDEX` is the index.
    Every method raises GitError when git does not answer.
    """

    folder: Path
    overrides: tuple[str, ...]

    def commit(self, revision: str) -> str:
        """The full hash of the commit that ``revision`` names."""
        output = self._try("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        if output is None:
            raise GitError(f'git knows no revision "{revision}"', self._missing_history(revision))
        return output.decode().strip()

    def merge_base(self, revision: str) -> str:
        """The full hash of the commit where HEAD left ``revision``."""
        output = self._try("merge-base", self.commit(revision), "HEAD")
        if output is None:
            raise GitError(f'git finds no common ancestor of HEAD and "{revision}"', self._missing_history(revision))
        return output.decode().split()[0]

    def base(self, revision: str) -> str:
        """What there was before a change: :meth:`merge_base`, and the empty tree for a HEAD that has no commit yet."""
        if revision == HEAD and self._try("rev-parse", "--verify", "--quiet", HEAD) is None:
            return self._run("hash-object", "-t", "tree", os.devnull).decode().strip()
        return self.merge_base(revision)

    def last_change_of(self, path: str) -> str | None:
        """The full hash of the last commit on HEAD that changed ``path``, None without one."""
        output = self._try("log", "-1", "--format=%H", "--", f":(literal){path}") or b""
        return output.decode().strip() or None

    def date_of(self, commit: str) -> str:
        """When a commit was made: its committer date, ``YYYY-MM-DD`` in the zone of the committer."""
        return self._run("show", "--no-patch", "--format=%cs", commit).decode().strip()

    def changed_since(self, commit: str, *, staged: bool = False) -> frozenset[str]:
        """The files that differ from those in ``commit``, and the new ones that no ``.gitignore`` names; ``staged``: of
        the index alone."""
        changed = self._run(*_QUIET_DIFF, *_where(staged), "--name-only", "--no-renames", commit)
        if staged:
            return frozenset(_paths(changed))
        untracked = self._run("ls-files", "-z", "--others", "--exclude-standard")
        return frozenset((*_paths(changed), *_paths(untracked)))

    def renames_since(self, commit: str, *, staged: bool = False) -> Mapping[str, str]:
        """Old path to new path of the tracked files that git takes for renamed since ``commit``; ``staged``: in the
        index.

        The largest part of a file that was split counts as the file: :data:`LEAST_SIMILARITY`.
        """
        similar = f"--find-renames={LEAST_SIMILARITY}"
        output = self._run(*_QUIET_DIFF, *_where(staged), "--name-status", similar, "--diff-filter=R", commit)
        fields = iter(_paths(output))
        return {old: new for _status, old, new in zip(fields, fields, fields, strict=True)}

    def tracks(self, path: str) -> bool:
        """Whether anything at or below ``path`` is in the index."""
        return bool(self._run("ls-files", "-z", "--", f":(literal){path}"))

    def unchanged_files(self) -> frozenset[str]:
        """The files that are as they are in the last commit; none before the first one."""
        if self._try("rev-parse", "--verify", "--quiet", "HEAD") is None:
            return frozenset()
        return frozenset(self.files("HEAD")) - self.changed_since("HEAD")

    def read(self, commit: str, path: str) -> bytes | None:
        """The content of a file in ``commit``, None where there is none."""
        return self._try("cat-file", "blob", f"{commit}:./{path}")

    def files(self, commit: str) -> tuple[str, ...]:
        """The regular files of ``commit``."""
        return tuple(path for _, path in self._blobs(commit))

    def write_files(self, commit: str, target: Path, wanted: Callable[[str], bool]) -> None:
        """Write the regular files of ``commit`` whose path is ``wanted`` below ``target``, as they are in the
        repository: no filter runs, no symlink is made."""
        blobs = [(blob, path) for blob, path in self._blobs(commit) if wanted(path)]
        for path, content in zip((path for _, path in blobs), self._contents([b for b, _ in blobs]), strict=True):
            file = target / PurePosixPath(path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)

    def _blobs(self, commit: str) -> Iterator[tuple[str, str]]:
        # Mode, kind and name of an object, or mode, name and the side of a merge, of which 0 is none.
        listing = self._run("ls-tree", "-r", "-z", commit) if commit else self._run("ls-files", "-s", "-z")
        place = 2 if commit else 1
        for entry in listing.split(b"\0"):
            head, _, name = entry.partition(b"\t")
            path = os.fsdecode(name)
            # git itself makes no tree with such a path, but takes one that somebody made by hand.
            is_inside = ".." not in PurePosixPath(path).parts and not path.startswith("/")
            words = head.decode().split()
            if words and is_inside and words[0] in _REGULAR_FILES and (commit or words[2] == _NOT_IN_CONFLICT):
                yield words[place], path

    def _contents(self, blobs: Sequence[str]) -> Iterator[bytes]:
        questions = "".join(f"{blob}\n" for blob in blobs).encode()
        answers = memoryview(_finished(self._command("cat-file", "--batch"), self.folder, questions))
        start = 0
        for blob in blobs:
            end = bytes(answers[start : start + _LONGEST_HEADER]).find(b"\n") + start
            header = bytes(answers[start:end]).split()
            if len(header) != len(("name", "type", "size")):
                raise GitError(f"git has lost object {blob}", "Run `git fsck`")
            start = end + 1 + int(header[2])
            yield bytes(answers[end + 1 : start])
            start += 1

    def _missing_history(self, revision: str) -> str:
        shallow = self._try("rev-parse", "--is-shallow-repository") or b""
        if shallow.strip() == b"true":
            return f"The clone is shallow: run `git fetch --unshallow origin {revision.removeprefix('origin/')}` first"
        return "Name a branch, tag or commit that exists here; `git fetch` gets those of the remote"

    def _run(self, *arguments: str) -> bytes:
        return _finished(self._command(*arguments), self.folder)

    def _try(self, *arguments: str) -> bytes | None:
        """The output, None where git says no."""
        completed = _started(self._command(*arguments), self.folder)
        return completed.stdout if completed.returncode == 0 else None

    def _command(self, *arguments: str) -> list[str]:
        return [*_GIT, *self.overrides, *arguments]


def open_repository(folder: Path) -> Repository:
    """The repository that ``folder`` lies in. Raises GitError when there is none, or no git."""
    _finished([*_GIT, "rev-parse", "--git-dir"], folder)
    return Repository(folder, tuple(_filter_overrides(folder)))


def _filter_overrides(folder: Path) -> Iterator[str]:
    """Options that switch off the filters which the repository's own configuration names: they are programs too."""
    names = _started([*_GIT, "config", "--local", "-z", "--name-only", "--get-regexp", r"^filter\."], folder).stdout
    for name in dict.fromkeys(_paths(names)):
        yield from ("-c", f"{name}={'false' if name.endswith('.required') else ''}")


def _finished(command: Sequence[str], folder: Path, questions: bytes = b"") -> bytes:
    completed = _started(command, folder, questions)
    if completed.returncode:
        lines = completed.stderr.decode(errors="replace").strip().splitlines()
        problem = lines[0].removeprefix("fatal: ") if lines else "failed"
        raise GitError(f"git: {problem}", _advice(lines[1:]))
    return completed.stdout


def _advice(lines: Sequence[str]) -> str:
    """The command that git advises, as it does for a repository of another user; empty without one."""
    command = next((line.strip() for line in lines if line.strip().startswith("git config ")), "")
    return f"If you trust it, run `{command}`" if command else ""


def _started(command: Sequence[str], folder: Path, questions: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603 - our own words, no shell
            command, cwd=folder, env=_environment(), input=questions, capture_output=True
        )
    except FileNotFoundError as error:
        raise GitError("git: not installed, or not on the PATH") from error
    except OSError as error:
        raise GitError(f"git: cannot be run: {error.strerror}") from error


def _environment() -> Mapping[str, str]:
    """Ours, but git neither asks nor fetches nor writes, and is not led elsewhere by whoever runs us (a hook, say)."""
    kept = {name: value for name, value in os.environ.items() if name not in _LED_BY}
    return {**kept, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1", "LC_ALL": "C"}


def _where(staged: bool) -> tuple[str, ...]:
    return ("--cached",) if staged else ()


def _paths(output: bytes) -> list[str]:
    return [os.fsdecode(field) for field in output.split(b"\0") if field]
