"""See `transforms.derived.schuld_meldingen`."""

from sources.contracts.derived import Derived, column
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Meldingen na een vroeg signaal",
    description=(
        "Een rij per inwoner en maand met een of meer signalen. Een signaal zonder persoon is een "
        "eigen melding. Alleen als is gezien dat de inwoner hier woont."
    ),
    made_of={
        "schuldhulp_signalen": (
            *("signaal_id", "client_pseudo", "datum", "pc6", "brp_ok", "contact", "hulp_aanvaard"),
        )
    },
    columns=(
        column("datum", FieldType.DATE, "De dag van het eerste signaal."),
        column("pc6", FieldType.PC6, "De postcode bij het laatste signaal."),
        column("contact", FieldType.BOOLEAN, "Of er echt contact was."),
        column("hulp_aanvaard", FieldType.BOOLEAN, "Of de inwoner hulp wilde."),
    ),
)
