"""Functions of the project that stand in front of something from outside, and who goes past them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ssot_lint.model.component import Component
from ssot_lint.model.proposal import ComponentProposal
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.outside_uses import OutsideUse, outside_uses
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol, Module
from ssot_lint.text.identifiers import words
from ssot_lint.text.wording import counted, listed


@dataclass(frozen=True)
class _Source:
    """What programs put a function of their own in front of, and what it is then. ``words``: one of them is in the name
    of a function that does nothing else, which has to be told what about where it ``has_parameter``; others need the
    source for something of their own."""

    purpose: str
    names: tuple[str, ...]
    words: frozenset[str]
    has_parameter: bool = False


_SOURCES = (
    _Source(
        "environment",
        ("os.environ", "os.getenv"),
        frozenset({"env", "environ", "flag", "getenv", "option", "secret", "setting", "var"}),
        has_parameter=True,
    ),
    _Source(
        "id generation",
        ("uuid.uuid1", "uuid.uuid4"),
        frozenset({"guid", "id", "identifier", "ids", "key", "uuid"}),
    ),
    _Source(
        "token generation",
        ("secrets.token_hex", "secrets.token_urlsafe"),
        frozenset({"code", "id", "key", "nonce", "password", "secret", "token"}),
    ),
    _Source(
        "token decoding",
        ("jwt.decode", "jose.jwt.decode"),
        frozenset({"claims", "decode", "jwt", "payload", "token"}),
        has_parameter=True,
    ),
    _Source(
        "token encoding",
        ("jwt.encode", "jose.jwt.encode"),
        frozenset({"encode", "jwt", "sign", "token"}),
        has_parameter=True,
    ),
    _Source(
        "password hashing",
        ("bcrypt.hashpw", "bcrypt.checkpw"),
        frozenset({"check", "hash", "password", "verify"}),
        has_parameter=True,
    ),
    # Not time.time: most who ask it measure how long something takes.
    _Source(
        "clock",
        ("datetime.datetime.now", "datetime.datetime.utcnow"),
        frozenset({"clock", "current", "date", "datetime", "now", "time", "timestamp", "today", "utc", "utcnow"}),
    ),
)

_ENOUGH_BYPASSES = 3
_ENOUGH_USERS = 2
_MOST_STATEMENTS = 8
"""A longer function does other work, and only needs the source for it."""


def propose_sources(project: Project) -> Iterator[ComponentProposal]:
    """A component for each source that a function of the project wraps for at least two other modules, and that three
    modules or more use past it."""
    used = _production_uses(project)
    for source in _SOURCES:
        names = source.names
        uses = [use for use in used if any(use.name == name or use.name.startswith(f"{name}.") for name in names)]
        wrapper = _wrapper(project, uses, source)
        if wrapper is None or any(set(names) & set(component.replaces) for component in project.components):
            continue
        past = sorted({use.module.path for use in uses if use.module is not wrapper.module})
        if len(past) >= _ENOUGH_BYPASSES:
            yield _proposal(project, source.purpose, wrapper, [name for name in names if _is_used(name, uses)], past)


def _production_uses(project: Project) -> list[OutsideUse]:
    return [
        use for module in project.modules if module.zone is Zone.PRODUCTION for use in outside_uses(project, module)
    ]


def _is_used(name: str, uses: Sequence[OutsideUse]) -> bool:
    return any(use.name == name or use.name.startswith(f"{name}.") for use in uses)


def _wrapper(project: Project, uses: Sequence[OutsideUse], source: _Source) -> FunctionSymbol | None:
    """The public function that does little but use the source, and is called after that, with the most users; None
    without one, and where two have as many."""
    users: dict[FunctionSymbol, frozenset[Module]] = {}
    for use in uses:
        holder = use.module.scope_symbol(use.fact.scope)
        if isinstance(holder, FunctionSymbol) and _is_wrapper(project, holder, source):
            users[holder] = frozenset(call.module for call in project.calls_of(holder)) - {holder.module}
    by_number: dict[int, list[FunctionSymbol]] = defaultdict(list)
    for function, modules in users.items():
        by_number[len(modules)].append(function)
    best = max(by_number, default=0)
    return by_number[best][0] if best >= _ENOUGH_USERS and len(by_number[best]) == 1 else None


def _is_wrapper(project: Project, function: FunctionSymbol, source: _Source) -> bool:
    return (
        bool(source.words & set(words(function.name)))
        and not project.products(function)
        and (bool(function.fact.parameters) or not source.has_parameter)
        and function.fact.parent == MODULE_SCOPE
        and not function.name.startswith("_")
        and function.fact.body.statements <= _MOST_STATEMENTS
        and bool(function.fact.returned)
    )


def _proposal(
    project: Project, purpose: str, wrapper: FunctionSymbol, names: Sequence[str], past: Sequence[str]
) -> ComponentProposal:
    users = len({call.module for call in project.calls_of(wrapper)} - {wrapper.module})
    listed_names = " and ".join(names)
    return ComponentProposal(
        Component(name="-".join(words(purpose)), home=wrapper.id, replaces=tuple(names)),
        (
            f"`{wrapper.name}` stands in front of {listed_names} for {counted(users, 'module')}; "
            f"{counted(len(past), 'module')} go past it: {listed(past)}",
        ),
        {
            "home": f"called by {counted(users, 'module')}",
            "replaces": f"used past it in {counted(len(past), 'module')}",
        },
    )
