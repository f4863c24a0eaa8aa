"""What a step is called: one imperative sentence, without a full stop."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ssot_lint.model.finding import Finding, Home, Site
from ssot_lint.plan.addresses import qualname
from ssot_lint.plan.causes import detours, detours_named
from ssot_lint.project.symbols import Symbol
from ssot_lint.text.wording import counted, listed

_END_OF_CLAUSE = re.compile(r"[.;]\s")


def merge_title(finding: Finding, copies: Sequence[Symbol], *, is_for_heirs: bool = False) -> str:
    """Merge what into what; the remedy where nothing is known to be merged. ``is_for_heirs``: the home is a class that
    gets what its descendants have as methods."""
    home = finding.home
    if home is None or not copies:
        return remedy_title(finding)
    if finding.sites_unused:
        return deletion_title([finding], copies)
    name, path = qualname(home), home.location.path
    others = [copy.qualname for copy in copies]
    if is_for_heirs:
        has_them = all(site.original and site.original.symbol.startswith(f"{home.symbol}.") for site in finding.sites)
        verb, where = ("Merge", "into") if has_them else ("Move", "to")
        return f"{verb} {_described(copies)} {where} `{name}` of {path}"
    if set(others) != {name}:
        return f"Merge {_named(others)} into `{name}` of {path}"
    if len(others) == 1:
        return f"Merge the copy of `{name}` in {copies[0].module.path} into {path}"
    return f"Merge {len(others):,} copies of `{name}` into {path}"


def deletion_title(findings: Sequence[Finding], copies: Sequence[Symbol]) -> str:
    """What goes because nothing uses it: in the words of the remedies where they all are one sentence."""
    clauses = {clause for finding in findings for clause in _deletions(finding)}
    if len(clauses) == 1:
        return clauses.pop()
    return f"Delete {_described(copies)}: nothing here uses {'it' if len(copies) == 1 else 'them'}"


def import_title(finding: Finding, home: Home, sites: Sequence[Site], importers: int) -> str:
    """Import what from where in how many files; where the evidence has the statement to write, under the key
    ``import``, that statement. What a site calls otherwise than the home does is an alias, and goes."""
    where = f"in {counted(importers, 'file')}"
    name, statement = qualname(home), finding.evidence.get("import")
    if not name:
        return f"Import from `{home.module}` instead of {_named([site.symbol for site in sites])} {where}"
    title = f"Write `{statement}`" if isinstance(statement, str) else f"Import `{name}` from `{home.module}`"
    aliases = [site.symbol for site in sites if qualname(site) != name]
    return f"{title} {where}{f' and delete {_named(aliases)}' if aliases else ''}"


def rewrite_title(finding: Finding, files: int) -> str:
    """Write which statement in how many files, by the key ``import`` of the evidence; the remedy without one."""
    statement = finding.evidence.get("import")
    return f"Write `{statement}` in {counted(files, 'file')}" if isinstance(statement, str) else remedy_title(finding)


def gathering_title(finding: Finding, home: Home, copies: Sequence[Symbol]) -> str:
    """Move what where, if it is a definition of its own; what methods have in common goes to one of several places."""
    are_methods = bool(copies) and all("." in copy.qualname for copy in copies)
    return _gathered(home, copies) if are_methods else remedy_title(finding)


def joint_title(findings: Sequence[Finding], copies: Sequence[Symbol], files: int) -> str:
    """What several findings of one cause come to; ``copies`` are all definitions that go, ``files`` how many change."""
    first = findings[0]
    home = first.home
    if all(finding.sites_unused for finding in findings):
        return deletion_title(findings, copies)
    if home is None or detours(first):
        names = _named([finding.subject.rpartition(":")[2] for finding in findings])
        return (
            f"Import {names} from where they are defined, not through {detours_named(first)} ({counted(files, 'file')})"
        )
    what = _described(copies)
    if not first.home_stays:
        return _gathered(home, copies)
    if all(finding.home == home for finding in findings):
        return f"Move {what} to `{qualname(home)}` of {home.location.path}"
    outer = qualname(home).rpartition(".")[0]
    return f"Merge {what} into {f'`{outer}` of ' if outer else ''}{home.location.path}"


def remedy_title(finding: Finding) -> str:
    """The first clause of the remedy, or of the message where there is no remedy."""
    clause = _END_OF_CLAUSE.split(finding.remedy or finding.message, maxsplit=1)[0].rstrip(".")
    return clause[:1].upper() + clause[1:]


def _deletions(finding: Finding) -> list[str]:
    """The sentences of a remedy without that on the home which stays, each up to its reason."""
    sentences = finding.remedy.rstrip(".").split(". ")
    return [sentence.partition(": ")[0] for sentence in sentences if not sentence.startswith("Keep ")]


def _named(names: Sequence[str]) -> str:
    return listed([f"`{name}`" for name in dict.fromkeys(names)])


def _gathered(home: Home, copies: Sequence[Symbol]) -> str:
    names = _named([copy.name for copy in copies])
    return f"Bring together {names} of {_listed_once([_holder(home), *map(_holder_of, copies)])} in one place"


def _described(copies: Sequence[Symbol]) -> str:
    """Their names and where they stand: ```chunks`, `progress` of `SevenZip`, `UnRar```."""
    return f"{_named([copy.name for copy in copies])} of {_listed_once(map(_holder_of, copies))}"


def _holder_of(symbol: Symbol) -> str:
    outer = symbol.qualname.rpartition(".")[0]
    return f"`{outer}`" if outer else symbol.module.path


def _holder(home: Home) -> str:
    outer = qualname(home).rpartition(".")[0]
    return f"`{outer}`" if outer else home.location.path


def _listed_once(texts: Iterable[str]) -> str:
    return listed(list(dict.fromkeys(texts)))
