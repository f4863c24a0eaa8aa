"""Reads of one variable that may be held against each other, and the place where it should be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ssot_lint.model.finding import Home, Site
from ssot_lint.model.syntax import Guard
from ssot_lint.project.project import Project, home_within, site_within
from ssot_lint.project.symbols import Module
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted
from ssot_rules.analysis.layout import is_handwritten
from ssot_rules.analysis.vocabulary import SETTINGS_MODULE_WORDS
from ssot_rules.settings._environment import EnvironmentRead, environment_reads
from ssot_rules.settings._settings_classes import settings_fields


def reads_by_variable(project: Project, rule: Rule) -> Iterator[tuple[str, list[EnvironmentRead]]]:
    """The reads that ``rule`` judges, by variable and program, those in one place; each group by place. What lies under
    different source roots is different programs, and what a file does when it is run as a script is its own."""
    found: dict[tuple[str, str], list[EnvironmentRead]] = defaultdict(list)
    fields = project.derived(settings_fields)
    known = project.derived(environment_reads)
    for read in (*fields, *(read for reads in known.values() for read in reads)):
        if rule.applies_to(read.module) and is_handwritten(read.module) and not _is_script(read):
            found[read.variable, read.module.source.root].append(read)
    for (variable, _), reads in sorted(found.items()):
        yield variable, sorted(reads, key=lambda read: read.location)


def _is_script(read: EnvironmentRead) -> bool:
    return read.fact is not None and bool(read.fact.guard & Guard.MAIN)


def module_count(reads: Sequence[EnvironmentRead]) -> int:
    """In how many modules some reads stand."""
    return len({read.module for read in reads})


def preferred(project: Project, reads: Sequence[EnvironmentRead]) -> tuple[EnvironmentRead, str]:
    """The read to keep, and why: that of a settings class, else of a module of settings, else of the module that most
    others import."""
    for read in reads:
        if read.declared_by is not None:
            return read, f"declared in `{read.declared_by.name}`"
    in_settings = [read for read in reads if _is_of_settings(read.module)]
    best = min(
        in_settings or reads, key=lambda read: (-_importers(project, read), len(read.module.name), read.location)
    )
    if in_settings:
        return best, "in a module of settings"
    return best, f"imported by {counted(_importers(project, best), 'module')}"


def _importers(project: Project, read: EnvironmentRead) -> int:
    return len(project.importers_of_module(read.module))


def _is_of_settings(module: Module) -> bool:
    return not SETTINGS_MODULE_WORDS.isdisjoint(words(module.name.rpartition(".")[2]))


def read_home(read: EnvironmentRead, reason: str) -> Home:
    """A read as the home of a finding."""
    return home_within(read.module, read.scope, read.location, reason)


def read_site(read: EnvironmentRead, message: str) -> Site:
    """A read as a site."""
    return site_within(read.module, read.scope, read.location, message)


def described(read: EnvironmentRead) -> str:
    """What a read does where the variable is not set, in a line of evidence."""
    behaviour = read.default.text and f"default {read.default.text}"
    cast = f", as {read.cast}" if read.cast else ""
    return f"{read.location.path}:{read.location.line} {behaviour or read.default.absence.value}{cast}"
