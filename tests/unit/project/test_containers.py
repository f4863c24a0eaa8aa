from __future__ import annotations

from ssot_lint.project.containers import attribute_changes, instance_methods
from ssot_lint.testing import project_from

SOURCE = """
class Pool:
    shared = []

    def add(self, key, value):
        self.items[key] = value
        self.names.append(key)
        self.owner.items.append(value)
        self.last = value
        value.clear()

    def drop(me, key):
        me.items.pop(key)

    @classmethod
    def reset(cls):
        cls.shared.clear()

    @staticmethod
    def helper(pool):
        pool.items.clear()
"""


def test_changes_of_containers_are_those_of_the_instances_own_attributes() -> None:
    (pool,) = project_from({"app/pool.py": SOURCE}).classes()
    assert [(name, method.name, fact.operation) for name, method, fact in attribute_changes(pool)] == [
        ("items", "add", "setitem"),
        ("names", "add", "append"),
        ("items", "drop", "pop"),
    ]


def test_instance_methods_are_neither_class_methods_nor_static() -> None:
    (pool,) = project_from({"app/pool.py": SOURCE}).classes()
    assert [method.name for method in instance_methods(pool)] == ["add", "drop"]


def test_a_change_of_an_item_is_one_of_the_container() -> None:
    source = "class Pool:\n    def add(self, room, it):\n        self.rooms[room.id].append(it)\n"
    (pool,) = project_from({"app/pool.py": source}).classes()
    assert [(name, fact.operation) for name, _, fact in attribute_changes(pool)] == [("rooms", "append")]
