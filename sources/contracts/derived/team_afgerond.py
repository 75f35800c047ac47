"""See `transforms.derived.team_afgerond`."""

from sources.contracts.derived import Derived, column
from sources.contracts.model import FieldType

ZRM_DOMAINS = (
    *("financien", "werk_opleiding", "tijdsbesteding", "huisvesting", "huiselijke_relaties"),
    *("geestelijke_gezondheid", "lichamelijke_gezondheid", "middelengebruik", "basale_adl"),
    *("instrumentele_adl", "sociaal_netwerk", "participatie", "justitie"),
)
"""The domains of the Zelfredzaamheid-Matrix (ZRM), each scored at the start and at the end."""

TABLE = Derived(
    title="Trajecten van het sociaal team die klaar zijn",
    description="Een rij per traject dat is gestopt, met wat het bracht.",
    made_of={
        "sociaal_team_trajecten": (
            *("_partner", "traject_id", "gebied_code", "pc4", "datum_eind", "uitkomst", "plan"),
            *("netwerk_betrokken", "doelen_aantal", "doelen_behaald", "beoordeeld_door"),
            *("leefgebieden", "zrm_begin_datum", "zrm_eind_datum"),
            *(f"zrm_begin_{domain}" for domain in ZRM_DOMAINS),
            *(f"zrm_eind_{domain}" for domain in ZRM_DOMAINS),
        )
    },
    columns=(
        column("traject_id", FieldType.TEXT, "Het nummer van het traject."),
        column("partner", FieldType.TEXT, "De partner die het traject leverde."),
        column("gebied_code", FieldType.AREA, "De wijk van de inwoner."),
        column("datum_eind", FieldType.DATE, "De laatste dag."),
        column("uitkomst", FieldType.TEXT, "Hoe het traject is afgelopen."),
        column("plan", FieldType.BOOLEAN, "Of er een plan was."),
        column("netwerk_betrokken", FieldType.TEXT, "Of het eigen netwerk meehielp."),
        column("doelen_aantal", FieldType.INTEGER, "Hoeveel doelen er in het plan stonden."),
        column("doelen_behaald", FieldType.INTEGER, "Hoeveel daarvan zijn gehaald."),
        column("beoordeeld_door", FieldType.TEXT, "Wie zei dat de doelen zijn gehaald."),
        column(
            "zrm_verandering",
            FieldType.INTEGER,
            "Hoeveel punten vooruit op de ZRM; onder nul is achteruit. Leeg als er niet twee keer "
            "is gemeten.",
        ),
    ),
)
