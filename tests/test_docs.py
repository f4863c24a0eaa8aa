"""What is generated from the code is up to date, and made right."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project
from ssot_lint.rules.rule import Rule

SCRIPT = Path(__file__).parents[1] / "scripts" / "gen_docs.py"


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gen_docs", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GEN_DOCS = load_script()

CONTRACTS = """
[[tool.importlinter.contracts]]
id = "stages"
layers = ["scan", "plan | rules", "extract"]
[[tool.importlinter.contracts]]
id = "public"
ignore_imports = ["ssot_rules -> ssot_lint.rules.rule", "ssot_rules.** -> ssot_lint.plan.**"]
[[tool.importlinter.contracts]]
id = "libraries"
ignore_imports = ["ssot_lint.extract.** -> libcst", "ssot_lint.extract.ids -> array", "ssot_lint.scan -> time"]
"""
SENTENCES = """\
| | `extract` | reads | | |
| | `gone` | was here | | |
| | `plan` | what to do | | |
| 7 | `rules` | who judges | yes | `rich` |
| | `scan` | all of it | | |
"""
ROOMS = """\
| floor | room | what it is | open to packs | libraries |
| --: | --- | --- | --- | --- |
| 3 | `scan` | all of it |  | `time` |
| 2 | `plan` | what to do | yes |  |
| 2 | `rules` | who judges | `rules.rule` |  |
| 1 | `extract` | reads |  | `array`, `libcst` |
"""


@dataclass(frozen=True)
class Alpha(Rule):
    """Finds alphas."""

    code = "TEST101"
    name = "alpha-rule"
    family = "tests"
    severity = Severity.HIGH

    def check(self, project: Project) -> Iterator[Finding]:
        raise NotImplementedError


def test_nothing_generated_is_stale(capsys: pytest.CaptureFixture[str]) -> None:
    code = GEN_DOCS.main(["--check"])
    assert (code, capsys.readouterr().out) == (0, ""), "run: python scripts/gen_docs.py"


def test_pages_table_and_schemas_are_written_and_stale_pages_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(GEN_DOCS, "ROOT", tmp_path)
    monkeypatch.setattr(GEN_DOCS, "builtin_rules", lambda: [Alpha])
    (tmp_path / "docs" / "rules").mkdir(parents=True)
    (tmp_path / "docs" / "analysis.md").write_text("<!-- analysis:begin -->\n<!-- analysis:end -->\n")
    (tmp_path / "docs" / "configuration.md").write_text("x\n<!-- reference:begin -->\n<!-- reference:end -->\ny\n")
    (tmp_path / "docs" / "rules" / "TEST100-gone.md").touch()
    (tmp_path / "docs" / "benchmarks.md").write_text("<!-- speed:begin -->\nIn 1 s.\n\nMore.\n<!-- speed:end -->\n")
    (tmp_path / "README.md").write_text("x\n<!-- speed:begin -->\n<!-- speed:end -->\ny\n")
    manifest = tmp_path / "editors" / "vscode" / "package.json"
    manifest.parent.mkdir(parents=True)
    manifest.write_text(
        '{"name": "x", "contributes": {"configuration": [{"title": "ours"}, {"properties": {"gone": 1}}]}}'
    )
    (tmp_path / "pyproject.toml").write_text(CONTRACTS)
    (tmp_path / "docs" / "architecture.md").write_text(f"x\n<!-- rooms:begin -->\n{SENTENCES}<!-- rooms:end -->\ny\n")
    assert GEN_DOCS.main(["--check"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "stale: docs/rules/TEST101-alpha-rule.md",
        "stale: docs/rules/index.md",
        "stale: ssot_lint/config.schema.json",
        "stale: ssot_lint/reporters/report.schema.json",
        "stale: ssot_lint/reporters/files.schema.json",
        "stale: ssot_lint/reporters/where.schema.json",
        "stale: ssot_lint/reporters/probe.schema.json",
        "stale: docs/analysis.md",
        "stale: docs/architecture.md",
        "stale: docs/configuration.md",
        "stale: README.md",
        "stale: editors/vscode/package.json",
        "stale: docs/rules/TEST100-gone.md",
    ]
    assert GEN_DOCS.main([]) == 0
    assert GEN_DOCS.main(["--check"]) == 0
    assert (tmp_path / "README.md").read_text() == "x\n<!-- speed:begin -->\nIn 1 s.\n<!-- speed:end -->\ny\n"
    reference = (tmp_path / "docs" / "configuration.md").read_text()
    assert reference.startswith("x\n<!-- reference:begin -->\n## Keys\n")
    assert reference.endswith("<!-- reference:end -->\ny\n")
    assert (tmp_path / "docs" / "architecture.md").read_text() == (
        f"x\n<!-- rooms:begin -->\n{ROOMS}<!-- rooms:end -->\ny\n"
    )
    ours, of_keys = json.loads(manifest.read_text())["contributes"]["configuration"]
    assert ours == {"title": "ours"}
    assert "gone" not in of_keys["properties"]
    assert of_keys["properties"]["ssot-lint.fail-level"]["enum"] == ["critical", "high", "low", "medium", "never"]
    assert "$ref" not in manifest.read_text()
    assert sorted(path.name for path in (tmp_path / "docs" / "rules").iterdir()) == [
        "TEST101-alpha-rule.md",
        "index.md",
    ]


def test_a_room_of_which_nothing_is_said_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(CONTRACTS)
    contracts = GEN_DOCS.contracts(tmp_path / "pyproject.toml")
    with pytest.raises(ValueError, match="say what `plan` is, in a row of the table of rooms"):
        GEN_DOCS.rooms_table(contracts, SENTENCES.replace("what to do", ""))


def test_what_docstrings_say_fits_into_a_table() -> None:
    text = "Whether ``a`` is a\n    :class:`~acme.Shop` | or not. For :meth:`Project.derived`.\n\nMore."
    assert GEN_DOCS.first_paragraph(text) == "Whether `a` is a `acme.Shop` \\| or not. For `Project.derived`."


def test_only_what_a_module_defines_for_others_is_a_question() -> None:
    names = {
        module.__name__: [name for name, _ in GEN_DOCS.public_names(module)] for module in GEN_DOCS.analysis_modules()
    }
    assert names["ssot_rules.analysis.stateful"] == ["is_stateful", "is_set_from_outside", "keeps_state_on_itself"]
    assert list(names) == sorted(names)


def test_a_document_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="the lines <!-- rules:begin --> and <!-- rules:end --> are missing"):
        GEN_DOCS.with_block("# a\n", "rules", "table\n")
