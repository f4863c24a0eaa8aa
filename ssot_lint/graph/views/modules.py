"""Modules as nodes, and the picture of a whole project: its modules and what they import."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from ssot_lint.graph.dependencies import dependency_graph
from ssot_lint.graph.digraph import Relation
from ssot_lint.graph.views.draw import Link, draw
from ssot_lint.graph.views.fold import common_folder, fold, folder_among
from ssot_lint.model.picture import Picture, PictureNode
from ssot_lint.model.source import Zone
from ssot_lint.project.project import Project
from ssot_lint.text.wording import counted


def paths_of_tests(project: Project) -> frozenset[str]:
    """The paths of the modules that are test code; none where all modules are."""
    tests = frozenset(module.path for module in project.modules if module.source.zone is Zone.TEST)
    return tests if len(tests) < len(project.modules) else frozenset()


def picture_modules(project: Project, most: int | None, *, with_tests: bool = False) -> Picture:
    """The modules of ``project``, folded into folders until about ``most`` nodes are left, and their imports.

    Modules that import nothing and that nobody imports count in their folders; otherwise they are drawn only if all
    modules fit.
    """
    paths = {module.path for module in project.modules} - (set() if with_tests else paths_of_tests(project))
    links = [
        Link(source, target, relation & Relation.IMPORTS)
        for source, target, relation in project.derived(dependency_graph).edges()
        if relation & Relation.IMPORTS and {source, target} <= paths
    ]
    weights = Counter(path for link in links for path in (link.source, link.target))
    standing = fold(weights, most)
    folded = [Link(standing[source], standing[target], relation) for source, target, relation in links]
    standing |= _holders(paths - weights.keys(), set(standing.values()))
    loose = paths - standing.keys()
    hidden = loose if most is not None and len(paths) > most else set[str]()
    base = common_folder(paths)
    title = f"Imports between the modules of {base}" if base else "Imports between modules"
    nodes = module_nodes([*standing.values(), *(loose - hidden)], base)
    return draw(title, [nodes], folded, most, usual=Relation.IMPORTS, left_out=len(hidden))


def module_nodes(places: Iterable[str], base: str = "") -> list[PictureNode]:
    """A node for each place: a module, or a folder that stands for as many modules as it comes up.

    ``base`` is a folder that needs not be shown.
    """
    sizes = Counter(places)
    return [_node(place, place.removeprefix(base) or base, sizes) for place in sizes]


def _holders(paths: Iterable[str], drawn: Collection[str]) -> dict[str, str]:
    """For those of ``paths`` that lie in a folder of ``drawn``, that folder."""
    return {path: folder for path in paths if (folder := folder_among(path, drawn))}


def _node(place: str, label: str, sizes: Mapping[str, int]) -> PictureNode:
    if not place.endswith("/"):
        return PictureNode(place, label, "module")
    is_rest = any(each != place and each.startswith(place) for each in sizes)
    return PictureNode(place, label, "folder", remark=counted(sizes[place], "other module" if is_rest else "module"))
