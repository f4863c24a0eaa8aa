"""What may be named on the command line: Python files and folders of one project."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from ssot_lint.config.settings import Config
from ssot_lint.discovery.ignore import compile_option
from ssot_lint.discovery.walk import SOURCE_SUFFIXES
from ssot_lint.errors import UsageError

_NOTEBOOK = ".ipynb"
_SHEBANG_BYTES = 200
"""Linux reads 256 of them (man execve), older systems fewer."""


def check_named_files(root: Path, paths: Iterable[Path], config: Config) -> None:
    """Raise UsageError for a file among ``paths`` (absolute, below ``root``) that is no Python.

    What ``include`` names is taken for Python, and a script that says so in its first line.
    """
    include = compile_option(config.include, "include")
    for path in paths:
        if path.is_dir() or path.suffix in SOURCE_SUFFIXES or include.covers(path.relative_to(root).as_posix()):
            continue
        if path.suffix == _NOTEBOOK:
            remedy = "Export the code with `jupyter nbconvert --to script`"
            raise UsageError(f"{path.name}: notebooks are not supported", remedy)
        if not _is_script(path):
            raise UsageError(f"{path.name}: not a Python file", "Name .py and .pyi files, or folders")


def check_one_project(root: Path, paths: Sequence[Path], given: Sequence[Path]) -> None:
    """Raise UsageError for one of ``paths`` that is outside the project ``root`` around the working directory although
    others are inside, or is a link out of it; ``given`` are the same as they were named."""
    for path, name in zip(paths, given, strict=True):
        leads_out = (Path.cwd() / name).parent.resolve().is_relative_to(root)
        if not path.is_relative_to(root) and (leads_out or any(each.is_relative_to(root) for each in paths)):
            raise UsageError(f"{name}: outside the project {root}", "Scan it on its own")


def _is_script(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            first = stream.read(_SHEBANG_BYTES).split(b"\n")[0]
    except OSError:
        return True  # why it cannot be read is said of it later
    return first.startswith(b"#!") and b"python" in first
