"""Reads what authors say of their code in prose: deprecation notices in docstrings and warnings, marks at imports."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from inspect import cleandoc

import libcst as cst
from msgspec.structs import replace

from ssot_lint.extract.expressions import dotted, string_content
from ssot_lint.extract.header import header_of
from ssot_lint.model.facts import AttributeAssignment, Binding, Import, ModuleFacts
from ssot_lint.model.syntax import MODULE_SCOPE
from ssot_lint.text.lines import LINE_END

_MAX_TEXT = 500
_OPEN = "{}"
"""Stands for a part of a text that is computed."""

_NOTICE = re.compile(
    r"\n\s*\n[ \t]*((?:DEPRECATED(?:[:.!]|[ \t]*-|[ \t]*\n|[ \t]*$)"
    r"|This (?:\w+ )?(?:class|file|function|module|package) (?:is|will be) (?:now )?(?i:deprecated)\b)"
    r"[^\n]*(?:\n[ \t]*\S[^\n]*)*)"
)
"""Not a Sphinx directive: behind the first paragraph that speaks of parts, parameters above all."""

_DIRECTIVE = re.compile(r"(?:\A|\n)\s*\n(\.\. deprecated::[^\n]*(?:\n[ \t]*\S[^\n]*)*)")
"""In the column of the text itself, and behind a first line that begins with the word: there it is about the whole."""

_NAME = re.compile(r"[^\W\d]\w*")
_COMMENT = re.compile(r"#[^\r\n]*")
_STATES = re.compile(
    r"\bre-?export|\bbackwards?[- ]compat|\bunpickl|\bpublic (?:api|interface)\b"
    r"|\b(?:convenience|convenient|easier|easy) (?:access|imports?)\b|\bimportable (?:as|from|here)\b",
    re.IGNORECASE,
)
_STATES_HINTS = ("export", "compat", "unpickl", "public", "convenien", "easier", "easy", "importable")
"""One of these is in all that the pattern finds, and to look for them takes a fraction of its time; as below."""
_FRONT = re.compile(
    r"\b(?:compat(?:ibility)?|convenience|public) (?:re-?)?exports?\b"
    r"|\b(?:this|the) (?:module|file|package) (?:only |just |simply )?re-?exports\b"
    r"|\b(?:this (?:module|file) (?:is|serves as)|the) (?:an? |the )?(?:\w+ )?fa[cç]ade\b"
    r"|^fa[cç]ade (?:for|module|of|over)\b",
    re.IGNORECASE,
)
"""By which the docstring of a module says that it is there to offer what others define."""
_FRONT_HINTS = ("xport", "acade", "açade")

_SILENCES = re.compile(
    r"#\s*noqa(?:\s*:[^#]*\bF401\b|(?!\s*:))"
    r"|pylint:\s*disable=[^#\n]{0,500}\b(?:unused-import|W0611)\b"
    r"|pyright:\s*ignore\[[^\]\n]{0,500}reportUnusedImport"
    r"|@UnusedImport\b",
    re.IGNORECASE,
)
_SILENCES_HINTS = ("noqa", "pylint", "pyright", "@unusedimport")
_NOQA = re.compile(r"#\s*noqa\b", re.IGNORECASE)
_MISSING = re.compile(
    r"#\s*type:\s*ignore(?!\s*\[)|#\s*type:\s*ignore\s*\[[^\]\n]{0,500}\b(?:import(?:-not-found)?|attr-defined)(?![\w-])"
    r"|pylint:\s*disable=[^#\n]{0,500}\b(?:import-error|no-name-in-module|E0401|E0611)\b"
    r"|(?:pyright|ty|pyrefly):\s*ignore\s*\[[^\]\n]{0,500}(?:reportMissingImports|reportAttributeAccessIssue"
    r"|unresolved-import|missing-import|import-error|missing-module-attribute)\b"
)
"""By which a checker is told that what an import asks for is not there for it to see."""
_SILENCES_ALL = re.compile(
    r"^[ \t]*#\s*(?:flake8\s*[:=]\s*noqa(?:\s*:[^#\r\n]*\bF401\b)?|ruff\s*:\s*noqa(?:\s*:[^#\r\n]*\bF401\b)?"
    r"|pylint:\s*disable=[^#\r\n]*\b(?:unused-import|W0611)\b[^#\r\n]*)[ \t]*\r?$",
    re.IGNORECASE | re.MULTILINE,
)
_MISSPELT = re.compile(r"^__ALL__[ \t]*(?::[^=\n]*)?\+?=[ \t]*[\[(]([^\])]*)[\])]", re.MULTILINE)
_BARE = re.compile(r"^[^\W\d]\w*(?:[ \t]*,[ \t]*[^\W\d]\w*)*[ \t]*,?[ \t]*(?:#[^\r\n]*)?\r?$", re.MULTILINE)
"""A statement of nothing but names, which does nothing but keep linters from calling their imports unused."""

_SHARES = re.compile(
    r"^[^#\n]*#.*\b(?:share[ds]?|sharing|cached?|caches|class[ -](?:attribute|level|var|variable)"
    r"|(?:once|one) (?:per|in each) (?:process|session)|process[ -]wide|for all instances"
    r"|common (?:to|between|among|for)|singletons?)\b",
    re.IGNORECASE | re.MULTILINE,
)
"""Asked once a line: begun again at each of the many hashes of a ruler, it would take the square of their number."""

_TRIPLE_QUOTED = re.compile(r'"""[\s\S]*?"""' + r"|'''[\s\S]*?'''")


def deprecation_notice(line: cst.SimpleStatementLine | None) -> str:
    """The paragraph of a docstring, behind the first one, that declares its owner deprecated, in one line."""
    if line is None or type(line.body[0]) is not cst.Expr:
        return ""
    content = string_content(line.body[0].value) or ""
    match = _NOTICE.search(content) if "deprecated" in content.lower() else None
    if match is None and content.lstrip().startswith("Deprecated "):
        match = _DIRECTIVE.search(cleandoc(content))
    return " ".join(match.group(1).split())[:_MAX_TEXT] if match else ""


def warning_text(arguments: Sequence[cst.Arg]) -> str:
    """The text of a warning as far as it is literal; ``{}`` stands for what is computed. Empty if all of it is."""
    first = arguments[0].value if arguments else None
    if isinstance(first, cst.Call) and is_deprecation_class(first) and first.args:
        first = first.args[0].value
    text = "".join(_pieces(first)) if first is not None else ""
    return text[:_MAX_TEXT] if text.replace(_OPEN, "").strip() else ""


def is_deprecation_class(node: cst.BaseExpression) -> bool:
    """DeprecationWarning, its pending kind, or one of Django's ``RemovedIn...Warning``; also an instance of one."""
    name = dotted(node.func if isinstance(node, cst.Call) else node).rpartition(".")[2]
    return name.endswith("DeprecationWarning") or (name.startswith("RemovedIn") and name.endswith("Warning"))


def _pieces(node: cst.BaseExpression) -> Iterator[str]:
    """The literal parts of a text in order, through concatenation, formatting and f-strings."""
    stack: list[cst.CSTNode] = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, cst.ConcatenatedString) or (
            isinstance(current, cst.BinaryOperation) and isinstance(current.operator, cst.Add)
        ):
            stack += (current.right, current.left)
        elif isinstance(current, cst.BinaryOperation):
            stack.append(current.left)
        elif isinstance(current, cst.Call) and isinstance(current.func, cst.Attribute):
            stack.append(current.func.value)
        elif isinstance(current, cst.FormattedString):
            stack += reversed(current.parts)
        elif isinstance(current, cst.FormattedStringText):
            yield current.value
        else:
            content = string_content(current)
            yield _OPEN if content is None else content


def marked_imports(facts: ModuleFacts, text: str) -> tuple[Import, ...]:
    """The imports of a file with what its comments say of them."""
    passed_on = set(map(id, _reexport_marks(facts, text)))
    silenced = set(map(id, _silenced(facts, text)))
    marked = passed_on | silenced
    if not marked:  # as in most files
        return facts.imports
    return tuple(
        replace(fact, is_reexport=id(fact) in passed_on, is_silenced=id(fact) in silenced)
        if id(fact) in marked
        else fact
        for fact in facts.imports
    )


def _silenced(facts: ModuleFacts, text: str) -> tuple[Import, ...]:
    """The stars that linters, and the other imports that checkers are told to leave alone."""
    if not _NOQA.search(text) and not _MISSING.search(text):
        return ()
    lines = LINE_END.split(text)
    return tuple(
        fact
        for fact in facts.imports
        if any(map((_NOQA if fact.name == "*" else _MISSING).search, _comments_at(fact, lines)))
    )


def _reexport_marks(facts: ModuleFacts, text: str) -> tuple[Import, ...]:
    """The imports that a file declares to be passed on: by a comment, in words or by silencing a linter that calls them
    unused, by a statement of nothing but their names, or in an ``__ALL__`` that was to be ``__all__``; all in
    a module whose docstring calls it a front.

    A silenced linter counts only for a name that the rest of the file does not use: there it says nothing else.
    """
    named = _named_only(text)
    is_front = _is_front(text)
    marked = {fact for fact in facts.imports if fact.bound_name in named or (is_front and fact.scope == MODULE_SCOPE)}
    if "#" in text and _may_be_marked(text):
        lines = LINE_END.split(text)
        is_silent = _SILENCES_ALL.search(text) is not None
        marked |= {fact for fact in facts.imports if _is_marked(fact, facts, lines, is_silent)}
    return tuple(fact for fact in facts.imports if fact in marked)


def _may_be_marked(text: str) -> bool:
    lowered = text.lower()
    return (any(hint in lowered for hint in _STATES_HINTS) and _STATES.search(text) is not None) or (
        any(hint in lowered for hint in _SILENCES_HINTS)
        and (_SILENCES.search(text) is not None or _SILENCES_ALL.search(text) is not None)
    )


def _is_front(text: str) -> bool:
    """Whether the comments and the docstring at the top of a file say that it offers what others define."""
    return any(hint in text for hint in _FRONT_HINTS) and any(map(_FRONT.search, header_of(text)))


def _named_only(text: str) -> frozenset[str]:
    """The names that stand in a misspelt ``__all__`` or alone in a statement of the module."""
    named = _NAME.findall(" ".join(_MISSPELT.findall(text)))
    if _BARE.search(text):
        named += _NAME.findall(" ".join(_COMMENT.sub("", each) for each in _BARE.findall(_TRIPLE_QUOTED.sub("", text))))
    return frozenset(named)


def sharing_marks(facts: ModuleFacts, text: str) -> tuple[Binding | AttributeAssignment, ...]:
    """The variables and attributes of which the comment right above or beside says that they are shared, or a cache; of
    attributes also that above the method which sets them."""
    if not _SHARES.search(text):
        return ()
    lines = LINE_END.split(text)
    told = {each.scope for each in facts.functions if _SHARES.search(_comment_above(each.line, lines))}
    bindings = (fact for fact in facts.bindings if _is_said(fact.line, fact.end_line, lines))
    attributes = (fact for fact in facts.attributes if fact.scope in told or _is_said(fact.line, fact.line, lines))
    return *bindings, *attributes


def _is_said(first: int, last: int, lines: Sequence[str]) -> bool:
    comments = [_comment_above(first, lines)]
    for number in {first, last}:
        comments += _COMMENT.findall(lines[number - 1])
    return any(map(_SHARES.search, comments))


def _comment_above(line: int, lines: Sequence[str]) -> str:
    """The lines of comment that end right above a line."""
    first = line - 1
    while first and lines[first - 1].lstrip().startswith("#"):
        first -= 1
    return "\n".join(lines[first : line - 1])


def _is_marked(fact: Import, facts: ModuleFacts, lines: Sequence[str], is_silent: bool) -> bool:
    comments = list(_comments_at(fact, lines))
    if any(map(_STATES.search, (*comments, _heading(fact, facts, lines)))):
        return True
    return (is_silent or any(map(_SILENCES.search, comments))) and not _is_used(fact, facts, lines)


def _comments_at(fact: Import, lines: Sequence[str]) -> Iterator[str]:
    """The comments in the line of the name, and where the statement begins and ends."""
    for number in sorted({fact.line, fact.statement, fact.end_line}):
        yield from _COMMENT.findall(lines[number - 1])


def _heading(fact: Import, facts: ModuleFacts, lines: Sequence[str]) -> str:
    """The comment lines right above a block of imports that the statement stands in."""
    of_imports = {line for each in facts.imports for line in range(each.statement, each.end_line + 1)}
    number = fact.statement - 1
    while number in of_imports:
        number -= 1
    return _comment_above(number + 1, lines)


def _is_used(fact: Import, facts: ModuleFacts, lines: Sequence[str]) -> bool:
    """Whether the name that an import binds stands anywhere else in the file, texts for people left out."""
    of_imports = {line for each in facts.imports for line in range(each.statement, each.end_line + 1)}
    code = "\n".join(line for number, line in enumerate(lines, 1) if number not in of_imports)
    code = _COMMENT.sub("", _TRIPLE_QUOTED.sub("", code))
    return re.search(rf"(?<![\w.]){re.escape(fact.bound_name)}(?!\w)", code) is not None
