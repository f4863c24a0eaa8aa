"""The declared components of a report as Markdown: scores, and what each consists of."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.model.report import Report
from ssot_lint.reporters.component_parts import ClassPart, ComponentParts, FactoryPart, component_parts
from ssot_lint.reporters.markdown.blocks import MOST_ROWS, clip, details, name, table
from ssot_lint.reporters.phrases import shown_score
from ssot_lint.text.sanitize import html_code
from ssot_lint.text.wording import listed

_ROOM = 1_500
"""Characters of a table about one component: a report may have many of them."""

_MOST_COMPONENTS = 5
"""That many are shown in detail, those with most violations; `-f json` has all."""


def components_section(report: Report) -> Iterator[str]:
    """The declared components with their scores, then factories, import paths, folders and drift of each."""
    components = report.components
    if components:
        yield "## Components"
        rows = [(name(each.name), f"{each.violations:,}", shown_score(each.score)) for each in components]
        yield from table(("Component", "Violations", "Score"), "lrr", rows, len(rows))
        parts = component_parts(report)
        worst = sorted(components, key=lambda each: -each.violations)
        for component in [each for each in worst if each.name in parts][:_MOST_COMPONENTS]:
            yield details(f"What {html_code(clip(component.name))} consists of", _parts(parts[component.name]))


def _parts(parts: ComponentParts) -> Iterator[str]:
    yield from _factories(parts)
    yield from _import_paths(parts)
    yield from _folders(parts)
    yield from _classes(parts)


def _factories(parts: ComponentParts) -> Iterator[str]:
    rows = ((name(each.symbol), _deed(each)) for each in parts.factories[:MOST_ROWS])
    yield from table(("Factory", "What it does"), "ll", rows, len(parts.factories), _ROOM)


def _deed(factory: FactoryPart) -> str:
    if factory.does == "declared":
        return "the declared factory"
    if factory.does == "cached":
        return "builds, and keeps what it built"
    return f"delegates to {name(factory.delegates_to)}" if factory.delegates_to else "builds"


def _import_paths(parts: ComponentParts) -> Iterator[str]:
    paths = [(path, count) for by_path in parts.import_paths.values() for path, count in by_path.items()]
    paths.sort(key=lambda entry: -entry[1])
    rows = ((name(path), f"{count:,}") for path, count in paths[:MOST_ROWS])
    yield from table(("Import path", "Imports"), "lr", rows, len(paths), _ROOM)


def _folders(parts: ComponentParts) -> Iterator[str]:
    shown = list(parts.folders.items())[:MOST_ROWS]
    rows = ((name(path), f"{each.definitions:,}", f"{each.importers:,}") for path, each in shown)
    yield from table(("Folder", "Definitions", "Importing modules"), "lrr", rows, len(parts.folders), _ROOM)


def _classes(parts: ComponentParts) -> Iterator[str]:
    rows = ((name(each.symbol), f"{each.importers:,}", _drift(each)) for each in parts.classes[:MOST_ROWS])
    header = ("Class in its role", "Importing modules", "Beside the home")
    yield from table(header, "lrl", rows, len(parts.classes), _ROOM)


def _drift(part: ClassPart) -> str:
    if part.drift is None:
        return ""
    other = [each.method for each in part.drift.signatures]
    named = (("lacks", part.drift.missing), ("adds", part.drift.extra), ("other signature of", other))
    return "; ".join(f"{verb} {listed([name(each) for each in names])}" for verb, names in named if names)
