from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.definitions.silent_redefinition import SilentRedefinition


def found(text: str, path: str = "shop/a.py") -> list[Finding]:
    return findings(SilentRedefinition(), {"shop/__init__.py": "", path: text})


def test_the_lost_definition_is_the_site() -> None:
    (finding,) = found(
        "class Tariff:\n    def rate(self): ...\n\n    def zones(self): ...\n\n    def rate(self, a): ...\n"
    )
    assert finding.subject == "shop.a:Tariff.rate"
    assert finding.message == ("`Tariff.rate` is defined twice in shop/a.py: the one at :6 silently replaces :2")
    assert finding.remedy == (
        "Decide which `Tariff.rate` in shop/a.py is meant: Python uses the one at :6. Give that at :2 a name of its "
        "own, or keep what is right of it and delete it"
    )
    assert finding.home is not None
    assert (finding.home.location.line, finding.home.reason) == (6, "the last definition is the one that takes effect")
    assert [(site.location.line, site.message) for site in finding.sites] == [
        (2, "never takes effect: replaced by the definition at :6")
    ]


def test_three_definitions_are_two_sites() -> None:
    (finding,) = found("def f(): ...\n\ndef f(a): ...\n\nclass f: ...\n")
    assert finding.message == "`f` is defined 3 times in shop/a.py: the one at :5 silently replaces :1, :3"
    assert [site.location.line for site in finding.sites] == [1, 3]


@pytest.mark.parametrize(
    "mark", ["@pytest.mark.slow", "@patch('os.sep')", "@mock.patch.object(os, 'sep')", "@property"]
)
def test_decorators_that_keep_nothing_save_nothing(mark: str) -> None:
    assert len(found(f"{mark}\ndef test_a(): ...\n\n{mark}\ndef test_a(): ...\n", "tests/test_a.py")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "class A:\n    @property\n    def x(self): ...\n    @x.setter\n    def x(self, y): ...\n",
        "class A:\n    @hybrid_property\n    def x(self): ...\n    @x.expression\n    def x(cls): ...\n",
        "class A:\n    @property\n    def x(self): ...\n    @x.setter\n    def x(self, y): ...\n"
        "    @x.deleter\n    def x(self): ...\n",
        "@overload\ndef f(a: int): ...\n@overload\ndef f(a: str): ...\ndef f(a): ...\n",
        "@app.route('/a')\ndef f(): ...\n@app.route('/b')\ndef f(): ...\n",
        "@show.register\ndef _(a: int): ...\n@show.register\ndef _(a: str): ...\n",
        "if a:\n    def f(): ...\nelse:\n    def f(): ...\n",
        "try:\n    def f(): ...\nexcept ValueError:\n    def f(): ...\n",
        "def f(): ...\nif a:\n    def f(): ...\n",
        "def f(): ...\ng = f\ndef f(): ...\n",
        "def f(): ...\nf()\ndef f(): ...\n",
        "from library import keep\ndef f(): ...\nkeep(f)\ndef f(): ...\n",
        "def f(): ...\ng = wrapped(f)\ndef f(): ...\n",
        "def f(): ...\ndel f\ndef f(): ...\n",
        "class A: ...\nclass B(A): ...\nclass A(B): ...\n",
        "def f(): ...\n@f.command\ndef g(): ...\ndef f(): ...\n",
        "TABLE = {}\ndef f(): ...\nTABLE['a'] = f\ndef f(a): ...\n",
        "def f(): ...\ndef g(key=f): ...\ndef f(a): ...\n",
        "def f(): ...\nx = [f() for _ in range(3)]\ndef f(a): ...\n",
        "def f(): ...\nassert not f\ndef f(a): ...\n",
        "def f(): ...\nx = 1 + f.size\ndef f(a): ...\n",
        "def f(): ...\nx = a if f else b\ndef f(a): ...\n",
        "def f(): ...\nfor x in f: pass\ndef f(a): ...\n",
        "def f(): ...\nx: f = 1\ndef f(a): ...\n",
        "def f(): ...\nx = f'{f}'\ndef f(a): ...\n",
        "def f(): ...\nx = lambda: f\ndef f(a): ...\n",
        "def f(): ...\nclass A:\n    g = f\ndef f(a): ...\n",
        "def f(): ...\ndef f(a, key=f): ...\n",
        "def f(): ...\ndef f(a) -> f: ...\n",
        "def f(): ...\n@f\ndef f(a): ...\n",
        "def f(): ...\ndef use():\n    return f()\nTABLE = use()\ndef f(a): ...\n",
        "def f(): ...\nclass Use:\n    def run(self):\n        f()\nUse().run()\ndef f(a): ...\n",
        "class A:\n    def f(self): ...\n    g = property(f)\n    def f(self, a): ...\n",
        "def outer():\n    def f(): ...\n    f()\n    def f(): ...\n",
        "def f(): ...\nclass A:\n    def f(self): ...\n",
    ],
)
def test_what_is_kept_used_or_an_alternative_is_exempt(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("mark", ["attr.s", "attrs.define", "dataclasses.dataclass", "d(slots=True)"])
def test_a_data_class_is_kept_by_nobody(mark: str) -> None:
    imports = "import attr\nimport attrs\nimport dataclasses\nfrom attrs import define as d\n"
    assert len(found(imports + f"@{mark}\nclass A: ...\n\n@{mark}\nclass A: ...\n")) == 1


def test_stubs_are_exempt() -> None:
    assert found("def f(): ...\ndef f(a): ...\n", "shop/a.pyi") == []


@pytest.mark.parametrize(
    "text",
    [
        "def f(): ...\ndef use():\n    return f()\ndef f(a): ...\n",
        "def f():\n    return f\ndef f(a): ...\n",
        "def f(): ...\nx = other(y)\ndef f(a): ...\n",
        "def f(): ...\nfrom shop import g\ndef f(a): ...\n",
        "def f(): ...\nclass A:\n    def f(self): ...\ndef f(a): ...\n",
    ],
)
def test_what_nothing_reads_in_between_is_lost(text: str) -> None:
    assert [each.sites[0].location.line for each in found(text)] == [1]


@pytest.mark.parametrize(
    "mark", ["pytest.fixture", "pytest.fixture(scope='module')", "fixture", "runtime_checkable", "retry(3)"]
)
def test_more_decorators_that_keep_nothing(mark: str) -> None:
    head = (
        "import pytest\nfrom pytest import fixture\nfrom typing import runtime_checkable\nfrom tenacity import retry\n"
    )
    assert len(found(f"{head}@{mark}\ndef shelf(): ...\n\n@{mark}\ndef shelf(a): ...\n", "tests/conftest.py")) == 1


def test_a_fixture_that_a_test_above_its_second_definition_takes_is_lost() -> None:
    one = "import pytest\n\n@pytest.fixture\ndef shelf(): return 1\n\n{test}\n\n"
    other = "@pytest.fixture\ndef shelf(): return 2\n\ndef test_b(shelf): ...\n"
    for test in ("def test_a(shelf): assert shelf", "async def test_a(a, *, shelf): ...", "def use(shelf): ..."):
        assert [each.sites[0].location.line for each in found(one.format(test=test) + other, "tests/test_a.py")] == [4]
    for test in ("@given(shelf)\ndef test_a(a): ...", "SHELVES = [shelf]", "def test_a(a=shelf): ..."):
        assert found(one.format(test=test) + other, "tests/test_a.py") == []


LOGGED = "def logged(func):\n    {body}\n    def wrapper(*args):\n        return func(*args)\n    return {returned}\n"
TWICE = "@logged{call}\ndef send(to): ...\n\n@logged{call}\ndef send(to, subject): ...\n"


@pytest.mark.parametrize(
    ("body", "returned", "count"),
    [
        ("name = func.__name__", "wrapper", 1),
        ("KNOWN.append(func)", "wrapper", 0),
        ("KNOWN[func.__name__] = func", "wrapper", 0),
        ("keep(func)", "wrapper", 0),
        ("func.is_logged = True", "wrapper", 1),
        ("global LAST; LAST = func", "wrapper", 0),
        ("pass", "func", 0),
        ("pass", "keep(wrapper)", 0),
    ],
)
def test_a_decorator_of_the_project_that_only_wraps_keeps_nothing(body: str, returned: str, count: int) -> None:
    head = "from library import keep\nKNOWN = []\n" + LOGGED.format(body=body, returned=returned)
    assert len(found(head + TWICE.format(call=""))) == count


WRAPPERS = "    def one(*args): ...\n    async def other(*args): ...\n"
ONE_OR_OTHER = "one if inspect.iscoroutinefunction(func) else other"


@pytest.mark.parametrize(
    ("end", "count"),
    [
        (f"return {ONE_OR_OTHER}", 1),
        ("return one if LEVEL else other", 1),
        ("if inspect.isgeneratorfunction(func):\n        return one\n    return other", 1),
        ("return one if LEVEL else func", 0),
        ("return one if keep(func) else other", 0),
        ("return one if LEVEL else keep(other)", 0),
    ],
)
def test_a_decorator_that_chooses_among_its_wrappers_keeps_nothing(end: str, count: int) -> None:
    head = f"import inspect\nfrom library import LEVEL, keep\ndef logged(func):\n{WRAPPERS}    {end}\n"
    assert len(found(head + TWICE.format(call=""))) == count


def test_a_decorator_with_arguments_is_read_to_its_wrapper() -> None:
    inner = LOGGED.format(body="pass", returned="wrapper").replace("def logged", "def decorate").replace("\n", "\n    ")
    head = f"def logged(level):\n    {inner.rstrip()}\n    return decorate\n"
    assert len(found(head + TWICE.format(call="(3)"))) == 1
    assert found(head + TWICE.format(call="")) != []


def test_a_repeat_word_for_word_is_low() -> None:
    text = "def f(a):\n    return a\n\ndef g():\n    return 1\n\n"
    (finding,) = found(text * 2)
    assert finding.severity is Severity.LOW
    assert finding.message == "`f`, `g` stands in shop/a.py more than once, word for word: 2 repeats"
    assert finding.remedy == "Delete the repeats in shop/a.py"
    assert [(site.location.line, site.message) for site in finding.sites] == [
        (1, "the same, word for word, as the definition at :7"),
        (4, "the same, word for word, as the definition at :10"),
    ]


def test_one_snippet_in_many_files_is_one_finding() -> None:
    text = "def f(a):\n    return a\n\n" * 2
    sources = {f"tests/test_{name}.py": text for name in "abc"}
    (finding,) = findings(SilentRedefinition(), sources)
    assert finding.message == "`f` stands in 3 files more than once, word for word: 3 repeats"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("TIMEOUT = 5\nRETRIES = 2\nTIMEOUT = 10\n", 1),
        ("TIMEOUT: int = 5\nTIMEOUT: int = 10\n", 1),
        ("NAMES = ['a']\nNAMES = ['b']\n", 1),
        ("class A:\n    title = 'a'\n    size = 1\n    title = 'b'\n", 1),
        ("TIMEOUT = 5\nTIMEOUT = 5\n", 0),
        ("TIMEOUT = 5\nprint(TIMEOUT)\nTIMEOUT = 10\n", 0),
        ("TIMEOUT = 5\nTIMEOUT = TIMEOUT * 2\n", 0),
        ("TIMEOUT = None\nTIMEOUT = 10\n", 0),
        ("NAMES = []\nNAMES = ['b']\n", 0),
        ("TIMEOUT = 5\nif a:\n    TIMEOUT = 10\n", 0),
        ("timeout = 5\ntimeout = 10\n", 0),
        ("TIMEOUT = read()\nTIMEOUT = 10\n", 0),
        ("def f():\n    LIMIT = 5\n    LIMIT = 6\n", 0),
        ("from a import read\nfrom b import read\n", 1),
        ("from a import read as r\nfrom a import write as r\n", 1),
        ("from a import read\nfrom a import read\n", 0),
        ("import a.b\nimport a.c\n", 0),
        ("from a import read\nread()\nfrom b import read\n", 0),
        ("try:\n    from a import read\nexcept ImportError:\n    from b import read\n", 0),
        ("from a import *\nfrom b import *\n", 0),
        ("from camel.agents.chat_agent import ChatAgent\nfrom camel.agents import ChatAgent\n", 0),
        ("from a import Read\nfrom a.b.c import Read\n", 0),
        ("from a.b import read as r\nfrom a import read as r\n", 0),
        ("from a.b import read\nfrom a.bc import read\n", 1),
        ("from a.b import read as r\nfrom a import write as r\n", 1),
        ("from os import path\nfrom os.path import join as path\n", 1),
    ],
)
def test_constants_and_imports_count_where_they_are_other_things(text: str, count: int) -> None:
    assert len(found(text)) == count


def test_two_paths_to_one_thing_are_no_two_things() -> None:
    sources = {"shop/__init__.py": "from shop.a import f\n", "shop/a.py": "def f(): ...\n"}
    user = "from shop import f\nfrom shop.a import f\n"
    assert findings(SilentRedefinition(), sources | {"shop/b.py": user}) == []


def test_what_a_replaced_method_takes_with_it() -> None:
    (finding,) = found(
        "class Mailer:\n"
        "    def image(self, path):\n        if self.kind is Kind.S3:\n            return fetch(path)\n"
        "        return read(path)\n\n"
        "    def image(self, path):\n        if self.kind == 's3':\n            return fetch(path)\n"
        "        return read(path)\n"
    )
    assert finding.message == (
        "`Mailer.image` is defined twice in shop/a.py: the one at :7 silently replaces :2; 1 of the 3 lines at :2 is "
        "not in it"
    )


def test_a_constant_is_deleted_without_reading() -> None:
    (finding,) = found("INFO = 0\nINFO = 'info'\n")
    assert finding.remedy == "Delete `INFO` at shop/a.py:1, or give it a name of its own if it was meant to take effect"


@pytest.mark.parametrize(
    "other", ["from pydantic.fields import List", "from shop.types import List", "from libcst import List"]
)
def test_the_import_from_where_a_name_is_defined_stays(other: str) -> None:
    (finding,) = found(f"from typing import List, Optional\n{other}\nx: List[int] = []\n")
    assert finding.home is not None
    assert (finding.home.location.line, finding.home.reason) == (1, "it is defined there, the other only passes it on")
    assert finding.message == "`List` is imported twice in shop/a.py: the one at :2 silently replaces :1"
    assert finding.remedy == "Delete the import of `List` at shop/a.py:2: the one at :1 is where it is from"
    assert [(site.location.line, site.message) for site in finding.sites] == [
        (2, "passes the name on, and replaces the import from where it is defined")
    ]


@pytest.mark.parametrize(
    "own",
    [
        "class Any: ...\n",
        "from library import thing as Any\n",
        "Any = object()\n",
        "from library import declare\n\ndeclare('Any', globals())\n",
    ],
)
def test_a_module_that_has_its_own_thing_of_that_name_does_not_pass_it_on(own: str) -> None:
    files = {"shop/__init__.py": "", "shop/sets.py": own}
    text = "from typing import Any, Union\nfrom shop.sets import Any\nx = Any\n"
    (finding,) = findings(SilentRedefinition(), {**files, "shop/a.py": text})
    (site,) = finding.sites
    assert site.location.line == 1
    assert site.fix is not None
    assert not site.fix.edits


def test_a_module_that_takes_it_from_there_passes_it_on() -> None:
    files = {"shop/__init__.py": "", "shop/sets.py": "from typing import Any\n"}
    (finding,) = findings(
        SilentRedefinition(), {**files, "shop/a.py": "from typing import Any\nfrom .sets import Any\n"}
    )
    assert [site.location.line for site in finding.sites] == [2]


def test_a_stray_import_of_another_thing_goes() -> None:
    (finding,) = found("from mimetypes import common_types\nfrom qdrant import common_types\nx = common_types\n")
    assert finding.remedy.startswith("Delete `common_types` at shop/a.py:1")
    (finding,) = found("from typing import rates\nfrom shop.tariff import rates\nx = rates\n")
    assert [site.location.line for site in finding.sites] == [1]


@pytest.mark.parametrize(
    "text",
    [
        "from crewai import tool\nfrom tracing import tool\n",
        "import datetime\nfrom datetime import datetime\n",
        "LIMIT = 1\nLIMIT = 2\n",
    ],
)
def test_double_imports_and_constants_are_information_in_tests(text: str) -> None:
    assert [finding.severity for finding in found(text, "tests/test_a.py")] == [Severity.INFO]
    assert [finding.severity for finding in found(text)] == [None]


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("from boxes.win32.icon import fit\nfrom boxes.building.icon import fit\n", Severity.INFO),
        ("import wood\nfrom boxes.big import Box\nfrom boxes.plain import Box\n", Severity.INFO),
        ("from boxes import Lid as Box\nfrom boxes.plain import Box\n", None),
        ("from boxes import Box\nfrom crates import Box\n", None),
        ("from shop.tariff import rates\nfrom shop.prices import rates\n", None),
    ],
)
def test_two_paths_within_a_library_may_be_one_thing(text: str, severity: Severity | None) -> None:
    """As `normalize_icon_type` of two modules of PyInstaller in flet."""
    files = {"shop/__init__.py": "", "shop/tariff.py": "def rates(): ...\n", "shop/prices.py": "def rates(a): ...\n"}
    (finding,) = findings(SilentRedefinition(), files | {"shop/a.py": text})
    assert finding.severity is severity


@pytest.mark.parametrize("text", ["def test_a(): ...\n\ndef test_a(x): ...\n", "class A: ...\n\nclass A:\n    b = 1\n"])
def test_what_tests_define_twice_counts(text: str) -> None:
    assert [finding.severity for finding in found(text, "tests/test_a.py")] == [None]


BLOCK = "    def {name}(self, {arguments}):\n        return self.rates[{arguments}]\n\n"


def test_a_block_that_was_put_in_twice_is_one_finding() -> None:
    blocks = "".join(
        BLOCK.format(name=name, arguments=arguments) for arguments in ("a", "b") for name in ("rate", "zone", "tax")
    )
    (finding,) = found(f"class Tariff:\n{blocks}")
    assert finding.subject == "shop.a:Tariff"
    assert finding.message == (
        "3 names defined more than once in `Tariff` in shop/a.py: `rate`, `zone`, `tax`; replaced are :2 by :11, :5 by "
        ":14, :8 by :17"
    )
    assert finding.remedy == (
        "Decide for each of `rate`, `zone`, `tax` in `Tariff` in shop/a.py which one is meant: Python uses the last. "
        "Give the others names of their own, or keep what is right of them and delete them"
    )
    assert [(site.symbol, site.location.line, site.message) for site in finding.sites] == [
        ("shop.a:Tariff.rate", 2, "never takes effect: replaced by the definition at :11"),
        ("shop.a:Tariff.zone", 5, "never takes effect: replaced by the definition at :14"),
        ("shop.a:Tariff.tax", 8, "never takes effect: replaced by the definition at :17"),
    ]


def test_each_class_and_the_module_have_findings_of_their_own() -> None:
    twice = "".join(BLOCK.format(name="rate", arguments=name) for name in "ab")
    both = found(f"class Tariff:\n{twice}\nclass Rates:\n{twice}")
    assert sorted(finding.subject for finding in both) == ["shop.a:Rates.rate", "shop.a:Tariff.rate"]
    (finding,) = found("A = 1\nB = 1\nA = 2\nB = 2\n")
    assert (finding.subject, len(finding.sites)) == ("shop.a", 2)
    assert finding.message.startswith("2 names defined more than once in shop/a.py: `A`, `B`; replaced are :1 by :3")
    mixed = found("from a import x\nfrom b import x\nA = 1\nA = 2\n")
    assert len(mixed) == 2


@pytest.mark.parametrize(
    "path",
    [
        "tests/resources/name_collisions.py",
        "shop/deprecated/train.py",
        "meta_tpl_deprecated/train.py",
        "tests/data/a.py",
    ],
)
def test_what_is_only_kept_is_left_alone_until_something_imports_it(path: str) -> None:
    twice = "def rate(): return 1\n\ndef rate(a): return a\n"
    assert found(twice, path) == []
    name = path.removesuffix(".py").replace("/", ".")
    user = {"shop/__init__.py": "", path: twice, "tests/test_a.py": f"import {name}\n", "shop/a.py": f"import {name}\n"}
    assert len(findings(SilentRedefinition(), user)) == 1


SIGNALS = {
    "app/__init__.py": "",
    "app/libs.py": "",
    "app/web.py": "app = object()\n",
    **{f"{name}/__init__.py": "" for name in "abc"},
    **{f"{name}/listeners.py": "" for name in "abc"},
}


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("import app.libs\nfrom app.web import app\nprint(app)\n", Severity.INFO),
        ("import a.listeners\nfrom app.web import app as a\nprint(a)\n", Severity.INFO),
        ("from a import listeners\nfrom b import listeners\nfrom c import listeners\n", Severity.INFO),
        ("from a import listeners\nfrom b import listeners\n", None),
        ("import a as listeners\nfrom b import listeners\nprint(listeners)\n", None),
    ],
)
def test_what_is_imported_for_its_effect_takes_effect(text: str, severity: Severity | None) -> None:
    sources = {**SIGNALS, "shop/__init__.py": "", "shop/main.py": text}
    assert [finding.severity for finding in findings(SilentRedefinition(), sources)] == [severity]


@pytest.mark.parametrize(
    ("first", "severity"),
    [
        ("def __init__(self):\n        pass", Severity.LOW),
        ('def __init__(self):\n        """Make one."""\n        pass', Severity.LOW),
        ("def __init__(self, a): ...", Severity.LOW),
        ("def __init__(self, a):\n        self.a = a", None),
        ("def __init__(self):\n        print(1)", None),
    ],
)
def test_a_constructor_that_does_nothing_is_no_great_loss(first: str, severity: Severity | None) -> None:
    (finding,) = found(f"class Tariff:\n    {first}\n\n    def __init__(self, zone):\n        self.zone = zone\n")
    assert finding.severity is severity


def test_a_method_or_test_that_is_to_come_is_a_loss() -> None:
    (finding,) = found("class Tariff:\n    def rate(self):\n        pass\n\n    def rate(self, a):\n        return a\n")
    assert finding.severity is None


@pytest.mark.parametrize(
    ("later", "count"),
    [("from . import annotations", 0), ("from shop import annotations", 0), ("annotations = {}", 0)],
)
def test_what_comes_from_the_future_is_never_replaced(later: str, count: int) -> None:
    sources = {"shop/__init__.py": "", "shop/annotations.py": "x = 1\n"}
    text = f"from __future__ import annotations\n{later}\nprint(annotations)\n"
    assert len(findings(SilentRedefinition(), {**sources, "shop/a.py": text})) == count
