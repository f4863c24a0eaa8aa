from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.definitions.renamed_class import RenamedClass

QUEUE = """
class {name}Queue{bases}:
    def __init__(self, store):
        self.store = store
        self.{word}s = []
        self.limit = 100

    def put(self, {word}):
        self.{word}s.append({word})
        self.store.save("{word}", {word})
        self.store.log({name}Put({word}))

    def take(self):
        {word} = self.{word}s.pop(0)
        self.store.delete("{word}", {word})
        return {word}
"""
USER = "from shop.a import OrderQueue\n"


def queue(name: str, bases: str = "") -> str:
    return QUEUE.format(name=name, word=name.lower(), bases=bases)


def found(*texts: str, **more: str) -> list[Finding]:
    sources = {f"shop/{name}.py": text for name, text in zip("abc", texts, strict=False)}
    sources |= {f"shop/{name}.py": text for name, text in more.items()}
    return findings(RenamedClass(), {"shop/__init__.py": ""} | sources)


def test_a_class_under_another_name_is_a_site() -> None:
    other = "import shop.b\nshop.b.ParcelQueue()\n"
    (finding,) = found(queue("Order"), queue("Parcel"), user=USER, tools=USER, other=other)
    assert finding.subject == "OrderQueue"
    assert finding.message == (
        "`ParcelQueue` is class `OrderQueue` under another name: keep shop/a.py, imported by 2 modules"
    )
    assert finding.remedy == (
        "Keep `OrderQueue` in shop/a.py. Write `from shop.a import OrderQueue` in shop/b.py and use it there, or "
        "derive from it where something must differ."
    )
    assert [(site.symbol, site.message) for site in finding.sites] == [
        (
            "shop.b:ParcelQueue",
            "100% of the lines are those of `shop.a:OrderQueue`, but for the words of the names; "
            "other signature of `put`",
        )
    ]


def test_names_of_other_lengths_are_the_same() -> None:
    longer = QUEUE.format(name="XMLBillOfLading", word="xml_bill_of_lading", bases="")
    assert len(found(queue("Order"), longer)) == 1


def test_one_line_apart_is_nearly_the_same() -> None:
    (finding,) = found(queue("Order"), queue("Parcel") + "\n    def size(self):\n        return 1\n", user=USER)
    assert finding.message.startswith("`ParcelQueue` is nearly class `OrderQueue` under another name")
    assert finding.sites[0].message.endswith("but for the words of the names; adds `size`; other signature of `put`")


def test_three_names_are_one_finding() -> None:
    (finding,) = found(queue("Order"), queue("Parcel"), queue("Bill"), user=USER)
    assert finding.message.startswith("`BillQueue`, `ParcelQueue` are class `OrderQueue` under another name")
    assert [site.symbol for site in finding.sites] == ["shop.b:ParcelQueue", "shop.c:BillQueue"]


@pytest.mark.parametrize(
    "other",
    [
        queue("Order"),  # SSOT101
        "from shop.a import OrderQueue\n" + queue("Parcel", "(OrderQueue)"),
        "class ParcelError(Exception):" + queue("Parcel").partition(":")[2],
        "class ParcelQueue:\n    def __init__(self, store):\n        self.store = store\n        self.parcels = []\n",
    ],
)
def test_namesakes_heirs_other_kinds_and_short_parts_are_exempt(other: str) -> None:
    assert found(queue("Order"), other) == []


def test_two_classes_of_one_module_are_siblings() -> None:
    assert found(queue("Order") + queue("Parcel")) == []


def test_async_halves_and_overlays_are_exempt() -> None:
    packages = {f"{folder}/__init__.py": "" for folder in ("shop", "shop/aio", "paid", "paid/shop")}
    for one, other in (("shop/api.py", "shop/aio/api.py"), ("shop/api.py", "paid/shop/api.py")):
        sources = packages | {one: queue("Order"), other: queue("AsyncOrder")}
        assert findings(RenamedClass(), sources) == []


def test_a_long_part_counts_unless_a_base_accounts_for_it() -> None:
    shared = "".join(f"        self.part{number} = store.part({number})\n" for number in range(21))
    own = "".join(f"        self.own{number} = store.own({number})\n" for number in range(20))
    head = "from shop.base import Base\n"
    one = f"class OrderBook{{bases}}:\n    def __init__(self, store):\n{shared}"
    other = f"class ParcelList{{bases}}:\n    def __init__(self, store):\n{shared}{own}"
    base = "class Base:\n    size = 1\n"
    (finding,) = found(one.format(bases=""), other.format(bases=""))
    assert "is largely class" in finding.message
    assert found(head + one.format(bases="(Base)"), head + other.format(bases="(Base)"), base=base) == []


def test_two_programs_share_what_is_nearly_equal_only() -> None:
    sources = {f"{name}/app/__init__.py": "" for name in ("alpha", "beta")}
    sources |= {f"{name}/pyproject.toml": f'[project]\nname = "{name}"\n' for name in ("alpha", "beta")}
    sources |= {"alpha/app/queue.py": queue("Order"), "beta/app/queue.py": queue("Parcel")}
    (finding,) = findings(RenamedClass(), sources)
    assert "from app.queue" not in finding.remedy


HEAD = """
class {name}{role}:
    def __init__(self, config):
        self.dense = Dense(config.{word}_size)

    def forward(self, states):
        states = self.dense(states)
        return states
"""
FIELDS = """
class {name}{role}:
    loss: float
    logits: list[float]
    {word}_states: list[float]
    attentions: list[float]
"""


@pytest.mark.parametrize("text", [HEAD, FIELDS])
@pytest.mark.parametrize(("role", "count"), [("PredictionHead", 1), ("NextWordHead", 1), ("Head", 0), ("Output", 0)])
def test_short_classes_are_copies_where_their_names_end_in_two_words_alike(text: str, role: str, count: int) -> None:
    bert, electra = (text.format(name=name, role=role, word=name.lower()) for name in ("Bert", "Electra"))
    assert len(found(bert, electra)) == count


def test_short_classes_that_differ_in_a_line_are_exempt() -> None:
    bert = HEAD.format(name="Bert", role="PredictionHead", word="bert")
    electra = HEAD.format(name="Electra", role="PredictionHead", word="electra").replace(
        "states = self", "other = self"
    )
    assert found(bert, electra) == []


def test_a_near_copy_of_what_stands_in_many_modules_is_found() -> None:
    """Lines that tens of classes have are no rare ones, and are all that such a copy has."""
    names = [chr(ord("a") + number).upper() + "orry" for number in range(20)]
    own = "\n    def only_{name}(self):\n        return {number}\n"
    sources = {
        f"shop/{name.lower()}.py": queue(name) + own.format(name=name.lower(), number=number)
        for number, name in enumerate(names)
    }
    (finding,) = findings(RenamedClass(), {"shop/__init__.py": ""} | sources)
    assert len(finding.sites) == len(names) - 1


def test_a_copy_of_a_copy_is_a_site_of_the_same_home() -> None:
    steps = [f"        self.step{number} = store.step({number})\n" for number in range(30)]
    own = [f"        self.own{number} = store.own({number})\n" for number in range(30)]

    def grown(name: str, count: int) -> str:
        return f"class {name}:\n    def __init__(self, store):\n" + "".join(steps[count:] + own[:count])

    (finding,) = found(grown("OrderBook", 0), grown("ParcelList", 6), grown("BillFolder", 12), user=USER)
    assert [site.symbol for site in finding.sites] == ["shop.b:ParcelList", "shop.c:BillFolder"]
