"""See `transforms.derived.jeugd_trajectketens`."""

from sources.contracts.derived import Derived, column
from sources.contracts.help import YOUTH
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Trajecten van jeugdhulp",
    description=(
        "Een rij per traject. Trajecten die op elkaar aansluiten, bij dezelfde aanbieder "
        "en in dezelfde vorm, zijn een traject."
    ),
    made_of={
        "jeugd_trajecten": (*YOUTH, "crisis"),
    },
    columns=(
        column("client_pseudo", FieldType.PERSON, "De inwoner, als code."),
        column("aanbieder_agb", FieldType.TEXT, "De aanbieder."),
        column("hulpvorm", FieldType.TEXT, "De vorm van de hulp."),
        column("crisis", FieldType.TEXT, "Of het om een crisis ging."),
        column("datum_aanmelding", FieldType.DATE, "De dag van de aanmelding."),
        column("datum_beschikking", FieldType.DATE, "De dag van de beschikking."),
        column(
            "datum_start", FieldType.DATE, "De eerste dag met hulp; leeg zolang de jeugdige wacht."
        ),
        column("datum_eind", FieldType.DATE, "De laatste dag met hulp; leeg als zij doorloopt."),
        column(
            "reden",
            FieldType.TEXT,
            "Waarom de hulp eindigde (BiJ).",
            {
                "01": "Volgens plan",
                "02": "Eerder, in overleg",
                "03": "Jeugdige of ouders stopten",
                "04": "De aanbieder stopte",
                "05": "Door iets van buiten",
            },
        ),
        column("reden_beeindiging", FieldType.TEXT, "Waarom de hulp eindigde (iJw)."),
        column("pc6", FieldType.PC6, "De postcode."),
    ),
)
