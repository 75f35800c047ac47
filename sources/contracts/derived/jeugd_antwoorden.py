"""See `transforms.derived.jeugd_antwoorden`."""

from sources.contracts.derived import Derived, column
from sources.contracts.help import YOUTH
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Oordelen over jeugdhulp",
    description="Een rij per traject dat eindigde en per persoon die een oordeel gaf.",
    made_of={
        "jeugd_trajecten": (*YOUTH, "nut_cijfer", "zonder_hulp"),
    },
    columns=(
        column("client_pseudo", FieldType.PERSON, "De inwoner, als code."),
        column("aanbieder_agb", FieldType.TEXT, "De aanbieder."),
        column("hulpvorm", FieldType.TEXT, "De vorm van de hulp."),
        column("datum_eind", FieldType.DATE, "De laatste dag met hulp."),
        column("informant", FieldType.TEXT, "Wie het oordeel gaf."),
        column("nut_cijfer", FieldType.INTEGER, "Hoe nuttig de hulp was, van 1 tot 10."),
        column("zonder_hulp", FieldType.TEXT, "Of het zonder hulp verder kan."),
        column("pc6", FieldType.PC6, "De postcode."),
    ),
)
