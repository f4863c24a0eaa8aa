"""How a file gets at a definition: the import to write there, or what stands in its way."""

from __future__ import annotations

import keyword
from collections.abc import Sequence

from ssot_lint.query.answer import Way
from ssot_lint.query.catalogue import Catalogue
from ssot_lint.query.entries import FileEntry, Found


def way_to(catalogue: Catalogue, home: Found, asker: FileEntry | None) -> Way:
    """The import of ``home``, or of what it is a part of, for the file ``asker``, None for any file. It is written as
    most others write it."""
    name = home.entry.qualname.partition(".")[0]
    if not home.is_reachable:
        return Way("", f"it stands inside `{name}`, out of which nothing can be imported")
    if asker is not None and asker.path == home.file.path:
        return Way("", "it is defined in this file")
    facades = catalogue.files_of(home.entry.through) if home.entry.through else []
    if len(facades) == 1 and not _obstacle(catalogue, facades[0], name, asker):
        return Way(f"from {facades[0].module} import {name}")
    obstacle = _obstacle(catalogue, home.file, name, asker)
    return Way("", obstacle) if obstacle else Way(f"from {home.file.module} import {name}")


def _obstacle(catalogue: Catalogue, home: FileEntry, name: str, asker: FileEntry | None) -> str:
    """What keeps ``asker`` from importing ``name`` from the file ``home``, as a clause; empty if nothing does."""
    if not all(part.isidentifier() and not keyword.iskeyword(part) for part in home.module.split(".")):
        return f"`{home.module}` is no name that an import statement can have"
    if asker is None:
        return ""
    if asker.module == home.module:
        return f"in {asker.path} `{home.module}` means that file itself"
    if _meant(catalogue.files_of(home.module), asker) not in (home.path, ""):
        return f"in {asker.path} `{home.module}` means another file"
    world = catalogue.world
    if home.distribution not in world.reach.get(asker.distribution, frozenset({asker.distribution})):
        return f"{asker.distribution or 'what is installed with it'} does not depend on {home.distribution or 'it'}"
    if name.startswith("_") and home.package != asker.package:
        return f"`{name}` is private to {home.package or home.module}"
    if _leads(world.loads, home.number, asker.number) and not _leads(world.loads, asker.number, home.number):
        return f"{home.module} leads to {asker.module} when it is imported"
    return ""


def _meant(files: Sequence[FileEntry], asker: FileEntry) -> str:
    """The path of the file that ``asker`` means by a module: that in its own source root, else the only one; empty
    where it cannot be told."""
    beside = [file.path for file in files if file.root == asker.root]
    if beside:
        return beside[0]
    return files[0].path if len(files) == 1 else ""


def _leads(loads: Sequence[Sequence[int]], start: int, end: int) -> bool:
    """Whether importing one file imports the other."""
    seen, pending = {start}, [start]
    while pending:
        for target in loads[pending.pop()]:
            if target == end:
                return True
            if target not in seen:
                seen.add(target)
                pending.append(target)
    return False
