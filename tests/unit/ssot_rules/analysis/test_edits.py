from __future__ import annotations

from ssot_lint.model.edits import Delegate
from ssot_lint.testing import project_from
from ssot_rules.analysis.edits import fix_delegate

HOME = "def open_hub(link, user):\n    user.check()\n    return link.open_hub(user)\n"
SAME = "def open_hub(link, user):\n    user.check()\n    user.greet()\n    return link.open_hub(user)\n"
OTHER = "def open_hub(link, user):\n    return [link, user]\n"


def delegated(copy: str) -> list[type]:
    project = project_from({"shop/__init__.py": "", "shop/a.py": HOME, "shop/b.py": copy})
    home, other = project.functions()
    return [type(edit) for edit in fix_delegate(project, home, other).edits]


def test_what_does_nearly_the_same_calls_the_home() -> None:
    assert delegated(SAME) == [Delegate]


def test_what_does_it_in_another_way_may_be_what_the_home_ends_up_in() -> None:
    assert delegated(OTHER) == []


def test_what_takes_other_arguments_calls_nothing() -> None:
    assert delegated(SAME.replace("(link, user)", "(link, user, room)", 1)) == []
