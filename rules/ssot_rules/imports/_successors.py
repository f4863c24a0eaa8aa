"""Where what a broken import asks for is now: a place that has it, and that the importer can take it from and call."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum

from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard, ValueKind
from ssot_lint.model.vocabulary import SUPERSEDED_WORDS
from ssot_lint.project.project import Project
from ssot_lint.project.references import ImportReference
from ssot_lint.project.resolve import Outcome
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol, VariableSymbol
from ssot_lint.text.identifiers import last_part, words
from ssot_rules.analysis.common_modules import modules_by_package
from ssot_rules.analysis.imports import can_write_import
from ssot_rules.analysis.layout import top_package
from ssot_rules.analysis.vocabulary import ENTRY_NAMES
from ssot_rules.imports._fitting import fits_calls, module_fits_calls
from ssot_rules.imports._missing import Missing, missing_imports
from ssot_rules.imports._near_names import close_name, longer_name

# `OWTable` is near `OWDataTable` (0.78 of difflib's ratio), `OWSelect` is not (0.42).
_SIMILAR = 0.7
_ENTRY_WORDS = frozenset({"cli", "main"})
_DIGEST = re.compile(r"(?=.*\d)[0-9a-f]{6,}")
_PAST = ("deprecated", "legacy", "obsolete", "old")


class Kind(Enum):
    """How a way out was found."""

    TWICE = "another statement of the file takes it already"
    RENAMED = "the module beside has it and is called so but for the plural"
    BESIDE = "of several places one is in the folder that was asked"
    MOVED = "one place alone defines it"
    UP = "one package up"
    DOWN = "one package down"
    ELSEWHERE = "one module of that name alone has it"
    LOOK = "the module that was asked has something like it, and only old code the very thing"
    CLOSE = "the module that was asked has nearly that name"
    NONE = "nothing tells"


@dataclass(frozen=True, slots=True)
class Way:
    """What to do about one missing thing. ``asked`` is the name or the dotted module that is missing; ``module`` and
    ``name`` are where it is now, no name standing for the module itself; ``line`` is the other statement's."""

    kind: Kind
    asked: str
    module: Module | None = None
    name: str = ""
    symbol: Symbol | None = None
    line: int = 0


def way_out(project: Project, missing: Missing, use: ImportReference) -> Way:
    """What to do about one broken import."""
    name = use.fact.name
    asked = name if name is not None and name != "*" else project.resolver.index.absolute_name(use.importer, use.fact)
    source = missing.source
    way = (
        _taken_otherwise(project, use)
        or _of_renamed_module(project, source, use)
        or (None if _is_mostly_gone(project, source, use) else _of_definition(project, source, use))
        or _of_near_module(project, use)
        or _of_close_name(project, source, use)
    )
    return way if way is not None and not _is_tried(project, use, way) else Way(Kind.NONE, asked or use.fact.module)


def _is_tried(project: Project, use: ImportReference, way: Way) -> bool:
    """Whether another statement of the file, which may have failed before, takes the very thing from there."""
    return way.kind is not Kind.TWICE and any(
        other.source is way.module and other.fact.name == way.name and other.fact.bound_name == use.fact.bound_name
        for other in project.imports_in(use.importer)
        if way.module is not None and way.module is not use.source and way.name
    )


def is_somewhere(project: Project, use: ImportReference) -> bool:
    """Whether production code defines anything called as what is imported, or a module is called so."""
    name = use.fact.name if use.fact.name not in (None, "*") else use.fact.module.rpartition(".")[2]
    return bool(name and (_definitions(project, name) or name in project.derived(_by_last_name)))


def _taken_otherwise(project: Project, use: ImportReference) -> Way | None:
    """The statement beside it that gets the name from where it is."""
    name = use.fact.name
    for other in project.imports_in(use.importer) if name else ():
        is_same = other.fact.bound_name == use.fact.bound_name and other.fact.name == name
        is_sure = other.fact.scope in (MODULE_SCOPE, use.fact.scope) and other.fact.guard is Guard.NONE
        if name and is_same and is_sure and other.source and other.resolution.outcome is Outcome.SYMBOL:
            return Way(Kind.TWICE, name, other.source, name, line=other.fact.line)
    return None


def _of_definition(project: Project, source: Module | None, use: ImportReference) -> Way | None:
    """The one definition of the name that the importer can write instead. An alias of something else is none where the
    module that is asked has a class that is called so, and more."""
    name = use.fact.name
    symbol = _successor(project, source, use)
    if name is None or symbol is None:
        return None
    if source is not None and isinstance(symbol, VariableSymbol) and (longer := longer_name(source, name)):
        return Way(Kind.CLOSE, name, source, longer)
    if source is not None and _is_set_aside(symbol.module, source) and _is_similar(source, name):
        return Way(Kind.LOOK, name, source)
    if not fits_calls(project, use, symbol) or (source is None and not module_fits_calls(project, use, symbol.module)):
        return None
    kind = Kind.MOVED if _is_alone(project, symbol) else Kind.BESIDE
    return Way(kind, name, symbol.module, name, symbol)


def _is_mostly_gone(project: Project, source: Module | None, use: ImportReference) -> bool:
    """Whether more of what a file takes from a missing module has no definition anywhere than has one: that may well be
    something else that is called so."""
    names = {
        other.fact.name
        for other in project.imports_in(use.importer)
        if (other.fact.module, other.fact.level) == (use.fact.module, use.fact.level) and other.fact.name
    }
    known = sum(1 for name in names if _definitions(project, name))
    return source is None and 2 * known < len(names)


def _of_renamed_module(project: Project, source: Module | None, use: ImportReference) -> Way | None:
    """The module beside the missing one that has the name, and is called so but for the plural (``utils``, ``util``) or
    for a word that its time is over (``deprecated_rates``)."""
    asked = project.resolver.index.absolute_name(use.importer, use.fact)
    if source is not None or not asked or use.fact.name == "*":
        return None
    package, _, last = asked.rpartition(".")
    other = last.removesuffix("s") if last.endswith("s") else f"{last}s"
    called = (other, *(f"{word}_{last}" for word in _PAST), *(f"{last}_{word}" for word in _PAST))
    found = (project.resolver.index.find_module(use.importer, f"{package}.{each}") for each in called if package)
    for module in found:
        if module is not None and module is not use.importer and module.source.package == package:
            name = use.fact.name or ""
            if _offers(project, module, use):
                return Way(Kind.RENAMED, name or asked, module, name)
    return _of_other_edition(project, package, last, use)


def _of_other_edition(project: Project, package: str, last: str, use: ImportReference) -> Way | None:
    """The only module beside the missing one that is called so but for the digest at the end: ``rates_gen_0283c3``,
    ``rates_gen_f990de``."""
    stem, _, digest = last.rpartition("_")
    if not stem or not _DIGEST.fullmatch(digest):
        return None
    beside = project.derived(modules_by_package).get(package, ())
    alike = [each for each in beside if last_part(each.name).startswith(f"{stem}_") and each is not use.importer]
    alike = [each for each in alike if _DIGEST.fullmatch(last_part(each.name).removeprefix(f"{stem}_"))]
    if len(alike) != 1 or not _offers(project, alike[0], use):
        return None
    name = use.fact.name or ""
    return Way(Kind.RENAMED, name or alike[0].name, alike[0], name)


def _successor(project: Project, source: Module | None, use: ImportReference) -> Symbol | None:
    name = use.fact.name
    if name is None or _is_entry(name) or _has_name(use):
        return None
    found = _definitions(project, name)
    in_reach = [symbol for symbol in found if project.can_use(use.importer, symbol.module)]
    in_reach = [symbol for symbol in in_reach if symbol.module.source.root == use.importer.source.root] or in_reach
    in_reach = _beside(project, use, in_reach) or in_reach
    is_only = len(in_reach) == 1 and in_reach[0].module is not source
    is_usable = is_only and not _is_loose(in_reach[0].module, use) and _can_write(project, use, in_reach[0].module)
    return in_reach[0] if is_usable and not _is_by_chance(project, in_reach[0], use) else None


def _is_alone(project: Project, symbol: Symbol) -> bool:
    """Whether nothing else in the source root is called as a definition."""
    root = symbol.module.source.root
    return not any(
        other is not symbol and other.module.source.root == root for other in _definitions(project, symbol.name)
    )


def _beside(project: Project, use: ImportReference, found: Sequence[Symbol]) -> list[Symbol]:
    """Those of several definitions that stand in the folder of the module that was asked."""
    asked = project.resolver.index.absolute_name(use.importer, use.fact) or ""
    package = asked.rpartition(".")[0]
    return [symbol for symbol in found if package and symbol.module.name.rpartition(".")[0] == package]


def _is_entry(name: str) -> bool:
    """Whether a name is that of what somebody starts: each program has its own."""
    return name in ENTRY_NAMES or not _ENTRY_WORDS.isdisjoint(words(name))


def _is_by_chance(project: Project, symbol: Symbol, use: ImportReference) -> bool:
    """Whether a definition has but one word in common with what is asked, and no package: `train`, `Task`."""
    asked = project.resolver.index.absolute_name(use.importer, use.fact) or ""
    return len(words(symbol.name)) == 1 and top_package(symbol.module) != asked.partition(".")[0]


def _is_loose(module: Module, use: ImportReference) -> bool:
    """Whether a module is a single file in a folder of its own, which the importer does not lie in: a script."""
    return "." not in module.name and not module.source.is_package and module.source.root != use.importer.source.root


def _can_write(project: Project, use: ImportReference, module: Module) -> bool:
    is_late = use.fact.scope != MODULE_SCOPE
    return can_write_import(project, use.importer, module, use.fact.name or "", is_late=is_late)


def _has_name(use: ImportReference) -> bool:
    """Whether the importer gets the name by another statement as well; a None that waits for it does not count."""
    entry = use.importer.namespace.get(use.fact.bound_name)
    is_other = entry is not None and entry != use.fact
    return is_other and not (isinstance(entry, VariableSymbol) and _is_none(entry))


def _is_none(variable: VariableSymbol) -> bool:
    value = variable.fact.value
    return value is not None and value.kind is ValueKind.NONE


def _is_set_aside(module: Module, source: Module) -> bool:
    """Whether a module lies with the code that is no longer to be used, and the one that was asked for does not."""
    return bool(_folders(module) & SUPERSEDED_WORDS) and not _folders(source) & SUPERSEDED_WORDS


def _folders(module: Module) -> set[str]:
    return set(module.name.split("."))


def _is_similar(source: Module, name: str) -> bool:
    """Whether a module has a class or function of nearly that name."""
    own = [entry.name for entry in source.namespace.values() if isinstance(entry, (ClassSymbol, FunctionSymbol))]
    return bool(get_close_matches(name, own, n=1, cutoff=_SIMILAR))


def _of_near_module(project: Project, use: ImportReference) -> Way | None:
    """The module of that name one package up or down; else the only one that has the name which is taken."""
    asked = use.source.name if use.source is not None else project.resolver.index.absolute_name(use.importer, use.fact)
    name = "" if use.fact.name in (None, "*") else use.fact.name or ""
    if not asked or _is_entry(name):
        return None
    alike = _called_alike(project, asked, use)
    text, taken = name or asked, use.fact.name or ""
    for kind, fits in ((Kind.UP, _is_shorter), (Kind.DOWN, _is_longer)):
        near = [module for module in alike if fits(module.name, asked) and _offers(project, module, use)]
        if len(near) == 1:
            return Way(kind, text, near[0], taken)
    if not name or use.source is not None:
        return None
    found = [module for module in alike if _offers(project, module, use)]
    found = _with_companions(project, use, found) if len(found) > 1 else found
    return Way(Kind.ELSEWHERE, text, found[0], taken) if len(found) == 1 else None


def _with_companions(project: Project, use: ImportReference, found: Sequence[Module]) -> list[Module]:
    """The modules beside which there are all the others that the file misses in the same package."""
    index = project.resolver.index
    asked = index.absolute_name(use.importer, use.fact) or ""
    names = (index.absolute_name(use.importer, each.fact) or "" for each in missing_imports(project, use.importer))
    near = {name.rpartition(".")[2] for name in names if name.rpartition(".")[0] == asked.rpartition(".")[0]}
    near.discard(asked.rpartition(".")[2])
    return [
        module
        for module in found
        if near and all(index.find_module(module, f"{module.name.rpartition('.')[0]}.{name}") for name in near)
    ]


def _called_alike(project: Project, asked: str, use: ImportReference) -> list[Module]:
    """The modules called as the one that is asked, and the package around that, in the source root of the importer."""
    named = project.derived(_by_last_name).get(asked.rpartition(".")[2], ())
    around = project.resolver.index.find_module(use.importer, asked.rpartition(".")[0])
    above = [around] if around is not None and around.source.is_package and use.source is not None else []
    root = use.importer.source.root
    return [
        module
        for module in dict.fromkeys((*named, *above))
        if module is not use.source and module.source.root == root and module.zone is Zone.PRODUCTION
    ]


def _offers(project: Project, module: Module, use: ImportReference) -> bool:
    """Whether an importer can take from a module what it asks another one for."""
    name = use.fact.name
    has_it = name in (None, "*") or _has(project, module, name or "")
    return has_it and _can_write(project, use, module) and module_fits_calls(project, use, module)


def _is_shorter(name: str, asked: str) -> bool:
    """Whether a dotted name lacks one part of another one."""
    parts = asked.split(".")
    return any(name.split(".") == [*parts[:place], *parts[place + 1 :]] for place in range(len(parts)))


def _is_longer(name: str, asked: str) -> bool:
    return _is_shorter(asked, name)


def _has(project: Project, module: Module, name: str) -> bool:
    return project.resolver.lookup(module, name).outcome in (Outcome.SYMBOL, Outcome.MODULE)


def _by_last_name(project: Project) -> Mapping[str, Sequence[Module]]:
    found: dict[str, list[Module]] = defaultdict(list)
    for module in project.modules:
        found[module.name.rpartition(".")[2]].append(module)
    return found


def _of_close_name(project: Project, source: Module | None, use: ImportReference) -> Way | None:
    name = use.fact.name
    found = close_name(project, source, use) if source is not None else ""
    return Way(Kind.CLOSE, name, source, found) if found and name is not None else None


def _definitions(project: Project, name: str) -> list[Symbol]:
    """Everything production code defines at module level under a name."""
    found = [module.namespace[name] for module in project.modules_with(_names_defined_in, name)]
    return [entry for entry in found if isinstance(entry, Symbol)]


def _names_defined_in(_: Project, module: Module) -> frozenset[str]:
    names = module.namespace.items() if module.zone is Zone.PRODUCTION else ()
    return frozenset(
        name
        for name, entry in names
        if isinstance(entry, Symbol) and not (isinstance(entry, VariableSymbol) and _is_none(entry))
    )
