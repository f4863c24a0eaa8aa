"""New violations by the file they are in, a line each, as text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from rich.text import Text

from ssot_lint.model.report import JudgedFinding, JudgedSite, Status
from ssot_lint.reporters.layout import Layout, prose
from ssot_lint.reporters.phrases import fix_mark
from ssot_lint.text.sanitize import visible_path

_INDENT = 2


def by_file(layout: Layout, findings: Iterable[JudgedFinding], shown: Callable[[str], str]) -> Iterator[Iterator[Text]]:
    """A section for each file with a new site of ``findings``; ``shown`` is how its path is called."""
    files: dict[str, list[tuple[JudgedSite, JudgedFinding]]] = defaultdict(list)
    for judged in findings:
        for each in judged.sites:
            if each.status is Status.NEW:
                files[each.site.location.path].append((each, judged))
    for path in sorted(files):
        entries = sorted(files[path], key=lambda entry: (entry[0].site.location, entry[0].id))
        yield _file(layout, visible_path(shown(path)), entries)


def _file(layout: Layout, path: str, entries: Iterable[tuple[JudgedSite, JudgedFinding]]) -> Iterator[Text]:
    yield Text(path, "bold")
    rows = []
    for each, judged in entries:
        place = each.site.location
        label = Text(f"  {place.line}:{place.column}")
        text = " ".join(filter(None, (judged.finding.message, fix_mark(each))))
        rows.append((label, Text(f"{judged.severity.value} {each.id}"), prose(text)))
    yield from layout.rows(rows, max(label.cell_len for label, _, _ in rows) + _INDENT)
