"""The report: findings after suppressions, baseline and score, as every reporter receives them."""

from __future__ import annotations

from enum import Enum

import msgspec

from ssot_lint.model.finding import Finding, Home, Location, Severity, Site
from ssot_lint.model.plan import Action, Plan
from ssot_lint.model.record import Suppression, SuppressionKind

REPORT_SCHEMA_VERSION = 1

UNREAD = frozenset({"unparsable", "unreadable"})
"""The kinds of the diagnostics about what could not be read."""

RULE_CRASHED = "rule-crashed"
"""The kind of the diagnostic that makes a run end with ExitCode.INTERNAL."""


class Status(Enum):
    """Where a violation stands with the gate."""

    NEW = "new"
    BASELINED = "baselined"
    SUPPRESSED = "suppressed"


class RuleInfo(msgspec.Struct, frozen=True):
    """What a report says about a rule. ``help`` is the rule's docstring, cleaned."""

    code: str
    name: str
    family: str
    severity: Severity
    summary: str
    help: str
    action: Action = Action.EDIT


class RuleResult(msgspec.Struct, frozen=True):
    """A rule that ran, with what it found; ``seconds`` is for --verbose only and never part of a report."""

    rule: RuleInfo
    findings: int
    violations: int
    points_lost: float


class JudgedSite(msgspec.Struct, frozen=True):
    """A site with its standing. ``fingerprint`` is stable over moved lines and reformatting, ``id`` is a
    short form of it that a user can type. ``suppression`` is the comment that silences it. ``hint`` says why a new one
    may be one that the baseline knows, and the way out."""

    site: Site
    status: Status
    fingerprint: str
    id: str
    suppression: Suppression | None = None
    hint: str = ""

    @property
    def is_scored(self) -> bool:
        """Whether it costs points: what is silenced as debt does, what is judged to be no violation does not."""
        return self.suppression is None or self.suppression.kind is not SuppressionKind.DISTINCT


class JudgedFinding(msgspec.Struct, frozen=True):
    """A finding with its final severity and its judged sites, sorted by path and line. ``components`` are the names
    of the declared components it is about."""

    finding: Finding
    rule: RuleInfo
    severity: Severity
    sites: tuple[JudgedSite, ...]
    components: tuple[str, ...] = ()


class Diagnostic(msgspec.Struct, frozen=True):
    """Something about the scan itself: a file that could not be parsed, a rule that crashed."""

    path: str
    line: int
    kind: str
    message: str


class UnreadFile(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file that could not be read, with place and reason. ``is_missed``: it may hold a home, for it is production
    code, in this language."""

    path: str
    line: int
    reason: str
    is_missed: bool


class Score(msgspec.Struct, frozen=True):
    """Compliance from 0 to 100. ``clean_modules`` is H of the formula: production modules that were read and own no
    scored violation. ``unread_modules`` could not be. ``points_lost`` maps a rule's code to its share of
    100 - value."""

    value: float
    clean_modules: int
    modules: int
    points_lost: dict[str, float]
    version: int
    unread_modules: int = 0


class ComponentResult(msgspec.Struct, frozen=True):
    """A declared component: its score, and the scored violations in its files."""

    name: str
    score: float
    violations: int


class FixedViolation(msgspec.Struct, frozen=True):
    """A violation that the baseline knows and that is gone. ``place`` is ``path::Qual.name``."""

    code: str
    subject: str
    place: str


class Comparison(msgspec.Struct, frozen=True):
    """What the report was compared with: ``against`` names it (a baseline file, a revision); ``is_file``: it is the
    file."""

    against: str
    fixed: tuple[FixedViolation, ...]
    is_file: bool = True


class ReportFilter(msgspec.Struct, frozen=True):
    """A report has only findings about ``paths`` (files and folders; none: any) and, if ``since`` is a revision, such
    as were not there then; ``hidden`` is the number of the others, inventories not counted. All its other figures are
    those of the whole project."""

    paths: tuple[str, ...]
    since: str
    hidden: int


class FolderSize(msgspec.Struct, frozen=True):
    """A folder with Python files of its own: how many, and how many lines they have. ``path`` is empty for the root."""

    path: str
    files: int
    lines: int


class Importer(msgspec.Struct, frozen=True):
    """An import statement; ``module`` is the one that it names."""

    module: str
    location: Location


class Importers(msgspec.Struct, frozen=True):
    """In how many files something is imported, and the ``first`` of the statements."""

    files: int
    first: tuple[Importer, ...]


class Surroundings(msgspec.Struct, frozen=True):
    """What lies around the findings, for reports that draw it. ``folders`` are those of the whole project, by path;
    ``zones`` maps the files with a home or a site to what they are for; ``importers`` who imports the homes and sites
    that anybody imports, by :func:`place_key`."""

    folders: tuple[FolderSize, ...]
    zones: dict[str, str]
    importers: dict[str, Importers]


def place_key(finding: Finding, place: Home | Site) -> str:
    """What tells homes and sites apart: one line may offer several names, and is about what its finding is."""
    symbol = place.symbol if ":" in place.symbol or finding.home is None else f"{place.symbol} {finding.home.symbol}"
    return f"{place.location.path}:{place.location.line}:{symbol}"


class PartlyJudged(msgspec.Struct, frozen=True):
    """The number of files of a zone, and of the rules that judge them."""

    files: int
    rules: int


class LeftOut(msgspec.Struct, frozen=True):
    """What a scan says nothing about, so that no silence passes for praise. Of the rules about code, ``rules`` ran;
    ``not_judged`` counts the files of each zone that none of them judges, ``partly_judged`` those that not all judge.
    ``links`` is the number of symlinks to Python files and folders, which are not followed, ``ignored`` that of the
    violations in paths that the configuration ignores for their rule."""

    rules: int = 0
    not_judged: dict[str, int] = msgspec.field(default_factory=dict)
    partly_judged: dict[str, PartlyJudged] = msgspec.field(default_factory=dict)
    links: int = 0
    ignored: int = 0


class Report(msgspec.Struct, frozen=True):
    """The result of a scan. Findings are ordered by severity, code and subject. ``surroundings`` are there if they were
    asked for. ``project`` is the name by which the root is declared, empty without one. ``unread`` are all files that
    could not be read, by path."""

    tool_version: str
    files: int
    lines: int
    score: Score
    rules: tuple[RuleResult, ...]
    components: tuple[ComponentResult, ...]
    findings: tuple[JudgedFinding, ...]
    diagnostics: tuple[Diagnostic, ...]
    command: str
    comparison: Comparison | None = None
    plan: Plan | None = None
    filter: ReportFilter | None = None
    left_out: LeftOut = LeftOut()
    surroundings: Surroundings | None = None
    project: str = ""
    unread: tuple[UnreadFile, ...] = ()

    @property
    def fixed(self) -> int:
        """How many violations are gone of those the report is compared with; 0 without any."""
        return len(self.comparison.fixed) if self.comparison else 0
