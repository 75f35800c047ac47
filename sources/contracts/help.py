"""The columns by which an episode of help is known, per law: what derived tables of help look at.

An assignment may be extended, taken over by another provider or told of again in each quarter; with
these columns `transforms.derived` makes one episode of it.
"""

WMO = (
    *("toewijzing_nr", "client_pseudo", "pc6", "aanbieder_agb", "partner_id"),
    *("productcategorie", "ingangsdatum", "einddatum", "reden_wijziging"),
    *("startdatum_werkelijk", "stopdatum_werkelijk", "reden_beeindiging"),
    "status_aanlevering",
)
"""Of `wmo_toewijzingen`."""

YOUTH = (
    *("_period", "client_pseudo", "aanbieder_agb", "hulpvorm", "informant"),
    *("datum_aanmelding", "datum_beschikking", "datum_start", "datum_eind"),
    *("reden_eind", "reden_beeindiging", "pc6"),
)
"""Of `jeugd_trajecten`."""

TEAM = (
    *("client_pseudo", "vorm", "regisseur", "datum_start", "datum_eind"),
    *("gebied_code", "pc4"),
)
"""Of `sociaal_team_trajecten`."""
