"""A rule pack: the worked example of docs/plugins.md, and that of docs/adding-a-rule.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from acme_rival_version import RivalVersion
from msgspec import Meta

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project, home_of, site_of
from ssot_lint.rules.rule import Rule


@dataclass(frozen=True)
class RivalSettings(Rule):
    """More than one class reads the settings of the application.

    Why:
        Two settings classes read the environment twice, with two sets of defaults.

    Bad:
        # app/settings.py
        from pydantic_settings import BaseSettings
        class Settings(BaseSettings):
            debug: bool = False
        # app/worker.py
        from pydantic_settings import BaseSettings
        class WorkerSettings(BaseSettings):
            debug: bool = True

    Good:
        # app/settings.py
        from pydantic_settings import BaseSettings
        class Settings(BaseSettings):
            debug: bool = False
        # app/worker.py
        from app.settings import Settings
        debug = Settings().debug

    Fix:
        Keep one settings class and move the fields of the others there.
    """

    code: ClassVar[str] = "ACME101"
    name: ClassVar[str] = "rival-settings"
    family: ClassVar[str] = "acme"
    severity: ClassVar[Severity] = Severity.MEDIUM

    base: Annotated[str, Meta(description="the base class of settings, by its full dotted name")] = (
        "pydantic_settings.BaseSettings"
    )

    def check(self, project: Project) -> Iterator[Finding]:
        classes = [
            cls for cls in project.classes() if self.applies_to(cls.module) and self.base in project.base_names(cls)
        ]
        if len(classes) < 2:
            return
        home, reason = project.home_among(classes)
        sites = [cls for cls in classes if cls is not home]
        yield self.finding(
            subject="settings",
            message=f"{len(classes)} classes read settings: keep {home.id}",
            remedy=f"move their fields to {home.id} and delete them",
            home=home_of(home, reason),
            sites=tuple(site_of(cls, f"{cls.name} reads settings too") for cls in sites),
            evidence={"classes": [cls.id for cls in classes]},
        )


RULES = (RivalSettings, RivalVersion)
