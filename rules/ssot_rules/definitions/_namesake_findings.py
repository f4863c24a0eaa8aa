"""What SSOT101 to SSOT104 say about the namesakes they report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.rules.evidence import Fact
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import listed
from ssot_rules.analysis.bodies import Grade, grade_of, is_identical, similarity
from ssot_rules.analysis.drift import Drift, drift_between
from ssot_rules.definitions._duplicates import NamesakeAnalysis, Namesakes

_WORD = {
    Grade.IDENTICAL: "identical",
    Grade.SIMILAR: "similar",
    Grade.RELATED: "related",
    Grade.DIFFERENT: "different",
}
_ADVICE = {
    Grade.IDENTICAL: "Delete it from {paths} and write `{statement}` there.",
    Grade.SIMILAR: "Merge what {paths} has of its own into the home, delete it there and write `{statement}`.",
    Grade.RELATED: (
        "If `{name}` in {paths} plays the same role, merge it into the home and write `{statement}`; if not, rename it."
    ),
    Grade.DIFFERENT: (
        "Give `{name}` in {paths} a name that says what it is, or mark it `# ssot-lint: distinct[{code}] reason`."
    ),
}


@dataclass(frozen=True, slots=True)
class Copy:
    """A definition beyond the home, compared with the home."""

    symbol: ClassSymbol
    share: float
    grade: Grade
    drift: Drift

    @property
    def advised(self) -> Grade:
        """The grade whose advice fits: equal bodies on other bases have something to merge."""
        return Grade.SIMILAR if self.grade is Grade.IDENTICAL and self.drift.bases else self.grade


def namesakes_of_grade(project: Project, rule: Rule, grade: Grade) -> Iterator[Namesakes]:
    """The names whose best pair has that grade, in the zones that ``rule`` judges."""
    for namesakes in project.derived(NamesakeAnalysis(rule.zones)).namesakes:
        if namesakes.grade is grade:
            yield namesakes


def finding_of(project: Project, rule: Rule, namesakes: Namesakes, severity: Severity | None = None) -> Finding:
    """The finding for one name: every definition but the home is a site."""
    home, reason = project.home_among(_candidates(project, namesakes))
    copies = [compare(project, home, symbol, namesakes.grade) for symbol in namesakes.grades if symbol is not home]
    return rule.finding(
        subject=namesakes.name,
        message=(
            f"class `{namesakes.name}` is defined in {len(namesakes.grades)} modules ({_figures(namesakes)}): "
            f"keep {home.module.path}, {reason}"
        ),
        remedy=_remedy(rule, home, copies),
        home=home_of(home, reason),
        sites=tuple(site_of(copy.symbol, site_message(home, copy)) for copy in copies),
        evidence=_evidence(namesakes, copies),
        severity=severity,
    )


def _candidates(project: Project, namesakes: Namesakes) -> Sequence[ClassSymbol]:
    """What may be the home: one that is pinned, else one that has copies."""
    pinned = project.pinned_among(tuple(namesakes.grades))
    return namesakes.copies() if pinned is None else pinned[:1]


def compare(project: Project, home: ClassSymbol, symbol: ClassSymbol, most: Grade = Grade.IDENTICAL) -> Copy:
    """How much ``symbol`` has in common with ``home``, as ``most`` at the most, and how it differs."""
    share = similarity(home, symbol)
    grade = min(most, grade_of(share, identical=is_identical(home, symbol)))
    return Copy(symbol, share, grade, drift_between(project, home, symbol))


def site_message(home: ClassSymbol, copy: Copy) -> str:
    """What one copy has to do with the home, and how it drifted."""
    if copy.grade is Grade.IDENTICAL:
        relation = f"identical copy of `{home.id}`"
    elif copy.grade is Grade.DIFFERENT:
        relation = f"another class than `{home.id}` ({copy.share:.0%} of the lines are the same)"
    else:
        relation = f"{copy.share:.0%} of the lines are those of `{home.id}`"
    return "; ".join([relation, *copy.drift.phrases()])


def _figures(namesakes: Namesakes) -> str:
    counts = ((len(namesakes.of_grade(grade)), word) for grade, word in _WORD.items())
    return ", ".join(f"{count} {word}" for count, word in counts if count)


def _remedy(rule: Rule, home: ClassSymbol, copies: Sequence[Copy]) -> str:
    by_grade = [(grade, [copy.symbol for copy in copies if copy.advised is grade]) for grade in _ADVICE]
    advice = (
        _ADVICE[grade].format(
            name=home.name,
            paths=listed([symbol.module.path for symbol in symbols]),
            statement=f"from {home.module.name} import {home.name}",
            code=rule.code,
        )
        for grade, symbols in by_grade
        if symbols
    )
    return " ".join([f"Keep `{home.name}` in {home.module.path}.", *advice])


def _evidence(namesakes: Namesakes, copies: Sequence[Copy]) -> dict[str, Fact]:
    clusters = _clusters(namesakes)
    return {
        "text": _text(clusters, copies),
        "definitions": len(namesakes.grades),
        "clusters": [
            {"grade": _WORD[grade], "symbols": [symbol.id for symbol in symbols]} for grade, symbols in clusters
        ],
        "drift": [
            {
                "symbol": copy.symbol.id,
                "path": copy.symbol.module.path,
                "similarity": round(copy.share, 2),
                **copy.drift.as_facts(),
            }
            for copy in copies
        ],
    }


def _clusters(namesakes: Namesakes) -> list[tuple[Grade, tuple[ClassSymbol, ...]]]:
    """The definitions by grade, best first; identical ones by body, the largest group first."""
    by_body: dict[str, list[ClassSymbol]] = defaultdict(list)
    for symbol in namesakes.of_grade(Grade.IDENTICAL):
        by_body[symbol.fact.body.digest].append(symbol)
    identical = sorted(by_body.values(), key=lambda group: (-len(group), group[0].sort_key))
    rest = ((grade, namesakes.of_grade(grade)) for grade in _WORD if grade is not Grade.IDENTICAL)
    return [
        *((Grade.IDENTICAL, tuple(group)) for group in identical),
        *((grade, symbols) for grade, symbols in rest if symbols),
    ]


def _text(clusters: Sequence[tuple[Grade, tuple[ClassSymbol, ...]]], copies: Sequence[Copy]) -> list[str]:
    lines = [
        f"{len(symbols)} {_WORD[grade]}: {listed([symbol.module.path for symbol in symbols])}"
        for grade, symbols in clusters
    ]
    lines += [f"{copy.symbol.module.path} {'; '.join(phrases)}" for copy in copies if (phrases := copy.drift.phrases())]
    return lines
