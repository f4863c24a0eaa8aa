"""What discovery can be told."""

from __future__ import annotations

import msgspec

from ssot_lint.config.settings import PYTHON_FILES, Config
from ssot_lint.model.source import Zone

DEFAULT_EXCLUDE = (
    ".bzr/",
    ".direnv/",
    ".eggs/",
    ".git/",
    ".git-rewrite/",
    ".hg/",
    ".hypothesis/",
    ".ipynb_checkpoints/",
    ".mypy_cache/",
    ".nox/",
    ".pants.d/",
    ".pyenv/",
    ".pytest_cache/",
    ".pytype/",
    ".ruff_cache/",
    ".svn/",
    ".tox/",
    ".venv/",
    "__pycache__/",
    "__pypackages__/",
    "buck-out/",
    "node_modules/",
    "site-packages/",
    "*.dist-info/",
    "*.egg-info/",
)
"""Folders that are never first-party code. Names that are packages in real projects (``build``, ``dist``,
``venv``, ``env``) are not here: what such a folder holds decides, see :mod:`ssot_lint.discovery.walk`."""


class DiscoveryOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Patterns are those of .gitignore, relative to the project root.

    An empty ``exclude`` stands for :data:`DEFAULT_EXCLUDE`. ``source_roots`` are folders relative to the
    project root; when empty they are inferred.
    """

    include: tuple[str, ...] = PYTHON_FILES
    exclude: tuple[str, ...] = ()
    extend_exclude: tuple[str, ...] = ()
    respect_gitignore: bool = True
    source_roots: tuple[str, ...] = ()
    zone_paths: dict[Zone, tuple[str, ...]] = msgspec.field(default_factory=dict)
    distributions: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)


def discovery_options(config: Config) -> DiscoveryOptions:
    """What the configuration tells discovery."""
    return DiscoveryOptions(
        include=config.include,
        exclude=config.exclude,
        extend_exclude=config.extend_exclude,
        respect_gitignore=config.respect_gitignore,
        source_roots=config.source_roots,
        zone_paths=config.all_zone_paths,
        distributions=config.distributions,
    )
