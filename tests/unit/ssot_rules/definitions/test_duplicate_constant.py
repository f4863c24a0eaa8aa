from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.definitions.duplicate_constant import DuplicateConstant

FIELDS = 'ADDRESS_FIELDS = ("name", "street", "city")\n'


def found(sources: dict[str, str]) -> list[Finding]:
    return findings(DuplicateConstant(), {"shop/__init__.py": "", "depot/__init__.py": ""} | sources)


def test_a_constant_that_is_written_down_twice() -> None:
    sources = {"shop/a.py": FIELDS, "shop/b.py": FIELDS, "shop/c.py": "from shop.b import ADDRESS_FIELDS\n"}
    (finding,) = found(sources)
    assert finding.subject == "ADDRESS_FIELDS"
    assert finding.message == (
        "constant `ADDRESS_FIELDS` is written down in 2 modules: keep shop/b.py, imported by 1 module"
    )
    assert finding.remedy == (
        "Keep `ADDRESS_FIELDS` in shop/b.py. Write `from shop.b import ADDRESS_FIELDS` in shop/a.py."
    )
    assert [(site.symbol, site.message) for site in finding.sites] == [
        ("shop.a:ADDRESS_FIELDS", "the value of `shop.b:ADDRESS_FIELDS` again")
    ]
    assert finding.evidence["text"] == ["shop/b.py:1 ADDRESS_FIELDS", "shop/a.py:1 ADDRESS_FIELDS"]


def test_what_two_modules_have_in_common_is_one_finding() -> None:
    more = FIELDS + 'SECRET_TEXT = "[SECRET_TEXT]"\n'
    (finding,) = found({"shop/a.py": more, "shop/b.py": more})
    assert finding.subject == "ADDRESS_FIELDS, SECRET_TEXT"
    assert [site.symbol for site in finding.sites] == ["shop.b:ADDRESS_FIELDS", "shop.b:SECRET_TEXT"]


@pytest.mark.parametrize(
    ("value", "near", "far"),
    [
        ("3600", 0, 0),
        ("60 * 60 * 24 * 365", 0, 0),
        ("'utf-8'", 0, 0),
        ("'langchain'", 1, 0),
        ("'dataframe_split'", 1, 1),
        ("'one text of ' 'two literals'", 1, 1),
        ("[]", 0, 0),
        ("('a', 'b')", 0, 0),
        ("{'a', 'b', 'c'}", 1, 1),
        ("{'a': 1, 'b': 2, 'c': [3]}", 1, 1),
        ("frozenset({1, 2, 3})", 1, 1),
        ("re.compile(r'\\d+')", 0, 0),
        ("re.compile(r'cred_[a-z]+')", 1, 1),
        ("tuple(open('fields'))", 0, 0),
        ("(NAME, STREET, CITY)", 0, 0),
        ("True", 0, 0),
    ],
)
def test_what_may_be_equal_by_chance_is_exempt(value: str, near: int, far: int) -> None:
    text = f"import re\nRULE_TEXT = {value}\n"
    assert len(found({"shop/a.py": text, "shop/b.py": text})) == near
    assert len(found({"shop/a.py": text, "depot/b.py": text})) == far


def test_other_values_conditions_and_second_bindings_are_exempt() -> None:
    assert found({"shop/a.py": FIELDS, "shop/b.py": FIELDS.replace("city", "zip")}) == []
    assert found({"shop/a.py": FIELDS, "shop/b.py": f"import sys\nif sys.flags:\n    {FIELDS}"}) == []
    assert found({"shop/a.py": FIELDS, "shop/b.py": FIELDS + "ADDRESS_FIELDS = load()\n"}) == []


def test_one_word_says_too_little() -> None:
    assert found({f"shop/{name}.py": FIELDS.replace("ADDRESS_FIELDS", "FIELDS") for name in "ab"}) == []


def test_settings_plugins_editions_and_programs_apart_are_exempt() -> None:
    assert found({"shop/settings/dev.py": FIELDS, "shop/settings/live.py": FIELDS}) == []
    other = FIELDS.replace("city", "zip")
    assert found({"shop/a/formats.py": FIELDS, "shop/b/formats.py": FIELDS, "shop/c/formats.py": other}) == []
    assert len(found({f"shop/{place}.py": FIELDS for place in ("a/formats", "a/texts", "b/formats", "c/d")})) == 1
    beside = {f"shop/{name}/formats.py": other for name in "abc"} | {
        "shop/a/formats.py": FIELDS,
        "shop/a/old.py": FIELDS,
    }
    assert len(found(beside)) == 1
    private = {f"shop/{name}/formats.py": f"_{FIELDS}" for name in "abc"}
    assert len(found(private)) == 1
    assert found({"shop/limits.py": FIELDS, "paid/shop/limits.py": FIELDS, "paid/__init__.py": ""}) == []
    apart = {f"{name}/pyproject.toml": f"[project]\nname = '{name}'\n" for name in ("one", "two")}
    assert found(apart | {"one/one_a.py": FIELDS, "two/two_b.py": FIELDS}) == []


def test_generated_code_and_tests_are_exempt() -> None:
    for path in ("shop/b_pb2.py", "tests/test_b.py"):
        assert found({"shop/a.py": FIELDS, path: FIELDS}) == []
