"""What a configuration value must satisfy beyond its type."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import PurePosixPath, PureWindowsPath

from ssot_lint.config.convert import inside
from ssot_lint.config.settings import CodeLayout, Config
from ssot_lint.errors import ConfigError
from ssot_lint.model.component import Component

_WEB_ADDRESS = re.compile(r"https?://[^\s/]+(/\S*)?")


def check_values(config: Config, spell: Callable[[str], str]) -> None:
    """Raise ConfigError for the first value that cannot be meant; ``spell`` writes its key as the user did."""
    _check_relative(config.source_roots, spell("source-roots"))
    _check_relative(config.plugins, spell("plugins"))
    _check_relative([config.cache_dir], spell("cache-dir"))
    _check_relative([config.baseline], spell("baseline"))
    if not config.baseline:
        raise ConfigError(f"{spell('baseline')}: names no file", "Leave the key out, or scan with --no-baseline")
    _check_relative([config.plugin_root], spell("plugin-root"))
    if "**" in config.plugin_root:
        raise ConfigError(f'{spell("plugin-root")}: "**" has no depth', "Write one * for each level of folders")
    for template in config.mirror_comments:
        if "{target}" not in template:
            raise ConfigError(
                f'{spell("mirror-comments")}: "{template}" does not say where the target stands',
                'For example: mirror-comments = ["Copied from {target}( with {renames})?"]',
            )
    _check_address(config.repository_url, spell("repository-url"))
    _check_components(config.components, spell("components"))


def check_layout(config: Config, spell: Callable[[str], str]) -> None:
    """Raise ConfigError when one of ``layout`` and ``plugin-root`` says plug-ins and the other does not."""
    if config.layout is CodeLayout.PLUGINS and not config.plugin_root:
        raise ConfigError(
            f"{spell('layout')}: plugins needs a plugin-root", 'For example: plugin-root = "shop/plugins/*"'
        )
    if config.plugin_root and config.layout is not CodeLayout.PLUGINS:
        raise ConfigError(f"{spell('plugin-root')}: has no effect without a layout", 'Add layout = "plugins"')


def _check_relative(paths: Sequence[str], where: str) -> None:
    for path in paths:
        if PurePosixPath(path).is_absolute() or PureWindowsPath(path).drive or ".." in PurePosixPath(path).parts:
            raise ConfigError(f'{where}: "{path}" leaves the project', "Write it relative to the project root")


def _check_address(address: str, where: str) -> None:
    """A report makes links of it: nothing but the web may be meant."""
    if address and not _WEB_ADDRESS.fullmatch(address):
        raise ConfigError(
            f'{where}: "{address}" is no address on the web', "Write https://github.com/OWNER/NAME/blob/main, say"
        )


def _check_components(components: Sequence[Component], where: str) -> None:
    names: set[str] = set()
    for index, component in enumerate(components):
        here = f"{where}[{index}]"
        if component.name in names:
            raise ConfigError(f'{inside(here, "name")}: "{component.name}" is declared twice')
        names.add(component.name)
        for key, symbol in (("home", component.home), ("factory", component.factory)):
            module, colon, name = symbol.partition(":")
            if symbol and not (module and colon and name):
                raise ConfigError(f'{inside(here, key)}: "{symbol}" is not a symbol', "Write package.module:Name")
        for path in component.identity:
            if not all(part.isidentifier() for part in path.split(".")):
                raise ConfigError(
                    f'{inside(here, "identity")}: "{path}" is no path of attributes', "Write context.user_id"
                )
        for name in component.replaces:
            if not all(part.isidentifier() for part in name.split(".")):
                raise ConfigError(f'{inside(here, "replaces")}: "{name}" is no dotted name', "Write os.getenv")
