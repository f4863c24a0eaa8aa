"""What a format of the report is: the seam between a scan and whoever writes its report.

A format is an entry point of the group ``ssot_lint.reporters`` that names a :class:`ReportFormat`; the name of the
entry point is what ``--format`` takes. The built-in formats are announced in the same way.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ssot_lint.model.report import Report
from ssot_lint.reporters.source_lines import SourceLines


@dataclass(frozen=True)
class View:
    """A report and what else a format may want to know.

    ``report`` has its plan if that was asked for or if the format shows it unasked. ``width``, in columns, ``color``
    and ``show_info`` (inventories in full) are for text. ``find_folder`` and ``read_lines`` look at files: a format
    that needs neither pays for neither.
    """

    report: Report
    width: int
    color: bool
    show_info: bool
    find_folder: Callable[[], str]
    read_lines: Callable[[], SourceLines]

    @property
    def folder(self) -> str:
        """Where the project lies in its repository: empty, or with a slash at the end."""
        return self.find_folder()

    @property
    def lines(self) -> SourceLines:
        """The code at the sites, at their homes and at suppressions."""
        return self.read_lines()


Renderer = Callable[[View], str]


@dataclass(frozen=True)
class ReportFormat:
    """A format: ``render`` is a pure function of a view.

    Text ``is_for_people`` goes to a terminal in the encoding that it speaks, everything else is UTF-8. ``shows_plan``:
    the remediation plan is worked out unasked. ``job_summary`` renders what GitHub shows on the page of a run.
    """

    render: Renderer
    is_for_people: bool = False
    shows_plan: bool = False
    job_summary: Renderer | None = None
