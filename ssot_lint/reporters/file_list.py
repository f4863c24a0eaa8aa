"""The files of a project with all that was decided about them, as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ssot_lint.model.facts import ParseFailure
from ssot_lint.model.source import Distribution, SourceFile, SourceTree
from ssot_lint.reporters.file_list_document import (
    FILES_SCHEMA_VERSION,
    DistributionJson,
    FileJson,
    FilesJson,
    ReasonsJson,
)
from ssot_lint.reporters.json_text import JsonObject, json_text
from ssot_lint.text.sanitize import visible, visible_path


def render_file_list(
    tree: SourceTree, files: Sequence[SourceFile], links: Sequence[str], unread: Mapping[str, ParseFailure]
) -> str:
    """One block a file: its path, then a line each for zone, module, source root and distribution, with the reason,
    and for why it could not be read, if it is among ``unread``, by path; and one a symlink."""
    reasons = _Reasons(tree)
    blocks = [*(_lines(file, reasons, unread.get(file.path)) for file in files), *map(_link_lines, links)]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks)


def render_file_list_json(
    tree: SourceTree, files: Sequence[SourceFile], links: Sequence[str], unread: Mapping[str, ParseFailure]
) -> str:
    """The same for programs, with the distributions of the project."""
    reasons = _Reasons(tree)
    document: JsonObject = msgspec.to_builtins(
        FilesJson(
            FILES_SCHEMA_VERSION,
            [_file(file, reasons, unread.get(file.path)) for file in files],
            list(links),
            [_distribution(each) for each in tree.distributions],
        )
    )
    return json_text(document)


class _Reasons:
    """Why files have their source roots and distributions."""

    def __init__(self, tree: SourceTree) -> None:
        self._layout = tree.layout
        self.distributions = {each.folder: each for each in tree.distributions}

    def of_root(self, file: SourceFile) -> str:
        """What decided on the source root."""
        layout, root = self._layout, file.root
        if layout.is_fixed:
            return "source-roots in the configuration" if root else "the project root"
        if root and root not in layout.likely_roots:
            return "imports count from there"
        if root in layout.declared_roots:
            return "packaging metadata name it"
        if not root:
            return "the project root: nothing further in proved to be one"
        return "its folders look like it, and no import says otherwise"

    def of_distribution(self, file: SourceFile) -> str:
        """What decided on the distribution."""
        distribution = self.distributions[file.distribution]
        if distribution.declared_in:
            return f"{distribution.declared_in} is the nearest metadata"
        if not distribution.folder:
            return "no metadata around it"
        if distribution.folder in self._layout.distributions:
            return "distributions in the configuration"
        return "a service beside others, without metadata"


def _lines(file: SourceFile, reasons: _Reasons, failure: ParseFailure | None) -> Iterator[str]:
    distribution = reasons.distributions[file.distribution]
    yield visible_path(file.path)
    if failure is not None:
        yield f"  not read      {visible(_unread(failure))}: no rule knows what is in it"
    yield f"  zone          {file.zone.value}: {visible_path(file.zone_reason)}"
    yield f"  module        {visible_path(file.module)}"
    yield f"  source root   {_folder(file.root)}: {reasons.of_root(file)}"
    yield f"  distribution  {_shown(distribution)}: {visible_path(reasons.of_distribution(file))}"


def _link_lines(path: str) -> Iterator[str]:
    yield visible_path(path)
    yield "  not scanned   a symlink: what it leads to is scanned where it lies, if it is part of the project"


def _shown(distribution: Distribution) -> str:
    return (
        f"{distribution.name} in {_folder(distribution.folder)}" if distribution.name else _folder(distribution.folder)
    )


def _folder(folder: str) -> str:
    return visible_path(folder) or "."


def _unread(failure: ParseFailure) -> str:
    return f"line {failure.line}: {failure.reason}"


def _file(file: SourceFile, reasons: _Reasons, failure: ParseFailure | None) -> FileJson:
    unread = "" if failure is None else _unread(failure)
    why = ReasonsJson(file.zone_reason, reasons.of_root(file), reasons.of_distribution(file))
    return FileJson(file.path, file.zone, file.module, file.root, file.distribution, why, unread)


def _distribution(each: Distribution) -> DistributionJson:
    return DistributionJson(each.folder, each.name, each.declared_in, list(each.requires), list(each.required_folders))
