"""The parts of the benchmarks that need neither the network nor a quiet machine."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from benchmarks import run, store
from benchmarks.budgets import Check, check_all, main_mb_budget
from benchmarks.corpora import SIZES, Corpus, Unit, build, nearest_prefix, renamed, split
from benchmarks.figures import Verdict, judge, per_doubling, ratios, shown
from benchmarks.measure import BenchmarkError, Cost, observe, succeeded
from benchmarks.peers import PEERS as ALL_PEERS
from benchmarks.peers import problem
from benchmarks.records import (
    PEERS,
    SCANS,
    START,
    PeerRuns,
    PeersResult,
    Result,
    Round,
    SizeResult,
    StartResult,
    Step,
    Surroundings,
)
from benchmarks.scans import files_of, heavy_modules, one_file_changed, stages_of
from benchmarks.starts import HELP, NOTHING, VERSION, WARM
from benchmarks.tables import BEGIN, END, against, document, summary, table

HERE = Surroundings(revision="abc1234", python="3.11.7", libcst="1.9.0", processor="Fast", cpus=2, load=(0.5, 2.0))


def cost(seconds: float, cpu: float | None = None, main_mb: float = 100.0, worker_mb: float = 50.0) -> Cost:
    return Cost(seconds, seconds if cpu is None else cpu, main_mb, worker_mb)


def a_round(
    floor: float = 10.0, cold: float = 12.0, warm: float = 0.25, changed: float = 0.5, main_mb: float = 100.0
) -> Round:
    times = {
        Step.FLOOR_1: 2 * floor,
        Step.COLD_1: 2 * cold,
        Step.FLOOR_2: floor,
        Step.COLD_2: cold,
        Step.WARM: warm,
        Step.CHANGED: changed,
    }
    costs = {step: cost(seconds, main_mb=main_mb) for step, seconds in times.items()}
    return Round(costs, {step: {"discover": 0.25, "rules": times[step] / 2} for step in SCANS})


def a_size(corpus: str, lines: int, rounds: list[Round]) -> SizeResult:
    return SizeResult(corpus, lines // 100, lines, rounds, HERE)


def a_start(loaded: Mapping[str, list[str]]) -> StartResult:
    runs = {command: [cost(0.2, 0.125)] * 3 for command in (VERSION, HELP, NOTHING)}
    return StartResult(runs, {VERSION: [], HELP: [], WARM: [], **loaded}, HERE)


def a_unit(lines: int, name: str = "a") -> Unit:
    return Unit({f"{name}/x.py": b"x\n" * lines})


def test_a_ratio_is_taken_within_each_round() -> None:
    assert ratios([3.0, 8.0], [2.0, 4.0]) == [1.5, 2.0]
    with pytest.raises(ValueError, match="shorter"):
        ratios([1.0, 2.0], [1.0])


@pytest.mark.parametrize(
    ("values", "verdict"),
    [
        ([1.0, 1.35, 1.2], Verdict.MET),
        ([1.36, 1.5, 1.4], Verdict.MISSED),
        ([1.1, 1.2, 1.4], Verdict.UNDECIDED),
        ([1.0, 1.0], Verdict.TOO_FEW),
        ([9.0], Verdict.TOO_FEW),
    ],
)
def test_a_budget_is_decided_when_all_of_three_rounds_agree(values: list[float], verdict: Verdict) -> None:
    assert judge(values, 1.35) is verdict


def test_growth_is_brought_to_one_doubling() -> None:
    assert per_doubling([1.0, 2.0], [4.0, 18.0, 5.0], growth=4.0) == [2.0, 3.0]


def test_a_figure_is_the_median_with_the_range_of_all_runs() -> None:
    assert shown([3.0, 1.0, 1.5], unit=" s") == "1.50 s (1.00 to 3.00)"
    assert shown([1234.5], 0, " MB") == "1,234 MB"


def test_a_wheel_is_split_into_its_core_and_its_integrations() -> None:
    core = ["homeassistant/__init__.py", "homeassistant/components/__init__.py", "homeassistant/core.py"]
    plugins = [f"homeassistant/components/{name}" for name in ("b/x.py", "a/x.py", "a/deep/y.py", "c.py")]
    units = list(split(dict.fromkeys([*plugins, *core], b"")))
    assert [sorted(unit.files) for unit in units] == [
        core,
        ["homeassistant/components/a/deep/y.py", "homeassistant/components/a/x.py"],
        ["homeassistant/components/b/x.py"],
        ["homeassistant/components/c.py"],
    ]
    assert [sorted(unit.files) for unit in split({"requests/api.py": b""})] == [["requests/api.py"]]


@pytest.mark.parametrize(("lines", "taken"), [(1, 1), (10, 1), (13, 1), (17, 2), (20, 2), (24, 2), (26, 3), (99, 3)])
def test_a_corpus_is_the_prefix_that_comes_nearest(lines: int, taken: int) -> None:
    assert len(nearest_prefix([a_unit(10)] * 3, lines)) == (taken if lines > 5 else 0)


def test_no_unit_is_asked_for_once_there_is_enough() -> None:
    def units() -> Iterator[Unit]:
        yield a_unit(10)
        raise AssertionError("the next wheel would be downloaded")

    assert [unit.lines for unit in nearest_prefix(units(), 10)] == [10]


def test_a_renamed_package_imports_itself_and_no_copy_of_a_file_is_equal_to_another() -> None:
    unit = renamed({"app/core/x.py": b"import app.core\nfrom app import app_x\n", "app/y.py": b""}, "app", "app_1")
    assert unit.files == {
        "app_1/core/x.py": b"import app_1.core\nfrom app_1 import app_x\n# app_1\n",
        "app_1/y.py": b"# app_1\n",
    }


def test_a_corpus_is_a_project_that_is_kept_and_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    files = {"b/x.py": b"x\n" * 3, "a.py": b"", "b/y.py": b"y\n"}
    corpus = build("small", files)
    assert (corpus.paths, corpus.lines, corpus.packages) == (("a.py", "b/x.py", "b/y.py"), 4, ["a.py", "b"])
    assert corpus.middle == corpus.root / "b" / "y.py"
    assert sorted(path.name for path in corpus.root.iterdir()) == ["a.py", "b", "pyproject.toml"]
    before = (corpus.root / "b" / "x.py").stat().st_mtime_ns
    assert build("small", files) == corpus
    assert (corpus.root / "b" / "x.py").stat().st_mtime_ns == before
    (corpus.root / "a.py").write_text("left behind by a run that was killed\n")
    assert build("small", files) == corpus
    assert (corpus.root / "a.py").read_bytes() == b""


def test_a_changed_file_is_put_back(tmp_path: Path) -> None:
    file = tmp_path / "x.py"
    file.write_bytes(b"x = 1")
    with one_file_changed(file, 7):
        assert file.read_text() == ("x = 1\n\ndef added_by_the_benchmark_7(value):\n    return [value, 7]\n")
    assert file.read_bytes() == b"x = 1"


def test_stages_are_read_without_the_rules() -> None:
    notes = (
        "project root /x, configuration none, 50 rules\n"
        "    0.012 s  discover\n   73.565 s  extract\n    0.010 s  SSOT101 duplicate-class\n    0.041 s  rules\n"
    )
    assert stages_of(notes) == {"discover": 0.012, "extract": 73.565, "rules": 0.041}


def test_the_files_of_a_report_are_counted_wherever_its_lines_are_broken() -> None:
    report = b"Copied in 3 files, 7 lines.\n\nScore 84.1 of 100: 1 of 2 clean. Scanned 6,826\nfiles, 999,487 lines.\n"
    assert files_of(report) == 6826
    assert files_of(b"Nothing to scan: no Python files found.\n") == 0


def test_heavy_modules_are_found_in_a_trace_of_imports() -> None:
    trace = (
        "import time: self | cumulative | package\nimport time:  1 |  2 |   libcst\nimport time:  1 | 3 | libcst.x\n"
    )
    assert heavy_modules(trace) == ["libcst"]
    assert heavy_modules("import time:  1 |  2 | networkx_like\n") == []


def test_every_budget_is_checked_on_the_largest_corpus() -> None:
    results: dict[str, Result] = {
        "4m": a_size("4m", 4_000_000, [a_round()] * 3),
        "300k": a_size("300k", 300_000, [a_round(3, 4)] * 3),
        "1m": a_size("1m", 1_200_000, [a_round(10, 12), a_round(10, 13), a_round(10, 14, warm=0.5, main_mb=600)]),
        START: a_start({HELP: ["libcst", "networkx"]}),
    }
    parse = "cold scan against LibCST's parse alone"
    assert check_all(results) == [
        Check(f"{parse}, 1 worker, time", "1.30 x (1.20 to 1.40)", "at most 1.35 x", Verdict.UNDECIDED),
        Check(f"{parse}, 1 worker, CPU", "1.30 x (1.20 to 1.40)", "at most 1.35 x", Verdict.UNDECIDED),
        Check(f"{parse}, 2 workers, time", "1.30 x (1.20 to 1.40)", "at most 1.35 x", Verdict.UNDECIDED),
        Check(f"{parse}, 2 workers, CPU", "1.30 x (1.20 to 1.40)", "at most 1.35 x", Verdict.UNDECIDED),
        Check("cold scan against a second one, nothing changed", "48 x (28 to 52)", "at least 40 x", Verdict.UNDECIDED),
        Check("cold scan against a second one, one file changed", "26 x (24 to 28)", "at least 15 x", Verdict.MET),
        Check("memory of the main process", "100 MB (100 to 600)", "at most 550 MB", Verdict.UNDECIDED),
        Check("memory of the largest worker", "50 MB (50 to 50)", "at most 400 MB", Verdict.MET),
        Check(
            "cold scan, 1 worker, each time that the lines double, from 300k to 1m lines",
            "1.80 x (1.73 to 1.87)",
            "at most 2.10 x",
            Verdict.MET,
        ),
        Check(
            "cold scan, 2 workers, each time that the lines double, from 300k to 1m lines",
            "1.80 x (1.73 to 1.87)",
            "at most 2.10 x",
            Verdict.MET,
        ),
        Check("--version, CPU", "0.125 s (0.125 to 0.125)", "at most 0.25 s", Verdict.MET),
        Check("--help, CPU", "0.125 s (0.125 to 0.125)", "at most 0.25 s", Verdict.MET),
        Check("--version, imports of libcst and networkx", "none", "none", Verdict.MET),
        Check("--help, imports of libcst and networkx", "libcst and networkx", "none", Verdict.MISSED),
        Check("a scan when nothing changed, imports of libcst", "none", "none", Verdict.MET),
    ]


def test_memory_may_grow_with_the_lines() -> None:
    assert (main_mb_budget(0), main_mb_budget(2_000_000)) == (250, 750)


def test_the_summary_says_what_was_measured_and_no_more() -> None:
    assert summary({}) == "Not measured yet.\n"
    text = summary({"10k": a_size("10k", 10_000, [a_round()])})
    assert text.startswith(
        "100 files with 10,000 lines: the first scan takes 12.0 s with two workers, the next one 0.25 s, and 0.50 s "
        "after a\nchange to one file (Fast, 2 processors).\n\n"
        "| what | measured | budget | met |\n"
        "| --- | --- | --- | --- |\n"
        "| cold scan against LibCST's parse alone, 1 worker, time | 1.20 x | at most 1.35 x "
        "| undecided: fewer than 3 runs |\n"
    )


def test_a_document_has_a_section_for_each_part() -> None:
    tools = [PeerRuns("ssot-lint, cold", "homes", [cost(2.0)] * 3, "")]
    results: dict[str, Result] = {
        START: a_start({}),
        "10k": a_size("10k", 10_000, [a_round()] * 3),
        "30k": a_size("30k", 30_000, [a_round(cold=40)] * 3),
        PEERS: PeersResult("django", 9, 90, tools, HERE),
    }
    text = document(results)
    assert text.partition(BEGIN)[2].partition(END)[0] == f"\n{summary(results)}"
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        "# How fast ssot-lint is",
        "## Scans",
        "## Growth",
        "## Stages: cold, 2 workers",
        "## Stages: nothing changed",
        "## Without a scan",
        "## Other tools",
        "## How it is measured",
        "## Where",
    ]
    assert (
        "| stage | 10,000 lines | 30,000 lines |\n| --- | --- | --- |\n"
        "| discover | 0.250 | 0.250 |\n| rules | 6.000 | 20.000 |\n| the rest | 5.750 | 19.750 |\n"
    ) in text
    assert ("| 10k | abc1234 | 3.11.7 | 1.9.0 | Fast, 2 processors | 0.50, 2.00 |\n") in text
    assert [line for line in document({}).splitlines() if line.startswith("#")] == [
        "# How fast ssot-lint is",
        "## How it is measured",
    ]


def test_nothing_is_concluded_about_a_peer_when_the_rounds_disagree() -> None:
    own = PeerRuns("ssot-lint", "homes", [cost(2.0), cost(2.0)], "")
    assert against(own, own) == ""
    assert against(PeerRuns("fast", "", [cost(1.0), cost(0.5)], ""), own) == "0.38 x (0.25 to 0.50)"
    assert against(PeerRuns("like", "", [cost(1.9), cost(2.1)], ""), own) == "no difference shown"
    assert against(PeerRuns("slow", "", [cost(500.0)], ""), own) == "250.00 x"
    assert against(PeerRuns("late", "", [cost(900.0)], "did not finish in 900 s"), own) == "did not finish in 900 s"


def test_a_peer_that_did_not_do_its_work_says_so() -> None:
    pylint = ALL_PEERS[0]
    assert [problem(pylint, exit_code, 900.0) for exit_code in (0, 8, 9, -9, None)] == [
        "",
        "",
        "failed: exit code 9",
        "failed: exit code -9",
        "did not finish in 900 s",
    ]


def test_peers_get_the_corpus_and_write_only_to_their_folder(tmp_path: Path) -> None:
    corpus = Corpus("two", Path("/corpus"), ("a/x.py", "b/y.py"), 2)
    commands = [peer.command(corpus, tmp_path) for peer in ALL_PEERS]
    assert commands == [
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


def test_a_table_is_markdown() -> None:
    assert table(("a", "b"), [("1", "2")]) == "| a | b |\n| --- | --- |\n| 1 | 2 |\n"


def test_results_are_kept_by_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    size, start = a_size("10k", 10_000, [a_round()]), a_start({})
    store.store("10k", size)
    store.store(START, start)
    assert store.stored((START, "10k", "30k")) == {START: start, "10k": size}


def test_a_quick_run_keeps_nothing_and_others_add_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, int, str]] = []

    def measure(part: str, commands: Path, rounds: int, peers_on: str) -> SizeResult:
        asked.append((part, rounds, peers_on))
        return a_size(part, SIZES.get(part, 1), [a_round()] * rounds)

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(run, "install_checkout", lambda: tmp_path)
    monkeypatch.setattr(run, "measure", measure)
    assert run.main(["--quick"]) == 0
    assert asked == [("start", 2, "10k"), ("10k", 2, "10k")]
    assert capsys.readouterr().out.startswith("# How fast")
    assert store.stored(run.PARTS) == {}
    document_file = tmp_path / "benchmarks.md"
    assert run.main(["--only", "1m", "--output", str(document_file)]) == 0
    assert run.main(["--only", "30k", "--rounds", "4", "--output", str(document_file)]) == 0
    assert asked[2:] == [("1m", 3, "django"), ("30k", 4, "django")]
    assert [line[:6] for line in document_file.read_text().splitlines()[-2:]] == ["| 30k ", "| 1m |"]


def test_a_measurement_that_means_nothing_ends_the_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> Path:
        raise BenchmarkError("1 of 2 files were scanned")

    monkeypatch.setattr(run, "install_checkout", fail)
    assert run.main(["--quick"]) == 1
    assert capsys.readouterr().err == "1 of 2 files were scanned\n"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_processes_that_outlive_their_parent_are_counted(tmp_path: Path) -> None:
    burn = "import time; start = time.process_time()\nwhile time.process_time() - start < 0.2: pass"
    parent = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {burn!r}]); print('left')"
    seen = observe([sys.executable, "-c", parent], tmp_path)
    assert (seen.exit_code, seen.stdout, seen.stderr) == (0, b"left\n", "")
    assert seen.cost.cpu >= 0.2


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_command_is_ended_at_the_limit_with_all_its_processes(tmp_path: Path) -> None:
    nap = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    start = time.monotonic()
    seen = observe([sys.executable, "-c", nap], tmp_path, limit_seconds=0.5)
    assert seen.exit_code is None
    assert time.monotonic() - start < 30
    assert seen.cost.main_mb > 0
    with pytest.raises(BenchmarkError, match=r"^nap did not finish:"):
        succeeded(["nap"], seen)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_command_sees_the_given_variables_and_not_those_of_its_caller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSOT_LINT_SELECT", "SSOT101")
    show = "import os; print(os.getcwd(), sorted(set(os.environ) & {'SSOT_LINT_SELECT', 'GIVEN', 'HOME'}))"
    seen = observe([sys.executable, "-c", show], tmp_path, variables={"GIVEN": "1"})
    assert seen.stdout.decode() == f"{tmp_path} ['GIVEN', 'HOME']\n"
