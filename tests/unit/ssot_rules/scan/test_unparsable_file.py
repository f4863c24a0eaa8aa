from __future__ import annotations

import pytest

from ssot_lint.model.finding import Location, Severity
from ssot_lint.model.source import Zone
from ssot_lint.testing import findings
from ssot_rules.definitions.duplicate_class import DuplicateClass
from ssot_rules.scan.unparsable_file import UnparsableFile

BROKEN = "def f():\n    return 1\n\nclass Order\n    pass\n"


def test_a_broken_file_is_named_with_place_and_reason() -> None:
    (finding,) = findings(UnparsableFile(), {"mill/a.py": "x = 1\n", "mill/b.py": BROKEN})
    assert finding.subject == "mill/b.py"
    assert finding.message == "mill/b.py cannot be analysed: expected ':'"
    assert finding.remedy == "Repair mill/b.py at line 4, or add it to `extend-exclude`."
    assert finding.home is None
    (site,) = finding.sites
    assert site.location == Location("mill/b.py", 4, 12, 4)
    assert (site.module, site.message) == ("mill.b", "expected ':'")
    assert finding.evidence == {"text": ["line 4: expected ':'"], "reason": "expected ':'"}


def test_all_zones_are_judged() -> None:
    sources = dict.fromkeys(("mill/a.py", "mill/migrations/m1.py", "scripts/run.py", "tests/test_a.py"), BROKEN)
    assert [each.subject for each in findings(UnparsableFile(), sources)] == sorted(sources)


@pytest.mark.parametrize(
    "path",
    [
        "scripts/run.py",
        "examples/first/submit.py",
        "docs/conf.py",
        "tests/git_data/02-invalid-files/jobs.py",
        "mill/tests/syntaxerror.py",
        "tests/broken/a.py",
        "tests/data/example_latin1.py",
        "mill/editor/tests/docstring_cases/body_missing_end_paren.py",
        "mill/tests/sources/if_else_block.py",
    ],
)
def test_what_nothing_imports_is_listed_only(path: str) -> None:
    (finding,) = findings(UnparsableFile(), {"mill/a.py": "x = 1\n", path: BROKEN})
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(
    "path", ["tests/test_a.py", "tests/cart_test.py", "tests/conftest.py", "mill/tests/__init__.py"]
)
def test_what_a_runner_of_tests_loads_counts(path: str) -> None:
    (finding,) = findings(UnparsableFile(), {"mill/a.py": "x = 1\n", path: BROKEN})
    assert finding.severity is None


def test_zones_are_an_option() -> None:
    sources = {"mill/a.py": BROKEN, "tests/test_a.py": BROKEN}
    rule = UnparsableFile(zones=(Zone.PRODUCTION,))
    assert [each.subject for each in findings(rule, sources)] == ["mill/a.py"]


def test_one_bad_file_hides_nothing_of_the_others() -> None:
    total = "class OrderTotal:\n    a = 1\n    b = 2\n    c = 3\n"
    sources = {"mill/a.py": total, "mill/b.py": total, "mill/bad.py": BROKEN}
    assert [each.subject for each in findings(DuplicateClass(), sources)] == ["OrderTotal"]


@pytest.mark.parametrize(
    "path", ["skills/templates/anchor.py", "mill/anchor.template.py", "{{ project }}/main.py", "cookiecutter-mill/a.py"]
)
def test_templates_are_no_python_yet(path: str) -> None:
    assert findings(UnparsableFile(), {"mill/a.py": "x = 1\n", path: BROKEN}) == []


@pytest.mark.parametrize(
    ("source", "message", "remedy"),
    [
        (
            "print 'x'\n",
            "mill/a.py was not judged: it is Python 2 (Missing parentheses in call to 'print'. "
            "Did you mean print(...)?)",
            "If mill/a.py is to stay Python 2, add it to `extend-exclude`; else repair line 1.",
        ),
        (
            "x = 1\nclass {{ name }}: pass\n",
            "mill/a.py was not judged: it is a template (invalid syntax)",
            "If mill/a.py is to stay a template, add it to `extend-exclude`; else repair line 2.",
        ),
        (
            "!pip install mill\n",
            "mill/a.py was not judged: it is a notebook (invalid syntax)",
            "If mill/a.py is to stay a notebook, add it to `extend-exclude`; else repair line 1.",
        ),
        (
            "if x:\n    (x): int = 1\n",
            "mill/a.py was not judged: LibCST cannot parse it, though Python can",
            "Write line 2 of mill/a.py in another way that means the same: only the parser of this tool refuses "
            "it. Until then nothing is known of the file.",
        ),
    ],
)
def test_what_is_no_fault_of_the_file_is_listed_only(source: str, message: str, remedy: str) -> None:
    (finding,) = findings(UnparsableFile(), {"mill/a.py": source})
    assert (finding.message, finding.remedy, finding.severity) == (message, remedy, Severity.INFO)


def test_a_file_that_is_too_large_is_listed_only() -> None:
    (finding,) = findings(UnparsableFile(), {"mill/b.py": "x = 1\n" * 200_000})
    reason = "cannot be read: too large: 1,200,000 bytes, more than 1,000,000 (`max-file-size`)"
    assert (finding.message, finding.severity) == (f"mill/b.py was not judged: {reason}", Severity.INFO)
    assert finding.remedy == (
        "Raise `max-file-size` if somebody writes mill/b.py by hand, else add it to `extend-exclude`."
    )
