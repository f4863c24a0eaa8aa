"""Views of reports made by hand, with what lies around them."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from ssot_lint.history.entry import History
from ssot_lint.model.finding import Home, Location, Site
from ssot_lint.model.report import FolderSize, Importer, Importers, Report, Surroundings, place_key
from ssot_lint.reporters.interface import Listing, View

ReadCode = Callable[[Location], Sequence[str]]

HOME_CODE = """\
class ValidationResult:
    ok: bool
    errors: list[str]

    def merge(self, other: ValidationResult) -> ValidationResult:
        return ValidationResult(self.ok and other.ok, self.errors + other.errors)

    def report(self, stream, width=80):
        stream.write("\\n".join(self.errors))
""".splitlines()

COPY_CODE = """\
    class ValidationResult:
        ok: bool
        errors: list[str]

        def report(self, stream):
            stream.write("\\n".join(self.errors))

        def first(self) -> str:
            return self.errors[0]
""".splitlines()


def codes_of(data: Any) -> list[str]:
    """The pieces of code in the data of a page."""
    return zlib.decompress(base64.b64decode(data["codes"])).decode().split("\0")[:-1]


def no_code(location: Location) -> Sequence[str]:
    del location
    return ()


def code_of(location: Location) -> Sequence[str]:
    """Of homes another code than of sites; some of the sites are copies."""
    if location.path.endswith("core/validation.py"):
        return HOME_CODE
    if "services/" in location.path:
        return HOME_CODE
    return COPY_CODE


def view_of(report: Report, code: ReadCode = no_code, *, url: str = "", history: History = ()) -> View:
    return View(
        report=report,
        width=80,
        color=False,
        listing=Listing(),
        find_folder=lambda: "shop/",
        read_lines=dict,
        read_code=code,
        repository_url=url,
        history=history,
    )


def around(report: Report) -> Report:
    """``report`` with folders of the files that it names and of some more, and three importers of each home."""
    places: list[Home | Site] = []
    for judged in report.findings:
        places += [judged.finding.home] if judged.finding.home else []
        places += [judged.site for judged in judged.sites]
    folders = sorted({place.location.path.rpartition("/")[0] for place in places} | {"backend/calm", "docs/calm"})
    return msgspec.structs.replace(
        report,
        surroundings=Surroundings(
            tuple(FolderSize(path, 2 + at, 300 * (at + 1)) for at, path in enumerate(folders)),
            {place.location.path: "test" if "routes" in place.location.path else "production" for place in places},
            {
                place_key(each.finding, each.finding.home): _importers(each.finding.home)
                for each in report.findings
                if each.finding.home
            },
        ),
    )


def _importers(place: Home | Site) -> Importers:
    users = ("backend/app.py", "backend/jobs/nightly.py", "web/views.py")
    return Importers(41, tuple(Importer(place.module, Location(path, 3 + at)) for at, path in enumerate(users)))
