from __future__ import annotations

import pytest

from ssot_lint.project.roles import role_of, roles_of


@pytest.mark.parametrize(
    ("method", "role"),
    [
        ("add_connection", "add"),
        ("registerConnection", "add"),
        ("async_subscribe", "add"),
        ("on_disconnect", "remove"),
        ("_close", "remove"),
        ("get_open_orders", "get"),
        ("set_and_notify", "change"),
        ("broadcast", "send"),
        ("start_worker", "start"),
        ("shutdown", "stop"),
        ("on_apply", "on_apply"),
        ("address", "address"),
        ("is_connected", "is_connected"),
    ],
)
def test_the_first_verb_of_the_table_tells_the_role(method: str, role: str) -> None:
    assert role_of(method) == role


def test_roles_come_once_and_in_order() -> None:
    assert roles_of(["remove_user", "add_user", "drop_user", "flush"]) == ["remove", "add", "flush"]
    assert roles_of([]) == []
