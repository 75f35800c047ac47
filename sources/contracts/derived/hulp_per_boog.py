"""See `transforms.derived.hulp_per_boog`."""

from sources.contracts.derived import Derived, column
from sources.contracts.help import TEAM, WMO, YOUTH
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Hulp per boog",
    description=(
        "Een rij per inwoner, hulp en kwartaal: hulp van de Wmo, jeugdhulp en hulp van "
        "een team. Hulp zonder boog telt niet mee."
    ),
    made_of={
        "wmo_toewijzingen": WMO,
        "jeugd_trajecten": YOUTH,
        "sociaal_team_trajecten": TEAM,
    },
    columns=(
        column("client_pseudo", FieldType.PERSON, "De inwoner, als code."),
        column("boog", FieldType.INTEGER, "De boog van de regenboog."),
        column("dag", FieldType.DATE, "De laatste dag met hulp in het kwartaal."),
        column("plaats", FieldType.PC6, "De postcode, of de wijk."),
    ),
    links=("Jeugd", "Wmo"),
)
