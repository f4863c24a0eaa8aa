from __future__ import annotations

import re
from collections.abc import Callable

import msgspec
import pytest

from ssot_lint.model.finding import Home, Location
from ssot_lint.model.report import JudgedFinding, Report, Status
from ssot_lint.reporters.brief import brief, one_line
from ssot_lint.reporters.interface import MOST_LINES, MOST_LINES_OF_PIPE, Listing
from ssot_lint.reporters.layout import Layout

Judge = Callable[..., JudgedFinding]
LONG = "a word and more words, " * 12


def lines(judged: JudgedFinding, width: int = 80, listing: Listing | None = None) -> list[str]:
    return [line.plain for line in brief(Layout(width), judged, listing or Listing())]


def saying(judged: JudgedFinding, **said: object) -> JudgedFinding:
    return msgspec.structs.replace(judged, finding=msgspec.structs.replace(judged.finding, **said))


@pytest.mark.parametrize("width", [40, 80, 100, 120, 200])
def test_no_finding_takes_more_than_six_lines(sample: Report, hostile: Report, judged: Judge, width: int) -> None:
    long = saying(judged("A", 30), message=LONG, remedy=LONG)
    for finding in (*sample.findings, *hostile.findings, long):
        assert len(lines(finding, width)) <= MOST_LINES


def test_what_is_cut_ends_in_dots_and_fits(judged: Judge) -> None:
    shown = lines(saying(judged("A"), message=LONG, remedy=LONG))
    cut = [line for line in shown if line.endswith(" ...")]
    assert len(cut) >= 2
    assert all(len(line) <= 80 for line in shown)


def test_nothing_is_cut_where_nothing_limits_the_lines(judged: Judge) -> None:
    long = saying(judged("A", 30), message=LONG, remedy=LONG)
    shown = lines(long, listing=Listing(most_lines=MOST_LINES_OF_PIPE))
    assert not any("..." in line for line in shown)
    assert len(shown) <= MOST_LINES_OF_PIPE
    assert sum("app/site_" in line for line in shown) == 6


def test_a_home_that_does_not_stay_is_called_the_first(judged: Judge) -> None:
    found = judged("A", 2)
    home = found.finding.home
    assert home is not None
    site = msgspec.structs.replace(found.sites[0].site, message=f"the same body as `{home.symbol}`")
    finding = msgspec.structs.replace(found.finding, home_stays=False, sites=(site,))
    moved = msgspec.structs.replace(found, finding=finding, sites=(msgspec.structs.replace(found.sites[0], site=site),))
    text = "\n".join(lines(moved))
    assert re.search(r"^  first +app/home.py:1:1 ", text, re.MULTILINE)
    assert "the same body as the first" in text
    assert "home  " not in text


def test_what_a_revision_had_is_called_so(judged: Judge) -> None:
    found = judged("A", 2)
    sites = (found.sites[0], msgspec.structs.replace(found.sites[1], status=Status.BASELINED))
    text = "\n".join(lines(msgspec.structs.replace(found, sites=sites), 120, Listing(known="there before")))
    assert "(there before)" in text
    assert "baselined" not in text


def test_a_wide_terminal_shows_all_of_it(judged: Judge) -> None:
    assert not any("..." in line for line in lines(judged("A"), 200))


def test_the_remedy_gets_the_spare_line_before_the_message(judged: Judge) -> None:
    shown = lines(saying(judged("A"), message=LONG, remedy=LONG))
    assert [line.lstrip().startswith("fix") for line in shown] == [False] * 4 + [True, False]


def test_further_sites_take_what_is_left(sample: Report) -> None:
    awaited = next(each for each in sample.findings if each.rule.code == "SSOT206")
    assert lines(awaited, 120)[2:4] == [
        "  2 sites  backend/routes/health.py:17:12  its result is used as a value",
        "           backend/routes/ws.py:91:24  SSOT206-a566 stored on self",
    ]


def test_the_line_of_code_stands_below_the_first_site(sample: Report) -> None:
    awaited = next(each for each in sample.findings if each.rule.code == "SSOT206")
    shown = lines(awaited, 120, Listing(code=lambda place: f"    ws = get({place.line})"))
    assert shown[3] == "           17 | ws = get(17)"


@pytest.mark.parametrize("code", ["class A:", "    async def a():", "@wraps(a)", "   ", ""])
def test_a_definition_says_nothing_that_the_message_does_not(judged: Judge, code: str) -> None:
    def line_at(location: Location) -> str:
        assert location.line
        return code

    assert not any(" | " in line for line in lines(judged("A"), 120, Listing(code=line_at)))


def test_what_the_home_says_is_not_said_again(judged: Judge) -> None:
    finding = judged("A")
    home = finding.finding.home
    assert home is not None
    said = saying(
        finding,
        message=f"class `A` is defined twice: keep {home.location.path}, {home.reason}",
        remedy=f"Keep `A` in {home.location.path}. Delete it from b.py.",
    )
    shown = lines(said, 200)
    assert shown[1] == "  class `A` is defined twice"
    assert shown[-1] == "  fix   Delete it from b.py."


def test_a_remedy_that_says_more_of_the_home_stays(judged: Judge) -> None:
    assert lines(saying(judged("A"), remedy="Keep one `A`, in a.py. Delete it."), 200)[-1] == (
        "  fix   Keep one `A`, in a.py. Delete it."
    )


def test_one_line_has_all_that_a_search_needs(judged: Judge) -> None:
    finding = judged("A")
    site = finding.sites[0]
    place = site.site.location
    assert one_line(finding, lambda path: f"../{path}") == (
        f"{finding.severity.value} {site.id} ../{place.path}:{place.line}:{place.column} {finding.finding.message}"
    )


def test_what_the_baseline_asks_is_told_whole(judged: Judge) -> None:
    finding = judged("A")
    asked = msgspec.structs.replace(
        finding, sites=(msgspec.structs.replace(finding.sites[0], hint=LONG.strip()), *finding.sites[1:])
    )
    shown = lines(asked)
    at = next(at for at, line in enumerate(shown) if line.startswith("  hint  "))
    assert " ".join(" ".join(shown[at:]).split()) == f"hint {LONG.strip()}"


def at(
    finding: JudgedFinding, *places: tuple[str, int], message: str = "", original: Home | None = None
) -> JudgedFinding:
    sites = tuple(
        msgspec.structs.replace(
            each,
            site=msgspec.structs.replace(each.site, location=Location(path, line), message=message, original=original),
        )
        for each, (path, line) in zip(finding.sites, places, strict=True)
    )
    return msgspec.structs.replace(finding, sites=sites)


def test_sites_of_one_file_without_lines_of_their_own_stand_in_the_first_one(judged: Judge) -> None:
    five = saying(judged("A", 5), message=LONG, remedy=LONG)
    shown = lines(at(five, *(("app/copies.py", 70 + each) for each in range(5))))
    assert "  5 sites  app/copies.py:70:1  and 71, 72, 73, 74" in shown
    shown = lines(at(five, *((f"app/copies_{each}.py", 70) for each in range(5)), message="alike"))
    assert "  5 sites  app/copies_0.py:70:1  alike" in shown


def test_the_home_is_not_named_again_beside_its_line(judged: Judge) -> None:
    finding = judged("A")
    home = finding.finding.home
    assert home is not None
    shown = lines(at(finding, ("app/b.py", 7), message=f"the same body as `{home.symbol}`"))
    assert "  site  app/b.py:7:1  the same body as the home" in shown
    own = Home(Location("app/c.py", 9), "app.c", "app.c:Till.pay", "")
    shown = lines(at(finding, ("app/b.py", 7), message="the same body as `app.c:Till.pay`", original=own))
    assert "  site  app/b.py:7:1  the same body as `Till.pay`" in shown


def test_what_the_message_says_of_the_only_site_is_not_said_again(judged: Judge) -> None:
    finding = saying(judged("A"), home=None, message="`pay` keeps a list, and nobody clears it")
    shown = lines(at(finding, ("app/b.py", 7), message="`pay` keeps a list"))
    assert "  at   app/b.py:7:1" in shown
