from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.definitions.renamed_copy import RenamedCopy

PRICE = """def {price}({weight}, {zone}):
    {cost} = 3.5
    if {weight} > 10:
        {cost} += ({weight} - 10) * 0.4
    if {zone} == "island":
        {cost} += 12
    return round({cost}, 2)
"""
ONE = PRICE.format(price="price", weight="weight", zone="zone", cost="cost")
OTHER = PRICE.format(price="freight", weight="kilos", zone="area", cost="total")


def found(sources: dict[str, str]) -> list[Finding]:
    return findings(RenamedCopy(), {"shop/__init__.py": ""} | sources)


def test_a_function_under_other_names() -> None:
    (finding,) = found(
        {
            "shop/a.py": ONE,
            "shop/b.py": OTHER,
            "shop/c.py": "from shop.b import freight\nimport shop.a\nshop.a.price(1, 2)\n",
            "shop/d.py": "from shop.b import freight\n",
        }
    )
    assert finding.subject == "freight, price"
    assert finding.message == (
        "`freight`, `price` are one body under other names (6 statements): keep shop/b.py, imported by 2 modules"
    )
    assert finding.remedy == (
        "Keep `freight` in shop/b.py. Write `from shop.b import freight` in shop/a.py and call it in `price`."
    )
    assert [site.message for site in finding.sites] == ["the body of `shop.b:freight` under other names"]


def test_a_copy_under_another_name_that_nothing_uses_is_deleted() -> None:
    (finding,) = found({"shop/a.py": ONE, "shop/b.py": OTHER, "shop/c.py": "from shop.b import freight\n"})
    assert finding.remedy == (
        "Keep `freight` in shop/b.py. Delete `price` from shop/a.py, unless other projects take it from there: no code "
        "here does."
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("round(total, 2)", "floor(total, 2)"),
        ('"island"', '"ship"'),
        ("total += 12", "kilos += 12"),
        ("(kilos - 10)", "(area - 10)"),
    ],
)
def test_anything_else_than_own_names_counts(old: str, new: str) -> None:
    assert found({"shop/a.py": ONE, "shop/b.py": OTHER.replace(old, new)}) == []


def test_methods_with_other_attributes_and_a_function() -> None:
    method = "class {name}:\n    def {name}_fee(self, rows):\n" + "".join(
        f"        {line}\n"
        for line in (
            "{total} = 0",
            "for row in rows:",
            "    {total} += row.amount * self.{rate}",
            "    self.{seen}.append(row)",
            "if {total} > 100:",
            "    {total} -= 5",
            "return {total}",
        )
    )
    one = method.format(name="Till", total="total", rate="rate", seen="seen")
    other = method.format(name="Register", total="money", rate="share", seen="known")
    (finding,) = found({"shop/a.py": one, "shop/b.py": other})
    assert finding.subject == "Register.Register_fee, Till.Till_fee"
    assert finding.message.endswith("(7 statements): no class is there to hold it for all")
    inline = ONE.replace("def price(", "class Till:\n    def price(self, ", 1).replace("\n    ", "\n        ")
    inline = inline.replace("class Till:\n        def", "class Till:\n    def")
    (finding,) = found({"shop/a.py": inline, "shop/b.py": OTHER})
    assert finding.home is not None
    assert finding.home.symbol == "shop.b:freight"


def test_variations_of_related_classes_are_exempt() -> None:
    method = (
        "from shop.base import Desk\nclass {name}(Desk):\n    def set_{name}(self, rows):\n        {x} = []\n"
        "        for row in rows:\n            {x}.append(self.{make}(row))\n        {x}.sort()\n"
        "        {x}.reverse()\n        return {x}\n"
    )
    base = {"shop/base.py": "class Desk:\n    name = ''\n"}
    one = method.format(name="Till", x="found", make="bill")
    assert found(base | {"shop/a.py": one, "shop/b.py": method.format(name="Board", x="made", make="notice")}) == []
    assert len(found(base | {"shop/a.py": one, "shop/b.py": method.format(name="Board", x="made", make="bill")})) == 1


def test_short_ones_count_where_the_names_say_the_same() -> None:
    text = "def {name}(rows):\n    {x} = rows.first()\n    if {x}:\n        {x}.open()\n    return {x}\n"
    one = text.format(name="first_row", x="row")
    assert found({"shop/a.py": one, "shop/b.py": text.format(name="opened", x="it")}) == []
    assert len(found({"shop/a.py": one, "shop/b.py": text.format(name="_first_row", x="it")})) == 1


def test_what_other_rules_report_is_theirs() -> None:
    assert found({"shop/a.py": ONE, "shop/b.py": ONE}) == []
    (finding,) = found({"shop/a.py": ONE, "shop/b.py": ONE, "shop/c.py": OTHER})
    assert [site.symbol for site in finding.sites] == ["shop.c:freight"]


def test_one_module_constants_constructors_tests_and_programs_apart_are_exempt() -> None:
    assert found({"shop/a.py": f"{ONE}\n\n{OTHER}"}) == []
    limits = {
        f"shop/{name}.py": f"LIMIT = {limit}\n{text.replace('> 10', '> LIMIT')}"
        for limit, (name, text) in enumerate({"a": ONE, "b": OTHER}.items())
    }
    assert found(limits) == []
    constructor = "class {name}:\n    def __init__(self, {names}):\n{lines}"
    sources = {
        f"shop/{name}.py": constructor.format(
            name=name.upper(),
            names=", ".join(f"{name}{number}" for number in range(9)),
            lines="".join(f"        self.{name}{number} = {name}{number}\n" for number in range(9)),
        )
        for name in "ab"
    }
    assert found(sources) == []
    assert found({"shop/a.py": ONE, "tests/test_b.py": OTHER}) == []
    apart = {f"{name}/pyproject.toml": f"[project]\nname = '{name}'\n" for name in ("one", "two")}
    assert found(apart | {"one/one_a.py": ONE, "two/two_b.py": OTHER}) == []


def test_a_function_that_calls_itself_by_keyword() -> None:
    one = (
        "def flat(rows, prefix='', sep='.'):\n    found = {}\n    for key, row in rows.items():\n"
        "        name = prefix + sep + key if prefix else key\n        if isinstance(row, dict):\n"
        "            found.update(flat(row, prefix=name, sep=sep))\n        else:\n            found[name] = row\n"
        "    return found\n"
    )
    other = one.replace("flat", "squash").replace("prefix", "lead").replace("sep", "glue")
    (finding,) = found({"shop/a.py": one, "shop/b.py": other})
    assert finding.subject == "flat, squash"
    assert found({"shop/a.py": one, "shop/b.py": other.replace("lead=name, glue=glue", "glue=name, lead=glue")}) == []


IN_NOTEBOOK = """def {name}():
    try:
        from IPython import get_ipython

        return get_ipython() is not None
    except {errors}:
        return False
"""
LOADED = """def {name}(path):
    import yaml

    try:
        with open(path) as file:
            return yaml.safe_load(file)
    except {errors}:
        return None
"""
SENT = """def {name}(url, body):
    from requests import ConnectionError, post

    try:
        return post(url, json=body).status_code
    except {errors}:
        return 0
    finally:
        print(url)
"""
MEASURED = """async def {name}():
    import psutil

    try:
        memory = psutil.virtual_memory()
    except {errors}:
        return 0
    return memory.total - memory.available
"""


@pytest.mark.parametrize("text", [IN_NOTEBOOK, LOADED, SENT, MEASURED])
@pytest.mark.parametrize("errors", ["Exception", "(ImportError, OSError)"])
def test_what_imports_the_same_itself_may_catch_other_errors(text: str, errors: str) -> None:
    """As three checks for a notebook in one product."""
    one, other = text.format(name="asks_here", errors=errors), text.format(name="_is_there", errors="ImportError")
    use = "from shop.a import asks_here\nfrom shop.b import _is_there\nprint(asks_here, _is_there)\n"
    (finding,) = found({"shop/a.py": one, "shop/b.py": other, "shop/c.py": use})
    assert finding.subject == "_is_there, asks_here"
    assert "are one body under other names but for the errors that they catch" in finding.message
    assert "Let the one that stays catch what any of them catches." in finding.remedy


def test_what_imports_the_same_itself_is_one_in_four_statements() -> None:
    one, other = (IN_NOTEBOOK.format(name=name, errors="ImportError") for name in ("in_notebook", "is_jupyter"))
    use = "from shop.a import in_notebook\nfrom shop.b import is_jupyter\nprint(in_notebook(), is_jupyter())\n"
    (finding,) = found({"shop/a.py": one, "shop/b.py": other, "shop/c.py": use})
    assert finding.message.startswith("`in_notebook`, `is_jupyter` are one body under other names (5 statements): ")
    assert "catch" not in finding.remedy


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("return False", "return None"),
        ("return get_ipython() is not None", "return get_ipython() is None"),
        ("from IPython import get_ipython", "from ipykernel import get_ipython"),
        ("from IPython import get_ipython", "from shop.shell import get_ipython"),
        ("except ImportError:", "except ImportError as error:\n        print(error)"),
        ("_is_there()", "_is_there(shell)"),
        ("def _is_there", "async def _is_there"),
        ("_is_there", "asks_here"),
    ],
)
def test_what_imports_or_does_something_else_is_no_copy(old: str, new: str) -> None:
    one = IN_NOTEBOOK.format(name="asks_here", errors="Exception")
    other = IN_NOTEBOOK.format(name="_is_there", errors="ImportError").replace(old, new)
    assert found({"shop/a.py": one, "shop/b.py": other, "shop/shell.py": "def get_ipython(): ...\n"}) == []


def test_what_imports_nothing_itself_stays_an_idiom() -> None:
    text = "from IPython import get_ipython\n" + IN_NOTEBOOK.replace("        from IPython import get_ipython\n\n", "")
    one, other = (text.format(name=name, errors="ImportError") for name in ("in_notebook", "is_jupyter"))
    assert found({"shop/a.py": one, "shop/b.py": other}) == []
