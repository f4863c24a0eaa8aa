"""Which of several places is the source of truth, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

from ssot_lint.model.facts import Function
from ssot_lint.model.source import Zone
from ssot_lint.project.loading import OutsideQuestions, ReachQuestions
from ssot_lint.project.references import CallReference
from ssot_lint.project.retirement import is_deprecated, is_retired_name, is_unstable_name
from ssot_lint.project.symbols import Module, Symbol
from ssot_lint.text.wording import counted

SymbolT = TypeVar("SymbolT", bound=Symbol)

_A_PAIR = 2
_COMMAND_LINES = frozenset({"__main__", "_cli", "cli"})
"""What is there for a command line is called so."""
_NO_USERS = frozenset({Zone.TEST, Zone.BACKUP})
"""What imports from there says nothing about what production code relies on."""

ALPHABET = "first by name, all else equal"
"""The reason of a home that was chosen by its name."""

OTHERS_UNUSED = "no code here uses the others"
"""The reason of a home that only its name speaks for, where the others are deleted."""

IMPORTABLE = "the only one that can be imported"
"""The reason of a home beside copies that stand in functions."""

ALLOWED = "the only one that the others may depend on"
"""The reason of a home whose distribution those of the others depend on."""

ONLY_FUNCTION = "the only function of them"
"""The reason of a home beside methods with its body."""

USED = "the only one that is used"
"""The reason of a home beside copies that nobody uses."""

SHARED_ABOVE = "its module is there for the packages beside it, which the others lie in"
"""The reason of a home in the package around those of the others."""

_WITHOUT_CIRCLE = "the only one that the others can import without a circle"
_IN_DIRECTION = "the only one whose package the others' packages import"
_LIGHTEST = "the only one that loads nothing that the others do without"
_SHORTEST = "shortest module path"
_USERS = "imported by "
_FOR_TWINS = " for what they share"
_MODULE_USERS = "its module is imported by "


def tells_little(reason: str) -> bool:
    """Whether the reason of a home says nothing about the subject itself, only about the module that it is in."""
    return reason in (ALPHABET, IMPORTABLE, _SHORTEST, _LIGHTEST) or reason.startswith(_MODULE_USERS)


def tells_of_use(reason: str) -> bool:
    """Whether the reason of a home is that it is used, wherever that is."""
    return reason == USED or reason.startswith(_USERS)


def tells_of_direction(reason: str) -> bool:
    """Whether the reason of a home is that an import of it goes the way that others go."""
    return reason in (_WITHOUT_CIRCLE, _IN_DIRECTION)


def tells_of_twins(reason: str) -> bool:
    """Whether the reason of a home is what its module has in common with that of the others, and who uses that."""
    return reason.startswith(_USERS) and reason.endswith(_FOR_TWINS)


class Evidence(Protocol):
    """What a project knows that decides on homes."""

    @property
    def reach(self) -> ReachQuestions:
        """Which modules lead to which."""
        ...

    @property
    def outside(self) -> OutsideQuestions:
        """Which third-party packages modules load."""
        ...

    def is_new(self, symbol: Symbol) -> bool:
        """Whether ``symbol`` came with the change that the scan is about."""
        ...

    def can_use(self, site: Module, home: Module) -> bool:
        """Whether what is installed with ``site`` may import ``home``."""
        ...

    def importers_of(self, symbol: Symbol) -> Sequence[Module]:
        """The modules that import ``symbol``."""
        ...

    def importers_of_module(self, module: Module) -> frozenset[Module]:
        """The modules that import ``module`` or something from it."""
        ...

    def takes_anything(self, site: Module, source: Module) -> bool:
        """Whether ``site`` imports ``source`` or something from it for more than type checkers."""
        ...

    def calls_of(self, symbol: Symbol) -> Sequence[CallReference]:
        """The calls of ``symbol``."""
        ...


def infer_home(candidates: Sequence[SymbolT], evidence: Evidence) -> tuple[SymbolT, str]:
    """The candidate that counts as the source of truth, and the reason: the first criterion that told it apart.

    The order of criteria is the contract's: there before the change that the scan is about; production code; not
    retired by path, name, all that import it or its own warning; not experimental by path or name; what the others can
    import, by what is installed with them and without a circle of imports; used by more than the packages of the
    others; in the package that theirs import; in a module of the package around theirs that is there for all of them;
    used at all; not part of a command line, which is there to use others; imported by the most modules, tests left out;
    without a third-party package that the others do not load; in the module that most import; public; shortest module
    path.
    """
    remaining, reason = list(candidates), "the only definition"
    for key, why in _criteria(candidates, evidence):
        if len(remaining) == 1:
            break
        ranks = {symbol: key(symbol) for symbol in remaining}
        best = min(ranks.values())
        kept = [symbol for symbol in remaining if ranks[symbol] == best]
        if len(kept) < len(remaining):
            reason = why(kept[0])
        remaining = kept
    if len(remaining) > 1:
        reason = ALPHABET
    return min(remaining, key=lambda symbol: (symbol.module.name, symbol.qualname, symbol.sort_key)), reason


def importers(symbol: Symbol, evidence: Evidence) -> frozenset[Module]:
    """The other modules that import ``symbol``, without tests, and without the packages around it: what their
    ``__init__`` passes on is no use of it."""
    return frozenset(module for module in evidence.importers_of(symbol) if _is_user(module, symbol.module))


MOST_OTHERS = 100
"""Candidates that each is held against: of thousands of copies, the first tell what the others would."""

_Criterion = tuple[Callable[[Symbol], int], Callable[[Symbol], str]]


def _criteria(candidates: Sequence[Symbol], evidence: Evidence) -> Iterator[_Criterion]:
    """From the first to the last: a rank, the lowest of which stays, and the reason it gives."""
    shared = _shared_names(candidates)
    others = candidates[:MOST_OTHERS]

    def users(symbol: Symbol) -> int:
        return len(_users(symbol, shared, evidence))

    def imported_by(symbol: Symbol) -> str:
        return f"{_USERS}{counted(users(symbol), 'module')}{_FOR_TWINS if shared else ''}"

    def module_users(symbol: Symbol) -> int:
        found = evidence.importers_of_module(symbol.module)
        return sum(_is_user(module, symbol.module) for module in found)

    yield _flag(evidence.is_new, "the only one that was there before the change")
    yield _flag(lambda symbol: symbol.module.zone is Zone.TEST, "the only one outside test code")
    yield _flag(lambda symbol: symbol.module.zone is not Zone.PRODUCTION, "the only one in production code")
    yield _flag(
        lambda symbol: is_retired_name(symbol.module.name, symbol.name), "the others are named legacy or deprecated"
    )
    yield _flag(
        lambda symbol: _serves_retired(symbol.module, evidence),
        "the others are imported by legacy or deprecated code only",
    )
    yield _flag(is_deprecated, "the others are deprecated")
    yield _flag(
        lambda symbol: is_unstable_name(symbol.module.name, symbol.name),
        "the others are named experimental or unstable",
    )
    yield (
        lambda symbol: sum(not evidence.can_use(other.module, symbol.module) for other in others),
        lambda _: ALLOWED,
    )
    yield (
        lambda symbol: sum(evidence.reach.closes_circle(other.module, symbol.module) for other in others),
        lambda _: _WITHOUT_CIRCLE,
    )
    yield _flag(
        lambda symbol: _serves_others_only(symbol, others, _users(symbol, shared, evidence)),
        "the others are used outside their own packages only",
    )
    yield (
        lambda symbol: sum(evidence.reach.turns_round(other.module, symbol.module) for other in others),
        lambda _: _IN_DIRECTION,
    )
    yield _flag(lambda symbol: not _is_shared_above(symbol, others, evidence), SHARED_ABOVE)
    yield (
        lambda symbol: not (users(symbol) or _are_called_or_exported(symbol, shared, evidence)),
        lambda symbol: imported_by(symbol) if users(symbol) else USED,
    )
    yield _flag(lambda symbol: _serves_command_line(symbol, others), "the others are parts of a command line")
    yield lambda symbol: -users(symbol), imported_by
    yield (
        lambda symbol: sum(_brings_anything(other.module, symbol.module, evidence) for other in others),
        lambda _: _LIGHTEST,
    )
    yield (
        lambda symbol: -module_users(symbol),
        lambda symbol: f"{_MODULE_USERS}{counted(module_users(symbol), 'module')}",
    )
    yield _flag(lambda symbol: symbol.name.startswith("_"), "the only public one")
    yield (lambda symbol: symbol.module.name.count("."), lambda _: _SHORTEST)


def _serves_others_only(symbol: Symbol, others: Sequence[Symbol], users: frozenset[Module]) -> bool:
    """Whether all ``users`` of one of two definitions stand in the package of the other, and none in its own. A package
    around its own says nothing of whose it is; what stands in a third place too belongs to more than one package."""
    if len(others) > _A_PAIR:
        return False
    own = symbol.module.source.package
    apart = {other.module.source.package for other in others} - {own, ""}
    packages = {package for package in apart if not _is_in_package(symbol.module, package)}
    return bool(users) and all(
        not _is_in_package(user, own) and any(_is_in_package(user, package) for package in packages) for user in users
    )


def _serves_command_line(symbol: Symbol, others: Sequence[Symbol]) -> bool:
    """Whether a definition is there for a command line, and another of the distribution for more."""
    own = symbol.module.source.distribution
    is_needed = any(other.module.source.distribution == own and not _is_command_line(other.module) for other in others)
    return is_needed and _is_command_line(symbol.module)


def _is_command_line(module: Module) -> bool:
    """Whether a module is there for a command line, by its name or that of a package around it."""
    return not _COMMAND_LINES.isdisjoint(module.name.split("."))


def _is_shared_above(symbol: Symbol, others: Sequence[Symbol], evidence: Evidence) -> bool:
    """Whether a definition stands in a plain module beside packages that hold the others, and two of such packages
    import that module, or a neighbour does and theirs are called as it is: what they share stands there already."""
    module = symbol.module
    around = f"{module.source.package}."
    apart = [other.module for other in others if other is not symbol]
    if around == "." or module.source.is_package or not all(_branch_below(each, around) for each in apart):
        return False
    importing = {_branch_below(each, around) for each in evidence.importers_of_module(module) if _is_user(each, module)}
    is_namesake = all(each.name.rpartition(".")[2] == module.name.rpartition(".")[2] for each in apart)
    return len(importing - {""}) > 1 or (is_namesake and "" in importing)


def _branch_below(module: Module, around: str) -> str:
    """The package directly in ``around``, which ends with a dot, that a module lies in; empty without one."""
    package = module.source.package
    return package[len(around) :].partition(".")[0] if package.startswith(around) else ""


def _is_in_package(module: Module, package: str) -> bool:
    return f"{module.source.package}.".startswith(f"{package}.")


def _brings_anything(site: Module, home: Module, evidence: Evidence) -> bool:
    """Whether an import of ``home`` in ``site``, which does without it so far, loads another third-party package."""
    return bool(evidence.outside.brought(site, home)) and not evidence.takes_anything(site, home)


def _flag(is_worse: Callable[[Symbol], bool], why: str) -> _Criterion:
    return is_worse, lambda _: why


def _shared_names(candidates: Sequence[Symbol]) -> frozenset[str]:
    """What the modules of all candidates define beside them: copies in one pair of modules get homes in one way."""
    names = ({symbol.name for symbol in _definitions(module)} for module in {each.module for each in candidates})
    return frozenset(set.intersection(*names) - {symbol.name for symbol in candidates})


def _definitions(module: Module) -> Sequence[Symbol]:
    return (*module.top_level_classes, *module.top_level_functions)


def _with_shared(symbol: Symbol, shared: frozenset[str]) -> frozenset[Symbol]:
    """``symbol``, and what else its module shares with those of the other candidates."""
    return frozenset({symbol, *(each for each in _definitions(symbol.module) if each.name in shared)})


def _users(symbol: Symbol, shared: frozenset[str], evidence: Evidence) -> frozenset[Module]:
    """The modules that import a definition, or what its module shares, or call it as an attribute of that."""
    symbols = _with_shared(symbol, shared)
    called = {call.module for each in symbols for call in evidence.calls_of(each)}
    callers = frozenset(module for module in called if _is_user(module, symbol.module))
    return callers.union(*(importers(each, evidence) for each in symbols))


def _are_called_or_exported(symbol: Symbol, shared: frozenset[str], evidence: Evidence) -> bool:
    """Whether something beyond the copies themselves uses one of them."""
    symbols = _with_shared(symbol, shared)
    if any(_is_offered_or_kept(each) for each in symbols):
        return True
    calls = {each: evidence.calls_of(each) for each in symbols}
    return any(_is_use(call, symbols) for found in calls.values() for call in found) or any(
        _is_handed_on(each, found) for each, found in calls.items()
    )


def _is_use(call: CallReference, symbols: frozenset[Symbol]) -> bool:
    return call.module.zone not in _NO_USERS and not _is_within(call, symbols)


def _is_offered_or_kept(symbol: Symbol) -> bool:
    """Whether the module of a definition offers it, or has a function under a decorator, which may keep it."""
    is_kept = isinstance(symbol.fact, Function) and bool(symbol.fact.decorators)
    return is_kept or symbol.name in (symbol.module.facts.exports or ())


def _is_handed_on(symbol: Symbol, calls: Sequence[CallReference]) -> bool:
    """Whether the module of a definition mentions it other than in calls: ``{"uid": validate_uid}``."""
    module = symbol.module
    is_called = any(call.module is module for call in calls)
    return module.zone not in _NO_USERS and not is_called and module.facts.mentions_name(symbol.name)


def _is_within(call: CallReference, symbols: frozenset[Symbol]) -> bool:
    return any(
        each.module is call.module and each.fact.line <= call.fact.line <= each.fact.end_line for each in symbols
    )


def _serves_retired(module: Module, evidence: Evidence) -> bool:
    """Whether all that imports a module is on the way out itself."""
    users = [each for each in evidence.importers_of_module(module) if _is_user(each, module)]
    return bool(users) and all(is_retired_name(each.name) for each in users)


def _is_user(module: Module, used: Module) -> bool:
    is_around = module.source.is_package and used.name.startswith(f"{module.name}.")
    return module is not used and module.zone not in _NO_USERS and not is_around
