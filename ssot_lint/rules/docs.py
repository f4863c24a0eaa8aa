"""The documentation of a rule, made from its class: for the terminal, the docs and the README.

A rule's docstring is its summary, then the sections ``Why:``, ``Bad:``, ``Good:`` and ``Fix:``, each with an
indented block; Bad and Good are Python.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ssot_lint.config.convert import description_of, field_name, option_kinds
from ssot_lint.config.toml import toml_value
from ssot_lint.model.report import RuleInfo
from ssot_lint.rules.rule import Rule

SECTIONS = ("Why", "Bad", "Good", "Fix")
CODE_SECTIONS = frozenset({"Bad", "Good"})


@dataclass(frozen=True)
class Option:
    """An option of a rule: its key, the type of its value, its default, what it means."""

    key: str
    kind: type[object]
    default: object
    description: str


@dataclass(frozen=True)
class RuleDoc:
    """All that is said about a rule. ``sections`` maps a title of :data:`SECTIONS` to its text."""

    info: RuleInfo
    on_by_default: bool
    sections: Mapping[str, str]
    options: tuple[Option, ...]

    @property
    def file_name(self) -> str:
        """The name of the rule's page in the documentation."""
        return f"{self.info.code}-{self.info.name}.md"

    @property
    def table(self) -> str:
        """The table of the configuration that the options stand in."""
        return f"[tool.ssot-lint.rules.{self.info.name}]"

    @property
    def standing(self) -> str:
        """Family, severity and whether the rule runs without being selected."""
        default = "on by default" if self.on_by_default else "off by default"
        return f"{self.info.family}, {self.info.severity.value}, {default}"


def document(rule: type[Rule]) -> RuleDoc:
    """Everything the class says about itself."""
    info = rule.info()
    return RuleDoc(info, rule.on_by_default, sections_of(info.help), tuple(rule_options(rule)))


def sections_of(text: str) -> dict[str, str]:
    """The sections of a rule's cleaned docstring, in their order: title to text."""
    blocks: dict[str, list[str]] = {}
    title = ""
    for line in text.splitlines():
        if line.removesuffix(":") in SECTIONS and line.endswith(":"):
            title = line.removesuffix(":")
            blocks[title] = []
        elif title:
            blocks[title].append(line)
    texts = {name: textwrap.dedent("\n".join(lines)).strip("\n") for name, lines in blocks.items()}
    return {name: text if name in CODE_SECTIONS else text.replace("``", "`") for name, text in texts.items()}


def rule_options(rule: type[Rule]) -> Iterator[Option]:
    """The rule's own options, then those that all rules have."""
    shared = option_kinds(Rule)
    defaults = rule()
    for key, kind in sorted(option_kinds(rule).items(), key=lambda item: item[0] in shared):
        yield Option(key, kind, getattr(defaults, field_name(key)), description_of(kind))


def render_explanation(doc: RuleDoc) -> str:
    """The documentation as plain text, at most 80 columns except for code."""
    blocks = [f"{doc.info.code} {doc.info.name} ({doc.standing})", textwrap.fill(doc.info.summary, 80)]
    for title, text in doc.sections.items():
        body = text if title in CODE_SECTIONS else _refilled(text)
        blocks.append(f"{title}\n{textwrap.indent(body, '  ')}")
    rows = [f"  {option.key} = {toml_value(option.default)}\n      {option.description}" for option in doc.options]
    blocks.append("\n".join([f"Options {doc.table}", *rows]))
    return "\n\n".join(blocks) + "\n"


def render_page(doc: RuleDoc) -> str:
    """The documentation as a Markdown page."""
    blocks = [f"# {doc.info.code} {doc.info.name}", doc.info.summary, f"*{doc.standing}*"]
    blocks.extend(render_sections(doc.sections))
    rows = [f"| `{option.key}` | `{toml_value(option.default)}` | {option.description} |" for option in doc.options]
    head = f"Under `{doc.table}`:\n\n| option | default | meaning |\n|---|---|---|"
    blocks.append("\n".join([f"## Options\n\n{head}", *rows]))
    return "\n\n".join(blocks) + "\n"


def render_sections(sections: Mapping[str, str]) -> list[str]:
    """Each section as a Markdown chapter."""
    bodies = {title: f"```python\n{text}\n```" if title in CODE_SECTIONS else text for title, text in sections.items()}
    return [f"## {title}\n\n{body}" for title, body in bodies.items()]


def render_table(docs: Iterable[RuleDoc], folder: str) -> str:
    """A Markdown table of rules that links to their pages in ``folder`` (empty, or with a slash at the end)."""
    rows = [
        f"| [{doc.info.code}]({folder}{doc.file_name}) | {doc.info.name} | {doc.info.severity.value} "
        f"| {'' if doc.on_by_default else 'off'} | {doc.info.summary} |"
        for doc in docs
    ]
    return "\n".join(["| code | name | severity | default | finds |", "|---|---|---|---|---|", *rows]) + "\n"


def _refilled(text: str) -> str:
    paragraphs = text.split("\n\n")
    return "\n\n".join(textwrap.fill(" ".join(paragraph.split()), 78) for paragraph in paragraphs)
