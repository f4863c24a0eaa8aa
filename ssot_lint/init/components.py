"""Which components to declare: candidates, made ready to be written down."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from ssot_lint.init.candidate import Candidate, Sign, merged, production_classes
from ssot_lint.init.from_findings import candidates_from_findings
from ssot_lint.init.responsibilities import responsibilities
from ssot_lint.model.component import Component
from ssot_lint.model.facts import StringContext
from ssot_lint.model.proposal import ComponentProposal
from ssot_lint.model.report import JudgedFinding
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.model.vocabulary import OWNER_PATHS, SENDING_VERBS
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Symbol
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted

MOST_COMPONENTS = 8
"""More than anybody reads at once. Those with the most places come first."""

_ENOUGH_EVENTS = 2
_ENOUGH_WORDS = 2
"""A glob of one word would match what others will call theirs."""

_PLAIN_FOLDER = re.compile(r"[\w./-]+")


def propose_components(project: Project, findings: Sequence[JudgedFinding]) -> tuple[ComponentProposal, ...]:
    """The components that the code shows and the configuration does not declare, at most :data:`MOST_COMPONENTS`.

    ``findings`` are those of a scan of ``project``.
    """
    from_findings = list(candidates_from_findings(project, findings))
    editions = [frozenset(each.classes) for each in from_findings if each.sign is Sign.EDITIONS]
    candidates = merged([*from_findings, *responsibilities(project, editions)])
    ids = Counter(cls.id for cls in project.classes())
    wanted = [
        each
        for each in candidates
        if ids[each.home.id] == 1 and _is_written_plainly(each.home) and not _is_declared(project, each)
    ][:MOST_COMPONENTS]
    return tuple(_proposal(project, each, name) for each, name in zip(wanted, _names(wanted), strict=True))


def _is_written_plainly(symbol: Symbol) -> bool:
    """Whether an import statement can name the symbol."""
    return all(part.isidentifier() for part in re.split("[.:]", symbol.id))


def _is_declared(project: Project, candidate: Candidate) -> bool:
    ids = {cls.id for cls in candidate.classes}
    return any(component.home in ids or component.is_played_by(candidate.home.name) for component in project.components)


def _names(candidates: Iterable[Candidate]) -> Iterator[str]:
    """What each component is called: its title in kebab-case, numbered where two have one title."""
    seen: Counter[str] = Counter()
    for candidate in candidates:
        name = "-".join(words(candidate.title))
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}-{seen[name]}"


def _proposal(project: Project, candidate: Candidate, name: str) -> ComponentProposal:
    factory, why = candidate.factory, candidate.factory_reason
    if factory is None:
        factory, why = _only_builder(project, candidate.home), "the only function that builds it"
    if factory is not None and not _is_written_plainly(factory):
        factory = None
    component = Component(
        name=name,
        home=candidate.home.id,
        factory=factory.id if factory else "",
        names=_globs(project, candidate),
        methods=candidate.methods,
        events=_events(project, candidate.title),
        identity=_identity(candidate.home),
        paths=_paths([*candidate.classes, *([factory] if factory else [])], candidate.title),
    )
    matched = sum(component.is_played_by(cls.name) for cls in production_classes(project))
    reasons = {
        "home": candidate.reason,
        "factory": why,
        "names": f"{counted(matched, 'class')} in production code",
        "events": "sent under its name",
        "identity": f"what `{candidate.home.name}.__init__` is given",
        "paths": "where all of it stands",
    }
    return ComponentProposal(component, candidate.evidence, reasons)


def _events(project: Project, title: str) -> tuple[str, ...]:
    """The texts that begin with the words of the title and are sent somewhere, where there are several."""
    wanted = words(title)
    sent = {
        use.value
        for module in project.modules
        if module.zone is Zone.PRODUCTION
        for use in module.facts.strings
        if use.context is StringContext.ARGUMENT and SENDING_VERBS & set(words(use.taker.rpartition(".")[2]))
        if words(use.value)[: len(wanted)] == wanted and len(words(use.value)) > len(wanted)
    }
    return tuple(sorted(sent)) if len(sent) >= _ENOUGH_EVENTS else ()


def _identity(home: ClassSymbol) -> tuple[str, ...]:
    """What of the parameters of the constructor says whom an instance belongs to."""
    names = {
        parameter.name
        for method in home.module.methods(home)
        if method.name == "__init__"
        for parameter in method.fact.parameters
    }
    return tuple(path for path in OWNER_PATHS if path in names)


def _globs(project: Project, candidate: Candidate) -> tuple[str, ...]:
    """The names of the classes; those that end in the title as one glob, unless it matches unrelated classes too."""
    names = candidate.names
    glob = f"*{candidate.title}"
    related = {*candidate.classes, *(base for cls in candidate.classes for base in project.ancestry(cls))}
    is_precise = len(words(candidate.title)) >= _ENOUGH_WORDS and all(
        cls.name in names or not related.isdisjoint(project.ancestry(cls)) or cls in related
        for cls in production_classes(project)
        if fnmatchcase(cls.name, glob)
    )
    covered = {name for name in names if is_precise and fnmatchcase(name, glob)}
    return tuple(sorted([*([glob] if covered else []), *(names - covered)]))


def _only_builder(project: Project, home: ClassSymbol) -> FunctionSymbol | None:
    """The public function that returns a new ``home``, if there is exactly one in production code."""
    builders = {
        function
        for call in project.calls_of(home)
        if isinstance(function := call.module.scope_symbol(call.fact.scope), FunctionSymbol)
        and function.module.zone is Zone.PRODUCTION
        and function.fact.parent == MODULE_SCOPE
        and not function.name.startswith("_")
        and (home in project.products(function) or _says_it_returns(project, function, home))
    }
    return builders.pop() if len(builders) == 1 else None


def _says_it_returns(project: Project, function: FunctionSymbol, cls: ClassSymbol) -> bool:
    return project.resolve_class(function.module, MODULE_SCOPE, function.fact.returns) is cls


def _paths(definitions: Sequence[Symbol], title: str) -> tuple[str, ...]:
    """The folder that several definitions stand in, if it is named after the component."""
    folders = {PurePosixPath(symbol.module.path).parent for symbol in definitions}
    if len(folders) > 1 or len(definitions) == 1:
        return ()
    folder = folders.pop()
    own = "".join(words(folder.name)).removesuffix("s")
    is_own = len(own) > 1 and own in "".join(words(title))
    return (f"{folder.as_posix()}/**",) if is_own and _PLAIN_FOLDER.fullmatch(folder.as_posix()) else ()
