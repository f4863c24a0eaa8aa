"""From a project to the rows of its catalogue."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice
from typing import TypeVar

import msgspec

from ssot_lint.model.facts import Binding, BindingKind, Class, Function, StringContext
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE, Guard, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol, VariableSymbol
from ssot_lint.query.catalogue import (
    FILE,
    LETTER,
    MODULE,
    MODULE_WORD,
    PATH,
    SHAPES,
    SKETCHES,
    UNREAD,
    USES,
    WORLD,
    Catalogue,
    Tables,
    Term,
)
from ssot_lint.query.entries import Entry, FileEntry, Kind, LiteralUses, World
from ssot_lint.query.factories import builders
from ssot_lint.query.likeness import Sketches
from ssot_lint.query.signatures import signature
from ssot_lint.query.unread import unread_files
from ssot_lint.text.identifiers import words

T = TypeVar("T")

LEAST_STATEMENTS = 2
"""A body of fewer statements is equal to others by chance."""
_LEAST_COPY = 5
"""A body of fewer statements under another name is none that a rule takes for a copy."""
LEAST_ELEMENTS = 2
"""The same for the elements of a value; a text of that many words is one too."""
SHORTEST_VALUE = 4
MOST_NAMESAKES = 20
_MOST_CANDIDATES = 12
_USES_SHOWN = 6
_USED = frozenset({StringContext.ARGUMENT, StringContext.COMPARISON, StringContext.DICT_VALUE})
_MANY = (Kind.METHOD, Kind.VARIABLE)
_COPIED = (Kind.CLASS, Kind.FUNCTION)
_METHODS = (Kind.METHOD,)
_GROUPED = (Kind.CLASS, Kind.FUNCTION, Kind.CONSTANT)


def _go_on() -> None:
    pass


def catalogue_of(project: Project, checkpoint: Callable[[], None] = _go_on) -> Catalogue:
    """The catalogue of a project, in memory. ``checkpoint`` is called now and then, and may raise to stop the work."""
    return Catalogue(Tables(rows_of(project, checkpoint)))


def rows_of(project: Project, checkpoint: Callable[[], None] = _go_on) -> dict[tuple[str, str], bytes]:
    """The rows of a project, by kind and term."""
    return _Builder(project, checkpoint).rows()


class _Builder:
    """Numbers all definitions by place, and encodes what is known of them."""

    def __init__(self, project: Project, checkpoint: Callable[[], None]) -> None:
        self._project, self._checkpoint = project, checkpoint
        self._modules = sorted((*project.modules, *project.shadowed), key=lambda module: module.path)
        self._defined = [_definitions(module) for module in self._step(self._modules)]
        self._number: dict[Symbol, int] = {}
        for _, symbol in self._symbols():
            self._number[symbol] = len(self._number)
        self._terms: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._places: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._rank: list[tuple[bool, bool, int, int]] = []
        self._bodies: list[tuple[int, bytes]] = []
        self._shapes: list[tuple[int, bytes]] = []

    def rows(self) -> dict[tuple[str, str], bytes]:
        encode = msgspec.msgpack.Encoder().encode
        rows = {(FILE, str(file.number)): encode(file) for file in self._files()}
        rank = self._rank.__getitem__
        rows.update({key: encode(sorted(numbers, key=rank)) for key, numbers in self._step(self._terms.items())})
        rows.update({key: encode(numbers) for key, numbers in self._step(self._places.items())})
        literals = _literal_uses(self._step(self._modules))
        rows.update({(USES, value): encode(uses) for value, uses in self._step(literals)})
        rows.update({(LETTER, letter): encode(found) for letter, found in self._words().items()})
        rows[WORLD, ""] = encode(self._world())
        rows[UNREAD, ""] = encode(unread_files(self._project))
        rows[SKETCHES, ""] = Sketches.of(self._step(self._bodies)).to_bytes()
        rows[SHAPES, ""] = Sketches.of(self._step(self._shapes)).to_bytes()
        return rows

    def _step(self, things: Iterable[T]) -> Iterator[T]:
        """The ``things``, with a checkpoint before each."""
        for each in things:
            self._checkpoint()
            yield each

    def _symbols(self) -> Iterator[tuple[Kind, Symbol]]:
        """What all modules define."""
        return (each for defined in self._step(self._defined) for each in defined)

    def _words(self) -> dict[str, list[str]]:
        """The words of names and modules by their first letter."""
        found: dict[str, list[str]] = defaultdict(list)
        kinds = (Term.WORD.value, MODULE_WORD)
        for word in sorted({term for kind, term in (*self._terms, *self._places) if kind in kinds}):
            found[word[0]].append(word)
        return found

    def _files(self) -> Iterator[FileEntry]:
        homes, factories = self._homes(), builders(self._project, self._checkpoint)
        imports = self._imports()
        first = 0
        for number, (module, defined) in enumerate(self._step(zip(self._modules, self._defined, strict=True))):
            source = module.source
            entries = tuple(self._entry(kind, symbol, homes, factories) for kind, symbol in defined)
            for at, entry in enumerate(entries, first):
                is_aside = module.zone is not Zone.PRODUCTION
                self._rank.append((is_aside, entry.kind in _MANY, -entry.importers, at))
                self._note(at, entry)
            self._places[PATH, module.path].append(number)
            self._places[MODULE, module.name].append(number)
            for word in dict.fromkeys(words(module.name)):
                self._places[MODULE_WORD, word].append(number)
            yield FileEntry(
                number,
                module.path,
                module.name,
                source.is_package,
                source.root,
                source.distribution,
                source.zone,
                first,
                entries,
                frozenset(module.namespace),
                tuple(imports.get(module, ())),
            )
            first += len(entries)

    def _entry(
        self,
        kind: Kind,
        symbol: Symbol,
        homes: Mapping[Symbol, tuple[Symbol, str, Sequence[Symbol]]],
        factories: Mapping[ClassSymbol, FunctionSymbol],
    ) -> Entry:
        entry = _bare(kind, symbol)
        if symbol in homes:
            home, reason, group = homes[symbol]
            namesakes = tuple(islice((self._number[each] for each in group if each is not symbol), MOST_NAMESAKES))
            more = max(len(group) - 1 - len(namesakes), 0)
            entry = msgspec.structs.replace(
                entry, home=self._number[home], reason=reason, namesakes=namesakes, more_namesakes=more
            )
        factory = factories.get(symbol) if isinstance(symbol, ClassSymbol) else None
        return msgspec.structs.replace(
            entry,
            importers=self._project.importer_count(symbol),
            through=self._through(symbol),
            factory=-1 if factory is None else self._number.get(factory, -1),
        )

    def _through(self, symbol: Symbol) -> str:
        """The module that passes ``symbol`` on under its own name and that most others import it from; empty if that is
        where it is defined."""
        uses = [use for use in self._project.imports_of(symbol) if use.source and use.fact.name == symbol.name]
        counts = Counter(use.source.name for use in uses if use.source and not _is_around(use.importer, symbol.module))
        own = counts.pop(symbol.module.name, 0)
        through, times = max(counts.items(), key=lambda item: (item[1], item[0]), default=("", 0))
        return through if times > own else ""

    def _homes(self) -> dict[Symbol, tuple[Symbol, str, Sequence[Symbol]]]:
        """The home of each name among classes, functions and constants at the top level of modules, and of equal
        methods."""
        groups: dict[tuple[Kind, str], list[Symbol]] = defaultdict(list)
        for kind, symbol in self._symbols():
            if kind in _GROUPED:
                groups[kind, symbol.name].append(symbol)
        found: dict[Symbol, tuple[Symbol, str, Sequence[Symbol]]] = {}
        for group in self._step(groups.values()):
            home, reason = self._home(group)
            found.update(dict.fromkeys(group, (home, reason, group)))
        for methods in self._step(self._copies(_METHODS)):
            home, reason = self._home(methods)
            found.update(dict.fromkeys(methods, (home, reason, ())))
        for copies in self._step(self._copies(_COPIED)):
            if len({symbol.name for symbol in copies}) == 1:
                continue
            home, reason = self._home(copies)
            found.update({each: (home, reason, found[each][2]) for each in copies if each.name != home.name})
            if found[home][0] is home:
                found[home] = (home, reason, found[home][2])
        return found

    def _copies(self, kinds: Collection[Kind]) -> Iterator[list[Symbol]]:
        """The definitions of production code that have one body: no name of a copy is a reason to import it."""
        groups: dict[tuple[Kind, str], list[Symbol]] = defaultdict(list)
        for kind, symbol in self._symbols():
            fact, is_judged = symbol.fact, kind in kinds and symbol.module.zone is Zone.PRODUCTION
            if is_judged and isinstance(fact, (Class, Function)) and fact.body.statements >= _LEAST_COPY:
                groups[kind, fact.body.digest].append(symbol)
        yield from (group for group in groups.values() if len(group) > 1)

    def _home(self, group: Sequence[Symbol]) -> tuple[Symbol, str]:
        known = [symbol for symbol in group if symbol.module not in self._project.shadowed] or group
        if len(known) == 1:
            return known[0], "the only definition of the name"
        pinned = self._project.pinned_among(known)
        production = [symbol for symbol in known if symbol.module.zone is Zone.PRODUCTION]
        if pinned is not None or len(production) == 1:
            return pinned or (production[0], "the only one in production code")
        # The work grows with the square of their number; nobody asks for the home of a helper of tests.
        most_used = sorted(production or known, key=lambda each: (-self._project.importer_count(each), each.sort_key))
        if not production:
            return most_used[0], "only tests and the like have it"
        return self._project.home_among(sorted(most_used[:_MOST_CANDIDATES], key=lambda each: each.sort_key))

    def _note(self, number: int, entry: Entry) -> None:
        name = words(entry.name)
        self._terms[Term.NAME.value, entry.name].append(number)
        self._terms[Term.WORDS.value, "".join(name)].append(number)
        if entry.kind not in _MANY:
            for word in dict.fromkeys(name):
                self._terms[Term.WORD.value, word].append(number)
        if entry.value:
            self._terms[Term.VALUE.value, entry.value].append(number)
            if (of_value := words(entry.value)) != name:
                self._terms[Term.WORDS.value, "".join(of_value)].append(number)
        if entry.constant:
            self._terms[Term.CONSTANT.value, entry.constant].append(number)
        if entry.statements >= LEAST_STATEMENTS:
            self._terms[Term.DIGEST.value, entry.digest].append(number)
            if entry.renamed_digest:
                self._terms[Term.RENAMED.value, entry.renamed_digest].append(number)
            self._bodies.append((number, entry.lines))
        if entry.shapes:
            self._shapes.append((number, entry.shapes))

    def _imports(self) -> dict[Module, list[tuple[int, int]]]:
        found: dict[Module, list[tuple[int, int]]] = defaultdict(list)
        for use in self._step(self._project.imports):
            if use.resolution.symbol in self._number:
                found[use.importer].append((use.fact.line, self._number[use.resolution.symbol]))
        return found

    def _world(self) -> World:
        at = {module: number for number, module in enumerate(self._modules)}
        loads: list[set[int]] = [set() for _ in self._modules]
        for use in self._step(self._project.imports):
            if use.fact.scope == MODULE_SCOPE and not use.fact.guard & Guard.TYPE_CHECKING:
                targets = {at[each] for each in (use.source, use.resolution.module) if each is not None}
                loads[at[use.importer]] |= targets - {at[use.importer]}
        ends = accumulate(map(len, self._defined), initial=0)
        starts = tuple(islice(ends, len(self._defined)))
        return World(starts, tuple(tuple(sorted(each)) for each in loads), dict(self._project.distribution_reach))


def _is_around(package: Module, module: Module) -> bool:
    """Whether a package only passes on what is inside it."""
    return package.source.is_package and module.name.startswith(f"{package.name}.")


def bare_entries(module: Module) -> list[Entry]:
    """The definitions of a module that is part of no project, by line."""
    return [_bare(kind, symbol) for kind, symbol in _definitions(module)]


def _bare(kind: Kind, symbol: Symbol) -> Entry:
    """What a definition says of itself."""
    fact = symbol.fact
    entry = Entry(kind, symbol.qualname, fact.line, fact.column, fact.end_line, signature(fact))
    if not isinstance(fact, (Class, Function)):
        return msgspec.structs.replace(entry, value=literal_of(fact), constant=_spelled_out(fact))
    body = fact.body
    return msgspec.structs.replace(
        entry,
        docstring=fact.docstring,
        statements=body.statements,
        digest=body.digest,
        renamed_digest=body.renamed_digest,
        lines=body.lines,
        shapes=body.renamed_lines if isinstance(fact, Function) else b"",
    )


def literal_of(fact: Binding) -> str:
    """The text that a name stands for; empty where that is none, or a short one."""
    value = fact.value
    if value is None or value.kind is not ValueKind.CONSTANT or value.text[:1] not in "\"'":
        return ""
    text = value.text.strip("\"'")
    return text if len(text) >= SHORTEST_VALUE else ""


def _spelled_out(fact: Binding) -> str:
    """The digest of a value that says something: equal numbers and short texts are equal by chance."""
    return fact.constant if fact.elements >= LEAST_ELEMENTS or len(words(literal_of(fact))) >= LEAST_ELEMENTS else ""


def _definitions(module: Module) -> list[tuple[Kind, Symbol]]:
    """What a module defines that others can ask for, by line; of a name that it binds twice each."""
    found: list[tuple[Kind, Symbol]] = [(Kind.CLASS, each) for each in module.classes]
    classes = {each.fact.scope: each for each in module.classes}
    for function in module.functions:
        if function.fact.parent == MODULE_SCOPE:
            found.append((Kind.FUNCTION, function))
        elif function.fact.parent in classes:
            found.append((Kind.METHOD, function))
    found += [(_kind(each), each) for each in module.variables if each.fact.kind is not BindingKind.TARGET]
    for binding in module.facts.bindings:
        if binding.scope in classes and binding.within == binding.scope and literal_of(binding):
            qualname = f"{classes[binding.scope].qualname}.{binding.name}"
            found.append((Kind.MEMBER, VariableSymbol(module, qualname, binding)))
    return sorted(found, key=lambda pair: pair[1].sort_key)


def _kind(symbol: VariableSymbol) -> Kind:
    return Kind.CONSTANT if symbol.name == symbol.name.upper() else Kind.VARIABLE


def _literal_uses(modules: Iterable[Module]) -> Iterator[tuple[str, LiteralUses]]:
    """The literals that stand in several files where names of events, keys and the like stand."""
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for module in modules:
        if module.zone is Zone.PRODUCTION:
            for use in module.facts.strings:
                if use.context in _USED and len(use.value) >= SHORTEST_VALUE:
                    found[use.value].append((module.path, use.line))
    for value, places in found.items():
        files = {path for path, _ in places}
        if len(files) > 1:
            yield value, LiteralUses(len(places), len(files), tuple(places[:_USES_SHOWN]))
