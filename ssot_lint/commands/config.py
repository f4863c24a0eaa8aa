"""``ssot-lint config``."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ssot_lint.commands.option_groups import ConfigFile
from ssot_lint.commands.project_settings import project_root, settings_of
from ssot_lint.commands.streams import print_text
from ssot_lint.config.load import Settings
from ssot_lint.config.settings import Config
from ssot_lint.config.toml import toml_value


def print_config(choice: ConfigFile) -> None:
    """Print the settings of the project here as TOML, each with its source in a comment."""
    print_text(_as_toml(settings_of(project_root([Path.cwd()]), choice, {})))


def _as_toml(settings: Settings) -> str:
    lines = [
        (
            f"{field.encode_name} = {toml_value(getattr(settings.config, field.name))}",
            settings.origins.get(field.encode_name, "default"),
        )
        for field in msgspec.structs.fields(Config)
    ]
    width = max(len(setting) for setting, _ in lines)
    return "".join(f"{setting:{width}}  # {origin}\n" for setting, origin in lines)
