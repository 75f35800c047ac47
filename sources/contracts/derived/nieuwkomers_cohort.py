"""See `transforms.derived.nieuwkomers_cohort`."""

from sources.contracts.derived import Derived, column
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Nieuwkomers na anderhalf jaar",
    description=(
        "Een rij per nieuwkomer die hier 18 maanden geleden of eerder kwam wonen, ook als niemand "
        "meer iets van hem weet."
    ),
    made_of={
        "inburgering_trajecten": (
            *("client_pseudo", "groep", "datum_huisvesting", "uit_beeld", "meting_18m_datum"),
            *("wonen_zelfstandig", "geld_zelfstandig", "regelen_zelfstandig", "contacten"),
            "eigen_oordeel",
        )
    },
    columns=(
        column("client_pseudo", FieldType.PERSON, "De nieuwkomer, als code."),
        column("groep", FieldType.TEXT, "Asiel, of een andere reden."),
        column("uit_beeld", FieldType.TEXT, "Of de nieuwkomer is verhuisd of overleden."),
        column("datum_18m", FieldType.DATE, "De dag 18 maanden na de vestiging."),
        column("gemeten", FieldType.BOOLEAN, "Of er rond die dag een gesprek was."),
        column("wonen", FieldType.BOOLEAN, "Woont zelfstandig: een 4 of een 5."),
        column("geld", FieldType.BOOLEAN, "Redt zich met geld: een 4 of een 5."),
        column("regelen", FieldType.BOOLEAN, "Regelt zelf: een 4 of een 5."),
        column("kennissen", FieldType.BOOLEAN, "Kent mensen buiten het gezin: een 4 of een 5."),
        column("zelf_ja", FieldType.BOOLEAN, "Zegt zelf: ik leef zelfstandig."),
        column("zelfstandig", FieldType.BOOLEAN, "Alle vier de delen, en het eigen oordeel."),
    ),
)
