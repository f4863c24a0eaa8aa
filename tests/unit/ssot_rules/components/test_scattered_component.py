from __future__ import annotations

from ssot_lint.model.component import Component
from ssot_lint.model.finding import Finding
from ssot_lint.testing import findings
from ssot_rules.components.scattered_component import ScatteredComponent

SENDER = "class MailSender:\n    def send(self, text):\n        return text\n"
MAIL = Component(name="mail", home="shop.mail.sender:MailSender", names=("Mail*",), paths=("shop/mail/**",))


def found(files: dict[str, str], component: Component = MAIL) -> list[Finding]:
    folders = {"shop/__init__.py": "", "shop/mail/__init__.py": "", "shop/orders/__init__.py": ""}
    return findings(ScatteredComponent(), folders | {"shop/mail/sender.py": SENDER} | files, (component,))


def sites(files: dict[str, str], component: Component = MAIL) -> list[str]:
    return [site.symbol for finding in found(files, component) for site in finding.sites]


def test_each_definition_outside_is_a_site() -> None:
    (finding,) = found(
        {
            "shop/orders/queue.py": "class MailQueue:\n    pass\n\nclass MailError(Exception):\n    pass\n",
            "shop/mailing.py": "class MailList:\n    pass\n",
            "shop/mail/box.py": "class MailBox:\n    pass\n",
        }
    )
    assert finding.subject == "mail"
    assert finding.message == "`mail` has 3 of its 5 definitions outside `shop/mail/**`, in 2 folders"
    assert finding.remedy == (
        "Move shop.mailing:MailList, shop.orders.queue:MailQueue, shop.orders.queue:MailError to `shop/mail/**`"
    )
    assert finding.home is not None
    assert finding.home.symbol == "shop.mail.sender:MailSender"
    assert [(site.symbol, site.message) for site in finding.sites] == [
        ("shop.mailing:MailList", "belongs in `shop/mail/**`"),
        ("shop.orders.queue:MailQueue", "belongs in `shop/mail/**`"),
        ("shop.orders.queue:MailError", "belongs in `shop/mail/**`"),
    ]
    assert finding.evidence == {
        "component": "mail",
        "paths": ["shop/mail/**"],
        "definitions": 5,
        "folders": {"shop/orders": 2, "shop": 1},
        "text": ["shop/orders: 2 definitions", "shop: 1 definition"],
    }


def test_only_what_names_and_methods_say_is_code_of_a_component() -> None:
    component = Component(name="mail", home="shop.mail.sender:MailSender", paths=("shop/mail/**",))
    assert found({"shop/orders/queue.py": "class MailQueue:\n    def send(self): return self.n\n"}, component) == []


def test_without_paths_code_may_stand_anywhere() -> None:
    files = {"shop/orders/queue.py": "class MailQueue:\n    pass\n"}
    assert found(files, Component(name="mail", home="shop.mail.sender:MailSender", names=("Mail*",))) == []


def test_a_home_or_a_factory_outside_is_a_site() -> None:
    factory = "from shop.mail.sender import MailSender\n\ndef open_sender():\n    return MailSender()\n"
    component = Component(
        name="mail", home="shop.mail.sender:MailSender", factory="shop.setup:open_sender", paths=("shop/post/**",)
    )
    (finding,) = found({"shop/setup.py": factory}, component)
    assert [site.symbol for site in finding.sites] == ["shop.mail.sender:MailSender", "shop.setup:open_sender"]
    assert finding.home is None
    assert finding.message == "`mail` has 2 of its 2 definitions outside `shop/post/**`, in 2 folders"


def test_what_does_the_work_is_part_of_it_under_any_name() -> None:
    text = (
        "class Desk:\n"
        "    def add_letter(self, letter):\n        self.last = letter\n"
        "    def drop_letter(self, letter):\n        self.last = None\n"
    )
    component = Component(
        name="mail", home="shop.mail.sender:MailSender", methods=("add_letter", "drop_letter"), paths=("shop/mail/*",)
    )
    assert sites({"shop/desk.py": text}, component) == ["shop.desk:Desk"]


def test_without_a_known_home_the_rest_is_still_told() -> None:
    component = Component(name="mail", home="shop.gone:Mail", names=("Mail*",), paths=("shop/post/**",))
    (finding,) = found({}, component)
    assert finding.home is None
    assert [site.symbol for site in finding.sites] == ["shop.mail.sender:MailSender"]


def test_subclasses_doubles_and_tests_are_left_alone() -> None:
    subclass = "from shop.mail.sender import MailSender\n\nclass MailRobot(MailSender):\n    pass\n"
    assert (
        sites(
            {
                "shop/orders/robot.py": subclass,
                "shop/orders/demo.py": "class MailFake:\n    pass\n",
                "tests/mail.py": "class MailBox:\n    pass\n",
            }
        )
        == []
    )
