"""Partners: the goals they serve, what is asked of them, where they read, and who sends what."""

from collections.abc import Iterator
from datetime import date

from sources.agreement.checks.counting import quantities
from sources.agreement.known import Known
from sources.agreement.model import Partner
from sources.strict_yaml import Fault

TAKEN = "gemeente"
"""The folder of the internal figures as a whole; every partner has one by its own id beside it."""

_OF_TEAMS = "sociaal_team_trajecten"


def faults(known: Known) -> Iterator[Fault]:
    """Yield what is wrong with each partner, and the deliveries that nobody owes."""
    for key, partner in known.agreement.partners.items():
        if key == TAKEN and partner.kind == "partner":
            what = f"Een partner kan niet `{TAKEN}` heten: zo heet de map van de gemeente zelf"
            to_do = "Geef het bestand een andere naam."
            yield known.fault(f"partners/{key}.yaml", "kind", what=what, to_do=to_do)
        yield from _goals(known, key, partner)
        yield from _deliveries(known, key, partner)
        yield from _roles(known, key, partner)
    yield from _mailboxes(known)
    yield from _unsent(known)


def remarks(known: Known, today: date) -> Iterator[Fault]:
    """Yield the partners that must deliver and hear nothing of it: there is no address."""
    for key, partner in known.agreement.partners.items():
        asked = any(not owed.optional for owed in partner.deliveries)
        if partner.kind == "partner" and asked and not partner.email:
            what = "Deze partner krijgt geen antwoord en geen herinnering per mail"
            to_do = "Zet bij `email` het adres van een team, en niet van één mens."
            yield known.fault(f"partners/{key}.yaml", "name", what=what, to_do=to_do)


def _goals(known: Known, key: str, partner: Partner) -> Iterator[Fault]:
    file, goals = f"partners/{key}.yaml", known.agreement.goals
    for goal in partner.goals:
        if goal not in goals:
            yield known.unknown(file, "goals", goal, name=goal, among=goals, kind="Doel")
    if partner.kind == "partner" and not partner.goals:
        what = "Deze partner hoort bij geen enkel doel"
        to_do = "Noem bij `goals` aan welk doel hij bijdraagt."
        yield known.fault(file, "goals", what=what, to_do=to_do)


def _deliveries(known: Known, key: str, partner: Partner) -> Iterator[Fault]:
    for number, owed in enumerate(partner.deliveries):
        if owed.contract not in known.contracts:
            file, place = f"partners/{key}.yaml", ("deliveries", number, "contract")
            name, among = owed.contract, known.contracts
            yield known.unknown(file, *place, name=name, among=among, kind="Levering")


def _roles(known: Known, key: str, partner: Partner) -> Iterator[Fault]:
    """Only who has a role is asked something in it; a sociaal team tells of its trajecten."""
    file = f"partners/{key}.yaml"
    asked = [(("deliveries", n, "role"), o.role) for n, o in enumerate(partner.deliveries)]
    for place, role in [*asked, *((("questions", role), role) for role in partner.questions)]:
        if role and role not in partner.roles:
            what = f"Deze partner is geen {role}"
            yield known.fault(file, *place, what=what, to_do="Noem die rol bij `roles`.")
    owed = {delivery.contract for delivery in partner.deliveries}
    if partner.type == "sociaal_team" and _OF_TEAMS not in owed:
        what = f"Een sociaal team levert `{_OF_TEAMS}`, en hier ontbreekt het"
        to_do = "Zet de levering onder `deliveries`, of kies een andere `type`."
        yield known.fault(file, "type", what=what, to_do=to_do)


def _mailboxes(known: Known) -> Iterator[Fault]:
    """An answer is for its partner alone: two with one address would read each other's."""
    whose: dict[str, str] = {}
    for key, partner in known.agreement.partners.items():
        other = whose.setdefault(partner.email.lower(), key)
        if partner.email and other != key:
            what = f"Dit adres is ook dat van `{other}`: dan leest de een wat van de ander is"
            to_do = "Geef ieder een eigen adres."
            yield known.fault(f"partners/{key}.yaml", "email", what=what, to_do=to_do)


def _unsent(known: Known) -> Iterator[Fault]:
    partners = known.agreement.partners.values()
    owed = {delivery.contract for partner in partners for delivery in partner.deliveries}
    for key, one in known.alive().items():
        asked: list[tuple[tuple[str, ...], str]] = [(("delivery",), one.delivery)]
        asked += [((*p, "delivery"), q.delivery) for p, q in quantities(one) if q.delivery]
        for place, contract in asked:
            if contract in known.contracts and contract not in owed:
                what = f"Niemand levert `{contract}`"
                to_do = "Zet de levering bij een partner onder `deliveries`."
                yield known.fault(f"indicators/{key}.yaml", *place, what=what, to_do=to_do)
