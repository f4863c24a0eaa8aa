from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.definitions.duplicate_accessor import DuplicateAccessor

ONE = "def {name}(store, key=None):\n    store.open()\n    return store.session(key)\n"
OTHER = "def {name}(store, key=None):\n    return [store.connect(each) for each in range(3)]\n"
A, B = ONE.format(name="get_session"), OTHER.format(name="get_session")


def at(**sources: str) -> list[Finding]:
    return findings(DuplicateAccessor(), {path.replace("__", "/") + ".py": text for path, text in sources.items()})


def found(**modules: str) -> list[Finding]:
    return findings(
        DuplicateAccessor(), {"shop/__init__.py": ""} | {f"shop/{name}.py": text for name, text in modules.items()}
    )


def test_two_accessors_of_one_name() -> None:
    user = "from shop.b import get_session\n"
    (finding,) = found(a=A, b=B, c=user, e=user, d="import shop.a\nshop.a.get_session()\n")
    assert finding.subject == "get_session"
    assert finding.message == ("accessor `get_session` is defined in 2 modules: keep shop/b.py, imported by 2 modules")
    assert finding.remedy == (
        "Keep `get_session` in shop/b.py. Write `from shop.b import get_session` in shop/a.py, or let the name of the "
        "function there say what sets it apart."
    )
    assert [site.message for site in finding.sites] == ["another function than `shop.b:get_session`"]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("create_app", 1),
        ("is_open", 1),
        ("ensure_index", 1),
        ("initialize_store", 1),
        ("get", 0),
        ("getter_of", 0),
        ("_get_session", 0),
        ("list_orders", 0),
        ("issue_label", 0),
        ("init_app", 0),
        ("build_parser", 0),
        ("load_tests", 0),
        ("get_prefix", 0),
    ],
)
def test_accessors_are_known_by_their_verb_and_hooks_by_their_name(name: str, count: int) -> None:
    assert len(found(a=ONE.format(name=name), b=OTHER.format(name=name))) == count


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("()", "()", 0),
        ("(store)", "(store)", 0),
        ("(store, key=None)", "(store, key)", 1),
        ("(store, key)", "(store, name)", 0),
        ("() -> dict", "() -> dict", 0),
        ("(store, key) -> dict", "(store, key) -> Dict[str, Any]", 1),
        ("(store, key) -> dict", "(store, key) -> typing.Optional[List[int]]", 0),
        ("(store, key) -> Any", "(store, key) -> int", 1),
        ("(store, key) -> int | str", "(store, key) -> int", 0),
        ("() -> Session", "() -> Session", 1),
        ("() -> Session", '() -> "Session | None"', 1),
        ("() -> Session", "() -> SubSession", 1),
        ("() -> Session", "() -> Lease", 0),
        ("(store) -> Session", "(store, key) -> Session", 1),
        ("(store) -> Session", "(lorry) -> Session", 0),
        ("() -> Engine", "() -> Engine", 0),
        ("(*args, **kwargs)", "(*args, **kwargs)", 0),
        ("(store, key, *args, **kwargs)", "(store, key, *args, **kwargs)", 0),
    ],
)
def test_more_than_the_name_has_to_be_alike(one: str, other: str, count: int) -> None:
    text = (
        "from shop.kinds import Lease, Session, SubSession\nfrom library import Engine\n\n"
        "def get_session{signature}:\n    {line}\n    return found()\n"
    )
    kinds = "class Session:\n    a = 1\n\nclass SubSession(Session):\n    b = 1\n\nclass Lease:\n    c = 1\n"
    modules = {
        "a": text.format(signature=one, line="found = first()"),
        "b": text.format(signature=other, line="found = second"),
    }
    assert len(found(kinds=kinds, **modules)) == count


def test_equal_lines_are_alike() -> None:
    one = "def is_none(value):\n    return value is None\n"
    assert len(found(a=one, b=one)) == 1
    assert found(a=one, b=one.replace("is None", "== 0")) == []
    longer = "def is_none(value):\n    value = value.strip()\n    value.check()\n    return value == {end}\n"
    assert len(found(a=longer.format(end=1), b=longer.format(end=2))) == 1


def test_equal_text_that_means_other_things_is_not_alike() -> None:
    text = "def row():\n    return {value}\n\ndef get_row():\n    return row()\n"
    assert len(found(a=text.format(value=1), b=text.format(value=1))) == 1
    assert found(a=text.format(value=1), b=text.format(value=2)) == []


def test_what_is_constructed_tells_what_is_returned() -> None:
    kinds = "class Session:\n    a = 1\n\nclass Lease:\n    c = 1\n"
    text = "from shop.kinds import Lease, Session\n\ndef get_session():\n    {line}\n    return {product}\n"
    one = text.format(line="first()", product="Session()")
    assert len(found(kinds=kinds, a=one, b=text.format(line="second", product="Session()"))) == 1
    assert found(kinds=kinds, a=one, b=text.format(line="second", product="Lease()")) == []


def test_decorated_and_conditional_functions_are_exempt() -> None:
    assert found(a=A, b=f"from library import route\n\n@route\n{B}") == []
    assert found(a=A, b="import sys\nif sys.flags:\n    " + B.replace("\n", "\n    ").rstrip() + "\n") == []


def test_who_calls_the_namesake_is_exempt() -> None:
    wrapper = "from shop import a\n\ndef get_session(store, key=None):\n    return a.get_session(store)\n"
    assert found(a=A, b=wrapper) == []
    assert found(a=A, b="def get_session(store, key=None):\n    return store.backend.get_session()\n") == []
    assert found(a=A, b=wrapper.replace("return a", "store.check()\n    return a")) == []
    assert found(a=A, b=wrapper.replace("return a", "session = a") + "    return session.begun()\n") == []


def test_wrappers_are_exempt_if_they_wrap_one_thing() -> None:
    wrapper = "import lib.{lib} as it\n\ndef get_session(store, key=None):\n    return it.get_session(store)\n"
    other = "import lib.b as that\n\ndef get_session(store, key=None):\n    return that.get_session(store, key)\n"
    assert found(a=wrapper.format(lib="a"), b=wrapper.format(lib="a")) == []
    assert len(found(a=wrapper.format(lib="a"), b=other)) == 1


def test_implementations_behind_a_front_are_exempt() -> None:
    front = (
        "from shop.a import get_session as local_session\nfrom shop.b import get_session as remote_session\n\n"
        "def get_session(store, key=None):\n    choice = remote_session if store.url else local_session\n"
        "    return choice(store)\n"
    )
    assert found(a=A, b=B, front=front) == []


def test_modules_to_choose_from_are_exempt() -> None:
    chooser = (
        "def engine(fast):\n    if fast:\n        from shop import a as it\n"
        "    else:\n        from shop import b as it\n    return it\n"
    )
    assert found(a=A, b=B, chooser=chooser) == []


def test_what_a_loader_asks_for_is_exempt() -> None:
    loader = "from importlib import import_module\n\ndef load(name):\n    return {lookup}\n"
    assert found(a=A, b=B, c=loader.format(lookup='getattr(import_module(name), "get_session")')) == []
    assert found(a=A, b=B, c=loader.format(lookup='fetch("shop.a:get_session")')) == []
    assert len(found(a=A, b=B, c=loader.format(lookup='getattr(import_module(name), "get_lease")'))) == 1


def test_editions_are_exempt() -> None:
    assert at(shop__limits=A, paid__shop__limits=B, paid____init__="") == []
    assert len(at(shop__limits=A, paid__shop__other=B, paid____init__="")) == 1


def test_three_of_a_folder_or_of_one_place_in_folders_are_plugins_two_are_not() -> None:
    texts = {"a": A, "b": B, "c": A.replace("open", "close")}
    assert at(shop__a__cli=A, shop__b__c__cli=B, shop__b__c__d__cli=texts["c"]) == []
    assert len(at(shop__north__api=A, shop__south__api=B)) == 1
    assert at(shop__north__api=A, shop__south__api=B, shop__west__api=texts["c"], depot__api=A) == []
    assert at(**{f"shop__kinds__{name}": text for name, text in texts.items()}) == []
    decorated = f"from library import beta\n\n@beta\n{A}"
    assert at(shop__north__api=A, shop__south__api=B, shop__west__api=decorated) == []
    assert len(at(shop__kinds__a=A, shop__kinds__b=B)) == 1


def test_only_those_that_may_be_taken_for_another_are_reported() -> None:
    third = "def get_session(name: str) -> Film:\n    return films(name)\n"
    (finding,) = at(shop__a=A, shop__b=B, cinema__c=third)
    assert [site.symbol for site in finding.sites] == ["shop.b:get_session"]


def test_copies_are_reported_by_their_own_rule_only() -> None:
    copy = "def get_session(a):\n    b = a.b\n    if b:\n        b.open()\n        b.lock()\n    return b\n"
    assert found(a=copy, b=copy) == []
    close = copy.replace("b.lock()", "b.close()").replace("b.open()", "b.start()")
    (finding,) = at(shop__a=copy, shop__b=copy, depot__c=close)
    assert [site.symbol for site in finding.sites] == ["shop.a:get_session"]


def test_two_programs_may_have_an_accessor_each() -> None:
    sources = {f"{name}/pyproject.toml": f"[project]\nname = '{name}'\n" for name in ("one", "two")}
    apart = sources | {"one/src/app/__init__.py": "", "two/src/app/__init__.py": ""}
    assert findings(DuplicateAccessor(), apart | {"one/src/app/a.py": A, "two/src/app/b.py": B}) == []
    assert findings(DuplicateAccessor(), sources | {"one/one_a.py": A, "two/two_b.py": B}) == []


CLIENT = "class Client:\n    pass\n"


def test_it_is_information_however_much_is_alike() -> None:
    assert DuplicateAccessor.severity is Severity.INFO
    assert [finding.severity for finding in at(shop__a__rates=A, shop__rates=B)] == [None]


def test_two_registries_behind_one_call_are_scored() -> None:
    one = "TABLE = {}\ndef get_rate(name, limit=None):\n    TABLE[name] = limit\n    return TABLE\n"
    other = "board = Board()\ndef get_rate(name, limit=None):\n    return board.take(name).found(limit)\n"
    assert [finding.severity for finding in at(shop__a__rates=one, shop__b__marks=other)] == [Severity.MEDIUM]
    for changed in (other.replace("=None", "=1"), other.replace("Board()", "'rates'")):
        assert [finding.severity for finding in at(shop__a__rates=one, shop__b__marks=changed)] == [None]
    assert [finding.severity for finding in at(shop__a__rates=one, shop__a__marks=other)] == [None]


@pytest.mark.parametrize(
    ("table", "severity"),
    [
        ("ENDS = ['.yml']\n", None),
        ("ENDS = frozenset(('.yml', '.json'))\n", None),
        ("ENDS = {'.yml': 1}\n", None),
        ("ENDS = []\n", Severity.MEDIUM),
        ("ENDS = ['.yml']\nENDS.append('.json')\n", Severity.MEDIUM),
        ("ENDS = Store()\n", Severity.MEDIUM),
        ("ends = ['.yml']\n", Severity.MEDIUM),
    ],
)
def test_constants_that_a_module_reads_are_no_registry(table: str, severity: Severity | None) -> None:
    body = "def get_files(folder, limit=None):\n    for each in walk(folder):\n        print(each, ENDS, limit)\n"
    body = body if "ENDS" in table else body.replace("ENDS", "ends")
    other = body.replace("print(each", "print(folder")
    assert [each.severity for each in at(shop__a__k8=table + body, shop__b__arm=table + other)] == [severity]


def test_the_remedy_says_that_arguments_differ() -> None:
    body = "    html = render(doc)\n    text = embed(html)\n    return written(text, {})\n"
    one = "def create_pdf(doc, css):\n" + body.format(1)
    other = "def create_pdf(css, doc, event):\n" + body.format(2)
    use = "from shop.a import create_pdf\n"
    (finding,) = found(a=one, b=other, c=use, d=use, e="from shop.b import create_pdf\n")
    assert finding.severity is None
    assert finding.remedy == (
        "Keep `create_pdf` in shop/a.py. Write `from shop.a import create_pdf` in shop/b.py, or let the name of the "
        "function there say what sets it apart. Adapt the calls: the parameters are not the same."
    )


def test_a_function_of_another_name_that_all_import_is_the_home() -> None:
    body = "(length):\n    found = letters(length)\n    return ''.join(found)\n"
    head = "from shop.util import letters\n"
    util = f"def letters(length):\n    return 'a' * length\ndef get_random_suffix{body}"
    sources = dict.fromkeys("ab", f"{head}def get_random_string{body}")
    (finding,) = found(**sources, util=util)
    assert finding.remedy == (
        "Write `from shop.util import get_random_suffix` in shop/a.py, shop/b.py and call that: "
        "`shop.util:get_random_suffix` has the same body, and all of them import its module already."
    )
    (finding,) = found(**sources, util=util.replace("join(found)", "join(found[1:])"))
    assert "get_random_suffix" not in finding.remedy


FREE = "def {head}:\n    plan = org.plan or 'free'\n    return plan in FREE_PLANS\n"
PAID = "def {head}:\n    if org is None:\n        return True\n    return not org.tools\n"


@pytest.mark.parametrize(
    ("head", "other", "count"),
    [
        ("is_free_tier_org(org)", "is_free_tier_org(org)", 1),
        ("is_free_org(org: Org) -> bool", "is_free_org(org) -> bool", 1),
        ("resolve_org_handle(org)", "resolve_org_handle(org)", 1),
        ("get_free_org_plan(org, plan=None)", "get_free_org_plan(org, plan=None)", 1),
        ("is_org(org)", "is_org(org)", 0),
        ("is_free_tier(org)", "is_free_tier(org)", 0),
        ("is_free_org(org)", "is_free_org(org, *, strict=False)", 0),
        ("is_free_org(org) -> bool", "is_free_org(org) -> str", 0),
        ("is_free_org(org)", "async is_free_org(org)", 0),
    ],
)
def test_accessors_that_say_by_their_name_of_what_they_are_asked(head: str, other: str, count: int) -> None:
    text = PAID.format(head=other).replace("def async", "async def")
    result = found(a=FREE.format(head=head), b=text)
    assert [each.severity for each in result] == [None] * count
