"""What a look at the files of a project rests on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ssot_lint.discovery.attributes import GITATTRIBUTES
from ssot_lint.discovery.build_products import BUILD_FILES
from ssot_lint.discovery.checkouts import SUBMODULES
from ssot_lint.discovery.foreign_homes import READMES
from ssot_lint.discovery.ignore import GITIGNORE
from ssot_lint.discovery.options import DiscoveryOptions
from ssot_lint.discovery.project_root import REPOSITORY
from ssot_lint.discovery.replaced_folders import MAKE_FILES, SHELL_SUFFIXES
from ssot_lint.discovery.set_aside import COVERAGE_FILES, PRE_COMMIT_FILE
from ssot_lint.discovery.tables import FLAKE8_FILES
from ssot_lint.discovery.walk import SOURCE_SUFFIXES, walk

_READ_SUFFIXES = (*SOURCE_SUFFIXES, *SHELL_SUFFIXES, ".toml", ".cfg", ".txt", ".in", ".rst", ".md")
_READ_NAMES = frozenset(
    {
        GITATTRIBUTES,
        GITIGNORE,
        PRE_COMMIT_FILE,
        REPOSITORY,
        SUBMODULES,
        *BUILD_FILES,
        *COVERAGE_FILES,
        *FLAKE8_FILES,
        *MAKE_FILES,
        *READMES,
    }
)


def footprint(root: Path, options: DiscoveryOptions) -> list[str]:
    """The absolute paths of all folders and files that discovery looks at in a project and that analysis reads.

    A file that is added or removed changes its folder. Raises ConfigError for a pattern in ``options`` that is none.
    """
    folders = [str(root / folder) for folder in walk(root, [""], options).folders]
    outer = (above / name for above in root.parents for name in (GITATTRIBUTES, GITIGNORE))
    exclude = (above / REPOSITORY / "info" / "exclude" for above in (root, *root.parents))
    return sorted({*folders, *(file for folder in folders for file in _read_in(folder)), *map(str, (*outer, *exclude))})


def _read_in(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(_READ_SUFFIXES) or entry.name in _READ_NAMES:
                yield entry.path
