"""The built-in rules."""

from ssot_lint.rule import Rule

RULES: tuple[type[Rule], ...] = ()
