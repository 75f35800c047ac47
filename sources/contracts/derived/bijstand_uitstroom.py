"""See `transforms.derived.bijstand_uitstroom`."""

from sources.contracts.derived import Derived, column
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Van bijstand naar werk",
    description=("Een rij per inwoner en vier kwartalen, van wie op de eerste dag bijstand had."),
    made_of={
        "pwet_uitkeringen": (
            *("dossier_id", "client_pseudo", "huishouden_pseudo", "pc6", "begindatum"),
            *("einddatum", "reden_beeindiging"),
        ),
    },
    columns=(
        column("client_pseudo", FieldType.PERSON, "De inwoner, als code."),
        column(
            "naar_werk",
            FieldType.BOOLEAN,
            "Of de bijstand stopte door werk en een maand later nog weg was.",
        ),
        column("periode", FieldType.PERIOD, "De vier kwartalen waarover de rij gaat."),
        column("pc6", FieldType.PC6, "De postcode."),
    ),
    rolling=True,
)
