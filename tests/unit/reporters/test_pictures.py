"""The formats of pictures: Mermaid, DOT, JSON, GraphML."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree

import msgspec
import pytest

from ssot_lint.model.picture import Picture, PictureEdge, PictureNode, Role
from ssot_lint.reporters.dot import render_dot
from ssot_lint.reporters.graph_json import render_graph_json
from ssot_lint.reporters.graphml import render_graphml
from ssot_lint.reporters.mermaid import MAX_CHARACTERS, MAX_NODES, render_mermaid

PICTURE = Picture(
    title="shop.cart:Cart",
    nodes=(
        PictureNode("shop/cart.py::Cart", "Cart", "class", Role.HOME, "shop/cart.py"),
        PictureNode("shop/old.py::Cart", "Cart", "class", Role.SITE, "shop/old.py"),
        PictureNode("shop/cart.py::make", "make", "factory", remark="shop/cart.py"),
        PictureNode("shop/cart.py::CART", "CART", "global", remark="shop/cart.py"),
        PictureNode("shop/use/", "shop/use/", "folder", remark="12 modules"),
        PictureNode("shop/a.py", "shop/a.py", "module"),
    ),
    edges=(
        PictureEdge("shop/a.py", "shop/cart.py::Cart", "imports", ""),
        PictureEdge("shop/use/", "shop/cart.py::Cart", "imports 12×, builds", "12×, builds"),
        PictureEdge("shop/cart.py::make", "shop/cart.py::Cart", "returns"),
    ),
    nodes_left_out=1,
    edges_left_out=1_234,
)

HOSTILE = (
    'x"]; click n0 "javascript:alert(1)"',
    "end",
    "`code` **b** __i__",
    "#quot; &amp; &lt;",
    "<script>alert(1)</script>",
    '%%{init: {"securityLevel": "loose"}}%%',
    "line\nbreak\\n\\N",
    "1. one",
    "- x",
    "style.py:#95;",
    "\u202eevil\u200b\udc80\x1b[31m\x00\ufffe",
    "|((x)) {{y}} [z]",
    "",
    "$$x$$ fa:fa-bug",
    "www.x.com http://x.y @all #1",
    "```\n# head",
)


def hostile_picture() -> Picture:
    return Picture(
        title=HOSTILE[5],
        nodes=tuple(PictureNode(f"{at}{text}", text, "class", remark=text) for at, text in enumerate(HOSTILE)),
        edges=tuple(PictureEdge(f"{at}{text}", f"0{HOSTILE[0]}", text) for at, text in enumerate(HOSTILE)),
    )


def test_mermaid() -> None:
    assert render_mermaid(PICTURE) == (
        "flowchart LR\n"
        "  %% shop.cart#58;Cart\n"
        '  n0[["Cart<br/>shop/cart.py"]]\n'
        '  n1[["Cart<br/>shop/old.py"]]\n'
        '  n2(["make<br/>shop/cart.py"])\n'
        '  n3[("CART<br/>shop/cart.py")]\n'
        '  n4["shop/use/<br/>12 modules"]\n'
        '  n5["shop/a.py"]\n'
        "  n5 --> n0\n"
        '  n4 -->|"12#215;#44; builds"| n0\n'
        '  n2 -->|"returns"| n0\n'
        '  note["1 node and 1#44;234 edges left out"]\n'
        "  style note stroke-dasharray:4\n"
        "  classDef home fill:#dafbe1,stroke:#1a7f37,color:#1f2328\n"
        "  class n0 home\n"
        "  classDef site fill:#ffebe9,stroke:#cf222e,color:#1f2328\n"
        "  class n1 site\n"
    )


@pytest.mark.parametrize(
    ("label", "written"),
    [
        ("app/base-v2.1/a.py", "app/base-v2.1/a.py"),
        ("__init__.py", "#95;#95;init#95;#95;.py"),
        ('x"]; click n0 "a"', "x#34;#93;#59; click n0 #34;a#34;"),
        ("%%{init: {}}%%", "#37;#37;#123;init#58; #123;#125;#125;#37;#37;"),
        ("#quot; &lt;b>", "#35;quot#59; #38;lt#59;b#62;"),
        ("1. one", "1#46; one"),
        ("- x", "#45; x"),
        ("WWW.x.com", "WWW#46;x.com"),
        ("style.py::a", "style.py#58;#58;a"),
        ("a\nb`|", "a#92;nb#96;#124;"),
        ("größe", "größe"),
        ("", " "),
        ("a" * 61, f"{'a' * 20}#8230;{'a' * 39}"),
    ],
)
def test_mermaid_labels_mean_nothing_but_themselves(label: str, written: str) -> None:
    picture = Picture("", (PictureNode("x", label, "module"),), ())
    assert render_mermaid(picture).splitlines()[2] == f'  n0["{written}"]'


def test_mermaid_stays_short_enough_to_be_drawn_whatever_the_names_are() -> None:
    name = "\U000e0001" * 100  # an escape of ten characters each, with an entity code
    nodes = tuple(PictureNode(f"{at}{name}", name, "class", Role.SITE, name) for at in range(MAX_NODES))
    edges = tuple(
        PictureEdge(nodes[at % 60].id, nodes[(at + 1 + at // 60) % 60].id, "imports 1,234×, re-exports")
        for at in range(150)
    )
    text = render_mermaid(Picture("x", nodes, edges, 10**6, 10**6))
    assert len(text) <= MAX_CHARACTERS
    assert len(text.splitlines()) == 2 + 60 + 150 + 2 + 2


def test_dot() -> None:
    green = 'style=filled, fillcolor="#dafbe1", color="#1a7f37", fontcolor="#1f2328"'
    red = 'style=filled, fillcolor="#ffebe9", color="#cf222e", fontcolor="#1f2328"'
    assert render_dot(PICTURE) == (
        "digraph {\n"
        '  graph [label="shop.cart:Cart\\n1 node and 1,234 edges left out", labelloc=t, rankdir=LR];\n'
        "  node [shape=box];\n"
        f'  "shop/cart.py::Cart" [label="Cart\\nshop/cart.py", shape=component, {green}];\n'
        f'  "shop/old.py::Cart" [label="Cart\\nshop/old.py", shape=component, {red}];\n'
        '  "shop/cart.py::make" [label="make\\nshop/cart.py", shape=ellipse];\n'
        '  "shop/cart.py::CART" [label="CART\\nshop/cart.py", shape=cylinder];\n'
        '  "shop/use/" [label="shop/use/\\n12 modules", shape=folder];\n'
        '  "shop/a.py" [label="shop/a.py"];\n'
        '  "shop/a.py" -> "shop/cart.py::Cart";\n'
        '  "shop/use/" -> "shop/cart.py::Cart" [label="12×, builds"];\n'
        '  "shop/cart.py::make" -> "shop/cart.py::Cart" [label="returns"];\n'
        "}\n"
    )


def test_dot_labels_hold_no_quote_escape_or_entity() -> None:
    label = 'a"b\\N \\ &lt; <b>\n\udc80'
    text = render_dot(Picture("", (PictureNode("x", label, "module"),), ()))
    assert text.splitlines()[3] == r'  "x" [label="a\"b\\N \\ &amp;lt; <b>\\n\\udc80"];'


def test_json() -> None:
    document = json.loads(render_graph_json(PICTURE))
    assert list(document) == ["schema_version", "title", "nodes", "edges", "left_out"]
    assert (document["schema_version"], document["title"]) == (1, "shop.cart:Cart")
    assert document["nodes"][1] == {
        "id": "shop/old.py::Cart",
        "label": "Cart",
        "kind": "class",
        "role": "site",
        "remark": "shop/old.py",
    }
    assert document["edges"] == [
        {"source": "shop/a.py", "target": "shop/cart.py::Cart", "label": "imports"},
        {"source": "shop/use/", "target": "shop/cart.py::Cart", "label": "imports 12×, builds"},
        {"source": "shop/cart.py::make", "target": "shop/cart.py::Cart", "label": "returns"},
    ]
    assert document["left_out"] == {"nodes": 1, "edges": 1_234}


def test_graphml() -> None:
    text = render_graphml(PICTURE)
    namespace = "{http://graphml.graphdrawing.org/xmlns}"
    root = ElementTree.fromstring(text)  # noqa: S314 - made by this test
    names = {key.attrib["id"]: key.attrib["attr.name"] for key in root.iter(f"{namespace}key")}
    (graph,) = root.iter(f"{namespace}graph")

    def data(element: ElementTree.Element) -> dict[str, str]:
        return {names[each.attrib["key"]]: each.text or "" for each in element.findall(f"{namespace}data")}

    assert data(graph) == {"title": "shop.cart:Cart", "nodes_left_out": "1", "edges_left_out": "1234"}
    nodes = {node.attrib["id"]: data(node) for node in graph.iter(f"{namespace}node")}
    assert list(nodes) == [node.id for node in PICTURE.nodes]
    assert nodes["shop/use/"] == {"label": "shop/use/", "kind": "folder", "role": "other", "remark": "12 modules"}
    edges = [(edge.attrib["source"], edge.attrib["target"], data(edge)) for edge in graph.iter(f"{namespace}edge")]
    assert ("shop/use/", "shop/cart.py::Cart", {"label": "imports 12×, builds"}) in edges
    assert len(edges) == 3
    assert text.isascii()


def test_hostile_names_break_out_of_no_format() -> None:
    picture = hostile_picture()
    lines = render_mermaid(picture).splitlines()
    assert len(lines) == 2 + 2 * len(HOSTILE)
    assert all(line.count('"') in (0, 2) for line in lines[2:])
    assert not any("`" in line or "%%" in line for line in lines[2:])
    assert len(render_dot(picture).splitlines()) == 4 + 2 * len(HOSTILE)
    root = ElementTree.fromstring(render_graphml(picture))  # noqa: S314 - made by this test
    assert len(list(root.iter("{http://graphml.graphdrawing.org/xmlns}node"))) == len(HOSTILE)
    assert len(json.loads(render_graph_json(picture))["nodes"]) == len(HOSTILE)


def test_what_fits_needs_no_note() -> None:
    assert msgspec.structs.replace(PICTURE, nodes_left_out=0, edges_left_out=0).note == ""
    assert msgspec.structs.replace(PICTURE, nodes_left_out=0).note == "1,234 edges left out"


def test_an_empty_picture_is_one() -> None:
    empty = Picture("Imports between modules", (), ())
    assert render_mermaid(empty) == "flowchart LR\n  %% Imports between modules\n"
    assert json.loads(render_graph_json(empty))["nodes"] == []
