"""See `transforms.derived.jeugd_kwartalen`."""

from sources.contracts.derived import Derived, column
from sources.contracts.help import YOUTH
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Jeugdhulp per kwartaal",
    description="Een rij per jeugdige, traject en kwartaal waarin de hulp liep.",
    made_of={
        "jeugd_trajecten": YOUTH,
    },
    columns=(
        column("client_pseudo", FieldType.PERSON, "De inwoner, als code."),
        column("hulpvorm", FieldType.TEXT, "De vorm van de hulp."),
        column("dag", FieldType.DATE, "De laatste dag met hulp in het kwartaal."),
        column(
            "op_peildatum", FieldType.BOOLEAN, "Of het op de laatste dag van het kwartaal nog liep."
        ),
        column("pc6", FieldType.PC6, "De postcode."),
    ),
)
