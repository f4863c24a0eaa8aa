from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.state.unstable_key import UnstableKey


def found(source: str) -> list[Finding]:
    return findings(UnstableKey(), {"shop/__init__.py": "", "shop/hub.py": source})


def test_a_registry_keyed_by_address_is_one_finding_with_all_its_uses() -> None:
    (finding,) = found(
        "class Hub:\n    def put(self, ws, name):\n        self.names[id(ws)] = name\n"
        "    def get(self, ws):\n        return self.names.get(id(ws))\n"
    )
    assert finding.subject == "shop.hub:Hub.names"
    assert finding.message == "`names` is made of `id(ws)`, an address that the next object may get"
    assert finding.remedy == (
        "Give `ws` an identifier when it is made and use it for `names`, or key by the object itself"
    )
    assert [(site.location.line, site.message) for site in finding.sites] == [
        (3, "`id(ws)` is no stable key"),
        (5, "`id(ws)` is no stable key"),
    ]
    assert finding.severity is None


@pytest.mark.parametrize(
    ("statement", "subject"),
    [
        ("client_id = f'client-{id(ws)}'; send(client_id)", "shop.hub:f.client_id"),
        ("client_id = 'client-%s' % id(ws); send(client_id)", "shop.hub:f.client_id"),
        ("client_id = 'client-{}'.format(id(ws)); send(client_id)", "shop.hub:f.client_id"),
        ("client_id = hash(str(ws)) % 1000000; send(client_id)", "shop.hub:f.client_id"),
        ("suffix = hex(hash(ws)).upper(); return suffix", "shop.hub:f.suffix"),
        ("send(client_id=id(ws))", "shop.hub:f.client_id"),
        ("key = id(ws); NAMES[key] = 1", "shop.hub:NAMES"),
        ("NAMES.setdefault(id(ws), 1)", "shop.hub:NAMES"),
    ],
)
def test_identifiers_and_registries(statement: str, subject: str) -> None:
    (finding,) = found(f"NAMES = {{}}\ndef f(ws):\n    {statement}\n")
    assert finding.subject == subject


def test_a_fallback_to_the_address() -> None:
    (finding,) = found("def ws_key(ws):\n    return getattr(ws, 'key', None) or id(ws)\n")
    assert finding.subject == "shop.hub:ws_key"


@pytest.mark.parametrize("name", ["user_id", "session_id", "tenant_id"])
def test_whose_data_it_is_makes_it_worse(name: str) -> None:
    (finding,) = found(f"def f(ws):\n    {name} = f'u{{id(ws)}}'\n    return {name}\n")
    assert finding.severity is Severity.HIGH


def test_a_hash_gets_another_remedy() -> None:
    (finding,) = found("def f(text):\n    row_id = hash(text)\n    return row_id\n")
    assert finding.message == "`row_id` is made of `hash(text)`, which differs from process to process and collides"
    assert finding.remedy == "Make `row_id` of a hashlib digest, or of the value itself"


@pytest.mark.parametrize(
    "statement",
    [
        "seen.add(id(ws))",
        "seen = {}; seen[id(ws)] = 1",
        "memo[id(ws)] = 1",
        "NAMES[id(ws)] = ws",
        "NAMES[id(ws)] = ws, 1",
        "NAMES.setdefault(id(ws), ws)",
        "log.debug('%s', id(ws))",
        "message = f'gone: {id(ws)}'",
        "ws_id = id(ws)",
        "print(NAMES[id(ws)])",
        "ws.names[id(ws)] = 1",
        "return id(ws) == 3",
    ],
)
def test_harmless_uses(statement: str) -> None:
    assert found(f"NAMES = {{}}\ndef f(ws, memo):\n    {statement}\n") == []


def test_an_entry_that_goes_with_its_object() -> None:
    source = (
        "import weakref\nNAMES = {}\ndef put(ws):\n    NAMES[id(ws)] = 1\n"
        "    weakref.finalize(ws, NAMES.pop, id(ws), None)\ndef get(ws):\n    return NAMES[id(ws)]\n"
    )
    assert found(source) == []


@pytest.mark.parametrize("name", ["__hash__", "__deepcopy__", "__repr__", "__eq__"])
def test_an_objects_own_identity(name: str) -> None:
    assert found(f"class A:\n    def {name}(self, memo):\n        self.memo[id(self)] = 1\n") == []


def test_a_function_that_only_tells_the_address() -> None:
    assert found("def make_id(x):\n    if x.f:\n        return id(x.f), id(x.g)\n    return id(x)\n") == []


def test_a_function_that_tells_the_address_or_what_it_was_given() -> None:
    assert found("def make_id(x):\n    if isinstance(x, str):\n        return x\n    return id(x)\n") == []


@pytest.mark.parametrize("key", ["id(ws)", "ws_id"])
@pytest.mark.parametrize("removal", ["NAMES.pop({key}, None)", "del NAMES[{key}]"])
def test_an_entry_that_is_taken_out_while_the_object_is_there(key: str, removal: str) -> None:
    source = (
        f"NAMES = {{}}\ndef f(ws):\n    ws_id = id(ws)\n    NAMES[{key}] = 1\n    try:\n        yield\n"
        f"    finally:\n        {removal.format(key=key)}\n"
    )
    assert found(source) == []


def test_an_entry_that_is_only_replaced() -> None:
    assert len(found("NAMES = {}\ndef f(ws):\n    NAMES.pop(id(ws), None)\n    NAMES[id(ws)] = 1\n")) == 1


@pytest.mark.parametrize(
    "source",
    [
        "NAMES = {}\ndef f(text):\n    NAMES[hash(text)] = 1\n",
        "NAMES = {}\ndef f(text):\n    key = hash(text)\n    NAMES[key] = 1\n",
        "NAMES = {}\ndef f(text):\n    row_id = hash(text)\n    NAMES[row_id] = 1\n",
        "class Hub:\n    names = {}\n    def put(self, text):\n        self.names[hash(text)] = 1\n",
        "class Hub:\n    def __init__(self):\n        self.names = {}\n"
        "    def put(self, text):\n        self.names[hash(text)] = 1\n",
    ],
)
def test_a_hash_in_a_mapping_that_goes_with_the_process(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize(
    ("source", "subject"),
    [
        ("NAMES = shelve.open('names')\ndef f(text):\n    NAMES[hash(text)] = 1\n", "shop.hub:NAMES"),
        ("def f(text):\n    row_id = hash(text)\n    store(row_id)\n", "shop.hub:f.row_id"),
        ("class Hub:\n    def put(self, text):\n        self.names[hash(text)] = 1\n", "shop.hub:Hub.names"),
    ],
)
def test_a_hash_that_may_outlive_the_process(source: str, subject: str) -> None:
    (finding,) = found(source)
    assert finding.subject == subject


@pytest.mark.parametrize(
    "statements",
    [
        "seen = set(); row_id = hash(ws); seen.add(row_id)",
        "seen = {}; row_id = f'{id(ws)}'; seen[row_id] = 1",
        "client_id = f'c{id(ws)}'; log.debug('%s is gone', client_id)",
        "client_id = f'c{id(ws)}'; raise KeyError(client_id)",
        "client_id = f'c{id(ws)}'",
        "log.info('gone', extra={'client_id': id(ws)})",
        "ws_id = id(ws); NAMES[ws_id] = ws",
        "ws_id = id(ws); NAMES[ws_id] = (ws, 1)",
        "ws_id = id(ws); key = (ws_id, 1); NAMES[key] = ws",
    ],
)
def test_local_variables_that_are_followed(statements: str) -> None:
    assert found(f"import log\nNAMES = {{}}\ndef f(ws):\n    {statements}\n") == []


def test_a_local_variable_that_is_followed_to_a_registry() -> None:
    (finding,) = found("NAMES = {}\ndef f(ws):\n    a = id(ws)\n    b = (a, 1)\n    NAMES[b] = 1\n")
    assert (finding.subject, [site.location.line for site in finding.sites]) == ("shop.hub:NAMES", [3])


def test_an_entry_that_another_method_takes_out() -> None:
    source = "class Hub:\n    def put(self, ws):\n        self.names[id(ws)] = 1\n"
    assert len(found(source)) == 1
    assert found(source + "    def drop(self, ws):\n        self.names.pop(id(ws), None)\n") == []
    assert found(source + "    def drop(self, ws):\n        ws_id = id(ws)\n        del self.names[ws_id]\n") == []


def test_what_makes_two_objects_equal() -> None:
    source = "class A:\n    def __init__(self, x):\n        self._my_id = id(x)\n"
    assert len(found(source)) == 1
    assert found(source + "    def __eq__(self, other):\n        return self._my_id == other._my_id\n") == []


def test_a_class_that_keeps_the_objects_in_another_mapping() -> None:
    source = "class A:\n    def put(self, x):\n        self.rows[id(x)] = 1\n"
    assert len(found(source)) == 1
    assert found(source + "    def keep(self, x):\n        self.objects[id(x)] = x\n") == []


def test_a_mapping_that_begins_anew() -> None:
    source = "rows = {}\ndef put(x):\n    rows[id(x)] = 1\n"
    assert len(found(source)) == 1
    assert found(source + "def reset():\n    global rows\n    rows = {}\n") == []


def test_a_variable_that_was_another_key_before() -> None:
    source = "ROWS = {}\ndef f(n):\n    n = n or 0\n    row = ROWS[n]\n    n = id(row)\n    return n\n"
    assert found(source + "def put(n):\n    ROWS[n] = 1\n") == []


def test_a_text_that_has_the_time_too() -> None:
    source = "import time\ndef f(x):\n    row_id = f'{time.time()}-{id(x)}'\n    return row_id\n"
    assert found(source) == []
    assert len(found(source.replace("time.time()", "x"))) == 1


@pytest.mark.parametrize("value", ["id(self)", "str(id(self))", "f'session-{id(self)}'"])
def test_an_object_that_keeps_its_own_address_to_itself_is_not_scored(value: str) -> None:
    results = found(f"class Stream:\n    def __init__(self):\n        self._session_id = {value}\n")
    assert all(finding.severity is None for finding in results)


@pytest.mark.parametrize(
    ("body", "subject"),
    [
        ("cache_key = hash(str(x))\n        self.pages[cache_key] = 1\n        return cache_key", "shop.hub:A.pages"),
        ("self.pages[hash(repr(x))] = 1", "shop.hub:A.pages"),
        ("self.pages.setdefault(hash(str(x)) % 1000, x)", "shop.hub:A.pages"),
        ("key = hash(str(x)) % 64\n        PAGES[key] = 1", "shop.hub:PAGES"),
    ],
)
def test_a_hash_of_text_is_worse_than_the_text(body: str, subject: str) -> None:
    head = "PAGES = {}\nclass A:\n    def __init__(self):\n        self.pages = {}\n"
    source = f"{head}    def put(self, x):\n        {body}\n"
    assert [finding.subject for finding in found(source)] == [subject]


@pytest.mark.parametrize(
    "source",
    [
        "def row_id(x):\n    row_id = hash(str(x)) % 100\n    return row_id\n",
        "def row_id(x):\n    row_id = f'row-{id(x)}'\n    return row_id\n",
        "def make_id(x):\n    row_id = hash(str(x))\n    row = Row(row_id=row_id)\n    return row_id\n",
    ],
)
def test_one_place_is_told_once(source: str) -> None:
    (finding,) = found(source)
    assert len(finding.sites) == 1
