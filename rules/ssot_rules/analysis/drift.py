"""How two classes that should be one have drifted apart: methods, fields and signatures."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from ssot_lint.model.facts import Function, Parameter, ParameterKind
from ssot_lint.model.syntax import Value, ValueKind
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.rules.evidence import Fact
from ssot_lint.text.wording import listed
from ssot_rules.analysis.absent_members import CallSite, absent_member_calls
from ssot_rules.analysis.lineage import is_generic, lineage_of
from ssot_rules.analysis.vocabulary import ACCESSOR_DECORATORS

_CLASS_VARIABLE = "ClassVar"
_PART_OF_ANOTHER = ACCESSOR_DECORATORS | {"overload"}


@dataclass(frozen=True, slots=True)
class Signature:
    """A method that both classes have, with the signature in each, as text."""

    method: str
    home: str
    copy: str


@dataclass(frozen=True, slots=True)
class Drift:
    """What ``copy`` has and ``home`` lacks, and the other way round: public and special methods and class-level
    names, inherited ones counted as had. ``missing`` is what the copy lacks; all are sorted by name. ``bases`` are
    the direct bases of the copy that the home has not, ``calls`` those of what the copy lacks. ``values`` are the names
    in the bodies of both classes, fields left out, that each gives a value of its own.

    Nothing is called missing in a class with an external base that the other has not: it may be inherited.
    """

    bases: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]
    signatures: tuple[Signature, ...]
    calls: tuple[CallSite, ...]
    values: tuple[str, ...] = ()

    def phrases(self) -> list[str]:
        """The drift in a few words, for a message: at most three names of each kind."""
        named = (
            ("inherits from", self.bases),
            ("lacks", self.missing),
            ("adds", self.extra),
            ("other signature of", [each.method for each in self.signatures]),
            ("has another value of", self.values),
        )
        found = [f"{verb} {listed([f'`{name}`' for name in names])}" for verb, names in named if names]
        if calls := [f"`{call.method}` at {call.path}:{call.line}" for call in self.calls]:
            found.append(f"still called: {listed(calls)}")
        return found

    def as_facts(self) -> dict[str, Fact]:
        return {
            "bases": list(self.bases),
            "missing": list(self.missing),
            "extra": list(self.extra),
            "signatures": [{"method": each.method, "home": each.home, "copy": each.copy} for each in self.signatures],
            "values": list(self.values),
            "calls": [{"method": each.method, "path": each.path, "line": each.line} for each in self.calls],
        }


def drift_between(project: Project, home: ClassSymbol, copy: ClassSymbol) -> Drift:
    """How ``copy`` differs from ``home``."""
    at_home, at_copy = _methods(home), _methods(copy)
    home_bases, copy_bases = _telling_bases(project, home), _telling_bases(project, copy)
    missing = _own(home) - _inherited(project, copy) if copy_bases <= home_bases else set()
    extra = _own(copy) - _inherited(project, home) if home_bases <= copy_bases else set()
    changed = (
        Signature(name, signature_of(at_home[name]), signature_of(at_copy[name]))
        for name in sorted(at_home.keys() & at_copy.keys())
        if _shape(at_home[name]) != _shape(at_copy[name])
    )
    return Drift(
        bases=_further_bases(project, home, copy),
        missing=tuple(sorted(missing)),
        extra=tuple(sorted(extra)),
        signatures=tuple(changed),
        calls=_calls_of_missing(project, home, copy, missing),
        values=_other_values(home, copy),
    )


def _other_values(home: ClassSymbol, copy: ClassSymbol) -> tuple[str, ...]:
    if not home.module.methods(home) or not copy.module.methods(copy):
        return ()
    at_home, here = _class_values(home), _class_values(copy)
    return tuple(sorted(name for name in at_home.keys() & here.keys() if at_home[name] != here[name]))


def _class_values(cls: ClassSymbol) -> Mapping[str, str]:
    """What the body of a class gives names, as digests. A default of a field is none of these."""
    variables = cls.module.class_variables(cls)
    return {
        each.name: each.digest
        for each in variables
        if each.digest and (not each.annotation or _CLASS_VARIABLE in each.annotation)
    }


def signature_of(function: Function) -> str:
    """``async send(self, message, *, retries=3)``: a function's name and parameters, without annotations."""
    parts = []
    kinds = [parameter.kind for parameter in function.parameters]
    for index, parameter in enumerate(function.parameters):
        if parameter.kind is ParameterKind.KEYWORD_ONLY and not any(
            kind in (ParameterKind.KEYWORD_ONLY, ParameterKind.VAR_POSITIONAL) for kind in kinds[:index]
        ):
            parts.append("*")
        parts.append(_parameter(parameter))
        if parameter.kind is ParameterKind.POSITIONAL_ONLY and kinds[index + 1 : index + 2] != [parameter.kind]:
            parts.append("/")
    return f"{'async ' if function.is_async else ''}{function.name}({', '.join(parts)})"


def typed_signature_of(function: Function) -> str:
    """As :func:`signature_of`, with the annotations."""
    annotations = ", ".join(parameter.annotation for parameter in function.parameters)
    return f"{signature_of(function)}: ({annotations}) -> {function.returns}"


def _calls_of_missing(
    project: Project, home: ClassSymbol, copy: ClassSymbol, missing: Set[str]
) -> tuple[CallSite, ...]:
    """Calls, on instances of ``copy``, of methods that only ``home`` has; by place."""
    return absent_member_calls(project, copy, missing & _methods(home).keys())


def _further_bases(project: Project, home: ClassSymbol, copy: ClassSymbol) -> tuple[str, ...]:
    known = lineage_of(project, home).bases
    further = (base for base in lineage_of(project, copy).bases if base not in known)
    return tuple(base if isinstance(base, str) else base.id for base in further)


def _telling_bases(project: Project, cls: ClassSymbol) -> frozenset[str]:
    return frozenset(base for base in project.base_names(cls) if not is_generic(base))


def _inherited(project: Project, cls: ClassSymbol) -> set[str]:
    return set().union(*(_own(ancestor) for ancestor in project.ancestry(cls)))


def _own(cls: ClassSymbol) -> set[str]:
    """The public and special names that the body of a class binds."""
    module = cls.module
    names = {method.name for method in module.methods(cls)}
    names |= {binding.name for binding in module.class_variables(cls)}
    return {name for name in names if _is_public(name)}


def _methods(cls: ClassSymbol) -> Mapping[str, Function]:
    return {
        method.name: method.fact
        for method in cls.module.methods(cls)
        if _is_public(method.name)
        and not any(decorator.name.rpartition(".")[2] in _PART_OF_ANOTHER for decorator in method.fact.decorators)
    }


def _is_public(name: str) -> bool:
    return not name.startswith("_") or (name.startswith("__") and name.endswith("__"))


def _shape(function: Function) -> tuple[object, ...]:
    """What callers see of a method; annotations and the name of the receiver are nothing to them."""
    is_static = any(decorator.name == "staticmethod" for decorator in function.decorators)
    passed = function.parameters if is_static else function.parameters[1:]
    return function.is_async, *((each.name, each.kind, _default(each.default)) for each in passed)


def _default(value: Value | None) -> str | None:
    if value is None:
        return None
    if value.kind is ValueKind.CONSTANT or value.kind is ValueKind.NAME:
        return value.text
    return "None" if value.kind is ValueKind.NONE else "..."


def _parameter(parameter: Parameter) -> str:
    stars = {ParameterKind.VAR_POSITIONAL: "*", ParameterKind.VAR_KEYWORD: "**"}.get(parameter.kind, "")
    default = _default(parameter.default)
    return f"{stars}{parameter.name}" if default is None else f"{stars}{parameter.name}={default}"
