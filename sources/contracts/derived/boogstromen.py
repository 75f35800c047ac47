"""See `transforms.derived.boogstromen`."""

from sources.contracts.derived import Derived, column
from sources.contracts.help import TEAM, WMO, YOUTH
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Lichter en zwaarder",
    description=(
        "Een rij per inwoner en vier kwartalen: de zwaarste boog toen, en in de vier "
        "kwartalen ervoor."
    ),
    made_of={
        "wmo_toewijzingen": WMO,
        "jeugd_trajecten": YOUTH,
        "sociaal_team_trajecten": TEAM,
    },
    columns=(
        column("client_pseudo", FieldType.PERSON, "De inwoner, als code."),
        column(
            "boog", FieldType.INTEGER, "De zwaarste boog in deze vier kwartalen; leeg zonder hulp."
        ),
        column(
            "boog_eerder",
            FieldType.INTEGER,
            "De zwaarste boog in de vier kwartalen ervoor; leeg zonder hulp.",
        ),
        column(
            "stroom",
            FieldType.TEXT,
            "Waar de inwoner heen ging.",
            {
                "in": "Nieuw met hulp",
                "lichter": "Naar lichtere hulp",
                "gelijk": "In dezelfde boog",
                "zwaarder": "Naar zwaardere hulp",
                "uit": "Geen hulp meer",
            },
        ),
        column("periode", FieldType.PERIOD, "De vier kwartalen waarover de rij gaat."),
    ),
    links=("Jeugd", "Wmo"),
    rolling=True,
    before=4,
    one_each=("stroom",),
)
