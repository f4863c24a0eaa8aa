"""What is worked out for an editor ends as soon as the project is another one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ssot_lint.query.build import catalogue_of
from ssot_lint.scan.scan_cache import NO_CACHE
from ssot_lint.server.lsp.session import EditorSession
from ssot_lint.server.resident import OutdatedError, ResidentProject
from ssot_lint.server.workspace import Workspace
from tests.unit.query.shop import FILES, TOTAL
from tests.unit.server.test_resident import RULES, resident_in, write


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ResidentProject]:
    write(tmp_path, {**FILES, "shop/copied.py": TOTAL})
    with resident_in(tmp_path) as resident:
        yield resident


@pytest.fixture
def editor(project: ResidentProject) -> EditorSession:
    return EditorSession(Workspace(project, RULES, lambda: None, NO_CACHE))


def hold(editor: EditorSession, path: str, text: str) -> None:
    assert editor.hold((editor.workspace.root / path).as_uri(), text)


@pytest.mark.parametrize("work", [EditorSession.work_out, EditorSession.look_up, EditorSession.tidy])
def test_what_waited_for_an_older_version_is_not_begun(
    editor: EditorSession, work: Callable[[EditorSession, int], object]
) -> None:
    editor.work_out(editor.version)
    before = editor.version
    hold(editor, "shop/till.py", "class Newcomer:\n    pass\n")
    with pytest.raises(OutdatedError):
        work(editor, before)
    work(editor, editor.version)


def test_an_edit_is_seen_without_a_look_at_the_disk(editor: EditorSession) -> None:
    editor.work_out(editor.version)
    (editor.workspace.root / "shop" / "other.py").write_text("class Other:\n    pass\n")
    hold(editor, "shop/till.py", "class Newcomer:\n    pass\n")
    editor.work_out(editor.version, looks=False)
    catalogue = editor.look_up(editor.version)
    assert catalogue.file_at("shop/other.py") is None
    till = catalogue.file_at("shop/till.py")
    assert till is not None
    assert [entry.name for entry in till.entries] == ["Newcomer"]


class Steps:
    """Counts the steps of some work, and has it end after so many of them."""

    def __init__(self, most: int) -> None:
        self.most, self.taken = most, 0

    def __call__(self) -> None:
        if self.taken == self.most:
            raise OutdatedError("steps")
        self.taken += 1


def test_a_catalogue_ends_at_any_of_its_steps(project: ResidentProject) -> None:
    found = project.scan().project
    whole = Steps(1_000_000)
    catalogue_of(found, whole)
    assert whole.taken > len(found.modules)
    for most in range(whole.taken):
        with pytest.raises(OutdatedError):
            catalogue_of(found, Steps(most))
