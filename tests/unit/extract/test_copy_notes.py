"""Comments that say of what a definition is a copy."""

from __future__ import annotations

import pytest

from tests.unit.extract.parsing import parse


def test_comments_directly_above_a_definition_with_its_renames_undone() -> None:
    original = parse("def f(bert):\n    return bert.x\n").functions[0]
    facts = parse("# Copied from a.b.f with bert->roberta\n@d\ndef g(roberta):\n    return roberta.x\n")
    (note,) = facts.copy_notes
    assert (note.text, note.line, note.is_partial) == ("Copied from a.b.f with bert->roberta", 1, False)
    assert note.digest == original.body.digest
    assert b"".join(each[:4] for each in note.readings) == original.body.lines
    assert facts.functions[0].body.digest != note.digest


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("@d\n# Copied from a.b.f\ndef g(): pass\n", 2),
        ("@d(\n    1,\n)\n# Copied from a.b.f\nclass G: pass\n", 4),
        ("@d\n# Copied from a.b.f\n@e\ndef g(): pass\n", 2),
        ("class G:\n    x = 1\n    @staticmethod\n    # Why.\n    # Copied from a.b.f\n    def g(): pass\n", 5),
        ("# Copied from a.b.f\n@d\n# Why.\ndef g(): pass\n", 1),
    ],
)
def test_comments_below_and_among_decorators_count(source: str, line: int) -> None:
    """As below `@staticmethod`, and below a decorator that documents: a ninth of a library's comments stand so."""
    (note,) = parse(source).copy_notes
    assert (note.text, note.line) == ("Copied from a.b.f", line)


def test_comments_that_a_line_of_code_keeps_away_are_no_notes() -> None:
    assert parse("# Copied from a.b.f\nx = 1\n@d\n# Why.\ndef g(): pass\n").copy_notes == ()
    assert parse('@d("""\nCopied from a.b.f\n""")\ndef g(): pass\n').copy_notes == ()


def test_other_comments_and_places_are_no_notes() -> None:
    source = "# Copied from a.b.f\n\ndef g():\n    # Copied from a.b.f\n    return 1\n# About g.\ndef h(): pass\n"
    assert parse(source).copy_notes == ()


def test_long_comments_are_cut() -> None:
    (note,) = parse(f"# copied from a.b {'x' * 300}\ndef g(): pass\n").copy_notes
    assert len(note.text) == 200


def test_renames_count_beyond_the_cut() -> None:
    original = parse("def f(bert):\n    return bert.x\n").functions[0]
    (note,) = parse(
        f"# copied from a.b.f with {'x' * 200}->y, bert->roberta\ndef g(roberta): return roberta.x\n"
    ).copy_notes
    assert note.digest == original.body.digest


def test_a_line_is_read_with_and_without_each_rename() -> None:
    originals = ["bert.norm(LayerNorm, Norm)", "bert.LayerNorm(LayerNorm, Norm)", "roberta.LayerNorm(Norm, LayerNorm)"]
    lines = {parse(f"def f(): return {each}\n").functions[0].body.lines for each in originals}
    comment = "# copied from a.b.f with bert->roberta, Norm->LayerNorm"
    (note,) = parse(f"{comment}\ndef g(): return roberta.LayerNorm(LayerNorm, LayerNorm)\n").copy_notes
    (readings,) = note.readings
    read = {readings[at : at + 4] for at in range(0, len(readings), 4)}
    assert len(lines - {parse(f"def f(): return {originals[0]}\n").functions[0].body.lines} - read) == 0
    assert len(lines & read) == 2
