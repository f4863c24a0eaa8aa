"""Finds the folder a project starts at."""

from __future__ import annotations

from pathlib import Path

from ssot_lint.config.layers import find_file
from ssot_lint.discovery.metadata import METADATA_FILES
from ssot_lint.discovery.reading import exists
from ssot_lint.discovery.walk import PACKAGE_MARKERS

REPOSITORY = ".git"


def find_project_root(start: Path) -> Path:
    """The project that ``start`` (a file or folder) lies in, as an absolute path.

    It is the nearest folder upward with a configuration of ours, not looking beyond a repository's top level;
    else the nearest with ``.git`` or packaging metadata; else the folder around the package that ``start`` is
    in; else ``start``. A ``pyproject.toml`` on the way that cannot be read counts as a configuration of ours.
    """
    start = start.resolve()
    folder = start if start.is_dir() else start.parent
    above = _up_to_repository(folder)
    configured = next((candidate for candidate in above if find_file(candidate)), None)
    if configured is not None:
        return configured
    markers = (REPOSITORY, *METADATA_FILES)
    marked = next((c for c in above if any(exists(c / marker) for marker in markers)), None)
    return marked or _around_package(folder)


def folder_in_repository(root: Path) -> str:
    """Where ``root`` lies in the repository around it, as a POSIX path with a slash at the end; empty if it is the top
    level of one, or in none."""
    top = _up_to_repository(root)[-1]
    folder = root.relative_to(top).as_posix()
    return "" if folder == "." or not exists(top / REPOSITORY) else f"{folder}/"


def _up_to_repository(folder: Path) -> list[Path]:
    above = [folder, *folder.parents]
    top = next((index for index, candidate in enumerate(above) if exists(candidate / REPOSITORY)), len(above))
    return above[: top + 1]


def _around_package(folder: Path) -> Path:
    while folder != folder.parent and any(exists(folder / marker) for marker in PACKAGE_MARKERS):
        folder = folder.parent
    return folder
