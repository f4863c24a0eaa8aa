"""Which modules there are, by name, as each file sees them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property

from ssot_lint.model.facts import Import
from ssot_lint.model.source import SourceTree
from ssot_lint.model.syntax import ValueKind
from ssot_lint.project.symbols import Module, VariableSymbol


class ModuleIndex:
    """The modules of a project by dotted name; two source roots may hold one name."""

    def __init__(self, modules: Sequence[Module], tree: SourceTree) -> None:
        self._by_name: dict[str, dict[str, Module]] = defaultdict(dict)
        for module in modules:
            homes = self._by_name[module.name]
            # Of `m.py` and `m/__init__.py` Python takes the package.
            if module.source.is_package or module.source.root not in homes:
                homes[module.source.root] = module
        self._opaque = {name for _, name in tree.opaque_modules}
        self._namespace_packages = {name for _, name in tree.namespace_packages}
        self._top_level = {module.name.partition(".")[0] for module in modules}
        self._distributions = {each.folder: each for each in tree.distributions}
        self._outside: dict[tuple[str, str], bool] = {}
        self._by_path = {_path_of(module): module for module in reversed(modules)}
        self._folders = {folder for module in modules for folder in _folders_above(module.path)}
        self._modules = modules
        self._packages = tree.layout.packages
        self._hidden = frozenset(_hidden_modules(modules))

    def is_first_party(self, importer: Module, dotted: str) -> bool:
        """Whether the top-level package of a dotted name is part of this project, and no dependency of the importer,
        unless a module of that name lies in the importer's own package: the requirements of a project's examples name
        the project."""
        if dotted.partition(".")[0] not in self._top_level:
            return False
        return not self.is_dependency(importer, dotted)

    def is_dependency(self, importer: Module, dotted: str) -> bool:
        """Whether a requirement of the importer's distribution is meant by a dotted name, whatever is called like it in
        the project; not where a module of that name lies in the importer's own package."""
        return self._is_third_party(importer, dotted) and not self._is_beside(importer, dotted)

    def _is_beside(self, importer: Module, dotted: str) -> bool:
        found = self._by_name.get(dotted, {}).get(importer.source.root) if "." in dotted else None
        return found is not None and _are_of_one_package(importer, found)

    def _is_third_party(self, importer: Module, dotted: str) -> bool:
        key = (importer.source.distribution, dotted)
        if key not in self._outside:
            self._outside[key] = self._distributions[key[0]].takes_from_outside(dotted)
        return self._outside[key]

    def find_module(self, importer: Module, dotted: str) -> Module | None:
        """The module of that name as ``importer`` sees it: in its own source root, else in the only other one; else
        that at the path which the name spells from the project root or the importer's distribution."""
        homes = self._by_name.get(dotted.removesuffix(".__init__"))
        if not homes:
            return self._find_by_path(importer, dotted)
        beside = homes.get(importer.source.root)
        if self._is_third_party(importer, dotted) and not (beside and _are_of_one_package(importer, beside)):
            return None
        found = beside or (next(iter(homes.values())) if len(homes) == 1 else None)
        return None if found in self._hidden and importer not in self._hidden else found

    def _find_by_path(self, importer: Module, dotted: str) -> Module | None:
        top, dot, _ = dotted.partition(".")
        if not dot or top not in self._top_level or self._is_third_party(importer, dotted):
            return None
        path = dotted.replace(".", "/")
        found = (self._by_path.get(_join(folder, path)) for folder in (importer.source.distribution, ""))
        return next((module for module in found if self._is_seen(module)), None)

    def _is_seen(self, module: Module | None) -> bool:
        return module is not None and module not in self._hidden

    def is_path(self, importer: Module, dotted: str) -> bool:
        """Whether a dotted name leads to a file or folder from any folder around the importer, which may be on
        ``sys.path``."""
        paths = (_join(folder, dotted.replace(".", "/")) for folder in _folders_above(importer.path))
        return any(self._is_seen(self._by_path.get(path)) or path in self._folders for path in paths)

    def beside(self, importer: Module, fact: Import) -> Module | None:
        """What an absolute import leads to if the folder of the importer is on ``sys.path``, as that of a script is."""
        folder = importer.path.rpartition("/")[0]
        found = self._by_path.get(_join(folder, fact.module.replace(".", "/")))
        return found if self._is_seen(found) else None

    def is_offered_nearer(self, importer: Module, top: str, root: str) -> bool:
        """Whether a folder around the importer, no package and neither ``root`` nor that of the project, holds a module
        named ``top``."""
        return any(
            _join(folder, top) in self._by_path and folder not in self._by_path
            for folder in _folders_above(importer.path)
            if folder and folder != root
        )

    def absolute_name(self, importer: Module, fact: Import) -> str | None:
        """The module an import statement names, relative dots resolved; None when they leave the package."""
        if not fact.level:
            return fact.module
        package = package_of(importer)
        for _ in range(fact.level - 1):
            package, _, _ = package.rpartition(".")
            if not package:
                return None
        if not package:
            # A loose file: `from . import x` cannot work there.
            return None
        return f"{package}.{fact.module}" if fact.module else package

    def is_beyond_top(self, importer: Module, fact: Import) -> bool:
        """Whether a relative import surely leaves the top-level package: nothing says that the folder above is a
        package itself, nor is there in it what is asked for."""
        root, package = importer.source.root, package_of(importer)
        if not package or fact.level <= package.count(".") + 1 or root in self._packages:
            return False
        wanted = fact.module or fact.name or ""
        return root.rpartition("/")[2] not in self.imported_words and self.find_module(importer, wanted) is None

    def is_hidden(self, module: Module) -> bool:
        """Whether Python takes a module for the folder that this one lies in."""
        return module in self._hidden

    @property
    def counts_words(self) -> bool:
        """Whether the words of all imports were asked for."""
        return "imported_words" in vars(self)

    @cached_property
    def imported_words(self) -> Counter[str]:
        """The parts of all dotted names that are imported, with the number of modules that do."""
        return Counter(word for module in self._modules for word in _words_imported(module))

    def takes_imports(self, becomes: Mapping[Module, Module]) -> bool:
        """Count the imports of modules as they will be, and say whether all answers stay what they are."""
        if not self.counts_words:
            return True
        words = self.imported_words.copy()
        words.subtract(word for module in becomes for word in _words_imported(module))
        words.update(word for module in becomes.values() for word in _words_imported(module))
        words = +words
        is_same = words.keys() == self.imported_words.keys()
        if is_same:
            self.imported_words = words
        return is_same

    def is_opaque(self, dotted: str) -> bool:
        """Whether a module, or a package around it, exists but was not read."""
        while dotted:
            if dotted in self._opaque:
                return True
            dotted = dotted.rpartition(".")[0]
        return False

    def is_namespace(self, dotted: str) -> bool:
        """Whether a name is that of a package without ``__init__``, of which parts may live elsewhere."""
        return dotted in self._namespace_packages

    def is_known(self, dotted: str) -> bool:
        """Whether any source root has a module of that name, or one that was not read."""
        is_there = not self._hidden.issuperset(self._by_name.get(dotted, {}).values())
        return is_there or self.is_namespace(dotted) or self.is_opaque(dotted)


def package_of(importer: Module) -> str:
    """The package that relative imports count from: as the module itself says by ``__package__ = "shop"``, else the
    one around it."""
    entry = importer.namespace.get("__package__")
    value = entry.fact.value if isinstance(entry, VariableSymbol) else None
    is_text = value is not None and value.kind is ValueKind.CONSTANT
    return value.text.strip("\"'") if value is not None and is_text else importer.source.package


def _words_imported(module: Module) -> Set[str]:
    return {word for fact in module.facts.imports for word in fact.module.split(".") if word}


def _hidden_modules(modules: Sequence[Module]) -> Iterator[Module]:
    """What lies in folders without ``__init__`` beside a module of their name, which Python takes instead."""
    sources = [module.source for module in modules if not module.source.is_stub]
    packages = {source.module for source in sources if source.is_package}
    plain = {(source.root, source.module) for source in sources if source.module not in packages}
    for module in modules:
        around = module.name.rpartition(".")[0]
        while around and (module.source.root, around) not in plain:
            around = around.rpartition(".")[0]
        if around:
            yield module


def _are_of_one_package(one: Module, other: Module) -> bool:
    """Whether two modules lie in one top-level package: what is there no dependency takes the place of."""
    return one.name.partition(".")[0] == other.name.partition(".")[0]


def _path_of(module: Module) -> str:
    """The path of a module without its suffix; of a package its folder."""
    path = module.path.rpartition(".")[0]
    return path.rpartition("/")[0] if module.source.is_package else path


def _folders_above(path: str) -> Iterator[str]:
    """The folders above a file, innermost first, the project root ("") last."""
    while path:
        path = path.rpartition("/")[0]
        yield path


def _join(folder: str, path: str) -> str:
    return f"{folder}/{path}" if folder else path
