"""Is there something already that does what this code does?"""

from __future__ import annotations

from ssot_lint.errors import UsageError
from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.query.answer import Response
from ssot_lint.query.by_code import are_methods, as_class, as_function, dedented, where_coded
from ssot_lint.query.compose import Composer
from ssot_lint.workers.extract_files import WorkerPool
from ssot_lint.workers.extract_one import extract_one
from ssot_lint.workers.interface import load_executor


def where_code(composer: Composer, executor: str, code: str, question: str) -> Response:
    """What there is of the definitions in ``code``, or of its lines where it has none; ``executor`` is who parses what
    this process must not, ``question`` what answer and error call the code.

    Raises UsageError for code that cannot be parsed.
    """
    pool = WorkerPool(load_executor(executor), 1)
    facts = extract_one(dedented(code).encode(errors="replace"), pool)
    if isinstance(facts, ModuleFacts) and are_methods(facts):
        facts = extract_one(as_class(code).encode(errors="replace"), pool)
    if isinstance(facts, ModuleFacts):
        response = where_coded(composer, question, facts)
        if facts.classes or facts.functions or not response.is_empty:
            return response
    # Lines out of a function may return or yield, which no module may.
    loose = extract_one(as_function(code).encode(errors="replace"), pool)
    if isinstance(loose, ModuleFacts):
        response = where_coded(composer, question, loose, is_loose=True)
    elif isinstance(facts, ParseFailure):
        raise UsageError(f"{question}: line {facts.line}: {facts.reason}", "Give whole statements of Python")
    return Response(question, (), unknown=(question,), unread=composer.unread) if response.is_empty else response
