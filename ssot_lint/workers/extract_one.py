"""The facts of a text that is in no file."""

from __future__ import annotations

import msgspec

from ssot_lint.model.facts import ModuleFacts, ParseFailure
from ssot_lint.workers.extract_files import (
    Result,
    WorkerPool,
    deadline_of,
    error_of,
    extract_all,
    reason_of,
)
from ssot_lint.workers.parser_guard import is_safe_in_process


def extract_one(content: bytes, pool: WorkerPool) -> ModuleFacts | ParseFailure:
    """The facts of ``content``; in this process if the parser surely comes back from it. Never raises for what the
    content may be. Raises ExecutorError when the pool cannot be kept alive."""
    if is_safe_in_process(content):
        (encoded,) = extract_all([content])
    else:
        with pool.open_executor(1) as executor:
            future = executor.submit(extract_all, [content], deadline_of([content]))
            error = error_of(future)
            if error is not None:
                return ParseFailure(reason_of(error), is_given_up=True)
            (encoded,) = future.result()
    decoder: msgspec.msgpack.Decoder[Result] = msgspec.msgpack.Decoder(Result)
    return decoder.decode(encoded)
