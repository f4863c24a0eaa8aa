"""Pictures of what a user names: a symbol, a component."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence, Set

from ssot_lint.errors import UsageError
from ssot_lint.graph.dependencies import symbol_node
from ssot_lint.graph.views.surroundings import picture_surroundings
from ssot_lint.model.component import Component
from ssot_lint.model.picture import Picture, PictureNode, Role
from ssot_lint.model.source import Zone
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol, FunctionSymbol, Symbol
from ssot_lint.text.suggest import suggestion
from ssot_lint.text.wording import listed


def picture_symbol(project: Project, name: str, most: int | None, *, with_tests: bool = False) -> Picture:
    """The definition that ``name``, ``package.module:Qual.name``, stands for, or the module of that name, and what
    surrounds it, in about ``most`` nodes.

    A module may define the symbol or import it. There are several of one name where source roots have modules of one
    name. Raises UsageError when there is none.
    """
    subjects = _nodes(project, _find_symbols(project, name), Role.HOME)
    modules = [module.path for module in project.modules if module.name == name]
    subjects += [PictureNode(path, path, "module", Role.HOME) for path in modules]
    if not subjects:
        raise UsageError(f'no symbol is called "{name}"', _nearest(project, name))
    return picture_surroundings(project, subjects, name, most, with_tests=with_tests)


def component_named(components: Sequence[Component], name: str) -> Component:
    """The declared component of that name. Raises UsageError when there is none."""
    for component in components:
        if component.name == name:
            return component
    names = [component.name for component in components]
    remedy = suggestion(name, names) if names else "The configuration declares no components"
    raise UsageError(f'no component is called "{name}"', remedy)


def picture_component(project: Project, component: Component, most: int | None, *, with_tests: bool = False) -> Picture:
    """Home and factory of a component, what may rival them in production code, and what surrounds all these.

    Rivals of a class are those that match the names of the component and are no kin of it. Rivals of a factory are the
    functions that return one of all these classes, but for methods of the home. Raises UsageError when nothing in the
    project belongs to the component.
    """
    homes = [symbol for name in (component.home, component.factory) for symbol in _find_symbols(project, name)]
    owners = {symbol for symbol in homes if isinstance(symbol, ClassSymbol)}
    classes = [
        cls
        for cls in project.classes()
        if _is_production(cls) and component.is_played_by(cls.name) and not _is_kin(project, cls, owners)
    ]
    factories = [each for each in _factories(project, owners.union(classes)) if each not in homes]
    own = [each for each in factories if each.module.enclosing_class(each.fact.parent) in owners]
    has_factory = any(isinstance(symbol, FunctionSymbol) for symbol in homes)
    subjects = [
        *_nodes(project, homes, Role.HOME),
        *_nodes(project, classes, Role.SITE if owners else Role.OTHER),
        *_nodes(project, own, Role.OTHER),
        *_nodes(project, [each for each in factories if each not in own], Role.SITE if has_factory else Role.OTHER),
    ]
    if not subjects:
        problem = f'component "{component.name}": nothing in the project belongs to it'
        raise UsageError(problem, "Check its home, factory and names")
    return picture_surroundings(project, subjects, component.name, most, with_tests=with_tests)


def _find_symbols(project: Project, name: str) -> Iterator[Symbol]:
    """What ``package.module:Qual.name`` stands for, each definition once."""
    module_name, _, qualname = name.partition(":")
    found: dict[Symbol, None] = {}
    for module in project.modules:
        if module.name == module_name and qualname:
            symbol = project.resolve(module, MODULE_SCOPE, qualname).symbol
            exact = (each for each in (*module.classes, *module.functions) if each.qualname == qualname)
            found |= dict.fromkeys([symbol] if symbol else exact)
    yield from found


def _is_kin(project: Project, cls: ClassSymbol, others: Collection[ClassSymbol]) -> bool:
    """Whether the class is one of ``others``, inherits from one, or one from it."""
    lineage = project.ancestry(cls)
    return any(other in lineage or cls in project.ancestry(other) for other in others)


def _factories(project: Project, products: Set[ClassSymbol]) -> Iterator[FunctionSymbol]:
    for function in project.functions():
        if _is_production(function) and not products.isdisjoint(project.products(function)):
            yield function


def _is_production(symbol: Symbol) -> bool:
    return symbol.module.zone is Zone.PRODUCTION


def _nodes(project: Project, symbols: Iterable[Symbol], role: Role) -> list[PictureNode]:
    nodes = ((symbol, symbol_node(project, symbol)) for symbol in symbols)
    return [PictureNode(node.id, symbol.qualname, node.kind.value, role, symbol.module.path) for symbol, node in nodes]


def _nearest(project: Project, name: str) -> str:
    """The way out for an unknown name: definitions of the same name first."""
    last = name.rpartition(":")[2].rpartition(".")[2]
    known = sorted({symbol.id for symbol in _definitions(project)})
    same = [symbol for symbol in known if symbol.rpartition(":")[2].rpartition(".")[2] == last]
    otherwise = f"There is {listed(same)}" if same else "Write it as package.module:Name"
    return suggestion(name, same or known, otherwise)


def _definitions(project: Project) -> Iterator[Symbol]:
    for module in project.modules:
        yield from (*module.classes, *module.functions, *module.variables)
