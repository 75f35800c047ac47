"""See `transforms.derived.huishoudens_zonder_regie`."""

from sources.contracts.derived import Derived, column
from sources.contracts.help import TEAM, WMO, YOUTH
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Huishoudens met veel hulp zonder regisseur",
    description=(
        "Een rij per huishouden en kwartaal met op de laatste dag drie soorten hulp of "
        "meer, en geen regisseur."
    ),
    made_of={
        "wmo_toewijzingen": (*WMO, "huishouden_pseudo"),
        "jeugd_trajecten": YOUTH,
        "sociaal_team_trajecten": (*TEAM, "huishouden_pseudo"),
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
