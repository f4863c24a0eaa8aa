from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.project.project import Project
from ssot_lint.rules.docs import document, render_explanation, render_page, render_table
from ssot_lint.rules.rule import Rule


@dataclass(frozen=True)
class Alpha(Rule):
    """A class has two homes, and the
    summary has two lines.

    Why:
        Because of a reason that is long enough to be
        filled again in the terminal, at eighty columns or so.

        And a second one.
    Bad:
        # a.py
        class A:
            x = 1

        # b.py
        class A: ...
    Good:
        from a import A
    Fix:
        Keep ``one``.
    """

    code = "TEST101"
    name = "alpha-rule"
    family = "tests"
    severity = Severity.HIGH
    on_by_default = False

    names: Annotated[tuple[str, ...], Meta(description="what counts")] = ("A", "B")
    min_size: Annotated[int, Meta(ge=1, description="the least")] = 3

    def check(self, project: Project) -> Iterator[Finding]:
        raise NotImplementedError


@dataclass(frozen=True)
class Bare(Alpha):
    """Only a summary."""

    code = "TEST102"
    name = "bare-rule"
    on_by_default = True


def test_the_docstring_is_taken_apart() -> None:
    doc = document(Alpha)
    assert doc.info.summary == "A class has two homes, and the summary has two lines."
    assert list(doc.sections) == ["Why", "Bad", "Good", "Fix"]
    assert doc.sections["Bad"] == "# a.py\nclass A:\n    x = 1\n\n# b.py\nclass A: ..."
    assert document(Bare).sections == {}


def test_a_rules_own_options_come_first() -> None:
    options = document(Alpha).options
    assert [(option.key, option.default, option.description) for option in options[:2]] == [
        ("names", ("A", "B"), "what counts"),
        ("min-size", 3, "the least"),
    ]
    assert options[2].key == "zones"


def test_an_explanation_is_plain_text() -> None:
    assert (
        render_explanation(document(Alpha))
        == """\
TEST101 alpha-rule (tests, high, off by default)

A class has two homes, and the summary has two lines.

Why
  Because of a reason that is long enough to be filled again in the terminal, at
  eighty columns or so.

  And a second one.

Bad
  # a.py
  class A:
      x = 1

  # b.py
  class A: ...

Good
  from a import A

Fix
  Keep `one`.

Options [tool.ssot-lint.rules.alpha-rule]
  names = ["A", "B"]
      what counts
  min-size = 3
      the least
  zones = ["production"]
      which code is judged: production, test, backup, script, vendored, generated
"""
    )


def test_a_page_is_markdown() -> None:
    assert (
        render_page(document(Bare))
        == """\
# TEST102 bare-rule

Only a summary.

*tests, high, on by default*

## Options

Under `[tool.ssot-lint.rules.bare-rule]`:

| option | default | meaning |
|---|---|---|
| `names` | `["A", "B"]` | what counts |
| `min-size` | `3` | the least |
| `zones` | `["production"]` | which code is judged: production, test, backup, script, vendored, generated |
"""
    )
    assert "## Bad\n\n```python\n# a.py\nclass A:\n" in render_page(document(Alpha))


def test_the_table_links_to_the_pages() -> None:
    assert (
        render_table([document(Alpha), document(Bare)], "docs/rules/")
        == """\
| code | name | severity | default | finds |
|---|---|---|---|---|
| [TEST101](docs/rules/TEST101-alpha-rule.md) | alpha-rule | high | off | A class has two homes, and the summary has two lines. |
| [TEST102](docs/rules/TEST102-bare-rule.md) | bare-rule | high |  | Only a summary. |
"""  # noqa: E501
    )
