from __future__ import annotations

from ssot_lint.graph.views.modules import picture_modules
from ssot_lint.graph.views.named import picture_symbol
from ssot_lint.model.picture import Picture, PictureNode
from ssot_lint.project.project import Project
from ssot_lint.testing import project_from


def edges(picture: Picture) -> dict[str, str]:
    return {f"{edge.source} > {edge.target}": edge.shown for edge in picture.edges}


def test_all_modules_are_drawn_without_a_limit(shop: Project) -> None:
    picture = picture_modules(shop, None, with_tests=True)
    assert [node.id for node in picture.nodes] == sorted(module.path for module in shop.modules)
    assert edges(picture) == {
        "shop/__init__.py > shop/api.py": "",
        "shop/api.py > shop/cart.py": "",
        "shop/cart.py > shop/base.py": "",
        "shop/use/first.py > shop/__init__.py": "",
        "shop/use/second.py > shop/api.py": "",
        "shop/use/third.py > shop/cart.py": "",
    }
    assert (picture.title, picture.note) == ("Imports between modules", "")


def test_modules_are_folded_until_they_fit_and_the_unconnected_left_out(shop: Project) -> None:
    picture = picture_modules(shop, 5)
    assert [(node.id, node.kind, node.remark) for node in picture.nodes] == [
        ("shop/__init__.py", "module", ""),
        ("shop/api.py", "module", ""),
        ("shop/base.py", "module", ""),
        ("shop/cart.py", "module", ""),
        ("shop/use/", "folder", "4 modules"),
    ]
    assert edges(picture) == {
        "shop/__init__.py > shop/api.py": "",
        "shop/api.py > shop/cart.py": "",
        "shop/cart.py > shop/base.py": "",
        "shop/use/ > shop/__init__.py": "",
        "shop/use/ > shop/api.py": "",
        "shop/use/ > shop/cart.py": "",
    }
    assert picture.note == "3 nodes left out"  # alone and extra have no imports


def test_the_folder_of_all_modules_is_said_once() -> None:
    sources = {f"src/app/{name}.py": "import app.z\n" for name in "abcz"} | {"src/app/__init__.py": ""}
    picture = picture_modules(project_from(sources), 3)
    assert picture.title == "Imports between the modules of src/app/"
    assert picture.nodes == (
        PictureNode("src/app/", "src/app/", "folder", remark="3 other modules"),
        PictureNode("src/app/c.py", "c.py", "module"),
        PictureNode("src/app/z.py", "z.py", "module"),
    )
    assert edges(picture) == {"src/app/ > src/app/z.py": "2×", "src/app/c.py > src/app/z.py": ""}


def test_tests_are_drawn_only_when_asked_for() -> None:
    project = project_from({"app/__init__.py": "", "app/a.py": "class A: pass\n", "tests/test_a.py": "import app.a\n"})
    assert "tests/test_a.py" not in {node.id for node in picture_modules(project, None).nodes}
    assert "tests/test_a.py > app/a.py" in edges(picture_modules(project, None, with_tests=True))
    only_tests = project_from({"tests/test_a.py": "", "tests/test_b.py": "import tests.test_a\n"})
    assert picture_modules(only_tests, None).nodes


def test_what_tests_do_with_a_symbol_is_drawn_only_when_asked_for() -> None:
    test = "from app.a import A\n"
    project = project_from({"app/__init__.py": "", "app/a.py": "class A: pass\n", "tests/test_a.py": test})
    assert [node.id for node in picture_symbol(project, "app.a:A", None).nodes] == ["app/a.py::A"]
    assert len(picture_symbol(project, "app.a:A", None, with_tests=True).nodes) == 2
