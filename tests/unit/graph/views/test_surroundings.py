from __future__ import annotations

from ssot_lint.graph.views.named import picture_symbol
from ssot_lint.graph.views.surroundings import picture_surroundings
from ssot_lint.model.picture import PictureNode, Role
from ssot_lint.testing import project_from


def test_subclasses_of_subclasses_and_bases_of_bases_are_drawn() -> None:
    sources = {"a.py": "class A: ...\nclass B(A): ...\nclass C(B): ...\nclass D(C): ...\nclass Aside(A): ...\n"}
    picture = picture_symbol(project_from(sources), "a:C", None)
    assert [f"{edge.source} {edge.label} {edge.target}" for edge in picture.edges] == [
        "a.py::B inherits a.py::A",
        "a.py::C inherits a.py::B",
        "a.py::D inherits a.py::C",
    ]


def test_many_subclasses_are_shown_by_module_and_folder() -> None:
    sources = {"app/base.py": "class Base: ...\n"}
    sources |= {
        f"app/parts/part_{at}.py": f"from app.base import Base\nclass Part{at}(Base): ...\n" for at in range(30)
    }
    picture = picture_symbol(project_from(sources), "app.base:Base", 20)
    assert [(node.id, node.remark) for node in picture.nodes] == [
        ("app/base.py::Base", "app/base.py"),
        ("app/parts/", "12 other modules"),
        *((f"app/parts/part_{at}.py", "") for at in (*range(2, 3), *range(20, 30), *range(3, 10))),
    ]


def test_a_module_that_builds_another_subject_in_one_of_its_methods_is_not_drawn() -> None:
    sources = {"a.py": "class A: ...\nclass B:\n    def make(self):\n        self.a = A()\n"}
    subjects = [PictureNode(f"a.py::{name}", name, "class", Role.HOME) for name in "AB"]
    picture = picture_surroundings(project_from(sources), subjects, "", None)
    assert [f"{edge.source} {edge.label} {edge.target}" for edge in picture.edges] == ["a.py::B builds a.py::A"]
    assert [node.id for node in picture.nodes] == ["a.py::A", "a.py::B"]


def test_a_module_among_the_subjects_is_never_folded() -> None:
    sources = {"app/a.py": "class A: ...\n"}
    sources |= {f"app/use_{at}.py": "from app.a import A\n" for at in range(9)}
    subjects = [
        PictureNode("app/a.py::A", "A", "class", Role.HOME),
        PictureNode("app/use_3.py", "app/use_3.py", "module", Role.SITE),
    ]
    picture = picture_surroundings(project_from(sources), subjects, "", 3)
    assert [(node.id, node.role.value, node.remark) for node in picture.nodes] == [
        ("app/a.py::A", "home", ""),
        ("app/use_3.py", "site", ""),
        ("app/", "other", "8 modules"),
    ]


def test_two_definitions_of_one_name_in_one_module_are_one_node() -> None:
    branches = "try:\n    class A: ...\nexcept ImportError:\n    class A: ...\n"
    node = PictureNode("a.py::A", "A", "class", Role.HOME)
    twin = PictureNode("a.py::A", "A", "class", Role.SITE)
    assert picture_surroundings(project_from({"a.py": branches}), [node, twin], "", None).nodes == (node,)
