"""The standard contracts: each rule lets a good row pass and finds the row that breaks it."""

from collections.abc import Iterator

import duckdb
import pytest
import rows_of_help

from sources.contracts.load import standard
from sources.contracts.model import Contract, FieldType

CONTRACTS = standard()
SQL_TYPES = {
    FieldType.INTEGER: "BIGINT",
    FieldType.NUMBER: "DOUBLE",
    FieldType.DATE: "DATE",
    FieldType.BOOLEAN: "BOOLEAN",
}
AREAS = [(2026, "GM9901"), (2026, "WK990101"), (2026, "BU99010101"), (2025, "BU99010199")]

GOOD: dict[str, dict[str, object]] = {
    "wmo_meldingen": {
        "melding_id": "M1",
        "client_pseudo": "k1:abc",
        "geboortejaar": 1948,
        "pc6": "9901SA",
        "datum_melding": "2026-08-14",
        "kanaal": "balie",
        "hulpvraag_leefgebied": "vervoer, huishouden",
        "datum_onderzoek_klaar": "2026-09-18",
        "opschorting_dagen": 7,
        "opschorting_akkoord": True,
        "uitkomst": "aanvraag",
        "datum_aanvraag": "2026-09-18",
        "datum_besluit": "2026-10-01",
        "besluit": "toegekend",
        "verlengd_tot": "2026-10-19",
        "bezwaar": False,
    },
    "partner_activiteiten": {
        "partner_id": "welzijn",
        "periode": "2026K3",
        "activiteit_id": "W01",
        "gebied_code": "BU99010101",
        "bijeenkomsten": 12,
        "contacten": 180,
        "unieke_deelnemers": 46,
        "telwijze": "uniek_geregistreerd",
        "nieuw": 9,
        "uitkomst_positief": 20,
        "uitkomst_gemeten": 31,
    },
    "clientervaring": {
        "vraag_id": "CEO-2",
        "antwoord_code": "eens",
        "doelgroep": "wmo",
        "gebied_code": "WK990101",
    },
    "verhalen_signalen": {
        "soort": "verhaal",
        "tekst": "woord " * 120,
        "belangrijkste_verandering": "Ik hoor er weer bij.",
        "gebied_code": "WK990101",
        "toestemming": "ja",
        "toestemming_datum": "2026-09-03",
        "herkenbaar_gecheckt_door": "teamleider",
    },
    "auditorium_oogst": {
        "datum": "2026-09-17",
        "soort": "afspraak",
        "tekst": "De bibliotheek houdt elke week spreekuur.",
        "gebied_code": "WK990101",
        "wie": "De bibliotheek",
        "wanneer": "2026-12-31",
        "stand": "gedaan",
        "gedaan": "Het spreekuur is er elke dinsdag.",
    },
    "gebied_indeling": {
        "code": "BU99010101",
        "soort": "buurt",
        "ouder": "WK990101",
        "omtrek": "POLYGON ((0 0, 1 0, 1 1, 0 0))",
    },
    "pc6_buurt": {"pc6": "9901SA", "buurt_code": "BU99010101", "aandeel": 1.0},
    "gebied_kerncijfers": {
        "code": "WK990101",
        "inwoners": 100,
        "inwoners_0_17": 20,
        "inwoners_18_64": 60,
        "inwoners_65plus": 20,
        "huishoudens": 50,
        "eenpersoons_huishoudens": 20,
        "eenouder_huishoudens": 5,
        "huishoudens_laag_inkomen": 6,
    },
    "pwet_uitkeringen": {
        "dossier_id": "D1",
        "client_pseudo": "k1:abc",
        "datum_aanvraag": "2026-08-03",
        "datum_besluit": "2026-09-07",
        "begindatum": "2026-08-03",
        "einddatum": "2026-09-14",
        "reden_beeindiging": "werk_loondienst",
    },
    "sociaal_team_trajecten": {
        "traject_id": "T1",
        "client_pseudo": "k1:abc",
        "gebied_code": "WK990101",
        "datum_hulpvraag": "2026-08-14",
        "datum_eerste_gesprek": "2026-08-21",
        "datum_start": "2026-08-28",
        "datum_eind": "2026-12-18",
        "leefgebieden": "geld, wonen",
        "vorm": "individueel_traject",
        "plan": True,
        "doelen_aantal": 3,
        "doelen_behaald": 2,
        "beoordeeld_door": "samen",
        "zrm_versie": "zrm_13",
        "zrm_begin_datum": "2026-08-28",
        "zrm_begin_financien": 3,
        "zrm_eind_datum": "2026-12-11",
        "zrm_eind_financien": 4,
        "uitkomst": "opgelost",
    },
    "schuldhulp_signalen": {
        "signaal_id": "S1",
        "client_pseudo": "k1:abc",
        "datum": "2026-08-14",
        "pc6": "9901SA",
        "opgevolgd": "telefoon",
        "contact": True,
        "hulp_aanvaard": True,
        "systeem": "RIS",
    },
    "schuldhulp_trajecten": {
        "traject_id": "SH1",
        "client_pseudo": "k1:abc",
        "datum_aanmelding": "2026-08-14",
        "datum_eerste_gesprek": "2026-09-02",
        "datum_besluit": "2026-09-21",
        "datum_start": "2026-09-28",
        "datum_eind": "2026-12-18",
        "resultaat": "regeling",
    },
    "financien": {
        "overeenkomst_id": "welzijn",
        "resultaatblad_id": "meedoen",
        "periode": "2026K3",
        "boog": 2,
        "begroot": 125000.0,
        "toegekend": 120000.0,
        "bevoorschot": 90000.0,
        "besteed": 84250.75,
        "prognose": 118000.0,
    },
}

# Contract, what is changed in the good row, the rules that find it.
BAD: list[tuple[str, dict[str, object], set[str]]] = [
    ("wmo_meldingen", {"datum_melding": "2014-12-31"}, {"V450"}),
    ("wmo_meldingen", {"hulpvraag_leefgebied": "vervoer,postzegels"}, {"V451"}),
    ("wmo_meldingen", {"datum_melding": "2026-09-19"}, {"X550", "X551"}),
    ("wmo_meldingen", {"datum_aanvraag": "2026-08-01"}, {"X551"}),
    ("wmo_meldingen", {"datum_besluit": "2026-09-17"}, {"X552", "X553"}),
    ("wmo_meldingen", {"datum_aanvraag": None}, {"X554"}),
    ("wmo_meldingen", {"datum_besluit": None}, {"X555"}),
    ("wmo_meldingen", {"uitkomst": "open"}, {"X556"}),
    ("wmo_meldingen", {"uitkomst": "netwerk", "datum_onderzoek_klaar": None}, {"X557"}),
    ("wmo_meldingen", {"opschorting_akkoord": None}, {"X558"}),
    ("wmo_meldingen", {"opschorting_akkoord": False}, {"X558"}),
    ("wmo_meldingen", {"verlengd_tot": "2026-09-17"}, {"X559"}),
    ("wmo_meldingen", {"geboortejaar": 2027}, {"X560", "P650"}),
    ("wmo_meldingen", {"bezwaar": True, "besluit": None, "datum_besluit": None}, {"X561"}),
    ("wmo_meldingen", {"geboortejaar": 1910}, {"P650"}),
    ("wmo_meldingen", {"pc6": "1234AB"}, {"X562"}),
    ("wmo_toewijzingen", {"pc6": "1234AB"}, {"X567"}),
    ("jeugd_trajecten", {"pc6": "1234AB"}, {"X565"}),
    ("pwet_uitkeringen", {"pc6": "1234AB"}, {"X557"}),
    ("partner_activiteiten", {"unieke_deelnemers": 181}, {"X550"}),
    ("partner_activiteiten", {"uitkomst_positief": 32}, {"X551"}),
    ("partner_activiteiten", {"uitkomst_gemeten": 47}, {"X552"}),
    ("partner_activiteiten", {"uitkomst_gemeten": None}, {"X553"}),
    ("partner_activiteiten", {"unieke_deelnemers": None}, {"X554"}),
    ("partner_activiteiten", {"gebied_code": "BU99019999"}, {"X555"}),
    ("partner_activiteiten", {"gebied_code": "BU99010199"}, {"X556"}),
    ("partner_activiteiten", {"nieuw": 47}, {"X557"}),
    ("partner_activiteiten", {"periode": "2026"}, {"X558"}),
    ("partner_activiteiten", {"contacten": 0, "unieke_deelnemers": 0}, {"P650", "X552", "X557"}),
    ("partner_activiteiten", {"bijeenkomsten": 0}, {"P651"}),
    ("clientervaring", {"antwoord_code": "ja"}, {"X550"}),
    ("clientervaring", {"vraag_id": "CEO-5"}, {"X551"}),
    ("clientervaring", {"gebied_code": "WK990199"}, {"X552"}),
    ("clientervaring", {"gebied_code": "BU99010101"}, {"S950"}),
    ("clientervaring", {"doelgroep": "activiteit"}, {"X553", "X554"}),
    ("clientervaring", {"vraag_id": "ACT-1", "antwoord_code": "ja"}, {"X554"}),
    ("verhalen_signalen", {"tekst": "woord\n" * 121}, {"V450"}),
    ("verhalen_signalen", {"toestemming_datum": None}, {"X550"}),
    ("verhalen_signalen", {"belangrijkste_verandering": None}, {"X551"}),
    ("verhalen_signalen", {"gebied_code": "WK990199"}, {"X552"}),
    ("verhalen_signalen", {"herkenbaar_gecheckt_door": None}, {"X553"}),
    ("verhalen_signalen", {"gebied_code": "BU99010101"}, {"S950"}),
    ("verhalen_signalen", {"tekst": "Mail mij: a@voorbeeld.nl"}, {"S951"}),
    ("verhalen_signalen", {"tekst": "Bel 06-00 00 00 00"}, {"S951"}),
    ("auditorium_oogst", {"wie": None}, {"X550"}),
    ("auditorium_oogst", {"wanneer": None}, {"X551"}),
    ("auditorium_oogst", {"wanneer": "2026-09-16"}, {"X552"}),
    ("auditorium_oogst", {"gebied_code": "WK990199"}, {"X553"}),
    ("auditorium_oogst", {"gedaan": None}, {"X554"}),
    ("auditorium_oogst", {"gebied_code": "BU99010101"}, {"S950"}),
    ("auditorium_oogst", {"tekst": "Wij bellen de 4 gezinnen die wachten."}, {"S951"}),
    ("auditorium_oogst", {"wie": "Team 3"}, {"S951"}),
    ("auditorium_oogst", {"gedaan": "De helft (50%) komt."}, {"S951"}),
    ("gebied_indeling", {"code": "WK990101", "ouder": "GM9901"}, {"X550", "X552"}),
    ("gebied_indeling", {"ouder": None}, {"X551"}),
    ("gebied_indeling", {"ouder": "WK990102"}, {"X552"}),
    ("gebied_indeling", {"omtrek": "POINT (1 1)"}, {"V450"}),
    ("pc6_buurt", {"buurt_code": "BU99019999"}, {"X550"}),
    ("pc6_buurt", {"buurt_code": "WK990101"}, {"X551"}),
    ("gebied_kerncijfers", {"code": "BU99019999"}, {"X550"}),
    ("gebied_kerncijfers", {"inwoners_0_17": 40}, {"X551"}),
    ("gebied_kerncijfers", {"eenouder_huishoudens": 51}, {"X552"}),
    ("gebied_kerncijfers", {"huishoudens": 101}, {"X553"}),
    ("pwet_uitkeringen", {"begindatum": "1964-12-31"}, {"V450", "X554"}),
    ("pwet_uitkeringen", {"datum_besluit": "2026-08-02"}, {"X550"}),
    ("pwet_uitkeringen", {"einddatum": "2026-08-02"}, {"X551"}),
    ("pwet_uitkeringen", {"reden_beeindiging": None}, {"X552"}),
    ("pwet_uitkeringen", {"einddatum": None}, {"X553"}),
    ("pwet_uitkeringen", {"begindatum": "2026-05-02"}, {"X554"}),
    ("sociaal_team_trajecten", {"datum_hulpvraag": "2014-12-31"}, {"V450", "P650"}),
    ("sociaal_team_trajecten", {"leefgebieden": "geld,postzegels"}, {"V451"}),
    ("sociaal_team_trajecten", {"datum_eerste_gesprek": "2026-08-13"}, {"X550"}),
    ("sociaal_team_trajecten", {"datum_start": "2026-08-13"}, {"X551"}),
    ("sociaal_team_trajecten", {"datum_eind": "2026-08-27"}, {"X552"}),
    ("sociaal_team_trajecten", {"uitkomst": None}, {"X553"}),
    ("sociaal_team_trajecten", {"datum_eind": None}, {"X554"}),
    ("sociaal_team_trajecten", {"doelen_behaald": 4}, {"X555"}),
    ("sociaal_team_trajecten", {"doelen_aantal": None}, {"X556"}),
    ("sociaal_team_trajecten", {"beoordeeld_door": None}, {"X557"}),
    ("sociaal_team_trajecten", {"plan": False}, {"X558"}),
    ("sociaal_team_trajecten", {"zrm_eind_datum": "2026-09-26"}, {"X559"}),
    ("sociaal_team_trajecten", {"zrm_begin_financien": None}, {"X560"}),
    ("sociaal_team_trajecten", {"zrm_versie": None}, {"X561"}),
    ("sociaal_team_trajecten", {"gebied_code": "WK990199"}, {"X562"}),
    ("sociaal_team_trajecten", {"gebied_code": None}, {"X563"}),
    ("sociaal_team_trajecten", {"client_pseudo": None}, {"X564"}),
    ("sociaal_team_trajecten", {"gebied_code": "BU99010101"}, {"S950"}),
    ("sociaal_team_trajecten", {"datum_hulpvraag": "2025-08-20"}, {"P650"}),
    ("schuldhulp_signalen", {"datum": "2014-12-31"}, {"V450"}),
    ("schuldhulp_signalen", {"contact": False}, {"X550"}),
    ("schuldhulp_signalen", {"opgevolgd": "geen"}, {"X551"}),
    ("schuldhulp_signalen", {"pc6": "1000SA"}, {"X552"}),
    ("schuldhulp_signalen", {"opgevolgd": "brief"}, {"P650"}),
    ("schuldhulp_trajecten", {"datum_aanmelding": "2012-06-30"}, {"V450", "P650"}),
    ("schuldhulp_trajecten", {"datum_eerste_gesprek": "2026-08-13"}, {"X550"}),
    ("schuldhulp_trajecten", {"datum_besluit": "2026-08-13"}, {"X551"}),
    ("schuldhulp_trajecten", {"datum_start": "2026-09-20"}, {"X552"}),
    ("schuldhulp_trajecten", {"datum_besluit": None}, {"X553"}),
    ("schuldhulp_trajecten", {"datum_eind": "2026-09-27"}, {"X554"}),
    ("schuldhulp_trajecten", {"resultaat": None}, {"X555"}),
    ("schuldhulp_trajecten", {"datum_eind": None}, {"X556"}),
    ("schuldhulp_trajecten", {"datum_start": None}, {"X557"}),
    ("schuldhulp_trajecten", {"datum_aanmelding": "2025-09-01"}, {"P650"}),
    ("financien", {"periode": "2027"}, {"X550"}),
    ("financien", {"boog": None}, {"X551"}),
    ("financien", {"resultaatblad_id": None}, {"X552"}),
    ("financien", {"bevoorschot": 120001.0}, {"X554"}),
    ("financien", {"besteed": 51999.0}, {"X555"}),
    ("financien", {"besteed": 150001.0}, {"P650", "P651"}),
    ("financien", {"prognose": 84250.0}, {"P651"}),
]

ALONE: dict[str, object] = {"client_pseudo": "k1:other"}
MONTH_END: dict[str, object] = {"einddatum": "2026-09-30"}
NOBODY: dict[str, object] = {"client_pseudo": None}
# Contract, what is changed in each of the good rows that stand together, the rules that find it.
TOGETHER: list[tuple[str, list[dict[str, object]], set[str]]] = [
    ("pwet_uitkeringen", [{}, {"dossier_id": "D2"}], {"X555"}),
    ("pwet_uitkeringen", [{}, {"dossier_id": "D2"} | ALONE], set()),
    (
        "pwet_uitkeringen",
        [{}, {"dossier_id": "D2", "begindatum": "2026-10-14", "einddatum": "2026-12-01"}],
        {"X556"},
    ),
    (
        "pwet_uitkeringen",
        [{}, {"dossier_id": "D2", "begindatum": "2026-10-15", "einddatum": "2026-12-01"}],
        set(),
    ),
    ("pwet_uitkeringen", [ALONE | {"reden_beeindiging": "onbekend"}] * 10, {"P650"}),
    ("pwet_uitkeringen", [ALONE | {"reden_beeindiging": "onbekend"}] * 10 + [{}] * 10, set()),
    ("pwet_uitkeringen", [MONTH_END] * 20, {"P651"}),
    ("pwet_uitkeringen", [MONTH_END] * 20 + [{}] * 3, set()),
    ("schuldhulp_signalen", [{}, {"signaal_id": "S2", "datum": "2026-08-31"}], {"X553"}),
    ("schuldhulp_signalen", [{}, {"signaal_id": "S2", "datum": "2026-09-01"}], set()),
    ("schuldhulp_signalen", [{}, ALONE, NOBODY | {"systeem": "VPS"}], {"P651"}),
    (
        "schuldhulp_trajecten",
        [{"traject_id": n, "datum_eind": None, "resultaat": None} for n in ("SH1", "SH2")],
        {"X558"},
    ),
    (
        "financien",
        [{"resultaatblad_id": None, "boog": None, "toegekend": 119990.0}, {}],
        {"X553"},
    ),
    ("financien", [{"resultaatblad_id": None, "boog": None, "toegekend": 119999.5}, {}], set()),
]

# Rows that look odd and are not: a rule that finds them would burden a partner for nothing.
FINE: list[tuple[str, dict[str, object]]] = [
    ("wmo_meldingen", {"uitkomst": "ingetrokken"}),
    ("partner_activiteiten", {"periode": "2024K4"}),
    ("partner_activiteiten", {"telwijze": "contacten", "unieke_deelnemers": None, "nieuw": None}),
    ("clientervaring", {"gebied_code": None}),
    ("clientervaring", {"vraag_id": "CEO-5", "antwoord_code": "geen_mening"}),
    ("verhalen_signalen", {"toestemming": "nee", "toestemming_datum": None}),
    ("verhalen_signalen", {"tekst": "In 2025 en 2026 kwamen er 120 mensen."}),
    ("auditorium_oogst", {"soort": "sterk_punt", "wie": None, "stand": None, "gedaan": None}),
    ("auditorium_oogst", {"wanneer": "2026-09-17", "gebied_code": "GM9901"}),
    ("gebied_indeling", {"soort": "gemeente", "code": "GM9901", "ouder": None}),
    ("gebied_kerncijfers", {"inwoners_0_17": None, "huishoudens": None}),
]

GOOD |= rows_of_help.GOOD
BAD += rows_of_help.BAD
TOGETHER += rows_of_help.TOGETHER
FINE += rows_of_help.FINE


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE ref_gebied_indeling (jaar BIGINT, code VARCHAR)")
        con.executemany("INSERT INTO ref_gebied_indeling VALUES (?, ?)", AREAS)
        con.execute("CREATE TABLE ref_pc6_buurt AS SELECT '9901SA' AS pc6")
        con.execute("""CREATE TABLE ref_financien AS SELECT 'welzijn' AS overeenkomst_id,
            'meedoen' AS resultaatblad_id, '2026K2' AS periode, 2 AS boog, 52000.0 AS besteed""")
        rows_of_help.refer(con)
        yield con


def found(con: duckdb.DuckDBPyConnection, contract: Contract, *rows: dict[str, object]) -> set[str]:
    """Return the codes of the rules that a row breaks, or one of rows that stand together."""
    columns = ", ".join(f'"{c.name}" {SQL_TYPES.get(c.type, "VARCHAR")}' for c in contract.columns)
    con.execute(f"CREATE OR REPLACE TABLE typed ({columns})")
    values = [[row.get(column.name) for column in contract.columns] for row in rows]
    marks = ", ".join("?" * len(contract.columns))
    con.executemany(f"INSERT INTO typed VALUES ({marks})", values)
    return {
        rule.code
        for rule in contract.rules
        if con.execute(f"SELECT count(*) FROM typed WHERE {rule.broken}").fetchall() != [(0,)]
    }


@pytest.mark.parametrize("name", GOOD)
def test_a_good_row_breaks_no_rule_and_neither_does_an_empty_one(
    con: duckdb.DuckDBPyConnection, name: str
) -> None:
    assert found(con, CONTRACTS[name], GOOD[name]) == set()
    assert found(con, CONTRACTS[name], {}) == set()


@pytest.mark.parametrize(("name", "changes", "codes"), BAD)
def test_a_bad_row_is_found_by_the_rule_that_is_for_it(
    con: duckdb.DuckDBPyConnection, name: str, changes: dict[str, object], codes: set[str]
) -> None:
    assert found(con, CONTRACTS[name], GOOD[name] | changes) == codes


@pytest.mark.parametrize(("name", "changes", "codes"), TOGETHER)
def test_rows_that_stand_together_are_found_by_the_rule_that_is_for_them(
    con: duckdb.DuckDBPyConnection, name: str, changes: list[dict[str, object]], codes: set[str]
) -> None:
    assert found(con, CONTRACTS[name], *(GOOD[name] | each for each in changes)) == codes


@pytest.mark.parametrize(("name", "changes"), FINE)
def test_an_odd_row_that_is_right_passes(
    con: duckdb.DuckDBPyConnection, name: str, changes: dict[str, object]
) -> None:
    assert found(con, CONTRACTS[name], GOOD[name] | changes) == set()


def test_every_rule_of_every_standard_contract_has_its_bad_row() -> None:
    tried = {(name, code) for name, _, codes in [*BAD, *TOGETHER] for code in codes}
    written = {(name, rule.code) for name, c in CONTRACTS.items() for rule in c.rules}
    assert tried == written


@pytest.mark.parametrize("name", CONTRACTS)
def test_rules_of_a_contract_use_the_numbers_from_fifty_up(name: str) -> None:
    assert [r.code for r in CONTRACTS[name].rules if int(r.code[2:]) < 50] == []


@pytest.mark.parametrize("name", sorted(n for n, c in CONTRACTS.items() if c.law is None))
def test_only_a_registration_under_a_law_may_hold_a_bsn(name: str) -> None:
    contract = CONTRACTS[name]
    assert "bsn" in contract.forbidden
    assert [c.name for c in contract.columns if c.type is FieldType.PERSON] == []
