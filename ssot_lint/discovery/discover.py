"""Which Python files a scan is about, and what is known of each before it is read."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from pathlib import Path

import msgspec

from ssot_lint.discovery.attributes import Attributes
from ssot_lint.discovery.distributions import assign, find_distributions
from ssot_lint.discovery.ignore import compile_option
from ssot_lint.discovery.installed import copies_among
from ssot_lint.discovery.naming import lay_out, name_tree
from ssot_lint.discovery.options import DiscoveryOptions
from ssot_lint.discovery.paths import normalise
from ssot_lint.discovery.set_aside import licensed_apart, read_foreign, read_replaced, read_set_aside, skills_apart
from ssot_lint.discovery.walk import walk
from ssot_lint.discovery.zones import aside_zones, given_zones, zones_by_path
from ssot_lint.errors import ConfigError, UsageError
from ssot_lint.model.source import SourceTree, Zone


def discover(root: Path, paths: Sequence[Path], options: DiscoveryOptions) -> SourceTree:
    """The files to scan at and below ``paths``, in the project at ``root``.

    Module names and zones rest on folders and packaging metadata; when the files are parsed,
    :func:`ssot_lint.discovery.infer_layout.infer_layout` gives the final ones. A path is scanned even if it is
    excluded; symlinks among ``paths`` are resolved, those met below them are not followed.

    Raises UsageError for a path that does not exist, is neither a file nor a folder or lies outside ``root``,
    and ConfigError for a pattern or source root in ``options`` that cannot be used.
    """
    root = _resolve(root)
    wanted = {_inside(root, path) for path in paths}
    source_roots = frozenset(_folder(root, folder, "source-roots") for folder in options.source_roots)
    zone_paths = {zone: compile_option(globs, zone_key(zone)) for zone, globs in options.zone_paths.items()}
    listing = walk(root, wanted, options)
    layout = lay_out(listing, source_roots)
    configured = {_folder(root, folder, "distributions"): uses for folder, uses in options.distributions.items()}
    distributions = find_distributions(listing, configured)
    attributes = Attributes(listing.attributes)
    given, own = given_zones(listing.files, zone_paths, attributes)
    zones = dict(zones_by_path(listing.files, given))
    asides = (
        *read_set_aside(root, listing.projects),
        *read_replaced(root, listing.scripts, listing.files),
        *read_foreign(root, listing.projects),
        *licensed_apart(listing.licences),
        *skills_apart(listing.skills),
    )
    zones.update(aside_zones(zones, asides, own))
    layout = msgspec.structs.replace(
        layout,
        distributions=frozenset(each.folder for each in distributions),
        own_files=own,
        copies=copies_among(listing.files, listing.installed, {each.name for each in distributions}),
    )
    tree = name_tree(
        zones.items(),
        layout,
        layout.likely_roots,
        unreadable=tuple(sorted((*listing.unreadable, *attributes.remarks))),
    )
    files, distributions = assign(tree.files, distributions, layout.declared_roots)
    return msgspec.structs.replace(tree, files=files, distributions=distributions, links=tuple(sorted(listing.links)))


def zone_key(zone: Zone) -> str:
    """How the configuration calls the globs of a zone."""
    return f"zone-paths.{zone.value}"


def _resolve(path: Path) -> Path:
    try:
        resolved = path.resolve(strict=True)
        mode = resolved.stat().st_mode
    except (OSError, RuntimeError, ValueError) as error:  # RuntimeError: a loop of symlinks, before Python 3.13
        reason = error.strerror if isinstance(error, OSError) else None
        raise UsageError(f"{path}: {reason or error}") from error
    if not (stat.S_ISDIR(mode) or stat.S_ISREG(mode)):
        raise UsageError(f"{path}: neither a file nor a folder")
    return resolved


def _inside(root: Path, path: Path) -> str:
    try:
        relative = _resolve(path).relative_to(root).as_posix()
    except ValueError as error:
        raise UsageError(f"{path}: outside the project {root}", "Scan it on its own") from error
    return "" if relative == "." else relative


def _folder(root: Path, folder: str, key: str) -> str:
    normal = normalise(folder)
    if normal is None:
        raise ConfigError(f'{key}: "{folder}" leaves the project', "Write it relative to the project root")
    if not (root / normal).is_dir():
        raise ConfigError(f'{key}: no such folder: "{folder}"')
    return normal
