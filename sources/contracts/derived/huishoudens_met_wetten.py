"""See `transforms.derived.huishoudens_met_wetten`."""

from sources.contracts.derived import Derived, column
from sources.contracts.help import WMO, YOUTH
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Huishoudens met hulp uit meer wetten",
    description=(
        "Een rij per huishouden en kwartaal, met op de laatste dag hulp uit twee of drie wetten."
    ),
    made_of={
        "wmo_toewijzingen": (*WMO, "huishouden_pseudo"),
        "jeugd_trajecten": YOUTH,
        "pwet_uitkeringen": (
            *("dossier_id", "client_pseudo", "huishouden_pseudo", "pc6", "begindatum"),
            *("einddatum", "reden_beeindiging"),
        ),
    },
    columns=(
        column(
            "huishouden_pseudo",
            FieldType.PERSON,
            "Het huishouden, als code; zonder nummer de inwoner zelf.",
        ),
        column(
            "wetten",
            FieldType.TEXT,
            "Uit welke wetten de hulp komt.",
            {
                "wmo_jeugd": "Wmo en jeugdhulp",
                "wmo_pwet": "Wmo en bijstand",
                "jeugd_pwet": "Jeugdhulp en bijstand",
                "alle": "Alle drie",
            },
        ),
        column("dag", FieldType.DATE, "De laatste dag van het kwartaal."),
        column("pc6", FieldType.PC6, "De postcode."),
    ),
    links=("Jeugd", "P-wet", "Wmo"),
    one_each=("wetten",),
)
