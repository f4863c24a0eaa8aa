"""Each key of the configuration in use: every command that reads a configuration, with the cache, takes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.errors import ExitCode
from tests.command_line import Run
from tests.unit.rules.test_config_reference import rows

NEED_MORE = ("baseline", "plugins")
"""Keys that name a file which the tool writes, or that a flag has to allow."""
TOGETHER = {"layout": "plugin-root", "plugin-root": "layout"}
EXAMPLES = rows("Keys")
KEYS = {
    key: "\n".join([example, EXAMPLES[TOGETHER[key]]] if key in TOGETHER else [example])
    for key, example in EXAMPLES.items()
    if key not in NEED_MORE
} | {"zones": 'zone-paths = { script = ["tools/"], test = ["qa/"], vendored = ["ext/"] }'}


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in the working directory, with what the examples name."""
    for folder in ("src/shop", "shop/api/client", "shop/connectors", "services/billing", "libs/common", "tools", "qa"):
        path = tmp_path / folder / "cart.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("class Cart:\n    total = 0\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("key", "example"), KEYS.items(), ids=KEYS)
def test_commands_take_each_key_twice_alike(ssot_lint: Run, shop: Path, key: str, example: str) -> None:
    (shop / "ssot-lint.toml").write_text(example + "\n")
    for command in (["scan"], ["where", "Cart"], ["files"], ["config"], ["scan", "-f", "json"]):
        code, said, errors = ssot_lint(*command)
        assert code in (ExitCode.OK, ExitCode.GATE_FAILED), errors
        assert "internal error" not in errors
        if "json" not in command:
            assert ssot_lint(*command)[:2] == (code, said)
