from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_lint.git import INDEX, GitError, Repository, open_repository

Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path) -> Git:
    """Runs git in a new repository at ``tmp_path``, as somebody with no configuration."""

    def run(*arguments: str, folder: Path = tmp_path) -> str:
        identity = {
            f"GIT_{role}_{key}": value
            for role in ("AUTHOR", "COMMITTER")
            for key, value in (("NAME", "Ada"), ("EMAIL", "ada@example.org"), ("DATE", "2026-01-02T23:30:00+0100"))
        }
        environment = {**os.environ, **identity, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
        command = ["git", "-c", "protocol.file.allow=always", *arguments]
        return subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True, text=True).stdout

    run("init", "--quiet", "--initial-branch=main")
    return run


def commit(git: Git, files: Mapping[str, str], folder: Path) -> str:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    git("add", "--all", folder=folder)
    git("commit", "--quiet", "--message", "change", folder=folder)
    return git("rev-parse", "HEAD", folder=folder).strip()


def test_a_folder_outside_any_repository_is_told(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="not a git repository"):
        open_repository(tmp_path)


def test_a_missing_git_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(GitError, match="not installed"):
        open_repository(tmp_path)


def test_revisions_are_resolved_to_commits(git: Git, tmp_path: Path) -> None:
    first = commit(git, {"a.py": "1"}, tmp_path)
    second = commit(git, {"a.py": "2"}, tmp_path)
    repository = open_repository(tmp_path)
    assert repository.commit("main") == second
    assert repository.commit("HEAD~1") == first
    assert repository.date_of(first) == "2026-01-02"


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "HEAD:a.py"])
def test_what_is_no_commit_is_told_with_a_remedy(git: Git, tmp_path: Path, revision: str) -> None:
    commit(git, {"a.py": "1"}, tmp_path)
    with pytest.raises(GitError, match=r"git knows no revision .* `git fetch` gets"):
        open_repository(tmp_path).commit(revision)


def test_a_shallow_clone_is_told_how_to_get_its_history(git: Git, tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    origin.mkdir()
    git("init", "--quiet", "--initial-branch=main", folder=origin)
    commit(git, {"a.py": "1"}, origin)
    git("branch", "old", folder=origin)
    commit(git, {"a.py": "2"}, origin)
    git("clone", "--quiet", "--depth=1", f"file://{origin}", "clone")
    with pytest.raises(GitError, match="run `git fetch --unshallow origin old` first"):
        open_repository(tmp_path / "clone").commit("origin/old")


def test_the_merge_base_is_where_the_branches_parted(git: Git, tmp_path: Path) -> None:
    base = commit(git, {"a.py": "1"}, tmp_path)
    git("checkout", "--quiet", "-b", "topic")
    commit(git, {"b.py": "1"}, tmp_path)
    git("checkout", "--quiet", "main")
    commit(git, {"c.py": "1"}, tmp_path)
    git("checkout", "--quiet", "topic")
    assert open_repository(tmp_path).merge_base("main") == base


def test_branches_without_a_common_ancestor_are_told(git: Git, tmp_path: Path) -> None:
    commit(git, {"a.py": "1"}, tmp_path)
    git("checkout", "--quiet", "--orphan", "other")
    commit(git, {"a.py": "2"}, tmp_path)
    with pytest.raises(GitError, match="no common ancestor"):
        open_repository(tmp_path).merge_base("main")


def test_changed_files_are_those_edited_added_and_deleted_below_the_folder(git: Git, tmp_path: Path) -> None:
    names = ("app/edited.py", "app/deleted.py", "app/same.py", "elsewhere.py")
    base = commit(git, {**dict.fromkeys(names, "1"), ".gitignore": "*.log"}, tmp_path)
    commit(git, {"app/edited.py": "2", "elsewhere.py": "2"}, tmp_path)
    (tmp_path / "app/deleted.py").unlink()
    (tmp_path / "app/né w\n.py").write_text("1")
    (tmp_path / "app/run.log").write_text("1")
    changed = open_repository(tmp_path / "app").changed_since(base)
    assert changed == {"edited.py", "deleted.py", "né w\n.py"}


def test_renames_are_found(git: Git, tmp_path: Path) -> None:
    text = "".join(f"line = {number}\n" for number in range(20))
    base = commit(git, {"app/old.py": text, "app/other.py": "1"}, tmp_path)
    git("mv", "app/old.py", "app/new.py")
    assert open_repository(tmp_path).renames_since(base) == {"app/old.py": "app/new.py"}


def test_a_file_that_was_split_is_renamed_to_its_largest_part(git: Git, tmp_path: Path) -> None:
    lines = [f"line = {number}\n" for number in range(100)]
    base = commit(git, {"app/old.py": "".join(lines)}, tmp_path)
    git("rm", "-q", "app/old.py")
    parts = {"app/old/a.py": lines[:25], "app/old/b.py": lines[25:65], "app/old/c.py": lines[65:]}
    commit(git, {path: "".join(part) for path, part in parts.items()}, tmp_path)
    assert open_repository(tmp_path).renames_since(base) == {"app/old.py": "app/old/b.py"}


def test_the_last_change_of_a_file_is_found(git: Git, tmp_path: Path) -> None:
    first = commit(git, {"a.py": "1"}, tmp_path)
    commit(git, {"b.py": "1"}, tmp_path)
    repository = open_repository(tmp_path)
    assert repository.last_change_of("a.py") == first
    assert repository.last_change_of("c.py") is None


def test_a_file_is_read_as_it_was(git: Git, tmp_path: Path) -> None:
    first = commit(git, {"app/a.py": "1"}, tmp_path)
    commit(git, {"app/a.py": "2"}, tmp_path)
    repository = open_repository(tmp_path / "app")
    assert repository.read(first, "a.py") == b"1"
    assert repository.read(first, "b.py") is None


def test_the_wanted_files_of_a_commit_are_written_without_links(git: Git, tmp_path: Path) -> None:
    (tmp_path / "link.py").symlink_to("/etc/passwd")
    base = commit(git, {"app/a.py": "one\n\n", "app/empty.py": "", "b.txt": "x", "ü.py": "ü"}, tmp_path)
    commit(git, {"app/a.py": "two"}, tmp_path)
    target = tmp_path / "target"
    open_repository(tmp_path).write_files(base, target, lambda path: path.endswith(".py"))
    written = {file.relative_to(target).as_posix(): file.read_text() for file in target.rglob("*") if file.is_file()}
    assert written == {"app/a.py": "one\n\n", "app/empty.py": "", "ü.py": "ü"}


def test_the_files_of_a_commit_are_listed(git: Git, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("b.py")
    base = commit(git, {"app/a.py": "1", "b.py": "1"}, tmp_path)
    commit(git, {"later.py": "1"}, tmp_path)
    assert open_repository(tmp_path).files(base) == ("app/a.py", "b.py")


def test_only_files_below_the_folder_are_written(git: Git, tmp_path: Path) -> None:
    base = commit(git, {"app/a.py": "1", "b.py": "1"}, tmp_path)
    open_repository(tmp_path / "app").write_files(base, tmp_path / "target", lambda _: True)
    assert [file.name for file in (tmp_path / "target").rglob("*")] == ["a.py"]


def test_programs_named_in_the_repository_do_not_run(git: Git, tmp_path: Path) -> None:
    witness = tmp_path / "witness"
    base = commit(git, {"a.py": "1", ".gitattributes": "*.py filter=evil diff=evil\n"}, tmp_path)
    program = f"sh -c 'touch {witness}; cat'"
    for key in ("filter.evil.clean", "filter.evil.smudge", "core.fsmonitor", "diff.evil.textconv", "diff.external"):
        git("config", key, program)
    (tmp_path / "a.py").write_text("2")
    repository: Repository = open_repository(tmp_path)
    repository.changed_since(base)
    repository.renames_since(base)
    repository.write_files(base, tmp_path / "target", lambda _: True)
    assert not witness.exists()


def test_the_index_is_read_like_a_commit(git: Git, tmp_path: Path) -> None:
    first = commit(git, {"sub/a.py": "1", "sub/b.py": "1", "c.py": "1"}, tmp_path)
    (tmp_path / "sub" / "a.py").write_text("2")
    git("mv", "sub/b.py", "sub/d.py")
    git("add", "--all")
    (tmp_path / "sub" / "a.py").write_text("3")
    (tmp_path / "sub" / "untracked.py").write_text("")
    repository = open_repository(tmp_path / "sub")
    assert repository.files(INDEX) == ("a.py", "d.py")
    assert repository.read(INDEX, "a.py") == b"2"
    repository.write_files(INDEX, tmp_path / "copy", lambda path: path == "a.py")
    assert (tmp_path / "copy" / "a.py").read_bytes() == b"2"
    assert repository.changed_since(first, staged=True) == {"a.py", "b.py", "d.py"}
    assert repository.renames_since(first, staged=True) == {"b.py": "d.py"}


def test_a_file_in_conflict_is_in_no_next_commit(git: Git, tmp_path: Path) -> None:
    commit(git, {"a.py": "1", "b.py": "1"}, tmp_path)
    git("switch", "--quiet", "--create", "branch")
    commit(git, {"a.py": "2"}, tmp_path)
    git("switch", "--quiet", "main")
    commit(git, {"a.py": "3"}, tmp_path)
    with pytest.raises(subprocess.CalledProcessError):
        git("merge", "--quiet", "branch")
    assert open_repository(tmp_path).files(INDEX) == ("b.py",)


def test_before_the_first_commit_is_nothing(git: Git, tmp_path: Path) -> None:
    repository = open_repository(tmp_path)
    empty = repository.base("HEAD")
    assert repository.files(empty) == ()
    first = commit(git, {"a.py": "1"}, tmp_path)
    assert repository.changed_since(empty) == {"a.py"}
    assert repository.base("HEAD") == first
    with pytest.raises(GitError, match='knows no revision "main~1"'):
        repository.base("main~1")


def test_the_way_out_that_git_names_for_the_repository_of_another_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "git"
    program.write_text(
        "#!/bin/sh\n"
        "echo \"fatal: detected dubious ownership in repository at '/src'\" >&2\n"
        "echo 'To add an exception for this directory, call:' >&2\n"
        "echo >&2\n"
        "echo '\tgit config --global --add safe.directory /src' >&2\n"
        "exit 128\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(GitError) as caught:
        open_repository(tmp_path)
    assert str(caught.value) == (
        "git: detected dubious ownership in repository at '/src'. "
        "If you trust it, run `git config --global --add safe.directory /src`"
    )
