"""Which top-level modules are Python's own."""

from __future__ import annotations

import sys

_SINCE_3_11 = frozenset({"annotationlib", "compression", "tomllib"})
"""Of 3.11 and 3.14, from "New modules" in "What's New"."""

_UNTIL_3_12 = frozenset(
    {"aifc", "asynchat", "asyncore", "audioop", "binhex", "cgi", "cgitb", "chunk", "crypt", "distutils", "imghdr"}
    | {"imp", "lib2to3", "mailcap", "msilib", "nis", "nntplib", "ossaudiodev", "pipes", "smtpd", "sndhdr", "spwd"}
    | {"sunau", "telnetlib", "uu", "xdrlib"}
)
"""Of 3.10, gone with 3.11, 3.12 (PEP 632) or 3.13 (PEP 594)."""

STANDARD_LIBRARY = sys.stdlib_module_names | _SINCE_3_11 | _UNTIL_3_12
"""The names that any supported Python has: what a project is found to be does not hang on which of them looks at it."""
