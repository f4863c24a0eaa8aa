"""What becomes of copies of a home, in words: an import to write, a move to another place, a deletion."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from ssot_lint.model.finding import NEW_MODULE, NO_HOME_YET, Finding, Severity
from ssot_lint.project.home import ALLOWED, ONLY_FUNCTION, importers, tells_little, tells_of_direction
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol, Module, Symbol, VariableSymbol
from ssot_lint.text.identifiers import last_part, words
from ssot_lint.text.wording import listed
from ssot_rules.analysis.branches import lies_apart
from ssot_rules.analysis.common_modules import (
    have_a_third,
    place_of_distribution,
)
from ssot_rules.analysis.files_that_go import goes_whole
from ssot_rules.analysis.helpers_at_hand import is_for_helpers, is_rather_a_peer
from ssot_rules.analysis.idle_copies import (
    is_never_named,
    is_past,
    is_unused,
    may_be_kept,
    stood_in_for,
)
from ssot_rules.analysis.places import NO_PLACE, common_place, existing_place, helpers_for
from ssot_rules.analysis.reaching import import_statement, obstacle_between, obstacles_of, privacy_of, quoted
from ssot_rules.analysis.standing import are_named_for_their_places, is_settled
from ssot_rules.analysis.surroundings import company_of, packages_needed

_KEEP = "Keep"
# Modules called so are there to be started.
_STARTED = frozenset({"daemon", "main", "worker"})

NEVER_USED = "delete all of them: no code here does."
"""The end of what is said first of copies that no code uses."""
_AT_HAND = "all of them import that already"
_FROM_A_THIRD = "the distributions of all of them import from that one already"
_WRITTEN = " and write `"
_KEPT_AND_WRITTEN = 2
_OTHER_PROGRAM = "what the others can import is not there for it"


@dataclass(frozen=True, slots=True)
class Way:
    """How some copies of a thing get at its home: by ``statement``, the import to write there. Where that is empty,
    ``deed`` says what to do instead, in a sentence; ``is_move``: the home does not stay either; ``is_deletion``:
    nothing takes the place of the copies."""

    copies: tuple[Symbol, ...]
    statement: str
    deed: str = ""
    is_move: bool = False
    is_deletion: bool = False

    @property
    def paths(self) -> str:
        """The files of the copies, each once, as a list in a sentence."""
        return paths_of(self.copies)


def paths_of(symbols: Sequence[Symbol]) -> str:
    """The files of symbols, each once, as a list in a sentence."""
    return listed(list(dict.fromkeys(symbol.module.path for symbol in symbols)))


def ways_to(project: Project, home: Symbol, reason: str, copies: Sequence[Symbol]) -> list[Way]:
    """How each of ``copies`` gets at ``home``, which is the home for ``reason``; those with one way together."""
    found, needed = _idle_ways(project, home, copies)
    if not needed:
        return found
    if stays_nowhere(project, home, reason, needed):
        apart = [copy for copy in needed if not project.can_use(copy.module, home.module)]
        obstacle = obstacle_between(project, apart[0].module, home) if apart else ""
        return [*found, *_moves(project, home, needed, obstacle or better_place(project, home, reason, needed))]
    return [*found, *_ways_of_needed(project, home, needed)]


def stays_nowhere(project: Project, home: Symbol, reason: str, copies: Sequence[Symbol]) -> bool:
    """Whether ``home`` is no place to import from: too little speaks for it, its branch of the packages is nothing to
    the others, or another place is there for all."""
    is_weak = not is_settled(project, home, reason, copies) or lies_apart(project, home, reason, copies)
    return is_weak or _is_in_program(project, home, reason, copies) or bool(better_place(project, home, reason, copies))


def _is_in_program(project: Project, home: Symbol, reason: str, copies: Sequence[Symbol]) -> bool:
    """Whether ``home`` is a function of a module that is there to be started (``training/worker.py``), which no copy's
    module imports yet: to import it would start half of the program."""
    is_started = not _STARTED.isdisjoint(words(last_part(home.module.name))) and isinstance(home, FunctionSymbol)
    tells_of_function = tells_little(reason) or tells_of_direction(reason) or reason == ONLY_FUNCTION
    others = {copy.module for copy in copies} - {home.module}
    return is_started and tells_of_function and not any(project.takes_anything(each, home.module) for each in others)


def better_place(project: Project, home: Symbol, reason: str, copies: Sequence[Symbol]) -> str:
    """Why another place is better than that of ``home``, as a clause: all that have a copy import a module of helpers
    already, and it is a peer of theirs, or a third distribution is there for theirs. Empty where none is."""
    if reason == ALLOWED:
        return _FROM_A_THIRD if _have_a_third(project, home, copies) else ""
    is_peer = is_rather_a_peer(project, home, reason, copies)
    return _AT_HAND if is_peer and helpers_for(project, [home, *copies]) is not None else ""


def _have_a_third(project: Project, home: Symbol, copies: Sequence[Symbol]) -> bool:
    """Whether what is in several distributions can go to one that all of them import from, and no copy has to do with
    the module of ``home`` yet, though it could."""
    modules = list(dict.fromkeys(symbol.module for symbol in (home, *copies)))
    others = modules[1:]
    if any(isinstance(each, VariableSymbol) for each in copies) or is_for_helpers(home.module):
        return False
    if any(project.takes_anything(each, home.module) for each in others) or len(importers(home, project)) > 1:
        return False
    if any(any(obstacles_of(project, each, home.module)) for each in others):
        return False
    if not any(have_a_third(project, home.module, each) for each in others):
        return False
    package = place_of_distribution(project, modules, packages_needed(project, [home, *copies]))
    return bool(package) and not any(f"{each.name}.".startswith(f"{package}.") for each in modules)


def kept(home: Symbol, ways: Sequence[Way]) -> str:
    """The first sentence of a remedy: what stays; empty where nothing does."""
    is_moved = any(way.is_move for way in ways) and not any(way.statement for way in ways)
    return "" if is_moved else f"{_KEEP} `{home.name}` in {home.module.path}."


def verdict(home: Symbol, reason: str, remedy: str) -> str:
    """The end of a message, in keeping with its remedy: which place stays and why, that none can or none is used."""
    if keeps_home(remedy):
        return f"keep {home.module.path}, {reason}"
    return "no code here uses them" if NEVER_USED in remedy else NO_HOME_YET


def keeps_home(remedy: str) -> bool:
    """Whether a remedy leaves the home where it is."""
    return remedy.startswith(_KEEP)


def is_at_hand(finding: Finding) -> bool:
    """Whether all that ``finding`` asks for is to write imports in place of copies: the home stays and all can import
    it as it is, or a module that all of them import already is the place."""
    steps = finding.remedy.split(". ")
    is_written = finding.home_stays and len(steps) == _KEPT_AND_WRITTEN and _WRITTEN in steps[1]
    return is_written or finding.remedy.endswith(f": {_AT_HAND}.")


def only_deletes(project: Project, home: Symbol, copies: Sequence[Symbol], remedy: str) -> bool:
    """Whether all that a remedy does is to delete files that nothing imports."""
    return keeps_home(remedy) and len(in_files_that_go(project, home, copies)) == len(copies)


def in_files_that_go(project: Project, home: Symbol, copies: Sequence[Symbol]) -> list[Symbol]:
    """Those of the copies whose files can be deleted."""
    by_module: dict[Module, list[Symbol]] = defaultdict(list)
    for copy in copies:
        by_module[copy.module].append(copy)
    going = {module for module, group in by_module.items() if goes_whole(project, group, home.module)}
    return [copy for copy in copies if copy.module in going]


def listed_without_home(finding: Finding) -> Finding:
    """``finding`` of what is only nearly the same: information where nothing of it is the home yet. Four of ten such
    findings were right in six draws of unseen code, of those with a home eight."""
    return finding if finding.home_stays else replace(finding, severity=Severity.INFO)


def listed_where_scattered(finding: Finding, *, at_top: bool = False) -> Finding:
    """``finding`` of copies: information where they lie in different folders and none of them is the home, nor any
    module there for it. Of such classes and functions 12 of 47 findings were right in four draws of unseen code, of
    those in one folder 8 of 15, with a home 14 of 18, with a module for it 9 of 12. So are copies in folders that
    not even a package is around. ``at_top``: only where the outermost package is all they have in common, as of
    methods, of which 4 of 12 were right. A third distribution from which
    those of all import is there for such things."""
    places = [site.location.path for site in finding.sites]
    places += [] if finding.home is None else [finding.home.location.path]
    is_scattered = len({posixpath.dirname(path) for path in places}) > 1
    new = re.search(rf"{NEW_MODULE} `([\w.]+)`", finding.remedy)
    has_no_place = new is None and any(f" {word} {NO_PLACE}" in finding.remedy for word in ("to", "in"))
    is_known = new is None or (at_top and "." in new[1]) or _FROM_A_THIRD in finding.remedy
    has_place = not has_no_place and is_known
    if finding.home_stays or not is_scattered or has_place:
        return finding
    return replace(finding, severity=Severity.INFO)


def _idle_ways(project: Project, home: Symbol, copies: Sequence[Symbol]) -> tuple[list[Way], list[Symbol]]:
    """What becomes of copies that nothing needs, and the others."""
    outlived = in_files_that_go(project, home, copies)
    copies = [copy for copy in copies if copy not in outlived]
    unused = [copy for copy in copies if is_unused(project, copy, home)]
    stand_ins = [copy for copy in copies if copy not in unused and stood_in_for(project, copy.module, home.module)]
    ways = []
    if outlived:
        ways.append(Way(tuple(outlived), "", deletion_of(outlived), is_deletion=True))
    if unused:
        ways.append(Way(tuple(unused), "", _unused_deed(project, home, unused), is_deletion=True))
    if stand_ins:
        files = paths_of(stand_ins)
        deed = (
            f"Delete {files} and the `except` that imports it, if {home.module.name} can be relied on: it stands in "
            "for that alone."
        )
        ways.append(Way(tuple(stand_ins), "", deed, is_deletion=True))
    return ways, [copy for copy in copies if copy not in unused and copy not in stand_ins]


def deletion_of(outlived: Sequence[Symbol]) -> str:
    """What to do with files that nothing imports, in a sentence."""
    says_so = ", and it calls itself past" if all(is_past(symbol.module) for symbol in outlived) else ""
    return f"Delete {paths_of(outlived)}, unless other projects use it: no code here does{says_so}."


def _unused_deed(project: Project, home: Symbol, unused: Sequence[Symbol]) -> str:
    return deletion_from(home, unused, _way_to_keep(project, home, unused))


def _way_to_keep(project: Project, home: Symbol, unused: Sequence[Symbol]) -> str:
    """How other projects find what they took from there, in a sentence; empty where the home cannot be imported."""
    if any(copy.name != home.name or obstacle_between(project, copy.module, home) for copy in unused):
        return ""
    return f" If they do, import it there from `{home.module.name}`."


def deletion_from(home: Symbol, unused: Sequence[Symbol], otherwise: str = "") -> str:
    """What to do with copies of ``home`` that nothing uses, in a sentence; ``otherwise`` is what else to do with public
    ones, as a clause."""
    names = sorted({symbol.name for symbol in unused})
    what = "it" if names == [home.name] else quoted(names)
    if all(name.startswith("_") for name in names):
        return f"Delete {what} from {paths_of(unused)}: no code uses it there."
    where = f"{paths_of(unused)}, unless other projects take it from there"
    return f"Delete {what} from {where}: no code here does.{otherwise}"


def doubt_about(project: Project, symbols: Sequence[Symbol]) -> str:
    """What to ask first about definitions of one name that no file has other than where it defines it, in a sentence;
    empty where one does, or where something else may keep them."""
    names = sorted({symbol.name for symbol in symbols})
    if len(names) > 1 or any(may_be_kept(project, each) for each in symbols) or not is_never_named(project, names):
        return ""
    asked = "nothing asks for" if names[0].startswith("_") else "no other project uses"
    return f"If {asked} `{names[0]}`, {NEVER_USED}"


def after_doubt(doubt: str, deeds: Sequence[str]) -> list[str]:
    """The sentences of a remedy that begins with ``doubt``, empty where there is none: the others are for the case that
    it does not apply."""
    if not doubt or not deeds:
        return [*filter(None, [doubt]), *deeds]
    first, *others = deeds
    return [doubt, f"Else {first[0].lower()}{first[1:]}", *others]


def _ways_of_needed(project: Project, home: Symbol, copies: Sequence[Symbol]) -> list[Way]:
    """By import where all can, else by a place that all can import, else by import where some can."""
    blocked: dict[str, list[Symbol]] = defaultdict(list)
    free: dict[str, list[Symbol]] = defaultdict(list)
    private: list[Symbol] = []
    for copy in copies:
        if obstacle := next(filter(None, obstacles_of(project, copy.module, home.module)), ""):
            blocked[obstacle].append(copy)
        elif privacy_of(project, copy.module, home):
            private.append(copy)
        else:
            free[import_statement(project, home, copy)].append(copy)
    able = [*(each for group in free.values() for each in group), *private]
    if blocked and (not able or existing_place(project, [home, *copies])):
        return _moves(project, home, copies, listed(list(blocked), most=2))
    ways = [Way(tuple(group), statement) for statement, group in free.items()]
    if private:
        ways.append(Way(tuple(private), "", _publishing(home, private)))
    ways += [Way(tuple(group), "", _waiting(group, obstacle)) for obstacle, group in blocked.items()]
    return ways


def _moves(project: Project, home: Symbol, copies: Sequence[Symbol], obstacle: str) -> list[Way]:
    """To a place that all can import; where there is none, to one that those of one program can, without the others."""
    together = [] if existing_place(project, [home, *copies]) else _of_one_program(project, [home, *copies])
    if not together:
        return [_move(project, home, copies, obstacle)]
    apart = [symbol for symbol in (home, *copies) if symbol not in together]
    move = _move(project, together[0], together[1:], "")
    return [move, Way(tuple(apart), "", _waiting(apart, obstacle or _OTHER_PROGRAM), is_move=True)]


def _of_one_program(project: Project, symbols: Sequence[Symbol]) -> list[Symbol]:
    """Those of some symbols that have a place in common, as most of one program do; empty where fewer than two have."""
    programs: dict[tuple[str, str], list[Symbol]] = defaultdict(list)
    for symbol in symbols:
        programs[symbol.module.source.distribution, symbol.module.source.root].append(symbol)
    able = [each for each in programs.values() if len(each) > 1 and existing_place(project, each)]
    return max(able, key=len, default=[])


def _move(project: Project, home: Symbol, copies: Sequence[Symbol], obstacle: str) -> Way:
    public = " under a public name" if home.name.startswith("_") else ""
    if are_named_for_their_places([home, *copies]):
        public = " under a name that fits all"
    place, why = common_place(project, [home, *copies]), f": {obstacle}" if obstacle else ""
    if public and _has_name(project, place, home.name.lstrip("_")):
        public = " under a name of its own"
    deed = (
        f"Move `{home.name}`{public} to {place}{company_of(project, [(home, copies)])} and import it from there in "
        f"{paths_of([home, *copies])}{why}."
    )
    return Way(tuple(copies), "", deed, is_move=True)


def _has_name(project: Project, place: str, name: str) -> bool:
    """Whether the module that a place is has that name for something else."""
    return any(f"`{module.name}`" == place and name in module.namespace for module in project.modules)


def _publishing(home: Symbol, copies: Sequence[Symbol]) -> str:
    is_in_place = not isinstance(home, FunctionSymbol) or is_for_helpers(home.module)
    other = "" if is_in_place else ", or in a module of helpers that all can import"
    return (
        f"Give it a public name there{other}, and import that in {paths_of(copies)} in place of the copy: "
        f"`{home.name}` is private to {home.module.name}."
    )


def _waiting(copies: Sequence[Symbol], obstacle: str) -> str:
    return f"Leave {paths_of(copies)} alone until there is {NO_PLACE}: {obstacle}."
