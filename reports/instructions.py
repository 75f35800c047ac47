"""How to make a delivery: everything a partner needs to know of a contract, on one page.

Everything on it follows from the contract and the agreement. What stands here in Dutch is what the
template cannot say by itself.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.sealed import marked, sealed
from reports.words.catalogue import words
from sources.contracts.model import Column, Contract, FieldType, Rule, Snapshot
from sources.verdict import Level, Outcome

_MANY = 12  # codes; a longer list goes to the back of the page
_RHYTHM = {
    "month": "Elke maand",
    "quarter": "Elk kwartaal",
    "halfyear": "Elk halfjaar",
    "year": "Elk jaar",
}
_HELD = {
    Level.REFUSE_FILE: "Hierdoor nemen wij het hele bestand niet over",
    Level.REFUSE_ROW: "Een rij die hier niet aan voldoet, telt niet mee",
    Level.WARNING: "Hier vragen wij u nog eens naar te kijken",
    Level.NOTE: "Dit melden wij u alleen",
}
_OUTCOMES = {
    Outcome.ACCEPTED: "Alle rijen tellen mee. U hoeft niets te doen.",
    Outcome.ACCEPTED_WITH_REFUSALS: "De meeste rijen tellen mee. Welke niet, staat erbij.",
    Outcome.ON_HOLD: "Er valt iets op. Wij vragen u of het klopt.",
    Outcome.REFUSED: "Wij nemen niets over. Verbeter het bestand en stuur het opnieuw.",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked, of whom, and how a file is called.

    `partner` is a name, '' for whoever delivers this. `file_name` is a good name for a CSV, and
    `parts` says what each piece of it means. `period` is the period in that name. `forms` says per
    column, by its store name, what to fill in. `key_refused_above` is the share of rows without a
    usable key above which a file is refused.
    """

    contract: Contract
    municipality: str
    partner: str
    period: str
    file_name: str
    parts: Mapping[str, str]
    forms: Mapping[str, str]
    key_refused_above: float


def page(asked: Asked) -> bytes:
    """Return the page, which opens from disk and prints on A4."""
    contract = asked.contract
    columns = [column for column in contract.columns if not column.derived]
    return sealed(
        "instructions.html.j2",
        styles=("partner.css", "instructions.css"),
        asked=asked,
        contract=contract,
        period=words("nl").period(asked.period),
        rhythm=_RHYTHM[contract.frequency],
        refused=words("nl").share(contract.refuse_above),
        unknown=words("nl").share(asked.key_refused_above),
        term=_term(contract.retention_months),
        state=contract.snapshot is Snapshot.STATE,
        columns=columns,
        required=[column.header for column in columns if column.required],
        key=[column.header for column in columns if column.name in contract.key],
        long=[column for column in columns if len(column.codes) > _MANY],
        bsn=[column for column in columns if column.bsn],
        people=[column for column in columns if column.type is FieldType.PERSON and not column.bsn],
        example=_example(contract, columns),
        held=list(_held(contract)),
        outcomes=_OUTCOMES,
        marked=marked,
    )


def _term(months: int) -> str:
    """Return how long something is kept: 18 maanden, 2 jaar."""
    return f"{months} maanden" if months % 12 else f"{months // 12} jaar"


def _example(contract: Contract, columns: list[Column]) -> str:
    """Return a header and a row as they stand in a file."""
    dialect = contract.dialect

    def written(cells: list[str]) -> str:
        quoted = (
            f"{dialect.quote}{cell}{dialect.quote}" if dialect.delimiter in cell else cell
            for cell in cells
        )
        return dialect.delimiter.join(quoted)

    rows = [[column.header for column in columns], [column.example for column in columns]]
    return "\n".join(map(written, rows))


def _held(contract: Contract) -> Iterator[tuple[str, list[tuple[Rule, str]]]]:
    """Yield the contract's rules from heavy to light, each with the header that it is about."""
    headers = {column.name: column.header for column in contract.columns}
    for level, heading in _HELD.items():
        rules = [
            (rule, headers.get(rule.column or "", ""))
            for rule in contract.rules
            if rule.level is level
        ]
        if rules:
            yield heading, rules
