"""What a definition takes from the module around it."""

from __future__ import annotations

from ssot_lint.testing import project_from
from ssot_rules.analysis.surroundings import taken_along

TEXT = (
    "import logging\n"
    "logger = logging.getLogger(__name__)\n"
    "RATES = (1, {rate})\n"
    "def half(x):\n    return x / 2\n"
    "def price(x):\n    logger.info(x)\n    return half(x) * RATES[0]\n"
)


def test_own_names_come_along_where_they_are_the_same() -> None:
    project = project_from({"a.py": TEXT.format(rate=2), "b.py": TEXT.format(rate=2), "c.py": TEXT.format(rate=3)})
    one, same, other = [function for function in project.functions() if function.name == "price"]
    assert taken_along(project, one, [same]) == (["RATES", "half"], [])
    assert taken_along(project, one, [same, other]) == (["half"], ["RATES"])
