from __future__ import annotations

from ssot_lint.graph.digraph import Relation
from ssot_lint.graph.views.draw import Link, draw
from ssot_lint.model.picture import Picture, PictureEdge, PictureNode


def nodes(names: str) -> list[PictureNode]:
    return [PictureNode(name, name, "module") for name in names]


def links(*pairs: str, relation: Relation = Relation.IMPORTS) -> list[Link]:
    return [Link(pair[0], pair[1], relation) for pair in pairs]


def names(picture: Picture) -> str:
    return "".join(node.id for node in picture.nodes)


def test_links_between_two_nodes_are_one_edge_that_counts_them() -> None:
    found = [*links("ab", "ab", "aa", relation=Relation.IMPORTS | Relation.BUILDS), *links("ab"), *links("ba")]
    assert draw("title", [nodes("ba")], found) == Picture(
        title="title",
        nodes=tuple(nodes("ab")),
        edges=(PictureEdge("a", "b", "imports 3×, builds 2×"), PictureEdge("b", "a", "imports")),
    )


def test_what_the_title_says_is_not_repeated_at_the_arrows() -> None:
    found = [*links("ab", "ab", "bc"), Link("c", "a", Relation.IMPORTS | Relation.BUILDS)]
    edges = draw("", [nodes("abc")], found, usual=Relation.IMPORTS).edges
    assert [(edge.label, edge.shown) for edge in edges] == [
        ("imports 2×", "2×"),
        ("imports", ""),
        ("imports, builds", "builds"),
    ]


def test_kept_are_the_first_tier_and_then_the_nodes_with_most_edges() -> None:
    picture = draw("", [nodes("s"), nodes("abcd")], links("as", "bs", "bc", "cs", "cd"), 3)
    assert names(picture) == "sbc"
    assert [(edge.source, edge.target) for edge in picture.edges] == [("b", "c"), ("b", "s"), ("c", "s")]
    assert (picture.nodes_left_out, picture.edges_left_out) == (2, 2)


def test_every_node_keeps_its_heaviest_edge_before_others_get_a_second() -> None:
    found = links("ab", "ab", "ab", "ac", "ac", "bc", "ca")
    picture = draw("", [nodes("abcd")], [*found, *links("ad")], 2)
    assert names(picture) == "ac"
    assert draw("", [nodes("abc")], found, 3).edges_left_out == 0
    edges = draw("", [nodes("abcd")], [*found, *links("ad", "cb")], 4).edges
    assert [edge.source + edge.target for edge in edges] == ["ab", "ac", "ad", "bc", "ca", "cb"]


def test_nodes_left_out_by_the_caller_are_counted() -> None:
    assert draw("", [nodes("ab")], [], 1, left_out=3).nodes_left_out == 4
