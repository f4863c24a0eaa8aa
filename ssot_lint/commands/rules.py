"""``ssot-lint rules``."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import msgspec
from rich.text import Text

from ssot_lint.commands.option_groups import ConfigChoice
from ssot_lint.commands.options import ListFormat
from ssot_lint.commands.project_settings import project_root, settings_of
from ssot_lint.commands.session import known_rules
from ssot_lint.commands.streams import print_bytes, print_text
from ssot_lint.reporters.layout import table
from ssot_lint.rules.registry import Registered, RuleSet
from ssot_lint.rules.selection import selected


def print_rules(choice: ConfigChoice, form: ListFormat) -> None:
    """Print all known rules, and which of them a scan would run here."""
    root = project_root([Path.cwd()])
    settings = settings_of(root, choice, {})
    known = known_rules(root, settings, choice)
    on = selected(known, settings)
    if form is ListFormat.JSON:
        print_bytes(_as_json(known, on))
    else:
        print_text(_as_text(known, on))


def _as_text(known: RuleSet, on: Collection[Registered]) -> str:
    rows = []
    for each in known.rules:
        info = each.rule.info()
        cells = (info.code, info.name, info.severity.value, "on" if each in on else "off", info.summary)
        rows.append([Text(cell) for cell in cells])
    lines = table(("code", "name", "severity", "on", "finds"), rows, left=5)
    return "".join(f"{line.plain}\n" for line in lines)


def _as_json(known: RuleSet, on: Collection[Registered]) -> bytes:
    rows = [
        {
            "code": info.code,
            "name": info.name,
            "family": info.family,
            "severity": info.severity.value,
            "on": each in on,
            "pack": each.pack,
            "summary": info.summary,
        }
        for each in known.rules
        for info in [each.rule.info()]
    ]
    return msgspec.json.format(msgspec.json.encode(rows), indent=2) + b"\n"
