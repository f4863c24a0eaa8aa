from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.definitions.duplicate_function import DuplicateFunction

BODY = """def own_address(hosts):
    for host in hosts:
        answer = host.ask('ip')
        if answer is None:
            continue
        text = answer.strip()
        if text:
            return text + '/32'
    return '127.0.0.1/32'
"""
SCRIPT = {
    "web/fleet/run.py": "import os, sys\nsys.path.append(os.path.dirname(__file__))\nfrom lorries.north import North\n",
    "web/fleet/lorries/__init__.py": "",
    "web/fleet/lorries/north.py": "from tools.net import own_address\nfrom tools.misc import tidy\nclass North: ...\n",
    "web/fleet/lorries/south.py": "from tools.net import own_address\nclass South: ...\n",
    "web/fleet/lorries/west.py": "from tools.net import own_address\nclass West: ...\n",
    "web/fleet/tools/__init__.py": "",
    "web/fleet/tools/net.py": BODY,
    "web/fleet/tools/misc.py": "def tidy(text):\n    return text\n",
}
SITE = {
    "web/depot/__init__.py": "from depot.clouds import own_address\n",
    "web/depot/clouds.py": f"from depot.model import Server\n{BODY}",
    "web/depot/model.py": "class Server: ...\n",
    "web/start.py": "import depot\n",
}


def found(sources: dict[str, str]) -> list[Finding]:
    return findings(DuplicateFunction(), SCRIPT | SITE | sources)


def test_a_file_of_a_script_is_imported_as_others_outside_import_it() -> None:
    """As `get_my_ip` of pgadmin4, which `pgacloud` has as `utils.misc` and the server as `pgacloud.utils.misc`."""
    (finding,) = found({"web/depot/lists.py": "from fleet.tools.misc import tidy\n"})
    assert "write `from fleet.tools.net import own_address` there" in finding.remedy


@pytest.mark.parametrize(
    "lists",
    ["", "from tools.misc import tidy\n", "from tools.misc import tidy\nfrom fleet.tools.misc import tidy as other\n"],
)
def test_where_nothing_says_otherwise_it_has_the_name_that_it_has_there(lists: str) -> None:
    (finding,) = found({"web/depot/lists.py": lists})
    assert "write `from tools.net import own_address` there" in finding.remedy


def test_what_imports_its_neighbours_by_their_own_names_cannot_be_loaded_by_another() -> None:
    taking = {
        "web/fleet/tools/net.py": f"from tools.misc import tidy\n{BODY}\nNAME = tidy('net')\n",
        "web/depot/lists.py": "from fleet.tools.misc import tidy\n",
    }
    (finding,) = found(taking)
    assert "`fleet.tools.net` imports its neighbours by names that mean nothing here" in finding.remedy
