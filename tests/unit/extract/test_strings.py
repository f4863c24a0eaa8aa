"""Strings and constants, and what takes them."""

from __future__ import annotations

from ssot_lint.model.facts import StringContext
from tests.unit.extract.parsing import parse


def test_strings_that_look_like_names_in_context() -> None:
    source = (
        "f('agent_started', 'two words', b'bytes')\n"
        "x == 'done' and x in ('a1', 'b1')\n"
        "y = {'key': 'value'}\n"
        "z = 'not_noted'\n"
    )
    assert [(fact.value, fact.context) for fact in parse(source).strings] == [
        ("agent_started", StringContext.ARGUMENT),
        ("done", StringContext.COMPARISON),
        ("a1", StringContext.COMPARISON),
        ("b1", StringContext.COMPARISON),
        ("key", StringContext.DICT_KEY),
        ("value", StringContext.DICT_VALUE),
    ]


def test_what_takes_a_string() -> None:
    source = (
        "self.bus.send('sent', kind='kind')\n"
        "bus()[0].send('item' if x else 'other')\n"
        "class A(B, role='keyword'): pass\n"
        "y = {'type': 'plain', TYPE: 'named', 1: 'neither'}\n"
        "event.type == 'a1'\n"
        "'a2' in event['type']\n"
        "event.get('type') in ('a3', 'a4')\n"
        "f(x) == 'a5'\n"
        "match x:\n    case 'a6': pass\n"
    )
    assert [(fact.value, fact.taker, fact.key) for fact in parse(source).strings] == [
        ("sent", "self.bus.send", ""),
        ("kind", "self.bus.send", "kind"),
        ("item", ".send", ""),
        ("other", ".send", ""),
        ("keyword", "", "role"),
        ("type", "", ""),
        ("plain", "", "type"),
        ("named", "", "TYPE"),
        ("neither", "", ""),
        ("a1", "", "event.type"),
        ("a2", "", "type"),
        ("type", "event.get", ""),
        ("a3", "", "type"),
        ("a4", "", "type"),
        ("a5", "", ""),
        ("a6", "", ""),
    ]


def test_values_that_functions_assign_and_return() -> None:
    source = (
        "not_noted = 'module'\n"
        "def f(self):\n"
        '    """docstring"""\n'
        "    a: str = 'assigned'\n"
        "    self.b = 'one' if a else 'other'\n"
        "    c = ('first', 'second')\n"
        "    d['subscript'] = 1\n"
        "    return 'returned'\n"
    )
    facts = parse(source)
    assert [(fact.value, fact.line) for fact in facts.strings] == [
        ("assigned", 4),
        ("one", 5),
        ("other", 5),
        ("first", 6),
        ("second", 6),
        ("returned", 8),
    ]
    assert {fact.context for fact in facts.strings} == {StringContext.VALUE}


def test_constants_that_functions_use() -> None:
    source = (
        "import events\n"
        "from events import Kind, STARTED\n"
        "send(STARTED)\n"
        "class _Hidden:\n"
        "    def f(self, x):\n"
        "        self.bus.send(\n            STARTED, x, event=Kind.done.value)\n"
        "        y = {'type': events.DONE}\n"
        "        z = Kind.DONE if x else self.LOST\n"
        "        LOCAL = x()\n"
        "        send(LOCAL, x.y, T, **KW)\n"
        "        return _Hidden.member\n"
    )
    assert [(fact.name, fact.context, fact.line, fact.taker, fact.key) for fact in parse(source).constants] == [
        ("STARTED", StringContext.ARGUMENT, 6, "self.bus.send", ""),
        ("Kind.done", StringContext.ARGUMENT, 6, "self.bus.send", "event"),
        ("events.DONE", StringContext.DICT_VALUE, 8, "", "type"),
        ("Kind.DONE", StringContext.VALUE, 9, "", ""),
        ("self.LOST", StringContext.VALUE, 9, "", ""),
        ("_Hidden.member", StringContext.VALUE, 12, "", ""),
    ]
