from __future__ import annotations

from collections.abc import Callable

import msgspec

from ssot_lint.model.finding import Home, Location, Site
from ssot_lint.model.picture import Picture, PictureEdge, PictureNode, Role
from ssot_lint.model.report import JudgedFinding, Report
from ssot_lint.reporters.homes_picture import homes_picture

Judge = Callable[..., JudgedFinding]
ReportOf = Callable[..., Report]


def with_places(judged: JudgedFinding, home: tuple[str, str], *sites: tuple[str, str]) -> JudgedFinding:
    """The finding with another home and other sites, each a path and a symbol."""
    moved = [
        msgspec.structs.replace(judged.sites[0], site=Site(Location(path, 1), "", symbol, "")) for path, symbol in sites
    ]
    fact = msgspec.structs.replace(judged.finding, home=Home(Location(home[0], 1), "", home[1], ""))
    return msgspec.structs.replace(judged, finding=fact, sites=tuple(moved))


def test_sites_lead_to_their_home_and_the_edge_bears_the_rule(judged: Judge, report_of: ReportOf) -> None:
    finding = with_places(judged("A"), ("a.py", "a:A"), ("b.py", "b:A"), ("c.py", "c"))
    assert homes_picture(report_of([finding])) == Picture(
        title="A",
        nodes=(
            PictureNode("a.py::A", "a:A", "symbol", Role.HOME),
            PictureNode("b.py::A", "b:A", "symbol", Role.SITE),
            PictureNode("c.py", "c.py", "module", Role.SITE),
        ),
        edges=(
            PictureEdge("b.py::A", "a.py::A", "duplicate-class"),
            PictureEdge("c.py", "a.py::A", "duplicate-class"),
        ),
    )


def test_a_subject_needs_two_sites_a_component_one(judged: Judge, report_of: ReportOf) -> None:
    worst, larger = judged("A", 1), judged("B", 2, code="SSOT120")
    assert homes_picture(report_of([worst])) is None
    picture = homes_picture(report_of([worst, larger]))
    assert picture is not None
    assert picture.title == "B"
    owned = judged("C", 1, code="SSOT002", components=("ws",))
    picture = homes_picture(report_of([worst, larger, owned]))
    assert picture is not None
    assert picture.title == "ws"


def test_component_without_homes_leaves_the_picture_to_the_next(judged: Judge, report_of: ReportOf) -> None:
    homeless = judged("A", 5, has_home=False, components=("ws",))
    picture = homes_picture(report_of([homeless, judged("B", 2)]))
    assert picture is not None
    assert picture.title == "B"


def test_what_is_home_once_stays_a_home(judged: Judge, report_of: ReportOf) -> None:
    first = with_places(judged("A", components=("ws",)), ("a.py", "a:A"), ("b.py", "b:B"), ("c.py", "c:C"))
    second = with_places(judged("B", code="SSOT120", components=("ws",)), ("b.py", "b:B"), ("a.py", "a:A"))
    picture = homes_picture(report_of([first, second]))
    assert picture is not None
    assert [(node.id, node.role) for node in picture.nodes] == [
        ("a.py::A", Role.HOME),
        ("b.py::B", Role.HOME),
        ("c.py::C", Role.SITE),
    ]
    assert [(edge.source, edge.target) for edge in picture.edges] == [
        ("b.py::B", "a.py::A"),
        ("c.py::C", "a.py::A"),
        ("a.py::A", "b.py::B"),
    ]


def test_sites_in_one_symbol_are_one_node_and_a_site_in_its_home_none(judged: Judge, report_of: ReportOf) -> None:
    places = (("b.py", "b:f"), ("b.py", "b:f"), ("a.py", "a:A"), ("c.py", "c:g"))
    picture = homes_picture(report_of([with_places(judged("A"), ("a.py", "a:A"), *places)]))
    assert picture is not None
    assert [node.id for node in picture.nodes] == ["a.py::A", "b.py::f", "c.py::g"]
    assert len(picture.edges) == 2


def test_at_most_twenty_nodes_are_drawn_and_the_rest_is_counted(judged: Judge, report_of: ReportOf) -> None:
    findings = [judged("A", 30, components=("ws",)), judged("A", 30, code="SSOT201", components=("ws",))]
    picture = homes_picture(report_of(findings))
    assert picture is not None
    assert (len(picture.nodes), picture.nodes_left_out) == (20, 11)
    assert (len(picture.edges), picture.edges_left_out) == (38, 22)


def test_long_titles_are_cut(judged: Judge, report_of: ReportOf) -> None:
    picture = homes_picture(report_of([judged("A" * 1_000, 2)]))
    assert picture is not None
    assert picture.title == "A" * 80
