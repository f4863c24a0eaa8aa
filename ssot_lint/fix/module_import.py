"""An import of a module that becomes one of another module, with all uses in the file."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ssot_lint.fix.import_editor import ImportEditor
from ssot_lint.fix.name_uses import NameUses
from ssot_lint.fix.source import RefusedError, Source, Splice
from ssot_lint.model.facts import Import


def module_splices(
    source: Source, imports: ImportEditor, fact: Import, module: str, common: Collection[str]
) -> Iterator[Splice]:
    """Let ``fact`` import ``module``; what changes where its name is used.

    ``common`` are the attributes that are the same there. Raises RefusedError where the file does more with the module
    than to take them, or means something else by one of the names.
    """
    uses = NameUses(source)
    dotted = fact.alias or (fact.module if fact.name is None else fact.name)
    root = dotted.partition(".")[0]
    uses.check_bound_by_imports(root, is_package=fact.name is None and not fact.alias)
    found = list(uses.of(dotted))
    for use in found:
        if not use.attribute:
            raise RefusedError(f"it hands on the module `{dotted}` itself")
        if use.attribute not in common:
            raise RefusedError(f"`{use.attribute}` is not the same in {module}")
    parent, _, last = module.rpartition(".")
    if fact.name is None:
        new = fact.alias or module
        _check_root(uses, root, dotted, new)
        imports.retarget_module(fact, module)
    else:
        if not parent:
            raise RefusedError(f"`{module}` is in no package to import it from")
        new = fact.alias or (last if last == dotted or uses.is_free(last) else dotted)
        imports.retarget(fact, parent, last, new)
    return (Splice(use.start, use.end, new) for use in found if new != dotted)


def _check_root(uses: NameUses, root: str, dotted: str, new: str) -> None:
    """Raise RefusedError where the file needs the package of the old name for more, or has no room for the new one."""
    top = new.partition(".")[0]
    if top == root:
        return
    if uses.others(root, dotted):
        raise RefusedError(f"`{root}` is needed for more than `{dotted}`")
    if not uses.is_free(top):
        uses.check_bound_by_imports(top, is_package=True)


def renamed_uses(source: Source, old: str, new: str) -> list[Splice]:
    """``new`` in place of the imported name ``old``, wherever it is used.

    Raises RefusedError where one of the names means something else, or a text has the old one.
    """
    uses = NameUses(source)
    uses.check_bound_by_imports(old, is_package=False)
    if not uses.is_free(new):
        raise RefusedError(f"`{new}` means something else there")
    return [Splice(use.start, use.end, new) for use in uses.of(old)]
