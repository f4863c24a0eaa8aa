"""What a broken import misses: a module, a name of one, something above the top, a definition nobody has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ssot_lint.model.facts import StringContext
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.model.vocabulary import SOURCE_FOLDERS
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.resolve import Outcome
from ssot_lint.project.symbols import Module
from ssot_lint.text.distribution_names import normalised
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import listed
from ssot_rules.analysis.layout import top_package
from ssot_rules.analysis.vocabulary import ADDED_FOLDERS

_A_FEW = 2


@dataclass(frozen=True, slots=True)
class Missing:
    """A module or name that does not exist.

    ``id`` is its dotted name, ``complaint`` says in a clause that it is not there, ``proof`` what shows it;
    ``rests_on`` are the paths where it would have to be. ``source`` is the module that lacks the name, ``package`` the
    dotted name of the package that lacks the module.
    """

    id: str
    complaint: str
    proof: str
    rests_on: tuple[str, ...]
    source: Module | None = None
    package: str = ""


def united(parts: Sequence[Missing]) -> Missing:
    """What several parts of one module, several modules of one package, or all that some files ask for in vain, are
    together, in order of name."""
    first, *others = sorted(parts, key=lambda part: part.id)
    if not others:
        return first
    lacking: dict[Module | None, list[Missing]] = defaultdict(list)
    for part in (first, *others):
        lacking[part.source].append(part)
    groups = [_together(source, each) for source, each in lacking.items()]
    return Missing(
        " ".join(part.id for part in (first, *others)),
        _sentence([group.complaint for group in groups]),
        _sentence([group.proof for group in groups]),
        tuple(dict.fromkeys(path for part in (first, *others) for path in part.rests_on)),
        first.source if len(lacking) == 1 else None,
        first.package if len(lacking) == 1 else "",
    )


def _sentence(clauses: Sequence[str]) -> str:
    return clauses[0] if len(clauses) == 1 else f"{', '.join(clauses[:-1])}, and {clauses[-1]}"


def _together(source: Module | None, parts: Sequence[Missing]) -> Missing:
    """Several parts that one module lacks, or several modules."""
    if len(parts) == 1:
        return parts[0]
    ids = [part.id for part in parts]
    names = [part.rpartition(".")[2] for part in ids]
    if source is None:
        complaint = f"there are no modules {', '.join(ids[:-1])} and {ids[-1]}"
        return Missing(" ".join(ids), complaint, f"no files are named {', '.join(ids)}", ())
    quoted = [f"`{name}`" for name in names]
    complaint = f"{source.name} has no {', '.join(quoted[:-1])} or {quoted[-1]}"
    return Missing(" ".join(ids), complaint, f"{source.path} neither defines nor imports {', '.join(names)}", ())


def missing_imports(project: Project, module: Module) -> tuple[ImportReference, ...]:
    """The imports of a module that lead to nothing; for :meth:`Project.linked`."""
    return tuple(use for use in project.imports_in(module) if use.resolution.outcome is Outcome.MISSING)


def is_broken(project: Project, use: ImportReference) -> bool:
    """Whether this very import misses something, rather than naming what another broken import offers."""
    found = use.resolution
    if found.outcome is not Outcome.MISSING or project.resolver.index.is_hidden(use.importer):
        return False
    if (
        _is_announced(use)
        or _is_of_another_root(project, use)
        or _is_of_an_unrelated_distribution(project, use)
        or _is_of_a_loose_folder(project, use)
        or _is_of_a_nearer_folder(project, use)
        or _is_of_a_host(project, use)
        or _is_of_a_script_beside(project, use)
    ):
        return False
    if len(found.hops) > 1:
        return use.importer in _circle(found.hops)
    return use.source is None or use.fact.name not in use.source.namespace


def _is_announced(use: ImportReference) -> bool:
    """Whether the module says the name in a call as it is loaded, which may well put it there:
    ``relocated_attribute("Order", "shop.orders.Order")``."""
    return use.source is not None and any(
        string.value == use.fact.name and string.scope == MODULE_SCOPE and string.context is StringContext.ARGUMENT
        for string in use.source.facts.strings
    )


def _is_of_another_root(project: Project, use: ImportReference) -> bool:
    """Whether the package of that name is that of somebody else: it lies below another source root, and no file from
    outside it ever got anything there. A recipe for building ``android`` is not the ``android`` of the platform."""
    if use.fact.level:
        return False
    top = use.fact.module.partition(".")[0]
    return (use.importer.source.root, top) not in project.derived(_tops_in_use)


def _is_of_an_unrelated_distribution(project: Project, use: ImportReference) -> bool:
    """Whether the package of that name lies in a distribution that the metadata of the importer do not name, and that
    is not called like it: the folder may well be called like what it adapts, a package of somebody else."""
    found = None if use.fact.level else _outermost(project, use.importer, use.fact.module.split("."))
    if found is None or found.source.distribution == use.importer.source.distribution:
        return False
    home = project.distribution_of(found)
    is_namesake = f"{home.name}-".startswith(f"{normalised(top_package(found))}-")
    return bool(home.declared_in) and not is_namesake and not project.declares_use(use.importer, found)


def _is_of_a_loose_folder(project: Project, use: ImportReference) -> bool:
    """Whether the package of that name lies in a folder that nothing but its place makes a source root, and most
    modules that code outside asks of it are not there: `integrations/redis` is not the `redis` that they mean."""
    found = None if use.fact.level else _outermost(project, use.importer, use.fact.module.split("."))
    if found is None or use.source is not None:
        return False
    root = found.source.root
    is_known = not root or root.rpartition("/")[2] in SOURCE_FOLDERS or project.is_declared_root(root)
    there, absent = project.combined(_asked_from_outside_in, _asked_from_outside).get(top_package(found), (1, 0))
    return not is_known and absent > there


def _asked_from_outside_in(project: Project, module: Module) -> frozenset[tuple[str, bool]]:
    """The modules that a file asks for by absolute names and does not find in its own source root, and whether they are
    there."""
    return frozenset(
        (use.fact.module, use.source is not None)
        for use in project.imports_in(module)
        if not use.fact.level and "." in use.fact.module
        if use.source is None or use.source.source.root != module.source.root
    )


def _asked_from_outside(parts: Mapping[Module, frozenset[tuple[str, bool]]]) -> Mapping[str, tuple[int, int]]:
    """By outermost package, how many modules of it are there and how many are not, of those that are asked for from
    other source roots."""
    asked = frozenset[tuple[str, bool]]().union(*parts.values())
    found: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for dotted, is_there in asked:
        there, absent = found[dotted.partition(".")[0]]
        found[dotted.partition(".")[0]] = (there + is_there, absent + (not is_there))
    return dict(found)


def _outermost(project: Project, importer: Module, parts: Sequence[str]) -> Module | None:
    """The first module on the way along a dotted name."""
    names = (".".join(parts[:length]) for length in range(1, len(parts) + 1))
    found = (project.resolver.index.find_module(importer, name) for name in names)
    return next((module for module in found if module is not None), None)


def _is_of_a_host(project: Project, use: ImportReference) -> bool:
    """Whether a file is a plug-in for another program, whose package is called like the folder it lies in: it takes
    several things from there, and nobody in the project ever got anything."""
    top = use.fact.module.partition(".")[0]
    if use.fact.level or top_package(use.importer) != top or top in project.derived(_tops_that_deliver):
        return False
    asked = {
        (fact.module, fact.name)
        for fact in use.importer.facts.imports
        if not fact.level and fact.module.partition(".")[0] == top
    }
    return len(asked) > _A_FEW


def _is_of_a_script_beside(project: Project, use: ImportReference) -> bool:
    """Whether a file beside the importer is called as what is asked, and has the name: who runs one of them as a script
    takes it from there, whatever else is called so. What others import as part of a package is no script, unless the
    file is called as that package."""
    beside = None if use.fact.level else project.resolver.index.beside(use.importer, use.fact)
    if beside is None or beside in (use.source, use.importer):
        return False
    is_own = use.source is not None and use.source.name == use.importer.source.package
    if not is_own and _is_loaded_by_its_path(project, use.importer):
        return False
    return use.fact.name is None or project.resolver.lookup(beside, use.fact.name).outcome is not Outcome.MISSING


def _is_loaded_by_its_path(project: Project, module: Module) -> bool:
    """Whether somebody imports a module by more than its bare name."""
    bare = module.name.rpartition(".")[2]
    return any(
        module in (use.source, use.resolution.module) and (use.fact.level or use.fact.module != bare)
        for importer in project.importers_of_module(module)
        for use in project.imports_in(importer)
    )


def _is_of_a_nearer_folder(project: Project, use: ImportReference) -> bool:
    """Whether a folder around the importer, no package and not where the name was looked up, holds a module of that
    name: test runners and scripts put such folders in front of the path."""
    if use.fact.level:
        return False
    top = use.fact.module.partition(".")[0]
    looked_up = use.source.source.root if use.source is not None else use.importer.source.root
    return project.resolver.index.is_offered_nearer(use.importer, top, looked_up)


def _tops_in_use(project: Project) -> frozenset[tuple[str, str]]:
    """The top names that files of each source root find there, or elsewhere in the project."""
    return project.combined(_tops_found_in, _all_tops)[0]


_Tops: TypeAlias = frozenset[tuple[str, bool, bool]]


def _tops_found_in(project: Project, module: Module) -> _Tops:
    """The top names of absolute imports in a module, whether it finds a module, and whether it got something."""
    return frozenset(
        (
            use.fact.module.partition(".")[0],
            use.source is not None,
            use.resolution.outcome in (Outcome.SYMBOL, Outcome.MODULE),
        )
        for use in project.imports_in(module)
        if not use.fact.level
    )


def _all_tops(
    parts: Mapping[Module, _Tops],
) -> tuple[frozenset[tuple[str, str]], frozenset[str]]:
    delivering = frozenset(top for tops in parts.values() for top, _, delivers in tops if delivers)
    own = {(module.source.root, top_package(module)) for module in parts}
    found = {
        (module.source.root, top)
        for module, tops in parts.items()
        for top, is_found, _ in tops
        if is_found and top in delivering
    }
    return frozenset(own | found), delivering


def _tops_that_deliver(project: Project) -> frozenset[str]:
    """The top names from which an absolute import got something, be it the package itself."""
    return project.combined(_tops_found_in, _all_tops)[1]


def may_be_added(missing: Missing) -> bool:
    """Whether a module that is not there is one of a folder for what others add: plug-ins, hooks, another edition."""
    is_module = missing.source is None
    return is_module and any(not ADDED_FOLDERS.isdisjoint(words(part)) for part in missing.id.split("."))


def missing_in(project: Project, use: ImportReference) -> Missing:
    """What a broken import misses; the outermost of several."""
    hops = use.resolution.hops
    if len(hops) > 1:
        return _undefined(_circle(hops), use)
    if use.source is not None:
        name = use.fact.name or ""
        proof = f"{use.source.path} neither defines nor imports {name}"
        complaint = f"{use.source.name} has no `{name}`"
        return Missing(f"{use.source.name}.{name}", complaint, proof, (use.source.path,), use.source)
    is_beyond = project.resolver.index.is_beyond_top(use.importer, use.fact)
    return _beyond_top(use) if is_beyond else _module(project, use)


def dotted_name(project: Project, use: ImportReference) -> str:
    """The whole dotted name that an import asks for: the module, or the name in a module that is there."""
    dotted = project.resolver.index.absolute_name(use.importer, use.fact)
    if dotted is None:
        return "." * use.fact.level + (use.fact.module or use.fact.name or "")
    is_there = use.source is not None or project.resolver.index.is_known(dotted)
    return f"{dotted}.{use.fact.name}" if is_there and use.fact.name is not None else dotted


def _circle(hops: Sequence[Module]) -> tuple[Module, ...]:
    """The modules that import a name from each other; empty if the last one is not asked twice."""
    return tuple(hops[hops.index(hops[-1]) : -1]) if hops else ()


def _undefined(circle: Sequence[Module], use: ImportReference) -> Missing:
    modules = sorted(circle, key=lambda module: module.name)
    names = _names([module.name for module in modules])
    name = use.fact.name
    return Missing(
        f"{modules[0].name}.{name}",
        f"{names} import `{name}` from each other, and nothing defines it",
        f"no statement of {names} but these imports binds {name}",
        tuple(module.path for module in modules),
    )


def _names(modules: Sequence[str]) -> str:
    return " and ".join(modules) if len(modules) <= _A_FEW else listed(modules)


def _beyond_top(use: ImportReference) -> Missing:
    text = "." * use.fact.level + (use.fact.module or use.fact.name or "")
    top = use.importer.source.package.partition(".")[0]
    return Missing(f"{top}:{text}", f"`{text}` is beyond the top-level package {top}", f"{top} lies in no package", ())


def _module(project: Project, use: ImportReference) -> Missing:
    parts = dotted_name(project, use).split(".")
    index = project.resolver.index
    around: Module | None = None
    for length in range(1, len(parts) + 1):
        name = ".".join(parts[:length])
        found = index.find_module(use.importer, name)
        if found is None and not index.is_known(name):
            break
        around = found or around
    if around is not None and not around.source.is_package:
        complaint = f"{around.name} is a module, not a package: there is no {name}"
        return Missing(name, complaint, f"Python takes {around.path} for {around.name}", (around.path,))
    places, package = _places(use, around, name), name.rpartition(".")[0]
    return Missing(name, f"there is no module {name}", f"no file is named {name}", places, package=package)


def _places(use: ImportReference, around: Module | None, name: str) -> tuple[str, ...]:
    """The paths where the module would lie, below the package around it."""
    root = use.importer.source.root if around is None else around.source.root
    path = f"{root}/{name.replace('.', '/')}".lstrip("/")
    return f"{path}.py", f"{path}/__init__.py"
