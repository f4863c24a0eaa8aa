from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.model.report import JudgedFinding
from ssot_lint.testing import findings, scan_of
from ssot_rules.definitions.drifted_mirror import DriftedMirror
from ssot_rules.definitions.duplicate_accessor import DuplicateAccessor
from ssot_rules.definitions.duplicate_class import DuplicateClass
from ssot_rules.definitions.duplicate_function import DuplicateFunction
from ssot_rules.definitions.duplicate_method import DuplicateMethod
from ssot_rules.definitions.near_duplicate_function import NearDuplicateFunction
from ssot_rules.definitions.renamed_class import RenamedClass
from ssot_rules.definitions.renamed_copy import RenamedCopy
from ssot_rules.scan.unused_suppression import UnusedSuppression

FEED = """class OrderFeed:
    def __init__(self, session):
        self.session = session
        self.orders = []

    def read(self, order):
        reply = self.session.get("/order", order)
        reply.check()
        self.orders.append(reply.order)
        return reply.order
"""
PARCELS = FEED.replace("Order", "Parcel").replace("order", "parcel")
NOTE = "# ssot-lint: mirrors shop.a:OrderFeed [Order->Parcel, order->parcel]\n"
DRIFTED = PARCELS.replace("        reply.check()\n", "")
COPIED = '[tool.ssot-lint]\nmirror-comments = ["Copied from {target}( with {renames})?"]\n'


def found(copy: str, home: str = FEED) -> list[Finding]:
    return findings(DriftedMirror(), {"shop/__init__.py": "", "shop/a.py": home, "shop/b.py": copy})


def scanned(copy: str, home: str = FEED, settings: str = COPIED) -> list[JudgedFinding]:
    sources = {"shop/__init__.py": "", "shop/a.py": home, "shop/b.py": copy, "pyproject.toml": settings}
    return scan_of(sources, [DriftedMirror, DuplicateClass, RenamedClass, UnusedSuppression])


def test_a_declared_copy_that_lacks_a_line_has_drifted() -> None:
    (finding,) = found(NOTE + DRIFTED)
    assert finding.subject == "shop.b:ParcelFeed"
    assert finding.message == (
        "`ParcelFeed` is declared a copy of `shop.a:OrderFeed` and no longer agrees with it: "
        "lacks 1 line of the original; other signature of `read`"
    )
    assert finding.remedy == (
        "Copy shop/a.py:1 over to shop/b.py:2 again, with the renames that the comment names, or the other way round "
        "if the copy is right; if the two part on purpose, delete the comment"
    )
    assert finding.home is not None
    assert finding.home.symbol == "shop.a:OrderFeed"
    assert finding.evidence["missing_lines"] == 1


def test_what_agrees_after_the_renames_is_no_finding_of_any_rule() -> None:
    assert scanned(NOTE + PARCELS) == []
    assert [each.rule.code for each in scanned(PARCELS)] == ["SSOT105"]


def test_a_drifted_copy_is_one_finding() -> None:
    assert [each.rule.code for each in scanned(NOTE + DRIFTED)] == ["SSOT160"]


@pytest.mark.parametrize(
    "note",
    [
        "# Copied from shop.a.OrderFeed with Order->Parcel, order->parcel\n",
        "# Copied from shop.a.OrderFeed with Order->Parcel all-casing\n",
        "@mark\n# unrelated\n# Copied from shop.a.OrderFeed with Order->Parcel,order->parcel\n",
    ],
)
def test_a_convention_can_be_read(note: str) -> None:
    head = "def mark(cls):\n    return cls\n" if "@" in note else ""
    note = note.replace("@mark\n", "") + ("@mark\n" if head else "")
    assert scanned(f"{head}{note}{PARCELS}") == []
    assert [each.rule.code for each in scanned(f"{head}{note}{DRIFTED}")] == ["SSOT160"]


def test_without_the_setting_a_convention_means_nothing() -> None:
    note = "# Copied from shop.a.OrderFeed with Order->Parcel, order->parcel\n"
    assert [each.rule.code for each in scanned(note + PARCELS, settings="[tool.ssot-lint]\n")] == ["SSOT105"]


@pytest.mark.parametrize(
    ("renames", "copy"),
    [
        ("Order->Parcel, order->Parcel", FEED.replace("Order", "Parcel").replace("order", "Parcel")),
        ("Order->Parcel, order->reply", FEED.replace("Order", "Parcel").replace("order", "reply")),
        ("Order->Parcel, OrderFeed->ParcelFeed", FEED.replace("Order", "Parcel")),
    ],
    ids=["two names that became one", "a name that was there", "a name in a name"],
)
def test_renames_that_cannot_be_undone_for_certain_are_no_drift(renames: str, copy: str) -> None:
    note = f"# ssot-lint: mirrors shop.a:OrderFeed [{renames}]\n"
    assert found(note + copy) == []
    (finding,) = found(note + copy.replace("        reply.check()\n", ""))
    assert finding.evidence["missing_lines"] == 1


def test_methods_and_functions_are_copies_too() -> None:
    home = "class A:\n    def read(self, key):\n        value = self.get(key)\n        return value\n"
    note = "    # ssot-lint: mirrors shop.a:A.read\n"
    copy = home.replace("class A:\n", f"class B:\n{note}")
    assert found(copy, home) == []
    (finding,) = found(copy.replace("self.get(key)", "self.get(key, 1)"), home)
    assert finding.message.endswith("lacks 1 line of the original; has 1 line of its own")


def test_comments_and_formatting_are_no_drift() -> None:
    assert found(NOTE + PARCELS.replace("    def read", "    # of one parcel\n    def read")) == []


def test_attributes_of_others_are_renamed_as_well() -> None:
    home = "def f(x):\n    y = x.order.total\n    return y\n"
    copy = "# ssot-lint: mirrors shop.a:f [x.order->x.parcel]\n" + home.replace("order", "parcel")
    assert found(copy, home) == []


@pytest.mark.parametrize(
    "copy",
    [
        NOTE + DRIFTED.replace("    def read", "    # Ignore copy\n    def read"),
        NOTE.replace("shop.a:", "library.a:") + DRIFTED,
        "# Mirrors what orders do.\n" + DRIFTED,
        NOTE + "\n" + DRIFTED,  # not directly above
    ],
)
def test_what_cannot_be_compared_is_not_judged(copy: str) -> None:
    assert found(copy) == []


def test_a_target_that_is_gone_is_an_idle_comment() -> None:
    (judged,) = [
        each for each in scanned(NOTE.replace("OrderFeed", "OldFeed") + PARCELS) if each.rule.code != "SSOT105"
    ]
    assert judged.rule.code == "SSOT002"
    assert judged.finding.message == (
        "shop/b.py: `ParcelFeed` is declared a copy of `shop.a:OldFeed`, which is not there"
    )


def test_a_declaration_above_no_definition_is_a_mistake() -> None:
    assert [each.rule.code for each in scanned("# ssot-lint: mirrors shop.a:OrderFeed\nX = 1\n")] == ["SSOT002"]


FUNCTIONS = [DriftedMirror, DuplicateAccessor, DuplicateFunction, DuplicateMethod, NearDuplicateFunction, RenamedCopy]
MASK = """def get_mask(address):
    mask = address.get("mask")
    if mask:
        return mask
    prefix = address.get("prefix")
    if prefix:
        return mask_of(int(prefix))
    raise ValueError(address)
"""
METHOD = MASK.replace("address", "self", 1).replace("\n", "\n    ").rstrip()


@pytest.mark.parametrize(
    ("copy", "target"),
    [
        (MASK.replace('    prefix = address.get("prefix")\n', ""), "get_mask"),
        (MASK, "get_mask"),
        (MASK.replace("get_mask", "read_mask").replace("address", "entry"), "get_mask"),
        (f"class Copy:\n    # ssot-lint: mirrors shop.a:Owner.get_mask\n    {METHOD}\n", ""),
        (f"class Copy:\n    {METHOD}\n", "Owner"),
    ],
)
def test_no_rule_asks_to_merge_a_declared_copy(copy: str, target: str) -> None:
    home = f"class Owner:\n    {METHOD}\n" if copy.startswith("class") else MASK
    note = f"# ssot-lint: mirrors shop.a:{target} [get_mask->read_mask, address->entry]\n" if target else ""
    sources = {"shop/__init__.py": "", "shop/a.py": home, "shop/b.py": note + copy}
    assert [each.rule.code for each in scan_of(sources, FUNCTIONS) if each.rule.code != "SSOT160"] == []
    plain = {**sources, "shop/b.py": copy.replace("    # ssot-lint: mirrors shop.a:Owner.get_mask\n", "")}
    assert scan_of(plain, FUNCTIONS) != []


OWNER = """class Owner:
    @property
    def mask(self):
        if self._mask is None:
            return ""
        return str(self._mask)

    @mask.setter
    def mask(self, value):
        self._mask = value
        self.note(value)
"""


@pytest.mark.parametrize(
    ("old", "new", "count"),
    [
        ("    @property\n", "    @property\n    {note}\n", 0),
        ("    @mask.setter\n", "    {note}\n    @mask.setter\n", 0),
        (
            '    @property\n    def mask(self):\n        if self._mask is None:\n            return ""\n',
            "    {note}\n    @property\n    def mask(self):\n",
            1,
        ),
        ("        self._mask = value\n", "", 0),
    ],
)
def test_a_getter_is_held_against_the_getter_and_a_setter_against_the_setter(old: str, new: str, count: int) -> None:
    """As the properties of tokenizers, of which getters were told to be other setters."""
    copy = OWNER.replace("Owner", "Copy").replace(old, new.replace("{note}", "# ssot-lint: mirrors shop.a:Owner.mask"))
    assert len(found(copy, OWNER)) == count


def test_a_setter_that_drifted_is_told() -> None:
    note = "    # ssot-lint: mirrors shop.a:Owner.mask\n    @mask.setter\n"
    copy = OWNER.replace("Owner", "Copy").replace("    @mask.setter\n", note).replace("        self.note(value)\n", "")
    (finding,) = found(copy, OWNER)
    assert "lacks 1 line of the original" in finding.message
