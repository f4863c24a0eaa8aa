"""What a function makes or takes for itself where an optional parameter is missing."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from ssot_lint.model.facts import Call, Parameter, ResultUse
from ssot_lint.model.syntax import Branch, BranchKind, Exit, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, Symbol
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.constructors import constructor_parameters
from ssot_rules.analysis.factories import built_classes, class_in_annotation, objects_made_by, owner_of
from ssot_rules.analysis.singletons import process_wide_objects
from ssot_rules.analysis.vocabulary import (
    DEFAULT_IDENTITIES,
    IDENTIFIER_WORDS,
    IDENTITY_WORDS,
    LOGIN_PARAMETERS,
    NAMING_WORDS,
    SYSTEM_NAMES,
)
from ssot_rules.factories._conditions import branches_of

_DEFAULT = "default"
_TEXTS = ("str", "int", "str | None", "Optional[str]")
_NAME = re.compile(r"[A-Za-z_]\w*")
_KEPT = (ResultUse.RETURNED, ResultUse.SELF)
_NOTHING = (ValueKind.NONE, ValueKind.CONSTANT)
_GIVEN_ON = (ResultUse.ASSIGNED, ResultUse.ARGUMENT, ResultUse.AWAITED)


@dataclass(frozen=True, slots=True)
class Fallback:
    """What a function makes or takes where ``parameter`` is missing: a short text, and its line."""

    parameter: str
    what: str
    line: int


def may_fall_back(module: Module) -> tuple[FunctionSymbol, ...]:
    """The functions with a parameter that may be None; for :meth:`Module.derived`."""
    return tuple(
        function
        for function in module.functions
        if any(each.default is not None and each.default.kind is ValueKind.NONE for each in function.fact.parameters)
    )


def fallback_of(project: Project, function: FunctionSymbol, names: Set[str]) -> Fallback | None:
    """The first fallback for one of the optional parameters that are called one of ``names``."""
    for parameter in _optional(function, names):
        for branch, after in _branches_without(function, parameter.name, names):
            found = _Search(project, function, parameter, names).in_branch(branch, after)
            if found is not None:
                return found
    return None


def _optional(function: FunctionSymbol, names: Set[str]) -> list[Parameter]:
    return [
        parameter
        for parameter in function.fact.parameters
        if parameter.name in names and parameter.default is not None and parameter.default.kind is ValueKind.NONE
    ]


def _branches_without(function: FunctionSymbol, parameter: str, names: Set[str]) -> Iterator[tuple[int, int]]:
    """The branches that run without the parameter, each with the line behind which they do."""
    for index, branch in branches_of(function):
        if _runs_without(branch, parameter, names):
            yield index, 0
        elif _gives_something(function, index) and _is_present(branch.test, parameter):
            yield _outside_try(function.module, branch.parent), branch.line


def _gives_something(function: FunctionSymbol, index: int) -> bool:
    """Whether a branch of an ``if`` ends the function with an object: one that only refuses, ``return None``, leaves
    the rest to whoever passes, with the parameter or without."""
    branch = function.module.facts.branches[index]
    if branch.kind is not BranchKind.IF or branch.exit is not Exit.RETURN:
        return False
    values = (value for value in function.fact.returned if _outside_try(function.module, value.branch) == index)
    return any(value.kind not in _NOTHING for value in values)


def _runs_without(branch: Branch, parameter: str, names: Set[str]) -> bool:
    """Whether a branch is taken when the parameter is missing, whatever else."""
    if branch.kind is BranchKind.ELSE:
        return _is_present(branch.test, parameter)
    if branch.kind not in (BranchKind.IF, BranchKind.CASE):
        return False
    missing = {f"{name} is None": name for name in names} | {f"not {name}": name for name in names}
    if " and " in branch.test:
        # With a further condition somebody has thought of it; one on a further context is the same question.
        parts = branch.test.split(" and ")
        return all(part in missing for part in parts) and any(missing[part] == parameter for part in parts)
    return any(missing.get(part) == parameter for part in branch.test.split(" or "))


def _is_present(test: str, parameter: str) -> bool:
    """Whether a test fails without the parameter."""
    return " or " not in test and any(part in (parameter, f"{parameter} is not None") for part in test.split(" and "))


@dataclass(frozen=True, slots=True)
class _Search:
    """The search for what takes the place of one parameter of a function."""

    project: Project
    function: FunctionSymbol
    parameter: Parameter
    names: Set[str]

    def in_branch(self, branch: int, after: int) -> Fallback | None:
        """The first object that the function makes or takes in a branch itself, behind a line."""
        module, scope = self.function.module, self.function.fact.scope
        for call in module.facts.calls:
            is_there = call.scope == scope and call.line > after and _outside_try(module, call.branch) == branch
            if is_there and (what := self._made_by(call)):
                return Fallback(self.parameter.name, what, call.line)
        return self._shared(branch, after)

    def _made_by(self, call: Call) -> str:
        """What a call makes that is nobody's, empty for anything else."""
        symbol = self.project.resolve(self.function.module, self.function.fact.scope, call.callee).symbol
        built = self._built_by(symbol)
        takes_its_place = call.target.rpartition(".")[2].strip("_") == self.parameter.name
        is_default = takes_its_place or any(map(self._is_default, built))
        is_kept = self._is_kept(call)
        is_used = is_kept or call.target == self.parameter.name or (is_default and call.usage in _GIVEN_ON)
        stands_in = takes_its_place or is_default
        if is_used and (invented := _invented_identity(self.project, symbol, call, stands_in=stands_in)):
            return f"`{call.callee}({invented})`"
        if is_used and self._is_default_identity(symbol, call):
            return f"`{call.callee}(...)`"
        if not is_kept or is_default or not objects_made_by(self.project, symbol):
            return ""
        if self._is_for_another(call) or self._is_found(call):
            return ""
        return f"`{call.callee}(...)`"

    def _is_default_identity(self, symbol: Symbol | None, call: Call) -> bool:
        """Whether a call looks up somebody who stands in for all who are not named, ``get_default_user()``: not one of
        somebody that the function was given, nor where the function itself is called so, or logs in elsewhere."""
        if not isinstance(symbol, FunctionSymbol) or _DEFAULT in words(self.function.name):
            return False
        given = {each.name for each in self.function.fact.parameters} - {"self", "cls"}
        if given & LOGIN_PARAMETERS or symbol.fact.returns in _TEXTS:
            return False
        is_of_given = any(given & set(_NAME.findall(argument.text)) for argument in call.arguments)
        parts = set(words(symbol.name))
        return _DEFAULT in parts and bool(parts & DEFAULT_IDENTITIES) and not is_of_given

    def _built_by(self, symbol: Symbol | None) -> tuple[ClassSymbol, ...]:
        """The classes of what a call gives, values too."""
        if isinstance(symbol, FunctionSymbol):
            return built_classes(self.project, symbol)
        return (symbol,) if isinstance(symbol, ClassSymbol) else ()

    def _is_kept(self, call: Call) -> bool:
        """Whether the function returns the result or keeps it, other than as the parameter itself."""
        if call.usage in _KEPT:
            return True
        if call.usage is ResultUse.AWAITED:
            values = (value for value in self.function.fact.returned if value.via != self.parameter.name)
            return any(value.awaited and value.text == call.callee for value in values)
        kept = {value.via for value in self.function.fact.returned} - {self.parameter.name}
        return call.usage is ResultUse.ASSIGNED and call.target in kept

    def _is_for_another(self, call: Call) -> bool:
        """Whether another parameter says for whom the object is."""
        given = {each.name for each in self.function.fact.parameters if each.name != self.parameter.name}
        roots = {argument.text.partition(".")[0] for argument in call.arguments}
        return any(root in self.names or _is_identity(root) for root in roots & given)

    def _is_found(self, call: Call) -> bool:
        """Whether a call puts into an object what the function was given or has looked up, and makes nothing up: the
        parameter only narrowed the search."""
        texts = [argument.text for argument in call.arguments]
        return any(map(self._is_known_here, texts)) and not any(map(_is_made_up, texts))

    def _is_known_here(self, text: str) -> bool:
        """Whether an argument is a parameter or a local variable, or something of it."""
        start = _NAME.match(text)
        root = "" if start is None else start[0]
        if not root or root in (self.parameter.name, "self", "cls") or hasattr(builtins, root):
            return False
        found = self.project.resolve(self.function.module, self.function.fact.scope, root)
        return found.symbol is None and found.module is None and not found.external

    def _is_default(self, cls: ClassSymbol) -> bool:
        """Whether an object of the class is what the parameter is to be, by its annotation or its name."""
        wanted = class_in_annotation(self.project, self.function.module, self.parameter.annotation)
        if wanted is not None:
            return wanted in self.project.ancestry(cls)
        parts = words(self.parameter.name)
        return words(cls.name)[-len(parts) :] == parts

    def _shared(self, branch: int, after: int) -> Fallback | None:
        """A process-wide object that the function returns in a branch."""
        module = self.function.module
        for value in self.function.fact.returned:
            is_name = value.kind is ValueKind.NAME and not value.via and value.line > after
            if is_name and _outside_try(module, value.branch) == branch:
                symbol = self.project.resolve(module, self.function.fact.scope, value.text).symbol
                if symbol in self.project.derived(process_wide_objects):
                    return Fallback(self.parameter.name, f"the shared `{value.text}`", value.line)
        return None


def _invented_identity(project: Project, symbol: Symbol | None, call: Call, *, stands_in: bool) -> str:
    """The argument that makes up for whom something is, as ``user_id="system"``; ``name="admin"`` too in what
    ``stands_in`` for the missing parameter itself."""
    positional = [parameter.name for parameter in _taken_by(project, symbol)]
    for place, argument in enumerate(call.arguments):
        name = argument.keyword or (positional[place] if place < len(positional) else "")
        is_somebody = _is_identity(name) and _is_made_up(argument.text)
        if not argument.star and (is_somebody or (stands_in and _is_called_as_system(name, argument.text))):
            return f"{name}={argument.text}"
    return ""


def _taken_by(project: Project, symbol: Symbol | None) -> Sequence[Parameter]:
    if isinstance(symbol, ClassSymbol):
        return constructor_parameters(project, symbol)
    if not isinstance(symbol, FunctionSymbol):
        return ()
    is_static = any(decorator.name == "staticmethod" for decorator in symbol.fact.decorators)
    return symbol.fact.parameters if owner_of(symbol) is None or is_static else symbol.fact.parameters[1:]


def _is_identity(name: str) -> bool:
    """Whether a parameter says who it is: ``user``, ``tenant_id``."""
    parts = words(name)
    if not parts or not IDENTITY_WORDS & set(parts):
        return False
    return parts[-1] in IDENTITY_WORDS or parts[-1] in IDENTIFIER_WORDS


def _is_called_as_system(name: str, text: str) -> bool:
    """Whether an argument is a name by which the program itself, or who may do anything, is known."""
    return bool(NAMING_WORDS & {*words(name)[-1:]}) and text.strip('"').lower() in SYSTEM_NAMES


def _is_made_up(text: str) -> bool:
    """Whether an argument is a literal that names somebody, or a constant: not what is known, generated or empty."""
    if text.startswith('"') or text.isdigit():
        return text != '""'
    name = text.rpartition(".")[2]
    return name.isupper() and name.isidentifier()


def _outside_try(module: Module, branch: int) -> int:
    """The branch that is not the body of a ``try``: such a body is run in any case."""
    while branch >= 0 and module.facts.branches[branch].kind is BranchKind.TRY:
        branch = module.facts.branches[branch].parent
    return branch
