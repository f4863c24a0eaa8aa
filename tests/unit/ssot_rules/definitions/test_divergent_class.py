from __future__ import annotations

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.definitions.divergent_class import DivergentClass
from ssot_rules.definitions.related_class import RelatedClass

FORM = """
class {name}Field:
    widget = "input"

    def clean(self, value):
        if not value:
            raise ValueError("{name}")
        return value.strip()
"""
COLUMN = """
class {name}Field:
    def __init__(self, length):
        self.length = length
        self.default = "{name}"

    def column(self):
        return self.length
"""


def fields(template: str, *names: str) -> str:
    return "".join(template.format(name=name) for name in names)


def found(sources: dict[str, str], *components: Component) -> list[Finding]:
    return findings(DivergentClass(), {"clinic/__init__.py": ""} | sources, components)


def test_one_name_for_two_things_is_an_inventory() -> None:
    (finding,) = found({"clinic/forms.py": fields(FORM, "Text"), "clinic/storage.py": fields(COLUMN, "Text")})
    assert finding.subject == "TextField"
    assert finding.severity is None
    assert DivergentClass.severity is Severity.INFO
    assert finding.message == (
        "class `TextField` is defined in 2 modules (2 different): keep clinic/forms.py, first by name, all else equal"
    )
    assert finding.remedy == (
        "Keep `TextField` in clinic/forms.py. Give `TextField` in clinic/storage.py a name that says what it is, "
        "or mark it `# ssot-lint: distinct[SSOT104] reason`."
    )
    assert [site.message for site in finding.sites] == [
        "another class than `clinic.forms:TextField` (0% of the lines are the same); lacks `clean`, `widget`; "
        "adds `__init__`, `column`"
    ]


def test_a_components_name_matters() -> None:
    component = Component(name="fields", names=("Text*",))
    sources = {"clinic/forms.py": fields(FORM, "Text"), "clinic/storage.py": fields(COLUMN, "Text")}
    assert [each.severity for each in found(sources, component)] == [Severity.MEDIUM]


def test_a_name_that_is_an_alias_elsewhere_matters() -> None:
    sources = {"clinic/forms.py": fields(FORM, "Text"), "clinic/storage.py": fields(COLUMN, "Text")}
    alias = "from clinic.rows import Row\nTextField = Row\n"
    sources |= {"clinic/rows.py": "class Row:\n    length = 3\n", "clinic/old.py": alias}
    assert [each.severity for each in found(sources)] == [Severity.MEDIUM]


def test_mirror_modules_are_one_finding() -> None:
    names = ("Date", "Phone", "Text")
    sources = {
        "clinic/forms.py": fields(FORM, *names),
        "clinic/storage.py": fields(COLUMN, *names),
        "clinic/app.py": "from clinic.storage import TextField\n",
    }
    (finding,) = found(sources)
    assert finding.subject == "clinic.forms and clinic.storage"
    assert finding.message == (
        "clinic/storage.py and clinic/forms.py define 3 classes of the same names as different "
        "things: `DateField`, `PhoneField`, `TextField`"
    )
    assert finding.home is not None
    assert finding.home.symbol == "clinic.storage:TextField"
    assert [site.symbol for site in finding.sites] == [f"clinic.forms:{name}Field" for name in names]
    assert finding.evidence["names"] == ["DateField", "PhoneField", "TextField"]


def test_two_shared_names_are_no_mirror() -> None:
    sources = {"clinic/forms.py": fields(FORM, "Date", "Text"), "clinic/storage.py": fields(COLUMN, "Date", "Text")}
    assert [each.subject for each in found(sources)] == ["DateField", "TextField"]


def test_a_related_name_joins_the_mirror() -> None:
    names = ("Date", "Phone", "Text")
    related = 'class HourField:\n    widget = "input"\n    lower = 1\n    upper = {upper}\n    step = {upper}.5\n'
    sources = {
        "clinic/forms.py": fields(FORM, *names) + related.format(upper=2),
        "clinic/storage.py": fields(COLUMN, *names) + related.format(upper=3),
    }
    (finding,) = found(sources)
    assert finding.evidence["names"] == ["DateField", "HourField", "PhoneField", "TextField"]
    assert findings(RelatedClass(), sources) == []


def test_a_name_with_a_third_meaning_stays_out_of_the_mirror() -> None:
    names = ("Date", "Phone", "Text", "Hour")
    third = "class TextField:\n    a = 1\n    b = 2\n    c = 3\n"
    sources = {
        "clinic/forms.py": fields(FORM, *names),
        "clinic/storage.py": fields(COLUMN, *names),
        "clinic/third.py": third,
    }
    assert [each.subject for each in found(sources)] == ["TextField", "clinic.forms and clinic.storage"]


def test_a_components_name_stays_out_of_the_mirror() -> None:
    names = ("Date", "Phone", "Text", "Hour")
    sources = {"clinic/forms.py": fields(FORM, *names), "clinic/storage.py": fields(COLUMN, *names)}
    component = Component(name="fields", names=("TextField",))
    assert [(each.subject, each.severity) for each in found(sources, component)] == [
        ("TextField", Severity.MEDIUM),
        ("clinic.forms and clinic.storage", None),
    ]


def test_one_word_names_and_small_bodies_say_nothing() -> None:
    page = FORM.replace("{name}Field", "Page"), COLUMN.replace("{name}Field", "Page")
    assert found({"clinic/a.py": page[0], "clinic/b.py": page[1]}) == []
    small = "class TextField:\n    length = 3\n    unit = 4\n"
    assert found({"clinic/a.py": fields(FORM, "Text"), "clinic/b.py": small}) == []


def test_a_name_that_most_modules_of_one_file_name_have_is_a_convention() -> None:
    alias = "from clinic.rows import Row\nTextField = Row\n"
    known = {"clinic/rows.py": "class Row:\n    length = 3\n", "clinic/old.py": alias, "clinic/sub/__init__.py": ""}
    places = dict(zip(("orders", "bills", "sub/mails"), (FORM, COLUMN, FORM.replace("strip", "lower")), strict=True))
    inits = {f"clinic/{place}/__init__.py": "" for place in places}
    alike = {f"clinic/{place}/fields.py": fields(template, "Text") for place, template in places.items()}
    assert Severity.MEDIUM not in [each.severity for each in found(known | inits | alike)]
    apart = {path.replace("fields", f"f{number}"): text for number, (path, text) in enumerate(alike.items())}
    assert Severity.MEDIUM in [each.severity for each in found(known | inits | apart)]
