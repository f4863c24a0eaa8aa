from __future__ import annotations

import msgspec

from ssot_lint.model.finding import Severity
from ssot_lint.model.report import Report
from ssot_lint.reporters.figures import count_violations, evidence_text, inventory, rule_figures, sites_by_severity


def test_info_findings_are_an_inventory_not_violations(sample: Report) -> None:
    assert count_violations(sample) == (21, 19, 1, 1)
    assert sites_by_severity(sample)[Severity.INFO] == 1
    assert [(row.rule.code, row.findings) for row in inventory(sample)] == [("SSOT401", 1)]


def test_rules_are_ordered_by_points_lost_and_carry_their_worst_severity(sample: Report) -> None:
    rows = rule_figures(sample)
    assert [row.rule.code for row in rows] == ["SSOT101", "SSOT206", "SSOT405", "SSOT201", "SSOT301", "SSOT002"]
    assert rows[2].severity is Severity.CRITICAL
    assert (rows[0].findings, rows[0].violations) == (1, 14)


def test_rule_with_info_and_other_findings_counts_in_both(sample: Report) -> None:
    mixed = [msgspec.structs.replace(finding, rule=sample.findings[0].rule) for finding in sample.findings]
    report = msgspec.structs.replace(sample, findings=tuple(mixed))
    assert [(row.rule.code, row.findings) for row in rule_figures(report)] == [("SSOT405", 6)]
    assert [(row.rule.code, row.findings) for row in inventory(report)] == [("SSOT405", 1)]


def test_only_strings_of_a_list_count_as_evidence_text(sample: Report) -> None:
    finding = sample.findings[0].finding
    for evidence, lines in (({}, []), ({"text": "a"}, []), ({"text": ["a", 1, "b"]}, ["a", "b"])):
        assert evidence_text(msgspec.structs.replace(finding, evidence=evidence)) == lines
