"""`praatplaat observe`, `publish` and `run`."""

from flows.cli.options import (
    AgreementOption,
    HomeOption,
    KnownAtOption,
    QuarterOption,
    moment,
    settings,
)
from flows.cli.telling import say, show, telling
from flows.settings import now


def observe(
    quarter: QuarterOption,
    known_at: KnownAtOption = None,
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Werk de cijfers van een kwartaal uit, met wat er nu is ontvangen of op een dag eerder."""
    from flows.steps import round as rounds

    town = settings(agreement, home).open()
    with telling(f"Cijfers van {quarter} worden uitgewerkt") as tell:
        rounds.observe_quarter(town, quarter, known_at=moment(known_at), tell=tell, at=now())


def publish(
    quarter: QuarterOption, agreement: AgreementOption = None, home: HomeOption = None
) -> None:
    """Maak een concept van de editie van een kwartaal: beschermd, als praatplaten.

    Partners zien eerst hun eigen deel. Openbaar is de editie na `praatplaat release`.
    """
    from flows.steps import round as rounds

    town = settings(agreement, home).open()
    with telling(f"Editie van {quarter} wordt gemaakt") as tell:
        published = rounds.publish_quarter(town, quarter, known_at=now(), tell=tell, clock=now)
    show(str(published.index))


def run(quarter: QuarterOption, agreement: AgreementOption = None, home: HomeOption = None) -> None:
    """Ontvang wat wacht, werk de cijfers uit en maak een concept van de editie."""
    from flows.post.sending import send_if_possible
    from flows.steps import round as rounds

    town = settings(agreement, home).open()
    with telling(f"De ronde van {quarter}") as tell:
        received, published = rounds.run(town, quarter, at=now(), tell=tell, clock=now)
        send_if_possible(town, at=now(), tell=tell)
    for one in received:
        if one.refused:
            say(one.told())
    show(str(published.index))
