"""What a step is called: one imperative sentence, without a full stop."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ssot_lint.model.finding import Finding, Home, Site
from ssot_lint.plan.addresses import qualname
from ssot_lint.project.symbols import Symbol
from ssot_lint.text.wording import counted, listed

_END_OF_CLAUSE = re.compile(r"[.;]\s")


def merge_title(finding: Finding, copies: Sequence[Symbol]) -> str:
    """Merge what into what; the remedy where nothing is known to be merged."""
    home = finding.home
    if home is None or not copies:
        return remedy_title(finding)
    name, path = qualname(home), home.location.path
    others = [copy.qualname for copy in copies]
    if set(others) != {name}:
        return f"Merge {_named(others)} into `{name}` of {path}"
    if len(others) == 1:
        return f"Merge the copy of `{name}` in {copies[0].module.path} into {path}"
    return f"Merge {len(others):,} copies of `{name}` into {path}"


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


def remedy_title(finding: Finding) -> str:
    """The first clause of the remedy, or of the message where there is no remedy."""
    clause = _END_OF_CLAUSE.split(finding.remedy or finding.message, maxsplit=1)[0].rstrip(".")
    return clause[:1].upper() + clause[1:]


def _named(names: Sequence[str]) -> str:
    return listed([f"`{name}`" for name in dict.fromkeys(names)])
