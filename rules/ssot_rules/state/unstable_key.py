"""SSOT408 unstable-key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from ssot_lint.model.facts import AttributeAssignment, Binding, IdentitySink, IdentityUse
from ssot_lint.model.finding import Finding, Location, Severity, Site
from ssot_lint.model.syntax import MODULE_SCOPE, ValueKind
from ssot_lint.model.vocabulary import REMOVALS
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Module, VariableSymbol
from ssot_lint.rules.rule import Rule
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.containers import is_container
from ssot_rules.analysis.vocabulary import (
    IDENTIFIER_WORDS,
    OWN_IDENTITY_METHODS,
    PERSONAL_OWNERS,
    PUTTING_OPERATIONS,
    TEXT_IDENTIFIER_WORDS,
)
from ssot_rules.state._identity_ends import ends_of, has_other_source, keeps_object


@dataclass(frozen=True)
class UnstableKey(Rule):
    """An identifier or registry key is made of ``id(...)`` or a salted ``hash(...)``.

    Why:
        ``id`` is an address: once the object is gone, the next one may get the same, and finds its predecessor's
        entry. ``hash`` of text differs from process to process: what one writes, the other does not find. Both look
        like identifiers and are none.
        Ships as an inventory: of 13 findings drawn on unseen code 4 were worth acting on as told.

    Bad:
        # shop/sockets.py
        class Sockets:
            def __init__(self):
                self.names = {}

            def register(self, socket, name):
                self.names[id(socket)] = name

    Good:
        # shop/sockets.py
        from weakref import WeakKeyDictionary

        class Sockets:
            def __init__(self):
                self.names = WeakKeyDictionary()

            def register(self, socket, name):
                self.names[socket] = name

    Fix:
        Give the object an identifier when it is made (``uuid4().hex``, a counter) and use that; or key by the object
        itself, in a ``WeakKeyDictionary``. For a digest of text take ``hashlib``.
    """

    code: ClassVar[str] = "SSOT408"
    name: ClassVar[str] = "unstable-key"
    family: ClassVar[str] = "state"
    severity: ClassVar[Severity] = Severity.INFO

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per identifier or registry."""
        yield from project.in_modules(self._found_in)

    def _found_in(self, _: Project, module: Module) -> tuple[Finding, ...]:
        subjects = module.derived(_by_subject) if self.applies_to(module) else {}
        return tuple(_finding(module, subject, uses) for subject, uses in subjects.items())


def _by_subject(module: Module) -> Mapping[tuple[str, str], Sequence[IdentityUse]]:
    """The uses that end in an identifier or registry, by its symbol and name."""
    found: dict[tuple[str, str], list[IdentityUse]] = defaultdict(list)
    kept = set()
    watched = {call.scope for call in module.facts.calls if call.callee.rpartition(".")[2] == "finalize"}
    keepers = {module.enclosing_class(use.scope) for use in module.facts.identities if keeps_object(use)} - {None}
    for use in module.facts.identities:
        for end in ends_of(module, use):
            subject = _subject(module, end)
            if subject is None:
                continue
            if use not in found[subject]:
                found[subject].append(use)
            # The object stays, or its entry goes with it or before it.
            is_kept = end.is_kept or use.scope in watched or module.enclosing_class(use.scope) in keepers
            if is_kept or _is_taken_out(module, use) or _is_taken_out_elsewhere(module, end):
                kept.add(subject)
    return _told_once({subject: uses for subject, uses in found.items() if subject not in kept})


def _told_once(
    found: Mapping[tuple[str, str], Sequence[IdentityUse]],
) -> Mapping[tuple[str, str], Sequence[IdentityUse]]:
    """The uses by subject, each at the first one that it ends in: a function that returns its variable is one key."""
    told: set[IdentityUse] = set()
    first: dict[tuple[str, str], Sequence[IdentityUse]] = {}
    for subject, uses in found.items():
        if new := [use for use in uses if use not in told]:
            first[subject] = new
            told.update(new)
    return first


def _is_taken_out_elsewhere(module: Module, end: IdentityUse) -> bool:
    """Whether another function of the module takes entries out of the mapping under such a key, or a function begins
    a new mapping."""
    name = end.target.rpartition(".")[2]
    if end.sink is not IdentitySink.KEY or not name:
        return False
    scopes = {use.scope for use in module.facts.identities if name in _targets(use)} - {end.scope}
    if any(each.name == name and each.scope == MODULE_SCOPE != each.within for each in module.facts.bindings):
        return True
    return any(
        fact.operation in REMOVALS and fact.scope in scopes and fact.target.rpartition(".")[2] == name
        for fact in module.facts.mutations
    )


def _targets(use: IdentityUse) -> set[str]:
    return {target.rpartition(".")[2] for target in (use.target, *(end.target for end in use.ends))}


def _is_taken_out(module: Module, use: IdentityUse) -> bool:
    """Whether the function that puts the entry in takes it out again: the object is there all the while."""
    facts = module.facts
    what = (use.scope, use.function, use.argument, use.target)
    lines = {each.line for each in facts.identities if (each.scope, each.function, each.argument, each.target) == what}
    changes = [
        fact
        for fact in facts.mutations
        if fact.scope == use.scope
        and (fact.key == use.target if use.sink is IdentitySink.ASSIGNED else fact.line in lines)
    ]
    return any(
        put.operation in PUTTING_OPERATIONS
        and out.operation in REMOVALS
        and out.target == put.target
        and out.line > put.line
        for put in changes
        for out in changes
    )


def _subject(module: Module, use: IdentityUse) -> tuple[str, str] | None:
    """The symbol and name of the identifier or registry that a use ends in."""
    owner = module.scope_symbol(use.scope)
    if owner is None or owner.name in OWN_IDENTITY_METHODS or has_other_source(module, use):
        return None
    if use.sink is IdentitySink.RETURNED:
        return (owner.id, owner.name) if _names_key(owner.name) and not _is_plain(module, owner) else None
    if use.sink is IdentitySink.KEY:
        return _registry(module, use, use.target) if _is_filled(module, use.target) else None
    if use.sink in (IdentitySink.KEYWORD, IdentitySink.ENTRY):
        # A bare address in a display is there to be looked at, in a log or a dump.
        is_told = use.is_text or (len(words(use.target)) > 1 and use.sink is IdentitySink.KEYWORD)
        return (f"{owner.id}.{use.target}", use.target) if _names_key(use.target) and is_told else None
    return _assigned(module, owner, use) if use.sink is IdentitySink.ASSIGNED else None


def _is_plain(module: Module, owner: ClassSymbol | FunctionSymbol) -> bool:
    """Whether all that a function does is to tell addresses or hashes, or what it was given: its callers judge what
    they are good for."""
    if isinstance(owner, ClassSymbol):
        return False
    given = {parameter.name for parameter in owner.fact.parameters}
    plain = {use.line for use in module.facts.identities if use.scope == owner.fact.scope and not use.is_text}
    return all(
        (value.line in plain and (value.kind is ValueKind.TUPLE or value.text in ("id", "hash"))) or value.via in given
        for value in owner.fact.returned
    )


def _assigned(module: Module, owner: ClassSymbol | FunctionSymbol, use: IdentityUse) -> tuple[str, str] | None:
    """A variable or attribute, if it holds an identifier: text, or a key of something that outlives the function."""
    name = use.target.rpartition(".")[2]
    if name != use.target:
        holder = module.enclosing_class(use.scope)
        is_identifier = (
            holder is not None and _is_identifier(name, use) and not _is_for_comparison(module, holder, name)
        )
        return (f"{holder.id}.{name}", name) if holder is not None and is_identifier else None
    # A local address may serve many ends; a local digest or text of that name is made to be an identifier.
    is_made = use.is_text or (use.function == "hash" and words(name)[-1:] != ("key",))
    return (f"{owner.id}.{name}", name) if is_made and _is_identifier(name, use) else None


def _is_for_comparison(module: Module, holder: ClassSymbol, name: str) -> bool:
    """Whether an attribute is private and its class says what makes two of its objects equal: that is what it is for,
    and it goes with the object."""
    defined = {method.name for method in module.methods(holder)}
    return name.startswith("_") and bool(defined & {"__eq__", "__hash__"})


def _is_filled(module: Module, target: str) -> bool:
    """Whether entries are put into a mapping of that name; one that is made in one go is gone with its objects."""
    name = target.rpartition(".")[2]
    return any(
        fact.operation in PUTTING_OPERATIONS and fact.target.rpartition(".")[2] == name
        for fact in module.facts.mutations
    )


def _registry(module: Module, use: IdentityUse, target: str) -> tuple[str, str] | None:
    """The mapping of that name, unless it is a local variable or belongs to one, or a hash is good for it."""
    root, _, name = target.rpartition(".")
    if use.function == "hash" and not _is_of_text(use) and _is_in_process(module, use.scope, target):
        return None
    if not root:
        return (f"{module.name}:{target}", target) if target in module.namespace else None
    if root.partition(".")[0] not in {"cls", "self", *module.namespace}:
        return None
    holder = module.enclosing_class(use.scope)
    return (f"{module.name if holder is None else holder.id}.{name}", name)


def _is_of_text(use: IdentityUse) -> bool:
    """Whether a hash is that of a text made of an object: the text itself would do, and tell apart what collides."""
    return use.argument.startswith(("repr(", "str("))


def _is_in_process(module: Module, scope: int, target: str) -> bool:
    """Whether a mapping is a plain one, gone with the process: all that time, equal things have equal hashes."""
    root, _, name = target.rpartition(".")
    if not root:
        entry = module.namespace.get(target)
        return isinstance(entry, VariableSymbol) and is_container(entry.fact.value)
    holder = module.enclosing_class(scope)
    if holder is None or root not in ("cls", "self"):
        return False
    members: tuple[AttributeAssignment | Binding, ...] = (
        *module.instance_attributes(holder),
        *module.class_variables(holder),
    )
    return any(member.name == name and is_container(member.value) for member in members)


def _is_identifier(name: str, use: IdentityUse) -> bool:
    return bool({*words(name)[-1:]} & (TEXT_IDENTIFIER_WORDS if use.is_text else IDENTIFIER_WORDS))


def _names_key(name: str) -> bool:
    return bool({*words(name)[-1:]} & IDENTIFIER_WORDS)


def _finding(module: Module, subject: tuple[str, str], uses: Sequence[IdentityUse]) -> Finding:
    symbol, name = subject
    calls = ", ".join(dict.fromkeys(f"`{use.function}({use.argument})`" for use in uses))
    is_address = uses[0].function == "id"
    why = (
        "an address that the next object may get"
        if is_address
        else "which differs from process to process and collides"
    )
    owner = PERSONAL_OWNERS & set(words(name)) and _names_key(name) and not all(map(_is_own_label, uses))
    return UnstableKey.finding(
        subject=symbol,
        message=f"`{name}` is made of {calls}, {why}",
        remedy=_remedy(name, uses[0]),
        sites=tuple(_site(module, symbol, use) for use in uses),
        evidence={
            "calls": [f"{use.function}({use.argument})" for use in uses],
            "text": [f"{module.path}:{use.line} {use.function}({use.argument}), {use.sink.value}" for use in uses],
        },
        severity=Severity.HIGH if owner else None,
    )


def _is_own_label(use: IdentityUse) -> bool:
    """Whether an object keeps its own address in a private attribute: nobody else gets that while it is there, and what
    it serves for is mostly to tell lines of a log apart."""
    holder, _, name = use.target.rpartition(".")
    return holder == use.argument != "" and name.startswith("_")


def _remedy(name: str, use: IdentityUse) -> str:
    if use.function == "hash":
        return f"Make `{name}` of a hashlib digest, or of the value itself"
    return f"Give `{use.argument}` an identifier when it is made and use it for `{name}`, or key by the object itself"


def _site(module: Module, symbol: str, use: IdentityUse) -> Site:
    place = Location(module.path, use.line, use.column, use.line)
    return Site(place, module.name, symbol, f"`{use.function}({use.argument})` is no stable key")
