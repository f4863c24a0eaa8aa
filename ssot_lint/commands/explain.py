"""``ssot-lint explain``."""

from __future__ import annotations

from pathlib import Path

from ssot_lint.commands.option_groups import ConfigChoice
from ssot_lint.commands.project_settings import project_root, settings_of
from ssot_lint.commands.session import known_rules
from ssot_lint.commands.streams import print_text
from ssot_lint.rules.docs import document, render_explanation
from ssot_lint.rules.selection import not_one_rule


def print_explanation(choice: ConfigChoice, word: str) -> None:
    """Print the documentation of a rule. ``word`` is its code, its name, or the id of one of its sites, in any case.

    Raises UsageError when there is no such rule.
    """
    root = project_root([Path.cwd()])
    known = known_rules(root, settings_of(root, choice, {}), choice)
    rule = known.find(word.lower()) or known.find(word.partition("-")[0].upper())
    if rule is None:
        raise not_one_rule(known, word, "`ssot-lint rules` lists them")
    print_text(render_explanation(document(rule.rule)))
