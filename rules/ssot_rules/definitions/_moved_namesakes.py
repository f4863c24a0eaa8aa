"""What SSOT120 says where copies of several functions of one name would go to one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec.structs import replace

from ssot_lint.model.finding import Finding
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol
from ssot_lint.text.wording import counted
from ssot_rules.analysis.places import common_place
from ssot_rules.definitions._function_findings import names_of


class MovedNamesakes:
    """Groups of functions under one name, whose bodies differ between the groups, that are to move to one place: there
    each needs another name."""

    def __init__(self, project: Project, groups: Sequence[Sequence[FunctionSymbol]]) -> None:
        self._project = project
        self._names = Counter(name for group in groups for name in names_of(group))
        several = (group for group in groups if self._are_several(group))
        self._places = Counter((name, common_place(project, group)) for group in several for name in names_of(group))

    def _are_several(self, functions: Sequence[FunctionSymbol]) -> bool:
        return any(self._names[name] > 1 for name in names_of(functions))

    def told_apart(self, finding: Finding, functions: Sequence[FunctionSymbol]) -> Finding:
        """``finding`` about ``functions``, with a word on the others that would have their name where they go."""
        if finding.home_stays or not self._are_several(functions):
            return finding
        place = common_place(self._project, functions)
        count = max(self._places[name, place] for name in names_of(functions)) - 1
        if not count:
            return finding
        others = f"{counted(count, 'other function')} of that name"
        return replace(finding, remedy=f"{finding.remedy} Let its name say which it is: {others} would go there too.")
