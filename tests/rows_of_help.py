"""Rows of the contracts on help, integration and areas: good ones, and ways to spoil them.

Read by `test_example_contracts`: one good row per contract, what is changed in it, and the codes
of the rules that should find that.
"""

import duckdb

Changes = dict[str, object]

GOOD: dict[str, Changes] = {
    "wmo_toewijzingen": {
        "toewijzing_nr": "T26K3-000123",
        "client_pseudo": "k1:abc",
        "aanbieder_agb": "99990001",
        "productcategorie": "01",
        "productcode": "01A03",
        "leveringsvorm": "ZIN",
        "toewijzing_datum": "2026-08-20",
        "ingangsdatum": "2026-08-24",
        "einddatum": "2028-08-23",
        "volume": 180,
        "eenheid": "01",
        "frequentie": "2",
        "startdatum_werkelijk": "2026-08-31",
        "stopdatum_werkelijk": "2026-09-30",
        "reden_beeindiging": "19",
        "status_aanlevering": "1",
        "periode": "2026K3",
    },
    "jeugd_trajecten": {
        "client_pseudo": "k1:abc",
        "geboortejaar": 2014,
        "geslacht": "V",
        "pc6": "9901SA",
        "gemeentecode": "GM9901",
        "aanbieder_agb": "99990011",
        "hulpvorm": "02",
        "verwijzer": "02",
        "crisis": "02",
        "datum_aanmelding": "2026-06-08",
        "datum_start": "2026-07-06",
        "datum_eind": "2026-09-30",
        "reden_eind": "01",
        "reden_beeindiging": "31",
        "informant": "jeugdige",
        "nut_cijfer": 8,
        "zonder_hulp": "03",
    },
    "inburgering_trajecten": {
        "client_pseudo": "k1:abc",
        "groep": "asiel",
        "cohort_jaar": 2025,
        "datum_huisvesting": "2025-02-14",
        "datum_brede_intake": "2025-03-17",
        "datum_pip": "2025-04-22",
        "leerroute": "B1",
        "start_mb": "2025-02-20",
        "eind_mb": "2026-09-30",
        "meting_18m_datum": "2026-08-12",
        "wonen_zelfstandig": 4,
        "geld_zelfstandig": 4,
        "regelen_zelfstandig": 5,
        "contacten": 3,
        "eigen_oordeel": "ja",
        "uit_beeld": "geen",
    },
    "gebied_omrekening": {
        "van_code": "BU99010109",
        "van_jaar": 2023,
        "naar_code": "BU99010101",
        "naar_jaar": 2026,
        "gewicht": 1.0,
        "reden": "hernummerd",
    },
}

_REFUSED: Changes = {"client_pseudo": "k1:refused"}
_UNKNOWN: Changes = {"client_pseudo": "k1:unknown"}
_KNOWN: Changes = {"toewijzing_nr": "T26K2-000001"}
_SAME_DAY: Changes = {"einddatum": "2026-08-24"}
_NOT_STOPPED: Changes = {"stopdatum_werkelijk": None, "reden_beeindiging": None}
_WAITING: Changes = {
    **{"datum_start": None, "datum_eind": None, "reden_eind": None, "reden_beeindiging": None},
    **{"informant": None, "nut_cijfer": None, "zonder_hulp": None},
}
_PARENT: Changes = {"informant": "ouder"}

BAD: list[tuple[str, Changes, set[str]]] = [
    ("wmo_toewijzingen", {"ingangsdatum": "2014-12-31"}, {"V450"}),
    ("wmo_toewijzingen", {"einddatum": "2026-08-23"}, {"X550"}),
    ("wmo_toewijzingen", _SAME_DAY, {"X551"}),
    ("wmo_toewijzingen", {"reden_wijziging": "13"}, {"X552"}),
    ("wmo_toewijzingen", {"startdatum_werkelijk": "2026-07-24"}, {"X553"}),
    ("wmo_toewijzingen", {"reden_beeindiging": None}, {"X554"}),
    ("wmo_toewijzingen", {"stopdatum_werkelijk": None}, {"X555"}),
    ("wmo_toewijzingen", {"stopdatum_werkelijk": "2026-08-30"}, {"X556"}),
    ("wmo_toewijzingen", {"reden_beeindiging": "20", "einddatum": "2026-09-30"}, {"X557"}),
    ("wmo_toewijzingen", {"productcode": "02A03"}, {"X558"}),
    ("wmo_toewijzingen", {"eenheid": None}, {"X559"}),
    ("wmo_toewijzingen", {"frequentie": None}, {"X559"}),
    ("wmo_toewijzingen", {"volume": None}, {"X559"}),
    ("wmo_toewijzingen", {"frequentie": "6", "einddatum": None}, {"X560"}),
    ("wmo_toewijzingen", {"reden_wijziging": "07"}, {"X561"}),
    ("wmo_toewijzingen", {"reden_wijziging": "11"}, {"X561"}),
    ("wmo_toewijzingen", _UNKNOWN, {"X562"}),
    ("wmo_toewijzingen", _REFUSED, {"X563"}),
    ("wmo_toewijzingen", {"status_aanlevering": "3"}, {"X564"}),
    ("wmo_toewijzingen", _KNOWN, {"X565"}),
    ("wmo_toewijzingen", {"startdatum_werkelijk": "2026-10-01"} | _NOT_STOPPED, {"X566"}),
    ("wmo_toewijzingen", {"eenheid": "04"}, {"P650"}),
    ("wmo_toewijzingen", {"einddatum": "2082-08-23"}, {"P651"}),
    ("jeugd_trajecten", {"datum_start": None, "datum_eind": "2014-12-31"}, {"V450", "X551"}),
    ("jeugd_trajecten", {"datum_eind": "2026-07-05"}, {"X550"}),
    ("jeugd_trajecten", {"datum_start": None}, {"X551"}),
    ("jeugd_trajecten", {"reden_eind": None, "reden_beeindiging": None}, {"X552"}),
    ("jeugd_trajecten", {"datum_eind": None}, {"X553"}),
    ("jeugd_trajecten", {"hulpvorm": "01"}, {"X554"}),
    ("jeugd_trajecten", {"datum_start": "2026-06-07"}, {"X555"}),
    ("jeugd_trajecten", {"geboortejaar": 2002}, {"X556", "P650"}),
    ("jeugd_trajecten", {"geboortejaar": 2028}, {"X557"}),
    ("jeugd_trajecten", {"informant": None}, {"X558"}),
    ("jeugd_trajecten", {"nut_cijfer": None, "zonder_hulp": None}, {"X558"}),
    ("jeugd_trajecten", {"reden_beeindiging": "32"}, {"X559"}),
    ("jeugd_trajecten", {"reden_beeindiging": "20"}, {"X560"}),
    ("jeugd_trajecten", _WAITING | {"datum_aanmelding": None}, {"X561"}),
    ("jeugd_trajecten", {"pc6": None, "gemeentecode": None}, {"X562"}),
    ("jeugd_trajecten", {"geboortejaar": 2007}, {"P650"}),
    ("jeugd_trajecten", {"datum_aanmelding": "2024-07-05"}, {"P651"}),
    ("jeugd_trajecten", {"crisis": "01"}, {"P652"}),
    ("inburgering_trajecten", {"datum_pip": "2025-03-16"}, {"X550"}),
    ("inburgering_trajecten", {"eind_mb": "2025-02-19"}, {"X551"}),
    ("inburgering_trajecten", {"start_mb": None}, {"X552"}),
    ("inburgering_trajecten", {"start_mb": "2024-11-15"}, {"X553"}),
    ("inburgering_trajecten", {"datum_brede_intake": "2024-02-14"}, {"X554"}),
    ("inburgering_trajecten", {"meting_18m_datum": "2026-07-13"}, {"X555"}),
    ("inburgering_trajecten", {"meting_18m_datum": "2026-09-15"}, {"X555"}),
    ("inburgering_trajecten", {"geld_zelfstandig": None}, {"X556"}),
    ("inburgering_trajecten", {"meting_18m_datum": None}, {"X556", "X560"}),
    ("inburgering_trajecten", {"datum_huisvesting": None}, {"X557"}),
    ("inburgering_trajecten", {"datum_pip": None}, {"X558"}),
    ("inburgering_trajecten", {"cohort_jaar": 2024}, {"X559"}),
    ("inburgering_trajecten", {"datum_pip": "2027-02-15"}, {"P650"}),
    ("pc6_buurt", {"jaar": 2026, "aandeel": 0.9}, {"X552"}),
    ("gebied_omrekening", {"van_jaar": 2026}, {"X550"}),
    ("gebied_omrekening", {"van_code": "WK990101"}, {"X551"}),
    ("gebied_omrekening", {"gewicht": 0.9, "reden": "grens"}, {"X552"}),
    ("gebied_omrekening", {"naar_code": "BU99010199"}, {"X553"}),
    ("gebied_omrekening", {"gewicht": 0.9}, {"X552", "X554"}),
    ("gebied_omrekening", {"reden": "gelijk"}, {"X555"}),
    ("gebied_omrekening", {"van_code": "BU99010101"}, {"X555"}),
]

_OPEN: Changes = {
    **{"uitkomst": "open", "datum_onderzoek_klaar": None, "datum_aanvraag": None},
    **{"datum_besluit": None, "besluit": None, "verlengd_tot": None, "bezwaar": None},
}
_OPEN_LONG = _OPEN | {"datum_melding": "2026-02-14"}

TOGETHER: list[tuple[str, list[Changes], set[str]]] = [
    ("wmo_meldingen", [_OPEN, _OPEN, _OPEN_LONG], {"P651"}),
    ("wmo_meldingen", [_OPEN] * 9 + [_OPEN_LONG], set()),
    ("wmo_meldingen", [_OPEN, _OPEN, _OPEN | {"datum_melding": "2026-02-15"}], set()),
    ("pc6_buurt", [{"aandeel": 0.7}, {"aandeel": 0.3, "buurt_code": "BU99010199"}], set()),
    ("jeugd_trajecten", [{}, {"datum_start": "2026-09-30"}], {"X563"}),
    ("jeugd_trajecten", [{}, {"datum_start": "2026-09-30", "hulpvorm": "04"}], set()),
    ("jeugd_trajecten", [{"datum_eind": "2026-08-31"}, {"datum_start": "2026-09-01"}], set()),
    ("jeugd_trajecten", [{}, _PARENT | {"nut_cijfer": 5, "zonder_hulp": "01"}], set()),
    ("jeugd_trajecten", [{}, _PARENT | {"datum_eind": "2026-09-29"}], {"X564"}),
    ("jeugd_trajecten", [{}, _PARENT | {"reden_eind": "02", "reden_beeindiging": None}], {"X564"}),
    (
        "jeugd_trajecten",
        [{}, {"informant": None, "nut_cijfer": None, "zonder_hulp": None}],
        {"X564"},
    ),
    ("jeugd_trajecten", [_WAITING, _WAITING | {"aanbieder_agb": "99990012"}], set()),
    ("gebied_omrekening", [{"gewicht": 0.6, "reden": "grens"}] * 2, {"X552"}),
    (
        "gebied_omrekening",
        [
            {"gewicht": 0.6, "reden": "gesplitst"},
            {"gewicht": 0.4, "reden": "gesplitst", "naar_code": "BU99010102"},
        ],
        {"X553"},
    ),
]

FINE: list[tuple[str, Changes]] = [
    ("wmo_toewijzingen", _SAME_DAY | {"reden_wijziging": "13"}),
    ("wmo_toewijzingen", {"reden_wijziging": "07", "reden_beeindiging": "31"}),
    ("wmo_toewijzingen", {"reden_wijziging": "04"}),
    ("wmo_toewijzingen", {"reden_beeindiging": "20"}),
    ("wmo_toewijzingen", {"volume": 1, "eenheid": "82", "frequentie": "6", "einddatum": None}),
    ("wmo_toewijzingen", {"volume": 720, "eenheid": "16", "frequentie": "6"}),
    ("wmo_toewijzingen", _UNKNOWN | {"ingangsdatum": "2025-06-01"}),
    ("wmo_toewijzingen", _REFUSED | {"toewijzing_datum": "2026-09-10"}),
    ("wmo_toewijzingen", _KNOWN | {"status_aanlevering": "9"}),
    ("wmo_toewijzingen", _KNOWN | {"status_aanlevering": "3"}),
    (
        "wmo_toewijzingen",
        _KNOWN | {"periode": "2026K2"} | _NOT_STOPPED | {"startdatum_werkelijk": None},
    ),
    ("jeugd_trajecten", _WAITING),
    ("jeugd_trajecten", {"hulpvorm": "01", "verwijzer": "06"}),
    ("jeugd_trajecten", {"hulpvorm": "11", "geboortejaar": 2006}),
    ("jeugd_trajecten", {"geboortejaar": 2027}),
    ("jeugd_trajecten", {"reden_beeindiging": "38"}),
    ("jeugd_trajecten", {"crisis": "01", "datum_start": "2026-06-22"}),
    (
        "inburgering_trajecten",
        {"datum_huisvesting": "2025-01-14", "meting_18m_datum": "2026-08-14"},
    ),
    ("gebied_omrekening", {"naar_jaar": 2030, "naar_code": "BU99010199"}),
]


def refer(con: duckdb.DuckDBPyConnection) -> None:
    """Make what was delivered before: meldingen of three clients, and one toewijzing."""
    con.execute("""
        CREATE TABLE ref_wmo_meldingen AS
        SELECT client_pseudo, datum_melding::DATE AS datum_melding, datum_besluit::DATE AS
            datum_besluit, besluit
        FROM (VALUES
            ('k1:first', '2024-10-01', NULL, NULL),
            ('k1:abc', '2026-07-10', '2026-08-10', 'afgewezen'),
            ('k1:abc', '2026-07-12', '2026-08-12', 'toegekend'),
            ('k1:refused', '2026-07-10', '2026-08-10', 'afgewezen')
        ) AS m (client_pseudo, datum_melding, datum_besluit, besluit)
    """)
    con.execute("""
        CREATE TABLE ref_wmo_toewijzingen AS
        SELECT '2026K2' AS _period, '2026K2' AS periode, 'T26K2-000001' AS toewijzing_nr,
            '99990001' AS aanbieder_agb
    """)
