"""The data that the scripts of the page work on: one struct per object. All text is as it may be shown.

What stands in many places (a path, a piece of code, the importers of a definition) stands in a table once, and is
referred to by its number there; -1 for nothing. Fields with their default are left out.
"""

from __future__ import annotations

from msgspec import Struct


class FileData(Struct, frozen=True, omit_defaults=True):
    """A file: ``zone`` is empty for production code, ``uri`` is its path in an address, where that is another."""

    path: str
    zone: str = ""
    uri: str = ""


class ImportData(Struct, frozen=True, array_like=True):
    """An import statement: the module that it names, its file and line."""

    module: str
    file: int
    line: int


class ImportersData(Struct, frozen=True):
    """In how many files something is imported, and the first statements."""

    files: int
    first: list[ImportData]


class PlaceData(Struct, frozen=True, omit_defaults=True):
    """A home or site. ``text`` is the home's reason, the site's remark. ``code`` are the lines from ``line`` on;
    ``more`` counts those left out at the end. ``original`` is the home of a site of its own."""

    file: int
    line: int
    symbol: str
    text: str
    id: str = ""
    status: str = ""
    code: int = -1
    more: int = 0
    importers: int = -1
    original: PlaceData | None = None


class FindingData(Struct, frozen=True, omit_defaults=True):
    """A finding; ``id`` is that of its first site here. ``more`` counts the sites left out, ``step`` is that of the
    plan. ``moves``: the home does not stay either."""

    id: str
    rule: str
    severity: str
    subject: str
    message: str
    points: float
    sites: list[PlaceData]
    home: PlaceData | None = None
    notes: list[str] = []
    remedy: str = ""
    components: list[str] = []
    remark: str = ""
    more: int = 0
    step: int = 0
    moves: bool = False


class RuleData(Struct, frozen=True):
    """A rule that found something; ``ways`` are those out of its findings beside their remedies, with {ids} for those
    of the sites."""

    code: str
    name: str
    family: str
    severity: str
    help: str
    ways: list[tuple[str, str]]


class StepData(Struct, frozen=True, omit_defaults=True):
    """A step of the plan; ``finding`` is the id of a site that it resolves, ``violations`` how many it does, ``fix``
    says whether a command can."""

    priority: int
    action: str
    title: str
    finding: str
    violations: int
    files: int
    points: float
    fix: str
    importers: list[int] = []
    more: int = 0
    after: list[int] = []


class PlanData(Struct, frozen=True, omit_defaults=True):
    """The plan; ``more`` counts the steps left out at its end."""

    before: float
    after: float
    steps: list[StepData]
    more: int = 0


class FolderData(Struct, frozen=True, array_like=True):
    """A folder with its own files, the lines, points and violations in them."""

    path: str
    files: int
    lines: int
    points: float
    violations: int


class PartData(Struct, frozen=True):
    """A function or class that a declared component consists of, and what it does there."""

    symbol: str
    does: str


class ComponentData(Struct, frozen=True):
    """A declared component; ``parts`` as far as a rule has listed them."""

    name: str
    factories: list[PartData]
    classes: list[PartData]
    paths: list[tuple[str, int]]


class MomentData(Struct, frozen=True, array_like=True):
    """The score and the violations of a commit; what has another ``version`` cannot be compared."""

    date: str
    commit: str
    score: float
    violations: int
    version: int


class Payload(Struct, frozen=True):
    """All of it. ``codes`` are the pieces of code as :mod:`ssot_lint.reporters.html.codes` packs them. ``address`` is
    where files are seen on the web: up to the path, or with {path} and {line}. ``total`` are the violations that the
    plan begins with."""

    files: list[FileData]
    codes: str
    importers: list[ImportersData]
    rules: list[RuleData]
    findings: list[FindingData]
    components: list[ComponentData]
    folders: list[FolderData]
    plan: PlanData | None
    total: int
    address: str
    folder: str
    history: list[MomentData]
