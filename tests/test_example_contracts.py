"""The standard contracts: each rule lets a good row pass and finds the row that breaks it."""

from collections.abc import Iterator

import duckdb
import pytest

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
    ("gebied_indeling", {"soort": "gemeente", "code": "GM9901", "ouder": None}),
    ("gebied_kerncijfers", {"inwoners_0_17": None, "huishoudens": None}),
]


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute("CREATE TABLE ref_gebied_indeling (jaar BIGINT, code VARCHAR)")
        con.executemany("INSERT INTO ref_gebied_indeling VALUES (?, ?)", AREAS)
        yield con


def found(con: duckdb.DuckDBPyConnection, contract: Contract, row: dict[str, object]) -> set[str]:
    """Return the codes of the rules that a row breaks."""
    columns = ", ".join(
        f'CAST(${c.name} AS {SQL_TYPES.get(c.type, "VARCHAR")}) AS "{c.name}"'
        for c in contract.columns
    )
    values = {column.name: row.get(column.name) for column in contract.columns}
    con.execute(f"CREATE OR REPLACE TABLE typed AS SELECT {columns}", values)
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


@pytest.mark.parametrize(("name", "changes"), FINE)
def test_an_odd_row_that_is_right_passes(
    con: duckdb.DuckDBPyConnection, name: str, changes: dict[str, object]
) -> None:
    assert found(con, CONTRACTS[name], GOOD[name] | changes) == set()


def test_every_rule_of_every_standard_contract_has_its_bad_row() -> None:
    tried = {(name, code) for name, _, codes in BAD for code in codes}
    written = {(name, rule.code) for name, c in CONTRACTS.items() for rule in c.rules}
    assert tried == written


@pytest.mark.parametrize("name", CONTRACTS)
def test_rules_of_a_contract_use_the_numbers_from_fifty_up(name: str) -> None:
    assert [r.code for r in CONTRACTS[name].rules if int(r.code[2:]) < 50] == []


@pytest.mark.parametrize("name", sorted(set(CONTRACTS) - {"wmo_meldingen"}))
def test_only_the_registration_may_hold_a_bsn(name: str) -> None:
    contract = CONTRACTS[name]
    assert "bsn" in contract.forbidden
    assert [c.name for c in contract.columns if c.type is FieldType.PERSON] == []
