from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.imports.ambiguous_name import AmbiguousName

SHOP = {
    "shop/__init__.py": "",
    "shop/session.py": "class Session:\n    def close(self): ...\n",
    "shop/memory.py": "class MemorySession:\n    def rollback(self): ...\n",
}


def found(extra: dict[str, str]) -> list[Finding]:
    return findings(AmbiguousName(), SHOP | extra)


def test_an_assignment_gives_a_name_a_second_meaning() -> None:
    (finding,) = found({"shop/memory.py": SHOP["shop/memory.py"] + "Session = MemorySession\n"})
    assert finding.subject == "Session"
    assert finding.message == "`Session` means 2 different classes, depending on where it is imported from"
    assert finding.remedy == (
        "Leave the name to shop.session:Session: delete the alias in shop.memory and import "
        "`MemorySession` from shop.memory where it is meant"
    )
    assert finding.home is not None
    assert finding.home.symbol == "shop.session:Session"
    (site,) = finding.sites
    assert (site.location.path, site.location.line) == ("shop/memory.py", 3)
    assert site.message == "here `Session` is shop.memory:MemorySession, not shop.session:Session"
    assert finding.evidence["meanings"] == ["shop.session:Session", "shop.memory:MemorySession"]


def test_so_does_a_renaming_import_that_others_import() -> None:
    api = {"shop/api.py": "from shop.memory import MemorySession as Session\n"}
    assert found(api) == []
    (finding,) = found(api | {"shop/user.py": "from shop.api import Session\n"})
    assert [site.symbol for site in finding.sites] == ["shop.api:Session"]


def test_so_does_one_that_is_listed() -> None:
    (finding,) = found({"shop/api.py": "from shop.memory import MemorySession as Session\n__all__ = ['Session']\n"})
    assert [site.location.line for site in finding.sites] == [1]


@pytest.mark.parametrize(
    "text",
    [
        "from shop.memory import MemorySession\nif flag():\n    Session = MemorySession\n",
        "import other\nSession = other.Session\n",
        "from shop.memory import MemorySession\nSession = wrap(MemorySession)\n",
        "from shop.memory import MemorySession\nScratch = MemorySession\n",
        "from shop.memory import MemorySession\nSESSION = MemorySession\n",
    ],
    ids=["condition", "outside", "call", "no such class", "constant"],
)
def test_other_assignments_do_not(text: str) -> None:
    assert found({"shop/api.py": text}) == []


def test_a_class_replaced_in_its_own_module_has_one_meaning() -> None:
    text = "class Session: ...\nclass Traced: ...\nSession = Traced\n"
    assert findings(AmbiguousName(), {"shop/__init__.py": "", "shop/session.py": text}) == []


def test_the_same_class_by_two_paths_has_one_meaning() -> None:
    text = "from shop.session import Session as Base\nSession = Base\n"
    assert found({"shop/api.py": text}) == []


def test_test_doubles_have_the_name_they_like() -> None:
    text = "class Fake: ...\nSession = Fake\n"
    assert found({"tests/__init__.py": "", "tests/doubles.py": text}) == []


def test_two_programs_have_names_of_their_own() -> None:
    sources = {
        "services/a/pyproject.toml": "[project]\nname = 'a'\n",
        "services/a/app/__init__.py": "",
        "services/a/app/session.py": "class Session: ...\n",
        "services/b/pyproject.toml": "[project]\nname = 'b'\n",
        "services/b/app/__init__.py": "",
        "services/b/app/session.py": "class Traced: ...\nSession = Traced\n",
    }
    assert findings(AmbiguousName(), sources) == []


def test_a_module_on_its_way_out_keeps_the_old_name() -> None:
    text = "from shop.memory import MemorySession as Session\n__all__ = ['Session']\n"
    assert found({"shop/deprecated/__init__.py": text}) == []


@pytest.mark.parametrize(
    ("use", "count"),
    [
        ("session.Session()\nmemory.Session()\n", 0),
        ("memory.Session()\n", 0),
        ("session.Session()\nmemory.MemorySession()\n", 1),
        ("from shop.memory import Session\nsession.Session()\nmemory.Session()\n", 1),
    ],
)
def test_names_that_are_always_read_with_their_module_are_told_apart(use: str, count: int) -> None:
    memory = SHOP["shop/memory.py"] + "Session = MemorySession\n"
    assert len(found({"shop/memory.py": memory, "shop/user.py": "from shop import memory, session\n" + use})) == count


RIVALS = {
    "shop/__init__.py": "",
    "shop/shared.py": "class SharedHub: ...\n",
    "shop/hub.py": "from shop.shared import SharedHub\nHub = SharedHub\n",
    "shop/remote.py": "class RemoteHub: ...\nHub = RemoteHub\n",
    "shop/chat.py": "from shop.hub import Hub\n",
    "shop/mail.py": "from shop.hub import Hub\n",
    "shop/video.py": "from shop.remote import Hub\n",
}


def rivals(extra: dict[str, str]) -> list[Finding]:
    return findings(AmbiguousName(), RIVALS | extra)


def test_no_class_needs_to_bear_the_name() -> None:
    (finding,) = rivals({})
    assert finding.message == "`Hub` means 2 different classes, depending on where it is imported from"
    assert finding.remedy == (
        "Leave the name to shop.hub:Hub, which is shop.shared:SharedHub: delete the alias in shop.remote and import "
        "`RemoteHub` from shop.remote where it is meant"
    )
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == ("shop.hub:Hub", "imported from there by 2 modules")
    assert [site.symbol for site in finding.sites] == ["shop.remote:Hub"]


def test_a_framework_may_ask_for_the_name_in_many_files() -> None:
    plugins = {f"shop/{name}/__init__.py": "" for name in "abc"}
    plugins |= {f"shop/{name}/plugin.py": f"class Own{name}: ...\nPlugin = Own{name}\n" for name in "abc"}
    users = {f"shop/use_{name}.py": f"from shop.{name}.plugin import Plugin\n" for name in "abc"}
    assert found(plugins | users) == []


def test_nobody_is_sent_to_a_private_class() -> None:
    (finding,) = rivals({"shop/remote.py": "class _Remote: ...\nHub = _Remote\n"})
    assert finding.remedy.endswith(
        "delete the alias in shop.remote and give shop.remote:_Remote a public name of its own"
    )


@pytest.mark.parametrize(
    "extra",
    [
        {"shop/video.py": ""},
        {"shop/video.py": "from shop.remote import Hub as Remote\n"},
        {"shop/video.py": "from shop import remote\nremote.Hub()\n"},
        {"shop/remote.py": "from shop.hub import SharedHub\nHub = SharedHub\n"},
    ],
    ids=["not taken", "renamed", "told apart by module", "one meaning"],
)
def test_names_for_the_module_itself_are_no_rivals(extra: dict[str, str]) -> None:
    assert rivals(extra) == []


@pytest.mark.parametrize(
    "text",
    [
        "try:\n    from shop.memory import MemorySession as Session\nexcept ImportError:\n    Session = None\n",
        "from shop.memory import MemorySession\ntry:\n    import fast\n    Session = MemorySession\n"
        "except ImportError:\n    Session = None\n",
        "from shop.memory import *\nSession = MemorySession\n",
    ],
    ids=["import under try", "assignment under try", "of a star import"],
)
def test_aliases_in_every_form(text: str) -> None:
    (finding,) = found({"shop/api.py": text, "shop/user.py": "from shop.api import Session\n"})
    assert [site.symbol for site in finding.sites] == ["shop.api:Session"]


@pytest.mark.parametrize(
    "memory",
    [
        "class MemorySession(Session): ...\n",
        "class Kept(Session): ...\nclass MemorySession(Kept): ...\n",
        "class Mixin: ...\nclass MemorySession(Mixin, Session): ...\n",
    ],
)
def test_a_facade_may_offer_a_subclass_under_the_name_of_its_base(memory: str) -> None:
    memory = "from shop.session import Session\n" + memory
    extra = {
        "shop/memory.py": memory,
        "shop/api.py": "from shop.memory import MemorySession as Session\n__all__ = ['Session']\n",
        "shop/user.py": "from shop.api import Session\n",
    }
    assert found(extra) == []
    assert len(found(extra | {"shop/memory.py": SHOP["shop/memory.py"]})) == 1


ALIAS = {"shop/memory.py": SHOP["shop/memory.py"] + "Session = MemorySession\n"}


@pytest.mark.parametrize(
    "users",
    [
        {},
        {"shop/a.py": "from shop.session import Session\n", "shop/b.py": "from shop import memory\nmemory.Session()\n"},
        {"shop/a.py": "from shop.session import Session\n", "api/b.py": "from shop.memory import Session\n"},
        {"shop/a.py": "from shop.session import Session\n", "tests/test_b.py": "from shop.memory import Session\n"},
    ],
)
def test_what_nobody_can_mistake_is_not_scored(users: dict[str, str]) -> None:
    for finding in found(ALIAS | users):
        assert finding.severity is Severity.INFO


def test_two_meanings_in_one_package_are_scored() -> None:
    users = {"shop/a.py": "from shop.session import Session\n", "shop/b.py": "from shop.memory import Session\n"}
    (finding,) = found(ALIAS | users)
    assert finding.severity is None


BACK_ENDS = {
    "shop/__init__.py": "",
    "shop/native.py": "class NativeSocket: ...\nSocket = NativeSocket\n",
    "shop/pure.py": "class PureSocket: ...\nSocket = PureSocket\n",
    "shop/a.py": "from shop.native import Socket\nSocket()\n",
    "shop/b.py": "from shop.pure import Socket\nSocket()\n",
}
NATIVE, PURE = "from shop.native import Socket", "from shop.pure import Socket"


@pytest.mark.parametrize(
    "chooser",
    [
        f"if FAST:\n    {NATIVE}\nelse:\n    {PURE}\n",
        f"try:\n    {NATIVE}\nexcept ImportError:\n    {PURE}\n",
        f"if FAST:\n    {NATIVE}\nelif settings.pure:\n    {PURE}\nelse:\n    Socket = None\n",
        f"{PURE}\nif FAST:\n    {NATIVE}\n",
    ],
)
def test_back_ends_that_a_module_chooses_from_are_listed(chooser: str) -> None:
    (finding,) = findings(AmbiguousName(), BACK_ENDS | {"shop/socket.py": chooser})
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize("user", [PURE, f"if FAST:\n    {PURE}\n"])
def test_who_takes_one_of_them_chooses_nothing(user: str) -> None:
    (finding,) = findings(AmbiguousName(), BACK_ENDS | {"shop/socket.py": user})
    assert finding.severity is None
