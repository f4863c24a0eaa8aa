"""What functions do with their local variables, read off the normal form of their lines."""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from ssot_lint.extract.normal_form import WORD_END
from ssot_lint.extract.walk import OpenScope
from ssot_lint.model.facts import SENDING_NONE
from ssot_lint.model.syntax import ScopeKind

_BINDINGS = frozenset({"Assign", "AnnAssign"})
_SENDING_NONE = [".send", "Arg", "None"]
# What stands behind a variable that is the only target of an assignment: a call, or a choice of calls.
_ASSIGNED_WORDS = ("BooleanOperation", "Call", "IfExp")
_ASKED_FOR_BOOL = ["Call", "bool", "Arg"]
_TESTS = frozenset({"Assert", "Comparison", "If", "Not", "While"})


class LocalAttributeReads:
    """Answers for one file that was walked: its scopes, and the normal form of its lines.

    In the normal form every node's class comes before its parts, so the word before a name tells what is done with it:
    ``Attribute x .name``, ``Subscript x``, ``Arg x``, ``Await x``.
    """

    def __init__(self, scopes: Sequence[OpenScope], lines: Sequence[str]) -> None:
        self._scopes = scopes
        self._lines = lines
        self._texts: dict[int, str] = {}
        self._words: dict[int, list[str]] = {}

    def of(self, name: str, scope_index: int) -> tuple[str, ...]:
        """What is read off a local variable that is bound once, to a call, and never leaves its function: names of
        attributes, ``[]`` for items, ``bool`` for a test or a comparison; sorted.

        Empty if it is not so, or if anything else becomes of the variable: it is awaited, returned, passed on, iterated
        over, captured.
        """
        scope = self._scopes[scope_index]
        assigned = scope.assigned.get(name, ())
        if scope.kind is not ScopeKind.FUNCTION or len(assigned) != 1 or type(assigned[0].value) is not cst.Call:
            return ()
        text = self._text(scope)
        # Most variables are passed on and nothing else: splitting the text is not worth it for them.
        telling = ("Attribute", "Subscript", WORD_END.join(_ASKED_FOR_BOOL), *_TESTS)
        if not scope.tested[name] and not any(f"{word}{WORD_END}{name}{WORD_END}" in text for word in telling):
            return ()
        return self._reads(name, scope)

    def is_unread(self, name: str, scope_index: int) -> bool:
        """Whether a function does nothing with a local variable but assign to it, each time to it alone."""
        scope = self._scopes[scope_index]
        assigned = scope.assigned.get(name, ())
        if scope.kind is not ScopeKind.FUNCTION or not assigned or name in scope.global_names:
            return False
        text = self._text(scope)
        alone = sum(text.count(WORD_END.join(("", "Assign", name, word, ""))) for word in _ASSIGNED_WORDS)
        return text.count(f"{WORD_END}{name}{WORD_END}") == len(assigned) == alone

    def _text(self, scope: OpenScope) -> str:
        if scope.index not in self._texts:
            lines = self._lines[scope.first_line : scope.last_line]
            self._texts[scope.index] = WORD_END.join(("", *lines, ""))
        return self._texts[scope.index]

    def _reads(self, name: str, scope: OpenScope) -> tuple[str, ...]:
        if scope.index not in self._words:
            self._words[scope.index] = self._text(scope).split(WORD_END)
        words = self._words[scope.index]
        found, tests = set(), scope.tested[name]
        for place, word in enumerate(words):
            if word != name:
                continue
            before = words[place - 1]
            if before == "Attribute":
                is_driven = words[place + 1 : place + 4] == _SENDING_NONE
                found.add(SENDING_NONE if is_driven else words[place + 1][1:])
            elif before == "Subscript":
                found.add("[]")
            elif before in _TESTS or words[place - 3 : place] == _ASKED_FOR_BOOL:
                found.add("bool")
            elif before not in _BINDINGS:
                found.add("bool")
                tests -= 1
        # Other uses than the conditions inside of expressions are beyond what is told here.
        return tuple(sorted(found)) if tests == 0 else ()
