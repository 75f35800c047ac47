"""See `transforms.derived.bijstand_na_werk`."""

from sources.contracts.derived import Derived, column
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Een jaar na de bijstand",
    description=(
        "Een rij per inwoner en vier kwartalen, van wie 12 tot 24 maanden voor het einde "
        "uit de bijstand aan het werk ging."
    ),
    made_of={
        "pwet_uitkeringen": (
            *("dossier_id", "client_pseudo", "huishouden_pseudo", "pc6", "begindatum"),
            *("einddatum", "reden_beeindiging"),
        ),
    },
    columns=(
        column("client_pseudo", FieldType.PERSON, "De inwoner, als code."),
        column("weer_bijstand", FieldType.BOOLEAN, "Of er binnen een jaar weer bijstand was."),
        column("periode", FieldType.PERIOD, "De vier kwartalen waarover de rij gaat."),
        column("pc6", FieldType.PC6, "De postcode."),
    ),
    rolling=True,
    before=4,
)
