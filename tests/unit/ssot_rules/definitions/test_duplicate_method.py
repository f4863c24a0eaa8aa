from __future__ import annotations

import re

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings, scan_of
from ssot_rules.definitions.duplicate_method import DuplicateMethod
from ssot_rules.definitions.renamed_class import RenamedClass

BODY = """(self, rows, rate):
        total = 0
        for row in rows:
            total += row.amount * rate
        if total > 100:
            total -= {off}
        result = round(total, 2)
        return result
"""
DEFINED = re.compile(r"(?:def|class) (\w+)")
SHORT = """(self, rows):
        rows = self.sorted(rows)
        if not rows:
            return None
        return rows
"""


def cls(name: str, method: str = f"settle{BODY.format(off=5)}", before: str = "") -> str:
    return f"class {name}:\n{before}    def {method}"


def found(sources: dict[str, str]) -> list[Finding]:
    """What is found where each file mentions what it defines, so that it may be used."""
    return found_as_used({path: f"{text}\n# {' '.join(DEFINED.findall(text))}\n" for path, text in sources.items()})


def found_as_used(sources: dict[str, str]) -> list[Finding]:
    return findings(DuplicateMethod(), {"shop/__init__.py": ""} | sources)


def test_methods_of_unrelated_classes() -> None:
    (finding,) = found({"shop/a.py": cls("Till"), "shop/b.py": cls("Register")})
    assert finding.subject == "Register.settle, Till.settle"
    assert finding.message == (
        "the body of method `settle` stands in 2 classes (7 statements): no class is there to hold it for all"
    )
    assert finding.remedy == (
        "Move the body to a function in a module that all can import "
        "(a new one in `shop`, say) and use that in `Till.settle`, `Register.settle`."
    )
    assert [(site.symbol, site.message) for site in finding.sites] == [
        ("shop.b:Register.settle", "the same body as `shop.a:Till.settle`")
    ]
    assert finding.evidence["deletable_lines"] == 8


def test_a_function_that_does_the_same_is_the_home() -> None:
    function = ("def settle" + BODY.format(off=5).replace("self, ", "")).replace("\n    ", "\n")
    sources = {"shop/a.py": cls("Till"), "shop/b.py": cls("Register"), "shop/c.py": function}
    (finding,) = found(sources)
    assert finding.message == (
        "the body of method `settle` stands in 2 classes and in 1 function (7 statements): keep shop/c.py, "
        "the only function of them"
    )
    assert finding.remedy == (
        "Keep `settle` in shop/c.py. Write `from shop.c import settle` in shop/a.py, shop/b.py and call it in "
        "`Till.settle`, `Register.settle`."
    )
    (finding,) = found({"shop/a.py": cls("Till"), "shop/c.py": function})
    assert [site.symbol for site in finding.sites] == ["shop.a:Till.settle"]


def test_an_ancestor_of_all_is_the_home() -> None:
    base = {"shop/base.py": "class Desk:\n    name = ''\n"}
    head = "from shop.base import Desk\n"
    one, other = (head + cls(f"{name}(Desk)") for name in ("Till", "Register"))
    (finding,) = found(base | {"shop/a.py": one, "shop/b.py": other})
    assert finding.home is not None
    assert finding.home.symbol == "shop.base:Desk"
    assert finding.message.endswith("`Desk` is an ancestor of all of them")
    assert finding.remedy == (
        "Move `settle` to `Desk` in shop/base.py, from which all inherit, and delete `Till.settle`, `Register.settle`."
    )
    assert [site.message for site in finding.sites] == ["one of them", "the same body as `shop.a:Till.settle`"]
    taken = {"shop/base.py": "class Desk:\n    def settle(self): return 1\n"}
    (finding,) = found(taken | {"shop/a.py": one, "shop/b.py": other})
    assert finding.remedy.startswith("Move the body to a method of its own in `Desk`")
    based = {
        path: text.replace("Desk", "BaseDesk") for path, text in {"shop/a.py": one, "shop/b.py": other, **taken}.items()
    }
    (finding,) = found(based)
    assert finding.remedy == (
        "Put the body into `BaseDesk.settle` in shop/base.py, in place of its own, which no class inherits, and delete "
        "`Till.settle`, `Register.settle`."
    )


@pytest.mark.parametrize(
    "use",
    [
        {"shop/c.py": "from shop.base import BaseDesk\nprint(BaseDesk().settle())\n"},
        {"shop/c.py": "from shop.base import BaseDesk\nclass Named(BaseDesk): ...\nprint(Named)\n"},
        {"shop/base.py": "class BaseDesk:\n    @noted\n    def settle(self): return 1\n"},
        {"shop/base.py": "class Desk:\n    def settle(self): return 1\nBaseDesk = Desk\n"},
    ],
)
def test_what_is_used_of_an_ancestor_stays_as_it_is(use: dict[str, str]) -> None:
    names = ("Till", "Register", *(f"Box{number}" for number in range(9)))
    own = {f"shop/x{name.lower()}.py": f"from shop.base import BaseDesk\n{cls(f'{name}(BaseDesk)')}" for name in names}
    base = {"shop/base.py": "class BaseDesk:\n    def settle(self): return 1\n"}
    (finding,) = found(base | own)
    assert finding.remedy.startswith("Put the body into `BaseDesk.settle` in shop/base.py, in place of its own")
    (finding,) = found(base | own | use)
    assert finding.remedy.startswith("Move the body to a method of its own in `")


def test_what_is_inherited_anyway_is_deleted() -> None:
    head = "from shop.a import Till\n"
    (finding,) = found({"shop/a.py": cls("Till"), "shop/b.py": head + cls("Register(Till)")})
    assert finding.remedy == (
        "Delete `Register.settle`, unless a class between has another: `Till.settle` is inherited."
    )
    renamed = head + cls("Register(Till)").replace("def settle", "def pay")
    (finding,) = found({"shop/a.py": cls("Till"), "shop/b.py": renamed})
    assert finding.remedy == "Delete `Register.pay` and use `settle`, which is inherited."


def test_nearly_equal_methods_of_one_name() -> None:
    one, other = cls("Till"), cls("Register", f"settle{BODY.format(off=7)}")
    (finding,) = found({"shop/a.py": one, "shop/b.py": other})
    assert finding.message.startswith("method `settle` has nearly the same body in 2 classes")
    assert finding.severity is Severity.INFO
    assert [site.message for site in finding.sites] == ["86% of the lines are those of `shop.a:Till.settle`"]
    assert found({"shop/a.py": one, "shop/b.py": other.replace("def settle", "def pay")}) == []
    assert found({"shop/a.py": one + "\n\n" + other}) == []


@pytest.mark.parametrize(
    ("method", "count"),
    [
        (f"_sorted{SHORT}", 1),
        (f"sorted_rows{SHORT}", 1),
        (f"__call__{SHORT}", 0),
        (f"fake_rows{SHORT}", 0),
        ("__init__(self, a, b):\n" + "".join(f"        self.{name} = {name}\n" for name in ("a", "b") * 3), 0),
        (f"rows{SHORT}".replace("        if not rows:\n            return None\n", ""), 0),
    ],
)
def test_short_methods(method: str, count: int) -> None:
    assert len(found({"shop/a.py": cls("Till", method), "shop/b.py": cls("Register", method)})) == count


def test_properties_and_abstract_methods_are_exempt_while_short() -> None:
    for decorator, count in (("property", 0), ("abc.abstractmethod", 0), ("classmethod", 1)):
        texts = [cls(name, f"rows{SHORT}", before=f"    @{decorator}\n") for name in ("Till", "Register")]
        assert len(found({"shop/a.py": texts[0], "shop/b.py": texts[1]})) == count


def test_short_methods_that_something_asks_for_are_exempt() -> None:
    base = {"shop/base.py": "class Desk:\n    def rows(self): return []\n"}
    one, other = (
        f"from shop.base import Desk\n{cls(f'{name}(Desk)', f'rows{SHORT}')}" for name in ("Till", "Register")
    )
    assert found(base | {"shop/a.py": one, "shop/b.py": other}) == []
    third = other.replace("Register", "Board")
    assert found(base | {"shop/a.py": one, "shop/b.py": other, "shop/c.py": third}) == []
    one, other = (text.replace("from shop.base", "from library") for text in (one, other))
    assert found({"shop/a.py": one, "shop/b.py": other}) == []
    one, other = (text.replace("def rows", "def _rows") for text in (one, other))
    assert len(found({"shop/a.py": one, "shop/b.py": other})) == 1


def test_one_class_and_short_methods_of_one_file_are_exempt() -> None:
    twice = cls("Till") + f"\n    def pay{BODY.format(off=5)}"
    assert found({"shop/a.py": twice}) == []
    short = "\n\n".join(cls(name, f"rows{SHORT}") for name in ("Till", "Register"))
    assert found({"shop/a.py": short}) == []
    assert len(found({"shop/a.py": f"{cls('Till')}\n\n{cls('Register')}"})) == 1


def test_what_the_rules_on_classes_report_is_theirs() -> None:
    text = cls("ShopTill", before="    rate = 1\n    name = ''\n")
    assert found({"shop/a.py": text, "shop/b.py": text}) == []
    large = text + "".join(
        f"\n    def {name}(self):\n        return self.{name}_of(self)\n"
        for name in (f"step_{number}" for number in range(60))
    )
    assert len(found({"shop/a.py": text, "shop/b.py": large})) == 1


def test_equal_text_that_means_other_things_is_no_copy() -> None:
    text = "LIMIT = {limit}\n" + cls("{name}", f"settle{BODY.format(off='LIMIT')}")
    same = {f"shop/{name}.py": text.format(limit=1, name=name) for name in "AB"}
    other = {f"shop/{name}.py": text.format(limit=limit, name=name) for limit, name in enumerate("AB")}
    assert len(found(same)) == 1
    assert found(other) == []


def test_doubles_async_twins_and_programs_apart_are_exempt() -> None:
    assert found({"shop/a.py": cls("Till"), "shop/b.py": cls("FakeTill")}) == []
    assert found({"shop/aio/desk.py": cls("AsyncTill"), "shop/desk.py": cls("Till")}) == []
    apart = {f"{name}/pyproject.toml": f"[project]\nname = '{name}'\n" for name in ("one", "two")}
    assert found(apart | {"one/one_a.py": cls("Till"), "two/two_b.py": cls("Register")}) == []


def test_a_near_copy_joins_equal_ones() -> None:
    near = cls("Board", f"settle{BODY.format(off=7)}")
    (finding,) = found({"shop/a.py": cls("Till"), "shop/b.py": cls("Register"), "shop/c.py": near})
    assert [site.message for site in finding.sites] == [
        "the same body as `shop.a:Till.settle`",
        "86% of the lines are those of `shop.a:Till.settle`",
    ]


def test_parallel_folders_account_for_what_an_ancestor_asks_for() -> None:
    base = {"shop/base.py": "class Desk:\n    def settle(self): return []\n"}
    one, other = (f"from shop.base import Desk\n{cls(f'{name}(Desk)')}" for name in ("Till", "Register"))
    assert found(base | {"shop/a/desk.py": one, "shop/b/desk.py": other}) == []
    assert len(found(base | {"shop/a/desk.py": one, "shop/b/table.py": other})) == 1


def test_the_base_of_others_too_is_no_place_for_what_two_of_its_classes_do() -> None:
    base = "class Widget:\n    def draw(self): ...\n"
    own = {name: "from shop.base import Widget\n" + cls(f"{name.title()}(Widget)") for name in ("till", "register")}
    sources = {"shop/base.py": base} | {f"shop/{name}.py": text for name, text in own.items()}
    (finding,) = found(sources)
    assert finding.home is not None
    assert finding.home.symbol == "shop.base:Widget"
    others = {"shop/label.py": "from shop.base import Widget\nclass Label(Widget): ...\n"}
    (finding,) = found(sources | others)
    assert finding.message.endswith("`Widget`, which all inherit from, has other heirs too, which do without it")
    assert finding.remedy == (
        "Move the body to a function, or to a class between `Widget` and them, in `shop.base` and use that in "
        "`Register.settle`, `Till.settle`."
    )
    between = {"shop/mid.py": "from shop.base import Widget\nclass Desk(Widget): ...\n"}
    moved = {
        path: text.replace("shop.base import Widget", "shop.mid import Desk").replace("(Widget)", "(Desk)")
        for path, text in sources.items()
        if path != "shop/base.py"
    }
    (finding,) = found({"shop/base.py": base} | between | moved | others)
    assert finding.home is not None
    assert finding.home.symbol == "shop.mid:Desk"


def test_short_copies_are_information() -> None:
    sources = {"shop/a.py": cls("Till", f"_sorted{SHORT}"), "shop/b.py": cls("Register", f"_sorted{SHORT}")}
    assert [finding.severity for finding in found(sources)] == [Severity.INFO]
    assert [finding.severity for finding in found({"shop/a.py": cls("Till"), "shop/b.py": cls("Register")})] == [None]


HOOK = """close(self):
        await super().close()
        if self.task:
            self.task.cancel()
            self.task = None
        if self.socket:
            self.socket.close()
"""


def hooked(text: str, base: str) -> list[Finding]:
    sources = {
        f"shop/{name.lower()}.py": f"{base}\n" + cls(f"{name}(Service)", text).replace("def close", "async def close")
        for name in ("Till", "Register")
    }
    return found({"shop/base.py": "class Service:\n    async def close(self): ...\n"} | sources)


def test_hooks_that_call_the_one_they_extend_are_no_copies() -> None:
    library, own = "from library import Service", "from shop.base import Service"
    assert hooked(HOOK, library) == hooked(HOOK, own) == []
    longer = HOOK + "            self.socket = None\n        self.open = False\n"
    assert hooked(longer, own) == []
    assert hooked(longer, library) == []
    assert len(hooked(longer + "        self.hub = None\n", library)) == 1
    assert len(hooked(longer + "        self.hub.leave()\n        self.hub = None\n", own)) == 1
    assert len(hooked(HOOK.replace("await super().close()", "self.hub.leave()"), library)) == 1


def test_handlers_of_a_library_s_events_are_its_matter_while_short() -> None:
    def of(base: str, name: str, more: str = "") -> int:
        method = f"{name}{BODY.format(off=5)}{more}"
        head = "from library import Widget\n" if base else ""
        return len(found({f"shop/{each.lower()}.py": head + cls(each + base, method) for each in ("Till", "Register")}))

    assert of("(Widget)", "mouseMoveEvent") == of("(Widget)", "closeEvent") == 0
    assert of("(Widget)", "settle_event") == of("(Widget)", "settleEvents") == of("", "mouseMoveEvent") == 1
    assert of("(Widget)", "mouseMoveEvent", "        self.a = 1\n        self.b = 2\n") == 1


def test_a_method_that_waits_is_no_copy_of_one_that_does_not() -> None:
    waiting = cls("Register").replace("def settle", "async def settle")
    assert found({"shop/a.py": cls("Till"), "shop/b.py": waiting}) == []
    near = waiting.replace("-= 5", "-= 7")
    assert found({"shop/a.py": cls("Till"), "shop/b.py": near}) == []
    assert len(found({"shop/a.py": waiting.replace("Register", "Till"), "shop/b.py": near})) == 1


SCAFFOLD = {"shop/base.py": "class Desk:\n    def settle(self, rows, rate): ...\n    def other(self): ...\n"}


def test_a_scaffold_that_differs_in_the_middle_is_how_a_method_is_implemented() -> None:
    head = "from shop.base import Desk\n"
    texts = [
        head + cls(f"{name}(Desk)", f"settle{BODY.format(off=off)}") for name, off in (("Till", 5), ("Register", 7))
    ]
    sources = dict(zip(("shop/a.py", "shop/b.py"), texts, strict=True))
    assert found(SCAFFOLD | sources) == []
    third = head + cls("Counter(Desk)", f"settle{BODY.format(off=7)}")
    assert found(SCAFFOLD | sources | {"shop/c.py": third}) == []
    longer = {
        "shop/a.py": texts[0],
        "shop/b.py": f"{texts[1]}        self.hub = 1\n",
        "shop/c.py": f"{third}        self.hub = 1\n",
    }
    assert [finding.subject for finding in found(SCAFFOLD | longer)] == ["Counter.settle, Register.settle"]
    renamed = {path: text.replace("def settle", "def _settled") for path, text in sources.items()}
    assert len(found(SCAFFOLD | renamed)) == 1


def test_what_differs_from_the_inherited_method_stays() -> None:
    one = cls("Till")
    other = "from shop.a import Till\n" + cls("Register(Till)", f"settle{BODY.format(off=7)}")
    (finding,) = found({"shop/a.py": one, "shop/b.py": other})
    assert finding.remedy == (
        "Give `Till.settle` a parameter or a method for what differs, and leave of `Register.settle` only that."
    )


def test_equal_overrides_may_be_what_the_inherited_one_should_do() -> None:
    """The base may be what is wrong."""
    one, head = cls("Till"), "from shop.a import Till\n"
    heirs = [head + cls(f"{name}(Till)", f"settle{BODY.format(off=7)}") for name in ("Register", "Safe")]
    (finding,) = found({"shop/a.py": one, "shop/b.py": heirs[0], "shop/c.py": heirs[1]})
    assert finding.remedy == (
        "If what `Register.settle`, `Safe.settle` do, which is the same, is right for `Till.settle` too, put it there "
        "and delete them. Else give `Till.settle` a parameter or a method for what differs, and leave of "
        "`Register.settle`, `Safe.settle` only that."
    )


def test_what_differs_in_heirs_stays_where_it_is() -> None:
    base = "class Service:\n    def __init__(self):\n        self.socket = None\n"
    body = "".join(f"        self.socket.send({number})\n" for number in range(8))
    head = "from shop.base import Service\nclass {name}(Service):\n    def ship(self):\n"
    sources = {f"shop/{name.lower()}.py": head.format(name=name) + body for name in ("North", "South")}
    sources["shop/south.py"] = sources["shop/south.py"].replace("send(7)", "send(9)")
    (finding,) = found({"shop/base.py": base} | sources)
    assert finding.remedy == (
        "Move what is the same to a method of its own in `Service` in shop/base.py, from which all inherit, or to a "
        "class between, with a parameter or a method of its own for what differs, and use it in `North.ship`, "
        "`South.ship`."
    )


BUILD = """    @classmethod
    def build(cls, rows, names, attrs=None):
        made = object.__new__({made})
        made.rows = rows
        made.names = names
        made.attrs = attrs or dict()
        made.encoding = None
        made.cache = None
        made.close = None
        made.open()
        return made
"""


@pytest.mark.parametrize(
    ("made", "own", "remedy"),
    [
        ("Till", "classmethod", "Let `View.build` call `Till.build()`, not `super().build()`, which would be handed "),
        ("View", "classmethod", "Give `Till.build` a parameter or a method for what differs, and leave"),
        ("registered", "classmethod", "Give `Till.build` a parameter or a method for what differs, and leave"),
        ("Till", "registry.classmethod", "Give `Till.build` a parameter or a method for what differs, and leave"),
    ],
)
def test_what_works_on_the_class_above_calls_that(made: str, own: str, remedy: str) -> None:
    one = f"class Till:\n{BUILD.format(made='cls')}".replace("classmethod", own)
    other = f"from shop.a import Till\nclass View(Till):\n{BUILD.format(made=made)}".replace("classmethod", own)
    (finding,) = found({"shop/a.py": one, "shop/b.py": other})
    assert finding.remedy.startswith(remedy)


def test_what_differs_from_an_inherited_property_reads_it() -> None:
    one = cls("Till").replace("    def settle", "    @property\n    def settle")
    other = "from shop.a import Till\n" + cls("Register(Till)", f"settle{BODY.format(off=7)}").replace(
        "    def settle", "    @property\n    def settle"
    )
    (finding,) = found({"shop/a.py": one, "shop/b.py": other})
    assert finding.remedy == ("Give `Till.settle` a method for what differs, and leave of `Register.settle` only that.")
    longer = (
        other.replace("off=7", "off=5")
        .replace("-= 7", "-= 5")
        .replace("        return", "        self.note()\n        return")
    )
    (finding,) = found({"shop/a.py": one, "shop/b.py": longer})
    assert finding.remedy == (
        "Let `Register.settle` read `super().settle` and keep what it has of its own, or give `Till.settle` a method "
        "for what differs."
    )


def test_a_class_between_goes_where_it_can_import_the_ancestor() -> None:
    body = "".join(f"        self.socket{number}.send({number})\n" for number in range(7))
    base = "from shop.plugins.helpers import name\nclass Service:\n    def name(self):\n        return name()\n"
    head = "from shop.plugins.helpers import name\nfrom shop.bases.service import Service\n"
    files = {
        f"shop/plugins/{name.lower()}.py": f"{head}class {name}(Service):\n    def ship(self):\n{body}"
        for name in ("North", "South")
    }
    files |= {
        "shop/west.py": "from shop.bases.service import Service\nclass West(Service): ...\n",
        "shop/bases/service.py": base,
    }
    files |= {"shop/plugins/__init__.py": "", "shop/plugins/helpers.py": "def name(): ...\n"}
    (finding,) = found(files)
    assert "in a module that all can import (a new one in `shop.bases`, say) and use" in finding.remedy
    (finding,) = found(files | {"shop/bases/service.py": base.partition("\n")[2]})
    assert "in `shop.plugins.helpers` and use" in finding.remedy


def of_service(*names: str, base: str = "class Service:\n    socket = None\n") -> dict[str, str]:
    body = "".join(f"        self.socket.send({number})\n" for number in range(7))
    head = "from shop.base import Service\nclass {name}(Service):\n    def ship(self):\n"
    return {"shop/base.py": base} | {f"shop/{name.lower()}.py": head.format(name=name) + body for name in names}


def home_of_ship(sources: dict[str, str]) -> str:
    (finding,) = found(sources)
    assert finding.home is not None
    return finding.home.symbol


def test_an_ancestor_with_heirs_of_other_kinds_is_no_home_whatever_it_holds() -> None:
    """As `ModelAdapter` of exo, which is that of Flux and of Qwen."""
    sources = of_service("North", "South")
    others = {"shop/west.py": "from shop.base import Service\nclass West(Service): ...\n"}
    assert home_of_ship(sources) == "shop.base:Service"
    assert home_of_ship(sources | others) == "shop.north:North.ship"
    assert remedy(sources | others).startswith(
        "Move the body to a function, or to a class between `Service` and them, in `shop.base`"
    )


def test_one_heir_of_many_that_does_without_is_no_obstacle() -> None:
    sources = of_service(*(f"Port{number}" for number in range(10)))
    others = [{f"shop/{name}.py": f"from shop.base import Service\nclass {name}(Service): ...\n"} for name in "XY"]
    assert home_of_ship(sources | others[0]) == "shop.base:Service"
    assert home_of_ship(sources | others[0] | others[1]) != "shop.base:Service"


def test_an_heir_that_does_it_in_its_own_way_needs_no_default() -> None:
    """As the maskers of nilearn, each of which had to say how it loads its displays."""
    sources = of_service("North", "South", base="class Service:\n    def ship(self): ...\n")
    own = {"shop/west.py": "from shop.base import Service\nclass West(Service):\n    def ship(self): return 1\n"}
    assert home_of_ship(sources | own) == "shop.base:Service"
    more = {"shop/east.py": own["shop/west.py"].replace("West", "East")}
    assert home_of_ship(sources | own | more) != "shop.base:Service"


def test_an_override_that_adds_something_calls_the_one_it_repeats() -> None:
    base = cls("Till")
    copied = cls("Desk(Till)").replace("class ", "from shop.a import Till\nclass ", 1)
    (finding,) = found({"shop/a.py": base, "shop/b.py": f"{copied.rstrip()}  # the same\n"})
    assert finding.remedy.startswith("Delete `Desk.settle`")
    added = copied.replace("        return", "        self.note()\n        return")
    assert added != copied
    (finding,) = found({"shop/a.py": base, "shop/b.py": added})
    assert finding.remedy == (
        "Let `Desk.settle` call `super().settle()` and keep what it has of its own, or give `Till.settle` a parameter "
        "or a method for what differs."
    )


HELPER = """
def cents(rows):
    found = []
    for row in rows:
        if row.is_open:
            found.append(row.amount)
    return {result}
"""


@pytest.mark.parametrize(("result", "count"), [("list(found)", 1), ("sum(found)", 1), (None, 0)])
def test_a_helper_that_was_copied_and_has_drifted_does_not_hide_its_copied_caller(
    result: str | None, count: int
) -> None:
    method = f"settle{BODY.format(off=5)}".replace("in rows", "in cents(rows)")
    other = HELPER.format(result=result) if result else "def cents(rows):\n    return rows.cents()\n"
    sources = {
        "shop/a.py": HELPER.format(result="found") + cls("Till", method),
        "shop/b.py": other + cls("Register", method),
    }
    assert len(found(sources)) == count


def test_an_inventory_of_renamed_classes_hides_no_method() -> None:
    renamed = cls("Till") + "\n    def rows(self):\n        return self.kept\n"
    sources = {"shop/__init__.py": "", "shop/a.py": renamed, "shop/b.py": renamed.replace("Till", "Register")}
    assert {each.rule.code for each in scan_of(sources, [DuplicateMethod, RenamedClass])} == {"SSOT105", "SSOT124"}
    steps = "".join(f"    def step_{number}(self):\n        return self.of({number})\n" for number in range(10))
    varied = sources["shop/b.py"].replace("total -= 5", "total -= 6") + steps
    near = sources | {"shop/a.py": renamed + steps, "shop/b.py": varied}
    assert {each.rule.code for each in scan_of(near, [DuplicateMethod, RenamedClass])} == {"SSOT105"}
    scored = {"pyproject.toml": '[tool.ssot-lint.severity]\nSSOT105 = "medium"\n'}
    assert {each.rule.code for each in scan_of(sources | scored, [DuplicateMethod, RenamedClass])} == {"SSOT105"}


def test_a_method_of_renamed_siblings_moves_to_their_own_base() -> None:
    base = "class Base:\n    def __init__(self, name):\n        self.name = name\n"
    head = "from shop.base import Base\n"
    rest = "    def deliver(self, rows):\n        return (self.name, self.settle(rows, 2))\n"
    (finding,) = found(
        {
            "shop/base.py": base,
            "shop/a.py": head + cls("Till(Base)") + "\n" + rest,
            "shop/b.py": head + cls("Register(Base)") + "\n" + rest,
        }
    )
    assert finding.message.endswith("`Base` is an ancestor of all of them")
    assert finding.home is not None
    assert finding.home.symbol == "shop.base:Base"


@pytest.mark.parametrize(("renamed", "grown"), [("Tally", ""), ("Zone", ""), ("Abacus", ""), ("Tally", "added")])
def test_the_class_that_is_kept_is_the_home_of_its_methods(renamed: str, grown: str) -> None:
    till = cls("ShopTill", before="    rate = 1\n    name = ''\n    kind = 0\n    rows = 1\n    zone = 2\n")
    other = cls(renamed, before="    kind = 1\n")
    copy = till + (f"\n    def {grown}(self): return self.name\n" if grown else "")
    sources = {
        "shop/__init__.py": "",
        "shop/util.py": till,
        "shop/alone.py": copy,
        "shop/tally.py": other,
        "shop/use.py": "from shop.util import ShopTill\n",
        "shop/more.py": "from shop.util import ShopTill\n",
    }
    (finding,) = found(sources)
    assert finding.home is not None
    assert finding.home.symbol == "shop.util:ShopTill.settle"
    assert finding.home.reason == "its class is kept in place of its namesakes"
    assert [site.symbol for site in finding.sites] == [f"shop.tally:{renamed}.settle"]


def pay(name: str, off: int = 5, before: str = "") -> str:
    return cls(name, before=before) + f"\n    def pay{BODY.format(off=off).replace('rate', 'fee')}"


def test_several_methods_of_the_same_classes_are_one_finding() -> None:
    (finding,) = found({"shop/a.py": pay("Till"), "shop/b.py": pay("Register")})
    assert finding.subject == "Register, Till"
    assert finding.message == (
        "`Till`, `Register` have 2 methods in common (16 lines): `settle`, `pay`: no class is there to hold them for "
        "all"
    )
    assert finding.remedy == (
        "Move them to functions in a module that all can import "
        "(a new one in `shop`, say), and call those in `Till`, `Register`."
    )
    assert finding.home is not None
    assert (finding.home.symbol, finding.home_stays) == ("shop.a:Till", False)
    assert [(site.symbol, site.message) for site in finding.sites] == [
        ("shop.b:Register.settle", "the same body as `shop.a:Till.settle`"),
        ("shop.b:Register.pay", "the same body as `shop.a:Till.pay`"),
    ]
    assert finding.evidence["deletable_lines"] == 16
    steps = "".join(f"\n    def step_{number}(self):\n        return self.of({number})\n" for number in range(20))
    (finding,) = found({"shop/a.py": pay("Till"), "shop/b.py": pay("Register", off=7) + steps})
    assert finding.message.startswith("`Till`, `Register` have 2 methods in common, 1 of them nearly (16 lines)")
    assert finding.remedy.endswith("Of `pay` move what is the same, with a parameter for what differs.")


def test_each_of_several_methods_is_held_against_its_own_original() -> None:
    (finding,) = found_as_used({"shop/a.py": pay("Till"), "shop/b.py": pay("Register")} | USED)
    assert [(site.symbol, site.original and site.original.symbol) for site in finding.sites] == [
        ("shop.b:Register.settle", "shop.a:Till.settle"),
        ("shop.b:Register.pay", "shop.a:Till.pay"),
    ]


def test_the_first_of_several_methods_has_no_original_where_an_ancestor_is_the_home() -> None:
    heirs = {
        f"shop/{name}.py": f"from shop.base import Base\n\n\n{cls(f'{name.title()}(Base)')}" for name in ("a", "b", "c")
    }
    (finding,) = found({"shop/base.py": "class Base:\n    rate = 1\n"} | heirs)
    assert finding.home is not None
    assert finding.home.symbol == "shop.base:Base"
    assert [site.original and site.original.symbol for site in finding.sites] == [
        None,
        "shop.a:A.settle",
        "shop.a:A.settle",
    ]


def test_what_some_of_the_classes_have_in_common_is_a_finding_of_its_own() -> None:
    sources = {"shop/a.py": pay("Till"), "shop/b.py": pay("Register"), "shop/c.py": cls("Desk")}
    by_subject = {finding.subject: finding for finding in found(sources)}
    assert {subject: [site.symbol for site in each.sites] for subject, each in by_subject.items()} == {
        "Desk.settle, Register.settle, Till.settle": ["shop.b:Register.settle", "shop.c:Desk.settle"],
        "Register.pay, Till.pay": ["shop.b:Register.pay"],
    }


def test_only_methods_of_the_very_same_classes_go_into_one_place() -> None:
    names = ("Docs", "Mail", "Notes", "Word", "Slides")
    sources = {f"shop/{name.lower()}.py": cls(name, f"_pace{BODY.format(off=5)}") for name in names}
    clean = f"\n    def _clean{BODY.format(off=7)}"
    sources |= {f"shop/{name}.py": sources[f"shop/{name}.py"] + clean for name in ("word", "slides")}
    found_now = {finding.subject: finding.remedy for finding in found(sources)}
    assert found_now == {
        "Docs._pace, Mail._pace, Notes._pace, Slides._pace, Word._pace": (
            "Move the body to a function in a module that all can import "
            "(a new one in `shop`, say) and use that in `Docs._pace`, `Mail._pace`, "
            "`Notes._pace` and 2 more."
        ),
        "Slides._clean, Word._clean": (
            "Move the body to a function in a module that all can import "
            "(a new one in `shop`, say) and use that in `Slides._clean`, `Word._clean`."
        ),
    }


def test_a_class_that_has_one_of_many_methods_is_told_apart() -> None:
    """As `Animation` of manim, which has one of eleven methods that two kinds of mobjects have in common."""
    sources = {"shop/a.py": lend("Till"), "shop/b.py": lend("Register"), "shop/c.py": cls("Clock")}
    assert sorted(finding.subject for finding in found(sources)) == [
        "Clock.settle, Register.settle, Till.settle",
        "Register, Till",
    ]


def test_pairs_that_overlap_stay_apart_where_the_third_does_something_else() -> None:
    other = "(self, rows, rate):\n        return [self.price(row, rate) for row in rows if row.is_open]\n"
    desk = cls("Desk", f"settle{other}") + f"\n    def pay{BODY.format(off=5).replace('rate', 'fee')}"
    sources = {"shop/a.py": pay("Till"), "shop/b.py": cls("Register"), "shop/c.py": desk}
    assert sorted(finding.subject for finding in found(sources)) == [
        "Desk.pay, Till.pay",
        "Register.settle, Till.settle",
    ]


def test_several_methods_that_are_inherited_anyway_are_deleted_together() -> None:
    head = "from shop.a import Till\n"
    sources = {"shop/a.py": pay("Till"), "shop/b.py": head + pay("Register(Till)")}
    (finding,) = found(sources)
    assert finding.message.endswith(": `Till` has them for all of them")
    assert finding.remedy == (
        "Delete `settle`, `pay` from `Register`, unless a class between has others: they are inherited from `Till`."
    )
    (finding,) = found(sources | {"shop/b.py": head + pay("Register(Till)", off=7)})
    assert finding.remedy == (
        "Delete `settle` from `Register`, unless a class between has others: they are inherited from `Till`. Give "
        "`Till` methods for what differs, and leave of `pay` in `Register` only that."
    )


def test_several_methods_go_to_the_ancestor_that_only_their_classes_have() -> None:
    base = {"shop/base.py": "class Desk:\n    name = ''\n"}
    head = "from shop.base import Desk\n"
    own = {f"shop/{name.lower()}.py": head + pay(f"{name}(Desk)") for name in ("Till", "Register")}
    moved = "Move them to `Desk` in shop/base.py, from which all inherit, and delete them from `Register`, `Till`."
    (finding,) = found(base | own)
    assert (finding.remedy, len(finding.sites)) == (moved, 4)
    mixed = {
        "shop/mixed.py": f"{head}class Named(Desk):\n    def named(self): return self.name\n",
        "shop/both.py": "import shop.register\nfrom shop.till import Till\nfrom shop.mixed import Named\n"
        "class Both(Till, Named): ...\n",
    }
    (finding,) = found(base | own | mixed)
    assert finding.remedy == moved
    (finding,) = found(base | own | {"shop/label.py": f"{head}class Label(Desk): ...\n"})
    assert finding.remedy == (
        "Move them to a class between `Desk` and them, in `shop.base`, and delete them from `Register`, `Till`."
    )


NETWORK = """
import torch.nn as nn

class {name}({base}):
    def {method}(self, rows, rate):
{body}
"""


def _network(name: str, base: str, method: str, statements: int) -> str:
    lines = [f"        rows = self.layer_{number}(rows, rate)" for number in range(statements - 1)]
    return NETWORK.format(name=name, base=base, method=method, body="\n".join([*lines, "        return rows"]))


@pytest.mark.parametrize(
    ("bases", "method", "statements", "severity"),
    [
        (("nn.Module", "nn.Module"), "forward", 9, Severity.INFO),
        (("nn.Module", "nn.Module"), "_init_weights", 19, Severity.INFO),
        (("nn.Module", "PreTrainedModel"), "prepare_inputs_for_generation", 12, Severity.INFO),
        (("nn.Module", "nn.Module"), "forward", 24, None),
        (("nn.Module", "nn.Module"), "encode", 12, None),
        (("nn.Module", "object"), "forward", 12, None),
        (("Base", "Base"), "forward", 12, None),
        (("Base", "Base"), "_init_weights", 12, None),
    ],
)
def test_what_a_library_asks_of_each_part_of_a_network_is_listed(
    bases: tuple[str, str], method: str, statements: int, severity: Severity | None
) -> None:
    head = "from transformers import PreTrainedModel\nfrom shop.nets.base import Base\n"
    sources = {
        f"shop/nets/{name.lower()}.py": head + _network(name, base, method, statements)
        for name, base in zip(("Tills", "Desks"), bases, strict=True)
    }
    base = {"shop/nets/__init__.py": "", "shop/nets/base.py": "import torch\nclass Base(torch.nn.Module): ...\n"}
    assert [finding.severity for finding in found(base | sources)] == [severity]


HEIRS = "class {name}A({name}): ...\nclass {name}B({name}): ...\n"


@pytest.mark.parametrize(
    ("till", "more", "is_told"),
    [
        ("Till(Desk)", HEIRS.format(name="Till"), True),
        ("Till(Desk)", "", False),
        ("Till(Desk)", "class TillA(Till): ...\n", False),
        ("Till(Inner)", HEIRS.format(name="Till"), False),
    ],
)
def test_a_class_that_others_derive_from_already_is_the_class_between(till: str, more: str, is_told: bool) -> None:
    desk = "class Desk:\n    name = ''\n\n\nclass Inner(Desk): ...\n"
    head = "from shop.base import Desk, Inner\n"
    sources = {
        "shop/base.py": desk,
        "shop/till.py": f"{head}class {till}:\n    def settle{BODY.format(off=5)}",
        "shop/register.py": f"{head}class Register(Desk):\n    def settle{BODY.format(off=5)}",
        "shop/more.py": f"from shop.till import Till\n{more}",
        "shop/label.py": f"{head}class Label(Desk): ...\nclass Mark(Desk): ...\n",
        "shop/use.py": "from shop.register import Register\nfrom shop.till import Till\nboth = Register(), Till()\n",
    }
    (finding,) = found(sources)
    told = "If `Register` can derive from `Till`, as others do, let it, and delete the copy there. Else move the body "
    assert (told in finding.remedy) is is_told


def lend(name: str) -> str:
    return pay(name) + f"\n    def lend{BODY.format(off=5).replace('rate', 'interest')}"


def test_a_class_goes_to_no_module_of_functions() -> None:
    utils = {"shop/utils.py": "def cents(amount): return amount * 100\n"}
    head = "from shop.utils import cents\n"
    sources = {f"shop/{name.lower()}.py": head + lend(name) for name in ("Till", "Register")}
    (finding,) = found(sources | utils)
    assert finding.remedy == (
        "Move them to a base class or mixin of theirs, in a module that all can import "
        "(a new one in `shop`, say), and delete them from `Register`, "
        "`Till`."
    )
    (finding,) = found(sources | {"shop/utils.py": utils["shop/utils.py"] + "class Named: ...\n"})
    assert "in a module that all can import (a new one in `shop`, say), and" in finding.remedy
    models = {"shop/models.py": "class Named: ...\n"}
    (finding,) = found(sources | utils | models)
    assert "in a module that all can import (a new one in `shop`, say), and" in finding.remedy
    models = {"shop/models.py": "class Named:\n    def call(self): return self.name()\n"}
    (finding,) = found(sources | utils | models)
    assert "in `shop.models`, and" in finding.remedy
    fewer = {f"shop/{name.lower()}.py": head + pay(name) for name in ("Till", "Register")}
    (finding,) = found(fewer | utils)
    assert finding.remedy == "Move them to functions in `shop.utils`, and call those in `Register`, `Till`."


def test_a_mixin_is_no_place_for_what_its_heirs_have_besides() -> None:
    sources = {
        f"shop/{name.lower()}.py": "from shop.twin import {0}\n" + cls(f"{name}({{0}})") for name in ("Till", "Desk")
    }
    for base, place in (
        ("TwinMixin", "Move the body to a function in a module that all can import (a new one in `shop`, say)"),
        ("TwinDesk", "Move `settle` to `TwinDesk`"),
    ):
        base_text = {"shop/twin.py": f"class {base}:\n    name = ''\n"}
        (finding,) = found({path: text.format(base) for path, text in sources.items()} | base_text)
        assert place in finding.remedy


USED = {
    "shop/app.py": "from shop.a import Till\nfrom shop.b import Register\nTill().settle(Register().settle(1, 2), 3)\n"
}


def test_a_method_of_a_class_that_nothing_uses_goes_with_it() -> None:
    sources = {"shop/a.py": cls("Till"), "shop/b.py": cls("Register")}
    one_used = {"shop/app.py": "from shop.a import Till\nTill().settle(1, 2)\n"}
    (finding,) = found_as_used(sources | one_used)
    assert finding.message.endswith(": only `Till.settle` is used")
    assert finding.sites_unused
    assert finding.remedy == (
        "Keep `Till.settle` in shop/a.py. Delete `Register` from shop/b.py, unless other projects use it: no code here "
        "does."
    )
    assert finding.home is not None
    assert (finding.home.symbol, [site.symbol for site in finding.sites]) == (
        "shop.a:Till.settle",
        ["shop.b:Register.settle"],
    )
    (finding,) = found_as_used({"shop/a.py": pay("Till"), "shop/b.py": pay("Register")} | one_used)
    assert finding.message.endswith(": only `Till` is used")
    assert finding.remedy == "Delete `Register` from shop/b.py, unless other projects use it: no code here does."
    assert finding.sites_unused
    (finding,) = found_as_used(sources | USED)
    assert finding.remedy.startswith("Move the body to a function")
    assert not finding.sites_unused
    decorated = {"shop/b.py": "from app import register\n@register\n" + cls("Register")}
    (finding,) = found_as_used(sources | one_used | decorated)
    assert finding.remedy.startswith("Move the body to a function")


def test_a_class_that_has_more_than_the_copy_does_not_go_with_it() -> None:
    sources = {"shop/a.py": cls("Till"), "shop/app.py": "from shop.a import Till\nTill().settle(1, 2)\n"}
    own = "\n    def quota(self, pod):\n        return pod.limit\n"
    (finding,) = found_as_used(sources | {"shop/b.py": cls("Quota") + own})
    assert finding.remedy.startswith("Move the body to a function")
    assert not finding.sites_unused
    used = {f"shop/{name}.py": "RATE = 1\n" for name in ("rates", "zones")}
    users = {"shop/user.py": "from shop import rates, zones\n"}
    (finding,) = found_as_used(sources | used | users | {"shop/b.py": cls("Quota") + own})
    assert "Delete shop/b.py" not in finding.remedy
    (finding,) = found_as_used(sources | used | users | {"shop/b.py": cls("Quota")})
    assert "Delete shop/b.py, unless other projects use it" in finding.remedy


@pytest.mark.parametrize(
    ("name", "caller", "more", "is_deleted"),
    [
        ("tally", "shop/a.py", "", True),
        ("tally", "shop/d.py", "", False),
        ("tally", "shop/a.py", "\n    def more(self):\n        return self.tally([], 1)\n", False),
        ("tally", "shop/a.py", "\n    # self.tally([], 1)\n", True),
    ],
)
def test_a_method_that_only_the_other_class_calls_is_deleted(
    name: str, caller: str, more: str, is_deleted: bool
) -> None:
    copies = {
        f"shop/{path}.py": cls(owner, f"{name}{BODY.format(off=5)}")
        for path, owner in (("a", "Till"), ("b", "Register"))
    }
    copies["shop/b.py"] += more
    calls = f"\n    def total(self, rows):\n        return self.{name}(rows, 2)\n"
    calling = {caller: copies.get(caller, "class Desk:") + calls}
    (finding,) = found_as_used(copies | calling | USED)
    deletion = f"Delete `Register.{name}` from shop/b.py, unless other projects call it: no code here does."
    assert (deletion in finding.remedy) is is_deleted


def test_a_private_method_that_nothing_calls_is_deleted() -> None:
    calls = "\n    def total(self, rows):\n        return self._settle(rows, 2)\n"
    private = {
        f"shop/{path}.py": cls(name, f"_settle{BODY.format(off=5)}")
        for path, name in (("a", "Till"), ("b", "Register"))
    }
    used = {"shop/a.py": private["shop/a.py"] + calls}
    (finding,) = found_as_used(private | used | USED)
    assert finding.remedy == (
        "Keep `Till._settle` in shop/a.py. Delete `Register._settle` from shop/b.py: no code here calls it."
    )
    (finding,) = found_as_used(private | USED)
    assert finding.message.endswith(": nothing uses them")
    assert finding.remedy == (
        "Delete `Till._settle` from shop/a.py: no code here calls it. Delete `Register._settle` from shop/b.py: no "
        "code here calls it."
    )
    heir = {
        "shop/c.py": "from shop.b import Register\n"
        "class Desk(Register):\n    def total(self): return self._settle(1, 2)\n"
    }
    (finding,) = found_as_used(private | used | USED | heir)
    assert finding.remedy.startswith("Move the body")


def test_public_methods_that_no_file_names_are_doubted() -> None:
    used = {"shop/app.py": "from shop.a import Till\nfrom shop.b import Register\nTill(Register())\n"}
    sources = {"shop/a.py": cls("Till"), "shop/b.py": cls("Register")}
    (finding,) = found_as_used(sources | used)
    assert finding.remedy.startswith(
        "If no other project calls `settle`, delete all of them: no code here does. Else move the body to a function"
    )
    (finding,) = found_as_used(sources | used | {"shop/c.py": "name = 'settle'\n"})
    assert finding.remedy.startswith("Move the body to a function")
    dispatched = cls("Till") + "\n    def run(self, name):\n        return getattr(self, f'set{name}')\n"
    (finding,) = found_as_used(sources | used | {"shop/a.py": dispatched})
    assert finding.remedy.startswith("Move the body to a function")


def test_what_methods_need_of_their_module_moves_along() -> None:
    own = "LIMIT = 3\ndef scaled(row):\n    return row * LIMIT\n"
    body = BODY.format(off=5).replace("row.amount * rate", "scaled(row) * rate")
    sources = {
        f"shop/{path}.py": f"{own}{cls(name, f'settle{body}')}" for path, name in (("a", "Till"), ("b", "Register"))
    }
    (finding,) = found(sources)
    assert "together with `LIMIT`, `scaled` and use that in" in finding.remedy
    more = body.replace("total = 0", "total = 1")
    both = {path: f"{text}\n    def tally{more}" for path, text in sources.items()}
    (finding,) = found(both)
    assert "together with `LIMIT`, `scaled`, and" in finding.remedy


@pytest.mark.parametrize("name", ["__next__", "__call__", "__enter__"])
def test_nobody_names_a_method_that_python_calls(name: str) -> None:
    body = BODY.format(off=5).replace(
        "        result =", "        total += 1\n        total *= 2\n        total -= rate\n        result ="
    )
    sources = {f"shop/{path}.py": cls(owner, f"{name}{body}") for path, owner in (("a", "Till"), ("b", "Register"))}
    (finding,) = found_as_used(sources | {"shop/app.py": "from shop.a import Till\nfrom shop.b import Register\n"})
    assert "If no other project calls" not in finding.remedy


def test_a_method_that_is_called_on_its_class_is_called_by_those_that_have_it_imported() -> None:
    static = cls("Till", f"settle{BODY.format(off=5)}", before="    @classmethod\n").replace("self", "cls")
    user = (
        "from shop.a import Till\n"
        + cls("Register", f"_settled{BODY.format(off=5)}")
        + ("\n    def total(self):\n        return Till.settle(self._settled(1, 2), 3)\n")
    )
    app = {"shop/app.py": "from shop.b import Register\nRegister().total()\n"}
    (finding,) = found_as_used({"shop/a.py": static, "shop/b.py": user} | app)
    assert finding.message.endswith(": `Till.settle` can be called")
    assert finding.remedy == (
        "Keep `Till.settle` in shop/a.py. Call it in place of `Register._settled`: shop/b.py imports `Till` already."
    )
    bound = static.replace("    @classmethod\n", "")
    (finding,) = found_as_used({"shop/a.py": bound, "shop/b.py": user} | app)
    assert "Move the body" in finding.remedy


@pytest.mark.parametrize(
    ("call", "told"),
    [
        ("self.__round(result)", "First let `__round` begin with one underscore: with two, Python keeps it apart"),
        (
            "self.__round(self.__exact(result))",
            "First let `__exact`, `__round` begin with one underscore: with two, Python keeps them apart",
        ),
        ("self.__class__(result)", ""),
        ("self.round(result)", ""),
    ],
)
def test_names_that_python_keeps_apart_for_each_class_are_told(call: str, told: str) -> None:
    body = BODY.format(off=5).replace("return result", f"return {call}")
    one, other = (cls(name, f"settle{body}") for name in ("Till", "Register"))
    (finding,) = found({"shop/a.py": one, "shop/b.py": other})
    assert told in finding.remedy
    assert ("underscore" in finding.remedy) == bool(told)


def test_defaults_and_decorators_that_differ_are_told() -> None:
    one = "RATE = 1\n" + cls("Till").replace("rate)", "rate=RATE)")
    other = "FEE = 2\nfrom app import retry\n" + cls("Register").replace("rate)", "rate=FEE)").replace(
        "    def", "    @retry\n    def"
    )
    (finding,) = found_as_used({"shop/a.py": one, "shop/b.py": other} | USED)
    assert finding.remedy.endswith(
        " Hand over `rate` where it is used: the defaults are not the same. Only some of them have `@retry`: leave "
        "that where it is meant."
    )


def test_several_methods_that_are_functions_of_one_module_are_one_finding() -> None:
    functions = "".join(
        (f"def {name}" + BODY.format(off=5).replace("self, ", "").replace("rate", rate)).replace("\n    ", "\n") + "\n"
        for name, rate in (("settle", "rate"), ("pay", "fee"))
    )
    (finding,) = found({"shop/a.py": pay("Till"), "shop/c.py": functions})
    assert finding.subject == "Till.pay, Till.settle, pay, settle"
    assert finding.message == (
        "2 methods of `Till` have the bodies of functions in shop/c.py, `settle`, `pay`: keep shop/c.py, the only "
        "functions of them"
    )
    assert finding.remedy == (
        "Keep `settle` in shop/c.py. Write `from shop.c import settle` in shop/a.py and call it in `Till.settle`. Keep "
        "`pay` in shop/c.py. Write `from shop.c import pay` in shop/a.py and call it in `Till.pay`."
    )
    assert [site.symbol for site in finding.sites] == ["shop.a:Till.settle", "shop.a:Till.pay"]


def test_what_two_parts_of_one_subject_share_stays_with_that_subject() -> None:
    base = {"shop/base.py": "class Part: ...\n", "shop/west.py": "from shop.base import Part\nclass West(Part): ...\n"}
    head = "from shop.base import Part\n"

    def own(part: str) -> str:
        steps = (f"\n    def {part}_{number}(self):\n        return self.{part}({number})\n" for number in range(12))
        return "".join(steps)

    sources = {
        f"shop/{part}/north_harbour.py": head + cls("NorthHarbour(Part)") + own(part) for part in ("accounts", "lists")
    }
    (finding,) = found(base | sources)
    assert "in `shop.accounts.north_harbour` and use that in" in finding.remedy
    clients = {f"shop/{part}/client.py": head + cls("Client(Part)") + own(part) for part in ("north", "south")}
    (finding,) = found(base | clients)
    assert "in `shop.base` and use" in finding.remedy
    others = {path: text.replace("NorthHarbour", "Account") for path, text in sources.items()}
    (finding,) = found(base | others)
    assert "in `shop.base` and use" in finding.remedy


FUNCTION = ("def settle" + BODY.format(off=5).replace("self, ", "")).replace("\n    ", "\n")


def remedy(sources: dict[str, str]) -> str:
    (finding,) = found(sources)
    return finding.remedy


def test_a_module_that_imports_the_function_already_calls_that() -> None:
    head = "from shop.c import settle as settled\n\n\n"
    assert remedy({"shop/a.py": head + cls("Till"), "shop/c.py": FUNCTION}) == (
        "Keep `settle` in shop/c.py. Call `settled`, which shop/a.py imports already, in `Till.settle`."
    )


def test_a_function_beside_the_class_is_called_without_an_import() -> None:
    assert remedy({"shop/a.py": cls("Till") + "\n\n" + FUNCTION}) == (
        "Keep `settle` in shop/a.py. Call `settle` in `Till.settle`."
    )


def test_an_import_never_takes_the_name_of_what_calls_it() -> None:
    other = "def settle(rows):\n    return sum(rows)\n\n\n"
    assert remedy({"shop/a.py": other + cls("Till"), "shop/c.py": FUNCTION}) == (
        "Keep `settle` in shop/c.py. Write `from shop.c import settle as c_settle` in shop/a.py and call it in "
        "`Till.settle`."
    )


def test_a_function_of_the_same_head_is_replaced_by_an_import_and_any_other_calls() -> None:
    pay, lend = (
        FUNCTION.replace("def settle", "def pay"),
        FUNCTION.replace("def settle(rows", "def lend(rows, *, rows2"),
    )
    sources = {"shop/a.py": cls("Till"), "shop/b.py": pay, "shop/c.py": FUNCTION, "shop/d.py": lend}
    sources["shop/user.py"] = (
        "from shop.a import Till\nfrom shop.b import pay\nfrom shop.c import settle\nfrom shop.d import lend\n"
    )
    sources["shop/other.py"] = "from shop.c import settle\n"
    assert remedy(sources) == (
        "Keep `settle` in shop/c.py. Write `from shop.c import settle` in shop/a.py, shop/d.py and call it in "
        "`Till.settle`, `lend`. Write `from shop.c import settle as pay` in shop/b.py in place of `pay`."
    )


CALLED = {"shop/d.py": "from shop.c import settle\nprint(settle([], 1))\n"}


@pytest.mark.parametrize(
    ("use", "is_idle"),
    [
        ("", True),
        ("    def close(self, rows):\n        return self._settle(rows, 2)\n", False),
        ("    def close(self):\n        self.hooks = [self._settle]\n", False),
        ("    def close(self):\n        return getattr(self, '_settle')\n", False),
    ],
)
def test_a_method_that_nothing_calls_goes(use: str, is_idle: bool) -> None:
    method = cls("Till", f"_settle{BODY.format(off=5)}{use}")
    (finding,) = found_as_used({"shop/a.py": method, "shop/c.py": FUNCTION} | CALLED)
    text = finding.remedy
    assert text.startswith("Keep `settle` in shop/c.py.")
    assert ("Delete `Till._settle` if that is right: nothing here calls it." in text) is is_idle
    assert ("and call it in `Till._settle`." in text) is not is_idle


def bucket(name: str, check: int = 5, batch: int = 5) -> str:
    batched = BODY.format(off=batch).replace("rate", "fee")
    return cls(name, f"check{BODY.format(off=check)}") + f"\n    def batch{batched}"


def test_pairs_of_one_family_are_one_finding() -> None:
    """As three plug-ins of spiderfoot for buckets: two check alike, two work off a batch alike, all nearly so."""
    sources = {
        "shop/one.py": bucket("One"),
        "shop/two.py": bucket("Two", batch=6),
        "shop/three.py": bucket("Three", check=6),
    }
    (finding,) = found(sources)
    assert finding.subject == "One, Three, Two"
    assert finding.message.startswith("`One`, `Three`, `Two` have 2 methods in common, nearly")
    assert [site.symbol for site in finding.sites] == [
        "shop.three:Three.check",
        "shop.two:Two.check",
        "shop.three:Three.batch",
        "shop.two:Two.batch",
    ]


def _long(name: str, own: tuple[int, int], of: str = "") -> str:
    """A class with two methods of twenty lines, of which so many are its own."""
    methods = (
        f"    def {method}(self, rows, rate):\n"
        + "".join(f"        rows = self.{method}_{n}(rows, rate, {len(name) if n < count else 0})\n" for n in range(20))
        for method, count in zip(("settle", "close"), own, strict=True)
    )
    rest = "".join(f"    def own_{n}(self):\n        return self.own({n})\n" for n in range(40) if name == "Till")
    return f"class {name}{of}:\n" + "\n".join([*methods, rest])


@pytest.mark.parametrize(
    ("own", "of", "severity"),
    [
        ((5, 5), "", Severity.INFO),
        ((5, 4), "", Severity.INFO),
        ((4, 5), "(Desk)", Severity.INFO),
        ((3, 4), "", None),
        ((2, 5), "(Desk)", None),
        ((1, 5), "", None),
        ((5, 5), "(Till)", None),
    ],
)
def test_a_family_of_loose_near_copies_is_listed_where_no_class_holds_them(
    own: tuple[int, int], of: str, severity: Severity | None
) -> None:
    desk = "class Desk: ...\nclass A(Desk): ...\nclass B(Desk): ...\nclass C(Desk): ...\n"
    head = "from shop.desk import Desk\n"
    sources = {
        "shop/desk.py": desk,
        "shop/a.py": head + _long("Till", own, of if of != "(Till)" else ""),
        "shop/b.py": f"{head}from shop.a import Till\n" + _long("Register", own, of),
        "shop/use.py": "from shop.a import Till\nfrom shop.b import Register\n"
        "for each in Till(), Register():\n    each.settle([], each.close([], 1))\n    each.own_0()\n",
    }
    (finding,) = found(sources)
    assert finding.severity is severity


def test_a_pair_stays_one_where_the_third_class_goes_its_own_way() -> None:
    own = "(self, rows, {0}):\n        return [self.price(row, {0}) for row in rows if row.is_open]\n"
    batch = BODY.format(off=5).replace("rate", "fee")
    sources = {
        "shop/one.py": bucket("One"),
        "shop/two.py": cls("Two", f"check{BODY.format(off=5)}") + f"\n    def batch{own.format('fee')}",
        "shop/three.py": cls("Three", f"check{own.format('rate')}") + f"\n    def batch{batch}",
    }
    assert sorted(finding.subject for finding in found(sources)) == ["One.batch, Three.batch", "One.check, Two.check"]


def test_copies_under_several_names_move_under_the_one_that_most_have() -> None:
    heads = {"Till": "settle", "Register": "settle", "Counter": "accept"}
    base = {"shop/base.py": "class Desk:\n    pass\n"}
    sources = {
        f"shop/{name.lower()}.py": "from shop.base import Desk\n"
        + cls(f"{name}(Desk)", f"{method}{BODY.format(off=5)}")
        for name, method in heads.items()
    }
    (finding,) = found(base | sources)
    assert finding.remedy == (
        "Move `settle` to `Desk` in shop/base.py, from which all inherit, and delete `Counter.accept`, "
        "`Register.settle`, `Till.settle`. Call it so where it is `accept` now."
    )


def test_a_class_that_is_called_as_its_base_is_told_by_its_module() -> None:
    heir = "from shop.core import Till as CoreTill\n" + cls("Till(CoreTill)")
    (finding,) = found({"shop/core.py": cls("Till"), "shop/kit.py": heir})
    assert finding.remedy == (
        "Delete `shop.kit:Till.settle`, unless a class between has another: `shop.core:Till.settle` is inherited."
    )


HOST = {"shop/host.py": "class Host:\n    def handle(self, rows, rate): ...\n"}
LONG, LONGER = ("".join(f"        self.hub.tell({number})\n" for number in range(count)) for count in (14, 24))


def plugins(count: int, method: str = "handle", more: str = "") -> dict[str, str]:
    head = "from shop.host import Host\n\n\n"
    return {
        f"shop/plugins/p{number}.py": head
        + cls(f"P{number}(Host)", f"{method}{BODY.format(off=5)}{more if number < 2 else ''}")
        if number < 2
        else f"{head}class P{number}(Host):\n    def handle(self, rows, rate):\n        return self.ask{number}(rows)\n"
        for number in range(count)
    }


@pytest.mark.parametrize(
    ("sources", "severity"),
    [
        (plugins(9), Severity.INFO),
        (plugins(5, more="        self.hub.tell(1)\n"), None),
        (plugins(9, more=LONG), Severity.INFO),
        (plugins(9, more=LONGER), None),
        (plugins(5, more=LONG), None),
        (plugins(9, method="_batched", more="        self.hub.tell(1)\n"), None),
    ],
)
def test_what_a_host_asks_all_its_plug_ins_for_is_information(
    sources: dict[str, str], severity: Severity | None
) -> None:
    """As `handleEvent` of spiderfoot and `close` of the connectors of WrenAI, which each of them has in its own way."""
    (finding,) = found(HOST | sources)
    assert finding.severity is severity


def layers(
    count: int, role: str = "Layer", method: str = "forward", alike: int = 2, more: str = LONG
) -> dict[str, str]:
    """Classes on a base from outside, one a file; ``alike`` of them have one body."""
    head, own = "from torch import nn\n\n\n", f"    def {method}(self, rows):\n        return self.ask"
    return {
        f"shop/nets/n{number}.py": head
        + (
            cls(f"N{number}{role}(nn.Module)", f"{method}{BODY.format(off=5)}{more}")
            if number < alike
            else f"class N{number}{role}(nn.Module):\n{own}{number}(rows)\n"
        )
        for number in range(count)
    }


@pytest.mark.parametrize(
    ("sources", "severity"),
    [
        (layers(9), Severity.INFO),
        (layers(12, alike=3), Severity.INFO),
        (layers(9, role="Model", method="load_weights", more=""), Severity.INFO),
        (layers(9, role="", method="forward"), None),
        (layers(6), None),
        (layers(9, alike=5), None),
        (layers(9, more=LONGER), None),
        (layers(2, method="_padded") | {f"shop/nets/m{at}.py": "class M:\n    pass\n" for at in range(9)}, None),
    ],
)
def test_what_few_of_many_classes_of_one_role_do_alike_is_information(
    sources: dict[str, str], severity: Severity | None
) -> None:
    (finding,) = found({"shop/nets/__init__.py": ""} | sources)
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("more", "others", "severity"),
    [
        ("", True, Severity.INFO),
        ("", False, None),
        ("        self.hub.tell(1)\n", True, None),
        ("        self.hub.tell(1)\n", False, None),
    ],
)
def test_a_few_statements_are_not_worth_a_class_between(more: str, others: bool, severity: Severity | None) -> None:
    """As seven statements of two lemmatizers of spaCy, whose base has the heirs of all other languages."""
    base = {"shop/base.py": "class Widget:\n    def draw(self): ...\n"}
    head = "from shop.base import Widget\n"
    copies = {f"shop/{name.lower()}.py": head + cls(f"{name}(Widget)") + more for name in ("Till", "Register")}
    heirs = {"shop/label.py": f"{head}class Label(Widget): ...\n"} if others else {}
    (finding,) = found(base | copies | heirs)
    assert finding.severity is severity


def test_what_a_host_asks_for_counts_beside_more_that_is_the_same() -> None:
    """As `handleEvent` and `sendEvent` of two plug-ins of spiderfoot that ask for subdomains."""
    texts = plugins(9, more="        self.hub.tell(1)\n        self.hub.leave()\n")
    more = texts | {path: f"{texts[path]}\n    def _told{SHORT}" for path in list(texts)[:2]}
    (finding,) = found(HOST | more)
    assert (finding.subject, finding.severity) == ("P0, P1", None)


@pytest.mark.parametrize(
    ("names", "severity"),
    [
        (("_to_cohere_role", "_to_ollama_role"), Severity.INFO),
        (("_to_role", "_to_role"), None),
        (("_to_role", "_as_role"), None),
    ],
)
def test_a_mapping_that_is_called_after_its_own_class_is_information(
    names: tuple[str, str], severity: Severity | None
) -> None:
    classes = ("CohereDriver", "OllamaDriver")
    sources = {
        f"shop/{cls_name.lower()}.py": cls(cls_name, name + BODY.format(off=5))
        for cls_name, name in zip(classes, names, strict=True)
    }
    (finding,) = found(sources)
    assert finding.severity is severity


def test_short_methods_of_classes_that_have_nothing_in_common_are_information() -> None:
    """As `Object3D` and `OpenGLMobject` of manim."""
    sources = {"shop/desk/a.py": cls("Till"), "shop/bank/b.py": cls("Register")}
    place = {"shop/utils.py": "def lent():\n    return 1\n"}
    (finding,) = found(place | sources)
    assert finding.severity is Severity.INFO
    (finding,) = found(place | {path: text + LONG for path, text in sources.items()})
    assert finding.severity is None
    (finding,) = found({"shop/desk/a.py": cls("Till"), "shop/desk/b.py": cls("Register")})
    assert finding.severity is None
    base = {"shop/base.py": "class Desk: ...\n"}
    (finding,) = found(
        base
        | {path: "from shop.base import Desk\n" + text.replace(":", "(Desk):", 1) for path, text in sources.items()}
    )
    assert finding.severity is None


def test_copies_that_nothing_calls_are_deleted_beside_what_is_shared() -> None:
    """As `_require` of three providers of potpie, beside which a module has a function of that name for itself."""
    texts = {name: pay(name) + f"\n    def _require{BODY.format(off=9)}" for name in ("Till", "Register")}
    sources = {"shop/a.py": texts["Till"], "shop/b.py": texts["Register"]}
    app = USED | {"shop/app.py": USED["shop/app.py"] + "Till().pay(1, 2)\n"}
    other = {"shop/c.py": "def _require(name):\n    return name\n\n\nTABLE = _require('table')\n"}
    idle, shared = sorted(found_as_used(sources | app | other), key=lambda finding: "_require" not in finding.subject)
    assert shared.subject == "Register, Till"
    assert shared.remedy.startswith("Move them to functions")
    assert idle.message.endswith(": nothing uses them")
    caller = {"shop/c.py": "from shop.a import Till\nTABLE = Till()._require('table', 2)\n"}
    (finding,) = found_as_used(sources | app | caller)
    assert "have 3 methods in common" in finding.message


@pytest.mark.parametrize(
    ("use", "is_idle"),
    [
        ("        return _settle(rows, 2)\n", True),
        ("        return self._settle(rows, 2)\n", False),
        ("        return self.each(rows, self._settle)\n", False),
        ("        kept = self._settle\n        return kept(rows)\n", False),
    ],
)
def test_a_method_beside_the_function_that_all_call_goes(use: str, is_idle: bool) -> None:
    """As `CredentialsResource._blob_to_json` of keystone."""
    function = FUNCTION.replace("def settle", "def _settle")
    method = cls("Till(Resource)", f"_settle{BODY.format(off=5)}") + f"\n    def close(self, rows):\n{use}"
    (finding,) = found_as_used({"shop/a.py": f"from library import Resource\n\n\n{function}\n\n{method}"})
    assert ("Delete `Till._settle` if that is right: nothing here calls it." in finding.remedy) is is_idle


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("from shop.{name}_plans import Plan\n", 0),
        ("class Plan:\n    def __init__(self):\n        self.{name} = 1\n", 0),
        ("from shop.plans import Plan\n", 1),
        ("Plan = '{name}'\n", 1),
    ],
)
def test_near_copies_that_use_other_classes_under_one_name_are_none(source: str, count: int) -> None:
    """As `_choose_strategy` of the connectors of lightning."""
    plans = {f"shop/{name}_plans.py": f"class Plan:\n    {name} = True\n" for name in ("a", "b")}
    plans |= {"shop/plans.py": "class Plan: ...\n"}
    steps = "".join(f"        self.step({number})\n" for number in range(8))
    sources = {
        f"shop/{name}.py": source.format(name=name)
        + cls(cls_name, f"_choose{BODY.format(off=off)}").replace("return result\n", f"rows.append(Plan)\n{steps}")
        for name, cls_name, off in (("a", "Till", 5), ("b", "Register", 7))
    }
    assert len(found(plans | sources)) == count


def test_of_several_overrides_each_uses_what_it_inherits() -> None:
    """As `prompt`, a property, and `print_color` of the shells of xonsh."""
    padding = "".join(f"\n    def step_{number}(self):\n        return self.of({number})\n" for number in range(20))
    head = "from shop.a import Till\n"
    heir = head + pay("Register(Till)").replace("        return", "        self.note()\n        return") + padding
    (finding,) = found({"shop/a.py": pay("Till"), "shop/b.py": heir})
    assert finding.remedy == (
        "Let `settle`, `pay` in `Register` use what they inherit by `super()` and keep what is their own, or give "
        "`Till` methods for what differs."
    )


@pytest.mark.parametrize(
    ("decorator", "start"),
    [
        ("@abstractmethod", "Write the body into `Service.ship` in shop/base.py, which is abstract, and delete"),
        ("@abc.abstractmethod", "Write the body into `Service.ship` in shop/base.py"),
        ("@noted", "Move the body to a method of its own in `Service` in shop/base.py"),
    ],
)
def test_an_abstract_method_becomes_what_all_heirs_do(decorator: str, start: str) -> None:
    """As `_AbstractDock._dock_named_layout` of mne, which both toolkits implement alike."""
    base = f"import abc\nfrom abc import abstractmethod\nclass Service:\n    {decorator}\n    def ship(self): ...\n"
    assert remedy(of_service("North", "South", base=base)).startswith(start)


def also(*names: str) -> str:
    return "".join(f"\n    def {name}(self):\n        return self.desk.{name}()\n" for name in names)


def saver(name: str = "Saver", more: tuple[str, ...] = ()) -> str:
    return pay(name) + also(*more)


JOB = pay("Job") + also("start", "step", "stop")
USER = {"shop/app.py": "from shop.a import Saver\nSAVER = Saver()\n"}


def test_a_class_that_is_there_for_the_methods_is_used_in_place_of_them() -> None:
    """As `CheckpointHandler` of verl, which two trainers hold, and the third has its methods."""
    (finding,) = found({"shop/a.py": saver(), "shop/b.py": JOB} | USER)
    assert finding.message.endswith("`settle`, `pay`: `Saver` is there for them")
    assert finding.remedy == "Delete them from `Job` and let it use a `Saver` of shop/a.py for that."
    assert finding.home is not None
    assert (finding.home.symbol, finding.home_stays) == ("shop.a:Saver", True)


@pytest.mark.parametrize(
    ("sources", "case"),
    [
        ({"shop/a.py": saver(), "shop/b.py": JOB}, "nothing uses it"),
        ({"shop/a.py": saver(more=("one", "two")), "shop/b.py": JOB} | USER, "it has as much beside them"),
        ({"shop/a.py": saver(), "shop/b.py": pay("Job") + also("start")} | USER, "the other one has little more"),
        ({"shop/a.py": saver(), "shop/b.py": JOB.replace("Job", "QuickSaver")} | USER, "they are peers"),
        ({"shop/a.py": f"import shop.b\n{saver()}", "shop/b.py": JOB} | USER, "the other one cannot import it"),
    ],
)
def test_a_class_with_the_methods_is_no_home_where(sources: dict[str, str], case: str) -> None:
    (finding,) = found(sources)
    assert not finding.home_stays, case


WHOLE = """(self, rows):
        self.total = self.summed(rows)
        if self.total > self.most:
            self.total = self.most
        self.tell(self.rate, self.total)
        for row in rows:
            self.keep(row, self.store)
        return {result}
"""


def test_what_works_on_much_of_its_object_goes_to_a_class() -> None:
    """As `forward` of two attention classes of verl: a function would have to be handed all that they hold."""
    one, other = (cls(name, f"settle{WHOLE.format(result='rows')}") for name in ("Till", "Register"))
    (finding,) = found({"shop/a.py": one, "shop/b.py": other})
    assert finding.remedy == (
        "Move the method to a base class or mixin of theirs, in a module that all can import "
        "(a new one in `shop`, say), and delete it from `Till`, "
        "`Register`."
    )
    renamed = other.replace("def settle", "def paid")
    (finding,) = found({"shop/a.py": one, "shop/b.py": renamed})
    assert finding.remedy.startswith("Move the method under one name to a base class or mixin of theirs, in")
    twice = [text + f"\n    def close{WHOLE.format(result='None')}" for text in (one, other)]
    (finding,) = found({"shop/a.py": twice[0], "shop/b.py": twice[1]})
    assert finding.remedy.startswith(
        "Move them to a base class or mixin of theirs, in a module that all can import (a new one in `shop`, say), and"
    )


def test_what_works_on_little_of_its_object_goes_to_a_function() -> None:
    (finding,) = found({"shop/a.py": cls("Till"), "shop/b.py": cls("Register")})
    assert finding.remedy.startswith(
        "Move the body to a function in a module that all can import (a new one in `shop`, say) and use that in"
    )


BASE = "class Desk:\n    def open(self):\n        return self.door\n"


def heir(name: str, base: str = "Desk") -> str:
    return cls(f"{name}({base})")


def others(count: int = 9, base: str = "Desk") -> dict[str, str]:
    """Heirs that have other tasks."""
    text = "".join(f"class Other{number}({base}): ...\n" for number in range(count))
    return {"shop/others.py": f"from shop.base import {base}\n{text}"}


HEAD = "from shop.base import Desk\n"


def test_what_a_class_beside_the_ancestor_has_stays_there() -> None:
    """As `Runner.run` of AutoRAG beside `BaseRunner`: a new module would lead back to that one."""
    named = {path: text.replace("shop.base", "shop.desk") for path, text in others().items()}
    head = HEAD.replace("shop.base", "shop.desk")
    sources = {"shop/desk.py": f"{BASE}\n\n{heir('Till')}", "shop/b.py": head + heir("Register")} | named
    (finding,) = found(sources)
    assert finding.remedy.startswith(
        "Move the body to a function, or to a class between `Desk` and them, in `shop.desk` "
    )
    apart = {"shop/desk.py": BASE, "shop/a.py": head + heir("Till"), "shop/b.py": head + heir("Register")} | named
    (finding,) = found(apart)
    assert "and them, in a module that all can import (a new one in `shop`, say) and use" in finding.remedy
    several = {
        path: text + f"\n    def pay{BODY.format(off=5).replace('rate', 'fee')}" for path, text in sources.items()
    }
    (finding,) = found(several | named)
    assert "a class between `Desk` and them, in `shop.desk`" in finding.remedy


USING = {"shop/main.py": "from shop.a import Till\nfrom shop.b import Register\nprint(Till, Register)\n"}


def test_what_others_import_already_stays_in_the_module_of_its_class() -> None:
    """As `_compute_attention` of prime-rl: its module is imported, and the one for base classes is about more."""
    base = {"shop/base.py": BASE}
    one, drawer = cls("Till"), "class Drawer: ...\n"
    taking = "from shop.a import Drawer\nfrom shop.base import Desk\n"
    (finding,) = found(USING | base | {"shop/a.py": f"{HEAD}{one}{drawer}", "shop/b.py": taking + cls("Register")})
    assert finding.remedy == (
        "Move the body to a function in a module that all can import (`shop.a`, say, which the others import already) "
        "and use that in `Till.settle`, `Register.settle`."
    )
    three = {"shop/a.py": one + drawer, "shop/b.py": taking + cls("Register"), "shop/c.py": cls("Counter")}
    (finding,) = found(USING | base | three)
    assert finding.remedy.startswith(
        "Move the body to a function in a module that all can import (a new one in `shop`, say) and"
    )
    typed = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop.a import Drawer\n"
    (finding,) = found(USING | {"shop/a.py": one + drawer, "shop/b.py": typed + cls("Register")})
    assert finding.remedy.startswith(
        "Move the body to a function in a module that all can import (a new one in `shop`, say) and"
    )


def test_a_base_of_others_does_not_take_what_an_heir_imports_from_another() -> None:
    """As `Qwen3_5Model` of prime-rl, whose module imports that of `Qwen3_5MoeModel`."""
    taking = f"{HEAD}from shop.a import Drawer\n"
    sources = USING | {
        "shop/base.py": BASE,
        "shop/a.py": f"{HEAD}{heir('Till')}class Drawer: ...\n",
        "shop/b.py": taking + heir("Register"),
    }
    (finding,) = found(sources | others())
    assert finding.remedy.startswith(
        "Move the body to a function, or to a class between `Desk` and them, in `shop.a` beside `Till` and use that in"
    )
    pay = f"\n    def pay{BODY.format(off=5).replace('rate', 'fee')}"
    several = {path: text.replace("\nclass Drawer", f"{pay}\nclass Drawer") for path, text in sources.items()}
    (finding,) = found(several | {"shop/b.py": sources["shop/b.py"] + pay} | others())
    assert finding.remedy == (
        "Move them to a class between `Desk` and them, in `shop.a` beside `Till`, and delete them from `Till`, "
        "`Register`."
    )


@pytest.mark.parametrize(
    "late", ["def late():\n    from shop.a import Drawer\n", "if TYPE_CHECKING:\n    from shop.a import Drawer\n"]
)
def test_an_heir_that_imports_from_another_when_it_has_to_takes_nothing_from_there(late: str) -> None:
    sources = USING | {
        "shop/base.py": BASE,
        "shop/a.py": f"{HEAD}{heir('Till')}class Drawer: ...\n",
        "shop/b.py": f"{HEAD}from typing import TYPE_CHECKING\n{late}{heir('Register')}",
    }
    (finding,) = found(sources | others())
    assert "beside `Till`" not in finding.remedy


def test_a_module_of_helpers_takes_what_an_importer_of_another_shares_with_it() -> None:
    """As `shared` of the configurations of prime-rl."""
    head = "from shop.utils import rounded\n"
    sources = USING | {
        "shop/utils.py": "def rounded(value):\n    return value\n",
        "shop/a.py": head + cls("Till") + "class Drawer: ...\n",
        "shop/b.py": f"{head}from shop.a import Drawer\n" + cls("Register"),
    }
    (finding,) = found(sources)
    assert finding.remedy.startswith("Move the body to a function in `shop.utils` and use that in")


PAID = f"    def pay{BODY.format(off=5).replace('rate', 'fee')}"
COUNTED = f"    def count{BODY.format(off=5).replace('rate', 'tax')}"
LENT = f"    def lend{BODY.format(off=5).replace('rate', 'days')}"
OWN = "    def lend(self, rows):\n        return self.book(rows)\n    def close(self):\n        return self.door\n"


def family(**methods: str) -> dict[str, str]:
    """Heirs of `Desk`, which has others, by file and with their methods."""
    return {
        "shop/base.py": BASE,
        **others(20),
        **{f"shop/{name}.py": f"{HEAD}class {name.title()}(Desk):\n{text}" for name, text in methods.items()},
    }


def test_what_only_some_of_a_family_share_is_told_with_what_all_do() -> None:
    """As `FtsDictionaryView` and `FtsParserView` of pgadmin4 beside `FtsConfigurationView`: one class between."""
    (finding,) = found(family(till=PAID + COUNTED + OWN, safe=PAID + COUNTED + LENT, box=PAID + COUNTED + LENT))
    assert finding.subject == "Box, Safe, Till"
    assert finding.message == (
        "`Box`, `Safe`, `Till` have 3 methods in common (40 lines): `pay`, `count`, `lend` (`lend` only in `Box`, "
        "`Safe`): `Desk`, which all inherit from, has other heirs too, which do without them"
    )
    assert finding.remedy == (
        "Move them to a class between `Desk` and them, in `shop.base`, and delete them from `Box`, `Safe`, `Till`. Who "
        "has another `lend` keeps that."
    )
    assert finding.evidence["shared"] == [
        {"method": "pay", "classes": ["shop.box:Box", "shop.safe:Safe", "shop.till:Till"]},
        {"method": "count", "classes": ["shop.box:Box", "shop.safe:Safe", "shop.till:Till"]},
        {"method": "lend", "classes": ["shop.box:Box", "shop.safe:Safe"]},
    ]


def test_several_parts_of_a_family_are_told_with_it() -> None:
    lent, closed = LENT, LENT.replace("lend", "close").replace("days", "keys")
    own_close = "    def close(self):\n        return self.door\n"
    own_lend = "    def lend(self):\n        return self.book\n"
    parts = {
        "till": PAID + COUNTED + lent + own_close,
        "safe": PAID + COUNTED + lent + closed,
        "box": PAID + COUNTED + own_lend + closed,
    }
    (finding,) = found(family(**parts))
    assert "(`close` only in `Box`, `Safe`; `lend` only in `Safe`, `Till`)" in finding.message
    assert finding.remedy.endswith("Who has another `close`, `lend` keeps that.")


@pytest.mark.parametrize(
    "methods",
    [
        {"till": PAID + COUNTED, "safe": PAID + COUNTED + LENT, "box": PAID + COUNTED + LENT},
        {"till": PAID + COUNTED + OWN, "safe": PAID + COUNTED + LENT, "box": PAID + COUNTED + OWN, "shelf": LENT},
    ],
    ids=["the third one has none", "one of another family"],
)
def test_what_others_share_is_told_apart(methods: dict[str, str]) -> None:
    assert len(found(family(**methods))) == 2


def test_a_mixin_that_only_these_classes_have_holds_them_before_a_base_of_others() -> None:
    """As `MegatronRolloutMixin` of ms-swift."""
    mixin = {"shop/mixin.py": "class RolloutMixin:\n    def roll(self): ...\n"}
    head = f"{HEAD}from shop.mixin import RolloutMixin\n"
    both = {f"shop/{name[0].lower()}.py": head + heir(name, "RolloutMixin, Desk") for name in ("Till", "Register")}
    (finding,) = found({"shop/base.py": BASE} | mixin | both | others())
    assert "`RolloutMixin` in shop/mixin.py" in finding.remedy
    third = {"shop/c.py": f"{head}class Bank(RolloutMixin, Desk): ...\n"}
    (finding,) = found({"shop/base.py": BASE} | mixin | both | third | others())
    assert "RolloutMixin" not in finding.remedy


@pytest.mark.parametrize(
    ("inherited", "is_told"),
    [
        ("    def settle(self, rows, rate):\n        return sum(rows) * rate\n", True),
        ("    def settle(self, rows, rate):\n        raise NotImplementedError\n", False),
        ("    def settle(self, rows, rate): ...\n", False),
        ("    @abstractmethod\n    def settle(self, rows, rate):\n        return 0\n", False),
    ],
)
def test_what_all_override_alike_may_do_as_it_is_inherited(inherited: str, is_told: bool) -> None:
    """As `run_async` of four evaluators of PraisonAI."""
    sources = {"shop/base.py": BASE + inherited, "shop/a.py": HEAD + heir("Till"), "shop/b.py": HEAD + heir("Register")}
    (finding,) = found(sources | others())
    told = (
        "Delete `Till.settle`, `Register.settle` if `Desk.settle`, which they override alike, will do. Else move the "
    )
    assert finding.remedy.startswith(told) is is_told


LISTED = "from shop.base import Desk\nprint([each.__name__ for each in Desk.__subclasses__()])\n"
MIXIN = "a mixin of theirs (no heir of `Desk`, which knows all that it has)"
OF_THEIRS = "a base class or mixin of theirs"
BETWEEN = "a class between `Desk` and them"


@pytest.mark.parametrize(
    ("base", "more", "place"),
    [
        (BASE, {}, BETWEEN),
        (BASE, {"shop/list.py": LISTED}, MIXIN),
        (BASE.replace("class Desk:", "class Desk(metaclass=Meta):"), {}, MIXIN),
        (BASE + "    def __init_subclass__(cls): ...\n", {}, MIXIN),
        (BASE.replace("class Desk:", "class Desk(metaclass=abc.ABCMeta):"), {}, BETWEEN),
        (BASE, {"shop/list.py": LISTED.replace("Desk", "Drawer")}, BETWEEN),
        (f"{BASE}class Mid(Desk): ...\n", {}, OF_THEIRS),
    ],
)
def test_no_class_goes_between_where_that_would_count_or_is_not_above_all(
    base: str, more: dict[str, str], place: str
) -> None:
    """A list of all heirs would show one more."""
    head, parent = "from shop.base import Desk, Mid\n", "Mid" if "Mid" in base else "Desk"
    sources = {
        "shop/base.py": base,
        "shop/a.py": head + pay("Till(Desk)"),
        "shop/b.py": head + pay(f"Register({parent})"),
    }
    (finding,) = found(sources | others() | more)
    assert finding.remedy.startswith(f"Move them to {place}, in ")


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("total += row.amount", "Move the body to a function in "),
        ("total += self.rated(row)", f"Move the body to a function, or to {OF_THEIRS}, in "),
        ("total += self._rated(row)", f"Move the method to {OF_THEIRS}, in "),
        ("self._total = total", f"Move the method to {OF_THEIRS}, in "),
        ("total += self.__class__(row)", f"Move the body to a function, or to {OF_THEIRS}, in "),
    ],
)
def test_what_is_about_private_state_is_no_function(line: str, what: str) -> None:
    """Nobody sets that from outside."""
    text = BODY.format(off=5).replace("total += row.amount", f"{line}\n            total += row.amount")
    (finding,) = found({"shop/a.py": cls("Till", f"settle{text}"), "shop/b.py": cls("Register", f"settle{text}")})
    assert finding.remedy.startswith(what)


@pytest.mark.parametrize(
    ("imports", "place"),
    [
        (
            {"shop/models/wide/parts.py": "from shop.models.thin.parts import Bolt\n"},
            "`shop.models.thin` (the packages",
        ),
        ({"shop/models/thin/more.py": "from shop.models.wide.parts import Nut\n"}, "`shop.models.wide` (the packages"),
        ({}, "a module that all can import (a new one in `shop.models`, say)"),
        (
            {
                "shop/models/wide/more.py": "from shop.models.thin.parts import Bolt\n",
                "shop/models/thin/more.py": "from shop.models.wide.parts import Nut\n",
            },
            "a module that all can import (a new one in `shop.models`, say)",
        ),
    ],
)
def test_what_packages_share_goes_to_the_one_that_the_others_import(imports: dict[str, str], place: str) -> None:
    """One takes its parts from the package of the other already."""
    fronts = {f"shop/models/{folder}__init__.py": "" for folder in ("", "thin/", "wide/")}
    parts = {f"shop/models/{name}/parts.py": "class Bolt: ...\nclass Nut: ...\n" for name in ("thin", "wide")}
    own = {f"shop/models/{name}/{name}_desk.py": pay(name.title()) for name in ("thin", "wide")}
    (finding,) = found(fronts | parts | own | imports)
    assert f" in {place}" in finding.remedy


USE = "\n    def close(self, rows):\n        return self.settle(rows, 1)\n"


def unused_beside(more: dict[str, str], function: str = FUNCTION) -> Finding:
    """The finding about a method that is called, and a function in a module that others import something else from."""
    sources = {"shop/a.py": cls("Till") + USE, "shop/c.py": f"{function}def other():\n    return 1\n"}
    (finding,) = found_as_used(sources | {"shop/d.py": "from shop.c import other\nprint(other())\n"} | more)
    return finding


def test_a_function_that_nothing_calls_goes_and_the_method_stays() -> None:
    """The method is what the program runs."""
    finding = unused_beside({})
    assert finding.message.endswith(": only `Till.settle` is used")
    assert finding.remedy == (
        "Keep `Till.settle` in shop/a.py. Delete it from shop/c.py, unless other projects take it from there: no code "
        "here does."
    )
    assert [site.symbol for site in finding.sites] == ["shop.c:settle"]
    private = unused_beside({}, FUNCTION.replace("def settle", "def _settled"))
    assert private.remedy.endswith("Delete `_settled` from shop/c.py: no code uses it there.")
    both = unused_beside({"shop/e.py": FUNCTION})
    assert both.remedy.endswith(
        "Delete it from shop/c.py, shop/e.py, unless other projects take it from there: no code here does."
    )


@pytest.mark.parametrize(
    "more",
    [
        {"shop/e.py": "from shop.c import settle\nprint(settle([], 1))\n"},
        {"shop/e.py": "from shop import c\nprint(c.settle([], 1))\n"},
        {"shop/c.py": f"__all__ = ['settle']\n{FUNCTION}"},
        {"shop/c.py": f"@registered\n{FUNCTION}"},
        {"shop/b.py": cls("Register")},
    ],
)
def test_a_function_that_may_be_called_is_the_home_of_a_method(more: dict[str, str]) -> None:
    finding = unused_beside(more)
    assert finding.remedy.startswith("Keep `settle` in shop/c.py. ")


@pytest.mark.parametrize(
    ("one", "other", "are_ports"),
    [
        ("import tensorflow as tf", "import torch", True),
        (
            "from tensorflow.keras.layers import Input",
            "try:\n    import torch.nn as nn\nexcept ImportError:\n    pass",
            True,
        ),
        ("import jax", "import torch", True),
        ("import keras\nimport tensorflow", "import jax", True),
        ("import torch", "import torch", False),
        ("import torch\nimport tensorflow", "import torch", False),
        ("import numpy", "import torch", False),
        ("import keras", "import tensorflow", False),
    ],
)
def test_a_port_to_another_package_of_networks_is_information(one: str, other: str, are_ports: bool) -> None:
    """The original stays as it is until it goes."""
    (finding,) = found({"shop/a.py": f"{one}\n{cls('Till')}", "shop/b.py": f"{other}\n{cls('Register')}"})
    assert (finding.severity is Severity.INFO) is are_ports


SHORT_OWN = "    def book(self, rows):\n        kept = rows.kept()\n        return kept\n"
HANDED_ON = "    def book(self, rows):\n        return rows.kept()\n"


@pytest.mark.parametrize(
    ("one", "other", "is_told"),
    [
        (SHORT_OWN, SHORT_OWN, True),
        (f"    kind = 1\n{SHORT_OWN}", f"    sort = 1\n{SHORT_OWN}", True),
        (SHORT_OWN, SHORT_OWN.replace("kept()", "held()"), False),
        (SHORT_OWN, "", False),
        (f"    @noted\n{SHORT_OWN}", SHORT_OWN, False),
        (SHORT_OWN.replace("book", "__call__"), SHORT_OWN.replace("book", "__call__"), False),
        (HANDED_ON, HANDED_ON, False),
    ],
)
def test_shorter_methods_of_classes_that_share_others_are_told_too(one: str, other: str, is_told: bool) -> None:
    """Where others move, they move along."""
    till, register = f"{pay('Till')}\n{one}", f"{pay('Register')}\n{other}"
    (finding,) = found({"shop/a.py": till, "shop/b.py": register})
    assert ("`book`" in finding.message) is is_told
    assert ("have 3 methods" in finding.message) is is_told


def test_parts_of_a_program_do_not_share_for_an_import_of_one_from_another() -> None:
    """Two interfaces of one server are two things."""
    fronts = {f"shop/{folder}/__init__.py": "" for folder in ("thin", "wide")}
    parts = {f"shop/{name}/parts.py": "class Bolt: ...\n" for name in ("thin", "wide")}
    own = {f"shop/{name}/{name}_desk.py": pay(name.title()) for name in ("thin", "wide")}
    (finding,) = found(fronts | parts | own | {"shop/wide/more.py": "from shop.thin.parts import Bolt\n"})
    assert " in a module that all can import (a new one in `shop`, say)" in finding.remedy
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(
    ("name", "more", "is_home"),
    [
        ("worker", {}, False),
        ("till_worker", {}, False),
        ("main", {}, False),
        ("worker", {"shop/b.py": "from shop.jobs.worker import other\nprint(other())\n"}, True),
        ("workshop", {}, True),
        ("helpers", {}, True),
    ],
)
def test_what_is_started_is_no_place_to_import_from(name: str, more: dict[str, str], is_home: bool) -> None:
    """What a worker does when it is loaded is not meant for what asks for one of its functions."""
    function = f"{FUNCTION}def other():\n    return 1\nprint(settle([], 1))\n"
    path = f"shop/jobs/{name}.py"
    sources = {"shop/jobs/__init__.py": "", path: function, "shop/b.py": more.get("shop/b.py", "") + cls("Till") + USE}
    (finding,) = found_as_used(sources)
    assert finding.remedy.startswith(f"Keep `settle` in {path}.") is is_home
    assert ("to a module that all can import (a new one in `shop`, say)" in finding.remedy) is not is_home


def test_what_is_private_and_comes_along_may_become_functions() -> None:
    text = (
        pay("{}")
        .replace("        return", "        self._round(rows)\n        return")
        .replace("def pay", "def _round")
    )
    texts = [text.format(name) for name in ("Till", "Register")]
    (finding,) = found({"shop/a.py": texts[0], "shop/b.py": texts[1]})
    assert finding.remedy.startswith(f"Move them to functions, or to {OF_THEIRS}, in ")
    apart = [each.replace("self._round", "self._rounded") for each in texts]
    (finding,) = found({"shop/a.py": apart[0], "shop/b.py": apart[1]})
    assert finding.remedy.startswith(f"Move them to {OF_THEIRS}, in ")


STORE = """class Store:
    def parsed(self, uri):
        address = self.split(uri)
        if address.scheme != "store":
            raise ValueError(uri)
        return address.path
"""
PARSER = """from shop.base import Store
class {cls}(Store):
    def parsed(self, uri):
        address = self.split(uri)
        if address.scheme != "{scheme}":
            raise ValueError(f"not {scheme}: {{uri}}")
        host = address.netloc
        path = address.path
        bucket = host.split("@")[0]
        path = path.removeprefix("/")
        return bucket, path
"""


@pytest.mark.parametrize(
    ("base", "old", "new", "count"),
    [
        (STORE, "", "", 1),
        (STORE, "        host = address.netloc\n", "        host = address.host\n", 0),
        (STORE, "        bucket =", "        print(host)\n        bucket =", 0),
        ("class Store:\n    def parsed(self, uri):\n        raise NotImplementedError\n", "", "", 0),
        (STORE.replace("    def parsed", "    @abstractmethod\n    def parsed"), "", "", 0),
        ("class Store:\n    def parsed(self, uri): ...\n", "", "", 0),
    ],
)
def test_overrides_of_what_one_ancestor_does_by_itself_are_near_copies(
    base: str, old: str, new: str, count: int
) -> None:
    """As what two stores do with addresses of their own. What heirs have to have is told apart on purpose."""
    sources = {
        "shop/base.py": base,
        "shop/a.py": PARSER.format(cls="North", scheme="north"),
        "shop/b.py": PARSER.format(cls="South", scheme="south").replace(old or "-", new or "-"),
    }
    assert [finding.severity for finding in found(sources)] == [Severity.INFO] * count
