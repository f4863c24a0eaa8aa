"""``ssot-lint where -``: is there something already that does what this code does?"""

from __future__ import annotations

from ssot_lint.config.settings import Config
from ssot_lint.errors import UsageError
from ssot_lint.model.facts import ParseFailure
from ssot_lint.query.answer import Response
from ssot_lint.query.by_code import as_function, dedented, where_coded
from ssot_lint.query.compose import Composer
from ssot_lint.workers.extract_files import WorkerPool
from ssot_lint.workers.extract_one import extract_one
from ssot_lint.workers.interface import load_executor

_QUESTION = "-"


def where_code(composer: Composer, config: Config, code: bytes) -> Response:
    """What there is of the definitions in ``code``, or of its lines where it has none.

    Raises UsageError for code that cannot be parsed.
    """
    pool = WorkerPool(load_executor(config.executor), 1)
    text = code.decode(errors="replace")
    facts = extract_one(dedented(text).encode(), pool)
    if isinstance(facts, ParseFailure):
        raise UsageError(f"standard input: line {facts.line}: {facts.reason}", "Give whole statements of Python")
    if facts.classes or facts.functions or facts.bindings:
        return where_coded(composer, _QUESTION, facts)
    loose = extract_one(as_function(text).encode(), pool)
    if isinstance(loose, ParseFailure):
        return Response(_QUESTION, (), unknown=("the code",))
    return where_coded(composer, _QUESTION, loose, is_loose=True)
