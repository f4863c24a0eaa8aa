from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.settings.rival_registration import RivalRegistration

REGISTER = "R = {}\ndef register(name):\n    def keep(f):\n        R[name] = f\n        return f\n    return keep\n"
CLASS = (
    "class Registry:\n    def __init__(self): self.known = {}\n"
    "    def register(self, name):\n        def keep(f):\n            self.known[name] = f\n            return f\n"
    "        return keep\nregister = Registry().register\n"
)
CLICK = "import click\n@click.group()\ndef cli(): pass\n"


def found(sources: dict[str, str]) -> list[Finding]:
    return findings(RivalRegistration(), {"shop/__init__.py": ""} | sources)


def rivals(text: str) -> list[str]:
    return [finding.subject for finding in found({"shop/app.py": text})]


CELERY = "from celery import Celery\napp = Celery()\n"
OBJECT = CLASS.replace("register = ", "r = ").replace("().register", "()")
IN_A_CLASS = REGISTER.replace("def keep(f):", "class keep:\n     def __init__(s, f):")


def pair(setup: str, one: str, other: str) -> str:
    return f"{setup}@{one}\ndef first(): return 1\n@{other}\ndef second(): return 2\n"


def test_two_functions_under_one_key() -> None:
    (finding,) = found({"shop/app.py": pair(REGISTER, "register('a')", "register(name='a')")})
    assert finding.subject == "shop.app:R a"
    assert finding.message == (
        "2 definitions register as `a` in `shop.app:R`: the last that is imported wins, "
        "`shop.app:first`, `shop.app:second`"
    )
    assert finding.remedy == "Give shop.app:second a key of its own, or delete it"
    assert [(site.symbol, site.message) for site in finding.sites] == [
        ("shop.app:second", "registers as `a`, as `shop.app:first` does")
    ]


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        (
            pair(CELERY, "app.task(name='a')", "app.task(name='a')"),
            "shop.app:app a",
        ),
        (pair("from celery import shared_task as t\n", "t(name='a')", "t(name='a')"), "shared tasks of celery a"),
        (pair(CLICK, "cli.command('a')", "cli.group(name='a')"), "shop.app:cli a"),
        (pair(CLICK, "cli.command()", "cli.command('first')"), "shop.app:cli first"),
        (
            pair("import typer\napp = typer.Typer()\n", "app.command('a')", "app.command('a')"),
            "shop.app:app a",
        ),
        (
            pair(f"{CLICK}@cli.group()\ndef sub(): pass\n", "sub.command('a')", "sub.command('a')"),
            "shop.app:sub a",
        ),
        (
            pair(OBJECT, "r.register('a')", "r.register('a')"),
            "shop.app:r a",
        ),
        (
            pair(
                IN_A_CLASS,
                "register('a')",
                "register('a')",
            ),
            "shop.app:R a",
        ),
    ],
)
def test_every_kind_of_registry(text: str, subject: str) -> None:
    assert rivals(text) == [subject]


@pytest.mark.parametrize(
    "text",
    [
        pair(REGISTER, "register('a')", "register('b')"),
        pair(REGISTER, "register('a')", "register(KEY)"),
        pair(REGISTER, "register('a')", "register('a', force=True)"),
        pair(REGISTER.replace("R[name]", "R[f.__name__]"), "register('a')", "register('a')"),
        pair(REGISTER.replace("R[name] = f", "R.setdefault(name, []).append(f)"), "register('a')", "register('a')"),
        pair(
            REGISTER.replace("        R[", "        if name in R: raise KeyError(name)\n        R["),
            "register('a')",
            "register('a')",
        ),
        pair("from elsewhere import register\n", "register('a')", "register('a')"),
        pair(CLICK, "cli.command('a')", "click.command('a')"),
        pair(CLICK, "cli.command('first')", "cli.command(NAME)"),
        f"{REGISTER}@register('a')\n@register('a')\ndef first(): return 1\n",
        f"{REGISTER}if DEBUG:\n    @register('a')\n    def first(): return 1\n@register('a')\ndef second(): return 2\n",
    ],
)
def test_no_rivals(text: str) -> None:
    assert rivals(text) == []


def test_newer_versions_of_click_drop_words_from_names() -> None:
    names = "@cli.command()\ndef list_command(): return 1\n@cli.command('list-command')\ndef other(): return 2\n"
    assert rivals(CLICK + names) == []


def test_tests_may_register_what_they_like() -> None:
    assert found({"tests/test_app.py": pair(REGISTER, "register('a')", "register('a')")}) == []
