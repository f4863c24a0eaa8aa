"""Which entries of the configuration file match nothing in the scanned project."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import get_args

from msgspec import Meta

from ssot_lint.config.convert import field_name, inside, option_kinds
from ssot_lint.config.load import Settings
from ssot_lint.config.settings import Config
from ssot_lint.discovery.ignore import compile_option
from ssot_lint.model.component import Component, is_at
from ssot_lint.model.finding import Location
from ssot_lint.model.record import Entry
from ssot_lint.model.syntax import ValueKind
from ssot_lint.project.outside_uses import outside_uses
from ssot_lint.project.project import Project
from ssot_lint.rules.registry import RuleSet
from ssot_lint.rules.rule import Rule
from ssot_lint.rules.selection import unused_ignores


@dataclass(frozen=True)
class ConfigFile:
    """The configuration file of a scan: ``path`` as reports show it, ``text``, and what it says. ``unused_ignores``
    are those of its selectors under ``ignore`` that switch no rule off."""

    path: str
    text: str
    config: Config
    unused_ignores: tuple[str, ...]


def config_file(root: Path, known: RuleSet, settings: Settings) -> ConfigFile | None:
    """The file that ``settings`` were read from, None without one."""
    file = settings.file
    if file is None:
        return None
    place = file.resolve()
    path = place.relative_to(root.resolve()).as_posix() if place.is_relative_to(root.resolve()) else file.name
    text = file.read_text(encoding="utf-8-sig")
    return ConfigFile(path, text, settings.layers[0].config, unused_ignores(known, settings))


def unused_entries(
    file: ConfigFile, project: Project, paths: Collection[str], rules: Iterable[Rule]
) -> Iterator[Entry]:
    """The entries that match nothing, in the order of the keys below. ``paths`` are all files of the scan, ``rules``
    those that ran.

    Looked at are ``ignore``, ``per-path-ignores``, ``plugin-root``, ``components``, and the options of rules that are
    declared to match modules.
    """
    config = file.config
    idle = [("ignore", selector) for selector in file.unused_ignores]
    idle += [("per-path-ignores", glob) for glob in config.per_path_ignores if not _matches_file(glob, paths)]
    if config.plugin_root and not any(project.plugin_of(module) for module in project.modules):
        idle.append(("plugin-root", config.plugin_root))
    names = _Names(project)
    for component in config.components:
        where = inside("components", component.name)
        idle += [(inside(where, key), value) for key, value in names.unmatched(component, paths)]
    idle += _unused_options(config, project, rules)
    for key, value in idle:
        yield Entry(Location(file.path, _line_of(file.text, key, value)), key, value)


def _matches_file(glob: str, paths: Collection[str]) -> bool:
    if glob.startswith("!"):  # it takes back what another one matches
        return True
    patterns = compile_option([glob], "per-path-ignores")
    return any(patterns.covers(path) for path in paths)


class _Names:
    """What there is in a project for the entries of a component to match."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def unmatched(self, component: Component, paths: Collection[str]) -> Iterator[tuple[str, str]]:
        """The keys and values of ``component`` that match nothing."""
        for key, symbol in (("home", component.home), ("factory", component.factory)):
            if symbol and not self._is_defined(symbol):
                yield key, symbol
        yield from (("names", glob) for glob in component.names if not _matches_any(glob, self._classes))
        yield from (("paths", glob) for glob in component.paths if not _is_there(glob, paths))
        yield from (("methods", name) for name in component.methods if name not in self._functions)
        yield from (("events", name) for name in component.events if name not in self._literals)
        yield from (("replaces", name) for name in component.replaces if not self._is_used(name))
        yield from (("allowed-in", glob) for glob in component.allowed_in if not _is_there(glob, paths))

    @cached_property
    def _classes(self) -> frozenset[str]:
        return frozenset(symbol.name for symbol in self._project.classes())

    @cached_property
    def _functions(self) -> frozenset[str]:
        return frozenset(symbol.name for symbol in self._project.functions())

    @cached_property
    def _literals(self) -> frozenset[str]:
        uses = {use.value for module in self._project.modules for use in module.facts.strings}
        values = (binding.value for module in self._project.modules for binding in module.facts.bindings)
        constants = {value.text.strip("\"'") for value in values if value and value.kind is ValueKind.CONSTANT}
        return frozenset(uses | constants)

    @cached_property
    def _outside(self) -> frozenset[str]:
        return frozenset(use.name for module in self._project.modules for use in outside_uses(self._project, module))

    def _is_used(self, name: str) -> bool:
        return any(used == name or used.startswith(f"{name}.") for used in self._outside)

    def _is_defined(self, symbol_id: str) -> bool:
        """Whether the module defines it, or may do so unseen. A name that it only imports is defined elsewhere."""
        name, _, qualname = symbol_id.partition(":")
        return any(
            module.facts.is_dynamic
            or any(symbol.qualname == qualname for symbol in (*module.classes, *module.functions, *module.variables))
            for module in self._project.modules
            if module.name == name
        )


def _is_there(glob: str, paths: Iterable[str]) -> bool:
    return any(is_at(path, glob) for path in paths)


def _matches_any(glob: str, names: Iterable[str]) -> bool:
    return any(fnmatchcase(name, glob) for name in names)


def _unused_options(config: Config, project: Project, rules: Iterable[Rule]) -> Iterator[tuple[str, str]]:
    for rule in rules:
        for key, kind in option_kinds(type(rule)).items():
            if key in config.rules.get(rule.name, {}) and _is_about_modules(kind):
                globs: Sequence[str] = getattr(rule, field_name(key))
                where = inside(inside("rules", rule.name), key)
                modules = [module.name for module in project.modules]
                yield from ((where, glob) for glob in globs if not _matches_any(glob, modules))


def _is_about_modules(kind: object) -> bool:
    return any(isinstance(meta, Meta) and (meta.extra or {}).get("matches") == "modules" for meta in get_args(kind))


def _line_of(text: str, key: str, value: str) -> int:
    """The line of a TOML file that a value stands in, as far as a search tells: the first one that quotes it, after
    its key where the key comes before it; else the first line."""
    quoted = re.compile(rf"""(["']){re.escape(value)}\1""")
    assigned = re.search(rf"^[ \t]*{re.escape(key.rpartition('.')[2])}[ \t]*=", text, re.MULTILINE)
    found = quoted.search(text, assigned.start() if assigned else 0) or quoted.search(text)
    return text.count("\n", 0, found.start()) + 1 if found else 1
