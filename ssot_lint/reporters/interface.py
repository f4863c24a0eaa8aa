"""What a format of the report is: the seam between a scan and whoever writes its report.

A format is an entry point of the group ``ssot_lint.reporters`` that names a :class:`ReportFormat`; the name of the
entry point is what ``--format`` takes. The built-in formats are announced in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ssot_lint.history.entry import History
from ssot_lint.model.edits import LineChange
from ssot_lint.model.finding import Location
from ssot_lint.model.report import Report, Status
from ssot_lint.reporters.source_lines import SourceLines

MOST_LINES = 6
"""Of a finding on a screen, its headline included."""
MOST_LINES_OF_PIPE = 20
"""Where nothing but patience limits them, as in a file."""


def _as_it_is(path: str) -> str:
    return path


def _unread(location: Location) -> str:
    del location
    return ""


@dataclass(frozen=True)
class Listing:
    """What of a report is listed for people, and how: inventories in full (``show_info``); of violations the ``top``
    first findings, None for all; only figures by rule (``statistics``); by file; the summary first, as a pipe wants it,
    or last, as a terminal does; ``most_lines`` of a finding. ``known`` is what violations are called that the report is
    compared with. ``shown`` makes of a path of the project one that can be clicked, ``code`` gives the line of code at
    a place, empty where it cannot be read."""

    show_info: bool = False
    top: int | None = None
    statistics: bool = False
    by_file: bool = False
    summary_first: bool = False
    most_lines: int = MOST_LINES
    known: str = Status.BASELINED.value
    shown: Callable[[str], str] = _as_it_is
    code: Callable[[Location], str] = _unread


@dataclass(frozen=True)
class View:
    """A report and what else a format may want to know.

    ``report`` has its plan if that was asked for or if the format shows it unasked. ``width``, in columns, ``color``
    and ``listing`` are for people. ``find_folder``, ``read_lines``, ``read_code`` and ``find_changes`` look at files: a
    format that needs none pays for none. ``read_code`` gives all lines of the definition or statement at a place, none
    where they cannot be read, ``find_changes`` what fixes come to. ``repository_url`` is where the files are seen on
    the web, empty if that is not configured; ``history`` are earlier scans, none if they were not asked for. ``gate``
    says how the run ends, in a sentence. ``find_commit`` says what git has of the project.
    """

    report: Report
    width: int
    color: bool
    listing: Listing
    find_folder: Callable[[], str]
    read_lines: Callable[[], SourceLines]
    read_code: Callable[[Location], Sequence[str]]
    repository_url: str
    history: History
    find_changes: Callable[[], Mapping[str, Sequence[LineChange]]] = dict
    gate: str = ""
    find_commit: Callable[[], str] = str

    @property
    def commit(self) -> str:
        """The commit that is checked out, shortened and in backticks, and whether files differ from it; empty without
        one."""
        return self.find_commit()

    @property
    def folder(self) -> str:
        """Where the project lies in its repository: empty, or with a slash at the end."""
        return self.find_folder()

    @property
    def lines(self) -> SourceLines:
        """The code at the sites, at their homes and at suppressions."""
        return self.read_lines()

    @property
    def changes(self) -> Mapping[str, Sequence[LineChange]]:
        """What fixes come to, by the id of the site."""
        return self.find_changes()


Renderer = Callable[[View], str]


@dataclass(frozen=True)
class ReportFormat:
    """A format: ``render`` is a pure function of a view.

    Text ``is_for_people`` goes to a terminal in the encoding that it speaks, everything else is UTF-8. ``shows_plan``:
    the remediation plan is worked out unasked; ``shows_surroundings``: so is what lies around the findings.
    ``job_summary`` renders what GitHub shows on the page of a run.
    """

    render: Renderer
    is_for_people: bool = False
    shows_plan: bool = False
    shows_surroundings: bool = False
    job_summary: Renderer | None = None
