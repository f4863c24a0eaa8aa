"""SSOT160: a declared copy that no longer agrees with what it copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.edits import CopyDefinition, Fix, Safety
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted
from ssot_rules.analysis.bodies import hashes_of
from ssot_rules.analysis.drift import drift_between, signature_of
from ssot_rules.analysis.mirrors import Contract, contracts, renames_of


@dataclass(frozen=True)
class DriftedMirror(Rule):
    """A definition that a comment declares a copy of another one no longer agrees with it.

    Why:
        Some copies are meant: two programs that cannot share code, a module that must not import another, files
        that are read alone. A comment says so, ``# ssot-lint: mirrors package.module:Name [Old->New]``, and what is
        declared is held to its word instead of being reported as a duplicate. Where the original changed and the
        copy did not, a fix is missing. ``mirror-comments`` reads a convention that is there already, for instance
        ``["Copied from {target}( with {renames})?"]``, as in transformers. A comment whose target is gone is
        SSOT002. Where a comment ``# Ignore copy`` stands inside of the copy, it is not judged.

    Bad:
        # shop/orders.py
        def order_total(order):
            total = sum(item.price for item in order.items)
            if order.is_gift:
                total += 3
            return round(total, 2)
        # shop/parcels.py
        # ssot-lint: mirrors shop.orders:order_total [order->parcel]
        def parcel_total(parcel):
            total = sum(item.price for item in parcel.items)
            return round(total, 2)

    Good:
        # shop/orders.py
        def order_total(order):
            total = sum(item.price for item in order.items)
            if order.is_gift:
                total += 3
            return round(total, 2)
        # shop/parcels.py
        # ssot-lint: mirrors shop.orders:order_total [order->parcel]
        def parcel_total(parcel):
            total = sum(item.price for item in parcel.items)
            if parcel.is_gift:
                total += 3
            return round(total, 2)

    Fix:
        Copy the original over again, with the renames. If the two part on purpose, delete the comment.
    """

    code: ClassVar[str] = "SSOT160"
    name: ClassVar[str] = "drifted-mirror"
    family: ClassVar[str] = "definitions"
    severity: ClassVar[Severity] = Severity.HIGH

    def check(self, project: Project) -> Iterator[Finding]:
        for contract in project.derived(contracts):
            home = contract.home
            if home is not None and self.applies_to(contract.copy.module) and not _agrees(contract, home):
                yield _finding(project, contract, home)


def _agrees(contract: Contract, home: ClassSymbol | FunctionSymbol) -> bool:
    note = contract.note
    if home is contract.copy or note.is_partial or note.digest == home.fact.body.digest:
        return True
    lines = hashes_of(home.fact.body.lines)
    return 0 < len(lines) == len(note.readings) and all(map(_is_read_as, note.readings, lines))


def _is_read_as(readings: bytes, line: int) -> bool:
    return line in hashes_of(readings)


def _finding(project: Project, contract: Contract, home: ClassSymbol | FunctionSymbol) -> Finding:
    copy = contract.copy
    missing, extra = _different_lines(contract, home)
    drift = _drift(project, home, copy)
    figures = [
        text
        for count, text in (
            (missing, f"lacks {counted(missing, 'line')} of the original"),
            (extra, f"has {counted(extra, 'line')} of its own"),
        )
        if count
    ]
    said = "; ".join([*(figures or ["has the lines in another form or order"]), *drift])
    return DriftedMirror.finding(
        subject=copy.id,
        message=f"`{copy.qualname}` is declared a copy of `{home.id}` and no longer agrees with it: {said}",
        remedy=(
            f"Copy {home.module.path}:{home.fact.line} over to {copy.module.path}:{copy.fact.line} again, with the "
            "renames that the comment names, or the other way round if the copy is right; if the two part on purpose, "
            "delete the comment"
        ),
        home=home_of(home, "declared by the comment of the copy"),
        sites=(site_of(copy, f"no longer agrees with `{home.id}`: {said}", _fix(contract, home)),),
        evidence={
            "text": [
                f"{copy.module.path}:{contract.note.line} # {contract.note.text}",
                *(
                    f"{each.module.path}:{each.fact.line} `{each.qualname}`, "
                    f"{counted(each.fact.body.statements, 'statement')}"
                    for each in (home, copy)
                ),
            ],
            "target": contract.target,
            "missing_lines": missing,
            "extra_lines": extra,
        },
    )


def _fix(contract: Contract, home: ClassSymbol | FunctionSymbol) -> Fix:
    """Copy the original over again."""
    copy = contract.copy
    edit = CopyDefinition(
        copy.module.path,
        copy.fact.line,
        copy.name,
        home.module.path,
        home.fact.line,
        home.name,
        renames_of(contract.note.text),
    )
    return Fix(Safety.UNSAFE, (edit,), "what the copy has of its own is lost")


def _different_lines(contract: Contract, home: ClassSymbol | FunctionSymbol) -> tuple[int, int]:
    """How many lines the copy lacks and adds, its renames undone."""
    left = Counter(hashes_of(home.fact.body.lines))
    extra = 0
    for readings in contract.note.readings:
        found = next((line for line in hashes_of(readings) if left[line] > 0), None)
        if found is None:
            extra += 1
        else:
            left[found] -= 1
    return sum(count for count in left.values() if count > 0), extra


def _drift(project: Project, home: ClassSymbol | FunctionSymbol, copy: ClassSymbol | FunctionSymbol) -> list[str]:
    if isinstance(home, ClassSymbol) and isinstance(copy, ClassSymbol):
        return [phrase for phrase in drift_between(project, home, copy).phrases() if not phrase.startswith("inherits")]
    if isinstance(home, FunctionSymbol) and isinstance(copy, FunctionSymbol):
        there, here = (signature_of(each.fact).partition("(")[2] for each in (home, copy))
        return [f"other parameters: ({here}, not ({there}"] if here != there else []
    return []
