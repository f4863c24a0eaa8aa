from __future__ import annotations

import pytest

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.components.scattered_responsibility import ScatteredResponsibility

HUB = """
class Hub:
    def __init__(self):
        self.connections = {}

    def add_connection(self, user, socket):
        self.connections[user] = socket

    def remove_connection(self, user):
        self.connections.pop(user)
"""
ROOM = """
class Room:
    def __init__(self):
        self.members = []

    def add_connection(self, user, socket):
        self.members.append((user, socket))

    def remove_connection(self, user):
        self.members = [each for each in self.members if each[0] != user]
"""
METHODS = ("add_connection", "register_connection", "remove_connection")
HUB_HOME = Component(name="connections", home="chat.hub:Hub", methods=METHODS)


def found(files: dict[str, str], component: Component = HUB_HOME, plugin_root: str = "") -> list[Finding]:
    sources = {"chat/__init__.py": "", "chat/hub.py": HUB} | files
    return findings(ScatteredResponsibility(), sources, (component,), plugin_root)


def sites(files: dict[str, str], component: Component = HUB_HOME, plugin_root: str = "") -> list[str]:
    return [site.symbol for finding in found(files, component, plugin_root) for site in finding.sites]


def cls(name: str, **methods: str) -> str:
    """A class, with a container of its own, of methods given by their bodies."""
    lines = [f"class {name}:", "    def __init__(self, hub):", "        self.hub = hub", "        self.rows = []"]
    for method, body in methods.items():
        lines += [f"    def {method}(self, user):", *(f"        {line}" for line in body.splitlines())]
    return "\n".join(lines) + "\n"


def test_a_class_that_does_the_homes_work_is_a_site() -> None:
    (finding,) = found({"chat/rooms/__init__.py": "", "chat/rooms/room.py": ROOM})
    assert finding.subject == "connections"
    assert finding.message == (
        "`connections` (add, remove) is implemented by 1 class in 1 folder besides its home `Hub`"
    )
    assert finding.remedy == (
        "Let chat.rooms.room:Room call chat.hub:Hub instead, and delete their own `add_connection`, `remove_connection`"
    )
    assert finding.severity is None
    assert finding.home is not None
    assert (finding.home.symbol, finding.home.reason) == ("chat.hub:Hub", "declared in the configuration")
    (site,) = finding.sites
    assert (site.symbol, site.location.line) == ("chat.rooms.room:Room", 2)
    assert site.message == "implements `add_connection`, `remove_connection` itself; keeps `members` of its own"
    assert finding.evidence == {
        "component": "connections",
        "roles": ["add", "remove"],
        "folders": ["chat/rooms"],
        "classes": [
            {
                "symbol": "chat.rooms.room:Room",
                "methods": ["add_connection", "remove_connection"],
                "containers": ["members"],
            }
        ],
        "text": [
            "chat/rooms/room.py:2 class `Room`: add_connection, remove_connection; keeps members",
            "in 1 folder: chat/rooms",
        ],
    }


@pytest.mark.parametrize("home", ["", "chat.hub:Hob", "chat.nowhere:Hub"])
def test_without_a_home_nothing_is_held_against_anyone(home: str) -> None:
    assert found({"chat/room.py": ROOM}, Component(name="connections", home=home, methods=METHODS)) == []


@pytest.mark.parametrize(
    ("methods", "expected"),
    [
        (METHODS, []),
        (("add_connection", "register_connection"), ["chat.log:Log"]),
        (("add_connection",), ["chat.log:Log"]),
        (("add_connection", "join"), []),
    ],
)
def test_two_roles_are_asked_for_and_two_methods_where_all_have_one_role(
    methods: tuple[str, ...], expected: list[str]
) -> None:
    log = cls("Log", add_connection="self.rows.append(user)", register_connection="self.rows.append(user)")
    if "join" in methods:
        log = cls("Log", add_connection="self.rows.append(user)")
    assert sites({"chat/log.py": log}, Component(name="log", home="chat.hub:Hub", methods=methods)) == expected


@pytest.mark.parametrize(
    "body",
    [
        "return self.hub.remove_connection(user)",
        "self.hub.add_connection(user)",
        "hub = current_hub()\nhub.remove_connection(user)",
        "return current_hub().remove_connection(user)",
        "return Hub.the_one().remove_connection(user)",
        "if not user:\n    raise ValueError(user)\nself.hub.remove_connection(user)",
        "return super().remove_connection(user)",
        "raise NotImplementedError('later')",
        "raise Hub(user)",
        "return None",
        "'''Nothing yet.'''",
    ],
)
def test_a_method_that_leaves_it_to_others_does_not_count(body: str) -> None:
    head = "from chat.hub import Hub\n\ndef current_hub(): return Hub()\n\n"
    text = head + cls("View", add_connection="self.rows.append(user)", remove_connection=body)
    assert sites({"chat/view.py": text}) == []


@pytest.mark.parametrize(
    "body",
    [
        "self.rows.remove(user)",
        "self.hub.remove_connection(user)\nself.rows.remove(user)",
        "self.hub.remove_connection(user)\nself.last = user",
        "return user in self.rows",
        "self.drop(user)",
        "for row in self.rows:\n    row.remove_connection(user)",
    ],
)
def test_a_method_that_does_something_itself_counts(body: str) -> None:
    text = cls("View", add_connection="self.rows.append(user)", remove_connection=body)
    assert sites({"chat/view.py": text}) == ["chat.view:View"]


def test_what_frameworks_call_does_not_count() -> None:
    text = (
        "class Api:\n"
        "    @expose('/add')\n    def add_connection(self, user):\n        return self.render(user)\n"
        "    @expose('/remove')\n    def remove_connection(self, user):\n        return self.render(user)\n"
    )
    assert sites({"chat/api.py": text}) == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("chat/more.py", "from chat.hub import Hub\n" + ROOM.replace("Room:", "Room(Hub):")),
        ("chat/more.py", ROOM.replace("Room", "FakeRoom")),
        ("chat/more.py", "try:\n    import x\nexcept ImportError:\n" + ROOM.replace("\n", "\n    ")),
        ("chat/more_pb2.py", ROOM),
        ("tests/test_room.py", ROOM),
        (
            "chat/more.py",
            "from typing import Protocol\n\nclass Any(Protocol):\n"
            "    def add_connection(self, user): ...\n    def remove_connection(self, user): ...\n",
        ),
    ],
)
def test_relatives_and_doubles_are_no_rivals(path: str, text: str) -> None:
    assert sites({path: text}) == []


def test_what_the_home_inherits_is_its_own() -> None:
    base = HUB.replace("Hub:", "Connections:")
    hub = "from chat.base import Connections\n\nclass Hub(Connections):\n    pass\n"
    both = (
        "from chat.base import Connections\n\nclass Both(Connections):\n    def register_connection(self): return 1\n"
    )
    assert sites({"chat/base.py": base, "chat/hub.py": hub, "chat/both.py": both}) == []


def test_of_a_family_of_rivals_the_first_is_a_site() -> None:
    quiet = "from chat.room import Room\n" + ROOM.replace("Room:", "QuietRoom(Room):")
    assert sites({"chat/room.py": ROOM, "chat/quiet.py": quiet}) == ["chat.room:Room"]


def test_a_class_put_together_from_halves_counts_once() -> None:
    halves = (
        cls("Adding", add_connection="self.rows.append(user)")
        + cls("Removing", remove_connection="self.rows.remove(user)")
        + "class Whole(Adding, Removing):\n    pass\n\nclass More(Whole):\n    pass\n"
    )
    assert sites({"chat/halves.py": halves}) == ["chat.halves:Whole"]


POOL = ROOM.replace("Room", "Pool")
FRONT = (
    "class Hub:\n{init}\n"
    "    def add_connection(self, user, socket):\n        {worker}.add_connection(user, socket)\n"
    "    def remove_connection(self, user):\n        {worker}.remove_connection(user)\n"
)


@pytest.mark.parametrize(
    ("init", "worker"),
    [
        ("    def __init__(self): self.pool = Pool()", "self.pool"),
        ("    def __init__(self, pool: Pool): self.pool = pool", "self.pool"),
        ("    def __init__(self, pool): self.pool: Pool | None = pool", "self.pool"),
        ("    def __init__(self): self.pool = make_pool()", "self.pool"),
        ("    pool: Pool", "self.pool"),
        ("    @property\n    def pool(self) -> Pool: return self.app.pool", "self.pool"),
        ("    def _pool(self) -> Pool: return self.app.pool", "self._pool()"),
        ("    x = 1", "make_pool()"),
        ("    x = 1", "Pool"),
    ],
)
def test_those_who_do_it_for_the_home_are_no_rivals(init: str, worker: str) -> None:
    head = "from chat.pool import Pool\n\ndef make_pool(): return Pool()\n\n"
    hub = head + FRONT.format(init=init, worker=worker)
    assert sites({"chat/pool.py": POOL, "chat/hub.py": hub, "chat/room.py": ROOM}) == ["chat.room:Room"]


def test_where_the_worker_behind_the_home_is_unknown_anyone_may_be_it() -> None:
    hub = FRONT.format(init="    def __init__(self, pool): self.pool = pool", worker="self.pool")
    assert sites({"chat/pool.py": POOL, "chat/hub.py": hub}) == []


def test_what_a_home_keeps_that_works_itself_is_part_of_it() -> None:
    hub = "from chat.pool import Pool\n" + HUB + "\n    def rest(self):\n        self.spare = Pool()\n"
    assert sites({"chat/pool.py": POOL, "chat/hub.py": hub}) == []


def test_the_home_may_be_an_instance_an_alias_or_a_function() -> None:
    component = Component(name="connections", home="chat.hub:hub", methods=METHODS)
    for last in ("hub = Hub()\n", "hub = Hub\n", "def hub():\n    return Hub()\n"):
        assert sites({"chat/hub.py": f"{HUB}\n{last}", "chat/room.py": ROOM}, component) == ["chat.room:Room"]


def test_plug_ins_keep_to_themselves() -> None:
    files = {"chat/plugins/a/hub.py": HUB, "chat/plugins/b/room.py": ROOM}
    component = Component(name="connections", home="chat.plugins.a.hub:Hub", methods=METHODS)
    assert sites(files | {"chat/hub.py": ""}, component, "chat/plugins/*") == []
    assert sites(files | {"chat/hub.py": ""}, component) == ["chat.plugins.b.room:Room"]


def test_each_component_has_a_finding_of_its_own() -> None:
    files = {"chat/__init__.py": "", "chat/hub.py": HUB, "chat/room.py": ROOM}
    other = Component(name="again", home="chat.room:Room", methods=METHODS)
    result = findings(ScatteredResponsibility(), files, (HUB_HOME, other))
    assert [(each.subject, [site.symbol for site in each.sites]) for each in result] == [
        ("again", ["chat.hub:Hub"]),
        ("connections", ["chat.room:Room"]),
    ]


@pytest.mark.parametrize(
    ("methods", "names", "expected"),
    [
        (("open", "close"), (), []),
        (("async_open", "close"), (), []),
        (("open", "close"), ("*Pool",), ["chat.pool:BasePool"]),
        (("open", "close"), ("SpecialPool",), ["chat.pool:SpecialPool"]),
        (("open", "close", "drop_user"), (), ["chat.pool:BasePool"]),
    ],
)
def test_bare_verbs_count_in_classes_that_are_called_so(
    methods: tuple[str, ...], names: tuple[str, ...], expected: list[str]
) -> None:
    bodies = dict.fromkeys(methods, "self.rows.append(user)")
    text = cls("BasePool", **bodies) + "\nclass SpecialPool(BasePool):\n    pass\n"
    component = Component(name="pool", home="chat.hub:Hub", methods=methods, names=names)
    assert sites({"chat/pool.py": text}, component) == expected


def test_what_only_inherits_from_an_ancestor_of_the_home_does_nothing() -> None:
    base = HUB.replace("Hub:", "Connections:")
    use = "from chat.base import Connections\n\n"
    hub = use + "class Hub(Connections):\n    def add_connection(self, user): return user\n"
    other = use + "class Plain(Connections):\n    limit = 3\n"
    assert sites({"chat/base.py": base, "chat/hub.py": hub, "chat/plain.py": other}) == []
