"""Projects whose imports and definitions are a maze: they end, and with the right result."""

from __future__ import annotations

import json

import pytest

from tests.hardening.scans import CLASS, Scan, Write

pytestmark = pytest.mark.slow


def test_a_chain_of_500_reexports_leads_to_its_definition(write: Write, scan: Scan) -> None:
    chain = {f"app/m{at}.py": f"from app.m{at - 1} import Order\n\nclass Own{at}: ...\n" for at in range(1, 500)}
    user = "from app.m499 import Order\nfrom app.m0 import Order as Same\nfrom app.m499 import Nothing\n\nOrder(1, 2)\n"
    ended = scan(write({"app/__init__.py": "", "app/m0.py": CLASS, **chain, "app/use.py": user}), "--select", "SSOT307")
    assert ended.violations() == {"SSOT307 app.m499.Nothing": ["app/use.py"]}


def test_a_chain_of_500_aliases(write: Write, scan: Scan) -> None:
    chain = {f"app/m{at}.py": f"from app import m{at - 1} as below\n\nOrder = below.Order\n" for at in range(1, 500)}
    ended = scan(write({"app/__init__.py": "", "app/m0.py": CLASS, **chain}), "--select", "SSOT1,SSOT307")
    assert (ended.code, ended.violations()) == (0, {})


def test_cycles_of_star_imports_and_reexports(write: Write, scan: Scan) -> None:
    def module(at: int) -> str:
        after = (at + 1) % 100
        return (
            f"from app.m{after} import *\nfrom app import *\nfrom app.m{after} import C{after}, Ghost\n"
            f"\n\nclass C{at}(Ghost):\n    base = C{after}\n"
        )

    modules = {f"app/m{at}.py": module(at) for at in range(100)}
    ended = scan(write({"app/__init__.py": "from app.m0 import *\n", **modules}), "--select", "SSOT1,SSOT307")
    assert (ended.code, ended.unparsable(), ended.figure("files")) == (1, {}, 101)
    assert ended.violations() == {"SSOT307 app.m0.Ghost": sorted(modules)}
    (complaint,) = (each["message"] for each in json.loads(ended.out)["findings"])
    assert complaint.startswith("app.m0, app.m1, app.m10 and 97 more import `Ghost` from each other, and nothing")


def test_diamonds_of_star_imports(write: Write, scan: Scan) -> None:
    layers = {
        f"app/l{at}_{side}.py": f"from app.l{at - 1}_0 import *\nfrom app.l{at - 1}_1 import *\n\nclass C{at}: ...\n"
        for at in range(1, 60)
        for side in range(2)
    }
    bottom = {"app/__init__.py": "", "app/l0_0.py": CLASS, "app/l0_1.py": "x = 1\n"}
    user = {"app/use.py": "from app.l59_0 import Order, Nothing\n\nOrder(1, 2)\n"}
    ended = scan(write({**bottom, **layers, **user}), "--select", "SSOT307")
    assert ended.violations() == {"SSOT307 app.l59_0.Nothing": ["app/use.py"]}


def test_inheritance_and_calls_in_cycles(write: Write, scan: Scan) -> None:
    files = {
        "a.py": "from b import B, get_b\n\nclass A(B): ...\nclass Own(Own): ...\ndef get_a(): return get_b()\n",
        "b.py": "from a import A, get_a\n\nclass B(A): ...\ndef get_b(): return get_a()\ndef get_c(): return get_c()\n",
        "deep.py": "class C0: ...\n" + "".join(f"class C{at}(C{at - 1}): ...\n" for at in range(1, 2_000)),
        "made.py": "class Z: ...\ndef make0(): return Z()\n"
        + "".join(f"def make{at}(): return make{at - 1}()\n" for at in range(1, 1_000)),
    }
    ended = scan(write(files), "--select", "ALL")
    assert (ended.code, ended.unparsable()) == (0, {})


def test_5000_copies_of_one_class(write: Write, scan: Scan) -> None:
    copies = {f"app/d{at % 50}/m{at}.py": CLASS for at in range(5_000)}
    ended = scan(write(copies), "--select", "SSOT101")
    assert [len(sites) for sites in ended.violations().values()] == [4_999]


def test_two_files_for_one_module(write: Write, scan: Scan) -> None:
    files = dict.fromkeys(("src/app/a.py", "lib/app/a.py", "app/a.py", "app/a/__init__.py", "app/a.pyi"), CLASS)
    packages = dict.fromkeys(("src/app/__init__.py", "lib/app/__init__.py", "app/__init__.py"), "")
    ended = scan(write({**files, **packages}), "--select", "ALL")
    assert (ended.code, ended.unparsable(), ended.figure("files")) == (1, {}, 8)
