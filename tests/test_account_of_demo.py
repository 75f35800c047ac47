"""The account of the demonstration's newest edition, with what rounding really did to it."""

from conftest import Demonstration
from sample_edition import AUDITED
from sheet_reader import Page

from flows.steps import demo, publish
from reports.render import account
from sources.store import Store


def test_the_account_of_the_demonstration_keeps_its_promise(
    demonstration: Demonstration,
) -> None:
    town, (*_, quarter) = demonstration.town, demo.ROUNDS
    at = demo.ROUNDS[quarter]
    with Store.open(town.settings.store, holder="a test", read_only=True) as store:
        edition = publish.content(town, store, quarter, known_at=at).edition
    ((_, content),) = account(edition, AUDITED)
    text = Page(content.decode()).text()
    assert (edition.protection["largest"] <= 4).all()
    assert "Geen aantal ligt meer dan 4 naast de telling." in text
    assert f"In alle {edition.protection.height} tabellen paste alles in elkaar." in text
    delivered = edition.deliveries.filter(outcome="GOEDGEKEURD MET UITVAL").height
    assert delivered > 0
    assert text.count("niet elke regel") >= delivered
