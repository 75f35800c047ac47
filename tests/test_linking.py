"""Laws are linked on a recorded legal basis only; derived tables are what they say they are."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import intake
import pytest
from contradictions import Case, contradictions, copy, left_over, put
from derived_rows import CONTRACTS, delivered, figures, voorbeeldstad
from intake import KEYS, TOWN, rows, write
from tiny_agreement import areas

from flows.settings import ZONE, Town
from flows.steps import observe
from flows.steps import round as rounds
from sources import pseudonyms, readers
from sources.agreement import sense
from sources.agreement.checks import derived as checks
from sources.agreement.known import Known
from sources.agreement.lines import Lines
from sources.agreement.linking import mark, purpose
from sources.agreement.load import load_with_lines
from sources.agreement.model import Figures, Linking
from sources.contracts.derived import tables
from sources.contracts.model import Column, Contract, FieldType
from sources.errors import AgreementError
from sources.store import Connection, Store
from transforms.conditions import TYPES, rehearse
from transforms.derived import Derivation, derived
from transforms.readings import readings

ALL = Linking(
    laws=("Jeugd", "P-wet", "Wmo"),
    basis="Een verordening",
    purpose="Zien",
    dpia_on=date(2024, 6, 18),
    advice="Akkoord",
)
TWO = ALL.model_copy(update={"laws": ("Wmo", "Jeugd")})
AT = datetime(2026, 10, 28, 9, tzinfo=ZONE)


WHOLE = voorbeeldstad()


def people(contract: str) -> set[str]:
    """Return the person columns of a contract."""
    return {c.name for c in CONTRACTS[contract].columns if c.type is FieldType.PERSON}


# --- the registry ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", tables())
def test_a_table_gives_what_it_declares_also_of_nothing(name: str) -> None:
    table = tables()[name]
    none = {one: delivered(one, "_period").lazy() for one in table.made_of}
    known = Derivation(("2026K3",), date(2026, 9, 30), WHOLE.rainbow, areas())
    made = derived([name], none, known)[name].collect()
    assert made.schema == {column.name: TYPES[column.type] for column in table.columns}
    assert made.is_empty()


@pytest.mark.parametrize("name", tables())
def test_a_table_is_made_of_columns_that_are_delivered_and_says_which_laws_it_links(
    name: str,
) -> None:
    table = tables()[name]
    assert table.title and table.description and name not in CONTRACTS
    for contract, columns in table.made_of.items():
        own = {column.name for column in CONTRACTS[contract].columns}
        assert set(columns) <= own | {"_partner", "_period"}
    people = [
        CONTRACTS[contract].law
        for contract, columns in table.made_of.items()
        if any(
            CONTRACTS[contract].column(c).type is FieldType.PERSON for c in columns if c[0] != "_"
        )
    ]
    linked = {law for law in people if law}
    assert set(table.links) == (linked if len(linked) > 1 else set())


# --- off and on -----------------------------------------------------------------------------------


def off(linking: Linking | None) -> set[str]:
    general = WHOLE.general.model_copy(update={"linking": linking})
    counted = {reading.key for reading in readings(WHOLE.model_copy(update={"general": general}))}
    every = {reading.key for reading in readings(WHOLE)}
    return {f"{name} {variant}".strip() for name, variant in every - counted}


@pytest.mark.parametrize(
    ("linking", "expected"),
    [
        (ALL, set()),
        (TWO, {"I33"}),
        (None, {"I33", "I34 zonder_regisseur", "I36", "I36 contacten", "I37"}),
    ],
)
def test_without_a_basis_for_its_laws_a_figure_is_off(
    linking: Linking | None, expected: set[str]
) -> None:
    assert off(linking) == expected


def test_what_is_off_has_one_row_without_a_number() -> None:
    wmo_only = ALL.model_copy(update={"laws": ("P-wet", "Wmo")})
    found = figures("I37", linking=wmo_only)
    assert found.select("period", "area", "availability", "value").rows() == [
        ("2026K3", "GM9901", "in_development", None)
    ]


# --- what validate says ---------------------------------------------------------------------------


def without_basis(text: str) -> str:
    """Return `agreement.yaml` without a basis, and with no figure that needs one on a sheet."""
    figures_ = re.sub(r"(?m)^  (district|council): \[I.*\]$", r"  \1: [I01]", text)
    return figures_[: figures_.index("linking:")].rstrip() + "\n"


def test_without_a_basis_validate_remarks_what_is_off_and_finds_no_fault(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    general = folder / "agreement.yaml"
    general.write_text(without_basis(general.read_text(encoding="utf-8")), encoding="utf-8")
    assert contradictions(folder) == []
    agreement, lines = load_with_lines(folder)
    said = sense.remarks(agreement, CONTRACTS, today=date(2026, 10, 1), lines=lines)
    about = [one for one in said if "grondslag" in one]
    assert [one.split(":")[0] for one in about] == [
        f"indicators/{name}.yaml" for name in ("I33", "I34", "I36", "I37")
    ]
    assert "koppelen van Jeugd, P-wet en Wmo is geen grondslag" in about[0]
    line = int(about[1].split(":")[1])
    named = (folder / "indicators/I34.yaml").read_text(encoding="utf-8").splitlines()[line - 1]
    assert named.strip() == "delivery: huishoudens_zonder_regie"


CASES = {
    "four quarters as a whole are told by quarters": Case(
        [("indicators/I37.yaml", "municipality: four_quarters", "municipality: quarter")],
        [
            (
                "indicators/I37.yaml",
                "municipality: quarter",
                "`boogstromen` gaat over vier kwartalen samen, en niet over `quarter`",
            ),
        ],
    ),
    "nobody delivers what a table is made of": Case(
        [("partners/gemeente.yaml", "  - {contract: pwet_uitkeringen, since: 2024K4}\n", "")],
        [
            (
                f"indicators/{name}.yaml",
                f"delivery: {table}",
                f"Niemand levert `pwet_uitkeringen`, en daarvan wordt `{table}` gemaakt",
            )
            for name, table in (
                *(("I14", "bijstand_uitstroom"), ("I14", "bijstand_na_werk")),
                *(("I20", "bijstand_kwartalen"), ("I33", "huishoudens_met_wetten")),
            )
        ],
    ),
    "a table that does not exist, and one of a variant": Case(
        [
            ("indicators/I20.yaml", "bijstand_kwartalen", "bijstand_kwartaal"),
            ("indicators/I34.yaml", "huishoudens_zonder_regie", "huishoudens_zonder"),
        ],
        [
            ("indicators/I20.yaml", "delivery: bijstand_", "Bedoelt u `bijstand_kwartalen`?"),
            (
                "indicators/I34.yaml",
                "delivery: huishoudens_zonder",
                "Bedoelt u `huishoudens_zonder_regie`?",
            ),
        ],
    ),
    "a code that the column of the contract does not know": Case(
        [("indicators/I26.yaml", "crisis <> '01'", "crisis <> '1'")],
        [("indicators/I26.yaml", "crisis <> '1'", "Code van crisis `1` bestaat niet")],
    ),
    "a variant whose table has no such period": Case(
        [("indicators/I34.yaml", "huishoudens_zonder_regie", "bijstand_uitstroom")],
        [
            (
                "indicators/I34.yaml",
                "date: dag",
                "Kolom van bijstand_uitstroom `dag` bestaat niet",
            ),
            (
                "indicators/I34.yaml",
                "distinct: huishouden_pseudo",
                "Kolom van bijstand_uitstroom `huishouden_pseudo` bestaat niet",
            ),
            (
                "indicators/I34.yaml",
                "municipality: quarter",
                "`bijstand_uitstroom` gaat over vier kwartalen samen",
            ),
        ],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_cannot_be_derived_is_named_where_it_stands(name: str, tmp_path: Path) -> None:
    folder = copy(tmp_path)
    put(folder, CASES[name].changes)
    assert left_over(folder, CASES[name], contradictions(folder)) == []


def test_a_sheet_that_asks_for_what_is_off_is_a_fault() -> None:
    changes = {"linking": None, "figures": Figures(district=("I01", "I36"))}
    agreed = WHOLE.agreements["sociaal_team"]
    sheets = [one.model_copy(update={"indicators": ("I30", "I33")}) for one in agreed.result_sheets]
    asked = WHOLE.model_copy(
        update={
            "general": WHOLE.general.model_copy(update=changes),
            "agreements": {"team": agreed.model_copy(update={"result_sheets": sheets[:1]})},
        }
    )
    said = [
        f"{fault.file}: {fault.what}" for fault in checks.faults(Known(asked, CONTRACTS, Lines()))
    ]
    no = "en daarvoor is geen grondslag"
    assert said == [
        f"agreement.yaml: I36 koppelt Jeugd en Wmo, {no}",
        f"agreements/team.yaml: I33 koppelt Jeugd, P-wet en Wmo, {no}",
    ]


def test_a_condition_is_tried_on_the_columns_of_its_table(tmp_path: Path) -> None:
    folder = copy(tmp_path)
    put(
        folder,
        [
            ("indicators/I14.yaml", "  where: naar_werk", "  where: naar_wrek"),
            ("indicators/I14.yaml", "where: not weer_bijstand", "where: not naar_werk"),
            ("indicators/I34.yaml", "date: dag", "date: dag\nfilters: [productcategorie = '01']"),
        ],
    )
    agreement, lines = load_with_lines(folder)
    said = rehearse(agreement, CONTRACTS, lines=lines)
    no = "de levering `{}` heeft geen kolom `{}`"
    assert [one.split(". ")[0] for one in said] == [
        f"indicators/{place}: {no.format(table, column)}"
        for place, table, column in (
            ("I14.yaml:14: numerator.where", "bijstand_uitstroom", "naar_wrek"),
            ("I14.yaml:21: variants.na_een_jaar.numerator.where", "bijstand_na_werk", "naar_werk"),
            ("I34.yaml:21: filters.0", "huishoudens_zonder_regie", "productcategorie"),
        )
    ]


def test_a_contract_of_ones_own_may_lack_no_column_and_not_have_the_name_of_a_table() -> None:
    spells = CONTRACTS["pwet_uitkeringen"]
    fewer = tuple(c for c in spells.columns if c.name != "huishouden_pseudo")
    changed = dict(CONTRACTS) | {
        "pwet_uitkeringen": replace(spells, columns=fewer),
        "jeugd_starts": replace(spells, id="jeugd_starts"),
    }
    one = WHOLE.model_copy(update={"indicators": {"I20": WHOLE.indicators["I20"]}})
    said = [(fault.file, fault.what) for fault in checks.faults(Known(one, changed, Lines()))]
    assert said == [
        (
            "deliveries/jeugd_starts.odcs.yaml",
            "`jeugd_starts` is de naam van een tabel die wij zelf maken",
        ),
        (
            "indicators/I20.yaml",
            "`bijstand_kwartalen` wordt gemaakt van `pwet_uitkeringen`, en die mist kolom "
            "`huishouden_pseudo`",
        ),
    ]


# --- one person, one purpose ----------------------------------------------------------------------


def test_linked_laws_have_one_purpose_and_it_shows() -> None:
    laws = ("Jeugd", "P-wet", "Wmo")
    assert [purpose(None, law) for law in laws] == [*laws]
    assert [purpose(ALL, law) for law in laws] == ["Jeugd+P-wet+Wmo"] * 3
    assert [purpose(TWO, law) for law in laws] == ["Jeugd+Wmo", "P-wet", "Jeugd+Wmo"]
    assert [bool(mark(TWO, law)) for law in laws] == [True, False, True]
    assert mark(TWO, "Wmo") != mark(ALL, "Wmo")


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    with intake.bench(tmp_path) as connection:
        yield connection


def pseudonym(folder: Path, con: Connection, law: str, linking: Linking | None) -> str:
    columns = (
        Column("nr", "nr", FieldType.INTEGER, "", required=True),
        Column("bsn", "bsn", FieldType.PERSON, "", bsn=True),
    )
    contract = Contract("mensen", "L99", "1.0.0", "Mensen", "", columns, ("nr",), (), law=law)
    readers.read(contract, write(folder, "nr;bsn\n1;999900006"), con)
    pseudonyms.replace(contract, con, KEYS, municipality=TOWN, linking=linking)
    ((made,),) = rows(con, "SELECT bsn FROM text")
    return str(made)


def test_one_number_is_one_person_in_linked_laws_and_another_in_each_other_law(
    tmp_path: Path, con: Connection
) -> None:
    made = {
        (law, basis is not None): pseudonym(tmp_path, con, law, basis)
        for law in ("Wmo", "Jeugd", "P-wet")
        for basis in (None, TWO)
    }
    assert made["Wmo", True] == made["Jeugd", True]
    assert made["P-wet", True] == made["P-wet", False]
    assert len({value.split(":")[1] for value in made.values()}) == 4
    assert made["Wmo", True].startswith(f"{KEYS.id}-{mark(TWO, 'Wmo')}:")
    assert made["Wmo", False].startswith(f"{KEYS.id}:")


def test_rows_of_another_purpose_are_never_counted_with_those_of_now(
    town: Town, drop: Callable[..., list[Path]]
) -> None:
    drop("GM9901_cbs_L12[abc]_2026_v1.csv")
    drop("GM9901_gemeente_L01_2026K3_v1.csv")
    rounds.receive_waiting(town, at=AT, tell=lambda _: None)
    waits = town.agreement.model_copy(update={"indicators": {"I30": WHOLE.indicators["I30"]}})
    ended = WHOLE.general.model_copy(update={"linking": None})
    without = waits.model_copy(update={"general": ended})
    with Store.open(town.settings.store, holder="de test") as store:
        count(replace(town, agreement=waits), store)
        with pytest.raises(AgreementError, match="toen `linking`"):
            count(replace(town, agreement=without), store)


def count(town: Town, store: Store) -> None:
    observe.observe(town, store, "2026K3", known_at=AT, tell=lambda _: None)
