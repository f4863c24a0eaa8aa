"""What SSOT120 to SSOT122 say about the functions they report."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ssot_lint.model.edits import Fix
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.home import ALPHABET, IMPORTABLE, OTHERS_UNUSED
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import FunctionSymbol, Symbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.bodies import RELATED_FROM, is_identical, similarity
from ssot_rules.analysis.drift import signature_of
from ssot_rules.analysis.edits import fix_copy
from ssot_rules.analysis.files_that_go import goes_whole
from ssot_rules.analysis.hooks import are_hooks, are_used_at_home
from ssot_rules.analysis.idle_copies import home_in_use
from ssot_rules.analysis.meanings import other_rules
from ssot_rules.analysis.places import common_place
from ssot_rules.analysis.reaching import import_statement, obstacle_between
from ssot_rules.analysis.remedies import (
    after_doubt,
    better_place,
    deletion_of,
    doubt_about,
    in_files_that_go,
    keeps_home,
    kept,
    only_deletes,
    paths_of,
    stays_nowhere,
    verdict,
    ways_to,
)
from ssot_rules.analysis.standing import equal_elsewhere
from ssot_rules.analysis.surroundings import company_of
from ssot_rules.definitions._functions import drifted_helpers, is_top_level, other_values, size_of, unlike_names

_PARAMETER_FIRST = (
    "First give it a parameter for each thing that differs, in texts too: as it is, it does and says something else."
)
_STAYS = "each has to stay, but not what it does"


def function_finding(
    project: Project,
    rule: Rule,
    functions: Sequence[FunctionSymbol],
    complaint: str,
    advice: str,
    otherwise: str = "What differs becomes a parameter.",
    severity: Severity | None = None,
    first: str = _PARAMETER_FIRST,
    fix: Callable[[Project, Symbol, Symbol, bool], Fix] = fix_copy,
) -> Finding:
    """The finding for functions that should be one: every one but the home is a site.

    ``complaint`` is the message up to the home; ``advice`` says what to do at the copies that can import the home, with
    ``{paths}`` and ``{statement}``; ``otherwise`` what else there is to do where all of them move and differ, ``first``
    where one stays that others cannot import as it is; ``fix`` is what becomes of a copy.
    """
    home, reason = project.pinned_among(functions) or _home(project, functions)
    copies = [function for function in functions if function is not home]
    is_needed = len(in_files_that_go(project, home, copies)) < len(copies)
    is_hook = is_needed and are_hooks(project, functions) and not are_used_at_home(functions)
    remedy = (
        _hook_remedy(project, home, copies)
        if is_hook
        else _remedy(project, home, reason, copies, advice, otherwise, first)
    )
    stays = keeps_home(remedy)
    if stays and reason == ALPHABET:
        reason = OTHERS_UNUSED
    lines = [
        f"{each.module.path}:{each.fact.line} `{signature_of(each.fact)}`, {counted(size_of(each), 'statement')}"
        for each in (home, *copies)
    ]
    return rule.finding(
        subject=", ".join(names_of(functions)),
        message=f"{complaint}: {_STAYS if is_hook else verdict(home, reason, remedy)}",
        remedy=remedy,
        home_stays=stays,
        sites_unused=only_deletes(project, home, copies, remedy),
        home=home_of(home, reason),
        sites=tuple(
            site_of(copy, _site_message(project, home, copy), None if is_hook else fix(project, home, copy, stays))
            for copy in copies
        ),
        evidence={
            "text": lines,
            "functions": [
                {
                    "symbol": each.id,
                    "signature": signature_of(each.fact),
                    "statements": size_of(each),
                    "similarity": round(_share(home, each), 2),
                }
                for each in functions
            ],
        },
        severity=Severity.INFO if is_hook else severity,
    )


def mirror_finding(
    project: Project, rule: Rule, groups: Sequence[Sequence[FunctionSymbol]], severity: Severity | None = None
) -> Finding:
    """The finding for several functions that two modules have in common, each of ``groups`` one of them: a copied file
    has one home."""
    home, reason = home_in_use(project, [function for group in groups for function in group])
    pairs = [_home_first(group, home) for group in groups]
    copies = [copy for _, copy in pairs]
    names = listed([f"`{name}`" for name in names_of([original for original, _ in pairs])])
    remedy = _mirror_remedy(project, home, reason, pairs)
    modules = sorted({home.module.path, copies[0].module.path})
    return rule.finding(
        subject=", ".join(names_of([original for original, _ in pairs])),
        message=(
            f"{modules[0]} and {modules[1]} have the bodies of {len(groups)} functions in common, {names}: "
            f"{verdict(home, reason, remedy)}"
        ),
        remedy=remedy,
        home_stays=keeps_home(remedy),
        sites_unused=only_deletes(project, home, copies, remedy),
        home=home_of(home, reason),
        sites=tuple(
            site_of(
                copy,
                _site_message(project, original, copy),
                fix_copy(project, original, copy, keeps_home(remedy)),
                original,
            )
            for original, copy in pairs
        ),
        evidence={
            "text": [f"{original.id} and {copy.id}" for original, copy in pairs],
            "functions": [each.id for pair in pairs for each in pair],
        },
        severity=severity,
    )


def _home_first(group: Sequence[FunctionSymbol], home: FunctionSymbol) -> tuple[FunctionSymbol, FunctionSymbol]:
    one, other = group
    return (one, other) if one.module is home.module else (other, one)


def _mirror_remedy(
    project: Project, home: FunctionSymbol, reason: str, pairs: Sequence[tuple[FunctionSymbol, FunctionSymbol]]
) -> str:
    away, symbols = pairs[0][1].module.path, [each for pair in pairs for each in pair]
    if goes_whole(project, [copy for _, copy in pairs], home.module):
        return f"Keep the functions in {home.module.path}. {deletion_of([pairs[0][1]])}"
    obstacles = (obstacle_between(project, copy.module, original) for original, copy in pairs)
    obstacle = next(filter(None, obstacles), "")
    copies = [copy for _, copy in pairs]
    if obstacle or stays_nowhere(project, home, reason, copies):
        obstacle = obstacle or better_place(project, home, reason, copies)
        place, why = common_place(project, symbols), f": {obstacle}" if obstacle else ""
        company = company_of(project, [(original, [copy]) for original, copy in pairs])
        return (
            f"Move the functions to {place}{company} and import them from there in {home.module.path} and {away}{why}."
        )
    return f"Keep the functions in {home.module.path}, delete them from {away} and import them there."


def _remedy(
    project: Project,
    home: FunctionSymbol,
    reason: str,
    copies: Sequence[FunctionSymbol],
    advice: str,
    otherwise: str,
    first: str,
) -> str:
    is_one_body = all(is_identical(home, copy) for copy in copies)
    if is_one_body and (twin := equal_elsewhere(project, [home, *copies])) is not None:
        statement = import_statement(project, twin, home)
        return (
            f"Write `{statement}` in {paths_of([home, *copies])} and call that: `{twin.id}` has the same body, and all "
            "of them import its module already."
        )
    ways = ways_to(project, home, reason, copies)
    steps = [advice.format(paths=way.paths, statement=way.statement) if way.statement else way.deed for way in ways]
    taking = {copy for way in ways if not (way.is_deletion or way.is_move) for copy in way.copies}
    written = [copy for copy in copies if any(way.statement and copy in way.copies for way in ways)]
    if any(not is_identical(home, copy) for copy in copies if copy in taking and copy not in written):
        steps.append(first)
    if any(copy in taking and _has_other_signature(home, copy) for copy in copies):
        steps.append("Adapt the calls: the parameters are not the same.")
    if others := names_of([copy for copy in written if copy.name != home.name]):
        steps.append(_renaming(others))
    if rules := sorted({name for copy in copies if copy in taking for name in _names_to_give(project, home, copy)}):
        names = listed([f"`{name}`" for name in rules])
        steps.append(f"Let it be given {names}, which {'differs' if len(rules) == 1 else 'differ'}.")
    if any(way.is_move for way in ways) and not is_one_body:
        steps.append(otherwise)
    is_taken = any(way.is_move or way.statement for way in ways)
    doubt = doubt_about(project, [home, *copies]) if is_taken else ""
    return " ".join(after_doubt(doubt, list(filter(None, [kept(home, ways), *dict.fromkeys(steps)]))))


def _names_to_give(project: Project, home: FunctionSymbol, copy: FunctionSymbol) -> list[str]:
    """What the home has to be told to do what the copy does."""
    if is_identical(home, copy):
        return other_rules(project, home, copy)
    return [name for name in unlike_names(project, home, copy) if name in copy.module.namespace]


def _renaming(names: Sequence[str]) -> str:
    """What becomes of the names of copies that are not that of the home."""
    alias = f"`as {names[0]}`" if len(names) == 1 else "`as` that"
    shown = listed([f"`{name}`" for name in names])
    return f"Where it is called {shown}, import it {alias} or rename its uses."


def _hook_remedy(project: Project, home: FunctionSymbol, copies: Sequence[FunctionSymbol]) -> str:
    place = common_place(project, [home, *copies])
    return (
        f"Move the body to a function in {place} and call that in {home.module.path} and {paths_of(copies)}, where "
        f"something asks for `{home.name}`."
    )


def names_of(functions: Sequence[FunctionSymbol]) -> list[str]:
    """The names of the functions, each once, sorted."""
    return sorted({function.name for function in functions})


def modules_of(functions: Sequence[FunctionSymbol]) -> int:
    """How many modules the functions stand in."""
    return len({function.module for function in functions})


def _home(project: Project, functions: Sequence[FunctionSymbol]) -> tuple[FunctionSymbol, str]:
    """Nested functions come last: others must be able to import the home."""
    candidates = [function for function in functions if is_top_level(function)] or functions
    home, reason = home_in_use(project, candidates)
    return home, IMPORTABLE if len(candidates) == 1 else reason


def _share(home: FunctionSymbol, function: FunctionSymbol) -> float:
    if is_identical(home, function):
        return 1.0
    # Only the lines of top-level functions are known.
    return similarity(home, function) if is_top_level(home) and is_top_level(function) else 0.0


def _site_message(project: Project, home: FunctionSymbol, copy: FunctionSymbol) -> str:
    share = _share(home, copy)
    if is_identical(home, copy):
        relation = f"the same body as `{home.id}`"
    elif share < RELATED_FROM:
        relation = f"another function than `{home.id}`"
    else:
        relation = f"{share:.0%} of the lines are those of `{home.id}`"
    parts = [relation]
    if is_identical(home, copy):
        drifted, other = drifted_helpers(project, home, copy), other_values(project, home, copy)
        rules = other_rules(project, home, copy)
        parts += [f"`{name}`, which it calls, goes by other rules there" for name in rules]
        parts += [f"`{name}`, which it calls, has drifted from the one there" for name in drifted]
        parts += [f"with another `{name}`" for name in other]
    elif share >= RELATED_FROM:
        parts += [f"`{name}` means something else there" for name in _names_to_give(project, home, copy)]
    if _has_other_signature(home, copy):
        parts.append(f"other signature: `{signature_of(copy.fact)}`, not `{signature_of(home.fact)}`")
    return "; ".join(parts)


def _has_other_signature(home: FunctionSymbol, copy: FunctionSymbol) -> bool:
    at_home, here = (signature_of(each.fact).partition("(")[2] for each in (home, copy))
    return at_home != here or home.fact.is_async != copy.fact.is_async
