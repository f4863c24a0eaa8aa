from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Location, Severity
from ssot_lint.testing import findings
from ssot_rules.state.growing_registry import GrowingRegistry

PUT = "def put(user_id, x):\n    SOCKETS[user_id] = x\n"


def found(source: str, **files: str) -> list[Finding]:
    others = {f"shop/{name}.py": text for name, text in files.items()}
    return findings(GrowingRegistry(), {"shop/__init__.py": "", "shop/hub.py": source} | others)


def test_a_module_level_registry() -> None:
    (finding,) = found("SOCKETS = {}\n" + PUT)
    assert finding.subject == "shop.hub:SOCKETS"
    assert finding.message == "`SOCKETS` gets an entry for each user and never loses one"
    assert finding.remedy == "Take the entry out of `SOCKETS` where the user ends, or make it a weak or bounded mapping"
    assert [site.location for site in finding.sites] == [Location("shop/hub.py", 1, 1, 1)]
    assert finding.evidence["text"] == ["shop/hub.py:3 setitem user_id"]


@pytest.mark.parametrize("receiver", ["cls", "self", "Hub"])
def test_a_class_level_registry(receiver: str) -> None:
    decorator = "    @classmethod\n" if receiver == "cls" else ""
    first = "self" if receiver == "Hub" else receiver
    method = f"{decorator}    def put({first}, session):\n        {receiver}.seen.add(session)\n"
    (finding,) = found("class Hub:\n    seen = set()\n" + method)
    assert finding.subject == "shop.hub:Hub.seen"


def test_it_may_be_filled_from_elsewhere() -> None:
    (finding,) = found("SOCKETS = {}\n", other="from shop.hub import SOCKETS\n" + PUT)
    assert finding.evidence["additions"] == ["shop/other.py:3"]


@pytest.mark.parametrize(
    "source",
    [
        "SOCKETS = {}\n" + PUT + "def gone(user_id):\n    SOCKETS.pop(user_id)\n",
        "SOCKETS = {}\n" + PUT + "def gone(user_id):\n    del SOCKETS[user_id]\n",
        "SOCKETS = {}\n" + PUT + "def reset():\n    global SOCKETS\n    SOCKETS = {}\n",
        "SOCKETS = WeakValueDictionary()\n" + PUT,
        "SOCKETS = {}\ndef put(name, x):\n    SOCKETS[name] = x\n",
        "SOCKETS = {}\ndef put(x):\n    SOCKETS['user'] = x\n",
        "SOCKETS = []\ndef put():\n    SOCKETS.append(UserSession)\n",
        "SOCKETS = {}\nfor user in ('a', 'b'):\n    SOCKETS[user] = 1\n",
        "class Hub:\n    seen = {}\n    def __init__(self):\n        self.seen = {}\n    def put(self, user):\n"
        "        self.seen[user] = 1\n",
    ],
)
def test_registries_that_shrink_or_are_bounded(source: str) -> None:
    assert found(source) == []


def test_it_may_be_emptied_from_elsewhere() -> None:
    other = "from shop import hub\ndef gone(user):\n    hub.SOCKETS.pop(user)\n"
    assert found("SOCKETS = {}\n" + PUT, other=other) == []


def put(key: str, before: str = "pass", registry: str = "{}") -> str:
    return f"SOCKETS = {registry}\ndef put(user, kind, session, client):\n    {before}\n    SOCKETS[{key}] = 1\n"


@pytest.mark.parametrize(
    "key",
    [
        *(
            "user.id",
            "user.name",
            "session.user_id",
            "kind.user.pk",
            "(kind, user)",
            "f'{user.id}:{kind}'",
            "str(user)",
        ),
        *("session['user_id']", "session.get('user_id')", "'u:' + user.email", "kind.username", "client", "client.id"),
    ],
)
def test_keys_that_name_somebody(key: str) -> None:
    assert len(found(put(key))) == 1


@pytest.mark.parametrize(
    "key",
    [
        "kind",
        "type(user)",
        "len(session)",
        "client_key",
        "client.name",
        "kind.db_session",
        "connection_string",
        "kind.connection_str",
    ],
)
def test_keys_that_name_nobody(key: str) -> None:
    assert found(put(key)) == []


@pytest.mark.parametrize(
    ("before", "owner"),
    [
        ("key = f'{user.id}:{kind}'", "user"),
        ("key = str(session)", "session"),
        ("user_id_str = key = kind", ""),
        ("key = f'{kind}--{kind}'", ""),
    ],
)
def test_keys_in_local_variables(before: str, owner: str) -> None:
    owners = [finding.message.split(" each ")[1].split(" and ")[0] for finding in found(put("key", before))]
    assert owners == [owner][: bool(owner)]


@pytest.mark.parametrize(
    ("registry", "change"),
    [
        ("defaultdict(list)", "SOCKETS[user].append(1)"),
        ("{}", "SOCKETS.update({user.id: 1})"),
        ("set()", "SOCKETS.update({user})"),
        ("{}", "SOCKETS.setdefault(user, []).append(1)"),
        ("{}", "table = SOCKETS; table[user] = 1"),
    ],
)
def test_ways_to_add(registry: str, change: str) -> None:
    assert len(found(f"SOCKETS = {registry}\ndef put(user):\n    {change}\n")) == 1


def test_an_item_that_is_changed_is_no_new_entry() -> None:
    assert found("SOCKETS = {}\ndef put(user):\n    SOCKETS[user].append(1)\n") == []


@pytest.mark.parametrize(("name", "count"), [("revoked_tokens", 1), ("special_tokens", 0)])
def test_tokens_that_somebody_shows(name: str, count: int) -> None:
    assert len(found(f"{name} = set()\ndef revoke(value):\n    {name}.add(value)\n")) == count


def test_tokens_of_text() -> None:
    assert found("VOCAB = {}\ndef learn(token):\n    VOCAB[token] = 1\n") == []
    assert len(found("GIVEN = {}\ndef learn(jti):\n    GIVEN[jti] = 1\n")) == 1


@pytest.mark.parametrize(
    "more",
    [
        "def evict(table, key):\n    table.pop(key)\ndef gone(key):\n    evict(SOCKETS, key)\n",
        "class Cleaner:\n    def __init__(self):\n        self.table = SOCKETS\n",
        "import weakref\ndef watch(x, key):\n    weakref.finalize(x, SOCKETS.pop, key)\n",
        "def gone(key):\n    table = SOCKETS\n    table.pop(key)\n",
        "def gone(key):\n    SOCKETS[key].pop()\n",
        "ALL = SOCKETS\ndef gone(key):\n    ALL.pop(key)\n",
    ],
)
def test_what_is_emptied_in_other_ways(more: str) -> None:
    assert found("SOCKETS = {}\n" + PUT + more) == []


@pytest.mark.parametrize(
    ("calls", "count"),
    [
        ("put('a', 1)\nput('b', 2)\n", 0),
        ("def setup():\n    put('a', 1)\nsetup()\n", 0),
        ("class A:\n    put('a', 1)\n", 0),
        ("if __name__ == '__main__':\n    put('a', 1)\n", 1),
        ("def later():\n    put('a', 1)\n", 1),
    ],
)
def test_what_runs_at_import(calls: str, count: int) -> None:
    assert len(found("SOCKETS = {}\n" + PUT + calls)) == count


PUT_CLASS = "SOCKETS[token] = cls\n"


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("class Meta(type):\n    def __init__(cls, name, bases, body):\n        token = body['token']\n", 0),
        ("import abc\nclass Meta(abc.ABCMeta):\n    def __new__(cls, token):\n", 0),
        ("class Base(type): ...\nclass Meta(Base):\n    def __init__(cls, token):\n", 0),
        ("class Plug:\n    def __init_subclass__(cls, token):\n", 0),
        ("class Field:\n    def __set_name__(cls, token):\n", 0),
        ("class Plug:\n    def __init__(cls, token):\n", 1),
        ("class Meta(type):\n    def __call__(cls, token):\n", 1),
    ],
)
def test_as_many_entries_as_there_are_classes(source: str, count: int) -> None:
    assert len(found(f"{source}        {PUT_CLASS}SOCKETS = {{}}\n")) == count


@pytest.mark.parametrize(
    ("decorator", "use"),
    [
        ("def register(cls):\n    SOCKETS[cls.token] = cls\n    return cls\n", "@register"),
        ("def register(token):\n    def put(cls):\n        SOCKETS[token] = cls\n    return put\n", "@register('a')"),
    ],
)
def test_what_decorates_classes(decorator: str, use: str) -> None:
    assert found(f"SOCKETS = {{}}\n{decorator}{use}\nclass A:\n    token = 'a'\n") == []


def test_tests_neither_fill_nor_empty() -> None:
    empties = {"tests/test_hub.py": "from shop.hub import SOCKETS\ndef test_it():\n    SOCKETS.clear()\n"}
    files = {"shop/__init__.py": "", "shop/hub.py": "SOCKETS = {}\n" + PUT} | empties
    assert len(findings(GrowingRegistry(), files)) == 1


def test_an_alias_that_is_emptied_elsewhere() -> None:
    other = "from shop.hub import SOCKETS as S\ndef gone(user):\n    S.pop(user)\n"
    assert found("SOCKETS = {}\n" + PUT, other=other) == []


@pytest.mark.parametrize(
    "source",
    [
        "import asyncio\nLOCKS = {}\ndef lock(session_id):\n    LOCKS[session_id] = asyncio.Lock()\n",
        "SEEN = set()\ndef once(session_id):\n    if session_id in SEEN:\n        return\n    SEEN.add(session_id)\n",
        "DONE = set()\ndef upgrade(index, tenant_id):\n    DONE.add((index, tenant_id))\n",
        "NAMES_CACHE = {}\ndef put(user_id, name):\n    NAMES_CACHE[user_id] = name\n",
        "EMAILS = {}\ndef put(user_id, mail: str):\n    EMAILS[user_id] = mail\n",
        "FLAGS = {}\ndef put(user_id):\n    FLAGS[user_id] = True\n",
        "SPANS = {}\ndef put(session_id, span_id):\n    SPANS.setdefault(session_id, span_id)\n",
    ],
)
def test_what_weighs_little_is_not_scored(source: str) -> None:
    (finding,) = found(source)
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(
    "source",
    [
        "SOCKETS = {}\n" + PUT,
        "OPEN = set()\ndef put(websocket):\n    OPEN.add(websocket)\n",
        "ROWS = {}\ndef put(user_id, row):\n    ROWS.setdefault(user_id, []).append(row)\n",
        "import aiohttp\nPOOL = {}\ndef put(user_id):\n    POOL[user_id] = aiohttp.ClientSession()\n",
        "import asyncio\nJOBS = {}\ndef put(user_id, job):\n    JOBS[user_id] = asyncio.create_task(job)\n",
        "class Chat:\n    def say(self): ...\nCHATS = {}\ndef put(user_id, chat: Chat | None):\n"
        "    CHATS[user_id] = chat\n",
        "LOG = []\ndef put(user_id):\n    LOG.append(user_id)\n",
    ],
)
def test_what_holds_memory_is_scored(source: str) -> None:
    (finding,) = found(source)
    assert finding.severity is None


@pytest.mark.parametrize(
    ("head", "is_info"),
    [
        ("def check(config):\n    client = Client(config.host)\n", True),
        ("def setup(self):\n    client = self.made\n", True),
        ("def check(hosts):\n    client = Client(hosts[0])\n", True),
        ("def greet(client):\n", False),
    ],
)
def test_clients_that_are_made_of_the_configuration_are_info(head: str, is_info: bool) -> None:
    (finding,) = found(f"from api import Client\nCLIENTS = []\n{head}    CLIENTS.append(client)\n")
    assert (finding.severity is Severity.INFO) is is_info


def test_sessions_are_not_made_of_the_configuration() -> None:
    (finding,) = found("SESSIONS = []\ndef setup(config, session):\n    SESSIONS.append(session)\n")
    assert finding.severity is None


@pytest.mark.parametrize(
    ("field", "count"), [("clients: list[Client] = []", 0), ("clients: ClassVar[list[Client]] = []", 1)]
)
def test_a_field_is_a_container_of_each_instance(field: str, count: int) -> None:
    source = f"from pydantic import BaseModel\nclass Hub(BaseModel):\n    {field}\n"
    assert len(found(source + "    def greet(self, client):\n        self.clients.append(client)\n")) == count


@pytest.mark.parametrize(
    ("head", "annotation", "count"),
    [
        ("import reflex as rx\nclass SessionState(rx.State):", ": list[dict]", 0),
        ("from reflex import State\nclass SessionState(State):", ": list", 0),
        ("import reflex as rx\nclass Base(rx.State): ...\nclass SessionState(Base):", ": list[dict]", 0),
        ("import reflex as rx\nclass SessionState(rx.State):", ": ClassVar[list]", 1),
        ("import other as rx\nclass SessionState(rx.State):", "", 1),
    ],
)
def test_what_each_user_s_page_has_for_itself(head: str, annotation: str, count: int) -> None:
    text = (
        f"{head}\n    sessions{annotation} = []\n    def put(self, session):\n        self.sessions.append(session)\n"
    )
    assert len(found(text)) == count


@pytest.mark.parametrize(
    ("path", "severity"),
    [("shop_demo/hub.py", Severity.INFO), ("shop/sample_app/hub.py", Severity.INFO), ("shop/hub.py", None)],
)
def test_the_registry_of_an_example_is_only_listed(path: str, severity: Severity | None) -> None:
    text = "class Socket:\n    def send(self): ...\nSOCKETS = {}\ndef put(user_id):\n    SOCKETS[user_id] = Socket()\n"
    (finding,) = findings(GrowingRegistry(), {path: text})
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("put", "severity"),
    [
        ("if user not in SEEN:\n        SEEN.append(user)", Severity.INFO),
        ("if ok:\n        print(user)\n    elif user not in SEEN and ok:\n        SEEN.append(user)", Severity.INFO),
        ("if user.name not in SEEN:\n        SEEN.append(user.name)", Severity.INFO),
        ("if user not in OTHERS:\n        SEEN.append(user)", None),
        ("if ok:\n        SEEN.append(user)", None),
        ("if session not in SEEN:\n        SEEN.append(session)", None),
    ],
)
def test_a_list_that_takes_each_once_is_like_a_set(put: str, severity: Severity | None) -> None:
    (finding,) = found(f"SEEN = []\nOTHERS = make()\ndef put(user, session, ok):\n    {put}\n")
    assert finding.severity is severity


HEAVY = "class Session:\n    def __init__(self):\n        self.rows = []\n"
STORE = "SESSIONS = {}\ndef put(session_id):\n    SESSIONS[session_id] = Session()\n"


@pytest.mark.parametrize(
    "note",
    [
        "# Sessions kept alive for follow-ups.\n",
        "# Kept on purpose: replies need them.\n",
        '"""It keeps them for reuse."""\n',
    ],
)
def test_what_is_said_to_be_kept_on_purpose_is_listed(note: str) -> None:
    (finding,) = found(note + HEAVY + STORE)
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize("note", ["# Kept in a dict.\n", "# Is it alive?\n", "", "# By the way.\n"])
def test_other_words_say_no_purpose(note: str) -> None:
    (finding,) = found(note + HEAVY + STORE)
    assert finding.severity is None


@pytest.mark.parametrize(
    ("path", "severity"),
    [("shop/templates/bot.py", Severity.INFO), ("shop/template_bot.py", Severity.INFO), ("shop/bot.py", None)],
)
def test_registries_of_templates_are_listed(path: str, severity: Severity | None) -> None:
    (finding,) = findings(GrowingRegistry(), {"shop/__init__.py": "", path: HEAVY + STORE})
    assert finding.severity is severity


def test_a_template_folder_of_the_program_is_code() -> None:
    files = {"shop/__init__.py": "", "shop/templates/__init__.py": "", "shop/templates/bot.py": HEAVY + STORE}
    (finding,) = findings(
        GrowingRegistry(), {**files, "shop/app.py": "from shop.templates.bot import put\ndef come():\n    put(1)\n"}
    )
    assert finding.severity is None
