"""See `transforms.derived.meldingen_tot_hulp`."""

from sources.contracts.derived import Derived, column
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Van melding tot hulp",
    description="Een rij per melding, met de eerste dag met hulp erna.",
    made_of={
        "wmo_meldingen": (
            *("melding_id", "client_pseudo", "pc6", "datum_melding", "uitkomst", "besluit"),
        ),
        "wmo_toewijzingen": (
            *("client_pseudo", "ingangsdatum", "einddatum", "reden_wijziging"),
            *("startdatum_werkelijk", "status_aanlevering"),
        ),
    },
    columns=(
        column("melding_id", FieldType.TEXT, "De melding."),
        column("datum_melding", FieldType.DATE, "De dag van de melding."),
        column(
            "datum_start",
            FieldType.DATE,
            "De eerste dag met hulp erna; leeg zolang die er niet was.",
        ),
        column("uitkomst", FieldType.TEXT, "Wat er uit het onderzoek kwam."),
        column("besluit", FieldType.TEXT, "Het besluit."),
        column("pc6", FieldType.PC6, "De postcode."),
    ),
)
