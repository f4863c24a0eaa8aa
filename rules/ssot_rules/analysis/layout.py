"""What the places of several definitions say: hooks, parallel folders, code that no one writes by hand."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from ssot_lint.model.source import SourceFile, Zone
from ssot_lint.model.vocabulary import GENERATED_SUFFIXES
from ssot_lint.project.symbols import Module
from ssot_lint.text.identifiers import words
from ssot_rules.analysis.vocabulary import (
    ADAPTER_FOLDERS,
    ASYNC_WORDS,
    BROKEN_WORDS,
    LOADED_FOLDERS,
    PLUGIN_FOLDERS,
    STARTED_MODULES,
    SYNC_WORDS,
    TEMPLATE_WORDS,
)

# What a runner of tests loads by its name, by the conventions of pytest and unittest.
_COLLECTED = re.compile(r"(test_.*|.*_test|tests|conftest|__init__)\.py")

_SETUP_SCRIPTS = frozenset({"setup.py", "__setup__.py"})

# A framework asks for the name in many files called the same (`cli.py` of every command); nobody chooses one.
_HOOK_COPIES = 3
_HOOK_SHARE = 0.7


def is_hook_layout(modules: Sequence[Module]) -> bool:
    """Whether most of at least three modules that define a name stand in equally named files, three or more of each.
    What a file repeats of its folder's name does not count: ``okx/okx_auth.py`` is called ``auth.py``."""
    paths = {module.path for module in modules}
    names = Counter(_own_name(path) for path in paths)
    hooks = sum(count for count in names.values() if count >= _HOOK_COPIES)
    return len(paths) >= _HOOK_COPIES and hooks >= _HOOK_SHARE * len(paths)


def is_parallel(first: Module, second: Module) -> bool:
    """Whether two files have the same place in parallel folders: ``light/hue/api.py`` and ``light/lifx/api.py``, also
    ``light/hue/hue_api.py`` and ``light/lifx/lifx_api.py``."""
    one, other = first.path.split("/"), second.path.split("/")
    if len(one) != len(other) or _own_name(first.path) != _own_name(second.path):
        return False
    return sum(left != right for left, right in zip(one[:-1], other[:-1], strict=True)) == 1


def are_neighbours(first: Module, second: Module) -> bool:
    """Whether two files lie in one folder, or at one depth in folders that stand beside each other."""
    one, other = first.path.split("/")[:-1], second.path.split("/")[:-1]
    return len(one) == len(other) and (one == other or _differ_by_one_part(one, other))


def fill_one_slot(first: Module, second: Module) -> bool:
    """Whether two files have one place each in a family: in one folder, or under one name in parallel folders, however
    often the folders repeat what sets them apart: ``parts-hue/parts/hue/api.py`` and ``parts-lifx/parts/lifx/api.py``.
    """
    one, other = first.path.split("/"), second.path.split("/")
    is_same_name = one[-1] == other[-1] or _own_name(first.path) == _own_name(second.path)
    return are_neighbours(first, second) and (is_same_name or one[:-1] == other[:-1])


def are_in_different_parts(one: Module, other: Module) -> bool:
    """Whether two modules lie in different packages of one outermost package: what both need would have to go beside
    all that the program consists of."""
    here, there = (module.source.package.split(".")[:2] for module in (one, other))
    return len(here) == len(there) == 2 and here[0] == there[0] and here[1] != there[1]


def top_package(module: Module) -> str:
    """The outermost package of a module; a module that stands in none is its own."""
    return module.name.partition(".")[0]


def file_stem(module: Module) -> str:
    """The name of a file without its ending."""
    return module.path.rpartition("/")[2].removesuffix(".py")


def are_of_one_sort(modules: Sequence[Module]) -> bool:
    """Whether files in one folder begin or end with the same word, and have another one beside it: ``dialect_oracle``
    and ``dialect_tsql``."""
    folders = {module.path.rpartition("/")[0] for module in modules}
    stems = [words(file_stem(module)) for module in modules]
    is_one_sort = any(len({stem[place] for stem in stems if stem}) == 1 for place in (0, -1))
    return len(folders) == 1 and is_one_sort and all(len(stem) > 1 for stem in stems)


def are_in_adapters(first: Module, second: Module) -> bool:
    """Whether two files belong to two systems outside that one folder of adapters speaks to: ``adapters/openai`` and
    ``adapters/watsonx``; or are the main file each of folders beside each other: ``motors/damiao/damiao.py``."""
    one, other = first.path.split("/")[:-1], second.path.split("/")[:-1]
    if are_neighbours(first, second) and one != other and all(map(_is_main_file, (first, second))):
        return True
    shared = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    return shared > 0 and not ADAPTER_FOLDERS.isdisjoint(words(one[shared - 1]))


def _is_main_file(module: Module) -> bool:
    *_, folder, file = ("", *module.path.split("/"))
    return file == f"{folder}.py"


def _differ_by_one_part(one: Sequence[str], other: Sequence[str]) -> bool:
    apart = [(words(left), words(right)) for left, right in zip(one, other, strict=True) if left != right]
    parts = {(frozenset(left) - frozenset(right), frozenset(right) - frozenset(left)) for left, right in apart}
    return len(parts) == 1


def _own_name(path: str) -> str:
    """The name of a file without the words of its folder, unless nothing else is left."""
    folder, _, name = path.rpartition("/")
    stem, _, suffix = name.rpartition(".")
    of_folder = set(words(folder.rpartition("/")[2]))
    rest = [word for word in words(stem) if word not in of_folder]
    return f"{'_'.join(rest)}.{suffix}" if rest and len(rest) < len(words(stem)) else name


def are_async_twins(async_one: Module, sync_one: Module) -> bool:
    """Whether module names tell the two sides of an API apart: ``client.aio`` beside ``client``."""
    of_async, of_sync = set(words(async_one.name)), set(words(sync_one.name))
    return bool((of_async - of_sync) & ASYNC_WORDS or (of_sync - of_async) & SYNC_WORDS)


def is_async_twin(first: Module, second: Module) -> bool:
    """Whether two files have one place in the two halves of an API: ``client/aio/api.py`` and ``client/api.py``."""
    one, other = words(first.name), words(second.name)
    return bool((set(one) ^ set(other)) & ASYNC_WORDS) and _without_twin_words(one) == _without_twin_words(other)


def _without_twin_words(name: Sequence[str]) -> list[str]:
    return [word for word in name if word not in ASYNC_WORDS | SYNC_WORDS]


def is_handwritten(module: Module) -> bool:
    """Whether a module is source of its own: no stub, not generated."""
    return not module.source.is_stub and not module.name.endswith(GENERATED_SUFFIXES)


def is_setup_script(module: Module) -> bool:
    """Whether a file is a script that a build runs before anything of the project can be imported: ``setup.py``, and
    ``__setup__.py``, which such a one loads by its path."""
    return module.path.rpartition("/")[2] in _SETUP_SCRIPTS


def is_template_path(path: str) -> bool:
    """Whether a folder, or the name of the file, is called a template or has a placeholder: somebody is to fill it
    in."""
    parts = path.removesuffix(".py").split("/")
    return "{{" in path or any(TEMPLATE_WORDS & set(words(re.sub(r"\W", "_", part))) for part in parts)


def is_broken_on_purpose(path: str) -> bool:
    """Whether a file is there for what happens when it is loaded and fails: ``test_jobs/invalid_import.py``,
    ``tests/git_data/02-invalid-files/jobs.py``."""
    *folders, name = path.split("/")
    is_tried = any({"test", "tests"} & set(words(folder)) for folder in folders)
    return is_tried and any(BROKEN_WORDS & set(words(part)) for part in (*folders, name))


def is_test_input(source: SourceFile) -> bool:
    """Whether a file lies among tests and no runner loads it by its name, by the conventions of pytest and unittest:
    helpers, which others import, and what is there to be read."""
    return source.zone is Zone.TEST and _COLLECTED.fullmatch(source.path.rpartition("/")[2]) is None


def is_loaded_by_name(path: str) -> bool:
    """Whether a framework may load a file that nobody imports: ``management/commands/report.py``, ``urls.py``."""
    *folders, name = path.split("/")
    return not (LOADED_FOLDERS | PLUGIN_FOLDERS).isdisjoint(folders) or name.removesuffix(".py") in STARTED_MODULES
