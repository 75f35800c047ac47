"""See `transforms.derived.huishoudens_zonder_regie`."""

from sources.contracts.derived import Derived, column
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Huishoudens met veel hulp zonder regisseur",
    description=(
        "Een rij per huishouden en kwartaal met op de laatste dag drie soorten hulp of "
        "meer, en geen regisseur."
    ),
    made_of={
        "wmo_toewijzingen": (
            *(
                "toewijzing_nr",
                "client_pseudo",
                "huishouden_pseudo",
                "pc6",
                "aanbieder_agb",
                "partner_id",
            ),
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
            *(
                "client_pseudo",
                "huishouden_pseudo",
                "vorm",
                "regisseur",
                "datum_start",
                "datum_eind",
            ),
            *("gebied_code", "pc4"),
        ),
    },
    columns=(
        column(
            "huishouden_pseudo",
            FieldType.PERSON,
            "Het huishouden, als code; zonder nummer de inwoner zelf.",
        ),
        column("voorzieningen", FieldType.INTEGER, "Hoeveel soorten hulp er zijn."),
        column("dag", FieldType.DATE, "De laatste dag van het kwartaal."),
    ),
    links=("Jeugd", "Wmo"),
)
