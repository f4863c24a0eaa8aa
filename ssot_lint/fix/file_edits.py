"""What each edit means for the text of its file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import NamedTuple, TypeAlias

from ssot_lint.extract.import_changes import ImportChange, with_import_changes
from ssot_lint.fix.bodies import body_of
from ssot_lint.fix.context import FileContext
from ssot_lint.fix.definitions import definition_at, deletion, extent_of, has_repeat, may_register, mentions, text_of
from ssot_lint.fix.import_editor import ImportEditor
from ssot_lint.fix.import_statement import Name
from ssot_lint.fix.insertion import after_imports, alias_text, end_of_code, inserted
from ssot_lint.fix.module_import import module_splices, renamed_uses
from ssot_lint.fix.small_edits import await_splices, comment_splice, literal_splice
from ssot_lint.fix.source import RefusedError, Source, Splice, indent_of
from ssot_lint.fix.transplant import (
    bound_names,
    defined_names,
    known_names,
    needs,
    reindented,
    renamed,
    unsure_names,
    with_line_ends,
    with_name,
    words_of,
)
from ssot_lint.model.edits import (
    AddAwait,
    CopyDefinition,
    Delegate,
    DeleteDefinition,
    DropImport,
    Edit,
    InsertDefinition,
    LeaveAlias,
    RemoveComment,
    RenameImport,
    ReplaceLiteral,
    RetargetImport,
)
from ssot_lint.model.facts import Function, Import, ModuleFacts
from ssot_lint.model.syntax import MODULE_SCOPE, Guard

_OWN_NAMES = re.compile(r"\bsys\.modules\[\s*__name__\s*\]|\bglobals\(\)")
"""A module that looks its own names up."""

Numbered: TypeAlias = tuple[int, Edit]


class FileTask(NamedTuple):
    """A file with the numbered edits that are to be made in it; ``facts`` are those of ``content``. ``others`` are the
    files that edits take something from, by path. ``common`` are the names that mean the same in the module that the
    edit of an import names and in the one before, by the number of the edit."""

    path: str
    content: bytes
    facts: ModuleFacts
    context: FileContext
    edits: tuple[Numbered, ...]
    others: Mapping[str, tuple[bytes, ModuleFacts, FileContext]]
    common: Mapping[int, frozenset[str]]


@dataclass
class FileEdits:
    """The edits of one file that have been understood."""

    task: FileTask
    source: Source
    splices: list[Splice] = field(default_factory=list)
    deleted: list[tuple[int, int]] = field(default_factory=list)
    needed: list[DeleteDefinition] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)
    aliases: list[LeaveAlias] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.imports = ImportEditor(self.source, self.task.facts.imports, self.task.context)

    def result(self) -> tuple[bytes, ModuleFacts | None]:
        """The new content, and its facts as far as they can be told without reading it. Raises RefusedError."""
        self._settle_deletions()
        imports = list(self.imports.splices())
        content = self.source.changed([*imports, *self.splices])
        return content, None if self.splices else self._facts(content, imports)

    def _facts(self, content: bytes, imports: Sequence[Splice]) -> ModuleFacts | None:
        changes = [self.source.lines_of(splice) for splice in imports]
        if not all(changes) or self.source.encoding != "utf-8":
            return None
        return with_import_changes(self.task.facts, content.decode(), [ImportChange(*each) for each in changes if each])

    def make(self, edit: Edit) -> None:
        """Understand one edit. Raises RefusedError."""
        line = getattr(edit, "line", 0)
        is_gone = any(first <= line <= last for first, last in self.deleted)
        if not is_gone or isinstance(edit, DeleteDefinition):
            self._make(edit)

    @singledispatchmethod
    def _make(self, edit: Edit) -> None:
        raise RefusedError(f"nothing is known of {type(edit).__name__}")

    @_make.register
    def _retarget(self, edit: RetargetImport) -> None:
        fact = self.imports.rows.at(edit.line, edit.column)
        if edit.name:
            self.imports.retarget(fact, edit.module, edit.name)
        else:
            self.splices.extend(module_splices(self.source, self.imports, fact, edit.module, self._common(edit)))

    def _common(self, edit: Edit) -> frozenset[str]:
        return next((self.task.common[number] for number, each in self.task.edits if each is edit), frozenset())

    @_make.register
    def _rename(self, edit: RenameImport) -> None:
        fact = self.imports.rows.at(edit.line, edit.column)
        old, is_wanted = fact.bound_name, fact.bound_name in self.task.context.wanted or self.task.context.is_open
        try:
            uses = [] if fact.alias or is_wanted else renamed_uses(self.source, old, edit.name)
        except RefusedError:
            uses = []
        self.imports.retarget(fact, edit.module, edit.name, edit.name if uses else old)
        self.splices.extend(uses)

    @_make.register
    def _delegate(self, edit: Delegate) -> None:
        fact = definition_at(self.task.facts, edit.line, edit.name)
        body = body_of(self.source, edit.line, edit.name)
        self._need(edit.module, edit.home_name, edit.bound)
        is_async = isinstance(fact, Function) and fact.is_async
        self.splices.append(body.returning(f"{'await ' if is_async else ''}{edit.call}", self.source))
        self.deleted.append((body.first, body.last))
        self.cut.append("".join(self.source.lines[body.first - 1 : body.last]))

    @_make.register
    def _literal(self, edit: ReplaceLiteral) -> None:
        splice = literal_splice(self.source, edit)
        self._need(edit.module, edit.name)
        self.splices.append(splice)

    @_make.register
    def _await(self, edit: AddAwait) -> None:
        self.splices.extend(await_splices(self.source, edit))

    @_make.register
    def _comment(self, edit: RemoveComment) -> None:
        self.splices.append(comment_splice(self.source, edit))

    @_make.register
    def _delete(self, edit: DeleteDefinition) -> None:
        fact = definition_at(self.task.facts, edit.line, edit.name)
        extent = extent_of(self.source, fact)
        if not edit.module and not has_repeat(self.source, self.task.facts, fact):
            raise RefusedError(f"the comments or the docstring of `{edit.name}` would be lost with it")
        if not edit.module and may_register(fact):
            raise RefusedError(f"what `{edit.name}` inherits from may keep a list of its subclasses")
        self.splices.append(deletion(self.source, extent))
        self.deleted.append((extent.first, extent.last))
        self.needed.append(edit)
        self.cut.append(text_of(self.source, extent))

    @_make.register
    def _copy(self, edit: CopyDefinition) -> None:
        source, home_facts = self._other(edit.home_path)
        home = definition_at(home_facts, edit.home_line, edit.home_name)
        copy = definition_at(self.task.facts, edit.line, edit.name)
        text = with_name(renamed("".join(source.lines[home.line - 1 : home.end_line]), edit.renames), edit.name)
        self._take(words_of(text), home_facts, edit.home_path, "")
        first, last = self.source.offset(copy.line), self.source.offset(copy.end_line + 1)
        indent = indent_of(self.source.lines[copy.line - 1])
        self.splices.append(Splice(first, last, with_line_ends(reindented([text], indent), self.source)))

    @_make.register
    def _insert(self, edit: InsertDefinition) -> None:
        source, facts = self._other(edit.source_path)
        present = bound_names(self.task.facts) - self.dropped
        if edit.name in present:
            raise RefusedError(f"{self.task.path} has a `{edit.name}` already")
        extent = extent_of(source, definition_at(facts, edit.source_line, edit.name))
        text = "".join(source.lines[extent.first - 1 : extent.last])
        names = words_of(text) - {edit.name}
        self._take(names, facts, edit.source_path, edit.source_module)
        is_early = bool(self.dropped)
        if is_early and names & defined_names(self.task.facts):
            raise RefusedError(f"{self.task.path} needs `{edit.name}` and has what it needs")
        line = after_imports(self.imports.rows) if is_early else end_of_code(self.source)
        gap = self.source.newline * 2 if not self.source.text.strip() and self.imports.has_new else ""
        self.splices.append(inserted(self.source, line, gap + text))

    @_make.register
    def _drop(self, edit: DropImport) -> None:
        fact = self.imports.rows.at(edit.line, edit.column)
        self.imports.drop(fact)
        self.dropped.add(fact.bound_name)

    @_make.register
    def _alias(self, edit: LeaveAlias) -> None:
        if "__getattr__" in bound_names(self.task.facts):
            raise RefusedError("its module answers for names itself already")
        self.aliases.append(edit)

    def _other(self, path: str) -> tuple[Source, ModuleFacts]:
        content, facts, _ = self.task.others[path]
        return Source(content), facts

    def _take(self, names: frozenset[str], facts: ModuleFacts, path: str, module: str) -> None:
        """Import what a definition from another file needs here."""
        wanted = names & bound_names(facts)
        if unsure := wanted & unsure_names(self.task.facts, facts):
            raise RefusedError(f"`{min(unsure)}` is not always there in {self.task.path}")
        for need in needs(facts, self.task.others[path][2], module, wanted, known_names(self.task.facts, facts)):
            if need.module and need.module != self.task.context.module:
                self.imports.add(need.module, need.name)
            elif not need.module:
                self.imports.add_module(need.name)

    def _need_module(self, name: str) -> None:
        if name not in bound_names(self.task.facts):
            self.imports.add_module(Name(name))

    def _need(self, module: str, name: str, bound: str = "") -> None:
        """Let the file have ``name`` of ``module``. Raises RefusedError where the name means something else there."""
        bound = bound or name
        if bound == name and self._is_imported(module, name):
            return
        if bound in mentions(self.source.lines):
            raise RefusedError(f"`{bound}` means something else there")
        self.imports.add(module, Name(name, bound if bound != name else None))

    def _is_imported(self, module: str, name: str) -> bool:
        return any(
            row.is_plain and row.origin and self.task.context.absolute(row.origin) == module and fact.name == name
            for row in self.imports.rows.all
            for fact in row.facts
            if fact.bound_name == name
        )

    def _settle_deletions(self) -> None:
        """Import what is needed in place of what goes, and no longer what only that needed."""
        if not self.cut:
            return
        rows = [(row.first, row.last) for row in self.imports.rows.all]
        rest = list(_lines_without(self.source, [*self.deleted, *rows]))
        left, is_read = mentions(rest), any(map(_OWN_NAMES.search, rest))
        context = self.task.context
        for edit in self.needed:
            if edit.module and (edit.is_kept or is_read or edit.name in left):
                alias = edit.name if edit.home_name != edit.name else None
                self.imports.add(edit.module, Name(edit.home_name, alias))
            elif edit.module:
                self.gone.add(edit.name)
        for left_behind in self.aliases:
            if left_behind.name in self.gone:
                self._need_module("warnings")
                self.splices.append(inserted(self.source, end_of_code(self.source), alias_text(left_behind)))
        gone = frozenset().union(*map(words_of, self.cut)) - left
        for fact in self.task.facts.imports if not context.is_open else ():
            if fact.bound_name in gone - context.wanted and self._is_droppable(fact):
                self.imports.drop(fact)

    def _is_droppable(self, fact: Import) -> bool:
        is_plain = fact.scope == MODULE_SCOPE and fact.guard is Guard.NONE and not fact.is_reexport
        is_meant = fact.name == "*" or (fact.alias or "") == fact.name or fact.module == "__future__"
        return is_plain and not is_meant and not self.imports.rows.of(fact).statement.comment


def _lines_without(source: Source, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    gone = {line for first, last in spans for line in range(first, last + 1)}
    return (line for number, line in enumerate(source.lines, start=1) if number not in gone)
