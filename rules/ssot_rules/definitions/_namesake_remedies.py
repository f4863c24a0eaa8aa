"""What to do with the copies of a class name that SSOT101 to SSOT104 report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.analysis.bodies import Grade
from ssot_rules.analysis.drift import Drift
from ssot_rules.analysis.reaching import import_statement
from ssot_rules.analysis.remedies import Way, after_doubt, doubt_about, kept, paths_of, ways_to
from ssot_rules.analysis.standing import established_namesake
from ssot_rules.definitions._duplicates import Namesakes

_ADVICE = {
    Grade.IDENTICAL: "Delete it from {paths} and write `{statement}` there.",
    Grade.SIMILAR: "Merge what {paths} has of its own into the home, delete it there and write `{statement}`.",
    Grade.RELATED: (
        "If `{name}` in {paths} plays the same role, merge it into the home and write `{statement}`; if not, rename it."
    ),
}
_DERIVED_ADVICE = (
    "In {paths} write `{statement}`, take from it what is the same, by inheritance or as a helper, and leave only what "
    "differs."
)
_HEIR_ADVICE = (
    "In {paths} write `{statement}`, derive from it or from a common base, and leave in each class what is its own: "
    "{values}."
)
_DIVERGENT_ADVICE = (
    "Give `{name}` in {paths} a name that says what it is, or mark it `# ssot-lint: distinct[{code}] reason`."
)


@dataclass(frozen=True, slots=True)
class Copy:
    """A definition beyond the home, compared with the home. ``readings`` are the names that it uses for other things
    than the home does."""

    symbol: ClassSymbol
    share: float
    grade: Grade
    drift: Drift
    readings: Sequence[str]

    @property
    def is_derivable(self) -> bool:
        """Whether what it has of its own can stand in a class that derives from the home."""
        return bool(self.drift.signatures or self.drift.bases or self.readings or self.drift.values)

    @property
    def advice(self) -> str:
        """What to do where it can import the home. What its callers or bases ask for stays in a class of its own."""
        if self.grade is Grade.RELATED:
            return _ADVICE[Grade.RELATED]
        if self.drift.signatures or self.drift.bases or self.readings:
            return _DERIVED_ADVICE
        if self.drift.values:
            values = listed([f"`{name}`" for name in self.drift.values])
            return _HEIR_ADVICE.replace("{values}", values)
        return _ADVICE.get(self.grade, "")

    def phrases(self) -> list[str]:
        """How it drifted, in a few words."""
        named = [f"means something else by {listed([f'`{name}`' for name in self.readings])}"] if self.readings else []
        return named + self.drift.phrases()


def namesakes_remedy(project: Project, rule: Rule, namesakes: Namesakes, copies: Sequence[Copy]) -> str:
    """What to do about namesakes; ``copies`` are its sites."""
    home = namesakes.home
    if namesakes.grade is Grade.DIFFERENT:
        paths = listed([copy.symbol.module.path for copy in copies])
        advice = [_DIVERGENT_ADVICE.format(name=home.name, paths=paths, code=rule.code)]
        return " ".join([f"Keep `{home.name}` in {home.module.path}.", *advice])
    deviating = _deviating(namesakes, copies)
    equal = [site for site in namesakes.sites if all(copy.symbol is not site for copy in deviating)]
    ways = ways_to(project, home, namesakes.reason, equal)
    is_moved = any(way.is_move for way in ways)
    known = established_namesake(project, [home, *namesakes.sites]) if is_moved else None
    if known is not None:
        return _taking_known(project, known, namesakes)
    advice = [
        text
        for way in ways
        for text in (_written(home, way, copies) if way.statement else [_as_role(namesakes.grade, way)])
    ]
    advice += _of_deviating(project, namesakes, deviating, is_moved=is_moved)
    if namesakes.grade is Grade.SIMILAR and is_moved:
        advice.append("What differs stays behind, in classes that derive from it, or becomes a parameter.")
    doubt = doubt_about(project, [home, *namesakes.sites]) if is_moved else ""
    return " ".join(filter(None, [kept(home, ways), *after_doubt(doubt, advice)]))


def _deviating(namesakes: Namesakes, copies: Sequence[Copy]) -> list[Copy]:
    """The copies that are only similar to the home, where others are equal to it: that one stands in several modules
    as it is, is no reason to give the similar ones up."""
    is_equal = [copy.grade is Grade.IDENTICAL for copy in copies]
    is_mixed = namesakes.grade is Grade.IDENTICAL and any(is_equal)
    return [copy for copy, equal in zip(copies, is_equal, strict=True) if not equal] if is_mixed else []


def _of_deviating(project: Project, namesakes: Namesakes, copies: Sequence[Copy], *, is_moved: bool) -> Iterator[str]:
    """What becomes of copies that are only similar: those that nothing uses go, others take what is the same in them
    from a home that stays, if it is known what differs, or are left."""
    left = list(copies)
    for way in ways_to(project, namesakes.home, namesakes.reason, [copy.symbol for copy in copies]) if copies else []:
        own = [copy for copy in left if copy.symbol in way.copies]
        derived = [copy for copy in own if copy.is_derivable and way.statement and not is_moved]
        if way.is_deletion:
            yield way.deed
        elif derived:
            yield from _written(namesakes.home, way, derived)
        left = [copy for copy in left if copy not in (own if way.is_deletion else derived)]
    if left:
        paths, differ = paths_of([copy.symbol for copy in left]), "differs" if len(left) == 1 else "differ"
        yield f"Leave it in {paths}, which {differ}, or let it derive from that one and keep only what is its own."


def _taking_known(project: Project, known: ClassSymbol, namesakes: Namesakes) -> str:
    symbols = [namesakes.home, *namesakes.sites]
    return (
        f"Write `{import_statement(project, known, namesakes.home)}` in {paths_of(symbols)} and use that, or derive "
        f"from it: {counted(project.importer_count(known), 'module')} import `{known.id}` already."
    )


def _written(home: ClassSymbol, way: Way, copies: Sequence[Copy]) -> Iterator[str]:
    """What to do at the copies that write the import of ``way``, by what fits them."""
    written = [copy for copy in copies if copy.symbol in way.copies]
    for template in dict.fromkeys(copy.advice for copy in written):
        paths = paths_of([copy.symbol for copy in written if copy.advice == template])
        yield template.format(name=home.name, paths=paths, statement=way.statement)


def _as_role(grade: Grade, way: Way) -> str:
    """A move, of classes that are only related under the condition that they play one role."""
    if grade is not Grade.RELATED or not way.is_move:
        return way.deed
    return f"If they play the same role, {way.deed[0].lower()}{way.deed[1:]} If not, rename one."
