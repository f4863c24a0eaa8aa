"""What to tell discovery: where module names count from, and what is test code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set

from ssot_lint.discovery.paths import is_within, parents
from ssot_lint.model.proposal import SettingProposal
from ssot_lint.model.source import SourceTree, Zone
from ssot_lint.model.syntax import ScopeKind
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.symbols import FunctionSymbol, Module
from ssot_lint.text.sanitize import visible
from ssot_lint.text.wording import counted

_PLAIN_ROOTS = frozenset({"", "src"})
_LEAST_SHARE = 0.1
"""Of all files: source roots of some scripts beside the program are not worth a key."""
_MOST_NAMED = 10
_FRAMEWORKS = frozenset({"pytest", "unittest"})
_ENOUGH_TESTS = 2
_PATTERN_SYNTAX = re.compile(r"[\\*?\[\]!# ]")


def propose_source_roots(
    tree: SourceTree, project: Project, keeps_names: Callable[[tuple[str, ...]], bool]
) -> SettingProposal | None:
    """The folders that production code is imported from, where these are not the project root and ``src`` alone.

    ``keeps_names`` tells whether all modules are called the same with these source roots written down: then imports
    settle nothing any more. None where it says no, where the roots are configured already, and where one of them
    cannot be written down.
    """
    files = Counter(file.root for file in tree.files)
    uses = _imports_by_root(project)
    used = tuple(
        sorted({file.root for file in tree.files if file.zone is Zone.PRODUCTION and file.root in uses} - {""})
    )
    if tree.layout.is_fixed or _PLAIN_ROOTS.issuperset(used) or any(visible(root) != root for root in files):
        return None
    if sum(files[root] for root in used) < _LEAST_SHARE * len(tree.files):
        return None
    for roots in (used, tuple(sorted(set(files) - {""}))):
        if keeps_names(roots):
            evidence = [_root_line(root, files[root], uses.get(root, [])) for root in roots]
            return SettingProposal("source-roots", roots, ("Module names count from:", *_first(evidence)))
    return None


def propose_test_paths(project: Project) -> SettingProposal | None:
    """The folders full of tests that are not called so; None without one."""
    tests = {module.path for module in project.modules if _is_overlooked_test(module)}
    folders = sorted(_topmost(folder for folder in _test_folders(project, tests) if visible(folder) == folder))
    if not folders:
        return None
    evidence = [f"  {folder}: {counted(_count(tests, folder), 'file')} with tests" for folder in folders]
    values = tuple(f"{_escaped(folder)}/**" for folder in folders)
    return SettingProposal("test-paths", values, ("Test code that no name tells:", *_first(evidence)))


def _imports_by_root(project: Project) -> Mapping[str, Sequence[ImportReference]]:
    """The absolute imports of modules, by the source root that they count from."""
    found: dict[str, list[ImportReference]] = {}
    for use in project.imports:
        if use.fact.level == 0 and use.source is not None:
            found.setdefault(use.source.source.root, []).append(use)
    return found


def _root_line(root: str, files: int, uses: Sequence[ImportReference]) -> str:
    line = f"  {root}: {counted(files, 'file')}"
    if not uses:
        return line
    fact = uses[0].fact
    statement = f"import {fact.module}" if fact.name is None else f"from {fact.module} import {fact.name}"
    return f"{line}, {counted(len(uses), 'import')} such as `{statement}` in {uses[0].importer.path}"


def _is_overlooked_test(module: Module) -> bool:
    """Whether a module taken for something else imports a test framework and defines tests."""
    if module.zone in (Zone.TEST, Zone.BACKUP):
        return False
    imported = {fact.module.partition(".")[0] for fact in module.facts.imports if not fact.level}
    return not _FRAMEWORKS.isdisjoint(imported) and any(map(_is_test, module.functions))


def _is_test(function: FunctionSymbol) -> bool:
    kind = function.module.facts.scopes[function.fact.parent].kind
    return function.name.startswith("test_") and kind is not ScopeKind.FUNCTION


def _test_folders(project: Project, tests: Set[str]) -> Iterator[str]:
    """The folders in which at least two files are tests, and two of three; from which nothing outside imports."""
    for folder in {above for path in tests for above in parents(path)} - {""}:
        held = [module.path for module in project.modules if is_within(module.path, folder) and _has_code(module)]
        count = _count(tests, folder)
        if count >= _ENOUGH_TESTS and 3 * count >= 2 * len(held) and not _is_imported(project, folder):
            yield folder


def _has_code(module: Module) -> bool:
    return bool(module.facts.classes or module.facts.functions)


def _is_imported(project: Project, folder: str) -> bool:
    return any(
        is_within(use.source.path, folder) and not is_within(use.importer.path, folder)
        for use in project.imports
        if use.source is not None
    )


def _count(paths: Iterable[str], folder: str) -> int:
    return sum(is_within(path, folder) for path in paths)


def _topmost(folders: Iterable[str]) -> set[str]:
    found = set(folders)
    return {folder for folder in found if found.isdisjoint(parents(folder))}


def _escaped(folder: str) -> str:
    """A folder as a gitignore pattern that means it and nothing else."""
    return _PATTERN_SYNTAX.sub(r"\\\g<0>", folder)


def _first(lines: Sequence[str]) -> list[str]:
    more = len(lines) - _MOST_NAMED
    return [*lines[:_MOST_NAMED], *([f"  and {more} more"] if more > 0 else [])]
