from __future__ import annotations

import pytest

from tests.unit.extract.parsing import parse

SAYING = (
    "Duplicated here to keep the two transports decoupled; refactor later.",
    "Copied from shop.utils to avoid a circle of imports.",
    "Copied from shop/utils.py, not imported, so that this file can run alone.",
    "Repeated here because the worker has no access to the shop.",
    "Intentionally duplicated: both sides move at their own pace.",
    "A deliberate copy of the one in the client.",
    "This is duplicated on purpose.",
    "Duplicated to avoid importing the shop.",
    "Deliberately not shared with the server.",
    "Kept separate from the one of the client so that each can change.",
    "What the shop has too. Routing them through the shop module would read another binding.",
    "Importing it here would close a circle.",
    "These ways stand here as well as in the shop so older shops can ship.",
    "It is defined here too, because old shops have none.",
    "In this module as well, to keep both ends apart.",
    "Copied from transformers.models.swin.modeling_swin.SwinStage with Swin->Ferny",
    "Copied from https://github.com/acme/fern/blob/main/fern/rows.py#L10",
    "Mostly copied from: https://example.org/rows.html and no more",
    "Copied verbatim from torchvision.ops.boxes for old versions",
)
SILENT = (
    "The rows are copied to avoid changing the argument.",
    "Repeated rows are dropped to keep the table small.",
    "Avoid duplicated keys.",
    "Copied from shop/utils.py.",
    "Keep in sync with shop.utils.",
    "Values that are repeated because they were sent twice. Sharing is fine.",
    "Keep rows separate from columns.",
    "Deliberately slow: it waits for the others.",
    "Importing it would be nice. This here is separate.",
    "Rows are looked at here as well as columns.",
    "Copied from shop.utils.rows with Row->Line",
    "Rows are copied from https://example.org/rows.csv to the disk.",
    "Adapted from https://github.com/acme/fern, for rows.",
    "Copy from a row to the next.",
)


@pytest.mark.parametrize(("text", "count"), [*((text, 1) for text in SAYING), *((text, 0) for text in SILENT)])
@pytest.mark.parametrize(
    "source",
    [
        "# {text}\ndef total(rows): ...\n",
        "# {text}\n@cached\nclass Total:\n    def of(self): ...\n",
        'def total(rows):\n    """{text}"""\n',
        'class Total:\n    """What the order costs.\n\n    {text}\n    """\n',
        "def total(\n    rows: list[int],  # all\n) -> int:\n    '''{text}'''\n    return 1\n",
        'async def total(rows):\n    r"""Like the other.\n\n    {wrapped}\n    """\n',
    ],
)
def test_a_definition_says_that_it_repeats_on_purpose(text: str, count: int, source: str) -> None:
    half = text.rindex(" ", 0, len(text) // 2)
    wrapped = f"{text[:half]}\n   {text[half:]}"
    assert len(parse(source.format(text=text, wrapped=wrapped)).repeating) == count


@pytest.mark.parametrize(
    "source",
    [
        "# Duplicated here to keep it short.\n\ndef total(rows): ...\n",
        "def total(rows):\n    rows = list(rows)\n    # Duplicated here to keep it short.\n    return rows\n",
        "def total(rows):\n    return rows\n\n'''Duplicated here to keep it short.'''\n",
        "def total(rows): return 'Duplicated here to keep it short.'\n",
    ],
)
def test_what_is_said_elsewhere_is_not_about_the_definition(source: str) -> None:
    assert parse(source).repeating == ()
