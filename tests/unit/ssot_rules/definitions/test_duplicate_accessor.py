from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.definitions.duplicate_accessor import DuplicateAccessor

ONE = "def {name}(store):\n    store.open()\n    return store.session()\n"
OTHER = "def {name}(url, retries=3):\n    return [url.connect(each) for each in range(retries)]\n"
A, B = ONE.format(name="get_session"), OTHER.format(name="get_session")


def found(**modules: str) -> list[Finding]:
    return findings(
        DuplicateAccessor(), {"shop/__init__.py": ""} | {f"shop/{name}.py": text for name, text in modules.items()}
    )


def test_two_accessors_of_one_name() -> None:
    (finding,) = found(a=A, b=B, c="from shop.b import get_session\n")
    assert finding.subject == "get_session"
    assert finding.message == ("accessor `get_session` is defined in 2 modules: keep shop/b.py, imported by 1 module")
    assert finding.remedy == (
        "Keep `shop.b:get_session` and write `from shop.b import get_session` in shop/a.py, or give the functions "
        "there names that say what sets them apart"
    )
    assert [site.message for site in finding.sites] == [
        "another function than `shop.b:get_session`; other signature: `get_session(store)`, "
        "not `get_session(url, retries=3)`"
    ]


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
    ],
)
def test_accessors_are_known_by_their_verb(name: str, count: int) -> None:
    assert len(found(a=ONE.format(name=name), b=OTHER.format(name=name))) == count


def test_decorated_and_conditional_functions_are_exempt() -> None:
    assert found(a=A, b=f"from library import route\n\n@route\n{B}") == []
    assert found(a=A, b="import sys\nif sys.flags:\n    " + B.replace("\n", "\n    ").rstrip() + "\n") == []


def test_who_returns_what_the_namesake_returns_is_exempt() -> None:
    wrapper = "from shop import a\n\ndef get_session(store):\n    return a.get_session(store)\n"
    assert found(a=A, b=wrapper) == []
    assert found(a=A, b="def get_session(user):\n    return user.backend.get_session()\n") == []
    assert found(a=A, b=wrapper.replace("return a", "store.check()\n    return a")) == []
    assert len(found(a=A, b=wrapper.replace("return a", "session = a") + "    return session.begun()\n")) == 1


def test_implementations_behind_a_front_are_exempt() -> None:
    front = (
        "from shop.a import get_session as local_session\nfrom shop.b import get_session as remote_session\n\n"
        "def get_session(store):\n    choice = remote_session if store.url else local_session\n"
        "    return choice(store)\n"
    )
    assert found(a=A, b=B, front=front) == []


def test_modules_to_choose_from_are_exempt() -> None:
    chooser = (
        "def engine(fast):\n    if fast:\n        from shop import a as it\n"
        "    else:\n        from shop import b as it\n    return it\n"
    )
    assert found(a=A, b=B, chooser=chooser) == []


def test_hooks_siblings_and_parallel_folders_are_exempt() -> None:
    def at(*paths: str) -> list[Finding]:
        texts = {path: (A, B, A.replace("open", "close"))[place % 3] for place, path in enumerate(paths)}
        return findings(DuplicateAccessor(), texts)

    assert at("shop/a/cli.py", "shop/b/c/cli.py", "shop/b/c/d/cli.py") == []
    assert at("shop/north/api.py", "shop/south/api.py") == []
    assert at(*(f"shop/kinds/{name}.py" for name in "abcde")) == []
    assert len(at(*(f"shop/kinds/{name}.py" for name in "abcd"))) == 1


def test_accessors_of_other_packages_that_take_and_return_other_things_are_exempt() -> None:
    def at(one: str, other: str, place: str = "depot/b.py") -> int:
        sources = {"shop/__init__.py": "", "depot/__init__.py": "", "shop/a.py": one, place: other}
        return len(findings(DuplicateAccessor(), sources))

    session, lease = A.replace("):", ") -> Session:"), B.replace("):", ") -> list[Lease]:")
    assert at(session, lease) == 0
    assert at(session, lease, place="shop/b.py") == 1
    assert at(session, B) == 1
    assert at(session, B.replace("):", ") -> Session:")) == 1
    assert at(session, lease.replace("url, retries=3", "store")) == 1


def test_only_those_that_may_be_taken_for_another_are_reported() -> None:
    third = "def get_session(name: str) -> Film:\n    return films(name)\n"
    one, other = A.replace("):", ") -> Session:"), B.replace("):", ") -> list[Lease]:")
    sources = {"shop/a.py": one, "shop/b.py": other, "cinema/c.py": third}
    (finding,) = findings(DuplicateAccessor(), sources)
    assert (
        finding.message
        == "accessor `get_session` is defined in 2 modules: keep shop/a.py, first by name, all else equal"
    )


def test_copies_are_reported_by_their_own_rule_only() -> None:
    copy = "def get_session(a):\n    b = a.b\n    if b:\n        b.open()\n        b.lock()\n    return b\n"
    assert found(a=copy, b=copy) == []
    (finding,) = found(a=copy, b=copy, c=B)
    assert [site.symbol for site in finding.sites] == ["shop.c:get_session"]


def test_two_programs_may_have_an_accessor_each() -> None:
    sources = {f"{name}/pyproject.toml": f"[project]\nname = '{name}'\n" for name in ("one", "two")}
    sources |= {"one/src/app/__init__.py": "", "two/src/app/__init__.py": ""}
    assert findings(DuplicateAccessor(), sources | {"one/src/app/a.py": A, "two/src/app/b.py": B}) == []
