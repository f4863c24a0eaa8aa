"""Who reads the names of a file without importing them: ``module.name``, ``mock.patch("package.module.name")``."""

from __future__ import annotations

import re
from dataclasses import replace

from ssot_lint.fix.contents import Contents
from ssot_lint.fix.context import FileContext
from ssot_lint.fix.neighbourhood import Neighbourhood
from ssot_lint.fix.source import Source
from ssot_lint.fix.texts import Texts

_READ = re.compile(r"""\.\s*(?P<attribute>[^\W\d]\w*)|["'](?P<text>[^\W\d]\w*)["']""")


def with_readers(path: str, around: Neighbourhood, contents: Contents, texts: Texts) -> FileContext:
    """The context of a file, with the names that others read off its module, or name in texts.

    Raises RefusedError where one of them cannot be read.
    """
    context = around.context(path)
    read: set[str] = set()
    for holder in sorted(around.holders.get(path, ())):
        for match in _READ.finditer(Source(contents.read(holder)).text):
            read.add(match["attribute"] or match["text"])
    bound = {fact.bound_name for fact in around.module(path).facts.imports}
    read |= {name for name in bound if texts.naming(f"{context.module}.{name}")}
    return replace(context, wanted=context.wanted | read)
