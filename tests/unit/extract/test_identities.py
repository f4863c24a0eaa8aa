"""Where the values of ``id`` and ``hash`` go."""

from __future__ import annotations

import pytest

from ssot_lint.model.facts import IdentitySink
from tests.unit.extract.parsing import parse


@pytest.mark.parametrize(
    ("statement", "sink", "target", "is_text"),
    [
        ("NAMES[id(ws)] = 1", "KEY", "NAMES", False),
        ("del NAMES[(1, id(ws))]", "KEY", "NAMES", False),
        ("NAMES.get(id(ws), 1)", "KEY", "NAMES", False),
        ("return {id(ws): 1}", "KEY", "", False),
        ("key = getattr(ws, 'key', id(ws))", "ASSIGNED", "key", False),
        ("ws.key: str = ws.name or id(ws) % 7", "ASSIGNED", "ws.key", False),
        ("key = f'ws-{id(ws)}'", "ASSIGNED", "key", True),
        ("key = 'ws-%s-%s' % (1, abs(id(ws)))", "ASSIGNED", "key", True),
        ("key = 'ws-{}'.format(id(ws)).upper()[1:]", "ASSIGNED", "key", True),
        ("key = 'a' if ws else 'ws' + str(id(ws))", "ASSIGNED", "key", True),
        ("send(ws, key=id(ws))", "KEYWORD", "key", False),
        ("return {'key': id(ws)}", "ENTRY", "key", False),
        ("seen.add(id(ws))", "ARGUMENT", "seen.add", False),
        ("return id(ws)", "RETURNED", "", False),
    ],
)
def test_where_the_value_of_id_goes(statement: str, sink: str, target: str, is_text: bool) -> None:
    (use,) = parse(f"def f(ws, seen):\n    {statement}\n").identities
    assert (use.function, use.argument, use.line) == ("id", "ws", 2)
    assert (use.sink, use.target, use.is_text, use.is_kept) == (IdentitySink[sink], target, is_text, False)


@pytest.mark.parametrize(
    "source",
    [
        "def f(id, x):\n    key = id(x)\n",
        "def hash(x): ...\nkey = hash(1)\n",
        "from m import hash\nkey = hash(1)\n",
        "if id(x) == 3:\n    pass\n",
        "y = id(x) == 3\n",
        "y = {id(x)}\n",
        "id(x)\n",
        "y = x.id(1)\n",
    ],
)
def test_no_builtin_or_no_use_of_its_value(source: str) -> None:
    assert parse(source).identities == ()


@pytest.mark.parametrize(
    ("statement", "is_kept"),
    [("D[id(x)] = x", True), ("D[id(x)] = 1, x", True), ("D = {id(x): x for x in y}", True), ("D[id(x)] = x.y", False)],
)
def test_an_object_that_is_kept_beside_its_id(statement: str, is_kept: bool) -> None:
    (use,) = parse(statement + "\n").identities
    assert use.is_kept is is_kept


@pytest.mark.parametrize(
    ("statements", "ends"),
    [
        ("TABLE[key] = 1", [("KEY", "TABLE", False)]),
        ("TABLE[key] = ws", [("KEY", "TABLE", True)]),
        ("name = f'{key}'; send(name=name)", [("KEYWORD", "name", False)]),
        ("return {'key': key}", [("ENTRY", "key", False)]),
        ("log.debug('%s', key)", [("ARGUMENT", "log.debug", False)]),
        ("TABLE.add(key)", [("ARGUMENT", "TABLE.add", False)]),
        ("seen = set(); seen.add(key)", []),
        ("seen = {}; seen[key] = 1", []),
        ("if key in TABLE: pass", []),
        ("x.key = TABLE.key; f(key=1)", []),
        ("self.key = key", [("ASSIGNED", "self.key", False)]),
    ],
)
def test_where_a_local_variable_goes(statements: str, ends: list[tuple[str, str, bool]]) -> None:
    first, *_ = parse(f"import log\nTABLE = {{}}\ndef f(ws):\n    key = id(ws)\n    {statements}\n").identities
    assert [(end.sink.name, end.target, end.is_kept) for end in first.ends] == ends
