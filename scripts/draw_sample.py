"""Draws findings to be judged by hand, and writes them with their verdicts to docs/precision.md.

    ssot-lint scan django -f json -o django.json
    python scripts/draw_sample.py django-5.2=django.json mlflow-3.18.0=mlflow.json

Of each scored rule up to 15 findings are drawn, over all reports. Which ones is fixed by a seed and by the findings
themselves, so that a change to a rule leaves most of a sample as it was. Verdicts that stand in the document are kept
for findings that are drawn again: a verdict begins with "right" or "wrong", and may go on.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DOCUMENT = Path(__file__).parents[1] / "docs" / "precision.md"
SEED = "precision 1"
PER_RULE = 15
WANTED = {"critical": 80, "high": 80, "medium": 60, "low": 60}
"""The least percentage of findings that a maintainer would act on, by severity. Others are not drawn."""

TITLE = """# How precise the rules are

Of each scored rule up to 15 findings in real, healthy code were drawn at random, to be read in the source. A finding is
*right* when a maintainer of that project would act on it. Wanted are 80 % of the findings of severity high and 60 % of
the others.

Written by `scripts/draw_sample.py`; the verdicts are written by hand and kept. Rules were mended after a first reading
of these same code bases, so a code base that nobody has looked at may fare worse. Rules that are missing here found
nothing scored in them.
"""
HEAD = "| corpus | subject | place | finding | verdict |\n| --- | --- | --- | --- | --- |\n"
COLUMNS = HEAD.count("|", 0, HEAD.index("\n")) - 1


@dataclass(frozen=True)
class Drawn:
    """A finding of a report. ``place`` is that of its home, or of its first site."""

    rule: str
    severity: str
    corpus: str
    subject: str
    place: str
    message: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What a verdict is about. Without the line: that moves."""
        return self.rule, self.corpus, cell(self.subject), cell(self.place.rpartition(":")[0])

    @property
    def rank(self) -> str:
        """Its place in the order of drawing: random, and its own."""
        return hashlib.sha256("\0".join((SEED, *self.key)).encode()).hexdigest()


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "reports", nargs="+", metavar="NAME=FILE", help="JSON reports, with the name of what was scanned"
    )
    given = parser.parse_args(arguments).reports
    found = [drawn for text in given for drawn in read_report(*text.split("=", 1))]
    verdicts = read_verdicts(DOCUMENT.read_text(encoding="utf-8")) if DOCUMENT.is_file() else {}
    DOCUMENT.write_text(render(draw(found), verdicts), encoding="utf-8")
    return 0


def read_report(corpus: str, file: str) -> Iterator[Drawn]:
    """The scored findings of a report."""
    for finding in json.loads(Path(file).read_text(encoding="utf-8"))["findings"]:
        if finding["severity"] in WANTED:
            place = finding["home"] or finding["sites"][0]
            yield Drawn(
                rule=f"{finding['code']} {finding['name']}",
                severity=finding["severity"],
                corpus=corpus,
                subject=finding["subject"],
                place=f"{place['path']}:{place['line']}",
                message=finding["message"],
            )


def draw(found: Iterable[Drawn]) -> dict[str, list[Drawn]]:
    """The sample of each rule, by code; in it, by corpus and place."""
    by_rule: dict[str, list[Drawn]] = defaultdict(list)
    for each in found:
        by_rule[each.rule].append(each)
    return {
        rule: sorted(
            sorted(by_rule[rule], key=lambda each: each.rank)[:PER_RULE],
            key=lambda each: (each.corpus, each.place, each.subject),
        )
        for rule in sorted(by_rule)
    }


def read_verdicts(document: str) -> dict[tuple[str, str, str, str], str]:
    """The verdicts in a document, by the key of their findings."""
    verdicts = {}
    rule = ""
    for line in document.splitlines():
        if line.startswith("## "):
            rule = line.removeprefix("## ")
        cells = [text.strip() for text in line.replace(r"\|", "\0").strip("|").split("|")]
        if rule and line.startswith("| ") and len(cells) == COLUMNS and cells[-1]:
            corpus, subject, place, _, verdict = (text.replace("\0", r"\|") for text in cells)
            verdicts[rule, corpus, subject, place.rpartition(":")[0]] = verdict
    return verdicts


def render(sample: Mapping[str, Sequence[Drawn]], verdicts: Mapping[tuple[str, str, str, str], str]) -> str:
    """The document: a table of all rules, then the sample of each."""
    summary = ["| rule | severity | drawn | judged | right | wanted |", "| --- | --- | --- | --- | --- | --- |"]
    blocks = []
    for rule, drawn in sample.items():
        given = [verdicts.get(each.key, "") for each in drawn]
        summary.append(summary_row(rule, drawn, given))
        rows = [
            f"| {each.corpus} | {cell(each.subject)} | {cell(each.place)} | {cell(each.message)} | {verdict} |"
            for each, verdict in zip(drawn, given, strict=True)
        ]
        blocks.append(f"\n## {rule}\n\n{HEAD}" + "\n".join(rows) + "\n")
    return f"{TITLE}\n" + "\n".join(summary) + "\n" + "".join(blocks)


def summary_row(rule: str, drawn: Sequence[Drawn], verdicts: Sequence[str]) -> str:
    """One rule in the first table; its severity is that of most of its findings."""
    severities = [each.severity for each in drawn]
    severity = max(WANTED, key=severities.count)
    right = sum(verdict.startswith("right") for verdict in verdicts)
    judged = right + sum(verdict.startswith("wrong") for verdict in verdicts)
    share = f"{100 * right / judged:.0f} %" if judged else ""
    return f"| {rule} | {severity} | {len(drawn)} | {judged} | {share} | {WANTED[severity]} % |"


def cell(text: str) -> str:
    """Text as a cell of a Markdown table."""
    return " ".join(text.split()).replace("|", r"\|")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
