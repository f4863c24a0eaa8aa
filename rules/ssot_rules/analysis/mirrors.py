"""Which definitions declare themselves copies of others, by a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.model.directives import MARKER, MIRRORS
from ssot_lint.model.facts import CopyNote
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module
from ssot_rules.analysis.vocabulary import ACCESSOR_DECORATORS, PROPERTY_DECORATORS

_DIRECTIVE = f"{MARKER} {MIRRORS} {{target}}( [{{renames}}])?"
_RENAME = re.compile(r"([^\s,\[]+)\s*->\s*([^\s,\]]+)")
_ALL_CASES = "all-casing"
_PARTS = re.compile(r"(\{target\}|\{renames\}|\(|\)\?)")
_PATTERNS = {"{target}": r"(?P<target>\w+(?:[.:]\w+)+)", "{renames}": r"(?P<renames>.*)", "(": "(?:", ")?": ")?"}


@dataclass(frozen=True, slots=True)
class Contract:
    """A definition that declares itself the copy of ``target``. ``home`` is what the target is, None where it is gone;
    what lies outside the project is no contract."""

    copy: ClassSymbol | FunctionSymbol
    home: ClassSymbol | FunctionSymbol | None
    target: str
    note: CopyNote


def contracts(project: Project) -> tuple[Contract, ...]:
    """All that is declared, by place. For :meth:`Project.derived`."""
    return project.gathered(_contracts_in)


def declared_copies_in(project: Project, module: Module) -> frozenset[ClassSymbol | FunctionSymbol]:
    """The copies that are declared in a module, of what is there: no rule asks to merge them. For
    :meth:`Project.linked`."""
    return frozenset(contract.copy for contract in project.linked(_contracts_in, module) if contract.home is not None)


def renames_of(comment: str) -> tuple[tuple[str, str], ...]:
    """The pairs ``A->B`` of a comment, in the order in which the copy was made; ``all-casing`` means them in small
    letters and capitals too."""
    pairs = [(match[1], match[2]) for match in _RENAME.finditer(comment)]
    if _ALL_CASES in comment:
        pairs += [(one.lower(), other.lower()) for one, other in pairs]
        pairs += [(one.upper(), other.upper()) for one, other in pairs]
    return tuple(pairs)


def _compiled(template: str) -> re.Pattern[str]:
    """A pattern without repetitions of its own: a template cannot make matching slow."""
    return re.compile("".join(_PATTERNS.get(part, re.escape(part)) for part in _PARTS.split(template)))


def _contracts_in(project: Project, module: Module) -> tuple[Contract, ...]:
    if not module.facts.copy_notes:
        return ()
    patterns = [_compiled(template) for template in (_DIRECTIVE, *project.mirror_comments)]
    return tuple(_in_module(project, module, patterns))


def _in_module(project: Project, module: Module, patterns: Sequence[re.Pattern[str]]) -> Iterator[Contract]:
    index = project.resolver.index
    for note in module.facts.copy_notes:
        match = next(filter(None, (pattern.match(note.text) for pattern in patterns)), None)
        copy = module.scope_symbol(note.scope)
        if match and copy is not None and index.is_first_party(module, match["target"]):
            home = _symbol_at(project, module, match["target"])
            yield Contract(copy, _of_one_access(copy, home), match["target"], note)


def _of_one_access(
    copy: ClassSymbol | FunctionSymbol, home: ClassSymbol | FunctionSymbol | None
) -> ClassSymbol | FunctionSymbol | None:
    """What the copy of a getter, setter or deleter is a copy of, where a class has several of one name."""
    if not isinstance(copy, FunctionSymbol) or not isinstance(home, FunctionSymbol):
        return home
    scope, name = home.fact.parent, home.name
    namesakes = (each for each in home.module.functions if each.fact.parent == scope and each.name == name)
    return next((each for each in namesakes if _access_of(each) == _access_of(copy)), home)


def _access_of(function: FunctionSymbol) -> frozenset[str]:
    """How a method is decorated as a part of a property."""
    decorators = frozenset(decorator.name.rpartition(".")[2] for decorator in function.fact.decorators)
    return decorators & (ACCESSOR_DECORATORS | PROPERTY_DECORATORS)


def _symbol_at(project: Project, importer: Module, target: str) -> ClassSymbol | FunctionSymbol | None:
    """What ``package.module.Class.method`` is, a colon in place of the second dot or not."""
    parts = re.split("[.:]", target)
    for end in range(len(parts) - 1, 0, -1):
        module = project.resolver.index.find_module(importer, ".".join(parts[:end]))
        if module is not None:
            return _member(project, module, parts[end:])
    return None


def _member(project: Project, module: Module, names: Sequence[str]) -> ClassSymbol | FunctionSymbol | None:
    found = project.resolver.lookup(module, names[0]).symbol
    for name in names[1:]:
        found = found.module.member(found, name) if isinstance(found, ClassSymbol) else None
    return found if isinstance(found, (ClassSymbol, FunctionSymbol)) else None
