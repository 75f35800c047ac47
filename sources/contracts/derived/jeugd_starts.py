"""See `transforms.derived.jeugd_starts`."""

from sources.contracts.derived import Derived, column
from sources.contracts.help import YOUTH
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Jeugdhulp die begon",
    description="Een rij per traject dat begon.",
    made_of={
        "jeugd_trajecten": YOUTH,
    },
    columns=(
        column("client_pseudo", FieldType.PERSON, "De inwoner, als code."),
        column("datum_start", FieldType.DATE, "De eerste dag met hulp."),
        column("eerder_hulp", FieldType.BOOLEAN, "Of in de vijf jaar ervoor andere hulp eindigde."),
        column("periode", FieldType.PERIOD, "Het kwartaal waarin de hulp begon."),
        column("pc6", FieldType.PC6, "De postcode."),
    ),
    before=20,
)
