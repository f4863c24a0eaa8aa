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


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("splitwords", "split words"),
        ("split_words", "split words"),
        ("SplitWords", "split words"),
        ("split_words", "splitwords"),
        ("SPLIT_WORDS", "SplitWords"),
        ("load_kubeconfig", "load kube config"),
        ("kubeconfig_path", "path of the kube config"),
        ("load_kube_config", "load kubeconfig"),
    ],
)
def test_words_may_be_written_in_one(name: str, text: str) -> None:
    code = f"class {name}:\n    pass\n" if name[0].isupper() else f"def {name}(text):\n    return text\n"
    files = {"app/helpers.py": f"RE_SPLT_WORDS = compile()\n\n{code}", "app/load.py": "def load(path): ...\n"}
    files["app/config.py"] = "class Kube:\n    pass\n\n\nclass Config:\n    pass\n"
    answers = where_named(asked_from(files=files), text).answers
    assert [each.home.symbol for each in answers] == [f"app.helpers:{name}"]


RANK = 'def {}(buckets):\n    """Rank them{}."""\n    return sorted(buckets)\n\n\n'


def test_some_of_the_words_are_better_than_nothing() -> None:
    code = RANK.format("rendezvous_order", "") + RANK.format("rendezvous_rank", " by Rendez-vous hashing")
    files = {"app/utils.py": code, "tests/test_utils.py": "def test_rendezvous_rank(): ...\n"}

    def asked(text: str, more: str = "") -> list[tuple[str, Relation]]:
        composer = asked_from(files=files | {"app/more.py": more})
        answers = where_named(composer, text).answers
        return [(each.home.symbol.partition(":")[2], each.relation) for each in answers]

    near = [("rendezvous_rank", Relation.PARTLY), ("rendezvous_order", Relation.PARTLY)]
    assert asked("rendezvous hash") == near
    assert asked("rendezvous_hash") == [], "a name is that name"
    assert asked("rendezvous hash of all these pods") == [], "less than half of them"
    assert asked("rendezvous hash", RANK.format("hash_rendezvous", "")) == [("hash_rendezvous", Relation.CONTAINS)]
    common = "".join(RANK.format(f"rendezvous_{at}", "") for at in "abcdefghijklmnopqrstuvw")
    assert asked("rendezvous hash", common) == [], "it is in too many names to tell anything"


@pytest.mark.parametrize("text", ["wisdom", "gist_wisdom", "a of the", "", "contact_websocket", "web socket server"])
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
