"""See `transforms.derived.bijstand_kwartalen`."""

from sources.contracts.derived import Derived, column
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Bijstand per kwartaal",
    description="Een rij per inwoner met bijstand en kwartaal.",
    made_of={
        "pwet_uitkeringen": (
            *("dossier_id", "client_pseudo", "huishouden_pseudo", "pc6", "begindatum"),
            *("einddatum", "reden_beeindiging"),
        ),
    },
    columns=(
        column("client_pseudo", FieldType.PERSON, "De inwoner, als code."),
        column("huishouden_pseudo", FieldType.PERSON, "Het huishouden, als code."),
        column("dag", FieldType.DATE, "De laatste dag met bijstand in het kwartaal."),
        column(
            "op_peildatum", FieldType.BOOLEAN, "Of het op de laatste dag van het kwartaal nog liep."
        ),
        column("pc6", FieldType.PC6, "De postcode."),
    ),
)
