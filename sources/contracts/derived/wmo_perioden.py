"""See `transforms.derived.wmo_perioden`."""

from sources.contracts.derived import Derived, column
from sources.contracts.help import WMO
from sources.contracts.model import FieldType

TABLE = Derived(
    title="Wmo-hulp in perioden",
    description=(
        "Een rij per inwoner, soort hulp en aaneengesloten periode. Een verlenging of een "
        "andere aanbieder maakt geen nieuwe periode."
    ),
    made_of={
        "wmo_toewijzingen": WMO,
    },
    columns=(
        column("client_pseudo", FieldType.PERSON, "De inwoner, als code."),
        column("productcategorie", FieldType.TEXT, "De soort hulp."),
        column("begin", FieldType.DATE, "De eerste dag met hulp."),
        column("einde", FieldType.DATE, "De laatste dag met hulp; leeg als zij doorloopt."),
        column("reden_wijziging", FieldType.TEXT, "Van de laatste toewijzing."),
        column("reden_beeindiging", FieldType.TEXT, "Van de laatste toewijzing."),
        column("aanbieder_agb", FieldType.TEXT, "De laatste aanbieder."),
        column("partner_id", FieldType.TEXT, "De laatste aanbieder, als die een partner is."),
        column("pc6", FieldType.PC6, "De laatste postcode."),
    ),
)
