"""Lines of a class without the words of its name."""

from __future__ import annotations

import pytest

from ssot_lint.model.facts import Body
from tests.unit.extract.parsing import parse

LAYER = """
class {name}Layer(Base):
    \"\"\"Of {name}.\"\"\"
    def __init__(self, config):
        self.attention = {name}Attention(config)
        self.{word} = "{word}_x"

    def forward(self, x):
        y = self.{word}(x)
        return {name}Output(y)
"""


def body(source: str) -> Body:
    return parse(source).classes[0].body


def layer(name: str, word: str) -> Body:
    return body(LAYER.format(name=name, word=word))


@pytest.mark.parametrize(("name", "word"), [("Roberta", "roberta"), ("XLMRobertaXL", "xlm_roberta_xl"), ("T5", "t5")])
def test_classes_that_differ_in_the_words_of_their_names_are_equal(name: str, word: str) -> None:
    one, other = layer("Bert", "bert"), layer(name, word)
    assert one.digest != other.digest
    assert one.renamed_digest == other.renamed_digest
    assert one.renamed_lines == other.renamed_lines


def test_other_words_make_a_difference() -> None:
    one = layer("Bert", "bert")
    other = body(LAYER.format(name="Roberta", word="roberta").replace("config)", "options)"))
    assert one.renamed_digest != other.renamed_digest
    assert len(one.renamed_lines) == len(other.renamed_lines)


def test_short_classes_have_no_neutral_form() -> None:
    short = body("class A:\n    x = 1\n    y = 2\n")
    assert (short.renamed_digest, short.renamed_lines) == ("", b"")
