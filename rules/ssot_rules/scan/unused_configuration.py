"""SSOT003: a setting that matches nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.finding import Finding, Severity, Site
from ssot_lint.model.record import Entry, ScanRecord
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import ScanRule


@dataclass(frozen=True)
class UnusedConfiguration(ScanRule):
    """An entry of the configuration file matches nothing in the project.

    Why:
        A component whose home was renamed is no longer guarded, and an exemption for a file that has moved no longer
        exempts it: the file says one thing and the scan does another. What matches nothing today may also match
        something tomorrow that nobody meant. Looked at are ``ignore``, ``per-path-ignores``, ``plugin-root``,
        the components, and the options of rules that name modules. Only a scan of the whole project tells.

    Bad:
        # ssot-lint.toml
        [[components]]
        name = "cart"
        home = "shop.cart:Cart"
        # shop/carts.py
        class Cart:
            items = ()

    Good:
        # ssot-lint.toml
        [[components]]
        name = "cart"
        home = "shop.carts:Cart"
        # shop/carts.py
        class Cart:
            items = ()

    Fix:
        Write what it should match now, or delete it. A symbol is named by the module that defines it, as
        ``package.module:Name``, not by one that imports it.
    """

    code: ClassVar[str] = "SSOT003"
    name: ClassVar[str] = "unused-configuration"
    family: ClassVar[str] = "scan"
    severity: ClassVar[Severity] = Severity.LOW

    def review(self, project: Project, record: ScanRecord) -> Iterator[Finding]:  # noqa: ARG002 - the record tells all
        """One finding per entry."""
        for entry in record.unused_entries:
            yield self._finding(entry)

    def _finding(self, entry: Entry) -> Finding:
        path = entry.location.path
        return self.finding(
            subject=f"{entry.key} {entry.value}",
            message=f'{path}: "{entry.value}" under `{entry.key}` matches nothing',
            remedy=f'Write what "{entry.value}" should match now, or delete it.',
            sites=(Site(entry.location, path, entry.key, "matches nothing"),),
            evidence={"key": entry.key, "value": entry.value},
        )
