"""What a declared component consists of, as a rule has listed it in the evidence of a finding.

Any rule may list it: evidence is read as parts if it has what :class:`ComponentParts` asks for.
"""

from __future__ import annotations

import msgspec

from ssot_lint.model.finding import Finding
from ssot_lint.model.report import Report


class FactoryPart(msgspec.Struct, frozen=True):
    """A function that hands out what the component is. ``does`` is ``declared``, ``direct``, ``delegating`` or
    ``cached``; a delegating one names where to."""

    symbol: str
    does: str
    delegates_to: str | None = None


class SignaturePart(msgspec.Struct, frozen=True):
    """A method with another signature than at the home; both as text."""

    method: str
    home: str
    copy: str


class DriftPart(msgspec.Struct, frozen=True):
    """How a class differs from the home: the names it lacks and adds, the methods that others call differently."""

    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    signatures: tuple[SignaturePart, ...] = ()


class ClassPart(msgspec.Struct, frozen=True):
    """A class that plays the component's role, with the number of modules that import it."""

    symbol: str
    importers: int
    drift: DriftPart | None = None


class FolderPart(msgspec.Struct, frozen=True):
    """How many definitions of the component a folder has, and how many modules that import one."""

    definitions: int
    importers: int


class ComponentParts(msgspec.Struct, frozen=True):
    """The parts of one component. ``import_paths``: for each symbol the paths by which it is imported, with the number
    of statements; ``folders`` by path. Both in the order of the evidence, most first."""

    component: str
    factories: tuple[FactoryPart, ...]
    classes: tuple[ClassPart, ...]
    import_paths: dict[str, dict[str, int]]
    folders: dict[str, FolderPart]


def component_parts(report: Report) -> dict[str, ComponentParts]:
    """What each component consists of, by its name; components that nothing is listed of are left out."""
    found: dict[str, ComponentParts] = {}
    for judged in report.findings:
        parts = _parts_in(judged.finding)
        if parts is not None:
            found.setdefault(parts.component, parts)
    return found


def _parts_in(finding: Finding) -> ComponentParts | None:
    """The parts that the evidence lists; None where it is about something else."""
    fields = {name: fact for name, fact in finding.evidence.items() if name in ComponentParts.__struct_fields__}
    try:
        return msgspec.convert(fields, ComponentParts)
    except msgspec.ValidationError:
        return None
