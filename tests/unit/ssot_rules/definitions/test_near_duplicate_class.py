from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.definitions.duplicate_class import DuplicateClass
from ssot_rules.definitions.near_duplicate_class import NearDuplicateClass

POOL = """
class ConnectionPool:
    limit = 3

    def __init__(self, owner, *, size=5):
        self.owner = owner
        self.sockets = []
        self.size = size

    def add(self, socket):
        self.sockets.append(socket)

    def send_to_thread(self, thread, text):
        self.sockets[0].send(thread, text)
"""
DRIFTED = """
class ConnectionPool:
    limit = 3

    def __init__(self, owner, *, size=9):
        self.owner = owner
        self.sockets = []
        self.size = size

    async def add(self, socket):
        self.sockets.append(socket)

    def close(self):
        self.sockets.clear()

    def _later(self):
        pass
"""
HOME = """
class MailSender:
    def __init__(self, host):
        self.host = host

    def send(self, text):
        self.host.put(text)

    def close(self):
        self.host.close()

    def send_later(self, text):
        self.host.queue(text)
"""
COPY = HOME.partition("\n    def send_later")[0]


def found(sources: dict[str, str]) -> list[Finding]:
    return findings(NearDuplicateClass(), {"chat/__init__.py": ""} | sources)


def test_drift_is_told_both_ways() -> None:
    (finding,) = found({"chat/a.py": POOL, "chat/b.py": DRIFTED})
    assert finding.message == ("class `ConnectionPool` is defined in 2 modules (2 similar): no code here uses them")
    assert finding.remedy == (
        "If no other project uses `ConnectionPool`, delete all of them: no code here does. "
        "Else move `ConnectionPool` to a module that all can import "
        "(a new one in `chat`, say) and import it from there in chat/a.py, chat/b.py. "
        "What differs stays behind, in classes that derive from it, or becomes a parameter."
    )
    assert [site.message for site in finding.sites] == [
        "83% of the lines are those of `chat.a:ConnectionPool`; lacks `send_to_thread`; adds `close`; "
        "other signature of `__init__`, `add`"
    ]
    assert finding.evidence["drift"] == [
        {
            "symbol": "chat.b:ConnectionPool",
            "path": "chat/b.py",
            "similarity": 0.83,
            "other_meanings": [],
            "bases": [],
            "missing": ["send_to_thread"],
            "extra": ["close"],
            "signatures": [
                {
                    "method": "__init__",
                    "home": "__init__(self, owner, *, size=5)",
                    "copy": "__init__(self, owner, *, size=9)",
                },
                {"method": "add", "home": "add(self, socket)", "copy": "async add(self, socket)"},
            ],
            "values": [],
            "calls": [],
        }
    ]


def test_inherited_methods_are_not_missing() -> None:
    base = "class Sender:\n    def send_to_thread(self, thread, text):\n        print(thread, text)\n"
    copy = "from chat.base import Sender\n" + DRIFTED.replace("ConnectionPool:", "ConnectionPool(Sender):")
    (finding,) = found({"chat/a.py": POOL, "chat/b.py": copy, "chat/base.py": base})
    assert finding.sites[0].message == (
        "83% of the lines are those of `chat.a:ConnectionPool`; inherits from `chat.base:Sender`; adds `close`; "
        "other signature of `__init__`, `add`"
    )


def test_what_an_unknown_base_brings_is_not_missing() -> None:
    copy = "from library import Sender\n" + DRIFTED.replace("ConnectionPool:", "ConnectionPool(Sender):")
    (finding,) = found({"chat/a.py": POOL, "chat/b.py": copy})
    assert "lacks" not in finding.sites[0].message
    assert "adds `close`" in finding.sites[0].message


def test_related_and_identical_bodies_are_other_rules_matter() -> None:
    other = "class ConnectionPool:\n    limit = 3\n    def open(self):\n        print(self)\n        return self\n"
    assert found({"chat/a.py": POOL, "chat/b.py": other}) == []
    assert found({"chat/a.py": POOL, "chat/b.py": POOL}) == []


def test_near_copies_count_in_parallel_folders_and_families() -> None:
    base = "from library import Pool\n"
    sources = {
        "chat/red/pool.py": base + POOL.replace("Pool:", "Pool(Pool):"),
        "chat/blue/pool.py": base + DRIFTED.replace("Pool:", "Pool(Pool):"),
    }
    assert [each.subject for each in found(sources)] == ["ConnectionPool"]


def test_short_lists_of_fields_are_alike_by_nature() -> None:
    fields = "from dataclasses import dataclass\n@dataclass\nclass RenameRequest:\n    key: str\n    value: str\n"
    assert found({"chat/a.py": fields, "chat/b.py": fields + "    notify: bool\n"}) == []


def test_a_short_plain_class_that_grew_a_line_is_a_copy() -> None:
    short = 'class HasKeys(Lookup):\n    name = "has_keys"\n    operator = "?&"\n'
    source = "from library import Lookup\n" + short
    assert [each.subject for each in found({"chat/a.py": source, "chat/b.py": source + "    glue = 1\n"})] == [
        "HasKeys"
    ]
    assert found({"chat/red/a.py": source, "chat/blue/a.py": source + "    glue = 1\n"}) == []


@pytest.mark.parametrize(
    "caller",
    [
        "from chat.copy import MailSender\n\ndef f():\n    sender = MailSender(1)\n    sender.send_later('a')\n",
        "from chat.copy import MailSender as M\n\nclass C:\n    def __init__(self):\n        self.m = M(1)\n"
        "    def f(self):\n        self.m.send_later('a')\n",
        "from chat.copy import MailSender\n\nclass C:\n    def __init__(self, m: MailSender):\n        self.m = m\n"
        "    def f(self):\n        self.m.send_later('a')\n",
    ],
)
def test_calls_of_what_the_copy_lacks_are_evidence(caller: str) -> None:
    line = caller.count("\n", 0, caller.index(".send_later")) + 1
    home = {"chat/__init__.py": "", "chat/a.py": HOME, "chat/copy.py": COPY, "chat/caller.py": caller}
    imports = {f"chat/use{n}.py": "from chat.a import MailSender\n" for n in range(2)}
    (finding,) = findings(NearDuplicateClass(), home | imports)
    assert [site.message for site in finding.sites] == [
        "86% of the lines are those of `chat.a:MailSender`; lacks `send_later`; "
        f"still called: `send_later` at chat/caller.py:{line}"
    ]


@pytest.mark.parametrize(
    ("caller", "copy"),
    [
        ("from chat.a import MailSender\n\ndef f():\n    MailSender(1).send_later('a')\n", COPY),
        ("from chat.copy import MailSender\n\ndef f():\n    MailSender(1).send('a')\n", COPY),
        ("from chat.copy import MailSender\n\ndef f(other):\n    other.send_later('a')\n", COPY),
        (
            "from chat.copy import MailSender\n\ndef f():\n    MailSender(1).send_later('a')\n",
            COPY.replace("self.host = host", "self.host = host\n        self.send_later = host.later"),
        ),
    ],
)
def test_calls_of_what_is_there_or_unknown_are_not(caller: str, copy: str) -> None:
    sources = {"chat/__init__.py": "", "chat/a.py": HOME, "chat/copy.py": copy, "chat/caller.py": caller}
    for finding in findings(NearDuplicateClass(), sources):
        assert not any("still called" in site.message for site in finding.sites)


@pytest.mark.parametrize(("bases", "count"), [("(Field)", 1), ("(Field, Lens)", 0)])
def test_a_nearly_equal_small_body_counts_on_equal_bases_only(bases: str, count: int) -> None:
    head = "from depot.base import Field, Lens\nclass HasAnyKeys"
    body = ":\n    symbol = '|'\n    name = 'any'\n"
    base = "class Field:\n    size = 3\nclass Lens:\n    width = 4\n"
    sources = {
        "depot/__init__.py": "",
        "depot/base.py": base,
        "depot/keys.py": f"{head}(Field){body}",
        "depot/json.py": f"{head}{bases}{body}    word = 'or'\n",
    }
    assert len(findings(NearDuplicateClass(), sources)) == count


HOOK = """
class PriceRule:
    def apply(self, order):
        {line}
        order.total += order.fee
        order.save()
        return order
"""


def test_the_one_method_that_is_asked_for_is_no_copy() -> None:
    one, other = (HOOK.format(line=f"order.fee = {fee}") for fee in (1, 2))
    assert found({"chat/a.py": one, "chat/b.py": other}) == []
    more = "        order.log()\n        order.mail()\n"
    assert len(found({"chat/a.py": one + more, "chat/b.py": other + more})) == 1


@pytest.mark.parametrize("name", ["_ConnectionPool", "Pool"])
def test_many_equal_lines_tell_more_than_a_name(name: str) -> None:
    lines = "".join(f"        self.part{number} = self.made(size, {number})\n" for number in range(10))
    one = f"class {name}:\n    def __init__(self, size):\n{lines}        self.left = 1\n"
    other = one.replace("self.left = 1", "self.right = 2")
    assert len(found({"chat/a.py": one, "chat/b.py": other})) == 1
    short = one.replace("        self.part0 = self.made(size, 0)\n", "")
    assert found({"chat/a.py": short, "chat/b.py": short.replace("self.left = 1", "self.right = 2")}) == []


SHELL = """
from chat.base import Shell
class TaskPrompt(Shell):
    '''What is running.

    Shown beside the prompt:

    - tasks that have begun
    - tasks that wait for another
    - tasks that were stopped by hand
    - tasks of others, on demand
    - tasks that are to come

    Nothing is shown where there is none.
    '''

    def pid(self, task):
        return task.{pid}

    def listed(self, method):
        found = self.context.tasks(method)
        found.sort()
        self.shown = found
        return found
"""
SHELL_BASE = {"chat/base.py": "class Shell:\n    context = None\n"}


def used(module: str, name: str) -> dict[str, str]:
    """Modules that make one definition the home."""
    return {f"chat/user_{place}.py": f"from {module} import {name}\n" for place in range(3)}


def test_variants_that_are_one_text_but_for_a_line_are_copies() -> None:
    more = "".join(f"    def step_{place}(self):\n        return self.context.step({place})\n" for place in range(20))
    linux, mac = (SHELL.format(pid=pid) + more for pid in ("pid", "p_pid"))
    sources = SHELL_BASE | {"chat/linux.py": linux, "chat/mac.py": mac}
    (finding,) = found(sources | used("chat.mac", "TaskPrompt"))
    assert finding.severity is None
    assert NearDuplicateClass.severity is Severity.INFO


def test_what_a_script_defines_for_itself_is_no_copy() -> None:
    body = SHELL.format(pid="p_pid").replace("from chat.base import Shell\n", "").replace("(Shell)", "")
    guarded = "if __name__ == '__main__':\n" + body.strip().replace("class", "    class").replace("\n", "\n    ")
    one = SHELL.format(pid="pid").replace("from chat.base import Shell\n", "").replace("(Shell)", "")
    assert found({"chat/shown.py": one, "chat/parts/tool.py": guarded}) == []
    assert len(found({"chat/shown.py": one, "chat/parts/tool.py": body})) == 1
    assert found({"chat/old/shown.py": one, "chat/old/parts/tool.py": body}) == []


def test_values_alone_are_no_copy_unless_one_has_grown() -> None:
    text = "class SubmitRight(Right):\n    name = 'submit'\n    title = 'Submission'\n    {last}\n    is_open = True\n"
    head = "from library import Right\n"
    one, other = (head + text.format(last=f"help = '{word}'") for word in ("events", "papers"))
    assert found({"chat/a.py": one, "chat/parts/b.py": other}) == []
    assert len(found({"chat/a.py": one, "chat/parts/b.py": one + "    order = 3\n"})) == 1


def test_equal_text_that_is_annotated_with_another_class_is_no_equal_body() -> None:
    item = "class Item:\n    def size(self):\n        return {size}\n"
    added = (
        "class ItemAdded:\n    item: Item\n    index: int\n    first: str\n    second: str\n    third: str\n"
        "    def total(self):\n        return self.index\n"
    )
    sources = {f"chat/{name}.py": item.format(size=name.count("n")) + added for name in ("one", "none")}
    assert "ItemAdded" not in [each.subject for each in findings(DuplicateClass(), sources)]
    same = {f"chat/{name}.py": item.format(size=2) + added for name in ("one", "none")}
    assert "ItemAdded" in [each.subject for each in findings(DuplicateClass(), same)]


CLIENT = """
class {name}:
    def __init__(self, client):
        self.client = client

    {a}def __{e}enter__(self):
        self.client.begin("all")
        self.client.note("begun")
        return self

    {a}def create(self, order, lines):
        order.check(lines)
        order.number(lines)
        answer = {w}self.client.post("orders", order)
        order.known = True
        return answer

    {a}def delete(self, order):
        order.check(None)
        order.known = False
        answer = {w}self.client.delete("orders", order)
        self.client.note("deleted")
        return answer
"""


def half(name: str, *, waits: bool = False) -> str:
    return CLIENT.format(name=name, a="async " * waits, w="await " * waits, e="a" * waits)


def test_halves_of_an_api_are_one_information_for_a_pair_of_folders() -> None:
    sources = {
        f"chat/{folder}/{name.lower()}.py": half(name + "Calls", waits=folder == "asnyc_calls")
        for folder in ("plain_calls", "asnyc_calls")
        for name in ("Order", "Line")
    }
    (finding,) = found(sources)
    assert finding.severity is Severity.INFO
    assert finding.message == (
        "chat/asnyc_calls and chat/plain_calls hold a synchronous and an asynchronous version of 2 classes: "
        "`LineCalls`, `OrderCalls`"
    )
    assert finding.remedy == (
        "Keep both in step: make one from the other when the package is built, or move what neither waits for to "
        "functions that both call."
    )
    assert len(finding.sites) == 2


def test_halves_that_mirror_each_other_and_those_of_one_folder_are_told_once() -> None:
    names = ("OrderCalls", "LineCalls", "PriceCalls")
    sources = {
        f"chat/{place}.py": "".join(half(name, waits=place == "later") for name in names) for place in ("now", "later")
    }
    (finding,) = found(sources)
    assert (finding.subject, finding.severity) == ("chat/later.py and chat/now.py", Severity.INFO)


def test_one_method_that_became_a_coroutine_is_drift() -> None:
    changed = half("OrderCalls").replace("def delete", "async def delete")
    (finding,) = found({"chat/a.py": half("OrderCalls"), "chat/b.py": changed} | used("chat.a", "OrderCalls"))
    assert finding.subject == "OrderCalls"
    assert finding.severity is None


ENDPOINT = """
class Prices:
    PATTERNS = [compile("/v1/prices")]

    def __init__(self, shop):
        self.shop = shop
        self.store = shop.store()
        self.shown = False

    def on_get(self, request):
        name = request.get("name")
        found = self.store.find(name, deep=True)
        if found is None:
            request.answer(404)
            return
        request.answer(200, found)
        self.shown = True

    def on_put(self, request):
        name = request.get("name")
        self.store.put(name, request.get("price"), check=True)
        self.shown = False
"""
OTHER_PATH = ENDPOINT.replace('[compile("/v1/prices")]', '[compile("/old/prices", flags)]')


@pytest.mark.parametrize(
    ("copy", "told"),
    [
        (OTHER_PATH, True),
        (OTHER_PATH.replace("deep=True", "deep=False"), True),
        (OTHER_PATH.replace("PATTERNS", "PATTERNS: ClassVar[list]"), True),
        (ENDPOINT.replace("check=True", "check=False"), False),
        (ENDPOINT.replace("404", "410"), False),
        (ENDPOINT.replace('PATTERNS = [compile("/v1/prices")]', 'OTHERS = [compile("/v1/prices")]'), False),
    ],
)
def test_what_has_a_value_of_its_own_stays_a_class(copy: str, told: bool) -> None:
    sources = {
        "shop/prices.py": ENDPOINT,
        "shop/rest/listing.py": copy,
        "shop/app.py": "from shop.prices import Prices\nfrom shop.rest import listing\nlisting.Prices(1)\n",
        "shop/api.py": "from shop.prices import Prices\n",
    }
    (finding,) = found(sources)
    advice = (
        "In shop/rest/listing.py write `from shop.prices import Prices`, derive from it or from a common base, and "
        "leave in each class what is its own: `PATTERNS`."
    )
    assert (advice in finding.remedy) is told
    assert ("has another value of `PATTERNS`" in finding.sites[0].message) is told
