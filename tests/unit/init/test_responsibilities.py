from __future__ import annotations

from collections.abc import Mapping

import pytest

from ssot_lint.init.candidate import Candidate, Sign
from ssot_lint.init.responsibilities import responsibilities
from ssot_lint.project.project import Project
from ssot_lint.project.symbols import ClassSymbol
from ssot_lint.testing import project_from


def keeper(name: str, add: str, remove: str, container: str = "connections") -> str:
    return f"""
class {name}:
    def __init__(self):
        self.{container} = {{}}

    def {add}(self, key, thing):
        self.{container}[key] = thing

    def {remove}(self, key):
        self.{container}.pop(key, None)
"""


CHAT = keeper("ChatManager", "add_connection", "remove_connection", "_connections")
NEWS = keeper("NewsService", "register_connection", "remove_connection", "active_connections")
SHOP = keeper("ShopRegistry", "add_connection", "drop_connection", "connections_by_user")


def found(sources: Mapping[str, str]) -> list[Candidate]:
    return list(responsibilities(project_from(sources), []))


def names(candidate: Candidate) -> list[str]:
    return [cls.name for cls in candidate.classes]


def test_three_unrelated_classes_that_keep_one_kind_of_thing_share_a_responsibility() -> None:
    (candidate,) = found({"app/chat.py": CHAT, "app/news.py": NEWS, "app/shop.py": SHOP, "app/x.py": "import app.news"})
    assert candidate.sign is Sign.RESPONSIBILITY
    assert names(candidate) == ["ChatManager", "NewsService", "ShopRegistry"]
    assert (candidate.home.id, candidate.title, candidate.reason) == (
        "app.news:NewsService",
        "NewsService",
        "its module is imported by 1 module",
    )
    assert candidate.methods == ("add_connection", "register_connection", "drop_connection", "remove_connection")
    assert candidate.evidence == (
        "3 unrelated classes each keep `connection` objects, with methods to add and to remove them:",
        "  app/chat.py `ChatManager` (add_connection, remove_connection)",
        "  app/news.py `NewsService` (register_connection, remove_connection)",
        "  app/shop.py `ShopRegistry` (add_connection, drop_connection)",
    )


def test_the_home_is_the_one_that_others_import() -> None:
    (candidate,) = found(
        {"app/chat.py": CHAT, "app/news.py": NEWS, "app/shop.py": SHOP, "app/x.py": "from app.shop import ShopRegistry"}
    )
    assert (candidate.home.name, candidate.reason) == ("ShopRegistry", "imported by 1 module")


def test_two_classes_are_no_proof() -> None:
    assert found({"app/chat.py": CHAT, "app/news.py": NEWS}) == []


def test_three_classes_of_one_module_are_its_own_affair() -> None:
    assert found({"app/all.py": CHAT + NEWS + SHOP}) == []


def test_classes_of_one_family_count_once() -> None:
    base = "class Base: ...\n"
    related = {
        f"app/{name}.py": "from app.base import Base\n" + source.replace(":", "(Base):", 1)
        for name, source in {"chat": CHAT, "news": NEWS, "shop": SHOP}.items()
    }
    assert found({"app/base.py": base, **related}) == []


def test_tests_do_not_count() -> None:
    assert found({"app/chat.py": CHAT, "app/news.py": NEWS, "tests/shop.py": SHOP}) == []


def test_a_class_that_passes_the_calls_on_keeps_nothing() -> None:
    client = """
class ShopClientManager:
    def add_connection(self, connection):
        self.server.add_connection(connection)

    def remove_connection(self, connection):
        self.server.remove_connection(connection)
"""
    assert found({"app/chat.py": CHAT, "app/news.py": NEWS, "app/shop.py": client}) == []


def test_things_that_have_members_of_their_own_are_no_keepers_of_all() -> None:
    rooms = {
        f"app/{name.lower()}.py": keeper(name, "add_user", "remove_user", "users") for name in ("Room", "Team", "Hall")
    }
    assert found(rooms) == []


@pytest.mark.parametrize("noun", ["listener", "callback", "cache", "item"])
def test_what_everybody_keeps_for_himself_is_no_responsibility(noun: str) -> None:
    sources = {
        f"app/{each}.py": keeper(f"{each.title()}Manager", f"add_{noun}", f"remove_{noun}", f"_{noun}s")
        for each in ("chat", "news", "shop")
    }
    assert found(sources) == []


def test_things_of_one_name_may_be_different_things() -> None:
    database = keeper("DatabaseConnectionPool", "acquire", "release")
    assert found({"app/chat.py": CHAT, "app/news.py": NEWS, "app/db.py": database}) == []


def test_methods_that_say_nothing_count_where_the_class_is_named_after_what_it_keeps() -> None:
    (candidate,) = found(
        {
            "app/a.py": keeper("AgentRegistry", "register", "unregister", "_agents"),
            "app/b.py": keeper("AgentManager", "add_agent", "remove_agent", "agents"),
            "app/c.py": keeper("SupervisorService", "register_agent", "remove_agent", "active_agents"),
        }
    )
    assert names(candidate) == ["AgentRegistry", "AgentManager", "SupervisorService"]
    assert candidate.methods == ("add_agent", "register_agent", "remove_agent")


def test_what_a_private_method_does_is_done_by_the_public_ones_that_call_it() -> None:
    hidden = """
class ShopManager:
    def __init__(self):
        self.connections = {}

    def add_connection(self, key, connection):
        self.connections[key] = connection

    def remove_connection(self, key):
        self._forget(key)

    def _forget(self, key):
        del self.connections[key]
"""
    (candidate,) = found({"app/chat.py": CHAT, "app/news.py": NEWS, "app/shop.py": hidden})
    assert names(candidate) == ["ChatManager", "NewsService", "ShopManager"]


def test_another_edition_of_a_keeper_keeps_the_same_under_another_name() -> None:
    unified = keeper("UnifiedChatManager", "connect_user", "disconnect_user", "users")
    project = project_from({"app/chat.py": CHAT, "app/news.py": NEWS, "app/unified.py": unified})
    (candidate,) = responsibilities(project, [_classes(project, "ChatManager", "UnifiedChatManager")])
    assert names(candidate) == ["ChatManager", "NewsService", "UnifiedChatManager"]
    assert candidate.methods == (
        "add_connection",
        "connect_user",
        "register_connection",
        "disconnect_user",
        "remove_connection",
    )
    assert candidate.evidence[-1] == (
        "  app/unified.py `UnifiedChatManager` (connect_user, disconnect_user; another edition)"
    )


def test_classes_that_keep_several_things_together_share_one_responsibility() -> None:
    sources = {f"app/{name}.py": keeper(f"{name}Manager", "add_user", "remove_user", "sessions") for name in "ABC"}
    (candidate,) = found(sources)
    assert candidate.evidence == (
        "3 unrelated classes each keep `session` and `user` objects, with methods to add and to remove them:",
        "  app/A.py `AManager` (add_user, remove_user)",
        "  app/B.py `BManager` (add_user, remove_user)",
        "  app/C.py `CManager` (add_user, remove_user)",
    )


def test_plug_ins_may_each_have_their_own() -> None:
    sources = {"app/plugs/chat.py": CHAT, "app/plugs/news.py": NEWS, "app/plugs/shop.py": SHOP}
    assert len(found(sources)) == 1
    assert list(responsibilities(project_from(sources, plugin_root="app/plugs/*"), [])) == []


def test_of_many_classes_six_are_named() -> None:
    sources = {f"app/m{at}.py": keeper(f"M{at}Manager", "add_agent", "remove_agent", "agents") for at in range(8)}
    (candidate,) = found(sources)
    assert len(candidate.evidence) == 8
    assert candidate.evidence[-1] == "  and 2 more"


@pytest.mark.parametrize(
    ("container", "method", "noun"),
    [("boxes", "add_box", "box"), ("policies", "add_policy", "policy"), ("user_ids", "add_user_id", "user")],
)
def test_nouns_are_compared_in_the_singular_and_without_how_they_are_kept(
    container: str, method: str, noun: str
) -> None:
    remove = method.replace("add", "remove")
    sources = {
        "app/a.py": keeper("AManager", method, remove, container),
        "app/b.py": keeper("BManager", method, remove, "_kept"),
        "app/c.py": keeper("CManager", method, remove, f"{container}_by_key"),
    }
    (candidate,) = found(sources)
    assert f"keep `{noun}` objects" in candidate.evidence[0]


def _classes(project: Project, *wanted: str) -> frozenset[ClassSymbol]:
    return frozenset(cls for cls in project.classes() if cls.name in wanted)
