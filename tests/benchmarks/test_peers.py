"""Other tools on the same files."""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpora import Corpus
from benchmarks.peers import PEERS as ALL_PEERS
from benchmarks.peers import problem
from benchmarks.records import PeerRuns
from benchmarks.tables import against
from tests.benchmarks.results import cost


def test_nothing_is_concluded_about_a_peer_when_the_rounds_disagree() -> None:
    own = PeerRuns("ssot-lint", "homes", [cost(2.0), cost(2.0)], "")
    assert against(own, own) == ""
    assert against(PeerRuns("fast", "", [cost(1.0), cost(0.5)], ""), own) == "0.38 x (0.25 to 0.50)"
    assert against(PeerRuns("like", "", [cost(1.9), cost(2.1)], ""), own) == "no difference shown"
    assert against(PeerRuns("slow", "", [cost(500.0)], ""), own) == "250.00 x"
    assert against(PeerRuns("late", "", [cost(900.0)], "did not finish in 900 s"), own) == "did not finish in 900 s"


def test_a_peer_that_did_not_do_its_work_says_so() -> None:
    (pylint,) = (peer for peer in ALL_PEERS if peer.requirement.startswith("pylint"))
    assert [problem(pylint, exit_code, 900.0) for exit_code in (0, 8, 9, -9, None)] == [
        "",
        "",
        "failed: exit code 9",
        "failed: exit code -9",
        "did not finish in 900 s",
    ]


def test_a_peer_is_called_by_its_version_wherever_it_is_from() -> None:
    names = [peer.name for peer in ALL_PEERS]
    assert {"find-dup-defs 0.17.0", "codeclone, nothing changed 2.0.2", "jscpd 4.3.0"} <= set(names)
    assert len(set(names)) == len(names)


def test_peers_get_the_corpus_and_write_only_to_their_folder(tmp_path: Path) -> None:
    corpus = Corpus("two", Path("/corpus"), ("a/x.py", "b/y.py"), 2)
    commands = [peer.command(corpus, tmp_path) for peer in ALL_PEERS]
    codeclone = ["codeclone", "/corpus", "--no-progress", "--cache-path", f"{tmp_path}/codeclone.json"]
    assert commands == [
        ["find-dup-defs", "/corpus"],
        ["arid", "--no-config", "/corpus"],
        codeclone,
        codeclone,
        ["jscpd", "--format", "python", "--output", f"{tmp_path}/jscpd", "/corpus"],
        [
            "pylint",
            "--disable=all",
            "--enable=duplicate-code",
            "--persistent=n",
            f"--rcfile={tmp_path}/pylintrc",
            "/corpus/a",
            "/corpus/b",
        ],
        [
            "pyscn",
            "analyze",
            "--select",
            "clones",
            "--json",
            "--no-open",
            "--output",
            f"{tmp_path}/pyscn.json",
            "/corpus",
        ],
        ["fixit", "lint", "/corpus"],
        ["vulture", "/corpus"],
        ["lint-imports", "--no-cache", "--config", f"{tmp_path}/importlinter.ini"],
    ]
    assert "root_packages =\n    a\n    b\n" in (tmp_path / "importlinter.ini").read_text()
