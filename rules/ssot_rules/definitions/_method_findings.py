"""What SSOT123 and SSOT124 say about the methods they report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.syntax import Exit
from ssot_lint.project.home import ONLY_FUNCTION, USED
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Symbol
from ssot_lint.rules.evidence import Fact
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.bodies import is_identical, similarity
from ssot_rules.analysis.drift import signature_of
from ssot_rules.analysis.factories import owner_of
from ssot_rules.analysis.idle_copies import is_idle_beside_function, is_idle_method, is_unused
from ssot_rules.analysis.reaching import import_statement, name_in, statement_to_call
from ssot_rules.analysis.remedies import after_doubt, deletion_from, keeps_home, kept, paths_of, verdict, ways_to
from ssot_rules.analysis.surroundings import company_of_methods
from ssot_rules.definitions._ancestor_remedies import ancestor_remedy, inherited_remedy, is_abstract, names_of
from ssot_rules.definitions._functions import size_of
from ssot_rules.definitions._heir_places import class_between, heir_place, homeless, new_place
from ssot_rules.definitions._method_pairs import class_of
from ssot_rules.definitions._method_ways import callable_twin, calling, deletions, doubt, in_use, reservations
from ssot_rules.definitions._settled_classes import kept_classes
from ssot_rules.definitions._shared_classes import class_for, function_or_class, must_be_class

# Methods of fewer statements are not worth a class between theirs and an ancestor of others too: in ten draws of unseen
# code 5 of 16 such findings were right, of longer ones 14 of 20.
_WORTH_A_CLASS = 8
# More remedies than that are one sentence.
_SPELT_OUT = 3


def copies_finding(
    project: Project,
    rule: Rule,
    methods: Sequence[FunctionSymbol],
    functions: Sequence[FunctionSymbol],
    complaint: str,
    severity: Severity | None = None,
) -> Finding:
    """The finding for methods with one body, and functions that have it too. The home is a function, else the class
    that all inherit from, else one of the methods."""
    if not functions and (told := _without_new_place(project, rule, methods, complaint, severity)) is not None:
        return told
    if len(methods) == 1 and functions and all(is_unused(project, each, methods[0]) for each in functions):
        return _unused_finding(rule, methods[0], functions, complaint, severity)
    ancestor, is_fit = (None, False) if functions else heir_place(project, methods)
    if ancestor is not None and is_fit:
        return _ancestor_finding(project, rule, methods, ancestor, complaint, severity)
    if ancestor is not None and max(method.fact.body.statements for method in methods) < _WORTH_A_CLASS:
        severity = Severity.INFO
    home, reason = home_method(project, rule, methods, functions)
    sites = [each for each in (*methods, *functions) if each is not home]
    remedy = (
        _function_remedy(project, home, reason, sites)
        if functions
        else _class_remedy(project, ancestor, [home, *sites])
    )
    end = verdict(home, reason, remedy) if functions else homeless(ancestor)
    return rule.finding(
        subject=_subject((home, *sites)),
        message=f"{complaint}: {end}",
        remedy=remedy,
        home_stays=keeps_home(remedy),
        home=home_of(home, reason),
        sites=tuple(site_of(each, method_site_message(home, each)) for each in sites),
        evidence=methods_evidence((home, *sites)),
        severity=severity,
    )


def home_method(
    project: Project, rule: Rule, methods: Sequence[FunctionSymbol], functions: Sequence[FunctionSymbol] = ()
) -> tuple[FunctionSymbol, str]:
    """The home: a function first, then a method of a class that the rules on classes keep in place of its namesakes."""
    if functions:
        home, reason = project.home_among(list(functions))
        return home, ONLY_FUNCTION if len(functions) == 1 else reason
    classes = kept_classes(project, rule.zones)
    settled = [method for method in methods if owner_of(method) in classes]
    if settled and project.pinned_among(methods) is None:
        return project.home_among(settled)[0], "its class is kept in place of its namesakes"
    return project.home_among(list(methods))


def functions_finding(
    project: Project,
    rule: Rule,
    groups: Sequence[tuple[Sequence[FunctionSymbol], Sequence[FunctionSymbol]]],
    severity: Severity | None = None,
) -> Finding:
    """The finding for several methods of the same classes that are functions of the same modules too; each of
    ``groups`` are the methods and the functions with one body."""
    homes = [home_method(project, rule, methods, functions) for methods, functions in groups]
    home, reason = homes[0]
    if all(len(functions) == 1 for _, functions in groups):
        reason = "the only functions of them"
    copies = [
        (original, each)
        for (original, _), group in zip(homes, groups, strict=True)
        for each in (*group[0], *group[1])
        if each is not original
    ]
    remedies = [
        _function_remedy(project, original, why, [copy for one, copy in copies if one is original])
        for original, why in homes
    ]
    remedy = " ".join(remedies[:_SPELT_OUT])
    if len(remedies) > _SPELT_OUT:
        remedy += f" Do the same with {listed([f'`{original.name}`' for original, _ in homes[_SPELT_OUT:]])}."
    classes = listed([f"`{name}`" for name in sorted({class_of(method).name for method in groups[0][0]})])
    functions = [original for original, _ in homes]
    return rule.finding(
        subject=", ".join(sorted({copy.qualname for _, copy in copies} | {each.qualname for each in functions})),
        message=(
            f"{len(groups)} methods of {classes} have the bodies of functions in {home.module.path}, "
            f"{listed([f'`{each.name}`' for each in functions])}: {verdict(home, reason, remedy)}"
        ),
        remedy=remedy,
        home_stays=keeps_home(remedy),
        home=home_of(home, reason),
        sites=tuple(site_of(copy, method_site_message(original, copy), original=original) for original, copy in copies),
        evidence=methods_evidence([*functions, *(copy for _, copy in copies)]),
        severity=severity,
    )


def _without_new_place(
    project: Project, rule: Rule, methods: Sequence[FunctionSymbol], complaint: str, severity: Severity | None
) -> Finding | None:
    """The finding where copies go that nothing uses, or where one of them can be called; None where neither does."""
    left = in_use(project, methods)
    twin = callable_twin(project, left) if len(left) > 1 else None
    if twin is None and (len(left) > 1 or not deletions(project, methods)):
        return None
    home, reason = (twin, "called on its class") if twin is not None else home_method(project, rule, left or methods)
    sites = [each for each in methods if each is not home or not left]
    if twin is not None:
        remedy = " ".join(filter(None, [calling(twin, sites, names_of(sites)), reservations(methods)]))
        end = f"`{twin.qualname}` can be called"
    elif left:
        remedy = f"Keep `{home.qualname}` in {home.module.path}. {deletions(project, methods)}"
        end = f"only `{home.qualname}` is used"
    else:
        remedy, end = deletions(project, methods), "nothing uses them"
    return rule.finding(
        subject=_subject(methods),
        message=f"{complaint}: {end}",
        remedy=remedy,
        home_stays=keeps_home(remedy),
        sites_unused=twin is None,
        home=home_of(home, reason),
        sites=tuple(site_of(each, method_site_message(home, each)) for each in sites),
        evidence=methods_evidence(methods),
        severity=severity,
    )


def _unused_finding(
    rule: Rule,
    method: FunctionSymbol,
    functions: Sequence[FunctionSymbol],
    complaint: str,
    severity: Severity | None,
) -> Finding:
    """The finding where nothing calls the functions that have the body of a method."""
    remedy = f"Keep `{method.qualname}` in {method.module.path}. {deletion_from(method, functions)}"
    return rule.finding(
        subject=_subject((method, *functions)),
        message=f"{complaint}: only `{method.qualname}` is used",
        remedy=remedy,
        sites_unused=True,
        home=home_of(method, USED),
        sites=tuple(site_of(each, method_site_message(method, each)) for each in functions),
        evidence=methods_evidence((method, *functions)),
        severity=severity,
    )


def _ancestor_finding(
    project: Project,
    rule: Rule,
    methods: Sequence[FunctionSymbol],
    ancestor: ClassSymbol,
    complaint: str,
    severity: Severity | None,
) -> Finding:
    inherited = next((method for method in methods if owner_of(method) is ancestor), None)
    home: Symbol = inherited or ancestor
    sites = [method for method in methods if method is not home]
    first = inherited or methods[0]
    return rule.finding(
        subject=_subject(methods),
        message=f"{complaint}: `{ancestor.name}` {'has it for' if inherited else 'is an ancestor of'} all of them",
        remedy=inherited_remedy(inherited, sites) if inherited else ancestor_remedy(project, ancestor, sites),
        home=home_of(home, "the nearest class that all inherit from"),
        sites=tuple(
            site_of(each, method_site_message(first, each), original=None if each is first else first) for each in sites
        ),
        evidence=methods_evidence(methods),
        severity=severity,
    )


def _function_remedy(project: Project, home: FunctionSymbol, reason: str, sites: Sequence[FunctionSymbol]) -> str:
    idle = [site for site in sites if owner_of(site) is not None and _is_idle(project, home, site, sites)]
    needed = [site for site in sites if site not in idle]
    ways = ways_to(project, home, reason, needed) if needed else []
    steps = [f"Delete {names_of(idle)} if that is right: nothing here calls it."] if idle else []
    steps += [text for way in ways for text in (_calls(project, home, way.copies) if way.statement else [way.deed])]
    return " ".join(filter(None, [kept(home, ways), *steps]))


def _is_idle(project: Project, home: FunctionSymbol, site: FunctionSymbol, sites: Sequence[FunctionSymbol]) -> bool:
    cls, copies = class_of(site), (home, *sites)
    return is_idle_method(project, site, cls, copies) or is_idle_beside_function(project, site, cls, copies)


def _calls(project: Project, home: FunctionSymbol, sites: Sequence[Symbol]) -> Iterator[str]:
    """How methods and functions whose body is that of ``home`` come to use it: a function of the same head is replaced
    by an import, all others call it, by a name that is not their own."""
    ways: dict[str, list[Symbol]] = defaultdict(list)
    for site in sites:
        ways[_way_to_call(project, home, site)].append(site)
    for way, group in ways.items():
        yield way.format(paths=paths_of(group), names=names_of(group))


def _way_to_call(project: Project, home: FunctionSymbol, site: Symbol) -> str:
    is_same_call = _is_replaceable(home, site)
    if site.module is home.module:
        return f"Call `{home.name}` in {{names}}."
    if known := name_in(project, site.module, home):
        used, place = ("Use", "in place of") if is_same_call else ("Call", "in")
        return f"{used} `{known}`, which {{paths}} imports already, {place} {{names}}."
    if is_same_call:
        statement = import_statement(project, home, site)
        alias = "" if " as " in statement or site.name == home.name else f" as {site.name}"
        return f"Write `{statement}{alias}` in {{paths}} in place of {{names}}."
    return f"Write `{statement_to_call(project, home, site.module)}` in {{paths}} and call it in {{names}}."


def _is_replaceable(home: FunctionSymbol, site: Symbol) -> bool:
    """Whether who calls a function can call ``home`` in its place."""
    if not isinstance(site, FunctionSymbol) or site.qualname != site.name or site.fact.is_async != home.fact.is_async:
        return False
    kinds = [[(each.kind, each.name) for each in function.fact.parameters] for function in (home, site)]
    return kinds[0] == kinds[1] and not site.fact.decorators


def _class_remedy(project: Project, ancestor: ClassSymbol | None, methods: Sequence[FunctionSymbol]) -> str:
    move = _to_new_place(project, ancestor, methods)
    if overridden := _overridden(ancestor, methods):
        deletion = f"Delete {names_of(methods)} if `{overridden.qualname}`, which they override alike, will do."
        move = f"{deletion} Else m{move[1:]}"
    elif (base := class_between(project, ancestor, methods)) is not None:
        others = listed([f"`{class_of(method).name}`" for method in methods if owner_of(method) is not base])
        fitting = f"If {others} can derive from `{base.name}`, as others do, let it, and delete the copy there."
        move = f"{fitting} Else m{move[1:]}"
    return " ".join(filter(None, [*after_doubt(doubt(project, methods), [move]), reservations(methods)]))


def _overridden(ancestor: ClassSymbol | None, methods: Sequence[FunctionSymbol]) -> FunctionSymbol | None:
    """The method of an ancestor that does something, and that all others stand in for."""
    names = {method.name for method in methods}
    if ancestor is None or len(names) > 1:
        return None
    found = ancestor.module.member(ancestor, methods[0].name)
    if not isinstance(found, FunctionSymbol) or is_abstract(ancestor, found.name):
        return None
    return None if found.fact.exit is Exit.RAISE or not found.fact.body.statements else found


def _to_new_place(project: Project, ancestor: ClassSymbol | None, methods: Sequence[FunctionSymbol]) -> str:
    if must_be_class(ancestor, methods):
        return _to_new_class(project, methods)
    what = function_or_class(project, ancestor, methods, "a function")
    place = new_place(project, methods, ancestor)
    if all(is_identical(methods[0], method) for method in methods[1:]):
        company = company_of_methods(project, [methods])
        return f"Move the body to {what} in {place}{company} and use that in {names_of(methods)}."
    return (
        f"Move what is the same to {what} in {place}, with a parameter or a method of its own for "
        f"what differs, and use that in {names_of(methods)}."
    )


def _to_new_class(project: Project, methods: Sequence[FunctionSymbol]) -> str:
    place = new_place(project, methods, for_class=True)
    is_equal = all(is_identical(methods[0], method) for method in methods[1:])
    name = "" if len({method.name for method in methods}) == 1 else " under one name"
    own = "" if is_equal else ", with a method of its own for what differs"
    what = "the method" if is_equal else "what is the same"
    owners = listed([f"`{class_of(method).name}`" for method in methods])
    cls = class_for(project, None, methods)
    return f"Move {what}{name} to {cls}, in {place}{own}, and delete it from {owners}."


def _subject(functions: Sequence[FunctionSymbol]) -> str:
    return ", ".join(sorted({function.qualname for function in functions}))


def method_site_message(home: FunctionSymbol, copy: FunctionSymbol) -> str:
    """What a method has to do with ``home``."""
    if copy is home:
        return "one of them"
    if is_identical(home, copy):
        return f"the same body as `{home.id}`"
    if home.fact.body.renamed_digest == copy.fact.body.renamed_digest:
        return f"the body of `{home.id}` under other names"
    return f"{similarity(home, copy):.0%} of the lines are those of `{home.id}`"


def methods_evidence(functions: Sequence[FunctionSymbol]) -> dict[str, Fact]:
    """The evidence of a finding about copies of one body."""
    return {
        "text": [
            f"{each.module.path}:{each.fact.line} `{each.qualname}`: `{signature_of(each.fact)}`, "
            f"{counted(size_of(each), 'statement')}"
            for each in functions
        ],
        "functions": [
            {"symbol": each.id, "signature": signature_of(each.fact), "statements": size_of(each)} for each in functions
        ],
        "deletable_lines": deletable_lines(functions),
    }


def deletable_lines(functions: Sequence[FunctionSymbol]) -> int:
    """How many lines would go if one of some copies were left."""
    return (len(functions) - 1) * min(each.fact.end_line - each.fact.line + 1 for each in functions)
