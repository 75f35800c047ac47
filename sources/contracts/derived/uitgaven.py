"""See `transforms.derived.uitgaven`."""

from sources.contracts.derived import Derived, column
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Uitgaven per kwartaal",
    description="Een rij per kwartaal en per deel van een overeenkomst, met wat er bij kwam.",
    made_of={
        "financien": ("overeenkomst_id", "resultaatblad_id", "boog", "periode", "besteed"),
    },
    columns=(
        column("overeenkomst_id", FieldType.TEXT, "De overeenkomst."),
        column("resultaatblad_id", FieldType.TEXT, "Het resultaatblad waar het geld voor is."),
        column("boog", FieldType.INTEGER, "De boog van de regenboog."),
        column("periode", FieldType.PERIOD, "Het kwartaal."),
        column("besteed_erbij", FieldType.NUMBER, "Wat in dit kwartaal is uitgegeven, in euro."),
    ),
    # The first amount of a year that is known holds what was spent before it, too.
    before=1,
)
