"""Text that comes from the scanned tree, made safe for the format it enters.

Names, paths and literals are chosen by whoever wrote the scanned code. Every reporter passes them through
exactly one of these functions, so that they cannot move the cursor, reorder text, hide characters or end the
table, code span or tag they stand in.
"""

from __future__ import annotations

import html
import json
import re
from urllib.parse import quote, unquote, urlsplit

_C0 = r"\x00-\x1f"
_SURROGATES = r"\ud800-\udfff"

# C1 controls and DEL; Default_Ignorable_Code_Point of Unicode 16 (DerivedCoreProperties.txt), which holds the
# zero-width characters, the bidi controls, the Hangul fillers and the tags; line and paragraph separators;
# interlinear annotation; the noncharacters, which no document can hold as references; the blank Braille pattern.
_LAST_OF_PLANES = "".join(rf"\U{plane:04x}fffe\U{plane:04x}ffff" for plane in range(0x11))
_INVISIBLE = (
    r"\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u2800\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    rf"{_LAST_OF_PLANES}\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_ESCAPE_LIKE = r"[nrt]|x[0-9a-f]{2}|u[0-9a-f]{4}|U[0-9a-f]{8}"
_SURROGATE_LIKE = r"ud[89a-f][0-9a-f]{2}"

# What a CI system takes for a command wherever a line of the log holds it (GitHub's runner "##[error]", Azure Pipelines
# "##vso["), and what GitHub's runner takes for one at the start of a line, which is where wrapping may put it.
_OLD_LOG_COMMAND = r"#(?=#[\w-]*\[)"
_LOG_COMMAND = (
    rf"{_OLD_LOG_COMMAND}|:(?=:(?i:(?:add|remove)-matcher|add-(?:mask|path)|debug|echo|(?:end)?group|error|notice"
    r"|save-state|set-(?:env|output)|stop-commands|warning)(?:\s|::))"
)

# A run of backslashes is taken whole, with what follows it as an optional group: linear on any input.
_ESCAPED = rf"[{_C0}{_INVISIBLE}{_SURROGATES}]|{_LOG_COMMAND}"
_HIDDEN = re.compile(rf"(\\+)(?=({_ESCAPE_LIKE}|{_ESCAPED})?)|{_ESCAPED}")
_HIDDEN_IN_CODE = re.compile(rf"(?!\t)(?:{_ESCAPED})")
_UNENCODABLE = re.compile(rf"(\\+)(?=({_SURROGATE_LIKE}|[{_SURROGATES}])?)|[{_SURROGATES}]")
_MADE_ENCODABLE = re.compile(rf"(\\+)({_SURROGATE_LIKE})")
_INVISIBLE_IN_JSON = re.compile(f"[{_INVISIBLE}]|{_OLD_LOG_COMMAND}")

_TAB = 4

_BACKTICKED = re.compile(r"`([^`]+)`")
_PLAIN_CODE = re.compile(r"[^\s`|<>&\\$](?:[^`|<>&\\$]*[^\s`|<>&\\$])?")
_MARKDOWN_SYNTAX = re.compile(r"[\\`*_\[\]<>&|~$]")
_MARKDOWN_BLOCK_START = re.compile(r"^(\d+)(?=[.)](?:\s|$))|^(?=[-+=:#])")
# GitHub links mentions, issue numbers (#1, GH-1) and addresses, and draws emoji (:100:), after Markdown is done; only
# splitting the text stops it.
_MARKDOWN_LINKED = re.compile(r"[@#](?=\w)|:(?=//|[\w+\\-]+:)|\bwww(?=\.)|\bGH(?=-\d)", re.IGNORECASE)
_SPLIT = "<!-- -->"
_AT = f"&#{ord('@')};"
_NOT_ALPHANUMERIC = re.compile(r"[^\w ]|_")
# A full stop or hyphen inside a word starts no list, and but for "www." no link.
_NOT_PLAIN_IN_MERMAID = re.compile(r"[^\w /.-]|_|(?<!\w)[.-]|[.-](?!\w)|(?<=www)\.", re.IGNORECASE)


def visible(text: str) -> str:
    r"""Escape everything that is not seen as itself, as Python would write it (``\n``, ``\x1b``, ``\u202e``).

    That is controls, ANSI sequences, bidi controls, zero-width and other invisible characters, the lone
    surrogates that stand for bytes of a path that are not UTF-8, and the first character of what a CI system would
    take for a command in its log and swallow (``::error::``, ``##[group]``). Reversible: backslashes are doubled where
    they would otherwise read as one of these escapes. The result is one line of valid Unicode.
    """
    return _HIDDEN.sub(_escape, text)


def visible_code(text: str) -> str:
    r"""A line of code to look at: what is not seen is escaped, a tab is a tab, a backslash is a backslash. Not
    reversible."""
    return _HIDDEN_IN_CODE.sub(lambda match: _escaped(match[0]), text)


def code_in_columns(text: str) -> str:
    """:func:`visible_code` for where something stands before the line: a tab is as many blanks as it is wide."""
    return visible_code(text.expandtabs(_TAB))


def unambiguous_path(path: str) -> str:
    """``path`` so that no shell, tool or CI system takes its beginning for an option or a command."""
    return f"./{path}" if path.startswith(("-", ":", "#", "@")) else path


def visible_path(path: str) -> str:
    """An :func:`unambiguous_path` as :func:`visible` text."""
    return visible(unambiguous_path(path))


def encodable(text: str) -> str:
    r"""Escape lone surrogates only, reversibly (``\udc80``): text that can be encoded, otherwise unchanged."""
    return _UNENCODABLE.sub(_escape, text)


def from_encodable(text: str) -> str:
    """The text that :func:`encodable` has made ``text`` of."""
    return _MADE_ENCODABLE.sub(_unescape, text)


def json_with_visible_text(document: str) -> str:
    r"""Write the invisible characters of a JSON document as ``\uXXXX``, and the first one of what reads as a command in
    the log of a CI system: the same data, safe to look at."""
    return _INVISIBLE_IN_JSON.sub(lambda match: _json_escape(match[0]), document)


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
    code = _NOT_ALPHANUMERIC.sub(lambda match: f"&#{ord(match[0])};", shown)
    # One thing still acts: cmark-gfm links mail addresses in what the references stand for.
    return f"<code>{code.replace(_AT, _AT + _SPLIT)}</code>"


def html_code(text: str) -> str:
    """``text`` as a ``<code>`` element inside an HTML block, where Markdown has no meaning."""
    return f"<code>{html_text(text)}</code>"


def html_text(text: str) -> str:
    """``text`` as the content of an HTML element or attribute."""
    return html.escape(visible(text))


def workflow_data(text: str) -> str:
    """``text`` as a line of the message of a GitHub workflow command; ``%0A`` starts another line.

    Escapes as actions/toolkit does (packages/core/src/command.ts).
    """
    return visible(text).replace("%", "%25")


def workflow_property(text: str) -> str:
    """``text`` as the value of a property of a GitHub workflow command, escaped as actions/toolkit does."""
    return workflow_data(text).replace(":", "%3A").replace(",", "%2C")


def uri_path(path: str) -> str:
    """A relative POSIX path as a URI reference (RFC 3986): percent-encoded, with the bytes that the file system has."""
    try:
        return quote(path, errors="surrogateescape")
    except UnicodeEncodeError:  # half a character of a Windows path
        return quote(path, errors="surrogatepass")


def path_of_uri(uri: str) -> str:
    """The path that a ``file:`` URI of a client names, with the bytes that the file system has."""
    return unquote(urlsplit(uri).path, errors="surrogateescape")


def mermaid_text(text: str) -> str:
    """``text`` inside the double quotes of a Mermaid label, or in a Mermaid comment; reads as it is written.

    Whatever could mean something is an entity code (https://mermaid.js.org/syntax/flowchart.html). That goes for
    underscores, for Mermaid 11.4 to 11.12 reads every label as Markdown, and for colons, for its preprocessor drops the
    semicolon of the last code in a line with ``style`` before a colon.
    """
    return _NOT_PLAIN_IN_MERMAID.sub(lambda match: f"#{ord(match[0])};", visible(text))


def dot_text(text: str) -> str:
    """``text`` inside the double quotes of a DOT label: no escape sequence, no HTML entity."""
    return visible(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")


def _escape(match: re.Match[str]) -> str:
    backslashes: str | None = match[1]
    if backslashes:
        return backslashes * 2 if match[2] else backslashes
    return _escaped(match[0])


def _escaped(character: str) -> str:
    return f"\\x{ord(character):02x}" if character in ":#" else character.encode("unicode_escape").decode("ascii")


def _unescape(match: re.Match[str]) -> str:
    backslashes, code = match[1], match[2]
    kept = backslashes[: len(backslashes) // 2]
    return kept + (chr(int(code[1:], 16)) if len(backslashes) % 2 else code)


def _json_escape(character: str) -> str:
    return r"\u0023" if character == "#" else json.dumps(character)[1:-1]


def _markdown_prose(text: str) -> str:
    escaped = _MARKDOWN_SYNTAX.sub(r"\\\g<0>", visible(text))
    return _MARKDOWN_LINKED.sub(rf"\g<0>{_SPLIT}", _MARKDOWN_BLOCK_START.sub(r"\1\\", escaped))
