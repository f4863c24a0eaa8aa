"""What a run of ``fix`` is to do: the violations that have a fix, step by step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import NamedTuple

import msgspec

from ssot_lint.model.edits import Fix, Safety
from ssot_lint.model.finding import Severity, Site
from ssot_lint.model.plan import Plan
from ssot_lint.model.report import JudgedFinding, JudgedSite, Status
from ssot_lint.plan.fixes import DECISION


class StepKey(NamedTuple):
    """What tells a finding from others, in all scans of a run."""

    code: str
    subject: str


class SiteKey(NamedTuple):
    """What tells a violation from others, in all scans of a run; several may share it."""

    code: str
    subject: str
    path: str
    symbol: str
    body: str


@dataclass(frozen=True)
class Task:
    """A violation that is to be resolved. ``number`` is that of its step in the plan, 0 for what is in none."""

    step: StepKey
    key: SiteKey
    site: JudgedSite
    fix: Fix
    number: int = 0

    @property
    def files(self) -> frozenset[str]:
        """The files that it changes."""
        return frozenset(edit.path for edit in self.fix.edits)


@dataclass(frozen=True)
class Wish:
    """What is to be fixed: findings of the rules ``codes`` (None: any that cost points), the steps ``numbers`` of the
    plan (None: all), subjects that match the glob ``subject``, the violations ``sites`` (None: all); at sites that
    ``is_about`` names. ``is_unsafe``: also what may change what the program does."""

    codes: frozenset[str] | None = None
    numbers: frozenset[int] | None = None
    subject: str = ""
    sites: frozenset[SiteKey] | None = None
    is_about: Callable[[str], bool] = bool
    is_unsafe: bool = False

    @property
    def is_particular(self) -> bool:
        """Whether somebody has said what, and wants to know what does not come of it."""
        return self.numbers is not None or self.names_findings

    @property
    def names_findings(self) -> bool:
        """Whether it says which findings, those among them that the plan leaves out: an inventory has no step."""
        return self.codes is not None or self.sites is not None or bool(self.subject)


class Refusal(NamedTuple):
    """A violation that was asked for and is not fixed, and why, as a clause."""

    step: StepKey
    key: SiteKey
    site: JudgedSite
    reason: str
    number: int = 0


def step_key(judged: JudgedFinding) -> StepKey:
    """The key of a finding."""
    return StepKey(judged.rule.code, judged.finding.subject)


def site_key(judged: JudgedFinding, site: Site) -> SiteKey:
    """The key of one of its sites."""
    return SiteKey(*step_key(judged), site.location.path, site.symbol, site.body)


def numbers_of(plan: Plan) -> dict[StepKey, int]:
    """The numbers of the steps of a plan."""
    return {StepKey(*each): step.number for step in plan.steps for each in step.resolves}


def wished(findings: Iterable[JudgedFinding], numbers: Mapping[StepKey, int], wish: Wish) -> Iterator[JudgedFinding]:
    """The findings that are to be fixed, in the order of the plan, what is in no plan last."""
    asked = (judged for judged in findings if _is_wished(judged, numbers, wish))
    return iter(sorted(asked, key=lambda judged: numbers.get(step_key(judged), len(numbers) + 1)))


def is_about_subject(judged: JudgedFinding, glob: str) -> bool:
    """Whether a finding is about a subject that matches ``glob``, or about several of which one does."""
    subject = judged.finding.subject
    return any(fnmatchcase(each, glob) for each in (subject, *subject.split(", ")))


def _is_wished(judged: JudgedFinding, numbers: Mapping[StepKey, int], wish: Wish) -> bool:
    key = step_key(judged)
    if wish.codes is not None and judged.rule.code not in wish.codes:
        return False
    if wish.numbers is not None and numbers.get(key) not in wish.numbers:
        return False
    if wish.subject and not is_about_subject(judged, wish.subject):
        return False
    if wish.sites is not None and not _named_sites(judged, judged.sites, wish.sites):
        return False
    # An inventory is a list to decide from: it is fixed where somebody has, or where it is what is left of a step.
    return judged.severity is not Severity.INFO or wish.names_findings or key in numbers


def tasks_of(
    findings: Iterable[JudgedFinding], numbers: Mapping[StepKey, int], wish: Wish
) -> tuple[list[Task], list[Refusal]]:
    """The violations to be fixed, in order, and those that cannot be, with why."""
    tasks: list[Task] = []
    refused: list[Refusal] = []
    for judged in wished(findings, numbers, wish):
        key, number = step_key(judged), numbers.get(step_key(judged), 0)
        for each in _open_sites(judged, wish):
            reason = _unasked(each, wish) or obstacle(each.site.fix, is_unsafe=wish.is_unsafe)
            is_listed = judged.severity is Severity.INFO and wish.sites is None and not wish.subject
            if reason and is_listed and not (each.site.fix and each.site.fix.is_automatic):
                continue  # a list to decide from is no debt
            if reason:
                refused.append(Refusal(key, site_key(judged, each.site), each, reason, number))
            elif each.site.fix is not None:
                tasks.extend(_tasks(Task(key, site_key(judged, each.site), each, each.site.fix, number)))
    return tasks, refused


def _tasks(task: Task) -> Iterator[Task]:
    """A task, in parts that can be done apart: where the site stays, what leads there from each file."""
    if not task.fix.leaves_site:
        yield task
        return
    for path in sorted(task.files):
        edits = tuple(edit for edit in task.fix.edits if edit.path == path)
        yield replace(task, key=task.key._replace(path=path), fix=msgspec.structs.replace(task.fix, edits=edits))


def obstacle(fix: Fix | None, *, is_unsafe: bool) -> str:
    """Why a violation cannot be fixed, as a clause; empty if it can."""
    if fix is None:
        return DECISION
    if not fix.is_automatic:
        return fix.note or DECISION
    if fix.safety is Safety.UNSAFE and not is_unsafe:
        return f"only with --unsafe: {fix.note}" if fix.note else "only with --unsafe"
    return ""


def _open_sites(judged: JudgedFinding, wish: Wish) -> Sequence[JudgedSite]:
    """The sites that nothing silences, in the files that are asked for. One without a fix is left out where another
    one has some: it goes with that. Of sites that are named all, whatever speaks against them."""
    named = _named_sites(judged, judged.sites, wish.sites) if wish.sites is not None else ()
    sites = [each for each in judged.sites if not _unasked(each, wish)]
    fixable = [each for each in sites if each.site.fix is not None]
    if any(_unasked(each, wish) for each in named):
        return named
    return [each for each in named if each in (fixable or sites)] or fixable or sites


def _unasked(judged: JudgedSite, wish: Wish) -> str:
    """Why a site is none of those to be fixed, as a clause; empty for one that is."""
    if judged.status is Status.SUPPRESSED:
        return "a comment silences it"
    return "" if wish.is_about(judged.site.location.path) else "it is in none of the files that are given"


def _named_sites(judged: JudgedFinding, sites: Iterable[JudgedSite], keys: Collection[SiteKey]) -> Sequence[JudgedSite]:
    return [each for each in sites if site_key(judged, each.site) in keys]


def grouped(tasks: Iterable[Task]) -> dict[StepKey, list[Task]]:
    """Tasks by step, in order."""
    found: dict[StepKey, list[Task]] = {}
    for task in tasks:
        found.setdefault(task.step, []).append(task)
    return found


def touching(tasks: Iterable[Task], paths: Collection[str]) -> list[Task]:
    """Those of the tasks that change one of the files."""
    return [task for task in tasks if not task.files.isdisjoint(paths)]
