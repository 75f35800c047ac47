"""Maatwerk in regie: the form that people chose for a partner, and no more asked than it allows.

Source: regie differs per partner and not per arc; a form of regie says what is asked, how often and
how deep. What is over it is a remark: there is no blueprint, but there is a talk.
"""

from collections.abc import Iterator
from datetime import date

from sources.agreement.known import Known
from sources.agreement.model import OwedDelivery, Partner, RegieForm
from sources.strict_yaml import Fault

_OFTEN = {"never": 0, "year": 1, "quarter": 4}


def faults(known: Known) -> Iterator[Fault]:
    """Yield forms that do not exist, and deliveries in a form that do not exist."""
    forms = known.agreement.instruments.forms
    for key, form in forms.items():
        asked, contracts = ("instruments.yaml", "forms", key, "deliveries"), known.contracts
        names, kind = form.deliveries, "Levering"
        yield from known.strangers(*asked, names=names, among=contracts, kind=kind)
    for key, partner in known.agreement.partners.items():
        chosen = partner.governance.form if partner.governance else None
        if chosen and chosen not in forms:
            place = (f"partners/{key}.yaml", "governance", "form")
            yield known.unknown(*place, name=chosen, among=forms, kind="Regievorm")


def remarks(known: Known, today: date) -> Iterator[Fault]:
    """Yield what partners are asked beyond their form: deliveries, how often, figures."""
    forms = known.agreement.instruments.forms
    for key, partner in known.agreement.partners.items():
        form = forms.get(partner.governance.form) if partner.governance else None
        if form:
            yield from _deliveries(known, key, partner, form)
            yield from _figures(known, key, form, today)


def _deliveries(known: Known, key: str, partner: Partner, form: RegieForm) -> Iterator[Fault]:
    to_do = "Vraag minder, of kies samen een andere vorm."
    for number, owed in enumerate(partner.deliveries):
        place = (f"partners/{key}.yaml", "deliveries", number)
        if owed.optional:
            continue
        if owed.contract not in form.deliveries:
            what = f"`{owed.contract}` is meer dan wij bij `{form.name}` vragen"
            yield known.fault(*place, what=what, to_do=to_do)
        elif _per_year(owed) > _OFTEN[form.every]:
            what = f"`{owed.contract}` komt vaker dan wij bij `{form.name}` vragen"
            yield known.fault(*place, "since", what=what, to_do=to_do)


def _per_year(owed: OwedDelivery) -> int:
    """Return how many files a year: `2024K4` is one every quarter, `2025` one every year."""
    return _OFTEN["year" if len(owed.since) == 4 else "quarter"]


def _figures(known: Known, key: str, form: RegieForm, today: date) -> Iterator[Fault]:
    agreed = known.agreement.agreed_with(key, today)
    sheets = agreed.result_sheets if agreed else ()
    asked = {name for sheet in sheets for name in sheet.indicators}
    if len(asked) > form.most_figures:
        what = f"Op de bladen staan {len(asked)} cijfers, bij `{form.name}` {form.most_figures}"
        to_do = "Schrap er een paar, of kies samen een andere vorm."
        yield known.fault(f"partners/{key}.yaml", "governance", "form", what=what, to_do=to_do)
