from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

import jsonschema
import pytest
from msgspec import Meta

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project
from ssot_lint.rules.config_schema import render_schema
from ssot_lint.rules.rule import Rule


@dataclass(frozen=True)
class Alpha(Rule):
    """Finds alphas."""

    code = "TEST101"
    name = "alpha-rule"
    family = "tests"
    severity = Severity.HIGH

    min_size: Annotated[int, Meta(ge=1, description="the least")] = 3

    def check(self, project: Project) -> Iterator[Finding]:
        raise NotImplementedError


SCHEMA = json.loads(render_schema([Alpha]))


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "config",
    [
        {},
        {"jobs": 0, "fail-level": "never", "select": ["ALL"], "severity": {"alpha-rule": "low"}},
        {"components": [{"name": "a", "critical": True}]},
        {"rules": {"alpha-rule": {"min-size": 1, "zones": ["test"]}, "of-another-pack": {"x": [1]}}},
    ],
)
def test_a_right_configuration_passes(config: dict[str, object]) -> None:
    jsonschema.validate(config, SCHEMA)


@pytest.mark.parametrize(
    "config",
    [
        {"fail-levle": "low"},
        {"fail-level": "info"},
        {"fail-under": 101},
        {"components": [{"home": "a:B"}]},
        {"rules": {"alpha-rule": {"min_size": 1}}},
        {"rules": {"alpha-rule": {"min-size": 0}}},
        {"rules": {"alpha-rule": {"zones": ["tests"]}}},
    ],
)
def test_a_wrong_configuration_fails(config: dict[str, object]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(config, SCHEMA)
