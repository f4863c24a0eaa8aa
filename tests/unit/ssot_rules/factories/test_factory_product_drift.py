from __future__ import annotations

import pytest

from ssot_lint.model.finding import Finding, Severity
from ssot_lint.testing import findings
from ssot_rules.factories.factory_product_drift import FactoryProductDrift

MAIL = "class MailQueue:\n    def push(self): pass\ndef create_mail_queue():\n    return MailQueue()\n"
JOBS = "class JobQueue:\n    def put(self): pass\ndef create_mail_queue():\n    return JobQueue()\n"


def found(files: dict[str, str]) -> list[Finding]:
    folders = {f"{path.rpartition('/')[0]}/__init__.py": "" for path in files}
    return findings(FactoryProductDrift(), {"shop/__init__.py": ""} | folders | files)


def test_one_name_builds_two_classes() -> None:
    (finding,) = found(
        {"shop/jobs.py": JOBS, "shop/mail.py": MAIL, "shop/desk.py": "from shop.mail import create_mail_queue\n"}
    )
    assert finding.subject == "create_mail_queue"
    assert finding.message == (
        "`create_mail_queue` builds 2 different classes in 2 modules: keep shop.mail:create_mail_queue, "
        "imported by 1 module"
    )
    assert finding.remedy == (
        "Let the callers of shop.jobs:create_mail_queue import shop.mail:create_mail_queue; where the other class is "
        "needed, rename its factory after it"
    )
    (site,) = finding.sites
    assert (site.symbol, site.message) == (
        "shop.jobs:create_mail_queue",
        "builds `shop.jobs:JobQueue`, shop.mail:create_mail_queue builds `shop.mail:MailQueue`",
    )
    assert finding.evidence["text"] == [
        "shop/mail.py:3 builds shop.mail:MailQueue",
        "shop/jobs.py:3 builds shop.jobs:JobQueue",
    ]


def test_a_general_name_drifts_only_between_classes_of_one_name() -> None:
    other = MAIL.replace("create_mail_queue", "create_queue")
    assert found({"shop/a.py": other, "shop/b.py": JOBS.replace("create_mail_queue", "create_queue")}) == []
    assert len(found({"shop/a.py": other, "shop/b.py": other})) == 1


@pytest.mark.parametrize(
    "files",
    [
        {"shop/a.py": MAIL, "shop/b.py": JOBS.replace("create_mail_queue", "create_job_board")},
        {"shop/a/queue.py": MAIL, "shop/b/queue.py": JOBS},
        {"shop/a.py": MAIL, "shop/b.py": JOBS.replace("JobQueue", "JobResult")},
        {"shop/a.py": MAIL, "tests/b.py": JOBS},
        {"shop/a.py": MAIL, "shop/b.py": "from shop.a import MailQueue\ndef create_mail_queue(): return MailQueue()\n"},
        {"shop/a.py": MAIL, "shop/b.py": "def create_mail_queue(): return object()\n"},
        {"shop/a/a_queue.py": MAIL, "shop/b/b_queue.py": JOBS},
        {
            "shop/a.py": MAIL.replace("():", "() -> MailQueue:"),
            "shop/b.py": JOBS.replace("():", "() -> JobQueue:"),
        },
        {
            "shop/a.py": MAIL,
            "shop/b.py": "import shop.a as a\nclass Fast(a.MailQueue): pass\ndef create_mail_queue(): return Fast()\n",
        },
        {"shop/a.py": MAIL, "shop/b.py": "from shop import a\ndef create_mail_queue(): return a.create_mail_queue()\n"},
    ],
)
def test_exemptions(files: dict[str, str]) -> None:
    assert found(files) == []


@pytest.mark.parametrize(
    "body",
    [
        "():\n    return _made()\ndef _made():\n    return JobQueue()\n",
        "():\n    return get_queue('x')\ndef get_queue(x):\n    q = JobQueue()\n    return q\n",
        "(kind) -> JobQueue:\n    return KINDS[kind].load()\n",
        "() -> 'JobQueue | None':\n    return load()\n",
        "():\n    if q := JobQueue():\n        q.put()\n    return q\n",
        "():\n    return JobQueue[str]()\n",
    ],
)
def test_what_a_factory_gives_in_the_end(body: str) -> None:
    jobs = "KINDS = {}\nclass JobQueue:\n    def put(self): pass\n"
    (finding,) = found({"shop/a.py": MAIL, "shop/b.py": f"{jobs}def create_mail_queue{body}"})
    assert finding.severity is None


def test_products_of_other_roles_are_no_more_than_a_note() -> None:
    (finding,) = found({"shop/a.py": MAIL, "shop/b.py": JOBS.replace("JobQueue", "Board")})
    assert finding.severity is Severity.INFO


BASE = {"shop/storage/__init__.py": "class Base:\n    def put(self): ...\n"}
BACK_END = (
    "from shop.storage import Base\nclass Storage(Base):\n    size = {}\ndef load_from_config(): return Storage()\n"
)


def test_back_ends_that_the_settings_name_build_each_their_own() -> None:
    files = BASE | {
        "shop/storage/memory.py": BACK_END.format(1),
        "shop/storage/postgres/__init__.py": BACK_END.format(2),
    }
    assert found(files) == []
    apart = {path.replace("storage/memory", "cache/memory"): text for path, text in files.items()}
    assert len(found(apart)) == 1
    unrelated = {path: text.replace("Storage(Base)", "Storage") for path, text in files.items()}
    assert len(found(unrelated)) == 1


@pytest.mark.parametrize("needs", ["rich", "till"])
def test_factories_that_are_released_apart_are_no_more_than_a_note(needs: str) -> None:
    """As `get_client` of the SDK of agentops and of its deployer, and `load_flow` of promptflow for the cloud."""
    files = {"till/pyproject.toml": '[project]\nname = "till"\ndependencies = ["rich"]\n'}
    files |= {"bank/pyproject.toml": f'[project]\nname = "bank"\ndependencies = ["{needs}"]\n'}
    files |= {"till/till/a.py": MAIL, "bank/bank/b.py": JOBS, "till/till/__init__.py": "", "bank/bank/__init__.py": ""}
    (finding,) = findings(FactoryProductDrift(), files)
    assert finding.severity is Severity.INFO


@pytest.mark.parametrize(
    ("one", "other", "severity"),
    [
        ("", "", None),
        ("", "url", None),
        ("url", "url, size=1", None),
        ("url", "rows", Severity.INFO),
        ("rows, low_latency", "rows, group, *, hidden=1", Severity.INFO),
    ],
)
def test_factories_that_take_other_things_are_no_more_than_a_note(
    one: str, other: str, severity: Severity | None
) -> None:
    """As `build_deepep_moe` of two back ends of lmdeploy."""
    files = {"shop/a.py": MAIL, "shop/b.py": JOBS}
    named = zip(files.items(), (one, other), strict=True)
    (finding,) = found(
        {path: text.replace("create_mail_queue()", f"create_mail_queue({takes})") for (path, text), takes in named}
    )
    assert finding.severity is severity


CALL = "def push_all(texts):\n    queue = create_mail_queue()\n    for text in texts: queue.push(text)\n"


@pytest.mark.parametrize(
    ("files", "severity"),
    [
        ({"shop/mail.py": MAIL + CALL, "shop/jobs.py": JOBS + CALL}, Severity.INFO),
        (
            {"shop/mail.py": MAIL + CALL, "shop/jobs.py": JOBS + "class Desk:\n    queue = create_mail_queue()\n"},
            Severity.INFO,
        ),
        ({"shop/mail.py": MAIL + CALL + CALL, "shop/desk/jobs.py": JOBS + CALL}, Severity.INFO),
        ({"shop/mail.py": MAIL + CALL, "shop/jobs.py": JOBS}, None),
        ({"shop/mail.py": MAIL, "shop/jobs.py": JOBS}, None),
        (
            {
                "shop/mail.py": MAIL + CALL,
                "shop/jobs.py": JOBS + CALL,
                "shop/desk.py": "from shop.jobs import create_mail_queue\n",
            },
            None,
        ),
    ],
)
def test_factories_for_their_own_modules_are_listed(files: dict[str, str], severity: Severity | None) -> None:
    (finding,) = found(files)
    assert finding.severity is severity
