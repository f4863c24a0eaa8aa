"""Which rules run, and with which options: the configuration applied to the known rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ssot_lint.config.convert import convert, inside
from ssot_lint.config.layers import Layer
from ssot_lint.config.load import Settings
from ssot_lint.discovery.ignore import Patterns, compile_option
from ssot_lint.errors import ConfigError, UsageError
from ssot_lint.model.finding import Severity
from ssot_lint.model.report import RuleInfo
from ssot_lint.rules.registry import Registered, RuleSet, rule_label
from ssot_lint.rules.rule import Rule
from ssot_lint.text.suggest import suggestion
from ssot_lint.text.wording import counted, listed

ALL = "ALL"
_MOST_CODES = 10


@dataclass(frozen=True)
class ActiveRule:
    """A rule that runs. ``severity`` is the configured one, None for the rule's own; ``ignored_paths`` match
    the files in which its sites do not count."""

    rule: Rule
    info: RuleInfo
    pack: str
    severity: Severity | None = None
    ignored_paths: Patterns | None = None

    @property
    def label(self) -> str:
        """How the rule is called in messages about it."""
        return rule_label(type(self.rule), self.pack)


def activate(known: RuleSet, settings: Settings) -> tuple[ActiveRule, ...]:
    """The rules to run, sorted by code.

    Raises ConfigError for a name that no rule has, for a wrong option, and when nothing is left to run.
    """
    chosen = selected(known, settings)
    if not chosen:
        raise ConfigError("no rule is left to run", "Check select and ignore; `ssot-lint config` shows them")
    config = settings.config
    configured = _configured(known, settings)
    return tuple(
        ActiveRule(
            rule=configured.get(each.rule.name) or each.rule(),
            info=each.rule.info(),
            pack=each.pack,
            severity=config.severity.get(each.rule.code) or config.severity.get(each.rule.name),
            ignored_paths=_ignored_paths(known, each.rule.code, config.per_path_ignores),
        )
        for each in chosen
    )


def selected(known: RuleSet, settings: Settings) -> tuple[Registered, ...]:
    """The rules that are on: ``select``, else the defaults, and ``extend-select``, without ``ignore``.

    Raises ConfigError for a name in the settings that no rule has.
    """
    for layer in settings.layers:
        _check_selectors(known, layer)
        _check_names(known, layer)
    codes = _without_ignore(known, settings) - _codes(known, settings.config.ignore)
    return tuple(each for each in known.rules if each.rule.code in codes)


def unused_ignores(known: RuleSet, settings: Settings) -> tuple[str, ...]:
    """The selectors under ``ignore`` of the configuration file that switch nothing off that would be on.

    Empty where the file's ``ignore`` does not count: a stronger source selects rules anew, or there is no file.
    """
    if settings.file is None or any("select" in layer.keys for layer in settings.layers[1:]):
        return ()
    own = settings.layers[0].config
    on = _without_ignore(known, settings)
    return tuple(selector for selector in own.ignore if not on & _codes(known, [selector]))


def codes_of(known: RuleSet, selectors: Iterable[str], where: str) -> frozenset[str]:
    """The codes that ``selectors`` stand for. Raises ConfigError for one that is no rule; ``where`` it was given."""
    for selector in selectors:
        if not _codes(known, [selector]):
            raise _unknown_rule(where, selector, (*known.words(), ALL))
    return _codes(known, selectors)


def not_one_rule(known: RuleSet, word: str, otherwise: str) -> UsageError:
    """What is wrong with a word that is to mean one rule, and does not: it means several, or none."""
    group = sorted(_codes(known, [word.upper()]))
    if group:
        return UsageError(
            f"{word} stands for {counted(len(group), 'rule')}", f"Choose from {listed(group, _MOST_CODES)}"
        )
    return UsageError(f'no rule is called "{word}"', suggestion(word, known.words(), otherwise))


def _without_ignore(known: RuleSet, settings: Settings) -> frozenset[str]:
    """The codes that would be on if nothing were ignored."""
    config = settings.config
    codes = frozenset(each.rule.code for each in known.rules if each.rule.on_by_default)
    if "select" in settings.origins:
        codes = _codes(known, config.select)
    return codes | _codes(known, config.extend_select)


def _codes(known: RuleSet, selectors: Iterable[str]) -> frozenset[str]:
    """The codes that ``selectors`` stand for: codes, names, beginnings of codes, or ALL."""
    return frozenset(
        each.rule.code
        for selector in selectors
        for each in known.rules
        if selector and (selector in (ALL, each.rule.name) or each.rule.code.startswith(selector))
    )


def _configured(known: RuleSet, settings: Settings) -> dict[str, Rule]:
    """The rules that have a table of options, by name; also those that do not run, so that all are checked."""
    where = settings.spell("rules")
    return {
        each.rule.name: convert(settings.config.rules[each.rule.name], each.rule, inside(where, each.rule.name))
        for each in known.rules
        if each.rule.name in settings.config.rules
    }


def _ignored_paths(known: RuleSet, code: str, ignores: Mapping[str, Iterable[str]]) -> Patterns | None:
    globs = [glob for glob, selectors in ignores.items() if code in _codes(known, selectors)]
    return compile_option(globs, "per-path-ignores") if globs else None


def _check_selectors(known: RuleSet, layer: Layer) -> None:
    config = layer.config
    given = {
        layer.spell("select"): config.select,
        layer.spell("extend-select"): config.extend_select,
        layer.spell("ignore"): config.ignore,
    }
    for glob, selectors in config.per_path_ignores.items():
        given[inside(layer.spell("per-path-ignores"), glob)] = selectors
    for where, selectors in given.items():
        for selector in selectors:
            if not _codes(known, [selector]):
                raise _unknown_rule(where, selector, (*known.words(), ALL))


def _check_names(known: RuleSet, layer: Layer) -> None:
    for name in layer.config.severity:
        if known.find(name) is None:
            raise _unknown_rule(layer.spell("severity"), name, known.words())
    for name in layer.config.rules:
        rule = known.find(name)
        if rule is None:
            raise _unknown_rule(layer.spell("rules"), name, known.words())
        if name != rule.rule.name:  # one table per rule, not one by code and one by name
            where = layer.spell("rules")
            raise ConfigError(f'{where}: no rule is called "{name}"', f"Its options stand under rules.{rule.rule.name}")


def _unknown_rule(where: str, name: str, known: Iterable[str]) -> ConfigError:
    return ConfigError(f'{where}: no rule is called "{name}"', suggestion(name, known, "`ssot-lint rules` lists them"))
