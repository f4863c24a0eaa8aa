from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from ssot_lint.init.components import MOST_COMPONENTS, propose_components
from ssot_lint.model.component import Component
from ssot_lint.model.proposal import ComponentProposal
from ssot_lint.model.report import JudgedFinding
from ssot_lint.model.source import SourceTree
from ssot_lint.project.project import Project

Read = Callable[..., tuple[SourceTree, Project, list[JudgedFinding]]]
Propose = Callable[..., tuple[ComponentProposal, ...]]


@pytest.fixture
def propose(read: Read) -> Propose:
    def proposals(sources: Mapping[str, str], components: tuple[Component, ...] = ()) -> tuple[ComponentProposal, ...]:
        _, project, findings = read(sources, components)
        return propose_components(project, findings)

    return proposals


def keeper(name: str, add: str, remove: str) -> str:
    return (
        f"class {name}:\n    def __init__(self):\n        self.connections = {{}}\n"
        f"    def {add}(self, key, thing):\n        self.connections[key] = thing\n"
        f"    def {remove}(self, key):\n        self.connections.pop(key, None)\n"
    )


SOCKETS = {
    "app/sockets/manager.py": keeper("SocketManager", "add_connection", "remove_connection")
    + "def get_socket_manager():\n    return SocketManager()\n",
    "app/sockets/unified.py": keeper("UnifiedSocketManager", "connect_user", "disconnect_user"),
    "app/chat.py": keeper("ChatPool", "register_connection", "remove_connection"),
    "app/use.py": "from app.sockets.manager import SocketManager\n",
}


def test_editions_and_responsibility_make_one_component(propose: Propose) -> None:
    (proposal,) = propose(SOCKETS)
    assert proposal.component == Component(
        name="socket-manager",
        home="app.sockets.manager:SocketManager",
        factory="app.sockets.manager:get_socket_manager",
        names=("*SocketManager",),
        methods=("add_connection", "connect_user", "register_connection", "disconnect_user", "remove_connection"),
    )
    assert proposal.reasons == {
        "home": "imported by 1 module",
        "factory": "the only function that builds it",
        "names": "2 classes in production code",
        "events": "sent under its name",
        "identity": "what `SocketManager.__init__` is given",
        "paths": "where all of it stands",
    }
    assert [line.partition(":")[0] for line in proposal.evidence[:2]] == [
        "SSOT110",
        "3 unrelated classes each keep `connection` objects, with methods to add and to remove them",
    ]


def test_events_sent_under_its_name_and_whom_it_belongs_to(propose: Propose) -> None:
    manager = SOCKETS["app/sockets/manager.py"].replace("def __init__(self", "def __init__(self, user_id=''")
    names = ("socket_manager.opened", "socket_manager_closed", "socket")
    send = "".join(f"bus.emit('{name}')\n" for name in names)
    (proposal,) = propose({**SOCKETS, "app/sockets/manager.py": manager, "app/send.py": send})
    assert proposal.component.events == names[:2]
    assert proposal.component.identity == ("user_id",)


def test_a_folder_that_holds_all_of_it_and_has_its_name_is_where_it_belongs(propose: Propose) -> None:
    (proposal,) = propose({path: text for path, text in SOCKETS.items() if path != "app/chat.py"})
    assert proposal.component.paths == ("app/sockets/**",)


def test_a_folder_with_another_name_is_not(propose: Propose) -> None:
    (proposal,) = propose(
        {path.replace("sockets", "core"): text for path, text in SOCKETS.items() if "chat" not in path}
    )
    assert proposal.component.paths == ()


def test_a_glob_never_matches_unrelated_classes(propose: Propose) -> None:
    (proposal,) = propose({**SOCKETS, "app/raw.py": "class RawSocketManager:\n    size = 1\n"})
    assert proposal.component.names == ("SocketManager", "UnifiedSocketManager")


def test_subclasses_are_no_unrelated_classes(propose: Propose) -> None:
    subclass = "from app.sockets.manager import SocketManager\nclass RawSocketManager(SocketManager):\n    size = 1\n"
    (proposal,) = propose({**SOCKETS, "app/raw.py": subclass})
    assert proposal.component.names == ("*SocketManager",)


def test_of_several_factories_none_is_declared_without_a_finding(propose: Propose) -> None:
    other = "from app.sockets.manager import SocketManager\ndef make():\n    return SocketManager()\n"
    (proposal,) = propose({**SOCKETS, "app/sockets/make.py": other})
    assert proposal.component.factory == ""


@pytest.mark.parametrize(
    "declared",
    [
        Component(name="a", home="app.sockets.manager:SocketManager"),
        Component(name="a", home="app.chat:ChatPool"),
        Component(name="a", names=("Socket*",)),
    ],
)
def test_what_is_declared_is_not_proposed(propose: Propose, declared: Component) -> None:
    assert propose(SOCKETS, (declared,)) == ()


def test_a_home_that_no_import_can_name_is_not_proposed(propose: Propose) -> None:
    assert propose({path.replace("manager", "the-manager"): text for path, text in SOCKETS.items()}) == ()


def test_two_components_of_one_title_have_two_names(propose: Propose) -> None:
    sources = {
        f"{noun}s/{name.lower()}.py": keeper(f"{name}Manager", f"add_{noun}", f"remove_{noun}")
        for noun in ("agent", "robot")
        for name in ("Desk", "East", "West")
    }
    assert [(each.component.name, each.component.home) for each in propose(sources)] == [
        ("desk-manager", "agents.desk:DeskManager"),
        ("desk-manager-2", "robots.desk:DeskManager"),
    ]


def test_the_clearest_ones_are_proposed_and_no_more_than_can_be_read(propose: Propose) -> None:
    body = "    def __init__(self):\n        self.a = 1\n        self.b = 2\n        self.c = 3\n"
    names = [f"{chr(ord('A') + at)}xManager" for at in range(10)]
    editions = [*names, *(f"New{name}" for name in names), f"Unified{names[-1]}"]
    found = propose({f"app/{name}.py": f"class {name}:\n{body}" for name in editions})
    assert len(found) == MOST_COMPONENTS
    assert [each.component.name for each in found[:2]] == ["jx-manager", "ax-manager"]
