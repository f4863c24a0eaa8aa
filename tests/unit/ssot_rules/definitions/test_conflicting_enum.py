from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.definitions.conflicting_enum import ConflictingEnum
from ssot_rules.definitions.divergent_enum import DivergentEnum

ENUM = "from enum import Enum\n\nclass OrderState(Enum):\n    OPEN = {}\n    PAID = {}\n    SENT = {}\n"


def found(*texts: str) -> list[Finding]:
    return findings(
        ConflictingEnum(), {"shop/__init__.py": ""} | {f"shop/m{n}.py": text for n, text in enumerate(texts)}
    )


def test_other_values_of_common_members() -> None:
    (finding,) = found(ENUM.format("'open'", "'paid'", "3"), ENUM.format("'OPEN'", "'paid'", "0x4"))
    assert finding.message == (
        "enum `OrderState` is defined in 2 modules with other values for `OPEN`, `SENT`: none of them is the home yet"
    )
    assert finding.remedy == (
        "Move `OrderState` to a module that all can import "
        "(a new one in `shop`, say) and import it from there in shop/m0.py, shop/m1.py. "
        "Decide on one set of values there and migrate what was stored or sent under the others; if the values belong "
        "to another system, let the name say so."
    )
    assert [site.message for site in finding.sites] == [
        "3 of 3 members are those of `shop.m0:OrderState`; other value of `OPEN` ('OPEN', not 'open'), "
        "`SENT` (4, not 3)"
    ]


def test_without_one_equal_value_it_may_be_the_language_of_another_system() -> None:
    (partly,) = found(ENUM.format("'open'", "'paid'", "'sent'"), ENUM.format("'open'", "'paid'", "'shipped'"))
    (wholly,) = found(ENUM.format("'open'", "'paid'", "'sent'"), ENUM.format("'OPEN'", "'PAID'", "'SENT'"))
    assert (partly.severity, wholly.severity) == (None, Severity.INFO)


@pytest.mark.parametrize(
    ("values", "severity"),
    [
        (("'OPEN'", "'PAID'", "'SENT'"), Severity.INFO),
        (("'O'", "'P'", "'S'"), Severity.INFO),
        (("'open'", "2", "3"), None),
    ],
)
def test_drivers_in_parallel_folders_speak_the_language_of_what_they_drive(
    values: tuple[str, str, str], severity: Severity | None
) -> None:
    sources = {
        "shop/motors/north/tables.py": ENUM.format("'open'", "'paid'", "'sent'"),
        "shop/motors/south/tables.py": ENUM.format(*values),
    }
    assert [each.severity for each in findings(ConflictingEnum(), sources)] == [severity]


@pytest.mark.parametrize(
    ("path", "values", "severity"),
    [
        ("shop/aws/orders/tables.py", ("'OPEN'", "'PAID'", "'SENT'"), Severity.INFO),
        ("shop/orders/aws/states.py", ("'Open'", "'Paid'", "'Sent'"), Severity.INFO),
        ("aws/shop/orders/states.py", ("'OPEN'", "'PAID'", "'SENT'"), Severity.INFO),
        ("shop/aws/orders/tables.py", ("'OPEN'", "'paid'", "'sent'"), None),
        ("shop/billing/states.py", ("'OPEN'", "'PAID'", "'SENT'"), Severity.INFO),
    ],
)
def test_a_back_end_in_a_folder_more_spells_values_its_own_way(
    path: str, values: tuple[str, str, str], severity: Severity | None
) -> None:
    sources = {"shop/orders/tables.py": ENUM.format("'open'", "'paid'", "'sent'"), path: ENUM.format(*values)}
    assert [each.severity for each in findings(ConflictingEnum(), sources)] == [severity]


@pytest.mark.parametrize(
    ("more", "others"),
    [
        ("    NOTICE = 'notice'\n", "    TRACE = 'TRACE'\n"),
        ("    NOTICE = 'notice'\n", ""),
        ("", "    TRACE = 'TRACE'\n"),
    ],
)
def test_two_vocabularies_may_have_members_of_their_own_each(more: str, others: str) -> None:
    first = ENUM.format("'open'", "'paid'", "'sent'") + more
    second = ENUM.format("'OPEN'", "'PAID'", "'SENT'") + others
    assert [each.severity for each in found(first, second)] == [Severity.INFO]


def test_equal_numbers_in_other_forms_are_no_conflict() -> None:
    assert found(ENUM.format("1", "2", "0x10"), ENUM.format("1", "2", "16")) == []


def test_a_copy_of_one_side_is_a_site_too() -> None:
    one, other = ENUM.format("1", "2", "3"), ENUM.format("1", "2", "4")
    (finding,) = found(one, other, other)
    assert [site.symbol for site in finding.sites] == ["shop.m1:OrderState", "shop.m2:OrderState"]


def test_one_common_member_may_be_a_coincidence() -> None:
    other = "from enum import Enum\n\nclass OrderState(Enum):\n    OPEN = 7\n    LATE = 8\n"
    assert found(ENUM.format("1", "2", "3"), other) == []
    sources = {"shop/__init__.py": "", "shop/a.py": ENUM.format("1", "2", "3"), "shop/b.py": other}
    assert len(findings(DivergentEnum(), sources)) == 1


def divergent(*texts: str) -> list[Finding]:
    sources = {f"shop/m{n}.py": text for n, text in enumerate(texts)}
    return findings(DivergentEnum(), {"shop/__init__.py": ""} | sources)


def test_numbers_for_words_are_another_language() -> None:
    texts = ENUM.format("'open'", "'paid'", "'sent'"), ENUM.format("1", "2", "3")
    assert found(*texts) == []
    assert len(divergent(*texts)) == 1


def test_one_equal_value_makes_other_types_a_conflict() -> None:
    (finding,) = found(ENUM.format("'open'", "'paid'", "'sent'"), ENUM.format("'open'", "2", "3"))
    assert finding.severity is None


def test_enums_that_a_module_translates_are_meant_to_differ() -> None:
    texts = ENUM.format("'open'", "'paid'", "'sent'"), ENUM.format("'OPEN'", "'PAID'", "'SENT'")
    border = "from shop.a import OrderState\nfrom shop.b import OrderState as Wire\n"
    sources = {"shop/__init__.py": "", "shop/a.py": texts[0], "shop/b.py": texts[1]}
    assert findings(ConflictingEnum(), sources | {"shop/c.py": border}) == []
    assert len(findings(ConflictingEnum(), sources | {"shop/pack/__init__.py": border})) == 1


def test_two_services_conflict_only_where_the_enums_are_nearly_one() -> None:
    sources = {f"{name}/app/__init__.py": "" for name in ("alpha", "beta")}
    sources |= {f"{name}/pyproject.toml": f'[project]\nname = "{name}"\n' for name in ("alpha", "beta")}
    sources["alpha/app/states.py"] = ENUM.format("'open'", "'paid'", "'sent'")
    sources["beta/app/states.py"] = ENUM.format("'open'", "'paid'", "'shipped'")
    assert findings(ConflictingEnum(), sources) == []


def test_an_edition_that_lies_over_another_may_differ() -> None:
    sources = {f"{folder}/__init__.py": "" for folder in ("shop", "paid", "paid/shop")}
    sources["shop/states.py"] = ENUM.format("'open'", "'paid'", "'sent'")
    sources["paid/shop/states.py"] = ENUM.format("'open'", "'paid'", "'shipped'")
    assert findings(ConflictingEnum(), sources) == []


def variants(base: str, *names: str) -> dict[str, str]:
    """Modules with an enum and a class each, the classes on the ``Env`` that ``base`` imports."""
    values = ENUM.format("1", "2", "3"), ENUM.format("1", "2", "4")
    return {"shop/__init__.py": "", "shop/base.py": "class Env:\n    pass\n"} | {
        f"shop/{name.lower()}.py": f"{base}\n{text}\n\nclass {name}(Env):\n    pass\n"
        for name, text in zip(names, values, strict=True)
    }


@pytest.mark.parametrize("names", [("Grid4Env", "Grid5Env"), ("EnvV1", "EnvV2"), ("Desk", "Desk2")])
def test_numbered_variants_have_an_enum_each(names: tuple[str, str]) -> None:
    sources = variants("from shop.base import Env", *names)
    assert findings(ConflictingEnum(), sources) == []
    assert len(findings(DivergentEnum(), sources)) == 1


def test_without_a_number_or_a_base_of_the_project_there_are_no_variants() -> None:
    assert len(findings(ConflictingEnum(), variants("from shop.base import Env", "GridEnv", "DeskEnv"))) == 1
    assert len(findings(ConflictingEnum(), variants("from gym import Env", "Grid4Env", "Grid5Env"))) == 1


def test_a_variant_that_extends_the_other_is_to_use_its_enum() -> None:
    sources = variants("from shop.base import Env", "Grid4Env", "Grid5Env")
    sources["shop/grid5env.py"] = sources["shop/grid5env.py"].replace(
        "shop.base import Env", "shop.grid4env import Grid4Env as Env"
    )
    assert len(findings(ConflictingEnum(), sources)) == 1


@pytest.mark.parametrize(
    ("folder", "value", "severity"),
    [
        ("json_doc", "json", Severity.INFO),
        ("yaml", "YAML-", Severity.INFO),
        ("json_doc", "yaml", Severity.INFO),
        ("json_doc", "", None),
    ],
)
def test_values_that_name_their_folder_are_meant_to_differ(folder: str, value: str, severity: Severity | None) -> None:
    plain = ENUM.format("'open'", "'paid'", "'sent'")
    marked = ENUM.format(f"'{value}open'", f"'{value}paid'", f"'{value}sent'")
    sources = {"shop/__init__.py": "", "shop/common/checks/enums.py": plain, f"shop/{folder}/enums.py": marked}
    assert [each.severity for each in findings(ConflictingEnum(), sources)] == ([severity] if value else [])
