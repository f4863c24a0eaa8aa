"""Words that are no name as they stand."""

from __future__ import annotations

import pytest

from ssot_lint.query.answer import Relation
from ssot_lint.query.by_name import where_named
from ssot_lint.query.by_words import is_short_for
from tests.unit.query.shop import asked_from

CONTACT = "class Contact:\n    def __init__(self):\n        self.name = {name!r}\n"
FILES = {
    "app/contacts/contact_gist.py": CONTACT.format(name="gist") + "\n\ndef _connect():\n    pass\n",
    "app/contacts/contact_dns.py": CONTACT.format(name="dns"),
    "app/command.py": "class SysCommand:\n    pass\n\n\ndef send_msg(text):\n    return text\n",
    "app/html_page.py": "def render(page):\n    return page\n\n\ndef _escape(text):\n    return text\n",
    "tests/test_contact_gist.py": "class TestContactGist:\n    pass\n",
}


def found(text: str) -> list[tuple[str, Relation]]:
    answers = where_named(asked_from(files=FILES), text).answers
    return [(each.home.symbol, each.relation) for each in answers]


def test_the_module_says_the_rest() -> None:
    gist = ("app.contacts.contact_gist:Contact", Relation.MODULE)
    assert found("gist contact") == [gist, ("tests.test_contact_gist:TestContactGist", Relation.CONTAINS)]
    assert found("contacts dns") == [("app.contacts.contact_dns:Contact", Relation.MODULE)]
    assert found("the contact of gists")[0] == gist


def test_what_a_module_of_these_words_offers_is_named() -> None:
    assert found("html page") == [("app.html_page:render", Relation.MODULE)]


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("system command", "app.command:SysCommand"),
        ("sys cmd", "app.command:SysCommand"),
        ("send messages", "app.command:send_msg"),
    ],
)
def test_words_in_short_are_found_where_there_is_nothing_else(text: str, symbol: str) -> None:
    assert found(text) == [(symbol, Relation.SHORT)]


def test_a_name_of_production_code_that_has_all_the_words_is_all_there_is() -> None:
    assert found("total of orders") == [("shop.sums:order_total", Relation.CONTAINS)]


@pytest.mark.parametrize("text", ["wisdom", "gist wisdom", "a of the", "", "contact websocket"])
def test_what_is_not_there_is_not_there(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("short", "word", "expected"),
    [
        ("sys", "system", True),
        ("cmd", "command", True),
        ("msg", "messages", True),
        ("config", "configuration", True),
        ("db", "database", False),
        ("not", "notification", False),
        ("cat", "contact", False),
        ("system", "sys", False),
        ("mdc", "command", False),
        ("system", "system", False),
    ],
)
def test_an_abbreviation_begins_a_word_or_leaves_its_vowels_out(short: str, word: str, expected: bool) -> None:
    assert is_short_for(short, word) is expected
