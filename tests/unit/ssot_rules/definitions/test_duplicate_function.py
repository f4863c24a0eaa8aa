from __future__ import annotations

import re

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.definitions.duplicate_function import DuplicateFunction

BODY = """(weight, zone):
    cost = 3.5
    if weight > 10:
        cost += weight
    if zone:
        cost += {fee}
    return cost
"""
COPY = BODY.format(fee=12)


UTILS = {"shop/utils.py": "def lent():\n    return 1\n"}
"""A place for what parts of the shop share: without one, copies in different folders are information whatever they are.
"""


def found(sources: dict[str, str]) -> list[Finding]:
    return findings(DuplicateFunction(), {"shop/__init__.py": ""} | sources)


def test_equal_bodies_are_found_whatever_their_names() -> None:
    (finding,) = found({"shop/a.py": f"def _cost{COPY}", "shop/b.py": f"def price{COPY}"})
    assert finding.subject == "_cost, price"
    assert finding.message == (
        "the body of functions `_cost`, `price` stands in 2 modules (6 statements): keep shop/b.py, the only public one"
    )
    assert finding.remedy == (
        "Keep `price` in shop/b.py. Delete it from shop/a.py and write `from shop.b import price` there. "
        "Where it is called `_cost`, import it `as _cost` or rename its uses."
    )
    assert [(site.symbol, site.message) for site in finding.sites] == [
        ("shop.a:_cost", "the same body as `shop.b:price`")
    ]
    assert finding.evidence["text"] == [
        "shop/b.py:1 `price(weight, zone)`, 6 statements",
        "shop/a.py:1 `_cost(weight, zone)`, 6 statements",
    ]


def _copies(names: str, modules: str, fee: int, place: str = "shop/parts") -> dict[str, str]:
    body = BODY.format(fee=fee)
    return {f"{place}/{module}.py": "".join(f"def {name}{body}" for name in names.split()) for module in modules}


@pytest.mark.parametrize(
    ("other", "count"),
    [
        (_copies("_price", "cd", 13), "1 other function"),
        (_copies("_price", "cde", 14), "1 other function"),
        (_copies("_price", "cd", 13) | _copies("_price", "efg", 14), "2 other functions"),
        (_copies("_cost", "cd", 13), ""),
        (_copies("_price", "c", 13), ""),
        ({}, ""),
    ],
)
def test_functions_of_one_name_that_go_to_one_place_are_told_apart(other: dict[str, str], count: str) -> None:
    packages = {"shop/parts/__init__.py": "", "shop/parts/a/__init__.py": "", "shop/parts/b/__init__.py": ""}
    own = {f"shop/parts/{name}/x.py": f"def _price{COPY}" for name in "ab"}
    mine = [each for each in found(UTILS | packages | own | other) if "shop/parts/a/x.py" in each.remedy]
    told = f" Let its name say which it is: {count} of that name would go there too." if count else ""
    assert [each.remedy.partition("b/x.py.")[2] for each in mine] == [told]


@pytest.mark.parametrize(
    ("names", "places", "remedy"),
    [
        (
            ("load_tools", "load_agents"),
            ("tools", "agents"),
            "Move `load_tools` under a name that fits all",
        ),
        (("load_tool", "load_agent"), ("tools/all", "agents/all"), "Move `load_tool` under a name that fits all"),
        (("_has_till", "_has_desk"), ("till", "desk"), "Move `_has_till` under a name that fits all to `shop.utils`"),
        (("load_tools", "load_all"), ("tools", "agents"), "Keep `load_tools` in shop/tools.py."),
        (("load", "load_agents"), ("tools", "agents"), "Keep `load` in shop/tools.py."),
        (("load", "load"), ("tools", "agents"), "Keep `load` in shop/tools.py."),
        (("load_utils", "load_agents"), ("utils", "agents"), "Keep `load_utils` in shop/utils.py."),
    ],
)
def test_what_is_named_for_its_place_is_no_home_for_another(
    names: tuple[str, str], places: tuple[str, str], remedy: str
) -> None:
    sources = {f"shop/{place}.py": f"def {name}{COPY}" for name, place in zip(names, places, strict=True)}
    packages = {f"shop/{place.partition('/')[0]}/__init__.py": "" for place in places if "/" in place}
    user = f"from shop.{places[0].replace('/', '.')} import {names[0]}\n"
    users = {
        f"shop/{name}.py": f"{user}from shop.{places[1].replace('/', '.')} import {names[1]} as x\n" for name in "z"
    }
    users |= {"shop/y.py": user, "shop/w.py": "from shop.utils import lent\n"}
    (finding,) = found(UTILS | packages | users | sources)
    assert finding.remedy.startswith(remedy)


def test_another_signature_is_told() -> None:
    other = COPY.replace("zone)", "zone=None)")
    (finding,) = found({"shop/a.py": f"def price{COPY}", "shop/b.py": f"async def price{other}"})
    assert [site.message for site in finding.sites] == [
        "the same body as `shop.a:price`; other signature: `async price(weight, zone=None)`, not `price(weight, zone)`"
    ]


def test_the_most_imported_one_is_the_home() -> None:
    sources = {
        "shop/a.py": f"def price{COPY}",
        "shop/b.py": f"def price{COPY}",
        "shop/c.py": "from shop.b import price",
    }
    (finding,) = found(sources)
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == ("shop.b:price", "imported by 1 module")


def test_three_statements_are_too_few_but_imports_count() -> None:
    short = "def price(zone):\n{line}    if zone:\n        return 1\n    return 2\n"
    assert found({f"shop/{name}.py": short.format(line="") for name in "ab"}) == []
    assert len(found({f"shop/{name}.py": short.format(line="    import decimal\n") for name in "ab"})) == 1


def test_one_module_may_repeat_itself() -> None:
    assert found({"shop/a.py": f"def one{COPY}\n\ndef other{COPY}"}) == []


def test_methods_are_left_to_the_rules_on_classes() -> None:
    method = "class Tariff:\n    def cost" + COPY.replace("\n", "\n    ")
    assert found({"shop/a.py": method, "shop/b.py": method.replace("Tariff", "Rate")}) == []


def test_equal_text_that_calls_different_things_is_no_copy() -> None:
    helper = "def row(entry):\n    return {value}\n\n\n"
    body = (
        "def rows(store):\n    found = []\n    for each in store:\n        if each:\n"
        "            found.append(row(each))\n    return found\n"
    )
    other = {
        name: helper.format(value=value) + body for name, value in (("shop/a.py", "entry.a"), ("shop/b.py", "[1]"))
    }
    same = {name: helper.format(value="entry.a") + body for name in ("shop/a.py", "shop/b.py")}
    assert found(other) == []
    assert [finding.subject for finding in found(same)] == ["rows"]


def test_what_a_function_within_calls_counts_too() -> None:
    helper = "def row(entry):\n    return {value}\n\n\n"
    body = (
        "def watch(store):\n    seen = set()\n    store.open()\n    def update(entry):\n        store.add(row(entry))\n"
        "    store.on_change(update)\n    store.start(seen)\n    return update\n"
    )
    one, other = (helper.format(value=value) + body for value in ("entry.a", "[1]"))
    assert found({"shop/a.py": one, "shop/b.py": other}) == []
    assert [finding.subject for finding in found({"shop/a.py": one, "shop/b.py": one})] == ["watch"]


def test_a_copied_function_is_reported_with_all_that_is_in_it() -> None:
    inner = "    def cost" + COPY.replace("\n", "\n    ")
    outer = f"def total(orders):\n{inner}\n    first = orders[0]\n    return sum(cost(*each) for each in [first])\n"
    assert [finding.subject for finding in found({"shop/a.py": outer, "shop/b.py": outer})] == ["total"]
    assert found({"shop/a.py": outer, "shop/b.py": outer.replace("orders[0]", "orders[1]")}) == []
    more = "".join(f"        log({number})\n" for number in range(4))
    longer = outer.replace("        cost = 3.5\n", f"        cost = 3.5\n{more}")
    assert longer != outer
    nested = {"shop/a.py": longer, "shop/b.py": longer.replace("orders[0]", "orders[1]")}
    assert found(nested) == []
    top = "def cost" + COPY.replace("        cost = 3.5\n", f"        cost = 3.5\n{more}")
    assert found(nested | {"shop/c.py": top}) == []


def test_fallbacks_stubs_generated_code_and_tests_are_exempt() -> None:
    fallback = "try:\n    from library import price\nexcept ImportError:\n    def price" + COPY.replace("\n", "\n    ")
    home = {"shop/a.py": f"def price{COPY}"}
    assert found(home | {"shop/b.py": fallback + "\n"}) == []
    for path in ("shop/b.pyi", "shop/b_pb2.py", "tests/test_b.py"):
        assert found(home | {path: f"def price{COPY}"}) == []


DRIFTED = """
def text_of(part):
    if isinstance(part, str):
        return part
    {line}
    text = repr(part)
    return text.strip("<>")


def build(parts, names):
    page = "start"
    for name in sorted(names):
        page += name
    for part in parts:
        page += text_of(part)
    return page
"""


def test_a_helper_that_has_drifted_does_not_hide_its_caller() -> None:
    one, other = DRIFTED.format(line="part = part.inner"), DRIFTED.format(line="part = getattr(part, 'inner', part)")
    (finding,) = found({"shop/a.py": one, "shop/b.py": other})
    assert [(site.symbol, site.message) for site in finding.sites] == [
        (
            "shop.b:build",
            "the same body as `shop.a:build`; `text_of`, which it calls, has drifted from the one there",
        )
    ]


def test_a_function_that_something_asks_for_stays_where_it_is() -> None:
    hook = f"from library import signal\n\n@signal\ndef price{COPY}"
    (finding,) = found({"shop/a.py": hook, "shop/b.py": hook})
    assert finding.message == (
        "the body of function `price` stands in 2 modules (6 statements): each has to stay, but not what it does"
    )
    assert finding.remedy == (
        "Move the body to a function in a module that all can import "
        "(a new one in `shop`, say) and call that in shop/a.py and shop/b.py, where "
        "something asks for `price`."
    )
    (finding,) = found({f"shop/{name}.py": f"def main{COPY}" for name in "ab"})
    assert finding.remedy.startswith("Move the body to a function")
    host = {"shop/host.py": "def run(part):\n    return part.price(1, 2)\n"}
    (finding,) = found(host | {f"shop/{name}.py": f"def price{COPY}" for name in "abc"})
    assert finding.remedy.startswith("Move the body to a function")
    assert finding.severity is Severity.INFO
    (finding,) = found({f"shop/{name}.py": f"def price{COPY}" for name in "abc"})
    assert finding.remedy.startswith("If no other project uses `price`, delete all of them")
    (finding,) = found({f"shop/{name}.py": f"def _price{COPY}" for name in "abc"})
    assert finding.remedy.startswith(
        "If nothing asks for `_price`, delete all of them: no code here does. Else move `_price` under a public name"
    )


@pytest.mark.parametrize(
    "decorator", ["torch.compile(dynamic=True)", "numba.njit", "jax.jit", "torch.no_grad()", "triton.jit"]
)
def test_a_compiler_asks_for_nothing_by_its_name(decorator: str) -> None:
    head = f"import {decorator.partition('.')[0]}\n\n\n@{decorator}\n"
    (finding,) = found({f"shop/{name}.py": f"{head}def price{COPY}\n\nx = price(1, 2)\n" for name in "ab"})
    assert finding.message.endswith(": none of them is the home yet")
    assert finding.remedy == (
        "Move `price` to a module that all can import "
        "(a new one in `shop`, say) and import it from there in shop/a.py, shop/b.py."
    )


def test_a_home_that_cannot_be_imported_is_no_home() -> None:
    apart = {f"{name}/pyproject.toml": f"[project]\nname = '{name}'\n" for name in ("one", "two")}
    (finding,) = findings(
        DuplicateFunction(), apart | {"one/one_a.py": f"def price{COPY}", "two/two_b.py": f"def price{COPY}"}
    )
    assert finding.message.endswith("no code here uses them")
    assert "import price" not in finding.remedy


def test_small_bodies_that_keep_out_of_a_circle_are_exempt() -> None:
    head = "def price(zone):\n    from shop.base import rate\n"
    body = head + "    {line}\n    if zone:\n        return 1\n    return rate(zone)\n"
    short, long = body.format(line="zone.open()"), body.format(line="\n    ".join(["zone.open()"] * 5))
    base = {"shop/base.py": "import shop.a\n\ndef rate(zone):\n    return zone\n"}
    assert found(base | {"shop/a.py": short, "shop/b.py": short}) == []
    assert len(found(base | {"shop/a.py": long, "shop/b.py": long})) == 1
    assert (
        len(found({"shop/base.py": "def rate(zone):\n    return zone\n", "shop/a.py": short, "shop/b.py": short})) == 1
    )


def test_modules_that_mirror_each_other_are_one_finding() -> None:
    def text(*names: str) -> str:
        return "\n\n".join(f"def {name}" + COPY.replace("3.5", f"3.{number}") for number, name in enumerate(names))

    names = ("price", "cost", "fee")
    (finding,) = found({"shop/a.py": text(*names), "shop/b.py": text(*names), "shop/c.py": "from shop.b import fee\n"})
    assert finding.subject == "cost, fee, price"
    assert finding.message == (
        "shop/a.py and shop/b.py have the bodies of 3 functions in common, `cost`, `fee`, `price`: "
        "keep shop/b.py, imported by 1 module for what they share"
    )
    assert finding.remedy == "Keep the functions in shop/b.py, delete them from shop/a.py and import them there."
    assert [site.symbol for site in finding.sites] == ["shop.a:price", "shop.a:cost", "shop.a:fee"]
    two = text(*names[:2])
    assert len(found({"shop/a.py": two, "shop/b.py": two})) == 2


WEIGHED = """def _weighed(rows):
    return sum(_scaled(row) for row in rows) * RATE


def _scaled(row):
    return row.weight
"""


@pytest.mark.parametrize(
    ("other", "company"),
    [
        (f"RATE = 3\n{WEIGHED}", " together with `RATE`, `_scaled`, `_weighed` and import"),
        (
            f"RATE = 4\n{WEIGHED}",
            ", let it be given `_weighed`, which differs, and import",
        ),
    ],
)
def test_what_several_functions_need_moves_along_with_them(other: str, company: str) -> None:
    text = "\n\n".join(
        f"def {name}" + COPY.replace("3.5", f"3.{place} + _weighed(rows)")
        for place, name in enumerate(("price", "cost", "fee"))
    )
    sources = {"shop/a.py": f"RATE = 3\n{WEIGHED}\n\n{text}", "shop/b.py": f"{other}\n\n{text}"}
    (finding,) = found(sources)
    assert company in finding.remedy


@pytest.mark.parametrize(("head", "is_place"), [("", False), ("from __future__ import annotations\n", True)])
def test_a_place_that_what_is_annotated_leads_back_to_is_none(head: str, is_place: bool) -> None:
    copy = COPY.replace("(weight", "(weight: Rows", 1)
    text = f"{head}from shop.utils import lent\nfrom shop.rows import Rows\ndef price{copy}lent()\n"
    sources = {**UTILS, "shop/rows.py": "from shop.utils import lent\nclass Rows: ...\n"}
    (finding,) = found({**sources, "shop/a.py": text, "shop/b.py": text})
    assert ("to `shop.utils`" in finding.remedy) is is_place


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("_get_package_version", Severity.INFO),
        ("get_version_of", Severity.INFO),
        ("safe_get_version", Severity.INFO),
        ("version_get", None),
        ("release", None),
    ],
)
def test_a_short_body_is_told_under_a_name_with_words_more(name: str, expected: Severity | None) -> None:
    body = "(name):\n    try:\n        return look_up(name)\n    except KeyError:\n        return None\n"
    sources = {"shop/a.py": f"def _get_version{body}", "shop/b.py": f"def {name}{body}"}
    assert [finding.severity for finding in found(sources)] == ([] if expected is None else [expected])


def test_a_short_body_under_another_name_is_an_idiom() -> None:
    body = (
        "(value):\n    if value is None:\n        return None\n    text = str(value).strip()\n    return text or None\n"
    )
    rule = DuplicateFunction()
    assert findings(rule, {"shop/a.py": f"def shown_id{body}", "shop/parts/b.py": f"def edge_text{body}"}) == []
    assert len(findings(rule, {"shop/a.py": f"def shown_id{body}", "shop/parts/b.py": f"def shown_id{body}"})) == 1


def test_a_rewrite_is_no_copy_of_what_it_will_replace() -> None:
    text = "def price" + BODY.format(fee=2)
    old, new = {"shop/__init__.py": "", "shop/rates.py": text}, {"shop/v1/__init__.py": "", "shop/v1/log.py": text}
    assert findings(DuplicateFunction(), old | new) == []
    mixed = {"shop/v1/use.py": "from shop.rates import price\n"}
    assert len(findings(DuplicateFunction(), old | new | mixed)) == 1
    within = {"shop/v1/rates.py": text}
    (finding,) = findings(DuplicateFunction(), old | new | within)
    assert [site.location.path for site in finding.sites] == ["shop/v1/rates.py"]


def test_functions_that_rebind_names_of_their_module_work_on_its_state() -> None:
    state = "_rate = 1\n\ndef price" + COPY.replace("    cost = 3.5\n", "    global _rate\n    _rate = cost = 3.5\n")
    assert "global" in state
    assert found({"shop/a.py": state, "shop/b.py": state}) == []


@pytest.mark.parametrize(
    ("own", "folders", "count"),
    [
        ("__package__", "ab", 0),
        ("__path__", "aa", 0),
        ("__spec__", "ab", 0),
        ("__file__", "ab", 0),
        ("__file__", "aa", 0),
        ("__name__", "ab", 1),
        ("__doc__", "ab", 1),
    ],
)
@pytest.mark.parametrize("place", ["rows, rate={}", "rows, rate"])
def test_what_tells_where_it_is_says_something_else_elsewhere(own: str, folders: str, count: int, place: str) -> None:
    _, _, body = COPY.partition(":")
    text = f"def price({place.format(own)}):{body}"
    text = text if "{}" in place else text.replace("    cost = 3.5\n", f"    cost = 3.5\n    print({own})\n")
    paths = [f"shop/{folder}/{name}.py" for folder, name in zip(folders, "xy", strict=True)]
    assert len(found({"shop/a/__init__.py": "", "shop/b/__init__.py": "", **dict.fromkeys(paths, text)})) == count


@pytest.mark.parametrize(
    ("call", "other", "count"),
    [("locals()", "rows, fee", 0), ("locals()", "rows, rate", 1), ("vars(rows)", "rows, fee", 1)],
)
def test_what_hands_on_all_its_names_is_no_copy_of_what_has_others(call: str, other: str, count: int) -> None:
    _, _, body = COPY.partition(":")
    body = body.replace("    cost = 3.5\n", f"    cost = 3.5\n    print({call})\n")
    sources = {"shop/a.py": f"def price(rows, rate):{body}", "shop/b.py": f"def price({other}):{body}"}
    assert len(found(sources)) == count


def test_what_a_compiler_decorates_can_be_imported() -> None:
    text = f"import torch\n@torch.jit.script\ndef price{COPY}"
    (finding,) = found({"shop/a.py": text, "shop/b.py": text, "shop/c.py": "from shop.a import price\n"})
    assert finding.remedy.startswith("Keep `price` in shop/a.py. Delete it from shop/b.py")


@pytest.mark.parametrize(("name", "count"), [("_", 0), ("__", 0), ("_price", 1), ("p_", 1)])
def test_what_nobody_is_to_name_is_no_copy(name: str, count: int) -> None:
    text = f"from shop.ops import gross\n@gross.register\ndef {name}{COPY}"
    assert len(found({"shop/ops.py": "", "shop/a.py": text, "shop/b.py": text})) == count


def test_what_only_a_script_defines_is_no_copy() -> None:
    script = "if __name__ == '__main__':\n    def price" + COPY.replace("\n", "\n    ") + "\n"
    assert found({"shop/a.py": f"def price{COPY}", "shop/b.py": script}) == []


def test_a_copy_that_nothing_uses_is_deleted() -> None:
    sources = {
        "shop/a.py": f"def price{COPY}",
        "shop/b.py": f"def price{COPY}",
        "shop/c.py": "from shop.a import price\n",
    }
    (finding,) = found(sources)
    assert finding.remedy == (
        "Keep `price` in shop/a.py. Delete it from shop/b.py, unless other projects take it from there: no code here "
        "does. If they do, import it there from `shop.a`."
    )


def test_a_module_that_is_past_is_deleted() -> None:
    bodies = [f"def {name}" + COPY.replace("3.5", f"3.{place}") for place, name in enumerate(("price", "cost", "fee"))]
    deletion = "Delete shop/gui_obsolete.py, unless other projects use it: no code here does, and it calls itself past."
    for text, kept in ((bodies[0], "`price`"), ("\n\n".join(bodies), "the functions")):
        user = "from shop.gui import price\n"
        (finding,) = found({"shop/gui.py": text, "shop/gui_obsolete.py": text, "shop/app.py": user})
        assert finding.remedy == f"Keep {kept} in shop/gui.py. {deletion}"
        assert finding.sites_unused


def test_a_new_file_that_holds_other_code_stays() -> None:
    neighbours = {f"shop/{name}.py": "RATE = 1\n" for name in ("rates", "zones")}
    sources = neighbours | {"shop/a.py": f"def price{COPY}", "shop/app.py": "from shop import rates, zones\n"}
    sources |= {f"shop/web/page{number}.py": "from shop.a import price\n" for number in range(3)}
    own = "class Quota:\n    def limit(self, pod):\n        return pod.limit\n"
    for more, deed in (
        ("", "Delete shop/quota.py, unless other projects use it: no code here does."),
        (own, "Delete it from shop/quota.py, unless other projects take it from there: no code here does."),
        (own.replace("pod.limit", "price(pod)"), "Delete it from shop/quota.py and write `from shop.a import price`"),
    ):
        (finding,) = found(sources | {"shop/quota.py": f"def price{COPY}\n{more}"})
        assert finding.remedy.startswith(f"Keep `price` in shop/a.py. {deed}"), finding.remedy


FILTERED = """
PATTERN = {pattern}

def _is_valid(tag):
    return tag.matches(PATTERN)

def filtered(tags):
    kept = []
    for tag in tags:
        if {helper}(tag):
            kept.append(tag)
{more}    return kept

def _is_valid_tag(tag):
    return _is_valid(tag)
"""
MORE = "    kept.sort()\n    tags.clear()\n"


@pytest.mark.parametrize("helper", ["_is_valid", "_is_valid_tag"])
def test_a_helper_that_follows_other_rules_becomes_a_parameter(helper: str) -> None:
    sources = {
        f"shop/{name}.py": FILTERED.format(pattern=repr(name), helper=helper, more=MORE) for name in ("here", "there")
    }
    (finding,) = found(sources)
    assert finding.severity is None
    assert finding.remedy == (
        "If no other project uses `filtered`, delete all of them: no code here does. "
        f"Else move `filtered` to a module that all can import "
        f"(a new one in `shop`, say), let it be given `{helper}`, which differs, and import it "
        "from there in shop/here.py, shop/there.py."
    )
    assert [site.message for site in finding.sites] == [
        f"the same body as `shop.here:filtered`; `{helper}`, which it calls, goes by other rules there"
    ]
    used = sources | {
        "shop/app.py": "from shop.here import filtered\n",
        "shop/till.py": "from shop.here import filtered\n",
    }
    used["shop/there.py"] = "from shop.here import PATTERN as OTHER\n" + used["shop/there.py"]
    (finding,) = found(used | {"shop/desk.py": "from shop.there import filtered\n"})
    assert finding.remedy == (
        "Keep `filtered` in shop/here.py. Delete it from shop/there.py and write `from shop.here import filtered` "
        f"there. Let it be given `{helper}`, which differs."
    )


def test_a_few_statements_around_other_rules_are_information() -> None:
    def of(*patterns: str) -> list[Severity | None]:
        texts = [FILTERED.format(pattern=repr(each), helper="_is_valid_tag", more="") for each in patterns]
        short = [text.replace("    kept = []\n", "").replace("return kept", "return tags") for text in texts]
        return [finding.severity for finding in found({f"shop/{'abc'[at]}.py": text for at, text in enumerate(short)})]

    assert of("a", "b", "c") == [Severity.INFO]
    assert of("a", "a", "a") == [None]
    assert of("a", "a") == [Severity.INFO]


def test_plugins_of_a_folder_without_packages_share_through_the_helpers_that_they_import() -> None:
    text = f"from helpers.texts import clean\ndef read_all{COPY}"
    files = {f"plugins/{name}/reader.py": text for name in ("a-mail", "b-chat")}
    helpers = {"helpers/texts.py": "def clean(): ...\n", "run.py": "from helpers.texts import clean\n"}
    (finding,) = findings(DuplicateFunction(), files | helpers)
    assert "to a module that all can import (a new one in `helpers`, say) and import it from there" in finding.remedy


COMMAND_LINE = """
import argparse
def read_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("-c", default=None)
{more}    arguments = parser.parse_args()
    return arguments.c
"""


def test_a_short_command_line_is_that_of_each_program() -> None:
    files = dict.fromkeys(("shop/serve.py", "shop/work.py"), COMMAND_LINE.format(more=""))
    assert [finding.severity for finding in found(files)] == [Severity.INFO]
    more = "".join(f"    parser.add_argument('--{letter}')\n" for letter in "abcd")
    longer = dict.fromkeys(files, COMMAND_LINE.format(more=more))
    assert [finding.severity for finding in found(longer)] == [None]


def test_a_copy_in_a_deprecated_module_that_nobody_imports_goes_with_it() -> None:
    note = '"""Forked.\n\nThis code file will be deprecated in the future.\n"""\n'
    files = {"shop/a.py": f"{note}def price{COPY}", "shop/b.py": f"def price{COPY}"}
    (finding,) = found(files)
    assert finding.remedy == (
        "Keep `price` in shop/b.py. Delete shop/a.py, unless other projects use it: no code here does, and it calls "
        "itself past."
    )
    (finding,) = found(files | {"shop/loader.py": "load('price')\n"})
    assert "Delete shop/a.py" in finding.remedy


LABEL = """
LONGEST = 60
def is_valid_label(name, more=1):
    if not name:
        return False
    size = len(name)
    return size < {longest}
"""


ORDER = (
    "def settle(order):\n    order.open()\n    order.check()\n    order.sum()\n{}    order.pay()\n    return order.id\n"
)
LONG_ORDER = ORDER.format("".join(f"    order.step_{at}()\n" for at in range(9)))


@pytest.mark.parametrize(
    ("sources", "severity"),
    [
        ({"shop/till/a.py": LONG_ORDER, "shop/bank/b.py": LONG_ORDER}, Severity.INFO),
        ({f"shop/{name}/a.py": LONG_ORDER for name in ("till", "bank", "desk", "gate")}, Severity.INFO),
        ({"shop/till/a.py": LONG_ORDER, "shop/till/b.py": LONG_ORDER}, None),
        ({"shop/a.py": LONG_ORDER, "shop/b.py": LONG_ORDER}, None),
        # A module for it is there.
        (
            {"shop/till/a.py": LONG_ORDER, "shop/bank/b.py": LONG_ORDER} | UTILS,
            None,
        ),
    ],
)
def test_copies_in_different_folders_that_ask_for_a_new_module_are_information(
    sources: dict[str, str], severity: Severity | None
) -> None:
    """As `_validate_datetime_format` of keystone: a new module for it was worth an action to few readers."""
    (finding,) = [each for each in found(sources) if "settle" in each.subject]
    assert finding.severity is severity


def test_copies_in_different_folders_count_where_one_can_import_the_other() -> None:
    (finding,) = found(
        {
            "shop/till/a.py": LONG_ORDER,
            "shop/bank/b.py": f"from shop.till.c import TILL\n{LONG_ORDER}",
            "shop/till/c.py": "TILL = 1\n",
            "shop/app.py": "from shop.till.a import settle\nfrom shop.till import c\nDONE = settle(c)\n",
        }
    )
    assert finding.home_stays
    assert finding.severity is None


def test_a_few_statements_around_constants_of_parallel_modules_are_information() -> None:
    text = LABEL.format(longest="LONGEST")
    parallel = tuple(f"shop/{folder}/label.py" for folder in ("north", "south", "east"))
    apart = ("shop/north/label.py", "shop/texts.py", "shop/words.py")
    assert [finding.severity for finding in found(UTILS | dict.fromkeys(parallel, text))] == [Severity.INFO]
    assert [finding.severity for finding in found(UTILS | dict.fromkeys(apart, text))] == [None]
    many = [f"shop/{folder}/label.py" for folder in ("north", "south", "east", "west")]
    assert [finding.severity for finding in found(UTILS | dict.fromkeys(many, LABEL.format(longest=60)))] == [None]


FEW = (
    "def to_number(data, key):\n    value = data.get(key)\n    if value is None:\n        return 0\n"
    "{}    return int(value)\n"
)


@pytest.mark.parametrize(
    ("paths", "more", "severity"),
    [
        (("shop/lark/login.py", "shop/ding/login.py"), "", Severity.INFO),
        (("shop/lark/login.py", "shop/ding/login.py", "shop/line/login.py"), "", Severity.INFO),
        (("shop/lark/lark_login.py", "shop/ding/ding_login.py"), "", Severity.INFO),
        (("shop/lark/login.py", "shop/ding/login.py", "shop/line/login.py", "shop/mail/login.py"), "", None),
        (("shop/lark/login.py", "shop/lark/logout.py"), "", Severity.INFO),
        (("shop/lark/login.py", "shop/lark/logout.py", "shop/lark/logon.py"), "", None),
        (("shop/lark/login.py", "shop/ding/login.py"), "    value = value.strip()\n    value = value or 1\n", None),
    ],
)
def test_a_few_statements_in_two_adapters_are_information(
    paths: tuple[str, ...], more: str, severity: Severity | None
) -> None:
    assert [finding.severity for finding in found(UTILS | dict.fromkeys(paths, FEW.format(more)))] == [severity]


TABLE = "def interval_of(frame):\n" + "".join(
    f"    if frame == '{name}':\n        return {number}\n" for number, name in enumerate("abcde")
)


def test_tables_of_systems_outside_are_information_in_adapters_beside_each_other() -> None:
    def severities(one: str, other: str, text: str = TABLE) -> list[Severity | None]:
        return [finding.severity for finding in found(UTILS | {one: text, other: text})]

    assert severities("shop/hue/hue_codes.py", "shop/lifx/lifx_tables.py") == [Severity.INFO]
    assert severities("shop/hue_codes.py", "shop/lifx_tables.py") == [Severity.INFO]
    assert severities("shop/hue_codes.py", "shop/parts/deep/tables.py") == [None]
    members = re.sub(r"return (\d)", r"return Frames.MINUTE_\1", f"from shop.frames import Frames\n{TABLE}")
    assert severities("shop/hue_codes.py", "shop/lifx_tables.py", members) == [Severity.INFO]
    computed = TABLE.replace("return 4", "return frame.count()")
    assert severities("shop/hue_codes.py", "shop/lifx_tables.py", computed) == [None]


def test_what_only_hands_on_what_it_would_have_to_be_given_is_information() -> None:
    own = "".join(f"def of_{name}(kind):\n    return '{{shop}} {name}' + kind\n" for name in "abc")
    chosen = (
        "def chosen(kind):\n"
        + "".join(f"    if kind == '{name}':\n        return of_{name}(kind)\n" for name in "abc")
        + "    raise ValueError(kind)\n"
    )
    sources = {f"shop/{shop}.py": own.format(shop=shop) + chosen for shop in ("north", "south")}
    assert {finding.severity for finding in findings(DuplicateFunction(), {"shop/__init__.py": ""} | sources)} <= {
        Severity.INFO
    }


def test_a_helper_that_each_module_uses_itself_is_asked_for_by_nobody() -> None:
    user = "\n\ndef bill(order):\n    return price(order, 1)\n"
    (finding,) = found({f"shop/{name}.py": f"def price{COPY}{user}" for name in "abc"})
    assert finding.remedy.startswith(
        "Move `price` to a module that all can import (a new one in `shop`, say) and import it from there"
    )
    host = {"shop/host.py": "def run(part):\n    return part.price(1, 2)\n"}
    (finding,) = found(host | {f"shop/{name}.py": f"def price{COPY}" for name in "abc"})
    assert finding.remedy.startswith("Move the body to a function")


def test_the_parts_of_one_plug_in_share_a_module_in_it() -> None:
    sources = {f"shop/plugins/{name}.py": f"def price{COPY}" for name in ("north", "south")}
    (finding,) = found({"shop/plugins/__init__.py": ""} | sources)
    assert "a module that all can import (a new one in `shop`, say) and" in finding.remedy
    front = {"shop/plugins/tax/__init__.py": "from shop.plugins.tax import north, south\n"}
    parts = {path.replace("plugins", "plugins/tax"): text for path, text in sources.items()}
    (finding,) = found({"shop/plugins/__init__.py": ""} | front | parts)
    assert "a module that all can import (a new one in `shop.plugins.tax`, say) and" in finding.remedy


@pytest.mark.parametrize(
    ("known", "is_brought"),
    [
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from shop.a import Order\n", True),
        ("def later():\n    from shop.a import Order\n", False),
    ],
)
def test_what_only_type_checkers_import_is_not_loaded_yet(known: str, is_brought: bool) -> None:
    home = f"import heavy\nclass Order: ...\ndef price{COPY}"
    users = {f"shop/{name}.py": "from shop.a import price\n" for name in ("c", "d")}
    light = {"shop/e.py": "from shop.b import price\n", "shop/f.py": "", "shop/g.py": ""}
    (finding,) = found({"shop/a.py": home, "shop/b.py": f"{known}def price{COPY}"} | users | light)
    assert ("`heavy`, which shop.b does without" in finding.remedy) == is_brought


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        (
            "from pygments import Token\nColor = Token.Color\n",
            "class Token(tuple):\n    a = 1\nColor = Token.Color\n",
            0,
        ),
        ("from one import Token\nColor = Token('a')\n", "from two import Token\nColor = Token('a')\n", 0),
        ("from one import T\nToken = T()\nColor = [Token]\n", "from two import T\nToken = T()\nColor = [Token]\n", 0),
        ("from one import Token\nColor = Token.Color\n", "from one import Token\nColor = Token.Color\n", 1),
        ("from one import get_logger\nColor = get_logger()\n", "from two import get_logger\nColor = get_logger()\n", 1),
    ],
)
def test_values_of_equal_text_are_what_their_names_stand_for(one: str, other: str, count: int) -> None:
    body = COPY.replace("cost = 3.5", "cost = Color.RESET")
    assert len(found({"shop/a.py": f"{one}def price{body}", "shop/b.py": f"{other}def price{body}"})) == count


@pytest.mark.parametrize(
    "note",
    [
        "# Remove in 3.0.0\ndef price",
        "@deprecated\ndef price",
        '"""DEPRECATED: use shop.b."""\ndef price',
        "def price",
    ],
)
def test_a_copy_that_is_to_go_is_listed(note: str) -> None:
    (finding,) = found({"shop/a.py": f"{note}{COPY}", "shop/b.py": f"def price{COPY}"})
    assert finding.severity is (None if note == "def price" else Severity.INFO)


@pytest.mark.parametrize(
    ("name", "paths", "count"),
    [
        ("post_fork", ("conf/gunicorn_web.py", "conf/gunicorn_api.py"), 0),
        ("worker_int", ("shop/gunicorn.conf.py", "till/gunicorn.conf.py"), 0),
        ("when_ready", ("deploy/web_config.py", "deploy/api_config.py"), 0),
        ("post_fork", ("conf/web.py", "conf/api.py"), 1),
        ("load_models", ("conf/gunicorn_web.py", "conf/gunicorn_api.py"), 1),
        ("load_module", ("src/one/__setup__.py", "src/two/__setup__.py"), 0),
        ("load_module", ("one/setup.py", "two/setup.py"), 0),
        ("load_module", ("src/one/setups.py", "src/two/setups.py"), 1),
    ],
)
def test_what_a_server_or_a_build_looks_for_in_each_file_stays_there(
    name: str, paths: tuple[str, str], count: int
) -> None:
    assert len(found(dict.fromkeys(paths, f"def {name}{COPY}"))) == count


def test_a_long_function_that_a_server_looks_for_can_share_its_body() -> None:
    long = COPY + "    # the rest\n    print(cost)\n    print(zone)\n"
    body = long.replace("    return cost\n", "    print(weight)\n") + "    return cost\n"
    assert len(found({f"conf/gunicorn_{name}.py": f"def post_fork{body}" for name in ("web", "api")})) == 1


RENDER = """
def render(ticket: {name}):
    parts = [ticket.title]
    for step in ticket.steps:
        parts.append(step)
    parts.extend([ticket.wanted, ticket.seen])
    parts.append(ticket.more)
    return parts
"""


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        ("from shop.schemas import Desk", "from shop.schemas import Phone", Severity.INFO),
        ("class Desk: ...", "class Phone: ...", Severity.INFO),
        ("from shop.schemas import Desk", "from shop.schemas import Desk", None),
        ("from desk import Desk", "from phone import Phone", None),
    ],
)
def test_what_takes_another_class_in_each_of_two_neighbours(one: str, other: str, severity: Severity | None) -> None:
    sources = {"shop/schemas.py": "class Desk: a = 1\nclass Phone: b = 2\n"}
    for path, line in (("shop/desk.py", one), ("shop/phone.py", other)):
        sources[path] = f"{line}\n{RENDER.format(name='Phone' if 'Phone' in line else 'Desk')}"
    (finding,) = found(sources)
    assert finding.severity is severity


@pytest.mark.parametrize(
    ("more", "needs", "severity"),
    [
        ("", '["one"]', Severity.INFO),
        ("", "[]", Severity.INFO),
        ("    print(cost)\n    print(zone)\n", '["one"]', None),
    ],
)
def test_a_few_statements_are_not_worth_an_import_from_another_distribution(
    more: str, needs: str, severity: Severity | None
) -> None:
    body = COPY.replace("    return cost\n", f"{more}    return cost\n")
    sources = {
        "one/pyproject.toml": "[project]\nname = 'one'\n",
        "two/pyproject.toml": f"[project]\nname = 'two'\ndependencies = {needs}\n",
        "one/one/__init__.py": "",
        "one/one/forms.py": f"def price{body}",
        "two/two/__init__.py": "",
        "two/two/views.py": f"from one.forms import other\n\ndef price{body}",
    }
    (finding,) = found(sources)
    assert finding.severity is severity


SENSOR = "(config):\n    var = new(config)\n    await register(var)\n    await setup(var)\n"
SENSOR += "    if config:\n        add(var)\n        await poll(var)\n    return var\n"


def components(names: list[str], hook: str = "to_code") -> dict[str, str]:
    """Parts of one program, each with a hook of its own, and the same body in those called ``a`` and ``b``."""
    bodies = {
        name: f"async def {hook}{SENSOR}" if name in "ab" else f"async def {hook}(config): {name}()\n" for name in names
    }
    place = {"host/__init__.py": "", "host/parts/__init__.py": "", "host/parts/utils.py": UTILS["shop/utils.py"]}
    return place | {
        path: text
        for name, body in bodies.items()
        for path, text in ((f"host/parts/{name}/__init__.py", ""), (f"host/parts/{name}/{name}_sensor.py", body))
    }


def test_what_a_host_asks_its_parts_for_is_listed() -> None:
    (finding,) = found(components(list("abcdefghij")))
    assert finding.severity is Severity.INFO


def test_a_name_that_few_parts_have_is_no_hook_of_a_host() -> None:
    (finding,) = found(components(list("abcdefghi")))
    assert finding.severity is None


@pytest.mark.parametrize(
    "use",
    ["from host.parts.a.a_sensor import to_code\n", "from host.parts.a import a_sensor\na_sensor.to_code({})\n"],
)
def test_a_hook_that_a_module_takes_from_another_is_told(use: str) -> None:
    (finding,) = found(components(list("abcdefghij")) | {"host/use.py": use})
    assert finding.severity is None


def test_a_private_name_is_no_hook_of_a_host() -> None:
    (finding,) = found(components(list("abcdefghij"), "_to_code"))
    assert finding.severity is None


def test_long_bodies_of_a_hook_are_told() -> None:
    long = f"async def to_code{SENSOR}".replace("    return var\n", "    add(var)\n" * 14 + "    return var\n")
    sources = components(list("abcdefghij"))
    sources |= dict.fromkeys(("host/parts/a/a_sensor.py", "host/parts/b/b_sensor.py"), long)
    (finding,) = found(sources)
    assert finding.severity is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("@pins.REGISTRY.register('a')\n", "@pins.REGISTRY.register('b')\n"),
        ("@app.task(name='a')\n", ""),
        ("@signals.on('a')\n@cache\n", "@signals.on('b')\n@cache\n"),
    ],
)
def test_what_a_decorator_keeps_in_each_module_is_listed(one: str, other: str) -> None:
    (finding,) = found({"shop/a.py": f"{one}def cost{COPY}", "shop/b.py": f"{other}def price{COPY}"})
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("@retry(times=2)\n", "@retry(times=3)\n"),
        ("@app.task(name='a')\n", "@app.task(name='a')\n"),
        ("@timed\n", "@log\n"),
    ],
)
def test_what_no_decorator_keeps_is_told(one: str, other: str) -> None:
    (finding,) = found({"shop/a.py": f"{one}def cost{COPY}", "shop/b.py": f"{other}def price{COPY}"})
    assert finding.severity is None


def test_what_each_part_uses_itself_is_no_hook_of_a_host() -> None:
    sources = {path: f"{text}schema = [to_code]\n" for path, text in components(list("abcdefghij")).items()}
    sources = {path: text for path, text in sources.items() if path.endswith("sensor.py")}
    (finding,) = found(components([]) | sources)
    assert finding.severity is None


HELPED = """def priced(orders):
    total = 0
    for order in orders:
        total += _weighed(order)
    if total > 100:
        total -= 5
    return round(total, 2)
"""
HELPER = """def _weighed(order):
    parts = order.parts
    if not parts:
        return 0
    return sum(part.weight for part in parts)
"""


@pytest.mark.parametrize(
    "renamed",
    [
        HELPER.replace("parts =", "pieces =").replace("not parts", "not pieces").replace("in parts", "in pieces"),
        HELPER.replace("order", "box"),
        HELPER.replace("part.", "each.").replace("for part", "for each"),
    ],
)
def test_a_helper_under_other_names_of_its_own_moves_along(renamed: str) -> None:
    """As `_estimate_message_tokens` of ms-agent, in which a local variable is called `tc` or `tool_calls`."""
    (finding,) = found({"shop/a.py": HELPED + HELPER, "shop/b.py": HELPED + renamed})
    assert finding.remedy == (
        "If no other project uses `priced`, delete all of them: no code here does. "
        "Else move `priced` to a module that all can import "
        "(a new one in `shop`, say) together with `_weighed` and import it from there in shop/a.py, "
        "shop/b.py."
    )
    assert finding.sites[0].message == "the same body as `shop.a:priced`"


@pytest.mark.parametrize(
    "other", [HELPER.replace("return 0", "return 1"), HELPER.replace("part.weight", "part.size"), HELPER + "    + 1\n"]
)
def test_a_helper_that_does_something_else_is_given(other: str) -> None:
    (finding,) = found({"shop/a.py": HELPED + HELPER, "shop/b.py": HELPED + other})
    assert "let it be given `_weighed`, which differs," in finding.remedy


UNNAMED = {"shop/__init__.py": "", "shop/c.py": "from shop import a\nprint(a.RATE)\n"}


@pytest.mark.parametrize(
    ("more", "is_unused"),
    [
        ({}, True),
        ({"shop/d.py": "from shop.a import RATE\nprint(RATE)\n"}, True),
        ({"tests/test_rates.py": "from shop.a import RATE\n"}, True),
        ({"shop/d.py": "from shop.a import price\nprint(price(1))\n"}, False),
        ({"shop/d.py": "from shop import a\nprint(a.price(1))\n"}, False),
        ({"shop/d.py": "HOOKS = ['price']\n"}, False),
        ({"shop/a.py": f"RATE = 1\ndef price{COPY}\nprint(price(1))\n"}, False),
    ],
)
def test_what_nothing_calls_goes_though_its_module_is_imported(more: dict[str, str], is_unused: bool) -> None:
    """What imports a module may be after other things in it."""
    copies = {"shop/a.py": f"RATE = 1\ndef price{COPY}", "shop/b.py": f"from shop.a import RATE\ndef price{COPY}"}
    (finding,) = found(UNNAMED | copies | more)
    assert ("no code here does. Else keep `price` in" in finding.remedy) is is_unused
    assert finding.message.endswith(": no code here uses them") is is_unused


@pytest.mark.parametrize(
    ("used", "reason"), [("shop/a.py", "no code here uses the others"), ("shop/b.py", "the only one that is used")]
)
def test_of_twins_that_share_more_the_one_that_is_used_stays(used: str, reason: str) -> None:
    body = "".join(f"    total += prices[{at}] * rate - off\n" for at in range(6))
    text = f"def tax(price):\n    return price\ndef net(prices, rate, off):\n    total = 0\n{body}    return total\n"
    tables = {path: "'net': net, " if path == used else "" for path in ("shop/a.py", "shop/b.py")}
    sources = {path: f"{text}TABLE = {{{entry}'tax': tax}}\n" for path, entry in tables.items()}
    (finding,) = findings(DuplicateFunction(), {"shop/__init__.py": "", **sources})
    assert finding.message.endswith(f": keep {used}, {reason}")
    assert finding.remedy.startswith(f"Keep `net` in {used}. Delete it from ")


SHORT = """def {name}(raw):
    if not raw:
        return ""
    text = raw.strip()
    return f"#{{text}}"
"""


@pytest.mark.parametrize(
    ("sources", "severity"),
    [
        (
            {
                "shop/a.py": SHORT,
                "shop/b.py": SHORT,
                "shop/c.py": "from shop.b import {name}\nimport shop.a\nshop.a.{name}(1)\n",
                "shop/d.py": "from shop.b import {name}\n",
            },
            None,
        ),
        (
            {
                "shop/a/x.py": SHORT,
                "shop/b/utils.py": SHORT,
                "shop/c.py": "from shop.b.utils import {name}\nimport shop.a.x\nshop.a.x.{name}(1)\n",
            },
            None,
        ),
        (
            {f"shop/{x}.py": "from shop.utils import lent\n" + SHORT + "print({name}(lent()))\n" for x in "ab"} | UTILS,
            None,
        ),
        ({"shop/a.py": SHORT + "print({name}(1))\n", "shop/b.py": SHORT + "print({name}(1))\n"}, Severity.INFO),
    ],
)
@pytest.mark.parametrize("name", ["label", "_label"])
def test_short_copies_are_scored_where_an_import_is_all_that_has_to_be_written(
    sources: dict[str, str], severity: Severity | None, name: str
) -> None:
    """As a formatter of prompts and a validator, each beside a public one in a module of helpers."""
    (finding,) = found({path: text.replace("{name}", name) for path, text in sources.items()})
    # What is private to another package has to be made public first.
    is_private = name.startswith("_") and "shop/b/utils.py" in sources
    assert finding.severity is (Severity.INFO if is_private else severity)


STATE = """samples = []
def load(path):
    {rebound}
    samples = list(open(path))
def sample(number):
    text = samples[number]
    if not text:
        return None
    if text == "x":
        return number
    return {"text": text, "number": number}
"""


@pytest.mark.parametrize(("rebound", "count"), [("global samples", 0), ("samples: list[str]", 1)])
@pytest.mark.parametrize("above", ["samples = []", "samples: list[str] = []", "# none yet"])
def test_what_reads_what_others_of_its_module_rebind_is_no_copy(rebound: str, count: int, above: str) -> None:
    """The other module's samples are never loaded where this one is used."""
    text = STATE.replace("{rebound}", rebound).replace("samples = []", above)
    sources = {
        "shop/a.py": text.replace("def load", "def load_all"),
        "shop/b.py": text.replace("def load", "def fetch"),
    }
    names = [finding.subject for finding in found(sources)]
    assert names.count("sample") == count


def test_a_script_cannot_import_the_other_of_its_name() -> None:
    text = f"def price{COPY}"
    sources = {
        "jobs/a/prepare.py": text,
        "jobs/a/train.py": "from prepare import price\nprice(1, 2)\n",
        "jobs/prepare.py": text,
    }
    for finding in findings(DuplicateFunction(), sources):
        assert "from prepare import" not in finding.remedy
        assert "import them there" not in finding.remedy
