from __future__ import annotations

import pytest

from tests.unit.extract.parsing import parse


def parts(key: str, before: str = "pass") -> tuple[str, ...]:
    (fact,) = parse(f"TABLE = {{}}\ndef f(user, kind, *, session):\n    {before}\n    TABLE[{key}] = 1\n").mutations
    return fact.key_parts


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("user", ("user",)),
        ("user.id", ("user.id",)),
        ("(user.id, kind)", ("user.id", "kind")),
        ("f'{user.id}:{kind}'", ("user.id", "kind")),
        ("'a' + str(user.id)", ("user.id",)),
        ("'{}-{}'.format(user, kind)", ("user", "kind")),
        ("user.name.lower()", ("user.name",)),
        ("make(user, kind)", ("user", "kind")),
        ("current_user()", ("current_user",)),
        ("session['user_id']", ("session.user_id",)),
        ("session.get('user_id')", ("session.user_id",)),
        ("user or kind", ("user", "kind")),
        ("type(user)", ()),
        ("len(user)", ()),
        ("'user'", ()),
        ("1", ()),
    ],
)
def test_what_a_key_is_made_of(key: str, expected: tuple[str, ...]) -> None:
    assert parts(key) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("key = f'{user.id}:{kind}'", ("user.id", "kind")),
        ("key = str(user.id)", ("user.id",)),
        ("key = user.id", ("key", "user.id")),
        ("key = decode(session)", ("key", "session")),
        ("key = 'all'", ()),
        ("key = user; key = kind", ("key",)),
        ("for key in kind: pass", ("key",)),
        ("key = key + user", ("key", "user")),
    ],
)
def test_local_variables(before: str, expected: tuple[str, ...]) -> None:
    assert parts("key", before) == expected


def test_a_dict_that_is_merged_in() -> None:
    (fact,) = parse("TABLE = {}\ndef f(user):\n    TABLE.update({user.id: 1, **user})\n").mutations
    assert fact.key_parts == ("user.id",)


def test_a_huge_key_is_cut() -> None:
    assert len(parts("(" + ", ".join(f"user.a{number}" for number in range(1000)) + ")")) == 8


def test_a_method_that_is_handed_over_counts_as_called() -> None:
    source = "TABLE = {}\ndef f(task, user):\n    task.then(TABLE.pop, user.id)\n    task.then(TABLE.update)\n"
    (fact,) = parse(source).mutations
    assert (fact.target, fact.operation, fact.key_parts) == ("TABLE", "pop", ("user.id",))


def test_what_is_put_in() -> None:
    first, second = parse("TABLE = {}\ndef f(x):\n    TABLE[1] = []\n    TABLE.setdefault(2, x)\n").mutations
    assert [fact.value and fact.value.kind.name for fact in (first, second)] == ["LIST", "NAME"]


def test_a_new_object_is_one_of_its_class() -> None:
    source = (
        "class A:\n    def __new__(cls):\n        it = super().__new__(cls)\n        it.rows = {}\n        return it\n"
    )
    (fact,) = parse(source).mutations
    assert (fact.target, fact.key) == ("cls()", "rows")


def test_the_options_of_a_value() -> None:
    facts = parse("x = A() if b else None\ny = a or B\nz = 1\n")
    texts = [[(each.kind.name, each.text) for each in fact.value.options] for fact in facts.bindings if fact.value]
    assert texts == [[("CALL", "A"), ("NONE", "")], [("NAME", "a"), ("NAME", "B")], []]
