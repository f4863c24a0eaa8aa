"""SSOT602 scattered-setting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, ClassVar

from msgspec import Meta

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule
from ssot_lint.text.wording import counted, listed
from ssot_rules.settings._environment import EnvironmentRead
from ssot_rules.settings._reads import described, module_count, preferred, read_home, read_site, reads_by_variable


@dataclass(frozen=True)
class ScatteredSetting(Rule):
    """One environment variable is read in many modules.

    Why:
        Nobody can say what the program is configured by, and a default or a check that is added to one read is missing
        in the others. Where a settings class declares the variable, the others go past it.

    Bad:
        # shop/mail.py
        import os

        def sender():
            return os.environ["SHOP_DOMAIN"]
        # shop/links.py
        import os

        def link(path):
            return os.environ["SHOP_DOMAIN"] + path
        # shop/cookies.py
        from os import getenv

        DOMAIN = getenv("SHOP_DOMAIN")

    Good:
        # shop/settings.py
        import os

        DOMAIN = os.environ["SHOP_DOMAIN"]
        # shop/links.py
        from shop.settings import DOMAIN

        def link(path):
            return DOMAIN + path

    Fix:
        Read the variable in one module of settings, or take it from the settings class that declares it. Where it is
        read when a function is called (a default that is asked for late), let one function read it, and call that.
    """

    code: ClassVar[str] = "SSOT602"
    name: ClassVar[str] = "scattered-setting"
    family: ClassVar[str] = "settings"
    severity: ClassVar[Severity] = Severity.INFO

    modules: Annotated[int, Meta(ge=2, description="from how many modules on a variable is reported")] = 3

    def check(self, project: Project) -> Iterator[Finding]:
        """One finding per variable."""
        for variable, reads in reads_by_variable(project, self):
            if module_count(reads) >= self.modules:
                yield _finding(project, variable, reads)


def _finding(project: Project, variable: str, reads: Sequence[EnvironmentRead]) -> Finding:
    home, reason = preferred(project, reads)
    others = [read for read in reads if read is not home]
    modules = list(dict.fromkeys(read.module.path for read in others if read.module is not home.module))
    owner = home.declared_by
    keep = f"take it from `{owner.id}`" if owner else f"keep {home.module.path}, {reason}"
    return ScatteredSetting.finding(
        subject=variable,
        message=f"`{variable}` is read in {counted(module_count(reads), 'module')}: {keep}",
        remedy=_remedy(home, others, modules),
        home=read_home(home, reason),
        sites=[read_site(read, _at(read, home)) for read in others],
        evidence={"variable": variable, "modules": modules, "text": [described(read) for read in (home, *others)]},
    )


def _remedy(home: EnvironmentRead, others: Sequence[EnvironmentRead], modules: Sequence[str]) -> str:
    """What to do. A function reads when it is called, perhaps much later: who imports a value has that of the start."""
    users = listed(modules)
    if home.declared_by is not None:
        return f"Take {home.variable} from an object of `{home.declared_by.id}` in {users}"
    if any(read.scope != MODULE_SCOPE for read in (home, *others)):
        late = "what is read at import does not change any more"
        return f"Read {home.variable} once, in a function of {home.module.path}, and call that in {users}: {late}"
    return f"Read {home.variable} once, in {home.module.path}, and import the result in {users}"


def _at(read: EnvironmentRead, home: EnvironmentRead) -> str:
    if read.module is home.module:
        return f"reads `{read.variable}` once more"
    return f"reads `{read.variable}` past {home.module.path}"
