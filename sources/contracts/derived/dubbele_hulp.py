"""See `transforms.derived.dubbele_hulp`."""

from sources.contracts.derived import Derived, column
from sources.contracts.help import WMO
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Misschien dubbele hulp",
    description=(
        "Een rij per inwoner, soort hulp en kwartaal met twee aanbieders, minstens 14 "
        "dagen naast elkaar."
    ),
    made_of={
        "wmo_toewijzingen": WMO,
    },
    columns=(
        column("client_pseudo", FieldType.PERSON, "De inwoner, als code."),
        column("productcategorie", FieldType.TEXT, "De soort hulp."),
        column("dag", FieldType.DATE, "De laatste dag met hulp in het kwartaal."),
        column("pc6", FieldType.PC6, "De postcode."),
    ),
)
