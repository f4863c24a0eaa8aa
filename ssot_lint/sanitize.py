"""Text that comes from the scanned tree, made safe for the format it enters.

Names, paths and literals are chosen by whoever wrote the scanned code. Every reporter passes them through
exactly one of these functions, so that they cannot move the cursor, reorder text, hide characters or end the
table, code span or tag they stand in.
"""

from __future__ import annotations

import html
import json
import re

_C0 = r"\x00-\x1f"
_SURROGATES = r"\ud800-\udfff"

# C1 controls and DEL; Default_Ignorable_Code_Point of Unicode 16 (DerivedCoreProperties.txt), which holds the
# zero-width characters, the bidi controls, the Hangul fillers and the tags; line and paragraph separators;
# interlinear annotation; noncharacters at the end of the plane; the blank Braille pattern.
_INVISIBLE = (
    r"\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_ESCAPE_LIKE = r"[nrt]|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}"
_SURROGATE_LIKE = r"ud[89a-f][0-9a-f]{2}"

# A run of backslashes is taken whole, with what follows it as an optional group: linear on any input.
_HIDDEN = re.compile(rf"(\\+)(?=({_ESCAPE_LIKE}|[{_C0}{_INVISIBLE}{_SURROGATES}])?)|[{_C0}{_INVISIBLE}{_SURROGATES}]")
_UNENCODABLE = re.compile(rf"(\\+)(?=({_SURROGATE_LIKE}|[{_SURROGATES}])?)|[{_SURROGATES}]")
_INVISIBLE_IN_JSON = re.compile(f"[{_INVISIBLE}]")

_BACKTICKED = re.compile(r"`([^`]+)`")
_PLAIN_CODE = re.compile(r"[^\s`|<>&\\$](?:[^`|<>&\\$]*[^\s`|<>&\\$])?")
_MARKDOWN_SYNTAX = re.compile(r"[\\`*_\[\]<>&|~$]")
_MARKDOWN_BLOCK_START = re.compile(r"^(\d+)(?=[.)](?:\s|$))|^(?=[-+=:#])")
# GitHub links mentions, issue numbers and addresses after Markdown is done; only splitting the text stops it.
_MARKDOWN_LINKED = re.compile(r"[@#](?=\w)|:(?=//)|\bwww(?=\.)", re.IGNORECASE)
_NOT_ALPHANUMERIC = re.compile(r"[^\w ]|_")


def visible(text: str) -> str:
    r"""Escape everything that is not seen as itself, as Python would write it (``\n``, ``\x1b``, ``\u202e``).

    That is controls, ANSI sequences, bidi controls, zero-width and other invisible characters, and the lone
    surrogates that stand for bytes of a path that are not UTF-8. Reversible: backslashes are doubled where
    they would otherwise read as one of these escapes. The result is one line of valid Unicode.
    """
    return _HIDDEN.sub(_escape, text)


def unambiguous_path(path: str) -> str:
    """``path`` so that no shell, tool or CI system takes its beginning for an option or a command."""
    return f"./{path}" if path.startswith(("-", ":", "#", "@")) else path


def visible_path(path: str) -> str:
    """An :func:`unambiguous_path` as :func:`visible` text."""
    return visible(unambiguous_path(path))


def encodable(text: str) -> str:
    r"""Escape lone surrogates only, reversibly (``\udc80``): text that can be encoded, otherwise unchanged."""
    return _UNENCODABLE.sub(_escape, text)


def json_with_visible_text(document: str) -> str:
    r"""Write the invisible characters of a JSON document as ``\uXXXX``: the same data, safe to look at."""
    return _INVISIBLE_IN_JSON.sub(lambda match: json.dumps(match[0])[1:-1], document)


def markdown_text(text: str) -> str:
    """``text`` as inline GitHub Markdown; parts in backticks become code, all else reads as it is written.

    Safe in paragraphs, list items and table cells; never starts a block, a link or a mention.
    """
    parts = _BACKTICKED.split(text.strip())
    return "".join(markdown_code(part) if at % 2 else _markdown_prose(part) for at, part in enumerate(parts))


def markdown_code(text: str) -> str:
    """``text`` as inline code, safe in paragraphs, list items and table cells."""
    shown = visible(text)
    if _PLAIN_CODE.fullmatch(shown):
        return f"`{shown}`"
    # Character references mean nothing to Markdown: no pipe, backtick or underscore is left to act.
    return f"<code>{_NOT_ALPHANUMERIC.sub(lambda match: f'&#{ord(match[0])};', shown)}</code>"


def html_code(text: str) -> str:
    """``text`` as a ``<code>`` element inside an HTML block, where Markdown has no meaning."""
    return f"<code>{html_text(text)}</code>"


def html_text(text: str) -> str:
    """``text`` as the content of an HTML element or attribute."""
    return html.escape(visible(text))


def _escape(match: re.Match[str]) -> str:
    backslashes: str | None = match[1]
    if backslashes:
        return backslashes * 2 if match[2] else backslashes
    return match[0].encode("unicode_escape").decode("ascii")


def _markdown_prose(text: str) -> str:
    escaped = _MARKDOWN_SYNTAX.sub(r"\\\g<0>", visible(text))
    return _MARKDOWN_LINKED.sub(r"\g<0><!-- -->", _MARKDOWN_BLOCK_START.sub(r"\1\\", escaped))
