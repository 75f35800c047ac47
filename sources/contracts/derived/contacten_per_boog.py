"""See `transforms.derived.contacten_per_boog`."""

from sources.contracts.derived import Derived, column
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Contacten per boog",
    description=("Een rij per activiteit, gebied en kwartaal. Het zijn contacten en geen mensen."),
    made_of={
        "partner_activiteiten": ("periode", "activiteit_id", "boog", "gebied_code", "contacten"),
    },
    columns=(
        column("boog", FieldType.INTEGER, "De boog van de regenboog."),
        column("contacten", FieldType.INTEGER, "Het aantal contacten."),
        column("dag", FieldType.DATE, "De laatste dag van het kwartaal."),
        column("plaats", FieldType.AREA, "Het gebied."),
    ),
)
