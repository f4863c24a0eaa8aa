"""What the last scan of a project concluded, taken over where only a few files have changed since."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec

import ssot_lint
from ssot_lint.cache.code import code_digest
from ssot_lint.discovery.import_evidence import FileEvidence, Statement, evidence_in, evidence_of
from ssot_lint.discovery.infer_layout import settle_layout
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.model.source import SourceTree
from ssot_lint.project.encoding import Places
from ssot_lint.project.groups import Groups
from ssot_lint.project.keeping import Keeping, KeptAnswers
from ssot_lint.project.notes import Noted, Notes, NoteTaker, put_together
from ssot_lint.project.past import PastConclusions
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import takes_stars
from ssot_lint.project.watch import Question
from ssot_lint.scan.later_facts import FactsOnDemand, Head, LaterResult, LaterResults
from ssot_lint.scan.load import LoadedProject, SourceFiles
from ssot_lint.scan.outline import outline_of
from ssot_lint.scan.request import Request
from ssot_lint.scan.rule_files import rule_files, rule_packages

MOST_CHANGED = 20
"""Files that may have changed since: with more, little is left to be taken over."""
_DIGEST_BYTES = 16
_FILES, _NOTES, _EVIDENCE, _SECONDS = "files", "notes", "evidence", "seconds"
_USUAL = 0.1
"""What the rules take of the time of judging everything where an edit concerns nothing."""

ReadPart = Callable[[str], "bytes | None"]
"""What gives a part of what was kept, None where there is none."""


class _Files(msgspec.Struct, array_like=True):
    """What was scanned: under which ``circumstances``, the ``tree`` that was found, as a digest, and as it was
    ``settled``; for each of its files the digest of its content, and what is to be known without reading it. ``words``
    are those of all imports, if somebody asked for them. ``parts`` are digests of the other parts: another scan may put
    its own in their place while they are read."""

    circumstances: str
    tree: str
    settled: SourceTree
    digests: list[str]
    heads: list[Head | None]
    words: dict[str, int] | None
    parts: dict[str, str]

    @property
    def is_whole(self) -> bool:
        """Whether all is said of each file."""
        return len(self.settled.files) == len(self.digests) == len(self.heads)

    def own(self, read: ReadPart, part: str) -> bytes | None:
        """Another part that was kept with this one."""
        data = read(part)
        return data if data is not None and _digest(data) == self.parts.get(part) else None


class _Seconds(msgspec.Struct, array_like=True):
    """What the rules took when they judged ``all``, and ``since`` then beyond the usual."""

    all: float = 0.0
    since: float = 0.0


class _Evidence(msgspec.Struct, array_like=True):
    """What a file tells of the layout."""

    imports: list[tuple[int, str, str | None]]
    is_generated: bool
    is_runnable: bool
    edits_path: bool


class NoteBook:
    """Notes what is concluded in a project that was loaded."""

    def __init__(self, request: Request, sources: SourceFiles, loaded: LoadedProject) -> None:
        self._request, self._sources, self._loaded = request, sources, loaded
        project = loaded.project
        noted = project.noted_conclusions
        if noted is None:
            raise ValueError("a project that is not noted")
        places = Places(project.modules, rule_packages(request))
        self._taker = NoteTaker(noted, places, project.resolver, self._groups_of)

    def take(self) -> Noted | None:
        """What was noted since the last time; None, and all is lost, where a rule has concluded what raises when it is
        looked at."""
        try:
            return self._taker.take()
        except Exception:  # whatever that is, it must not end the scan
            return None

    def parts(self, taken: Sequence[Noted], seconds: float) -> Mapping[str, bytes] | None:
        """All that is to be kept, the rules having taken so many seconds; None where some of it was lost."""
        notes = put_together(taken)
        if notes is None:
            return None
        loaded, index = self._loaded, self._loaded.project.resolver.index
        encode = msgspec.msgpack.encode
        parts = {_NOTES: encode(notes), _EVIDENCE: encode([_evidence_of(result) for result in loaded.results])}
        files = _Files(
            circumstances(self._request),
            _digest_of_tree(self._sources.tree),
            loaded.tree,
            [loaded.digests[file.path] for file in loaded.tree.files],
            [_head_of(result) for result in loaded.results],
            dict(index.imported_words) if any(each.counts_words for each in taken) else None,
            {part: _digest(data) for part, data in parts.items()},
        )
        return {**parts, _FILES: encode(files), _SECONDS: encode(_Seconds(seconds))}

    def _groups_of(self, question: Question) -> Groups[object, object] | None:
        fold = self._loaded.project.fold_of(question)
        return fold if isinstance(fold, Groups) else None


class _Change(NamedTuple):
    path: str
    before: ModuleFacts
    after: ModuleFacts


def take_over(request: Request, sources: SourceFiles, read: ReadPart) -> LoadedProject | None:
    """The project with all that surely holds of what the last scan concluded; None where it has to be judged from the
    beginning. Raises CacheError."""
    seconds = _read(read(_SECONDS), _Seconds)
    files = None if seconds is None or seconds.since > seconds.all else _read(read(_FILES), _Files)
    if files is None or not files.is_whole or files.circumstances != circumstances(request):
        return None
    if files.tree != _digest_of_tree(sources.tree):
        return None
    changed = [
        (file.path, digest)
        for file, digest in zip(files.settled.files, files.digests, strict=True)
        if sources.found.digests.get(file.path) != digest
    ]
    if len(changed) > MOST_CHANGED:
        return None
    changes = _changes(sources, changed)
    notes = _read(files.own(read, _NOTES), Notes) if changes is not None else None
    if changes is None or notes is None or not _keep_layout(sources.tree, files, changes, read):
        return None
    return _renewed(request, sources, files, notes, changes)


def spent(read: ReadPart, seconds: float) -> Mapping[str, bytes]:
    """What is to be kept of a scan that took over what another one had concluded, in which the rules took so many
    seconds: where these add up to what it takes to judge everything, that is done the next time."""
    known = _read(read(_SECONDS), _Seconds) or _Seconds()
    more = seconds - _USUAL * known.all
    return {_SECONDS: msgspec.msgpack.encode(_Seconds(known.all, known.since + more))} if more > 0 else {}


def circumstances(request: Request) -> str:
    """All that decides on what is concluded but the files, as a digest."""
    asked = [
        sys.version_info[:2],
        code_digest([Path(ssot_lint.__file__).parent, *rule_files(request)]),
        [str(path.relative_to(request.root)) for path in request.paths],
        msgspec.structs.replace(request.config, jobs=0, executor="", cache_dir="").plain(),
        [(active.label, repr(active.rule)) for active in request.rules],
    ]
    return _digest(msgspec.json.encode(asked, order="deterministic"))


def _renewed(
    request: Request, sources: SourceFiles, files: _Files, notes: Notes, changes: Sequence[_Change]
) -> LoadedProject | None:
    tree, config = files.settled, request.config
    before = {change.path: change.before for change in changes}
    on_demand = FactsOnDemand(sources.found)
    results = list(_known_results(files, sources, on_demand, before))
    project = Project(
        tree,
        results,
        config.components,
        config.plugin_root,
        None,
        config.mirror_comments,
        keeping=Keeping.NOTED,
    )
    if files.words is not None:
        project.resolver.index.imported_words = Counter(files.words)
    for number, names in notes.asked.items():
        project.resolver.asked[project.modules[number]].update(names)
    modules = [module for module in project.modules if module.path in before]
    if len(modules) < len(changes):
        return None
    past = PastConclusions(
        notes, Places(project.modules, rule_packages(request)), project, modules, KeptAnswers.derived
    )
    renewed = project.renewed({change.path: change.after for change in changes}, tree)
    if renewed is None:
        return None
    if renewed.noted_conclusions is None:
        return None
    past.begin(renewed, renewed.noted_conclusions, failures_stay=True)
    renewed.take_over(past)
    after = {change.path: change.after for change in changes}
    return LoadedProject(
        tree,
        outline_of(tree),
        LaterResults([after.get(file.path, result) for file, result in zip(tree.files, results, strict=True)]),
        renewed,
        sources.found.digests,
        lines=sum(head.lines for head in files.heads if head is not None)
        + sum(change.after.lines - change.before.lines for change in changes),
    )


def _known_results(
    files: _Files, sources: SourceFiles, on_demand: FactsOnDemand, before: Mapping[str, ModuleFacts]
) -> Iterator[ModuleFacts | ParseFailure | LaterResult]:
    for file, head in zip(files.settled.files, files.heads, strict=True):
        if file.path in before:
            yield before[file.path]
        elif head is None:
            yield sources.found.results([file.path])[0]
        else:
            yield LaterResult(on_demand, file.path, head)


def _changes(sources: SourceFiles, changed: Sequence[tuple[str, str]]) -> list[_Change] | None:
    """The facts of before and of today; None where there are none."""
    known = sources.found.facts_of([digest for _, digest in changed])
    changes = []
    for (path, digest), after in zip(changed, sources.found.results([path for path, _ in changed]), strict=True):
        before = known.get(digest)
        if not isinstance(before, ModuleFacts) or not isinstance(after, ModuleFacts):
            return None
        changes.append(_Change(path, before, after))
    return changes


def _keep_layout(tree: SourceTree, files: _Files, changes: Sequence[_Change], read: ReadPart) -> bool:
    """Whether all names and zones of files stay."""
    new = {change.path: _evidence_of(change.after) for change in changes}
    if all(_evidence_of(change.before) == new[change.path] for change in changes):
        return True
    found = _read(files.own(read, _EVIDENCE), list[_Evidence | None])
    if found is None or len(found) != len(files.digests):
        return False
    by_path = {file.path: each for file, each in zip(files.settled.files, found, strict=True) if each is not None}
    contents = {path: _evidence(each) for path, each in (by_path | new).items() if each is not None}
    return settle_layout(tree, contents, evidence_in(tree, contents)) == files.settled


def _head_of(result: ModuleFacts | ParseFailure) -> Head | None:
    if isinstance(result, ParseFailure):
        return None
    return Head(result.lines, takes_stars(result), result.is_dynamic, bool(result.directives))


def _evidence_of(result: ModuleFacts | ParseFailure) -> _Evidence | None:
    if isinstance(result, ParseFailure):
        return None
    found = evidence_of(result)
    imports = dict.fromkeys((each.level, each.module, each.name) for each in found.imports)
    return _Evidence(list(imports), found.is_generated, found.is_runnable, found.edits_path)


def _evidence(each: _Evidence) -> FileEvidence:
    imports = [Statement(*statement) for statement in each.imports]
    return FileEvidence(imports, each.is_generated, each.is_runnable, each.edits_path)


T = TypeVar("T")


def _read(data: bytes | None, kind: type[T]) -> T | None:
    """What was kept, None where it cannot be read."""
    if data is None:
        return None
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def _digest_of_tree(tree: SourceTree) -> str:
    return _digest(msgspec.json.encode(tree, order="deterministic"))


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()
