from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Location, Severity
from ssot_lint.testing import findings
from ssot_rules.state.identity_state_in_singleton import IdentityStateInSingleton


def store(attribute: str = "rows", value: str = "{}", key: str = "user_id", more: str = "") -> str:
    return (
        f"class Store:\n    def __init__(self):\n        self.{attribute} = {value}\n"
        f"    def put(self, {key.partition('.')[0]}, x):\n        self.{attribute}[{key}] = x\n{more}\n"
    )


POP = "    def drop(self, key):\n        self.rows.pop(key)\n"


def found(source: str) -> list[Finding]:
    return findings(IdentityStateInSingleton(), {"shop/__init__.py": "", "shop/store.py": source})


def test_a_module_level_object_that_keeps_rows_of_users() -> None:
    (finding,) = found(store() + "store = Store()\n")
    assert finding.subject == "shop.store:Store"
    assert finding.message == (
        "the process-wide `Store` (shop.store:store) keeps 1 unbounded container, `rows` by user: "
        "one object holds the data of all"
    )
    (site,) = finding.sites
    assert site.location == Location("shop/store.py", 3, 9, 3)
    assert site.symbol == "shop.store:Store.rows"


@pytest.mark.parametrize(
    "keeper",
    [
        "_it = None\ndef get():\n    global _it\n    if _it is None:\n        _it = Store()\n    return _it\n",
        "from functools import cache\n@cache\ndef get():\n    return Store()\n",
    ],
)
def test_every_kind_of_process_wide_object(keeper: str) -> None:
    assert len(found(store() + keeper)) == 1


@pytest.mark.parametrize("key", ["user_id", "user", "request.session", "session_key", "token", "run_id"])
def test_identities(key: str) -> None:
    assert len(found(store(key=key) + "store = Store()\n")) == 1


@pytest.mark.parametrize("key", ["user_id", "run_id"])
def test_what_is_emptied_is_not_unbounded(key: str) -> None:
    assert found(store(key=key, more=POP) + "store = Store()\n") == []


@pytest.mark.parametrize(
    "source",
    [
        store(),
        store(key="name") + "store = Store()\n",
        store(key="plugin_id") + "store = Store()\n",
        store(attribute="request_counts") + "store = Store()\n",
        store(attribute="user_locks") + "store = Store()\n",
        store(attribute="allowed_users") + "store = Store()\n",
        store(value="LRUCache(10)") + "store = Store()\n",
        store(value="deque(maxlen=3)") + "store = Store()\n",
        store(value="WeakValueDictionary()") + "store = Store()\n",
    ],
)
def test_harmless_or_bounded_or_not_process_wide(source: str) -> None:
    assert found(source) == []


@pytest.mark.parametrize(
    "more",
    [
        "    def stop(self):\n        self.rows = {}\n",
        "    def drop(self, key):\n        self.rows[key].remove(1)\n",
        "    def drop(self, key):\n        rows = self.rows\n        rows.pop(key)\n",
        "    def watch(self, task):\n        task.add_done_callback(self.rows.pop)\n",
        "    def drop(self):\n        evict(self.rows)\ndef evict(rows):\n    rows.clear()\n",
        "class Sub(Store):\n    def drop(self, key):\n        self.rows.pop(key)\n",
        "def drop(key):\n    store.rows.pop(key)\n",
        "def drop(them: Store):\n    them.rows.clear()\n",
    ],
)
def test_ways_to_empty(more: str) -> None:
    assert found(store(more=more) + "store = Store()\n") == []


def test_another_class_that_empties_its_own() -> None:
    other = "class Other:\n    def drop(self, key):\n        self.rows.pop(key)\n"
    assert len(found(store(more=other) + "store = Store()\n")) == 1


@pytest.mark.parametrize(
    "head",
    [
        "from dataclasses import dataclass, field\n@dataclass\nclass Store:\n    rows: dict = "
        "field(default_factory=dict)\n",
        "from attrs import define, field\n@define\nclass Store:\n    rows: dict = field(factory=dict)\n",
        "from pydantic import BaseModel, Field\nclass Store(BaseModel):\n    rows: dict = "
        "Field(default_factory=dict)\n",
        "class Store:\n    def __init__(self, rows=None):\n        self.rows = rows or {}\n",
        "class Store:\n    def __new__(cls):\n        it = super().__new__(cls)\n        it.rows = {}\n"
        "        return it\n",
    ],
)
def test_where_containers_come_from(head: str) -> None:
    source = head + "    def put(self, user):\n        self.rows[user.id] = 1\nstore = Store()\n"
    assert len(found(source)) == 1


def test_what_the_constructor_puts_in_is_complete() -> None:
    source = "class Store:\n    def __init__(self, users):\n        self.rows = {}\n        for user in users:\n"
    assert found(source + "            self.rows[user.id] = 1\nstore = Store([])\n") == []


@pytest.mark.parametrize(
    ("name", "key", "severity"),
    [
        ("SessionManager", "session_id", Severity.INFO),
        ("HierarchicalSessionStore", "session_id", Severity.INFO),
        ("UserRepository", "user_id", None),
        ("TenantCache", "tenant_id", None),
        ("OutputController", "run_id", Severity.INFO),
        ("OutputController", "session_id", None),
        ("StoreVisits", "user_id", None),
        ("Baskets", "user_id", None),
    ],
)
def test_what_is_there_for_all_by_its_name_or_by_run_is_information(
    name: str, key: str, severity: Severity | None
) -> None:
    (finding,) = found(store(key=key).replace("Store", name) + f"it = {name}()\n")
    assert finding.severity is severity
    assert finding.remedy.startswith("Drop the entries of a ")
    assert ("make one per" in finding.remedy) is (severity is None)


FILL = "    def _fill(self, client):\n        for user in client.users():\n            self.rows[user.id] = user\n"


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("        self._fill(client)\n" + FILL, 0),
        ("        self.run(self._fill)\n    def run(self, call):\n        call(1)\n" + FILL, 0),
        ("        self._start()\n    def _start(self):\n        self._fill(1)\n" + FILL, 0),
        ("        self.fill(client)\n" + FILL.replace("_fill", "fill"), 1),
        ("        self._fill(client)\n    def again(self):\n        self._fill(2)\n" + FILL, 1),
        ("        pass\n" + FILL, 1),
    ],
)
def test_what_an_object_gathers_as_it_is_made_is_what_it_is_about(body: str, count: int) -> None:
    text = f"class Store:\n    def __init__(self, client=None):\n        self.rows = {{}}\n{body}\nstore = Store()\n"
    assert len(found(text)) == count
