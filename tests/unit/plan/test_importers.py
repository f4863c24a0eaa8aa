"""Who imports what a finding is about."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line import Run

USER = "from app.time import Clock\n\n\ndef f():\n    from app.time import Clock\n"
DETOUR = {
    "app/__init__.py": "",
    "app/time.py": "class Clock:\n    def now(self):\n        return self.value\n\n\ndef later():\n    return 1\n",
    "app/helpers.py": "from app.time import Clock, later\n\n\ndef other():\n    return Clock()\n",
    "app/jail.py": "from app.helpers import Clock, other\n\n\ndef jail():\n    return Clock(), other\n",
    "app/users.py": "from app.jail import jail\nfrom app.jail import Clock\n",
    "app/last.py": "import app.jail\n",
    **{
        f"app/u{at}.py": "from app.time import Clock\n\n\ndef f():\n    from app.time import Clock\n" for at in range(6)
    },
}


def test_importers_are_those_of_what_the_finding_is_about(
    ssot_lint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path, text in DETOUR.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'app'\n")
    monkeypatch.chdir(tmp_path)
    _, out, _ = ssot_lint("scan", "-f", "json", "--exit-zero")
    site = next(
        site["id"]
        for finding in json.loads(out)["findings"]
        for site in finding["sites"]
        if finding["code"] == "SSOT301" and site["path"] == "app/jail.py"
    )
    _, out, _ = ssot_lint("show", site)
    at_site = out[out.index(f"{site} app/jail.py") :].split("\n\n")[0]
    assert "imported from app.jail by 1 file:\n    app/users.py:2:" in at_site
    assert "app/users.py:1:" not in at_site, "they import something else"
    assert "app/last.py" not in at_site
    assert "  imported by 9 files, in 15 imports:\n" in out
    assert "    app/users.py:2:22  from app.jail\n" in out
