"""Under which conditions code runs, in words. Shared by the rules that tell the paths of a factory apart."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.model.syntax import Branch, BranchKind
from ssot_lint.project.symbols import FunctionSymbol, Module


def branches_of(function: FunctionSymbol) -> Iterator[tuple[int, Branch]]:
    """The branches of a function with their indexes, nested functions left out."""
    scope = function.fact.scope
    return ((index, branch) for index, branch in enumerate(function.module.facts.branches) if branch.scope == scope)


def branches_around(module: Module, index: int) -> tuple[Branch, ...]:
    """The branch of that index and those around it, outermost first; none for -1."""
    found = []
    while index >= 0:
        branch = module.facts.branches[index]
        found.append(branch)
        index = branch.parent
    return tuple(reversed(found))


def condition_text(module: Module, index: int) -> str:
    """When code in that branch runs: ``if region is None, in except KeyError``; ``otherwise`` for -1."""
    parts = [_described(branch) for branch in branches_around(module, index)]
    return ", ".join(part for part in parts if part) or "otherwise"


def _described(branch: Branch) -> str:
    match branch.kind:
        case BranchKind.IF:
            return f"if {branch.test}"
        case BranchKind.ELSE:
            return f"else of `if {branch.test}`" if branch.test else "if nothing is raised"
        case BranchKind.EXCEPT:
            return f"in except {branch.test.strip('[]')}".rstrip()
        case BranchKind.LOOP:
            return "in a loop"
        case BranchKind.CASE:
            return "in a case"
        case BranchKind.TRY:
            return ""
