"""Which warnings fail a test: ours, and no third party's."""

from __future__ import annotations

import warnings

import pytest


def warn(module: str) -> None:
    """A warning that blames ``module``: it is the one that uses what is deprecated."""
    warnings.warn_explicit("it goes", DeprecationWarning, "any.py", 1, module=module)


@pytest.mark.parametrize("module", ["ssot_lint", "ssot_lint.cli", "ssot_rules.aliases", "tests.conftest", __name__])
def test_a_warning_about_our_code_is_an_error(module: str) -> None:
    with pytest.raises(DeprecationWarning, match="it goes"):
        warn(module)


@pytest.mark.parametrize("module", ["typer", "click.utils", "ssot_linter"])
def test_a_warning_about_the_code_of_others_is_none(module: str) -> None:
    with warnings.catch_warnings(record=True) as seen:
        warn(module)
    assert len(seen) == 1
