from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.definitions.duplicate_function import DuplicateFunction
from ssot_rules.definitions.near_duplicate_function import NearDuplicateFunction

PRICE = """
def price(weight, zone):
    cost = 3.5
    if weight > 10:
        cost += weight
    if zone:
        cost += {fee}
    return cost
"""


def found(
    *paths: str, rule: type[NearDuplicateFunction] | type[DuplicateFunction] = NearDuplicateFunction
) -> list[Finding]:
    sources = {path: PRICE.format(fee=fee) for fee, path in enumerate(paths)}
    return findings(rule(), {"shop/__init__.py": ""} | sources)


def test_versions_are_told_how_much_they_share() -> None:
    (finding,) = found("shop/a.py", "shop/b.py")
    assert finding.message == (
        "function `price` is defined in 2 modules with nearly the same body: no code here uses them"
    )
    assert finding.remedy == (
        "If no other project uses `price`, delete all of them: no code here does. "
        "Else move `price` to a module that all can import "
        "(a new one in `shop`, say) and import it from there in shop/a.py, shop/b.py. What differs "
        "becomes a parameter."
    )
    assert [site.message for site in finding.sites] == ["83% of the lines are those of `shop.a:price`"]


def test_parallel_folders_account_for_a_few_lines_of_public_functions() -> None:
    assert found("shop/north/api.py", "shop/south/api.py") == []
    places = ("shop/north/api.py", "shop/south/api.py")
    private = {path: PRICE.format(fee=fee).replace("price", "_price") for fee, path in enumerate(places)}
    assert len(findings(NearDuplicateFunction(), private)) == 1
    longer = PRICE.replace("cost = 3.5", "cost = 3.5\n    zone.open()\n    zone.load()\n    zone.check()")
    assert (
        len(
            findings(
                NearDuplicateFunction(),
                {path: longer.format(fee=len(path + "a" * (path > "shop/o"))) for path in places},
            )
        )
        == 1
    )
    equal = {
        path: PRICE.format(fee=1).replace("weight, zone", f"weight, zone={place}") for place, path in enumerate(places)
    }
    importing = equal | {places[0]: equal[places[0]].replace("cost = 3.5", "import decimal\n    cost = 3.5")}
    assert len(findings(NearDuplicateFunction(), importing)) == 1


def test_hooks_are_exempt_and_nobody_asks_for_a_private_name() -> None:
    paths = ("shop/a/cli.py", "shop/b/c/cli.py", "shop/b/c/d/cli.py")
    assert found(*paths) == []
    assert len(found("shop/a/cli.py", "shop/b/c/cli.py", "shop/b/rest.py")) == 1
    private = {path: PRICE.format(fee=fee).replace("price", "_price") for fee, path in enumerate(paths)}
    assert len(findings(NearDuplicateFunction(), private)) == 1


def test_what_something_asks_for_is_exempt() -> None:
    def of(name: str, before: str = "") -> int:
        sources = {
            f"shop/{path}.py": before + PRICE.format(fee=fee).replace("price", name) for fee, path in enumerate("ab")
        }
        return len(findings(NearDuplicateFunction(), {"shop/__init__.py": ""} | sources))

    assert of("price") == 1
    assert of("main") == of("pytest_configure") == of("init_app") == 0
    assert of("price", "from library import signal\n\n@signal") == 0


def test_a_long_common_part_and_one_that_has_grown_are_near_copies() -> None:
    steps = "".join(f"    zone.step({number})\n" for number in range(12))
    own = "".join(f"    zone.{{name}}({number})\n" for number in range(10))
    text = f"def price(zone):\n{steps}{own}    return zone\n"
    sources = {"shop/__init__.py": ""} | {f"shop/{name}.py": text.format(name=name) for name in "ab"}
    assert len(findings(NearDuplicateFunction(), sources)) == 1
    grown = "def price(zone):\n    zone.a()\n    zone.b()\n    zone.c()\n    zone.d()\n{more}    return {end}\n"
    sources = {
        "shop/__init__.py": "",
        "shop/a.py": grown.format(more="", end="zone"),
        "shop/b.py": grown.format(more="    zone.e()\n    zone.f()\n", end="None"),
    }
    assert len(findings(NearDuplicateFunction(), sources)) == 1


def test_programs_that_cannot_import_each_other_are_not_compared() -> None:
    apart = {f"{name}/pyproject.toml": f"[project]\nname = '{name}'\n" for name in ("one", "two")}
    sources = {f"{name}/{name}_a.py": PRICE.format(fee=fee) for fee, name in enumerate(("one", "two"))}
    assert findings(NearDuplicateFunction(), apart | sources) == []


def test_editions_are_exempt() -> None:
    assert found("shop/limits.py", "paid/shop/limits.py") == []


def test_equal_bodies_are_left_to_the_other_rule() -> None:
    sources = {path: PRICE.format(fee=12) for path in ("shop/a.py", "shop/b.py")} | {"shop/__init__.py": ""}
    assert findings(NearDuplicateFunction(), sources) == []
    assert len(findings(DuplicateFunction(), sources)) == 1


def test_of_equal_bodies_one_stands_for_all() -> None:
    sources = {"shop/__init__.py": "", "shop/a.py": PRICE.format(fee=1)}
    sources |= {path: PRICE.format(fee=2) for path in ("shop/b.py", "shop/c.py")}
    (finding,) = findings(NearDuplicateFunction(), sources)
    assert [site.symbol for site in finding.sites] == ["shop.b:price"]


def test_little_in_common_is_no_finding() -> None:
    other = "def price(zone):\n    rate = zone.rate\n    fee = 3\n    if rate:\n        fee = 4\n    return fee\n"
    sources = {"shop/__init__.py": "", "shop/a.py": PRICE.format(fee=1), "shop/b.py": other}
    assert findings(NearDuplicateFunction(), sources) == []


def test_equal_text_with_other_values_is_a_near_copy() -> None:
    text = "LIMIT = {limit}\n" + PRICE.format(fee="LIMIT").replace("zone):", "zone={zone}):")

    def of(rule: type[NearDuplicateFunction] | type[DuplicateFunction], **values: int) -> list[str]:
        one, other = text.format(limit=1, zone=1), text.format(**{"limit": 1, "zone": 1} | values)
        found = findings(rule(), {"shop/__init__.py": "", "shop/a.py": one, "shop/b.py": other})
        return [site.message for finding in found for site in finding.sites]

    assert of(DuplicateFunction) == ["the same body as `shop.a:price`"]
    assert of(NearDuplicateFunction) == []
    assert of(DuplicateFunction, limit=2) == of(DuplicateFunction, zone=2) == []
    assert of(NearDuplicateFunction, limit=2) == ["the same body as `shop.a:price`; with another `LIMIT`"]
    assert of(NearDuplicateFunction, zone=2) == [
        "the same body as `shop.a:price`; with another `zone`; other signature: `price(weight, zone=2)`, not "
        "`price(weight, zone=1)`"
    ]


def test_loggers_do_not_set_copies_apart() -> None:
    text = "from logging import getLogger\nlog = getLogger({name})\n" + PRICE.format(fee="log.level")
    sources = {f"shop/{name}.py": text.format(name=f"'{name}'") for name in "ab"} | {"shop/__init__.py": ""}
    assert len(findings(DuplicateFunction(), sources)) == 1


def test_equal_text_that_calls_other_things_is_none() -> None:
    text = "def fee():\n    return {fee}\n" + PRICE.format(fee="fee()")
    sources = {f"shop/{name}.py": text.format(fee=fee) for fee, name in enumerate("ab")} | {"shop/__init__.py": ""}
    assert findings(DuplicateFunction(), sources) == findings(NearDuplicateFunction(), sources) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Each module's own helper, of the same name but another make.
        ("def rate(weight):\n    return weight * 2\n", "def rate(weight):\n    return TABLE[weight // 10]\n"),
        # The same name, imported from different places.
        ("from shop.rates import rate\n", "from shop.tolls import rate\n"),
        # A class here, a function there.
        ("class rate:\n    def __init__(self, weight): self.weight = weight\n", "def rate(weight):\n    return 1\n"),
    ],
)
def test_equal_lines_about_other_things_are_no_copy(first: str, second: str) -> None:
    price = PRICE.replace("cost += weight", "cost += rate(weight)")
    sources = {
        "shop/__init__.py": "",
        "shop/rates.py": "def rate(weight):\n    return weight\n",
        "shop/tolls.py": "def rate(weight):\n    return 2 * weight + 1\n",
    }
    of_their_own = {"shop/a.py": first + price.format(fee=1), "shop/b.py": second + price.format(fee=2)}
    assert findings(NearDuplicateFunction(), sources | of_their_own) == []
    shared = "from shop.rates import rate\n"
    same = {"shop/a.py": shared + price.format(fee=1), "shop/b.py": shared + price.format(fee=2)}
    assert len(findings(NearDuplicateFunction(), sources | same)) == 1


@pytest.mark.parametrize("rule", [NearDuplicateFunction, DuplicateFunction])
def test_hooks_of_modules_are_no_copies(rule: type[NearDuplicateFunction] | type[DuplicateFunction]) -> None:
    text = """
def __getattr__(name):
    if name in _LAZY:
        module = load(_LAZY[name])
        value = getattr(module, name)
        globals()[name] = value
        return value
    raise AttributeError(name)
"""
    sources = {"shop/__init__.py": "", "shop/a.py": text, "shop/b.py": text}
    assert findings(rule(), sources) == []
    assert (
        len(
            findings(
                DuplicateFunction(), {path: each.replace("__getattr__", "lookup") for path, each in sources.items()}
            )
        )
        == 1
    )


def severities(*paths: str, name: str = "price") -> list[Severity | None]:
    text = PRICE.replace("return cost", "zone.open()\n    zone.load()\n    zone.check()\n    return cost")
    sources = {path: text.replace("price", name).format(fee=fee) for fee, path in enumerate(paths)}
    sources[paths[0]] = settled(sources[paths[0]])
    return [finding.severity for finding in findings(NearDuplicateFunction(), {"shop/__init__.py": ""} | sources)]


def test_scripts_that_are_only_kept_are_no_copies() -> None:
    assert severities("evals/old/app.py", "evals/old/other.py") == []
    assert severities("evals/app.py", "evals/other.py") == [None]
    assert NearDuplicateFunction.severity is Severity.INFO


def settled(text: str) -> str:
    """A module with the home of its last function: without one near copies are information."""
    before, _, after = text.rpartition("):\n")
    return f"{before}):  # ssot-lint: canonical\n{after}"


def test_what_means_something_else_beside_the_copy_becomes_a_parameter() -> None:
    lines = "".join(f"    cost += Color.shade{number}\n" for number in range(14))
    text = f"def price(weight):\n    cost = 3.5\n{lines}    return cost + {{}}\n"
    sources = {
        "shop/a.py": f"from shop.one import Token\nColor = Token.Color\n{text.format(1)}",
        "shop/b.py": f"from shop.two import Token\nColor = Token.Color\n{text.format(2)}BASE = price(1)\n",
        "shop/one.py": "class Token:\n    a = 1\n",
        "shop/two.py": "class Token:\n    b = 2\n",
        "shop/c.py": "from shop.a import price\n",
        "shop/d.py": "from shop.a import price\nimport shop.b\n",
    }
    (finding,) = findings(NearDuplicateFunction(), {"shop/__init__.py": ""} | sources)
    assert finding.remedy == (
        "Keep `price` in shop/a.py. Give it a parameter for what differs, delete the versions in shop/b.py and write "
        "`from shop.a import price` there. Let it be given `Color`, which differs."
    )


FIELD = """
def {name}(data, field):
    value = data.get(field)
    if value is None:
        return dict()
    if not isinstance(value, dict):
        raise ValueError("{text}")
    found = dict()
    for key, item in value.items():
        if not isinstance(key, str) or not isinstance(item, str):
            raise ValueError("{text}")
        found[key] = item
    return found
"""
FIRST = "First give it a parameter for each thing that differs, in texts too"
ADAPT = "Adapt the calls: the parameters are not the same."


@pytest.mark.parametrize(
    ("name", "copy", "told", "untold"),
    [
        ("_field", FIELD.format(name="_field", text="no hash"), [FIRST], [ADAPT]),
        ("_field", FIELD.format(name="_field", text="no hash").replace("data, field", "data"), [FIRST, ADAPT], []),
        (
            "_field",
            FIELD.format(name="_field", text="Deploy").replace(", field)", ", field=1)"),
            [FIRST, ADAPT],
            [],
        ),
        ("field", FIELD.format(name="field", text="no hash"), ["Give it a parameter for what differs"], [FIRST]),
    ],
)
def test_a_version_with_other_texts_or_parameters_takes_no_import_as_it_is(
    name: str, copy: str, told: list[str], untold: list[str]
) -> None:
    sources = {
        "shop/__init__.py": "",
        "shop/ledger.py": FIELD.format(name=name, text="Record: no") + f"\nfound = {name}(1, 2)\n",
        "shop/deploy.py": f"from shop.ledger import found\n{copy}\nmore = {name}(found, 2)\n",
    }
    (finding,) = findings(NearDuplicateFunction(), sources)
    assert finding.remedy.startswith(f"Keep `{name}` in shop/ledger.py.")
    assert all(each in finding.remedy for each in told)
    assert not any(each in finding.remedy for each in untold)
