"""Which functions belong to one program each: what declares its options."""

from __future__ import annotations

from ssot_lint.project.project import Project
from ssot_lint.project.symbols import FunctionSymbol


def reads_command_line(project: Project, function: FunctionSymbol) -> bool:
    """Whether a function declares the options of a program."""
    calls = (project.resolve(function.module, call.scope, call.callee) for call in function.module.calls(function))
    return any(found.external == "argparse.ArgumentParser" for found in calls)
