"""``ssot-lint show``: one finding whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.errors import ExitCode
from tests.command_line import Run

SHOWN = """\
high ID namesakes
  class `Order` is defined in 2 modules

home app/a.py:1:1
  first by path
      1 | class Order:
      2 |     total = 1
  imported from app.a by 1 file:
    app/c.py:1:19

ID app/b.py:1:1 (new)
  copy
      1 | class Order:
      2 |     total = 2
  --- app/a.py
  +++ app/b.py
  @@ -1,2 +1,2 @@
   class Order:
  -    total = 1
  +    total = 2

"""


@pytest.fixture
def site(project: Path, ssot_lint: Run) -> str:
    """The id of the one violation."""
    (project / "app" / "c.py").write_text("from app.a import Order\n")
    return ssot_lint("scan", "-q", "-f", "concise")[1].split()[2]


def test_a_finding_is_shown_with_its_code_its_importers_and_every_way_out(ssot_lint: Run, site: str) -> None:
    code, out, err = ssot_lint("show", site.lower())
    assert (code, err) == (ExitCode.OK, "")
    assert out[: out.index("fix:")] == SHOWN.replace("ID", site)
    for way in ("fix:", f"baseline accept {site}", "ignore[TINY101]", "ssot-lint: canonical", "explain TINY101"):
        assert way in out


def test_it_is_the_whole_project_that_counts(
    project: Path, ssot_lint: Run, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project / "elsewhere").mkdir()
    monkeypatch.chdir(project / "elsewhere")
    assert f"{site} app/b.py:1:1 (new)\n" in ssot_lint("show", site)[1]


def test_what_the_baseline_knows_is_shown_too(ssot_lint: Run, site: str) -> None:
    ssot_lint("baseline", "update")
    assert f"{site} app/b.py:1:1 (baselined)\n" in ssot_lint("show", site)[1]


@pytest.mark.parametrize(
    ("word", "remedy"),
    [
        ("TINY101-none", "There are SITE"),
        ("TINY102-none", "`ssot-lint scan` gives their ids; `ssot-lint explain` takes rules"),
        ("", "`ssot-lint scan` gives their ids; `ssot-lint explain` takes rules"),
    ],
)
def test_an_id_that_no_site_has_is_one_line(ssot_lint: Run, site: str, word: str, remedy: str) -> None:
    expected = f'error: no site has the id "{word}". {remedy.replace("SITE", site)}\n'
    assert ssot_lint("show", word) == (ExitCode.USAGE, "", expected)


@pytest.mark.parametrize("word", ["TINY101", "tiny1", "namesakes"])
def test_a_rule_with_one_finding_stands_for_it(project: Path, ssot_lint: Run, site: str, word: str) -> None:
    assert ssot_lint("show", word)[1] == ssot_lint("show", site)[1]
    assert ssot_lint("show", site[:-1])[1] == ssot_lint("show", site)[1]
    for name in "ab":
        (project / "app" / f"{name}.py").write_text("class Order: ...\n\n\nclass Cart: ...\n")
    code, out, err = ssot_lint("show", word)
    assert (code, out) == (ExitCode.USAGE, "")
    assert err.startswith(f"error: {word} stands for 2 sites. Choose from TINY101-")
    assert site in err
