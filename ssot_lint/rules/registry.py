"""Rule packs: installed modules, or with permission files of the scanned repository, that offer ``RULES``."""

from __future__ import annotations

import dataclasses
import importlib.util
import inspect
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from types import ModuleType

from ssot_lint.errors import ConfigError, PluginError
from ssot_lint.model.finding import Severity
from ssot_lint.rules.rule import Rule

ENTRY_POINT_GROUP = "ssot_lint.rules"


@dataclass(frozen=True)
class Registered:
    """A rule class and the pack that brought it."""

    rule: type[Rule]
    pack: str


@dataclass(frozen=True)
class RuleSet:
    """All known rules, sorted by code; no code and no name occurs twice."""

    rules: tuple[Registered, ...]

    def find(self, code_or_name: str) -> Registered | None:
        """The rule of that code or name."""
        return next((each for each in self.rules if code_or_name in (each.rule.code, each.rule.name)), None)

    def words(self) -> list[str]:
        """Everything a rule can be called: all codes and all names."""
        return list(self.codes())

    def codes(self) -> dict[str, str]:
        """The code of everything a rule can be called."""
        return {word: each.rule.code for each in self.rules for word in (each.rule.code, each.rule.name)}


def rule_label(rule: type[Rule], pack: str) -> str:
    """How a rule is called in messages about it: code, name and pack."""
    return f"{rule.code} {rule.name} of pack {pack}"


def installed_packs() -> list[EntryPoint]:
    """The entry points of all installed packs, sorted by name."""
    return sorted(entry_points(group=ENTRY_POINT_GROUP), key=lambda entry: (entry.name, entry.value))


def load_rules(packs: Iterable[EntryPoint], plugins: Sequence[Path] = ()) -> RuleSet:
    """The rules of the installed ``packs`` and of the ``plugins``, which are Python files.

    Raises PluginError when there is no pack, when a pack cannot be imported or offers something else than
    rules, and when two rules claim one code or name.
    """
    registered = [rule for pack in packs for rule in _rules_of(f"{pack.name} ({pack.value})", pack.load)]
    if not registered:
        raise PluginError(f"no rule pack is installed (entry-point group {ENTRY_POINT_GROUP})", "Reinstall ssot-lint")
    for path in plugins:
        registered += _rules_of(path.name, _PluginFile(path).load)
    _reject_duplicates(registered)
    return RuleSet(tuple(sorted(registered, key=lambda each: each.rule.code)))


def plugin_files(root: Path, plugins: Iterable[str], *, allowed: bool, where: str) -> list[Path]:
    """The files that the configuration names as plugins, ``where`` being the key they stand in.

    Raises ConfigError when they are not allowed to run or do not exist.
    """
    paths = [root / plugin for plugin in plugins]
    if paths and not allowed:
        raise ConfigError(f"{where}: names code of the scanned repository", "Give --allow-plugins if you trust it")
    for path in paths:
        if not path.is_file():
            raise ConfigError(f'{where}: "{path.relative_to(root).as_posix()}" is not a file')
    return paths


@dataclass(frozen=True)
class _PluginFile:
    path: Path

    def load(self) -> ModuleType:
        name = f"ssot_lint_plugin_{self.path.stem}"
        spec = importlib.util.spec_from_file_location(name, self.path)
        if spec is None or spec.loader is None:
            raise ImportError("not a Python file")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # dataclasses look their module up to read annotations
        spec.loader.exec_module(module)
        return module


def _rules_of(pack: str, load: Callable[[], object]) -> list[Registered]:
    try:
        module = load()
    except (Exception, SystemExit) as error:
        raise PluginError(
            f"rule pack {pack} cannot be loaded: {type(error).__name__}: {error}",
            "Repair or uninstall the package that provides it",
        ) from error
    rules = getattr(module, "RULES", None)
    if not isinstance(rules, tuple) or not rules:
        raise PluginError(f"rule pack {pack} has no rules", "Give it a tuple RULES of Rule classes")
    for rule in rules:
        _check_rule(rule, pack)
    return [Registered(rule, pack) for rule in rules]


def _check_rule(rule: object, pack: str) -> None:
    problem = _problem(rule)
    if problem:
        raise PluginError(f"rule pack {pack}: {getattr(rule, '__name__', repr(rule))}: {problem}")


def _problem(rule: object) -> str:
    """What is wrong with a member of RULES; empty when nothing is."""
    if not (isinstance(rule, type) and issubclass(rule, Rule)):
        return "not a subclass of ssot_lint.rules.rule.Rule"
    if inspect.isabstract(rule):
        return f"does not define {' and '.join(f'{name}()' for name in sorted(rule.__abstractmethods__))}"
    wanted = {"code": str, "name": str, "family": str, "severity": Severity}
    for attribute, kind in wanted.items():
        if not isinstance(getattr(rule, attribute, None), kind):
            return f"its {attribute} is not a {kind.__name__}"
    if not (rule.code.isascii() and rule.code.isalnum() and rule.code == rule.code.upper()):
        return f'its code "{rule.code}" is not made of capital letters and digits'
    if not rule.name.replace("-", "a").isalnum() or rule.name != rule.name.lower():
        return f'its name "{rule.name}" is not in kebab-case'
    return _option_problem(rule)


def _option_problem(rule: type[Rule]) -> str:
    # vars: every rule class inherits dataclass-ness, so only its own parameters tell
    if "__dataclass_params__" not in vars(rule):
        return "not decorated with @dataclass(frozen=True)"
    for option in dataclasses.fields(rule):
        if option.default is dataclasses.MISSING and option.default_factory is dataclasses.MISSING:
            return f"its option {option.name} has no default"
    return ""


def _reject_duplicates(registered: Iterable[Registered]) -> None:
    seen: dict[str, Registered] = {}
    for each in registered:
        for word in (each.rule.code, each.rule.name):
            other = seen.setdefault(word, each)
            if other is not each:
                rivals = f"by {rule_label(other.rule, other.pack)} and by {rule_label(each.rule, each.pack)}"
                raise PluginError(f"{word} is claimed twice, {rivals}", "Uninstall one of them")
