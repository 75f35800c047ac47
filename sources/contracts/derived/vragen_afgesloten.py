"""See `transforms.derived.vragen_afgesloten`."""

from sources.contracts.derived import Derived, column
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Hulpvragen die een jaar geleden zijn afgesloten",
    description="Een rij per afgesloten hulpvraag van een bekende inwoner, een jaar later bekeken.",
    made_of={
        "wmo_meldingen": (
            *("client_pseudo", "pc6", "datum_melding", "datum_onderzoek_klaar", "uitkomst"),
        ),
        "sociaal_team_trajecten": (
            *("client_pseudo", "gebied_code", "pc4", "datum_eind", "uitkomst"),
        ),
    },
    columns=(
        column("client_pseudo", FieldType.PERSON, "De inwoner, als code."),
        column(
            "bron",
            FieldType.TEXT,
            "Waar de vraag is gesteld.",
            {"melding": "Melding bij de gemeente", "team": "Traject van het sociaal team"},
        ),
        column("plaats", FieldType.AREA, "De postcode of de wijk van de inwoner."),
        column("jaar_later", FieldType.DATE, "De dag 365 dagen na het afsluiten."),
        column("zonder_maatwerk", FieldType.BOOLEAN, "Opgelost zonder eigen voorziening."),
        column("opnieuw_gemeld", FieldType.BOOLEAN, "Meldde zich binnen dat jaar opnieuw."),
    ),
    # What was closed in the four quarters before is told in these four.
    before=4,
)
