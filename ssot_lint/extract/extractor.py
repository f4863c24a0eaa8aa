"""Source text in, facts out. The only door to LibCST."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

import libcst as cst
from msgspec.structs import replace

from ssot_lint.extract.bindings import BindingRecorder
from ssot_lint.extract.copy_notes import copy_notes
from ssot_lint.extract.cursor import Cursor
from ssot_lint.extract.definitions import DefinitionRecorder
from ssot_lint.extract.directive_reach import Span, reach_of_comments
from ssot_lint.extract.dispatch import dispatch_table
from ssot_lint.extract.expression_flow import ExpressionFlowRecorder
from ssot_lint.extract.expressions import docstring_line, docstring_text
from ssot_lint.extract.flow import FlowRecorder
from ssot_lint.extract.global_names import with_global_names
from ssot_lint.extract.header import is_generated, is_runnable
from ssot_lint.extract.identifiers import in_normal_form
from ssot_lint.extract.identities import IdentityRecorder
from ssot_lint.extract.imports import ImportRecorder
from ssot_lint.extract.indentation import evenly_indented
from ssot_lint.extract.item_reads import ItemReadRecorder
from ssot_lint.extract.leaving_notes import leaving_scopes
from ssot_lint.extract.literals import LiteralRecorder
from ssot_lint.extract.mentions import mentions
from ssot_lint.extract.misplaced import MisplacedRecorder
from ssot_lint.extract.names import NameTable
from ssot_lint.extract.notices import deprecation_notice, marked_imports, sharing_marks
from ssot_lint.extract.provenance import provenance, stands_apart
from ssot_lint.extract.refusal import refused_line
from ssot_lint.extract.repeat_notes import repeating_scopes
from ssot_lint.extract.replacements import replacements
from ssot_lint.extract.source import decode, explain_syntax_error
from ssot_lint.extract.uses import UseRecorder
from ssot_lint.extract.walk import Walk
from ssot_lint.model.facts import Class, Directive, Function, ModuleFacts, ParseFailure
from ssot_lint.model.syntax import MODULE_SCOPE

_DIRECTIVE = re.compile(r"#\s*(ssot[-_]?lint:)", re.IGNORECASE)
"""Where a directive begins: also behind another tool's, as in ``# noqa: F401  # ssot-lint: ignore[SSOT301]``."""


_WARNERS = frozenset({"warn"})
"""Names that are taken for ``warnings.warn`` wherever they come from."""


def extract(source: bytes) -> ModuleFacts | ParseFailure:
    """The facts of one file. Never raises for anything the file may contain."""
    parsed = parse(source)
    if isinstance(parsed, ParseFailure):
        return parsed
    facts = facts_of(parsed.text, parsed.tree)
    if isinstance(facts, ParseFailure):
        return replace(facts, mentions=mentions(parsed.text))
    return replace(facts, is_evened=True) if parsed.is_evened else facts


class Parsed(NamedTuple):
    """The text of a file and its tree. ``is_evened``: the parser refuses the indentation, and the tree is that of the
    text with an even one: the same leaves in the same lines."""

    text: str
    tree: cst.Module
    is_evened: bool = False


def parse(source: bytes) -> Parsed | ParseFailure:
    """One file, parsed. Never raises for anything the file may contain."""
    text = decode(source)
    if isinstance(text, ParseFailure):
        return text
    tree = _tree(text)
    if not isinstance(tree, str):
        return Parsed(text, tree)
    failure = explain_syntax_error(text, tree)
    failure = replace(failure, mentions=mentions(text))
    if not failure.is_refused:
        return failure
    even = evenly_indented(text) or text
    again = _tree(even)
    return _with_line(failure, even, again) if isinstance(again, str) else Parsed(text, again, is_evened=True)


def _tree(text: str) -> cst.Module | str:
    """The tree of a text, or why the parser refuses it."""
    try:
        return cst.parse_module(text)
    except cst.ParserSyntaxError as error:
        return error.message
    except (cst.CSTLogicError, cst.CSTValidationError, SyntaxError, ValueError, TypeError, LookupError) as error:
        # Two template strings side by side; mixed bytes and str literals, which LibCST lets through to its own checks.
        return str(error)


def _with_line(failure: ParseFailure, even: str, message: str) -> ParseFailure:
    """A refusal with its line, where the parser named none; it refuses ``even`` with ``message``, whose lines are those
    of the file."""
    if failure.line > 1:
        return failure
    again = replace(explain_syntax_error(even, message), column=1, mentions=failure.mentions)
    return (
        again if again.line > 1 else replace(again, line=refused_line(even, lambda part: isinstance(_tree(part), str)))
    )


def facts_of(text: str, module: cst.Module) -> ModuleFacts | ParseFailure:
    """The facts of a file that was parsed; a failure for one that Python parses, too, and then refuses to compile."""
    walk = Walk(text)
    definitions = DefinitionRecorder(walk)
    imports = ImportRecorder(walk)
    bindings = BindingRecorder(walk)
    literals = LiteralRecorder(walk)
    item_reads = ItemReadRecorder(walk)
    identities = IdentityRecorder(walk)
    uses = UseRecorder(walk)
    flow = FlowRecorder(walk, bindings)
    conditions = ExpressionFlowRecorder(walk)
    misplaced = MisplacedRecorder(walk)
    recorders = (definitions, imports, bindings, literals, item_reads, identities, uses, flow, conditions, misplaced)
    walk.run(module, dispatch_table(walk, recorders))
    if misplaced.failure is not None:
        return misplaced.failure
    scopes, classes, functions = definitions.facts()
    names = NameTable(walk.scopes, (*classes, *functions), bindings.module_names(), imports.has_star())
    functions, global_names = with_global_names(functions, walk.scopes, names.module_names)
    imported, bound = imports.facts(), bindings.bindings(names.module_names)
    facts = ModuleFacts(
        lines=walk.cursor.line_count,
        docstring=docstring_text(docstring_line(module)),
        scopes=scopes,
        branches=walk.branches(),
        imports=imported,
        classes=classes,
        functions=functions,
        global_names=global_names,
        bindings=bound,
        attributes=bindings.attributes(),
        mutations=bindings.mutations(names),
        calls=uses.calls(names.callee_text),
        awaited=uses.awaited(),
        item_reads=item_reads.facts(names.is_imported),
        strings=literals.strings(),
        constants=literals.constants(names.global_text),
        deprecations=uses.deprecations(imports.names_of("warnings", "warn") | _WARNERS),
        directives=_directives(walk),
        identities=identities.facts(names),
        replacements=replacements(walk, text, (*classes, *functions), imported, bound),
        copy_notes=copy_notes(walk, (*classes, *functions)),
        leaving=leaving_scopes(text, (*classes, *functions)),
        repeating=repeating_scopes(text, (*classes, *functions)),
        exports=None if bindings.exports is None else tuple(bindings.exports),
        exports_more=bindings.exports_more,
        is_dynamic=(
            uses.is_dynamic
            or bindings.module_stores.found_in(imports.names_of("sys", "modules"))
            or "__getattr__" in bindings.module_names() | walk.scopes[MODULE_SCOPE].imported
            or _adds_names(classes, functions)
            # ``public(name=value)`` of the library atpublic binds the name in the module that calls it.
            or not uses.told_by_keyword.isdisjoint(imports.names_of("public", "public"))
        ),
        is_generated=is_generated(text),
        is_runnable=is_runnable(text),
        provenance=provenance(text),
        stands_apart=stands_apart(text),
        notice=deprecation_notice(docstring_line(module)),
        mentions=mentions(text),
    )
    return in_normal_form(_with_marks(facts, text), text)


def _with_marks(facts: ModuleFacts, text: str) -> ModuleFacts:
    """The facts with the imports marked that a comment declares to be passed on, and the variables and attributes that
    one declares to be shared."""
    imports, marked = marked_imports(facts, text), set(map(id, sharing_marks(facts, text)))
    if not marked and imports is facts.imports:
        return facts
    bindings = tuple(replace(fact, is_said_shared=True) if id(fact) in marked else fact for fact in facts.bindings)
    attributes = tuple(replace(fact, is_said_shared=True) if id(fact) in marked else fact for fact in facts.attributes)
    return replace(facts, imports=imports, bindings=bindings, attributes=attributes)


def _adds_names(classes: Iterable[Class], functions: Iterable[Function]) -> bool:
    """Whether the module answers for names it does not bind, or a decorator adds some (``enum.global_enum``)."""
    decorators = {decorator.name.rpartition(".")[2] for fact in classes for decorator in fact.decorators}
    return "global_enum" in decorators or any(
        fact.name == "__getattr__" and fact.parent == MODULE_SCOPE for fact in functions
    )


def _directives(walk: Walk) -> tuple[Directive, ...]:
    cursor = walk.cursor
    found = {offset: match for offset, comment in cursor.comments if (match := _DIRECTIVE.search(comment))}
    if not found:
        return ()
    reach = reach_of_comments(cursor.text, cursor.leaves, found)
    return tuple(_directive(cursor, offset, match, reach[offset]) for offset, match in found.items())


def _directive(cursor: Cursor, offset: int, match: re.Match[str], reach: Iterable[Span]) -> Directive:
    line, column = cursor.position(offset)
    spans = ((cursor.position(span.first)[0], cursor.position(span.last)[0]) for span in reach)
    return Directive(
        text=match.string[match.end() :].strip(),
        own_line=not cursor.text[offset - column + 1 : offset].strip(),
        line=line,
        column=column + match.start(),
        about=tuple(sorted({number for first, last in spans for number in range(first, last + 1)} | {line})),
        marker=match[1],
    )
