"""Names are compared in NFKC, as Python does; positions are those of the source as it is written."""

from __future__ import annotations

from ssot_lint.testing import project_from
from tests.unit.extract.parsing import parse

MICRO, MU = "\N{MICRO SIGN}", "\N{GREEK SMALL LETTER MU}"
LIGATURE = "\N{LATIN SMALL LIGATURE FI}"


def test_names_of_definitions_imports_bindings_and_calls_are_in_normal_form() -> None:
    facts = parse(f"from {LIGATURE} import {LIGATURE} as {MICRO}\nclass {LIGATURE}x({MICRO}.{MICRO}): y = {MICRO}()\n")
    (imported,), (cls,), (call,), (binding,) = facts.imports, facts.classes, facts.calls, facts.bindings
    assert (imported.module, imported.name, imported.alias) == ("fi", "fi", MU)
    assert (cls.name, cls.bases, facts.scopes[1].qualname) == ("fix", (f"{MU}.{MU}",), "fix")
    assert call.callee == MU
    assert binding.value is not None
    assert (binding.value.text, binding.column) == (MU, 16)


def test_contents_of_strings_and_comments_stay_as_they_are() -> None:
    facts = parse(
        f'"""{LIGATURE}"""\n{MICRO} = "{MICRO}"\n__all__ = ["{LIGATURE}"]\n'
        f'def f():\n    "{LIGATURE}"\n# ssot-lint: {LIGATURE}\n'
    )
    value = facts.bindings[0].value
    assert value is not None
    assert (facts.bindings[0].name, value.text) == (MU, f'"{MICRO}"')
    assert (facts.docstring, facts.exports, facts.functions[0].docstring) == (LIGATURE, (LIGATURE,), LIGATURE)
    assert facts.directives[0].text == LIGATURE


def test_a_name_is_found_under_another_spelling() -> None:
    project = project_from({"a.py": f"class {LIGATURE}: pass\n", "b.py": "from a import fi\n"})
    (used,) = project.imports
    assert [used.resolution.symbol] == list(project.classes())
