"""Suppressions in the code: ``# ssot-lint: ignore[SSOT101] reason`` and its relatives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ssot_lint.model.directives import (
    CANONICAL,
    MARKER,
    MIRRORS,
    Statement,
    directives_with_lines,
    misspelt_directives,
    parse_directive,
)
from ssot_lint.model.finding import Finding, Location, Site
from ssot_lint.model.record import DirectiveMistake, Suppression, SuppressionKind, SuppressionUse
from ssot_lint.project.symbols import Module
from ssot_lint.text.suggest import suggestion

SHOWN = 80
"""Characters of a comment nobody understands that are shown."""

_WORDS = (*(kind.value for kind in SuppressionKind), CANONICAL, MIRRORS)


@dataclass(frozen=True)
class Suppressions:
    """All suppressions of a project, by the place they are about, and the comments that are none.

    ``by_line`` has the ``ignore`` and ``distinct`` of each path and line, ``by_file`` the ``file-ignore`` of each
    path, ``pins`` where each ``canonical`` stands, by the path and each line that it is about.
    """

    by_line: Mapping[tuple[str, int], tuple[Suppression, ...]]
    by_file: Mapping[str, tuple[Suppression, ...]]
    mistakes: tuple[DirectiveMistake, ...]
    pins: Mapping[tuple[str, int], Location] = field(default_factory=dict)

    def silencing(self, finding: Finding, site: Site) -> tuple[Suppression, ...]:
        """The suppressions that silence one site of a finding, those that are judgements first.

        They stand at the site, or at the home of the finding, where they are about all its sites.
        """
        places = [site.location] if finding.home is None else [site.location, finding.home.location]
        found = [each for place in places for each in self._at(place) if finding.code in each.codes]
        return tuple(sorted(found, key=lambda each: each.kind is not SuppressionKind.DISTINCT))

    def uses(self, findings: Iterable[Finding], judged: Collection[str]) -> tuple[SuppressionUse, ...]:
        """Every suppression, with those of its codes that are among ``judged`` and silence no site of ``findings``."""
        used = {
            (suppression, finding.code)
            for finding in findings
            for site in finding.sites
            for suppression in self.silencing(finding, site)
        }
        return tuple(
            SuppressionUse(each, tuple(code for code in each.codes if code in judged and (each, code) not in used))
            for each in self._all()
        )

    def rival_pins(self, findings: Iterable[Finding]) -> tuple[DirectiveMistake, ...]:
        """Each ``canonical`` at a site of one of ``findings`` whose home is marked so as well."""
        found: dict[Location, DirectiveMistake] = {}
        for finding in findings:
            home = finding.home.location if finding.home else None
            if home is None or (home.path, home.line) not in self.pins:
                continue
            for site in finding.sites:
                if pin := self.pins.get((site.location.path, site.location.line)):
                    found.setdefault(pin, _rival(pin, site, finding.subject, home))
        return tuple(found[pin] for pin in sorted(found))

    def _at(self, place: Location) -> tuple[Suppression, ...]:
        return self.by_line.get((place.path, place.line), ()) + self.by_file.get(place.path, ())

    def _all(self) -> list[Suppression]:
        groups = (*self.by_line.values(), *self.by_file.values())
        return sorted({each for group in groups for each in group}, key=lambda each: each.location)


def find_suppressions(modules: Iterable[Module], codes: Mapping[str, str]) -> Suppressions:
    """Read the comments of ``modules``. ``codes`` maps everything a rule can be called (code, name) to its code."""
    by_line: dict[tuple[str, int], list[Suppression]] = defaultdict(list)
    by_file: dict[str, list[Suppression]] = defaultdict(list)
    mistakes: list[DirectiveMistake] = []
    pins: dict[tuple[str, int], Location] = {}
    for module in modules:
        mistakes.extend(_misspelt(module))
        for directive, lines in directives_with_lines(module.facts):
            statement = parse_directive(directive.text)
            place = Location(module.path, directive.line, directive.column, directive.line)
            if problem := _problem(module, lines, statement, codes):
                mistakes.append(DirectiveMistake(place, module.name, directive.text[:SHOWN], *problem))
                continue
            if statement.word == MIRRORS:
                continue
            if statement.word == CANONICAL:
                pins.update(dict.fromkeys(((module.path, line) for line in lines), place))
                continue
            suppression = _suppression(place, module, statement, codes)
            if suppression.kind is SuppressionKind.FILE_IGNORE:
                by_file[module.path].append(suppression)
                continue
            for line in lines:
                by_line[module.path, line].append(suppression)
    return Suppressions(
        {place: tuple(found) for place, found in by_line.items()},
        {path: tuple(found) for path, found in by_file.items()},
        tuple(mistakes),
        pins,
    )


def _rival(pin: Location, site: Site, subject: str, home: Location) -> DirectiveMistake:
    other = f"{home.path}:{home.line}"
    return DirectiveMistake(
        pin, site.module, CANONICAL, f"{other} is marked as the home of {subject} too", "Keep one of the two comments."
    )


def _misspelt(module: Module) -> Iterator[DirectiveMistake]:
    for directive in misspelt_directives(module.facts):
        yield DirectiveMistake(
            Location(module.path, directive.line, directive.column, directive.line),
            module.name,
            directive.text[:SHOWN],
            f'it begins with "{directive.marker}", not with "{MARKER}"',
            f"Write # {MARKER}",
        )


def _suppression(place: Location, module: Module, statement: Statement, codes: Mapping[str, str]) -> Suppression:
    return Suppression(
        kind=SuppressionKind(statement.word),
        location=place,
        module=module.name,
        codes=tuple(dict.fromkeys(codes[word] for word in statement.codes or ())),
        reason=statement.reason,
    )


def _problem(
    module: Module, lines: Collection[int], statement: Statement, codes: Mapping[str, str]
) -> tuple[str, str] | None:
    """What is wrong with a directive about ``lines``, and the remedy."""
    if statement.word not in _WORDS:
        return f'"{statement.word}" is an unknown directive', f"Correct it. {suggestion(statement.word, _WORDS)}"
    if statement.word == MIRRORS:
        copies = {symbol.fact.line for symbol in (*module.classes, *module.functions)}
        if statement.reason and not copies.isdisjoint(lines):
            return None
        return "no definition stands here that could be a copy", "Write mirrors package.module:Name above a definition."
    if statement.word == CANONICAL:
        if statement.codes is not None:
            return "canonical takes no codes", "Delete the brackets: there is one home for all rules."
        if _definition_lines(module).isdisjoint(lines):
            return "no definition stands here that could be the home", "Move it to the line above a definition."
        return None
    if not statement.codes:
        return "it names no rule", f"Write {statement.word}[CODE]."
    unknown = next((code for code in statement.codes if code not in codes), None)
    if unknown is None:
        return None
    known = suggestion(unknown, codes, "`ssot-lint rules` lists all rules.")
    return f'no rule is called "{unknown}"', f"Correct it. {known}"


def _definition_lines(module: Module) -> set[int]:
    return {symbol.fact.line for symbol in (*module.classes, *module.functions, *module.variables)}
