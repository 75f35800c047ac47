"""What a partner gets before its first delivery: an empty workbook, the explanation, the form."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import polars as pl

from flows.settings import Town, last_ended_quarter
from flows.steps.check import contract_named
from reports import instructions
from reports.forms.story import StoryForm, page
from reports.instructions import Asked
from sources.conform.cells import NOT_APPLICABLE, UNKNOWN
from sources.contracts import frictionless, template
from sources.contracts.asked import asked
from sources.contracts.model import Contract
from sources.errors import UsageError
from sources.gate import KEY_REFUSED_ABOVE
from sources.store import Store

STORIES = "verhalen_signalen"
AREAS = "gebied_indeling"

_PERIOD = re.compile(r"\d{4}(K[1-4])?")
_ANYONE = "partner"
"""Stands in a file name for a partner that is not known yet."""


@dataclass(frozen=True, slots=True)
class Request:
    """Which delivery it is about; partner and period may be '', for whoever delivers and when."""

    contract: Contract
    partner: str
    period: str

    @classmethod
    def of(cls, town: Town, contract: str, *, partner: str = "", period: str = "") -> "Request":
        """Return the request. Raises UsageError for what the agreement does not know."""
        known = contract_named(town, contract)
        if known.reader != "csv":
            raise UsageError(f"{known.title} is een kaart. Die past niet in een tabel.")
        if partner:
            _owes(town, partner, known)
        if period and not _PERIOD.fullmatch(period):
            raise UsageError(f"`{period}` is geen periode. Schrijf een kwartaal of een jaar.")
        return cls(known, partner, period)

    @property
    def said(self) -> dict[str, str]:
        """What the manifest of a first delivery says, as far as it is known."""
        told = {"partner": self.partner, "contract": self.contract.code, "period": self.period}
        return {**told, "number": "1", "rows": "", "nil": "nee"}

    def file_name(self, town: Town, *, at: datetime) -> tuple[str, str]:
        """Return a good name for a CSV, and its period: the last that ended if none was asked."""
        period = self.period or _last_ended(self.contract, at)
        parts = (_code(town), self.partner or _ANYONE, self.contract.code, period, "v1")
        return f"{'_'.join(parts)}.csv", period


def _last_ended(contract: Contract, at: datetime) -> str:
    quarter = last_ended_quarter(at)
    if contract.frequency != "year":
        return quarter
    year = int(quarter[:4])
    return str(year if quarter.endswith("K4") else year - 1)


def _owes(town: Town, partner: str, contract: Contract) -> None:
    partners = town.agreement.partners
    if partner not in partners:
        raise UsageError(f"`{partner}` kennen wij niet. Kies uit: {', '.join(partners)}.")
    if contract.id not in {owed.contract for owed in partners[partner].deliveries}:
        raise UsageError(
            f"De levering {contract.id} is niet met {partner} afgesproken. "
            f"Zet haar in partners/{partner}.yaml."
        )


def _code(town: Town) -> str:
    return town.agreement.general.municipality.code


def workbook(request: Request) -> bytes:
    """Return an empty delivery as a workbook."""
    return template.workbook(request.contract, request.said)


def explanation(town: Town, request: Request, *, at: datetime) -> Iterator[tuple[str, bytes]]:
    """Yield the page that explains a delivery and its data package: their names and bytes."""
    name, period = request.file_name(town, at=at)
    partner = town.agreement.partners.get(request.partner)
    contract = request.contract
    parts = {
        _code(town): "de code van de gemeente",
        request.partner or _ANYONE: "uw naam bij ons"
        if partner
        else "uw naam bij ons, die u kreeg",
        contract.code: "welke levering het is",
        period: "de periode: jaar, de letter K en het kwartaal" if "K" in period else "het jaar",
        "v1": "de eerste keer; stuurt u iets verbeterd, dan v2",
    }
    told = Asked(
        contract=contract,
        municipality=town.agreement.general.municipality.name,
        partner=partner.name if partner else "",
        period=period,
        file_name=name,
        parts=parts,
        forms={column.name: asked(column) for column in contract.columns},
        key_refused_above=KEY_REFUSED_ABOVE,
    )
    package = frictionless.package(contract, path=name, said=request.said)
    yield "uitleg.html", instructions.page(told)
    yield "datapackage.json", (json.dumps(package, ensure_ascii=False, indent=2) + "\n").encode()


def form(town: Town, partner: str, *, at: datetime) -> bytes:
    """Return the story form of a partner; areas have their names as the store knew them then.

    Raises UsageError where no stories were agreed with that partner.
    """
    agreement = town.agreement
    request = Request.of(town, STORIES, partner=partner)
    return page(
        StoryForm(
            contract=request.contract,
            municipality=_code(town),
            municipality_name=agreement.general.municipality.name,
            partner=partner,
            partner_name=agreement.partners[partner].name,
            goals={name: goal.name for name, goal in agreement.goals_in_order()},
            areas=_areas(town, partner, at=at),
            arcs={str(arc.id): arc.name for arc in agreement.rainbow.arcs},
            nothing=(*NOT_APPLICABLE, *UNKNOWN),
        )
    )


def _areas(town: Town, partner: str, *, at: datetime) -> dict[str, str]:
    """Return the wijken with their names, a partner's own first, and the whole municipality last.

    Never a buurt: in a buurt a teller is too easily recognised.
    """
    agreement, whole = town.agreement, town.agreement.general.municipality
    named = {code: name for name, code in agreement.areas.aliases.items()}
    listed = [code for group in agreement.areas.groupings.values() for code in group.areas]
    known = dict.fromkeys([*agreement.partners[partner].areas, *sorted([*listed, *named])])
    names = _names(town, at=at) or {code: named.get(code, f"Wijk {code}") for code in known}
    own = [code for code in agreement.partners[partner].areas if code in names]
    districts = {code: names[code] for code in (*own, *names) if code.startswith("WK")}
    return {**districts, whole.code: f"Heel {whole.name}"}


def _names(town: Town, *, at: datetime) -> dict[str, str]:
    """Return the names of all areas of the newest year that was delivered; none without a store."""
    path: Path = town.settings.store
    if not path.exists():
        return {}
    with Store.open(path, holder="praatplaat form", read_only=True) as store:
        rows = store.accepted(town.contracts[AREAS], known_at=at, columns=["jaar", "code", "naam"])
    newest = rows.filter(pl.col("jaar") == pl.col("jaar").max()).sort("code")
    return dict(newest.select("code", "naam").iter_rows())
