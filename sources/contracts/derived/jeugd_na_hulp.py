"""See `transforms.derived.jeugd_na_hulp`."""

from sources.contracts.derived import Derived, column
from sources.contracts.help import YOUTH
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Na de jeugdhulp",
    description=(
        "Een rij per jeugdige en vier kwartalen, van wie alle hulp 12 tot 24 maanden voor "
        "het einde stopte."
    ),
    made_of={
        "jeugd_trajecten": (*YOUTH, "geboortejaar"),
    },
    columns=(
        column("client_pseudo", FieldType.PERSON, "De inwoner, als code."),
        column("opnieuw", FieldType.BOOLEAN, "Of er binnen een jaar weer hulp begon."),
        column("periode", FieldType.PERIOD, "De vier kwartalen waarover de rij gaat."),
        column("pc6", FieldType.PC6, "De postcode."),
    ),
    rolling=True,
    before=4,
)
