"""Other tools on the same files. They do different work: what each looks for stands beside its figures."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpora import Corpus
from benchmarks.measure import Cost, Observation, observe
from benchmarks.records import PeerRuns
from benchmarks.scans import Bench
from benchmarks.venvs import install_from_npm, install_pinned

_ONCE_SECONDS = 120.0
"""A tool that takes longer runs once."""

_CONTRACT = """[importlinter]
root_packages =
{packages}
include_external_packages = True

[importlinter:contract:1]
name = one contract
type = forbidden
source_modules =
{packages}
forbidden_modules =
    this
"""


@dataclass(frozen=True)
class Peer:
    """A tool, pinned. ``command`` makes its arguments from the corpus and a folder that it may write to, the same one
    for all of a round; ``exit_codes`` are those of runs that came to their end, whatever they found. ``install`` gives
    the folder of its commands."""

    requirement: str
    title: str
    looks_for: str
    command: Callable[[Corpus, Path], list[str]]
    exit_codes: frozenset[int]
    install: Callable[[str], Path] = install_pinned

    @property
    def name(self) -> str:
        """Title and version."""
        return f"{self.title} {self.requirement.replace('@', '==').partition('==')[2]}"


def _find_dup_defs(corpus: Corpus, folder: Path) -> list[str]:  # noqa: ARG001 - it writes nothing
    return ["find-dup-defs", str(corpus.root)]


def _arid(corpus: Corpus, folder: Path) -> list[str]:  # noqa: ARG001 - it writes nothing
    return ["arid", "--no-config", str(corpus.root)]


def _codeclone(corpus: Corpus, folder: Path) -> list[str]:
    return ["codeclone", str(corpus.root), "--no-progress", "--cache-path", str(folder / "codeclone.json")]


def _jscpd(corpus: Corpus, folder: Path) -> list[str]:
    return ["jscpd", "--format", "python", "--output", str(folder / "jscpd"), str(corpus.root)]


def _pylint(corpus: Corpus, folder: Path) -> list[str]:
    options = ["--disable=all", "--enable=duplicate-code", "--persistent=n", f"--rcfile={folder / 'pylintrc'}"]
    (folder / "pylintrc").touch()
    return ["pylint", *options, *(str(corpus.root / package) for package in corpus.packages)]


def _pyscn(corpus: Corpus, folder: Path) -> list[str]:
    output = str(folder / "pyscn.json")
    return ["pyscn", "analyze", "--select", "clones", "--json", "--no-open", "--output", output, str(corpus.root)]


def _fixit(corpus: Corpus, folder: Path) -> list[str]:  # noqa: ARG001 - it writes nothing
    return ["fixit", "lint", str(corpus.root)]


def _vulture(corpus: Corpus, folder: Path) -> list[str]:  # noqa: ARG001 - it writes nothing
    return ["vulture", str(corpus.root)]


def _import_linter(corpus: Corpus, folder: Path) -> list[str]:
    packages = "\n".join(f"    {package}" for package in corpus.packages)
    (folder / "importlinter.ini").write_text(_CONTRACT.format(packages=packages), encoding="utf-8")
    return ["lint-imports", "--no-cache", "--config", str(folder / "importlinter.ini")]


PEERS = (
    Peer("find-dup-defs==0.17.0", "find-dup-defs", "equal and similar definitions", _find_dup_defs, frozenset({0, 1})),
    Peer("arid==2.2.4", "arid", "runs of equal lines", _arid, frozenset({0, 1})),
    Peer("codeclone==2.0.2", "codeclone, cold", "clones, and what else it measures", _codeclone, frozenset({0})),
    Peer("codeclone==2.0.2", "codeclone, nothing changed", "the same", _codeclone, frozenset({0})),
    Peer("jscpd@4.3.0", "jscpd", "runs of equal tokens", _jscpd, frozenset({0}), install_from_npm),
    Peer("pylint==4.1.4", "pylint, duplicate-code", "runs of equal lines", _pylint, frozenset({0, 8})),
    Peer("pyscn==1.33.0", "pyscn, clones", "functions and blocks with similar trees", _pyscn, frozenset({0})),
    Peer("fixit==2.2.1", "Fixit, default rules", "style, file by file, on LibCST trees", _fixit, frozenset(range(4))),
    Peer("vulture==2.16", "vulture", "names that nothing uses", _vulture, frozenset({0, 3})),
    Peer("import-linter==2.16", "import-linter, one contract", "forbidden imports", _import_linter, frozenset({0})),
)
"""find-dup-defs and arid return 1 when they found something, codeclone's second run has the cache of the first. pylint
adds 8 for messages of the kind of duplicate-code, Fixit 1 for findings and 2 for files that it cannot lint,
vulture returns 3 when it found something. Nothing imports what the contract forbids."""


def run_peers(bench: Bench, rounds: int, limit_seconds: float, say: Callable[[str], None]) -> list[PeerRuns]:
    """Scan and run all peers in turn, ``rounds`` times. The first two are ssot-lint, cold and warm.

    A peer that fails, or takes longer than two minutes, runs once.
    """
    installed = {peer: peer.install(peer.requirement) for peer in PEERS}
    cold: list[Cost] = []
    warm: list[Cost] = []
    costs: dict[Peer, list[Cost]] = {peer: [] for peer in PEERS}
    problems = dict.fromkeys(PEERS, "")
    for number in range(rounds):
        with tempfile.TemporaryDirectory(prefix="ssot-lint-benchmark-") as folder:
            cold.append(bench.scan(0, Path(folder)).cost)
            warm.append(bench.scan(0, Path(folder)).cost)
        with tempfile.TemporaryDirectory(prefix="ssot-lint-benchmark-") as folder:
            for peer in PEERS:
                if number and (problems[peer] or costs[peer][0].seconds > _ONCE_SECONDS):
                    continue
                say(peer.name)
                seen = _run(peer, installed[peer], bench.corpus, Path(folder), limit_seconds)
                costs[peer].append(seen.cost)
                problems[peer] = problem(peer, seen.exit_code, limit_seconds)
    return [
        PeerRuns("ssot-lint, cold", "several homes of one thing", cold, ""),
        PeerRuns("ssot-lint, nothing changed", "the same", warm, ""),
        *(PeerRuns(peer.name, peer.looks_for, costs[peer], problems[peer]) for peer in PEERS),
    ]


def problem(peer: Peer, exit_code: int | None, limit_seconds: float) -> str:
    """Why a run is no measure of the tool's work; empty if it is."""
    if exit_code is None:
        return f"did not finish in {limit_seconds:.0f} s"
    return "" if exit_code in peer.exit_codes else f"failed: exit code {exit_code}"


def _run(peer: Peer, commands: Path, corpus: Corpus, folder: Path, limit_seconds: float) -> Observation:
    program, *arguments = peer.command(corpus, folder)
    # import-linter finds packages on the import path; a corpus must stay as it is.
    variables = {"PYTHONPATH": str(corpus.root), "PYTHONDONTWRITEBYTECODE": "1", "PYLINTHOME": str(folder)}
    return observe([str(commands / program), *arguments], folder, variables=variables, limit_seconds=limit_seconds)
