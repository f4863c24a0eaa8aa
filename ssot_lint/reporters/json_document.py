"""The document that the JSON format writes: one struct per object, its fields in the order of their keys.

``report.schema.json`` beside this file is made from these structs, so what they say about a field is what readers of
the schema see.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from msgspec import UNSET, Meta, Struct, UnsetType

from ssot_lint.model.edits import Safety
from ssot_lint.model.finding import Json, Severity
from ssot_lint.model.plan import Action
from ssot_lint.model.report import REPORT_SCHEMA_VERSION, Status
from ssot_lint.model.source import Zone

Count: TypeAlias = Annotated[int, Meta(ge=0)]
Position: TypeAlias = Annotated[int, Meta(ge=1)]
Score: TypeAlias = Annotated[float, Meta(ge=0, le=100)]


class ToolJson(Struct, frozen=True, forbid_unknown_fields=True):
    """What wrote the report."""

    name: Literal["ssot-lint"]
    version: str


class ViolationsJson(Struct, frozen=True, forbid_unknown_fields=True):
    """Violations by status."""

    total: Annotated[Count, Meta(description="new + baselined + suppressed.")]
    new: Count
    baselined: Count
    suppressed: Count
    fixed: Annotated[Count, Meta(description="Baseline entries that match nothing any more.")]


class SeveritiesJson(Struct, frozen=True, forbid_unknown_fields=True):
    """Sites by severity, info included."""

    critical: Count
    high: Count
    medium: Count
    low: Count
    info: Count


class PartlyJudgedJson(Struct, frozen=True, forbid_unknown_fields=True):
    """Files, and how many of the rules about code judge them."""

    files: Count
    rules: Count


class SummaryJson(Struct, frozen=True, forbid_unknown_fields=True):
    """The figures of the scan."""

    files: Count
    lines: Count
    score: Score
    score_version: Annotated[int, Meta(ge=1, description="Scores of different versions cannot be compared.")]
    clean_modules: Annotated[
        Count,
        Meta(description="Production modules that were read and hold no scored violation: H of the score's formula."),
    ]
    modules: Annotated[Count, Meta(description="Production modules.")]
    unread_modules: Annotated[Count, Meta(description="Production modules that could not be read.")]
    violations: ViolationsJson
    by_severity: SeveritiesJson
    not_judged: Annotated[
        dict[Zone, Count], Meta(description="Files that no rule judges, by zone; zones without any are left out.")
    ]
    partly_judged: Annotated[
        dict[Zone, PartlyJudgedJson], Meta(description="The same of files that only some of the rules judge.")
    ]
    symlinks: Annotated[Count, Meta(description="Symlinks to Python files and folders; they are not followed.")]
    distinct: Annotated[
        Count,
        Meta(description="Sites that a comment `distinct` calls no violation; no other figure has them."),
    ]
    ignored: Annotated[
        Count, Meta(description="Violations in paths of per-path-ignores; none of the other figures counts them.")
    ]


class RuleJson(Struct, frozen=True, forbid_unknown_fields=True):
    """A rule that ran."""

    code: str
    name: str
    family: str
    severity: Annotated[Severity, Meta(description="The rule's own severity; a finding may have another.")]
    findings: Count
    violations: Count
    points_lost: Annotated[float, Meta(ge=0, le=20, description="The rule's part of 100 - score.")]


class ComponentJson(Struct, frozen=True, forbid_unknown_fields=True):
    """A declared component, scored over its own modules."""

    name: str
    score: Score
    violations: Count


class LocationJson(Struct, frozen=True, forbid_unknown_fields=True):
    """A place in a file."""

    path: str
    line: Position
    column: Position
    end_line: Position


class HomeJson(LocationJson, frozen=True, forbid_unknown_fields=True):
    """The source of truth and why it was chosen."""

    module: str
    symbol: Annotated[str, Meta(description="package.module:Qual.name")]
    reason: str


class FixJson(Struct, frozen=True, forbid_unknown_fields=True):
    """What `ssot-lint fix` can do about a violation."""

    safety: Annotated[Safety, Meta(description="unsafe: only with --unsafe; manual: it takes a decision.")]
    note: Annotated[str, Meta(description="What may change for the program, or what has to be decided; may be empty.")]
    files: Annotated[list[str], Meta(description="The files that change; none where it is manual.")]


class SiteJson(LocationJson, frozen=True, forbid_unknown_fields=True):
    """A place beyond the home."""

    module: str
    symbol: str
    message: str
    status: Status
    fingerprint: Annotated[str, Meta(description="Stable over moved lines and reformatting.")]
    id: Annotated[str, Meta(description="Short form of the fingerprint, for the command line.")]
    fix: Annotated[FixJson | None, Meta(description="Null where its rule offers none.")]


class FindingJson(Struct, frozen=True, forbid_unknown_fields=True):
    """A subject that has more than one source of truth."""

    code: str
    name: str
    severity: Severity
    subject: Annotated[str, Meta(description="The thing that should have one home.")]
    message: str
    remedy: str
    home: Annotated[HomeJson | None, Meta(description="Null where there is none.")]
    sites: Annotated[list[SiteJson], Meta(description="Ordered by path and line.")]
    evidence: Annotated[
        dict[str, Json], Meta(description="What is needed to check the claim; differs from rule to rule.")
    ]


class FixedJson(Struct, frozen=True, forbid_unknown_fields=True):
    """A violation of the baseline that is gone."""

    code: str
    subject: str
    place: Annotated[str, Meta(description="path::Qual.name")]


class ComparisonJson(Struct, frozen=True, forbid_unknown_fields=True):
    """What the report is compared with; only with a baseline or --base-ref."""

    against: Annotated[str, Meta(description="A baseline file or a revision.")]
    fixed: list[FixedJson]


class DiagnosticJson(Struct, frozen=True, forbid_unknown_fields=True):
    """Something that happened to the scan itself."""

    path: str
    line: Annotated[Count, Meta(description="0 where no line is concerned.")]
    kind: str
    message: str


class StepJson(Struct, frozen=True, forbid_unknown_fields=True):
    """One piece of work."""

    number: Annotated[Position, Meta(description="Counts from 1 in the order of the plan.")]
    priority: Annotated[int, Meta(ge=1, le=3, description="Never falls in the order of the plan.")]
    action: Action
    title: str
    code: str
    subject: str
    ids: Annotated[list[str], Meta(description="The sites that it resolves, the finding's own first.")]
    keep: Annotated[
        HomeJson | None,
        Meta(description="The definition to import and to keep; null where no importer is concerned."),
    ]
    delete: Annotated[list[LocationJson], Meta(description="The definitions to delete.")]
    importers: Annotated[list[str], Meta(description="The files whose imports move.")]
    files: Annotated[Count, Meta(description="Files touched.")]
    points: Annotated[Score, Meta(description="What the score gains once the steps before it are done.")]
    after: Annotated[list[Position], Meta(description="Numbers of the steps to be done first.")]
    fix: Annotated[Safety, Meta(description="Whether `ssot-lint fix` can do it.")]
    obstacle: Annotated[str, Meta(description="Why it cannot, or not safely; may be empty.")]


class PlanJson(Struct, frozen=True, forbid_unknown_fields=True):
    """How to resolve the violations, most valuable first; only with --plan."""

    score_before: Score
    score_after: Score
    steps: Annotated[
        list[StepJson],
        Meta(
            description="One for every cause of findings that cost points, but for those that go with the code another"
            " step deletes."
        ),
    ]


class ReportFilterJson(Struct, frozen=True, forbid_unknown_fields=True):
    """Only findings about some paths (none: any), or such as were not there in a revision (empty: all), are listed and
    counted as violations; score, rules and components are about all. Only with paths, or of `check`."""

    paths: list[str]
    since: str
    hidden: Annotated[Count, Meta(description="Findings that are not listed, inventories aside.")]


class ReportJson(Struct, frozen=True, forbid_unknown_fields=True):
    """What `ssot-lint scan -f json` writes. Paths are POSIX and relative to the project root; lines and columns start
    at 1. A violation is a site of a finding whose severity is not info."""

    schema_version: Annotated[int, Meta(extra_json_schema={"const": REPORT_SCHEMA_VERSION})]
    tool: ToolJson
    summary: SummaryJson
    rules: Annotated[list[RuleJson], Meta(description="Every rule that ran, also those that found nothing.")]
    components: Annotated[list[ComponentJson], Meta(description="Every declared component.")]
    findings: Annotated[list[FindingJson], Meta(description="Ordered by severity, code and subject.")]
    diagnostics: Annotated[list[DiagnosticJson], Meta(description="What happened to the scan itself.")]
    comparison: ComparisonJson | UnsetType = UNSET
    plan: PlanJson | UnsetType = UNSET
    filter: ReportFilterJson | UnsetType = UNSET
