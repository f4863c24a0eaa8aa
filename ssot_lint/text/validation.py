"""What msgspec says of a wrong value, in the words of whoever wrote the value."""

from __future__ import annotations

import re

from ssot_lint.text.wording import clause

_KINDS = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "str": "text",
    "array": "a list",
    "object": "a table",
    "date": "a date",
    "datetime": "a date and time",
    "time": "a time",
    "null": "nothing",
}
_LIMITS = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}

_EXPECTED = re.compile(r"Expected `(?P<kind>\w+)`(?:, got `(?P<got>\w+)`| (?P<limit>[<>]=?) (?P<bound>[\d.]+))")
_ENUM = re.compile(r"Invalid enum value (?P<value>'[^']*'|\S+)")
_MISSING = re.compile(r"Object missing required field `(?P<field>[^`]*)`")
_MALFORMED = re.compile(r"(?:JSON is malformed|MessagePack data is malformed|Input data was truncated).*", re.DOTALL)
_PLACE = re.compile(r" - at (?:`key` in )?`\$\.?(?P<path>[^`]*)`")


def plain(message: str) -> str:
    """The message of an error of msgspec as a part of a sentence: ``must be a whole number, not text``."""
    if _MALFORMED.match(message):
        return "not valid JSON"
    place = _PLACE.search(message)
    text = _PLACE.sub("", message)
    for pattern, words in ((_EXPECTED, _expected), (_ENUM, _unknown), (_MISSING, _missing)):
        if match := pattern.match(text):
            text = f"{words(match)}{text[match.end() :]}"
            break
    return f"{clause(text)} (at {place['path']})" if place and place["path"] else clause(text)


def _expected(match: re.Match[str]) -> str:
    kind = _KINDS.get(match["kind"], match["kind"])
    if match["got"]:
        return f"must be {kind}, not {_KINDS.get(match['got'], match['got'])}"
    return f"must be {kind}, {_LIMITS[match['limit']]} {match['bound'].removesuffix('.0')}"


def _unknown(match: re.Match[str]) -> str:
    return f"unknown value {match['value']}"


def _missing(match: re.Match[str]) -> str:
    return f"{match['field']} is missing"
