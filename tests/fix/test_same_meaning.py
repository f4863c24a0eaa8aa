"""A copy whose body reads names of its module: deleted where both modules mean the same, and never called fixable where
they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line import Run
from tests.fix.projects import Fix, files_of, write_files

COPY = """
# shop/orders.py
{imports}
{bound}

def ship(order, carrier):
    {reads}
    label = carrier.label(order)
    if label is None:
        raise ValueError(order)
    order.label = label
    order.weigh(carrier.scale)
    carrier.book(order)
    return label
"""
PLAIN = "import logging, re, threading, os"


def copies(bound: str, reads: str, other: str | None = None, imports: str = PLAIN) -> dict[str, str]:
    files = files_of(COPY.format(imports=imports, bound=bound, reads=reads))
    twin = files_of(COPY.format(imports=imports, bound=bound if other is None else other, reads=reads))
    files["shop/quotes.py"] = twin["shop/orders.py"] + "\n\ndef quote(order):\n    return order.total\n"
    files["shop/used.py"] = "from shop.quotes import ship\n\n\ndef use(order):\n    return ship(order, None)\n"
    files["shop/desk.py"] = "import shop.orders\n\n\ndef use(order):\n    return shop.orders.ship(order, None)\n"
    files["shop/till.py"] = "from shop.orders import ship\n\n\ndef use(order):\n    return ship(order, 1)\n"
    return files


@pytest.mark.parametrize(
    ("bound", "reads"),
    [
        ('CARRIERS = ("ups", "dhl")', "assert carrier.name in CARRIERS"),
        ('carriers = ("ups", "dhl")', "assert carrier.name in carriers"),
        ('_NAME = re.compile(r"[a-z]+")', "assert _NAME.match(carrier.name)"),
        ("LIMIT = 3\nLIMITS = (LIMIT, LIMIT + 1)", "assert carrier.limit in LIMITS"),
        ('ZONES = ["eu", "us"]', "assert carrier.zone in ZONES"),
        ('TIMEOUT = int(os.getenv("TIMEOUT", "3"))', "carrier.timeout = TIMEOUT"),
        ('log = logging.getLogger("shop")', "log.info(order)"),
        ("def check(order):\n    return order.total > 3 and order.paid", "assert check(order)"),
        ("try:\n    import ujson as json\nexcept ImportError:\n    import json", "order.text = json.dumps(carrier)"),
    ],
)
def test_a_copy_that_reads_what_is_equal_in_both_modules_is_deleted(bound: str, reads: str, fix: Fix) -> None:
    done = fix(copies(bound, reads), "--unsafe", "--select", "SSOT120")
    assert (done.code, done.changed["shop/used.py"]) == (
        0,
        "from shop.orders import ship\n\n\ndef use(order):\n    return ship(order, None)\n",
    )
    assert "def ship" not in (done.changed["shop/quotes.py"] or "")


def test_a_logger_that_changes_its_name_is_spoken_of(fix: Fix) -> None:
    files = copies("logger = logging.getLogger(__name__)", "logger.info(order)")
    assert "what it logs to `logger` comes from the logger of shop.orders" in fix(files, "--select", "SSOT120").out
    assert fix(files, "--unsafe", "--select", "SSOT120").code == 0


@pytest.mark.parametrize(
    ("bound", "other", "reads", "why"),
    [
        ("booked = []", "booked = []", "booked.append(order)", "`booked` changes, and each module has its own"),
        (
            "lock = threading.Lock()",
            "lock = threading.Lock()",
            "lock.acquire()",
            "each module makes a `lock` of its own",
        ),
        ("", "", "carrier.path = __name__", "`__name__` is another one in shop.orders"),
        (
            "HERE = os.path.join(__file__, '..')",
            "HERE = os.path.join(__file__, '..')",
            "carrier.path = HERE",
            "`__file__` is another one in shop.orders",
        ),
        (
            "A = 1\nB = (A, 2)",
            "A = 2\nB = (A, 2)",
            "carrier.limits = B",
            "`A` is another one in shop.orders",
        ),
        (
            "class Lost(Exception):\n    pass",
            "class Lost(Exception):\n    pass",
            "carrier.error = Lost",
            "`Lost` is another one in shop.orders",
        ),
    ],
)
def test_a_copy_that_reads_what_differs_is_not_called_fixable(
    bound: str, other: str, reads: str, why: str, fix: Fix
) -> None:
    done = fix(copies(bound, reads, other), "--unsafe", "--select", "SSOT120")
    assert (done.code, done.changed) == (1, {})
    assert f"refused, {why} (" in done.out


@pytest.mark.parametrize(
    ("bound", "reads", "mark"),
    [
        ("booked = []", "booked.append(order)", False),
        ("lock = threading.Lock()", "lock.acquire()", False),
        ('CARRIERS = ("ups", "dhl")', "assert carrier.name in CARRIERS", True),
        ("logger = logging.getLogger(__name__)", "logger.info(order)", True),
    ],
)
def test_the_scan_says_what_fix_does(bound: str, reads: str, mark: bool, ssot_lint: Run, tmp_path: Path) -> None:
    write_files(tmp_path, copies(bound, reads))
    _, out, _ = ssot_lint("scan", str(tmp_path), "--select", "SSOT120", "-f", "concise")
    assert ("fixable" in out) is mark
    assert "shop/quotes.py" in out


def test_a_home_that_nothing_speaks_for_is_spoken_of(fix: Fix) -> None:
    files = copies('CARRIERS = ("ups", "dhl")', "assert carrier.name in CARRIERS")
    del files["shop/desk.py"]
    note = "it keeps that in shop/orders.py in place of moving both"
    assert note in fix(files, "--select", "SSOT120").out
    settled = files["shop/orders.py"].replace("def ship", "# ssot-lint: canonical\ndef ship")
    assert note not in fix({**files, "shop/orders.py": settled}, "--select", "SSOT120").out
