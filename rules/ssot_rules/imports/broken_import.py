"""SSOT307 broken-import."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fnmatch import fnmatchcase
from typing import Annotated, ClassVar

from msgspec import Meta

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import Module
from ssot_lint.rules.rule import PRODUCTION_AND_TESTS, Rule, Zones
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.imports import by_statement, enclosing_id, importers, is_only_read, statement_site
from ssot_rules.imports._folders_on_path import may_be_on_path
from ssot_rules.imports._guarded import handler_of, has_stand_in, is_tried_elsewhere, may_come_later
from ssot_rules.imports._missing import (
    Missing,
    dotted_name,
    is_broken,
    may_be_added,
    missing_imports,
    missing_in,
    united,
)
from ssot_rules.imports._put_in import is_put_in, is_stubbed
from ssot_rules.imports._successors import Kind, way_out
from ssot_rules.imports._unreached import is_unreached, tests_of_contributions
from ssot_rules.imports._ways_out import (
    fix_of,
    home,
    is_dead,
    is_lost_test,
    places,
    remedy,
    rewrites,
    with_dead_files,
    without_files,
)
from ssot_rules.imports._written_modules import is_written_by_a_script

# What Docusaurus keeps of the documentation of each release, code for that release among it.
_OF_OLD_VERSIONS = "versioned_docs"
# As many files or missing things are told one by one.
_MOST = 6
_POSSIBLE = Guard.TRY | Guard.CONDITION | Guard.ELSE | Guard.MAIN | Guard.TRY_IMPORT | Guard.EXCEPT_IMPORT


@dataclass(frozen=True)
class BrokenImport(Rule):
    """A first-party module or name is imported that does not exist.

    Why:
        The import raises ImportError as soon as it runs. Within a function that is in production, on the day the branch
        is taken; in a test module, all its tests are gone. Such imports are what moved and renamed code leaves behind.
        What the documentation of an old release imports (``versioned_docs``), and a file under
        ``if __name__ == "__main__":``, is only listed, and so is an import that checkers are told to leave alone
        (``# type: ignore[import-not-found]``), that asks first whether the file is there, or that the file tries in
        another place and does without, or that comes after a flag of the package which may raise.
        What a package says it leaves out (``excluded``), and a folder that is asked only for its ``__path__``, are
        listed.
        What a script writes or other code puts in place is not missing.
        A package of the project is not meant where it lies in a distribution that the importer's metadata do not name
        and that is called otherwise, or in a folder that only its place makes a source root and most of what others ask
        of that name is not there: it is called like what it adapts.

    Bad:
        # shop/orders.py
        class Order: ...
        # shop/cart.py
        from shop.orders import PurchaseOrder

    Good:
        # shop/orders.py
        class Order: ...
        # shop/cart.py
        from shop.orders import Order

    Fix:
        Import the name from where it is now; what has it, but cannot be called as the file calls it, is something else.
        If it is gone, delete the import and the code that needs it; a file that cannot be loaded, and that nothing else
        imports, goes as a whole: where it misses things of several modules that is one finding, and less urgent, as for
        a test. What tests a contribution (``contrib``) that is not judged is only listed. Where
        the only definition left lies in a folder such as ``legacy`` or ``obsolete``, and the module that is asked has a
        name like it, that is the likelier successor.
    """

    code: ClassVar[str] = "SSOT307"
    name: ClassVar[str] = "broken-import"
    family: ClassVar[str] = "imports"
    severity: ClassVar[Severity] = Severity.HIGH

    zones: Zones = field(default=PRODUCTION_AND_TESTS, kw_only=True)
    generated: Annotated[
        tuple[str, ...],
        Meta(description="globs of dotted module names that only a build creates"),
    ] = ("*._version", "*_pb2", "*_pb2_grpc")

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per module or name that is missing, and another one for the imports of it that may fail. What
        a file misses of one module, or of the modules of one package, is one cause."""
        uses = {
            use: missing_in(project, use)
            for use in project.gathered(missing_imports)
            if self.applies_to(use.importer) and is_broken(project, use) and not self._is_elsewhere(project, use)
        }
        found: dict[_Fate, dict[Missing, list[ImportReference]]] = {fate: defaultdict(list) for fate in _Fate}
        abandoned = _abandoned(project, uses)
        for use, missing in uses.items():
            found[_fate(project, use, abandoned)][missing].append(use)
        for fate, by_part in found.items():
            for parts in _groups(by_part, of_files=fate in _OF_FILES):
                yield _finding(project, {part: by_part[part] for part in parts}, fate)

    def _is_elsewhere(self, project: Project, use: ImportReference) -> bool:
        dotted = dotted_name(project, use)
        is_generated = any(fnmatchcase(dotted, glob) for glob in self.generated)
        is_made = is_generated or is_written_by_a_script(project, dotted) or is_put_in(project, use)
        return is_made or may_be_on_path(project, use)


class _Fate(Enum):
    """What becomes of a program at a broken import."""

    FAILS = "it raises"
    MAY_FAIL = "it gets by without"
    NEVER_RUNS = "nothing loads the file, which misses several things"
    NEVER_TESTS = "test runners cannot load the file, which misses several things"


_OF_FILES = (_Fate.NEVER_RUNS, _Fate.NEVER_TESTS)


def _fate(project: Project, use: ImportReference, abandoned: Collection[Module]) -> _Fate:
    if _may_fail(project, use):
        return _Fate.MAY_FAIL
    if use.importer not in abandoned:
        return _Fate.FAILS
    return _Fate.NEVER_TESTS if use.importer.zone is Zone.TEST else _Fate.NEVER_RUNS


def _abandoned(project: Project, uses: Mapping[ImportReference, Missing]) -> Collection[Module]:
    """The dead files that miss things of several modules or packages, and tests of which nobody knows where all went
    that they take."""
    by_file: dict[Module, dict[ImportReference, Missing]] = defaultdict(dict)
    for use, missing in uses.items():
        by_file[use.importer][use] = missing
    return {
        module
        for module, missed in by_file.items()
        if len(set(map(_owner, missed.values()))) > 1
        if is_dead(project, module) or (is_lost_test(project, module) and _is_something_gone(project, missed))
    }


def _is_something_gone(project: Project, missed: Mapping[ImportReference, Missing]) -> bool:
    return any(way_out(project, missing, use).kind is Kind.NONE for use, missing in missed.items())


def _may_fail(project: Project, use: ImportReference) -> bool:
    """Whether the program gets by without the import: it never runs, or what happens then is provided for."""
    guard = use.fact.guard
    if use.importer in project.derived(tests_of_contributions):
        return True
    if guard & (Guard.TYPE_CHECKING | Guard.MAIN) or is_unreached(project, use) or is_only_read(project, use.importer):
        return True
    if use.fact.is_silenced or _OF_OLD_VERSIONS in use.importer.path.split("/") or is_stubbed(project, use):
        return True
    if not guard & Guard.TRY_IMPORT:
        return is_tried_elsewhere(project, use)
    is_expected = use.importer.zone is Zone.TEST or handler_of(use.importer, use.fact) is None
    return is_expected or may_come_later(use) or has_stand_in(use.importer, use.fact)


def _groups(uses: Mapping[Missing, Sequence[ImportReference]], *, of_files: bool) -> list[list[Missing]]:
    """The missing things in groups: those of one module or package that one file, or files which share one of them,
    ask for; ``of_files``, all that these ask for."""
    groups: list[tuple[set[object], list[Missing]]] = []
    for part, each in uses.items():
        marks: set[object] = {module if of_files else (_owner(part), module) for module in importers(each)}
        joined = [group for group in groups if group[0] & marks]
        for group in joined:
            groups.remove(group)
            marks |= group[0]
        groups.append((marks, [*(other for group in joined for other in group[1]), part]))
    return [parts for _, parts in groups]


def _owner(part: Missing) -> Module | str | Missing:
    """What lacks a missing thing; the thing itself, where it is no name of a module or module of a package."""
    return part.source or part.package or part


def _finding(project: Project, parts: Mapping[Missing, Sequence[ImportReference]], fate: _Fate) -> Finding:
    uses = sorted((use for each in parts.values() for use in each), key=_urgency)
    ways = {use: way_out(project, part, use) for part, each in parts.items() for use in each}
    distinct = list(dict.fromkeys(ways.values()))
    statements, missing = by_statement(uses), united(list(parts))
    extent = _extent(statements, "it" if len(parts) == 1 else "them")
    owners = {use: part for part, each in parts.items() for use in each}
    what = remedy(project, ways)
    return BrokenImport.finding(
        subject=missing.id,
        message=(
            _lost(list(parts), importers(uses))
            if fate in _OF_FILES
            else f"{missing.complaint}{extent}: {_consequence(statements[0][0])}"
        ),
        remedy=without_files(ways, what) if fate in _OF_FILES else with_dead_files(project, ways, what),
        home=home(distinct),
        sites=(
            statement_site(each, _absent(project, owners[each[0]], each), fix_of(each, ways)) for each in statements
        ),
        evidence={
            "text": [missing.proof, *places(distinct)],
            "missing": list(dict.fromkeys(dotted_name(project, use) for use in uses)),
            "rewrites": list(rewrites(ways)),
        },
        severity=_severity(missing, uses, fate),
        rests_on=missing.rests_on,
    )


def _lost(parts: Sequence[Missing], modules: Sequence[Module]) -> str:
    """What is said of files that miss several things, and that nothing loads."""
    they, them = ("it takes", "it") if len(modules) == 1 else ("they take", "them")
    files, gone = listed([module.path for module in modules], _MOST), listed(sorted(part.id for part in parts), _MOST)
    why = "" if modules[0].zone is Zone.TEST else f", and nothing that can be loaded imports {them}"
    return f"{files} cannot be imported: {they} {gone}, which are gone{why}"


def _urgency(use: ImportReference) -> bool:
    """Sorts first what fails whenever its module is imported."""
    return use.fact.scope != MODULE_SCOPE or use.fact.guard is not Guard.NONE


def _extent(statements: Sequence[Sequence[ImportReference]], what: str) -> str:
    if len(statements) == 1 or len(statements[0][0].resolution.hops) > 1:
        return ""
    modules = importers(use for uses in statements for use in uses)
    return f", but {len(statements):,} statements in {counted(len(modules), 'module')} import {what}"


def _consequence(use: ImportReference) -> str:
    if use.fact.guard & Guard.TYPE_CHECKING:
        return "type checkers take it for Any"
    if use.fact.guard & Guard.TRY_IMPORT:
        return "the guarded import always fails"
    if use.fact.scope != MODULE_SCOPE:
        return f"{enclosing_id(use)} raises ImportError when it gets there"
    if use.fact.guard & _POSSIBLE:
        return f"importing {use.importer.name} raises ImportError under some condition"
    return f"importing {use.importer.name} raises ImportError"


def _severity(missing: Missing, uses: Sequence[ImportReference], fate: _Fate) -> Severity | None:
    is_asked_for = all(map(_urgency, uses)) and any(use.fact.guard & _POSSIBLE for use in uses)
    if fate is _Fate.MAY_FAIL or (is_asked_for and may_be_added(missing)):
        return Severity.INFO
    return Severity.MEDIUM if fate in _OF_FILES or all(map(_urgency, uses)) else None


def _absent(project: Project, missing: Missing, uses: Sequence[ImportReference]) -> str:
    if ":" in missing.id or len(uses[0].resolution.hops) > 1:
        return missing.complaint
    names = list(dict.fromkeys(dotted_name(project, use) for use in uses))
    return f"{listed(names)} {'does' if len(names) == 1 else 'do'} not exist"
