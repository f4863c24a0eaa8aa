"""Facts of a file against what ``ast`` reads from it, and against its tokens.

What differs by intention, and is left out of the comparison:

- A call of a name that a function around it binds is no fact, or one under what the name holds. Of the others those
  count whose name the module binds; the facts may have more (after a star import).
- ``ast`` does not place the names of ``except ... as``, of patterns and of ``**rest``: they are compared without place.
- Before Python 3.12 (PEP 701) ``ast`` placed the code in f-strings wrongly: its calls and strings are compared without
  place.
- Facts know only words: a definition whose last statement has none, as ``()`` or ``[]``, ends before it.
- Of values and annotations only the shape is compared, and the name where there is one.
- Guards, branches, mutations, identities, bodies and constants have no counterpart here.
"""

from __future__ import annotations

import io
import keyword
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar
from unicodedata import normalize

import libcst

from ssot_lint.model.facts import Binding, BindingKind, Call, Class, Function, Import, ModuleFacts, ResultUse
from ssot_lint.model.syntax import Value, ValueKind
from tests.fuzz.ast_reader import (
    LINE_END,
    UNKNOWN,
    BoundName,
    CallSite,
    Definition,
    ImportedName,
    LoadedProject,
    SetAttribute,
    read,
    text_of,
)

T = TypeVar("T")
_MOST_SHOWN = 3
_OWN_WORDS = frozenset({"AsyncWith", "Capture", "Case"})
_WORD = re.compile(r"\w+")
_COMMENT = re.compile(r"#.*")
_F_STRING = re.compile(r"""\b[rR]?[fFtT][rR]?["']""")


def problems(facts: ModuleFacts, content: bytes) -> list[str]:
    """What is wrong with the facts of a file, as far as the host can read it; empty if nothing.

    Its tokens are asked too, also of files that LibCST takes and the host's grammar does not.
    """
    text, reading = text_of(content), read(content)
    tokens = _tokens(text, is_python=reading is not None)
    return [
        *(_differences(facts, reading, text) if reading else ()),
        *(_misplaced(facts, tokens) if tokens else ()),
        *(_directive_differences(facts, tokens) if tokens else ()),
    ]


def _differences(facts: ModuleFacts, reading: LoadedProject, text: str) -> Iterator[str]:
    names = [scope.qualname for scope in facts.scopes]
    lines = LINE_END.split(text)
    ends = {each[:3]: each.end_line for each in reading.definitions}
    definitions = [_with_wordless_end(each, ends.get(each[:3], 0), lines) for each in _definitions(facts, names)]
    yield from _unequal("definition", definitions, reading.definitions)
    yield from _unequal("import", [_import(fact, names) for fact in facts.imports], reading.imports)
    yield from _binding_differences([_binding(fact, names) for fact in facts.bindings], reading.bindings)
    yield from _unequal("attribute", _attributes(facts, names), reading.attributes)
    yield from (f"not awaited: {name}" for name in facts.awaited if name not in reading.handed_on)
    yield from _call_differences(facts, reading)
    yield from _item_read_differences(facts, reading)
    yield from _mention_differences(facts, reading, names)
    yield from _string_differences(facts, reading)


def _unequal(what: str, ours: Iterable[T], theirs: Iterable[T]) -> Iterator[str]:
    mine, other = Counter(ours), Counter(theirs)
    for word, surplus in (("only in the facts", mine - other), ("only in ast", other - mine)):
        yield from (f"{what} {word}: {each!r}" for each in list(surplus)[:_MOST_SHOWN])


def _with_wordless_end(definition: Definition, end_line: int, lines: Sequence[str]) -> Definition:
    """The definition up to ``end_line`` if no line between has a word but keywords."""
    between = "\n".join(_COMMENT.sub("", line) for line in lines[definition.end_line : end_line])
    is_wordless = end_line > definition.end_line and all(map(keyword.iskeyword, _WORD.findall(between)))
    return definition._replace(end_line=end_line) if is_wordless else definition


def _definitions(facts: ModuleFacts, names: Sequence[str]) -> Iterator[Definition]:
    both: tuple[Class | Function, ...] = (*facts.classes, *facts.functions)
    for fact in both:
        yield Definition(
            qualname=names[fact.scope],
            line=fact.line,
            column=fact.column,
            end_line=fact.end_line,
            decorators=tuple((each.name, each.arguments_text is not None, each.line) for each in fact.decorators),
            details=tuple(_class_head(fact) if isinstance(fact, Class) else _function_head(fact)),
            returns=frozenset() if isinstance(fact, Class) else frozenset(value.line for value in fact.returned),
        )


def _class_head(fact: Class) -> Iterator[str]:
    yield "class"
    yield from fact.bases
    yield from (f"{name}={value}" for name, value in fact.keywords)


def _function_head(fact: Function) -> Iterator[str]:
    yield "async def" if fact.is_async else "def"
    for parameter in fact.parameters:
        annotation = _annotation(parameter.annotation)
        yield f"{parameter.kind.name} {parameter.name}: {annotation} = {_value(parameter.default)}"
    yield f"-> {_annotation(fact.returns)}"
    yield "generator" if fact.is_generator else "plain"
    yield f"global {sorted(fact.global_names)}"
    yield f"yields in {sorted({value.line for value in fact.yielded})}"
    yield f"ends: {fact.exit.value}"


def _annotation(text: str) -> str:
    return text if all(part.isidentifier() for part in text.split(".")) else "?" if text else ""


def _value(value: Value | None) -> str:
    """In the words of :func:`tests.fuzz.ast_reader.value_of`."""
    if value is None:
        return ""
    named = value.kind in (ValueKind.CALL, ValueKind.NAME, ValueKind.SUBSCRIPT)
    text = f"{value.kind.value} {value.text}" if named else value.kind.value
    return f"await {text}" if value.awaited else text


def _import(fact: Import, names: Sequence[str]) -> ImportedName:
    return ImportedName(
        names[fact.scope],
        fact.level,
        fact.module,
        fact.name,
        fact.alias,
        fact.line,
        fact.column,
        fact.end_line,
        fact.statement,
    )


def _binding(fact: Binding, names: Sequence[str]) -> BoundName:
    return BoundName(
        fact.name,
        names[fact.scope],
        names[fact.within],
        fact.kind.value,
        _value(fact.value) if fact.kind is not BindingKind.DELETED else "",
        fact.line,
        fact.column,
        fact.end_line,
    )


def _attributes(facts: ModuleFacts, names: Sequence[str]) -> Iterator[SetAttribute]:
    for fact in facts.attributes:
        yield SetAttribute(names[fact.scope], fact.owner, fact.name, fact.line, fact.column)


def _binding_differences(ours: Sequence[BoundName], theirs: Sequence[BoundName]) -> Iterator[str]:
    """Those that ``ast`` does not place are compared by name."""
    unplaced = Counter(_without_place(each) for each in theirs if each.line == UNKNOWN)
    placed = {each for each in theirs if each.line != UNKNOWN}
    kept = []
    for each in ours:
        if each not in placed and unplaced[_without_place(each)]:
            unplaced[_without_place(each)] -= 1
        else:
            kept.append(each)
    yield from _unequal("binding", kept, (each for each in theirs if each.line != UNKNOWN))
    yield from _unequal("binding without a place", (), unplaced.elements())


def _without_place(each: BoundName) -> BoundName:
    return each._replace(line=UNKNOWN, column=UNKNOWN, end_line=UNKNOWN)


def _call_differences(facts: ModuleFacts, reading: LoadedProject) -> Iterator[str]:
    theirs = reading.calls
    places = {(each.line, each.column) for each in theirs}
    known = reading.module_names()
    wanted = Counter(_key(each) for each in theirs if not each.is_local and _root(each.callee) in known)
    allowed = Counter(_key(each) for each in theirs)
    local = Counter(_key(each)[1:] for each in theirs if each.is_local)
    for fact in facts.calls:
        at = (fact.line, fact.column) if (fact.line, fact.column) in places else (UNKNOWN, UNKNOWN)
        key = (fact.callee, _arguments(fact), _use(fact), *at)
        if allowed[key]:
            allowed[key] -= 1
            wanted[key] -= 1
        elif local[key[1:]]:
            local[key[1:]] -= 1
        else:
            yield f"call only in the facts: {fact!r}"
    yield from (f"call only in ast: {key!r}" for key, number in wanted.items() if number > 0)


def _use(call: Call) -> str:
    return call.usage.value if call.usage in (ResultUse.TESTED, ResultUse.ITERATED) else ""


def _arguments(call: Call) -> tuple[str, ...]:
    return tuple(sorted(f"{each.star}{each.keyword}={_annotation(each.text)}" for each in call.arguments))


def _item_read_differences(facts: ModuleFacts, reading: LoadedProject) -> Iterator[str]:
    """All facts are in ``ast``; of the others those of two well-known mappings count."""
    theirs = set(reading.item_reads)
    ours = {(fact.target, fact.line, fact.column) for fact in facts.item_reads}
    for text, line, column in ours:
        if theirs.isdisjoint({(text, line, column), (text, UNKNOWN, UNKNOWN)}):
            yield f"item read only in the facts: {text} at {line}:{column}"
    for text, line, column in theirs - ours:
        if text in ("os.environ", "sys.modules") and line != UNKNOWN and _root(text) in _plain_imports(reading):
            yield f"item read only in ast: {text} at {line}:{column}"


def _mention_differences(facts: ModuleFacts, reading: LoadedProject, names: Sequence[str]) -> Iterator[str]:
    """Names that LibCST has too are left out."""
    known = reading.module_names()
    for function in facts.functions:
        ours = set(facts.mentioned_by(function))
        everything, read = reading.mentions.get((names[function.scope], function.line), (None, frozenset()))
        if everything is not None and (wrong := ours - everything):
            yield f"{names[function.scope]} mentions {wrong} only in the facts"
        if missing := {name for name in read & known - ours if not hasattr(libcst, name)} - _OWN_WORDS:
            yield f"{names[function.scope]} mentions {missing} only in ast"


def _plain_imports(reading: LoadedProject) -> set[str]:
    """Modules that are imported under their own name, which no function binds."""
    imported = {each.module for each in reading.imports if each.name is None and each.alias is None and not each.scope}
    return imported - reading.locals


def _key(call: CallSite) -> tuple[str, tuple[str, ...], str, int, int]:
    return call.callee, call.arguments, call.use, call.line, call.column


def _root(text: str) -> str:
    return text.split(".")[0].split("[")[0].removesuffix("()")


def _string_differences(facts: ModuleFacts, reading: LoadedProject) -> Iterator[str]:
    for fact in facts.strings:
        at = {(fact.value, fact.line, fact.column), (fact.value, UNKNOWN, UNKNOWN)}
        if at.isdisjoint(reading.strings):
            yield f"string only in the facts: {fact!r}"


def _tokens(text: str, is_python: bool) -> list[tokenize.TokenInfo]:
    """The tokens of a file; none where the host's ``tokenize`` cannot be trusted with it."""
    if not is_python and sys.version_info < (3, 12) and _F_STRING.search(text):
        return []  # PEP 701: to an older host the quotes in an f-string end it.
    try:
        tokens = list(tokenize.generate_tokens(io.StringIO(text, newline=None).readline))
    except (tokenize.TokenError, SyntaxError):
        return []
    # Before Python 3.12 tokenize splits names at the few characters of identifiers that are no ``\\w``.
    return [] if any(token.type == tokenize.ERRORTOKEN for token in tokens) else tokens


def _misplaced(facts: ModuleFacts, tokens: Sequence[tokenize.TokenInfo]) -> Iterator[str]:
    """Definitions and imports that do not stand where the tokens say."""
    names = {token.start: normalize("NFKC", token.string) for token in tokens if token.type == tokenize.NAME}
    for word, count in (("class", len(facts.classes)), ("def", len(facts.functions))):
        if (number := sum(string == word for string in names.values())) != count:
            yield f"{number} times {word!r}, but {count} facts"
    wanted: list[tuple[Class | Function | Import, str]] = [(fact, "class") for fact in facts.classes]
    wanted += [(fact, "async" if fact.is_async else "def") for fact in facts.functions]
    wanted += [(fact, (fact.name or fact.module).split(".")[0]) for fact in facts.imports if fact.name != "*"]
    for fact, word in wanted:
        if (string := names.get((fact.line, fact.column - 1))) != word:
            yield f"{fact!r} stands at {string!r}"


def _directive_differences(facts: ModuleFacts, tokens: Sequence[tokenize.TokenInfo]) -> Iterator[str]:
    comments = {token.start[0] for token in tokens if token.type == tokenize.COMMENT and "# ssot-lint:" in token.string}
    yield from _unequal("directive", [fact.line for fact in facts.directives], sorted(comments))
