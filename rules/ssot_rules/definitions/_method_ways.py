"""What to do with copies of methods before a new place is looked for: delete what nothing uses, call what can be
called."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Symbol
from ssot_lint.text.wording import listed
from ssot_rules.analysis.bodies import is_identical
from ssot_rules.analysis.files_that_go import goes_whole
from ssot_rules.analysis.idle_copies import CALLED_ON_CLASS, is_idle_method, is_never_named, is_unused
from ssot_rules.analysis.lineage import is_generic
from ssot_rules.analysis.remedies import NEVER_USED, deletion_of, paths_of
from ssot_rules.definitions._method_kin import own_names
from ssot_rules.definitions._method_pairs import class_of


def in_use(project: Project, methods: Sequence[FunctionSymbol]) -> list[FunctionSymbol]:
    """The methods of copies that something may use."""
    return [method for method in methods if not _idle_deed(project, method, methods)]


def deletions(project: Project, methods: Sequence[FunctionSymbol]) -> str:
    """What becomes of copies that nothing uses, in sentences; empty where all may be used."""
    return " ".join(dict.fromkeys(filter(None, (_idle_deed(project, method, methods) for method in methods))))


def _idle_deed(project: Project, method: FunctionSymbol, copies: Sequence[FunctionSymbol]) -> str:
    cls = class_of(method)
    others = [each for each in map(class_of, copies) if each is not cls and _has_nothing_beside(cls, each, copies)]
    if any(goes_whole(project, [cls], other.module) for other in others):
        return deletion_of([cls])
    if any(is_unused(project, cls, other) for other in others):
        return f"Delete `{cls.name}` from {cls.module.path}, unless other projects use it: no code here does."
    if is_idle_method(project, method, cls, copies):
        unless = "" if method.name.startswith("_") else ", unless other projects call it"
        is_nowhere = "no code here does" if unless else "no code here calls it"
        return f"Delete `{method.qualname}` from {method.module.path}{unless}: {is_nowhere}."
    return ""


def _has_nothing_beside(cls: ClassSymbol, other: ClassSymbol, copies: Sequence[FunctionSymbol]) -> bool:
    """Whether all methods of a class are copies, or word for word in another class: it may go with them. A class that
    was written just now is used by nothing yet."""
    bodies = {method.fact.body.digest for method in other.module.methods(other)}
    return all(each in copies or each.fact.body.digest in bodies for each in cls.module.methods(cls))


def doubt(project: Project, methods: Sequence[FunctionSymbol]) -> str:
    """What to ask first about methods that no file names, in a sentence; empty where one does."""
    if any(method.fact.decorators or _is_special(method.name) for method in methods) or not all(
        _is_own(project, class_of(each)) for each in methods
    ):
        return ""
    names = sorted({method.name for method in methods})
    if not is_never_named(project, names):
        return ""
    shown = listed([f"`{name}`" for name in names])
    return f"If no other project calls {shown}, {NEVER_USED}"


def _is_special(name: str) -> bool:
    """Whether Python calls a method, by an operator or a statement: nobody names it."""
    return name.startswith("__") and name.endswith("__")


def _is_own(project: Project, cls: ClassSymbol) -> bool:
    """Whether no library and no lookup by a computed name may ask a class for a method."""
    is_plain = all(map(is_generic, project.base_names(cls)))
    return is_plain and not any(each.module.facts.mentions_name("getattr") for each in project.ancestry(cls))


def callable_twin(project: Project, methods: Sequence[FunctionSymbol]) -> FunctionSymbol | None:
    """One of equal methods that is called on its class, which the modules of all others import already; None without
    one."""
    if not all(is_identical(methods[0], method) for method in methods[1:]):
        return None
    return next((method for method in methods if _is_at_hand(project, method, methods)), None)


def _is_at_hand(project: Project, method: FunctionSymbol, copies: Sequence[FunctionSymbol]) -> bool:
    cls = class_of(method)
    is_called_on_class = any(decorator.name in CALLED_ON_CLASS for decorator in method.fact.decorators)
    others = {copy.module for copy in copies if copy is not method}
    return (
        is_called_on_class
        and not method.name.startswith("_")
        and cls.module not in others
        and others <= {use.importer for use in project.imports_of(cls)}
    )


def calling(twin: FunctionSymbol, others: Sequence[Symbol], names: str) -> str:
    """The remedy where others can call ``twin``; ``names`` are theirs."""
    return (
        f"Keep `{twin.qualname}` in {twin.module.path}. Call it in place of {names}: {paths_of(others)} "
        f"{'imports' if len({each.module for each in others}) == 1 else 'import'} `{class_of(twin).name}` already."
    )


def reservations(methods: Sequence[FunctionSymbol]) -> str:
    """What else equal bodies differ in, as far as it has to be decided, in sentences; empty where nothing is."""
    return " ".join(filter(None, [_other_defaults(methods), _other_decorators(methods), _names_of_each_class(methods)]))


def _names_of_each_class(methods: Sequence[FunctionSymbol]) -> str:
    """What the bodies call that Python keeps apart for each class, by its two underscores."""
    names = sorted({name for each in methods for name in own_names(each) if is_mangled(name)})
    if not names:
        return ""
    shown, apart = listed([f"`{name}`" for name in names]), "it" if len(names) == 1 else "them"
    return f"First let {shown} begin with one underscore: with two, Python keeps {apart} apart for each class."


def _other_defaults(functions: Sequence[FunctionSymbol]) -> str:
    defaults: dict[str, set[str]] = {}
    for function in functions:
        for parameter in function.fact.parameters:
            text = parameter.default.text if parameter.default is not None else ""
            defaults.setdefault(parameter.name, set()).add(text)
    names = [f"`{name}`" for name, texts in defaults.items() if len(texts) > 1]
    if not names:
        return ""
    return f"Hand over {listed(names)} where it is used: the defaults are not the same."


def _other_decorators(functions: Sequence[FunctionSymbol]) -> str:
    found = [
        frozenset(decorator.name.rpartition(".")[2] for decorator in function.fact.decorators) for function in functions
    ]
    apart = sorted(frozenset.union(*found) - frozenset.intersection(*found) - CALLED_ON_CLASS - {""})
    if not apart:
        return ""
    return f"Only some of them have {listed([f'`@{name}`' for name in apart])}: leave that where it is meant."


def is_mangled(name: str) -> bool:
    """Whether a name within a class is kept apart from that name in other classes."""
    return name.startswith("__") and not name.endswith("__")
