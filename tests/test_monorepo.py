"""One scan of a small monorepo answers every row of the hand-written reports that the tool takes the place of.

The test of a row is named for it: R1 ("13 factory patterns") to R22 ("prevent new violations").
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import NamedTuple, TypedDict

import pytest

from ssot_lint.cli.main import run
from ssot_lint.errors import ExitCode

MONOREPO = Path(__file__).parents[1] / "fixtures" / "monorepo" / "bad"
HOME = "backend.websocket.manager:WebSocketManager"


class SiteDocument(TypedDict):
    path: str
    line: int
    message: str


class FindingDocument(TypedDict):
    code: str
    severity: str
    subject: str
    message: str
    home: dict[str, object] | None
    sites: list[SiteDocument]
    evidence: dict[str, object]


class SummaryDocument(TypedDict):
    score: float
    violations: dict[str, int]


class StepDocument(TypedDict):
    priority: int
    title: str
    files: int
    points: float


class PlanDocument(TypedDict):
    score_before: float
    score_after: float
    steps: list[StepDocument]


class Document(TypedDict):
    summary: SummaryDocument
    components: list[dict[str, object]]
    rules: list[dict[str, object]]
    findings: list[FindingDocument]
    plan: PlanDocument


class Scan(NamedTuple):
    """What one run wrote, in all formats that people and programs read."""

    document: Document
    markdown: str
    exit_code: ExitCode

    @property
    def findings(self) -> list[FindingDocument]:
        return self.document["findings"]

    def one(self, code: str, subject: str) -> FindingDocument:
        """The only finding of that rule and subject."""
        (found,) = [each for each in self.findings if each["code"] == code and each["subject"] == subject]
        return found

    def paths(self, code: str, subject: str) -> list[str]:
        return [site["path"] for site in self.one(code, subject)["sites"]]


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Scan:
    folder = tmp_path_factory.mktemp("reports")
    copy = shutil.copytree(MONOREPO, folder / "monorepo")  # a project of its own, not a part of this one
    reports = [f"--report={form}={folder / form}" for form in ("json", "markdown")]
    exit_code = run(["scan", str(copy), "--plan", "--quiet", "--output", str(folder / "text"), *reports])
    return Scan(
        json.loads((folder / "json").read_bytes()), (folder / "markdown").read_text(encoding="utf-8"), exit_code
    )


def test_r1_every_factory_of_a_product_and_the_canonical_one(scan: Scan) -> None:
    finding = scan.one("SSOT507", "websocket-manager")
    assert finding["home"] is not None
    assert finding["home"]["symbol"] == "backend.websocket.manager:get_websocket_manager"
    assert scan.paths("SSOT507", "websocket-manager") == ["backend/agents/managers.py", "backend/websocket/factory.py"]
    assert json.dumps(finding["evidence"]["covered"]).count("SSOT201") == 1, "the same said without a component"


def test_r2_every_path_that_one_function_is_imported_through(scan: Scan) -> None:
    finding = scan.one("SSOT301", "backend.store.records:load_record")
    assert "imported through backend.store.queries by 1 module, from backend.store.records by" in finding["message"]


def test_r3_dangerous_shared_state_apart_from_the_harmless(scan: Scan) -> None:
    assert scan.one("SSOT411", "backend.store.cache:UserCache")["severity"] == "medium"
    assert scan.one("SSOT401", "backend.store.cache:cache")["severity"] == "info"
    assert scan.one("SSOT403", "backend.store.pool:StorePool")["severity"] == "info"
    assert not [each for each in scan.findings if each["code"] == "SSOT411" and "StorePool" in each["subject"]]


def test_r4_one_responsibility_in_many_classes(scan: Scan) -> None:
    assert scan.paths("SSOT501", "websocket-manager") == [
        "analytics/sockets/manager.py",
        "auth_service/sessions/pool.py",
    ]


def test_r5_the_scatter_of_a_component(scan: Scan) -> None:
    evidence = scan.one("SSOT502", "websocket-manager")["evidence"]
    assert "analytics/sockets" in json.dumps(evidence)
    assert "auth_service/sessions" in json.dumps(evidence)


def test_r6_duplicates_rivals_and_critical_components(scan: Scan) -> None:
    assert scan.one("SSOT101", "WebSocketBridgeAdapter")["severity"] == "high"
    assert scan.paths("SSOT101", "WebSocketBridgeAdapter") == [
        "backend/agents/bridge.py",
        "backend/websocket/bridge.py",
    ]
    assert scan.one("SSOT506", "websocket-manager")["severity"] == "critical"
    assert scan.paths("SSOT506", "websocket-manager") == ["analytics/sockets/manager.py"]


def test_r7_how_copies_have_drifted_and_who_relies_on_what_they_lack(scan: Scan) -> None:
    copy, other = scan.one("SSOT101", "WebSocketBridgeAdapter")["sites"]
    assert copy["message"].endswith(
        "lacks `send_to_thread`; still called: `send_to_thread` at backend/agents/handover.py:6"
    )
    assert other["message"].endswith("lacks `send_to_thread`")


def test_r8_factories_that_hand_out_shared_objects(scan: Scan) -> None:
    finding = scan.one("SSOT203", "backend.tools.runner:create_tool_runner")
    assert finding["message"] == "`create_tool_runner` returns an entry of the registry `_runners`, not a new one"


def test_r9_creation_paths_fallbacks_and_bypasses_of_a_factory(scan: Scan) -> None:
    subject = f"backend.websocket.factory:WebSocketManagerFactory.create_manager -> {HOME}"
    assert len(scan.one("SSOT204", subject)["sites"]) == 2
    assert scan.paths("SSOT205", "backend.agents.managers:create_websocket_manager") == ["backend/agents/managers.py"]
    assert "backend/routes/chat.py" in scan.paths("SSOT202", HOME)


def test_r10_a_name_with_two_sources(scan: Scan) -> None:
    assert scan.paths("SSOT308", "backend.tools.dispatch:validate") == ["backend/tools/dispatch.py"]


def test_r11_deprecated_paths_still_in_use(scan: Scan) -> None:
    finding = scan.one("SSOT306", "backend.compat")
    assert finding["message"] == "backend.compat is deprecated and still imported by 1 module"
    assert finding["home"] is not None
    assert finding["home"]["module"] == "backend.store.records"


def test_r12_imports_of_names_that_do_not_exist(scan: Scan) -> None:
    assert scan.paths("SSOT307", "backend.store.records.load_rows") == ["analytics/loader.py"]


def test_r13_an_async_factory_called_without_await(scan: Scan) -> None:
    assert scan.paths("SSOT206", "backend.websocket.manager:get_websocket_manager") == ["backend/routes/status.py"]


def test_r14_unstable_keys(scan: Scan) -> None:
    assert scan.one("SSOT408", "auth_service.tokens:session_key")["severity"] == "high"
    assert scan.one("SSOT408", "auth_service.tokens:anonymous.user_id")["severity"] == "high"


def test_r15_registries_that_only_grow(scan: Scan) -> None:
    assert scan.paths("SSOT409", "auth_service.registry:SESSIONS") == ["auth_service/registry.py"]


def test_r16_literals_rival_names_and_incomplete_emitters_of_an_event_set(scan: Scan) -> None:
    assert scan.paths("SSOT503", "agent_started") == ["backend/agents/notifier.py"]
    assert scan.paths("SSOT504", "tool_executing") == ["analytics/names.py"]
    assert scan.paths("SSOT505", "websocket-manager") == ["backend/agents/notifier.py"]


def test_r17_immutable_sharing_is_harmless(scan: Scan) -> None:
    mentioned = json.dumps(scan.findings)
    assert "backend/websocket/mode.py" not in mentioned
    assert "backend/websocket/session.py" not in mentioned
    assert "backend/websocket/toolbox.py" not in mentioned


def test_r18_a_score_overall_per_rule_and_per_component(scan: Scan) -> None:
    document = scan.document
    assert document["summary"]["score"] < 50
    lost = sum(float(str(rule["points_lost"])) for rule in document["rules"])
    assert lost == pytest.approx(100 - document["summary"]["score"], abs=0.2)
    (component,) = document["components"]
    assert component["name"] == "websocket-manager"
    assert float(str(component["score"])) < 60


def test_r19_duplication_statistics(scan: Scan) -> None:
    (row,) = [line for line in scan.markdown.splitlines() if line.startswith("| `WebSocketBridgeAdapter`")]
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[:4] == ["`WebSocketBridgeAdapter`", "2", "3", "**high**"]


def test_r20_a_plan_with_priorities_and_file_counts(scan: Scan) -> None:
    plan = scan.document["plan"]
    assert [step["priority"] for step in plan["steps"]] == sorted(step["priority"] for step in plan["steps"])
    assert {step["priority"] for step in plan["steps"]} == {1, 2, 3}
    assert all(step["files"] >= 1 for step in plan["steps"])
    gained = sum(step["points"] for step in plan["steps"])
    assert plan["score_before"] + gained == pytest.approx(plan["score_after"], abs=0.01)


CHAT = (
    "from backend.websocket.manager import get_websocket_manager\n\n\n"
    "async def open_chat(request):\n    manager = await get_websocket_manager(request.context)\n"
    "    manager.add_connection(request.connection)\n    return request.respond(manager)\n"
)


def test_r20_the_first_steps_worked_off_by_hand_gain_what_the_plan_said(tmp_path: Path) -> None:
    copy = shutil.copytree(MONOREPO, tmp_path / "monorepo")

    def scanned() -> Document:
        # SSOT003 would say that the declared methods of the merged class are gone: a violation that the step makes.
        run(["scan", str(copy), "-q", "--no-cache", "--plan", "--ignore=SSOT003", f"--report=json={tmp_path / 'r'}"])
        document: Document = json.loads((tmp_path / "r").read_bytes())
        return document

    before = scanned()
    first, second = before["plan"]["steps"][:2]
    assert first["title"].startswith("Call backend.websocket.manager:get_websocket_manager instead of")
    (copy / "backend/routes/chat.py").write_text(CHAT)
    after_first = scanned()["summary"]["score"]
    assert after_first == pytest.approx(before["plan"]["score_before"] + first["points"], abs=0.02)
    assert second["title"].startswith("Write `await get_websocket_manager(...)`")
    status = copy / "backend/routes/status.py"
    status.write_text(status.read_text().replace("= get_", "= await get_"))
    assert scanned()["summary"]["score"] == pytest.approx(after_first + second["points"], abs=0.02)


def test_r20_classes_and_factories_are_merged_in_one_step_each(tmp_path: Path) -> None:
    copy = shutil.copytree(MONOREPO, tmp_path / "monorepo")
    run(["scan", str(copy), "-q", "--no-cache", "--plan", f"--report=json={tmp_path / 'r'}"])
    titles = [step["title"] for step in json.loads((tmp_path / "r").read_bytes())["plan"]["steps"]]
    assert [title.partition(" of ")[0] for title in titles if title.startswith("Merge")][:2] == [
        "Merge `UnifiedWebSocketManager` into `WebSocketManager`",
        "Merge `create_websocket_manager`, `WebSocketManagerFactory.create_manager` into `get_websocket_manager`",
    ]


def test_r21_the_command_to_run_it_again(scan: Scan) -> None:
    assert "```sh\nssot-lint scan .\n```" in scan.markdown


def test_r22_the_gate_fails_on_new_violations(scan: Scan) -> None:
    assert scan.exit_code is ExitCode.GATE_FAILED
    violations = scan.document["summary"]["violations"]
    assert violations["new"] == violations["total"] > 0
