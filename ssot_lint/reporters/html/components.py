"""Declared components as data of the page."""

from __future__ import annotations

from ssot_lint.model.report import Report
from ssot_lint.reporters.component_parts import ClassPart, ComponentParts, FactoryPart, component_parts
from ssot_lint.reporters.html.payload import ComponentData, PartData
from ssot_lint.text.sanitize import visible
from ssot_lint.text.wording import counted

MOST_PARTS = 100
"""Of a kind, for each component."""


def component_rows(report: Report) -> list[ComponentData]:
    """Every declared component, with its parts as far as they are listed."""
    parts = component_parts(report)
    return [_row(component.name, parts.get(component.name)) for component in report.components]


def _row(name: str, parts: ComponentParts | None) -> ComponentData:
    if parts is None:
        return ComponentData(visible(name), [], [], [])
    paths = [(path, count) for by_path in parts.import_paths.values() for path, count in by_path.items()]
    return ComponentData(
        name=visible(name),
        factories=[_factory(each) for each in parts.factories[:MOST_PARTS]],
        classes=[_class(each) for each in parts.classes[:MOST_PARTS]],
        paths=[(visible(path), count) for path, count in sorted(paths, key=lambda each: -each[1])[:MOST_PARTS]],
    )


def _factory(part: FactoryPart) -> PartData:
    does = f"{part.does}, to {part.delegates_to}" if part.delegates_to else part.does
    return PartData(visible(part.symbol), visible(does))


def _class(part: ClassPart) -> PartData:
    drift = part.drift
    remarks = [f"imported by {counted(part.importers, 'module')}"]
    if drift is not None:
        remarks += [f"lacks {', '.join(drift.missing)}"] if drift.missing else []
        remarks += [f"adds {', '.join(drift.extra)}"] if drift.extra else []
        remarks += [f"`{each.home}` is `{each.copy}`" for each in drift.signatures]
    return PartData(visible(part.symbol), visible("; ".join(remarks)))
