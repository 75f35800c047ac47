"""See `transforms.derived.hulp_per_boog`."""

from sources.contracts.derived import Derived, column
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Hulp per boog",
    description=(
        "Een rij per inwoner, hulp en kwartaal: hulp van de Wmo, jeugdhulp en hulp van "
        "een team. Hulp zonder boog telt niet mee."
    ),
    made_of={
        "wmo_toewijzingen": (
            *("toewijzing_nr", "client_pseudo", "pc6", "aanbieder_agb", "partner_id"),
            *("productcategorie", "ingangsdatum", "einddatum", "reden_wijziging"),
            *("startdatum_werkelijk", "stopdatum_werkelijk", "reden_beeindiging"),
            "status_aanlevering",
        ),
        "jeugd_trajecten": (
            *("_period", "client_pseudo", "aanbieder_agb", "hulpvorm", "informant"),
            *("datum_aanmelding", "datum_beschikking", "datum_start", "datum_eind"),
            *("reden_eind", "reden_beeindiging", "pc6"),
        ),
        "sociaal_team_trajecten": (
            *("client_pseudo", "vorm", "regisseur", "datum_start", "datum_eind"),
            *("gebied_code", "pc4"),
        ),
    },
    columns=(
        column("client_pseudo", FieldType.PERSON, "De inwoner, als code."),
        column("boog", FieldType.INTEGER, "De boog van de regenboog."),
        column("dag", FieldType.DATE, "De laatste dag met hulp in het kwartaal."),
        column("plaats", FieldType.PC6, "De postcode, of de wijk."),
    ),
    links=("Jeugd", "Wmo"),
)
