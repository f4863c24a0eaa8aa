from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.settings.setting_drift import SettingDrift

SERVER = {"shop/server.py": "import os\nX = os.getenv('X', 'a')\n"}


def found(sources: dict[str, str]) -> list[Finding]:
    return findings(SettingDrift(), {"shop/__init__.py": ""} | sources)


def drifts(other: str, server: str = SERVER["shop/server.py"]) -> list[str]:
    return [finding.message for finding in found({"shop/server.py": server, "shop/other.py": other})]


def test_two_defaults() -> None:
    (finding,) = found(
        SERVER | {"shop/config.py": "from os import environ as e\ndef f():\n    return e.get('X', 'b')\n"}
    )
    assert finding.subject == "X"
    assert finding.message == "`X` has 2 defaults in 2 modules: 'b', 'a'; keep shop/config.py, in a module of settings"
    assert finding.remedy == "Read X once, in shop/config.py, and import the result in shop/server.py"
    assert finding.home is not None
    assert finding.home.symbol == "shop.config:f"
    assert [(site.symbol, site.message) for site in finding.sites] == [
        ("shop.server", "'a' here, 'b' in shop/config.py")
    ]
    assert finding.severity is None


@pytest.mark.parametrize(
    "read",
    [
        "import os\nX = os.environ.get('X', 'b')\n",
        "import os as system\nX = system.getenv(key='X', default='b')\n",
        "from os import getenv as g\nX = g('X', 'b')\n",
        "import os\nget = os.getenv\nX = get('X', 'b')\n",
        "import os\nNAME = 'X'\nVALUE = 'b'\nX = os.getenv(NAME, VALUE)\n",
        "from decouple import config\nX = config('X', default='b')\n",
        "from environ import Env\nenv = Env()\nX = env('X', default='b')\n",
        "import environs\nenv = environs.Env()\nX = env.str('X', 'b')\n",
        "from starlette.config import Config\nconfig = Config('.env')\nX = config('X', default='b')\n",
        "import click\n@click.option('--x', envvar='X', default='b')\ndef f(x): return x\n",
        "import typer\ndef f(x: str = typer.Option('b', envvar='X')): return x\n",
        "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    x: str = 'b'\n",
        "from pydantic import BaseSettings, Field\nclass S(BaseSettings):\n    y: str = Field('b', env='X')\n",
    ],
)
def test_every_way_to_read(read: str) -> None:
    (message,) = drifts(read)
    assert "has 2 defaults in 2 modules" in message


def test_the_prefix_of_a_settings_class_counts() -> None:
    imports = "from pydantic_settings import BaseSettings, SettingsConfigDict\n"
    prefixed = f"{imports}class S(BaseSettings):\n    model_config = "
    fields = "\n    x: str = 'b'\n"
    server = "import os\nX = os.getenv('APP_X', 'a')\n"
    (message,) = drifts(f"{prefixed}SettingsConfigDict(env_prefix='APP_'){fields}", server)
    assert message.startswith("`APP_X` has 2 defaults in 2 modules: 'b', 'a'; keep shop/other.py, declared in `S`")
    assert drifts(f"{prefixed}SettingsConfigDict(env_prefix=prefix()){fields}") == []
    own = f"{imports}from shop.base import config\nclass S(BaseSettings):\n    model_config = config(('app',)){fields}"
    assert drifts(own) == []
    sources = "    def settings_customise_sources(cls): return ()\n"
    assert drifts(f"{prefixed}SettingsConfigDict(){fields}{sources}") == []
    inner = f"{imports}class S(BaseSettings):\n    class Config:\n        env_prefix = 'APP_'\n    x: str = 'b'\n"
    assert len(drifts(inner, server)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("'1'", "1"), ("'8000'", "8000.0"), ("'true'", "True"), ("''", "'0'"), ("False", "'off'"), ("'a'", "' a'")],
)
def test_equal_after_conversion(one: str, other: str) -> None:
    assert drifts(f"import os\nX = os.getenv('X', {other})\n", f"import os\nX = os.getenv('X', {one})\n") == []


@pytest.mark.parametrize(
    "other",
    [
        "import os\nX = os.getenv('X', 'a')\n",
        "import os\nX = os.getenv('X')\n",
        "import os\nX = os.getenv('X', '')\n",
        "import os\nX = os.getenv('X', False)\n",
        "import os\nX = os.getenv('X', 'NOT_SET')\n",
        "import os\nX = os.getenv('X') or 'b'\n",
        "import os\nX = os.getenv('X', str(8))\n",
        "import os\ndef f(name): return os.getenv(name, 'b')\n",
        "import os\nif __name__ == '__main__':\n    print(os.getenv('X', 'b'))\n",
        "def f(environ): return environ.get('X', 'b')\n",
        "import os\ndef f(x='b'):\n    return os.getenv('X', x)\n",
        "import os\nB = 'b'\nB = 'a'\nX = os.getenv('X', B)\n",
        "import os\ndef f(*names): return os.getenv('X', *names)\n",
    ],
)
def test_no_drift(other: str) -> None:
    assert drifts(other) == []


def test_switches_that_are_on_here_and_off_there_drift() -> None:
    assert len(drifts("import os\nX = os.getenv('X', 'true')\n", "import os\nX = os.getenv('X', False)\n")) == 1
    assert len(drifts("import os\nX = os.getenv('X', '0')\n", "import os\nX = os.getenv('X', '-1')\n")) == 1


def test_a_test_may_read_with_its_own_default() -> None:
    assert found(SERVER | {"tests/test_x.py": "import os\nX = os.getenv('X', 'b')\n"}) == []


def test_required_beside_a_default() -> None:
    (finding,) = found(SERVER | {"shop/other.py": "import os\nX = os.environ['X']\n"})
    assert finding.severity is None
    assert finding.message.startswith("`X` is required in 1 module and has the default 'a' elsewhere")
    assert [site.message for site in finding.sites] == ["raises without the variable, 'a' in shop/server.py"]


@pytest.mark.parametrize(
    "other",
    [
        "import os\ndef f():\n    if 'X' in os.environ:\n        return os.environ['X']\n",
        "import os\ntry:\n    X = os.environ['X']\nexcept KeyError:\n    X = None\n",
        "import os\ndef start(): os.environ['X'] = 'b'\ndef f(): return os.environ['X']\n",
    ],
)
def test_required_only_where_it_is_there(other: str) -> None:
    assert drifts(other) == []


def test_different_types() -> None:
    one, other = (f"import os\nX = {kind}(os.getenv('X', '5'))\n" for kind in ("float", "int"))
    (finding,) = found({"shop/config.py": one, "shop/other.py": other})
    assert finding.severity is None
    assert finding.message == "`X` is read as float, int; keep shop/config.py, in a module of settings"
    assert drifts("import os\nX = str(os.getenv('X', '5'))\n", other) == []


def test_what_the_operating_system_sets_is_no_setting() -> None:
    assert drifts("import os\nX = os.getenv('TERM', '')\n", "import os\nX = os.getenv('TERM', 'dumb')\n") == []


@pytest.mark.parametrize("default", ["1e999", "-1e999", "1e999j", "(1e999, 2)"])
def test_a_default_that_cannot_be_written_down_again_is_unknown(default: str) -> None:
    assert drifts(f"import os\nLIMIT = {default}\nX = os.getenv('X', LIMIT)\n") == []
