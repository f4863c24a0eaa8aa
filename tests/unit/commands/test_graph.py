"""``ssot-lint graph``, from its arguments to its streams."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from ssot_lint.errors import ExitCode
from tests.command_line import Run

CONFIGURATION = """\
[[components]]
name = "orders"
home = "app.a:Order"
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two classes of one name, and the working directory beside them."""
    root = tmp_path / "project"
    (root / "app").mkdir(parents=True)
    (root / "ssot-lint.toml").write_text(CONFIGURATION)
    body = "".join(f"    def step_{at}(self):\n        return self.total + {at}\n" for at in range(9))
    (root / "app" / "__init__.py").touch()
    (root / "app" / "a.py").write_text(f"class Order:\n{body}")
    (root / "app" / "b.py").write_text(f"class Order:\n{body}")
    (root / "app" / "use.py").write_text("from app.a import Order\n")
    monkeypatch.chdir(root)
    return root


@pytest.fixture
def graph(ssot_lint: Run) -> Run:
    return partial(ssot_lint, "graph")


def test_the_project_here_is_drawn_in_mermaid(project: Path, graph: Run) -> None:
    assert graph() == (
        ExitCode.OK,
        "flowchart LR\n"
        "  %% Imports between the modules of app/\n"
        '  n0["#95;#95;init#95;#95;.py"]\n'
        '  n1["a.py"]\n'
        '  n2["b.py"]\n'
        '  n3["use.py"]\n'
        "  n3 --> n1\n",
        "",
    )


def test_a_symbol_is_drawn_in_the_format_asked_for(project: Path, graph: Run) -> None:
    code, out, err = graph(".", "--symbol", "app.a:Order", "-f", "dot")
    assert (code, err) == (ExitCode.OK, "")
    assert '  "app/use.py" -> "app/a.py::Order" [label="imports"];\n' in out


def test_a_component_is_drawn(project: Path, graph: Run) -> None:
    _, out, _ = graph("--component", "orders", "--format", "json")
    assert [(node["id"], node["role"]) for node in json.loads(out)["nodes"]] == [
        ("app/a.py::Order", "home"),
        ("app/use.py", "other"),
    ]


def test_the_finding_of_a_site_is_drawn(project: Path, graph: Run, ssot_lint: Run) -> None:
    (finding,) = json.loads(ssot_lint("scan", "-f", "json", "--select", "SSOT101")[1])["findings"]
    code, out, err = graph("--symbol", finding["sites"][0]["id"], "-f", "json")
    document = json.loads(out)
    assert (code, err) == (ExitCode.OK, "")
    assert document["title"] == "SSOT101 duplicate-class: Order"
    assert document["edges"] == [
        {"source": "app/use.py", "target": "app/a.py::Order", "label": "imports"},
        {"source": "app/b.py::Order", "target": "app/a.py::Order", "label": "duplicate-class"},
    ]


def test_what_was_cut_is_said_on_stderr_unless_quiet(project: Path, graph: Run) -> None:
    (project / "app" / "broken.py").write_text("def (:\n")
    unread = "1 path could not be read and is missing: `ssot-lint scan` names it\n"
    code, out, err = graph("--limit", "2")
    assert (code, out.splitlines()[-2:]) == (
        ExitCode.OK,
        ['  note["3 nodes left out"]', "  style note stroke-dasharray:4"],
    )
    assert err == f"3 nodes left out: `--limit 0` draws everything\n{unread}"
    assert graph("--limit", "1")[2] == f"1 folder drawn in place of modules: `--limit 0` draws everything\n{unread}"
    assert graph("--limit", "2", "--quiet") == (ExitCode.OK, out, "")


def test_mermaid_that_is_too_large_is_said(project: Path, graph: Run) -> None:
    for at in range(40):
        imports = "".join(f"import app.m{other}\n" for other in range(20) if other != at)
        (project / "app" / f"m{at}.py").write_text(imports)
    code, out, err = graph("--limit", "0")
    assert (code, out.count("-->")) == (ExitCode.OK, 781)
    assert err == "Mermaid draws at most 500 edges and 50,000 characters: lower the limit\n"
    assert graph("--limit", "0", "-f", "graphml")[2] == ""


def test_the_graph_goes_to_a_file(project: Path, graph: Run) -> None:
    assert graph("-o", "graph.mmd") == (ExitCode.OK, "", "")
    assert (project / "graph.mmd").read_text().startswith("flowchart LR\n")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--symbol", "app.a:Odrer"], 'no symbol is called "app.a:Odrer". Did you mean app.a:Order?'),
        (["--component", "order"], 'no component is called "order". Did you mean orders?'),
        (
            ["--component", "orders", "--isolated"],
            'no component is called "orders". The configuration declares no components',
        ),
        (["--component", "a", "--symbol", "b"], "--component and --symbol exclude each other. Give one of them"),
        (["--symbol", "SSOT101-0000"], 'no violation is called "SSOT101-0000". `ssot-lint scan` gives their ids'),
        (["nowhere"], "nowhere: no such file or folder"),
        (["-o", "nowhere/graph.mmd"], "nowhere/graph.mmd: no such folder: nowhere. Create it first"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_exit_code_2(
    project: Path, graph: Run, arguments: list[str], problem: str
) -> None:
    assert graph(*arguments) == (ExitCode.USAGE, "", f"error: {problem}\n")


def test_a_rule_that_is_off_has_no_findings_to_draw(project: Path, graph: Run) -> None:
    (project / "ssot-lint.toml").write_text('ignore = ["SSOT101"]\n')
    assert graph("--symbol", "SSOT101-0000")[::2] == (
        ExitCode.USAGE,
        "error: SSOT101 duplicate-class is off. Select it in the configuration\n",
    )


def test_an_empty_project_is_an_empty_graph(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, graph: Run) -> None:
    monkeypatch.chdir(tmp_path)
    assert graph() == (ExitCode.OK, "flowchart LR\n  %% Imports between modules\n", "")
