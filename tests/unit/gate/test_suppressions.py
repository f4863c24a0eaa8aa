"""Which comments silence what, which of them do nothing, and which are mistakes."""

from __future__ import annotations

import pytest

from ssot_lint.gate.suppressions import Suppressions, find_suppressions
from ssot_lint.model.finding import Finding, Home, Location, Site
from ssot_lint.model.record import Suppression, SuppressionKind
from ssot_lint.testing import project_from

CODES = {"SSOT101": "SSOT101", "duplicate-class": "SSOT101", "SSOT104": "SSOT104", "SSOT002": "SSOT002"}


def suppressions(**sources: str) -> Suppressions:
    project = project_from({f"{name}.py": text for name, text in sources.items()})
    return find_suppressions(project.modules, CODES)


def finding(code: str = "SSOT101", home: str = "") -> Finding:
    """A finding with a site in line 2 of a.py and one in line 2 of b.py, and perhaps a home in line 2 of a file."""
    places = tuple(Site(Location(path, 2), path[0], f"{path[0]}:A", "copy") for path in ("a.py", "b.py"))
    place = Home(Location(home, 2), home[0], f"{home[0]}:A", "first") if home else None
    return Finding(code, "A", "message", "remedy", place, places, {})


def silenced(found: Suppressions, given: Finding) -> list[list[SuppressionKind]]:
    return [[each.kind for each in found.silencing(given, site)] for site in given.sites]


IGNORE, FILE_IGNORE, DISTINCT = SuppressionKind.IGNORE, SuppressionKind.FILE_IGNORE, SuppressionKind.DISTINCT


def test_what_a_comment_says_is_kept() -> None:
    found = suppressions(a="x = 1\nclass A: pass  # ssot-lint: ignore[duplicate-class, SSOT101, SSOT104] to do\n")
    place = Location("a.py", 2, 16, 2)
    assert found.by_line == {
        ("a.py", 2): (Suppression(IGNORE, place, "a", ("SSOT101", "SSOT104"), "to do"),),
    }


@pytest.mark.parametrize("comment", ["ignore[SSOT101]", "ignore[duplicate-class] why", "ignore[SSOT104,SSOT101]"])
def test_a_comment_at_a_site_silences_that_site(comment: str) -> None:
    found = suppressions(a=f"# ssot-lint: {comment}\nclass A: pass\n", b="\nclass A: pass\n")
    assert silenced(found, finding()) == [[IGNORE], []]


def test_a_comment_at_the_home_silences_all_sites() -> None:
    found = suppressions(c="# ssot-lint: distinct[SSOT101]\nclass A: pass\n")
    assert silenced(found, finding(home="c.py")) == [[DISTINCT], [DISTINCT]]


def test_a_comment_for_the_file_is_about_its_sites_and_its_homes() -> None:
    found = suppressions(a="x = 1\ny = 2\nz = 3  # ssot-lint: file-ignore[SSOT101]\n")
    assert silenced(found, finding()) == [[FILE_IGNORE], []]
    assert silenced(found, finding(home="a.py")) == [[FILE_IGNORE, FILE_IGNORE], [FILE_IGNORE]]


def test_other_rules_and_other_lines_are_not_silenced() -> None:
    found = suppressions(a="# ssot-lint: ignore[SSOT101]\nclass A: pass\n", b="x = 1  # ssot-lint: ignore[SSOT101]\n")
    assert silenced(found, finding("SSOT104")) == [[], []]
    assert silenced(found, finding()) == [[IGNORE], []]


def test_a_judgement_comes_before_debt() -> None:
    found = suppressions(a="# ssot-lint: ignore[SSOT101]\n# ssot-lint: distinct[SSOT101]\nx = 1\n", c="")
    shifted = Finding("SSOT101", "A", "", "", None, (Site(Location("a.py", 3), "a", "a:A", ""),), {})
    assert silenced(found, shifted) == [[DISTINCT, IGNORE]]


def test_codes_that_silence_nothing_are_unused_if_their_rules_ran() -> None:
    found = suppressions(
        a="# ssot-lint: ignore[SSOT101, SSOT104, SSOT002]\nclass A: pass\n",
        b="\nclass A: pass\n# ssot-lint: file-ignore[SSOT104]\n",
    )
    by_judged = {
        judged: [each.unused for each in found.uses([finding()], judged)]
        for judged in (("SSOT101", "SSOT104"), ("SSOT101",), ())
    }
    assert by_judged == {
        ("SSOT101", "SSOT104"): [("SSOT104",), ("SSOT104",)],
        ("SSOT101",): [(), ()],
        (): [(), ()],
    }


def test_two_comments_that_silence_the_same_site_are_both_used() -> None:
    found = suppressions(
        a="# ssot-lint: ignore[SSOT101]\nclass A: pass\n", c="# ssot-lint: ignore[SSOT101]\nclass A: pass\n"
    )
    assert [each.unused for each in found.uses([finding(home="c.py")], ["SSOT101"])] == [(), ()]


@pytest.mark.parametrize(
    ("comment", "problem", "remedy"),
    [
        ("ignroe[SSOT101]", '"ignroe" is an unknown directive', "Correct it. Did you mean ignore?"),
        (
            "noqa",
            '"noqa" is an unknown directive',
            "Correct it. Known: canonical, distinct, file-ignore, ignore, mirrors",
        ),
        ("ignore why", "it names no rule", "Write ignore[CODE]."),
        ("distinct[ ]", "it names no rule", "Write distinct[CODE]."),
        ("ignore[SSOT101", "it names no rule", "Write ignore[CODE]."),
        (
            "file-ignore[SSOT101, duplicate-clas]",
            'no rule is called "duplicate-clas"',
            "Correct it. Did you mean duplicate-class?",
        ),
        ("ignore[X]", 'no rule is called "X"', "Correct it. `ssot-lint rules` lists all rules."),
        ("canonical[SSOT101]", "canonical takes no codes", "Delete the brackets: there is one home for all rules."),
    ],
)
def test_a_mistake_is_told_with_the_remedy(comment: str, problem: str, remedy: str) -> None:
    found = suppressions(a=f"class A: pass  # ssot-lint: {comment}\n")
    assert (found.by_line, found.by_file) == ({}, {})
    (mistake,) = found.mistakes
    assert (mistake.text, mistake.problem, mistake.remedy) == (comment, problem, remedy)
    assert mistake.location == Location("a.py", 1, 16, 1)


def test_another_spelling_of_the_marker_is_a_mistake() -> None:
    (mistake,) = suppressions(a="class A: pass  # ssot_lint: ignore[SSOT101]\n").mistakes
    assert (mistake.problem, mistake.remedy) == (
        'it begins with "ssot_lint:", not with "ssot-lint:"',
        "Write # ssot-lint:",
    )


def test_the_second_of_two_marks_on_rivals_is_a_mistake() -> None:
    source = "\nclass A: pass  # ssot-lint: canonical\n"
    (mistake,) = suppressions(a=source, b="\nclass A: pass\n", c=source).rival_pins([finding(home="c.py")])
    assert (mistake.location.path, mistake.problem) == ("a.py", "c.py:2 is marked as the home of A too")
    assert suppressions(a=source, b=source).rival_pins([finding(home="c.py"), finding()]) == ()


def test_canonical_must_stand_at_a_definition() -> None:
    comment = "# ssot-lint: canonical"
    good = f"{comment}\nclass A: pass\n\ndef f(): pass  {comment}\n\nx = 1  {comment}\n"
    assert suppressions(a=good).mistakes == ()
    bad = "# ssot-lint: canonical\nimport os\n"
    assert [each.problem for each in suppressions(a=bad).mistakes] == [
        "no definition stands here that could be the home"
    ]
