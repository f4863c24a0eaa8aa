"""Whether a project is a core with plug-ins, and where these are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from ssot_lint.model.proposal import SettingProposal
from ssot_lint.model.source import Zone
from ssot_lint.project.plugin_layout import PluginLayout
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import Module
from ssot_lint.text.identifiers import words
from ssot_lint.text.sanitize import visible
from ssot_lint.text.wording import counted

_FOLDERS = frozenset({"addons", "connectors", "ext", "extensions", "integrations", "plugins"})
_ENOUGH_PLUGINS = 10
_MOST_CROSSINGS = 0.1
"""Share of the plug-ins that may import another one."""
_ENOUGH_HEIRS = 3
"""What so many import is a base that lies among the plug-ins."""
_LEAST_SHARE = 1 / 3
"""Of the files of production code: else it is a program that has some plug-ins."""


def propose_plugins(project: Project) -> tuple[SettingProposal, ...]:
    """``layout`` and ``plugin-root`` where a folder named for plug-ins holds ten or more, a third of all code, that do
    not import one another; nothing where the configuration says something of it."""
    modules = [module for module in project.modules if module.zone is Zone.PRODUCTION]
    for pattern in _patterns(modules):
        plugins = _plugins(modules, pattern)
        held = sum(len(group) for group in plugins.values())
        crossing = _crossing(project, pattern)
        is_apart = len(crossing) <= _MOST_CROSSINGS * len(plugins)
        if len(plugins) >= _ENOUGH_PLUGINS and held >= _LEAST_SHARE * len(modules) and is_apart:
            return _settings(pattern, len(plugins), held, len(modules), len(crossing))
    return ()


def _patterns(modules: Sequence[Module]) -> Iterator[str]:
    """The folders that may hold plug-ins side by side, outer ones first; then those in which kinds of plug-ins have
    folders of their own."""
    folders = {
        folder.as_posix()
        for module in modules
        for folder in PurePosixPath(module.path).parents
        if _FOLDERS & set(words(folder.name)) and visible(folder.as_posix()) == folder.as_posix()
    }
    for folder in sorted(folders, key=lambda each: (each.count("/"), each)):
        yield f"{folder}/*/*"
        yield f"{folder}/*"


def _plugins(modules: Sequence[Module], pattern: str) -> Mapping[str, Sequence[Module]]:
    layout, found = PluginLayout(pattern), defaultdict[str, list[Module]](list)
    for module in modules:
        if plugin := layout.plugin_of(module.path):
            found[plugin].append(module)
    return found


def _crossing(project: Project, pattern: str) -> frozenset[str]:
    """The plug-ins that import something of another one, which is no base that several share."""
    layout, users = PluginLayout(pattern), defaultdict[str, set[str]](set)
    for use in project.imports:
        if use.source is not None and use.importer.zone is Zone.PRODUCTION:
            one, other = layout.plugin_of(use.importer.path), layout.plugin_of(use.source.path)
            if one and other and one != other:
                users[other].add(one)
    return frozenset(one for ones in users.values() if len(ones) < _ENOUGH_HEIRS for one in ones)


def _settings(pattern: str, plugins: int, held: int, files: int, crossing: int) -> tuple[SettingProposal, ...]:
    crossed = (
        "none of them imports" if not crossing else f"{crossing:,} of them import" if crossing > 1 else "one imports"
    )
    evidence = (
        f"{pattern} looks like {plugins:,} plug-ins, {held:,} of {counted(files, 'file')} of production code; "
        f"{crossed} another one. With these two keys nothing is held against what another plug-in has; without "
        "them it is.",
    )
    return SettingProposal("layout", "plugins", evidence), SettingProposal("plugin-root", pattern, ())
