"""From paths to a project: what every command does that looks at the code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from ssot_lint.cache.interface import FactCache
from ssot_lint.config.settings import Config
from ssot_lint.discovery.discover import discover
from ssot_lint.discovery.import_evidence import evidence_by_path, evidence_in
from ssot_lint.discovery.infer_layout import settle_layout
from ssot_lint.discovery.layout_check import LayoutCheck
from ssot_lint.discovery.options import discovery_options
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.model.source import SourceFile, SourceTree
from ssot_lint.project.keeping import Keeping
from ssot_lint.project.project import Project
from ssot_lint.scan.outline import Outline, outline_of
from ssot_lint.scan.request import Request
from ssot_lint.scan.stopwatch import Stopwatch
from ssot_lint.workers.extract_files import ExtractionResult, Progress, WorkerPool, extract_changes, extract_files
from ssot_lint.workers.interface import load_executor
from ssot_lint.workers.processes import available_cpus


class LoadedProject(NamedTuple):
    """The files, with their final names; ``results`` in the order of ``tree.files``; and what they make together.

    ``digests`` has the :func:`digest_of` each file that could be read, by path. ``check`` is there if the project
    stays in memory. ``lines`` are those of all files.
    """

    tree: SourceTree
    outline: Outline
    results: Sequence[ModuleFacts | ParseFailure]
    project: Project
    digests: Mapping[str, str]
    check: LayoutCheck | None = None
    lines: int = 0


class SourceFiles(NamedTuple):
    """The files of a scan, named as far as folders tell, and what is known about their contents."""

    tree: SourceTree
    found: ExtractionResult


def read_files(
    root: Path,
    paths: Sequence[Path],
    config: Config,
    progress: Progress,
    clock: Stopwatch,
    cache: FactCache,
    pool: WorkerPool | None,
    keep: Callable[[ExtractionResult], None],
) -> SourceFiles:
    """Find and read the files at and below ``paths``, which lie in ``root``, the project root.

    ``progress`` and ``keep`` are those of :func:`extract_files`; ``clock`` takes the time of the stages
    discover and extract; what ``cache`` knows is not extracted again; ``pool`` extracts, None for the configured one.
    Raises UsageError and ConfigError of discovery, PluginError for an executor that is not installed, and CacheError of
    the cache.
    """
    with clock.time("discover"):
        tree = discover(root, paths, discovery_options(config))
    with clock.time("extract"):
        workers = worker_pool(config, pool)
        found = extract_files(root, tree.files, workers, cache, progress, config.max_file_size, keep)
        return SourceFiles(tree, found)


def worker_pool(config: Config, pool: WorkerPool | None) -> WorkerPool:
    """``pool``, None for the configured one. Raises PluginError for an executor that is not installed."""
    return pool or WorkerPool(load_executor(config.executor), config.jobs or available_cpus())


def changed_files(
    sources: SourceFiles, changes: Mapping[str, bytes | None], facts: Mapping[str, bytes], pool: WorkerPool
) -> SourceFiles:
    """``sources``, were these the contents of these files; None: the file is gone. ``facts`` are the encoded ones of
    those that are known. A new file is what another one of its folder is, or of the nearest folder above."""
    gone = {path for path, content in changes.items() if content is None}
    known = {file.path for file in sources.tree.files}
    new = [_new_file(path, sources.tree) for path in changes.keys() - known - gone]
    files = tuple(sorted((*(file for file in sources.tree.files if file.path not in gone), *new)))
    return SourceFiles(replace(sources.tree, files=files), extract_changes(sources.found, changes, facts, pool))


def _new_file(path: str, tree: SourceTree) -> SourceFile:
    """A module of the package that the nearest known file is in."""
    folder = path.rpartition("/")[0]
    near = [file for file in tree.files if f"{folder}/".startswith(f"{file.path.rpartition('/')[0]}/")]
    if not near:
        raise LookupError(path)
    model = max(near, key=lambda file: file.path.count("/"))
    inner = path.removeprefix(f"{model.root}/" if model.root else "").rpartition(".")[0].replace("/", ".")
    return replace(model, path=path, module=inner, is_package=False, is_stub=False)


def build_project(sources: SourceFiles, request: Request, clock: Stopwatch, keeping: Keeping) -> LoadedProject:
    """Make a project of files; ``keeping`` says what becomes of it, ``clock`` takes the time of the stage
    project."""
    config, change = request.config, request.change
    with clock.time("project"):
        results = sources.found.results([file.path for file in sources.tree.files])
        tree, check = laid_out(sources.tree, results, stays=keeping is Keeping.RENEWED)
        is_new = change.is_new if change else None
        known = (config.components, config.plugin_root, is_new, config.mirror_comments)
        project = Project(tree, results, *known, keeping=keeping)
    return LoadedProject(tree, outline_of(tree), results, project, sources.found.digests, check, lines_of(results))


def lines_of(results: Sequence[ModuleFacts | ParseFailure]) -> int:
    """The lines of all files that could be parsed."""
    return sum(facts.lines for facts in results if isinstance(facts, ModuleFacts))


def laid_out(
    tree: SourceTree, results: Sequence[ModuleFacts | ParseFailure], *, stays: bool
) -> tuple[SourceTree, LayoutCheck | None]:
    """A tree with its final layout, ``results`` being in the order of its files; and what tells later whether that
    ``stays`` as it is."""
    contents = evidence_by_path(tree, results)
    evidence = evidence_in(tree, contents)
    settled = settle_layout(tree, contents, evidence)
    return settled, LayoutCheck(tree, contents, evidence) if stays else None
