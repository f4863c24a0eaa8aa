"""What SSOT124 says about classes that have several methods in common: they are one finding."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from ssot_lint.model.finding import Finding, Severity, Site
from ssot_lint.model.source import Zone
from ssot_lint.project.home import USED
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.bodies import is_identical, similarity
from ssot_rules.analysis.remedies import after_doubt
from ssot_rules.analysis.surroundings import company_of_methods
from ssot_rules.definitions._ancestor_remedies import begins_alike, use_of
from ssot_rules.definitions._heir_places import heir_place, holder_among, homeless, new_place
from ssot_rules.definitions._method_families import classes_of, in_families, with_narrower, with_shorter
from ssot_rules.definitions._method_findings import (
    deletable_lines,
    functions_finding,
    home_method,
    method_site_message,
    methods_evidence,
)
from ssot_rules.definitions._method_kin import are_asked_by_host
from ssot_rules.definitions._method_pairs import class_of
from ssot_rules.definitions._method_ways import deletions, doubt, in_use
from ssot_rules.definitions._methods import MethodCopies
from ssot_rules.definitions._shared_classes import class_for, function_or_class, must_be_class

# What a host asks its plug-ins for is told beside what they share only where it is longer.
_SHORT = 9
# Classes that have no base in common get one for so many methods, and functions for fewer.
_FOR_A_BASE = 3
# Of four families of near copies that no class can hold, and that have fewer of their lines in common, one was worth a
# class in a draw of unseen code, of closer ones both of two.
_WORTH_A_CLASS = 0.8


class _Part(Enum):
    """What becomes of copies, beside others of the same classes: they are deleted, are a host's skeleton, or are put
    in one place."""

    DELETED = auto()
    SKELETON = auto()
    UNITED = auto()


def by_classes(
    project: Project, found: Sequence[MethodCopies], zones: tuple[Zone, ...]
) -> list[tuple[MethodCopies, ...]]:
    """Copies of the very same classes of which the same becomes together: one remedy is right for them; what only some
    of these classes share joins them. Copies beside which a function of a module does the same are together by classes
    and modules."""
    groups: dict[tuple[object, ...], list[MethodCopies]] = defaultdict(list)
    part_of = project.judging(_part_of)
    for copies in in_families(project, found, zones):
        modules = frozenset(function.module for function in copies.functions)
        groups[classes_of(copies), modules, modules or part_of(copies)].append(copies)
    united = [tuple(group) for (_, _, part), group in groups.items() if part is _Part.UNITED]
    others = [tuple(group) for (_, _, part), group in groups.items() if part is not _Part.UNITED]
    told = {method for copies in found for method in copies.methods}
    return [*others, *(with_shorter(project, group, told) for group in with_narrower(project, united))]


def _part_of(project: Project, copies: MethodCopies) -> _Part:
    """For :meth:`Project.judging`."""
    if len({class_of(method) for method in in_use(project, copies.methods)}) <= 1:
        return _Part.DELETED
    is_short = min(method.fact.body.statements for method in copies.methods) < _SHORT
    return _Part.SKELETON if is_short and are_asked_by_host(project, copies.methods) else _Part.UNITED


@dataclass(frozen=True, slots=True)
class _Shared:
    """One method of several classes: ``first`` is that of the home, or the first of them."""

    first: FunctionSymbol
    others: tuple[FunctionSymbol, ...]

    @property
    def is_equal(self) -> bool:
        return all(is_identical(self.first, other) for other in self.others)

    @property
    def classes(self) -> tuple[ClassSymbol, ...]:
        """Where it stands, by place."""
        return tuple(sorted(map(class_of, (self.first, *self.others)), key=lambda cls: cls.sort_key))

    @property
    def is_renamed(self) -> bool:
        return any(other.name != self.first.name for other in self.others)


def classes_finding(project: Project, rule: Rule, group: Sequence[MethodCopies]) -> Finding:
    """The finding for several methods that the same classes have. The home is the class that all inherit from, else one
    of them."""
    if group[0].functions:
        return functions_finding(
            project,
            rule,
            [(copies.methods, copies.functions) for copies in group],
            Severity.INFO if all(copies.is_minor(project) for copies in group) else None,
        )
    methods = [method for copies in group for method in copies.methods]
    classes = sorted({class_of(method) for method in methods}, key=lambda cls: cls.sort_key)
    ancestor, is_fit = heir_place(project, methods)
    holder = holder_among(project, classes, methods) if ancestor is None else None
    if ancestor is not None and is_fit:
        home, reason = ancestor, "the nearest class that all inherit from"
    elif holder is not None:
        home, reason = holder, "it is there for them"
    else:
        method, reason = home_method(project, rule, methods)
        home = class_of(method)
    left = {class_of(method) for method in in_use(project, methods)}
    deeds = deletions(project, methods) if len(left) <= 1 else ""
    if deeds and left:
        (home,), reason, is_fit = left, USED, True
    if deeds:
        holder = None
    shared = [_shared(copies, home) for copies in group]
    sites = [each for one in shared for each in (one.first, *one.others) if class_of(each) is not home or not left]
    return rule.finding(
        subject=", ".join(sorted({cls.qualname for cls in classes})),
        message=f"{_complaint(classes, shared)}: "
        f"{_idle_end(left) if deeds else _end(ancestor, is_fit, classes, holder)}",
        remedy=deeds or _remedy(project, classes, shared, ancestor, is_fit, holder),
        home_stays=is_fit or holder is not None,
        sites_unused=bool(deeds),
        home=home_of(home, reason),
        sites=tuple(_site(shared, each) for each in sites),
        evidence=methods_evidence(methods)
        | {
            "deletable_lines": sum(deletable_lines(copies.methods) for copies in group),
            "shared": [{"method": one.first.name, "classes": [cls.id for cls in one.classes]} for one in shared],
        },
        severity=Severity.INFO if _is_minor(project, group) or (not (is_fit or holder) and _is_loose(shared)) else None,
    )


def _is_minor(project: Project, group: Sequence[MethodCopies]) -> bool:
    """What a host asks for counts where more than that is the same."""
    return all(copies.is_slight(project) for copies in group) or all(
        are_asked_by_host(project, copies.methods) for copies in group
    )


def _is_loose(shared: Sequence[_Shared]) -> bool:
    """Whether none of some methods is the same anywhere, and too much of them differs for a class of its own."""
    if any(one.is_equal for one in shared):
        return False
    shares = [_share(one.first, other) for one in shared for other in one.others]
    return sum(shares) < _WORTH_A_CLASS * len(shares)


def _share(one: FunctionSymbol, other: FunctionSymbol) -> float:
    is_renamed = one.fact.body.renamed_digest == other.fact.body.renamed_digest
    return 1.0 if is_renamed else similarity(one, other)


def _shared(copies: MethodCopies, home: ClassSymbol) -> _Shared:
    first = next((method for method in copies.methods if class_of(method) is home), copies.methods[0])
    return _Shared(first, tuple(method for method in copies.methods if method is not first))


def _site(shared: Sequence[_Shared], method: FunctionSymbol) -> Site:
    first = next(one.first for one in shared if method in (one.first, *one.others))
    return site_of(method, method_site_message(first, method), original=None if method is first else first)


def _complaint(classes: Sequence[ClassSymbol], shared: Sequence[_Shared]) -> str:
    near = sum(not one.is_equal for one in shared)
    nearly = "" if not near else ", nearly" if near == len(shared) else f", {near} of them nearly"
    lines = sum(deletable_lines((one.first, *one.others)) for one in shared)
    return (
        f"{_named(classes)} have {counted(len(shared), 'method')} in common{nearly} ({counted(lines, 'line')}): "
        f"{_list_of(shared)}{_partly(classes, shared)}"
    )


def _partly(classes: Sequence[ClassSymbol], shared: Sequence[_Shared]) -> str:
    """Which methods only some of the classes share, as a clause."""
    parts: dict[tuple[ClassSymbol, ...], list[_Shared]] = defaultdict(list)
    for one in shared:
        parts[one.classes].append(one)
    clauses = [f"{_list_of(some)} only in {_named(own)}" for own, some in parts.items() if len(own) < len(classes)]
    return f" ({'; '.join(clauses)})" if clauses else ""


def _idle_end(left: Iterable[ClassSymbol]) -> str:
    used = _named(list(left))
    return f"only {used} is used" if used else "nothing uses them"


def _end(ancestor: ClassSymbol | None, is_fit: bool, classes: Sequence[ClassSymbol], holder: ClassSymbol | None) -> str:
    if holder is not None:
        return f"`{holder.name}` is there for them"
    if ancestor is None or not is_fit:
        return homeless(ancestor, "them")
    return f"`{ancestor.name}` {'has them for' if ancestor in classes else 'is an ancestor of'} all of them"


def _remedy(
    project: Project,
    classes: Sequence[ClassSymbol],
    shared: Sequence[_Shared],
    ancestor: ClassSymbol | None,
    is_fit: bool,
    holder: ClassSymbol | None,
) -> str:
    if holder is not None:
        return " ".join(_handed_to(holder, [cls for cls in classes if cls is not holder], shared))
    if ancestor is not None and ancestor in classes:
        return " ".join(_inherited(ancestor, [cls for cls in classes if cls is not ancestor], shared))
    return " ".join(_moved(project, classes, shared, ancestor, is_fit))


def _handed_to(holder: ClassSymbol, others: Sequence[ClassSymbol], shared: Sequence[_Shared]) -> list[str]:
    steps = [f"Delete them from {_named(others)} and let it use a `{holder.name}` of {holder.module.path} for that."]
    if near := [one for one in shared if not one.is_equal]:
        steps.append(f"Give {_list_of(near)} a parameter for what differs.")
    return steps


def _inherited(ancestor: ClassSymbol, heirs: Sequence[ClassSymbol], shared: Sequence[_Shared]) -> list[str]:
    equal = [one for one in shared if one.is_equal]
    near = [one for one in shared if not one.is_equal]
    steps = []
    if equal:
        between = "" if any(one.is_renamed for one in equal) else ", unless a class between has others"
        steps.append(
            f"Delete {_list_of(equal)} from {_named(heirs)}{between}: they are inherited from `{ancestor.name}`."
        )
    if near:
        use = use_of(near[0].first) if len(near) == 1 else "use what they inherit by `super()`"
        way = f"Let {_list_of(near)} in {_named(heirs)} {use} and keep what is their own, or give"
        are_begun = all(begins_alike(one.first, other) for one in near for other in one.others)
        rest = "" if are_begun else f", and leave of {_list_of(near)} in {_named(heirs)} only that"
        steps.append(f"{way if are_begun else 'Give'} `{ancestor.name}` methods for what differs{rest}.")
    return steps


def _moved(
    project: Project,
    classes: Sequence[ClassSymbol],
    shared: Sequence[_Shared],
    ancestor: ClassSymbol | None,
    is_fit: bool,
) -> list[str]:
    methods = [each for one in shared for each in (one.first, *one.others)]
    steps = []
    is_little = len(shared) < _FOR_A_BASE and not must_be_class(ancestor, methods)
    are_functions = ancestor is None and is_little
    company = company_of_methods(project, [(one.first, *one.others) for one in shared if one.is_equal])
    if are_functions:
        what, place = function_or_class(project, None, methods, "functions"), new_place(project, methods)
        use = "call" if what == "functions" else "use"
        steps.append(f"Move them to {what} in {place}{company}, and {use} those in {_named(classes)}.")
    else:
        place = _place(project, methods, ancestor, is_fit)
        steps.append(f"Move them to {place}{company}, and delete them from {_named(classes)}.")
    if near := [one for one in shared if not one.is_equal]:
        how = "a parameter" if are_functions else "a method of its own"
        steps.append(f"Of {_list_of(near)} move what is the same, with {how} for what differs.")
    if partly := [one for one in shared if len(one.classes) < len(classes)]:
        steps.append(f"Who has another {_list_of(partly)} keeps that.")
    if renamed := [one for one in shared if one.is_renamed]:
        steps.append(f"Give {_list_of(renamed)} one name each.")
    return after_doubt(doubt(project, methods), steps)


def _place(project: Project, methods: Sequence[FunctionSymbol], ancestor: ClassSymbol | None, is_fit: bool) -> str:
    if ancestor is not None and is_fit:
        return f"`{ancestor.name}` in {ancestor.module.path}, from which all inherit"
    place = new_place(project, methods, ancestor, for_class=True)
    return f"{class_for(project, ancestor, methods)}, in {place}"


def _named(classes: Sequence[ClassSymbol]) -> str:
    is_clear = len({cls.name for cls in classes}) == len(classes)
    return listed([f"`{cls.name if is_clear else cls.id}`" for cls in classes])


def _list_of(shared: Sequence[_Shared]) -> str:
    return listed([f"`{one.first.name}`" for one in shared])
