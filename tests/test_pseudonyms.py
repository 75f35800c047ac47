"""At the door a number becomes a pseudonym; the number itself stays nowhere."""

import hmac
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import intake
import pytest
from intake import KEYS, REAL_TOWN, TOWN, rows, write

from sources import conform, pseudonyms, readers
from sources.agreement.model import Municipality
from sources.contracts.model import Column, Contract, FieldType
from sources.errors import UsageError
from sources.keys import RANDOM_BYTES, new_keys, read_keys, seal, unseal
from sources.store import Connection

BSN = "999900006"  # from the range that no inhabitant has
PEOPLE = Contract(
    *("mensen", "L99", "1.0.0", "Mensen", ""),
    columns=(
        Column("nr", "nr", FieldType.INTEGER, "", required=True),
        Column("bsn", "bsn", FieldType.PERSON, "", bsn=True),
        Column("klant", "klant", FieldType.PERSON, ""),
    ),
    key=("nr",),
    rules=(),
    law="Wmo",
)


@pytest.fixture
def con(tmp_path: Path) -> Iterator[Connection]:
    with intake.bench(tmp_path) as connection:
        yield connection


def replaced(
    folder: Path,
    con: Connection,
    *people: tuple[str, str],
    town: Municipality = TOWN,
    contract: Contract = PEOPLE,
) -> list[tuple[object, ...]]:
    """Return the person cells of a delivery after the door, in the order of its rows."""
    lines = [f"{number};{bsn};{client}" for number, (bsn, client) in enumerate(people)]
    readers.read(contract, write(folder, "\n".join(["nr;bsn;klant", *lines])), con)
    pseudonyms.replace(contract, con, KEYS, municipality=town)
    return rows(con, "SELECT bsn, klant FROM text ORDER BY _row")


def expected(value: str, *, law: str = "Wmo", town: str = "GM9901") -> str:
    message = f"v1|{town}|{law}|{value}".encode()
    return f"{KEYS.id}:{hmac.new(KEYS.pseudonym, message, 'sha256').hexdigest()[:32]}"


def test_a_pseudonym_is_the_hmac_of_municipality_law_and_number(
    tmp_path: Path, con: Connection
) -> None:
    assert replaced(tmp_path, con, (BSN, "K-17")) == [(expected(BSN), expected("K-17"))]


def test_pseudonyms_of_two_laws_or_two_municipalities_cannot_be_linked(
    tmp_path: Path, con: Connection
) -> None:
    elsewhere = Municipality(code="GM9903", name="Elders", fictional=True)
    youth = replace(PEOPLE, law="Jeugd")

    [(wmo, _)] = replaced(tmp_path, con, (BSN, ""))
    [(jeugd, _)] = replaced(tmp_path, con, (BSN, ""), contract=youth)
    [(other, _)] = replaced(tmp_path, con, (BSN, ""), town=elsewhere)

    assert (jeugd, other) == (expected(BSN, law="Jeugd"), expected(BSN, town="GM9903"))
    assert len({wmo, jeugd, other}) == 3


NUMBERS = [
    (BSN, expected(BSN)),
    (" 9999.00.006 ", expected(BSN)),
    ("999900007", "!V417"),
    ("9999", "!V417"),
    ("abcdefghi", "!V417"),
    ("+99900006", "!V417"),
    ("000000000", "!V417"),
    ("", None),
    ("onbekend", None),
]


def test_a_bsn_passes_the_11_proef_or_is_refused(tmp_path: Path, con: Connection) -> None:
    found = replaced(tmp_path, con, *((number, "") for number, _ in NUMBERS))

    assert [bsn for bsn, _ in found] == [pseudonym for _, pseudonym in NUMBERS]


def test_a_lost_zero_is_put_back_when_the_number_then_passes(
    tmp_path: Path, con: Connection
) -> None:
    # No number of the fictional range starts with a zero; these only obey the arithmetic.
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    passes = next(
        text
        for text in (f"{number:09d}" for number in range(10_000_000, 10_000_011))
        if sum(w * int(d) for w, d in zip(weights, text, strict=True)) % 11 == 0
    )

    found = replaced(tmp_path, con, (passes[1:], ""), ("12345678", ""))

    assert [bsn for bsn, _ in found] == [f"{expected(passes)}!V418", "!V417"]


def test_a_test_number_is_refused_where_people_are_real(tmp_path: Path, con: Connection) -> None:
    assert replaced(tmp_path, con, (BSN, ""), town=REAL_TOWN) == [("!V419", None)]


def test_the_number_is_left_in_no_table(tmp_path: Path, con: Connection) -> None:
    replaced(tmp_path, con, (BSN, "K-17"), ("123", "K-18"))
    conform.conform(PEOPLE, con)

    held = rows(con, "SELECT table_name FROM information_schema.tables")
    told = "".join(str(rows(con, f'FROM "{name}"')) for (name,) in held)
    assert not {BSN, "K-17", "K-18"} & set(told.replace("'", " ").split())
    assert "K-17" not in told
    assert rows(con, "SELECT nr, bsn, klant FROM typed ORDER BY nr") == [
        (0, expected(BSN), expected("K-17")),
        (1, None, expected("K-18")),
    ]


def test_a_key_file_is_made_of_random_bytes_and_read_back(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(new_keys(bytes(range(RANDOM_BYTES))))

    keys = read_keys(path)

    assert keys.raw + keys.pseudonym == bytes(range(RANDOM_BYTES))
    assert repr(keys) == f"Keys(id='{keys.id}')"
    assert new_keys(bytes(RANDOM_BYTES)) != path.read_text()


@pytest.mark.parametrize("text", [None, "", "raw: 00\n", "key_id: k01234567\n"])
def test_a_key_that_is_gone_or_damaged_is_told_in_one_line(
    tmp_path: Path, text: str | None
) -> None:
    path = tmp_path / "keys"
    if text is not None:
        path.write_text(text)

    with pytest.raises(UsageError, match=r"sleutel") as raised:
        read_keys(path)

    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("size", [0, 1, 4 * 1024 * 1024, 4 * 1024 * 1024 + 1])
def test_a_raw_file_is_kept_encrypted_under_its_checksum_and_comes_back_whole(
    tmp_path: Path, size: int
) -> None:
    path, folder = tmp_path / "levering.csv", tmp_path / "raw"
    path.write_bytes(b"geheim"[:size].ljust(size, b"."))

    sha256 = seal(path, folder, KEYS)

    sealed = (folder / sha256).read_bytes()
    assert b"geheim" not in sealed
    assert [file.name for file in folder.iterdir()] == [sha256]
    assert unseal(sha256, folder, KEYS) == path.read_bytes()
    assert seal(path, tmp_path / "again", KEYS) == sha256
    assert (tmp_path / "again" / sha256).read_bytes() == sealed


def test_a_raw_file_is_written_once(tmp_path: Path) -> None:
    path, folder = write(tmp_path, "a;b\n"), tmp_path / "raw"
    kept = folder / seal(path, folder, KEYS)
    kept.write_bytes(b"what was there")

    seal(path, folder, KEYS)

    assert kept.read_bytes() == b"what was there"


def test_a_raw_file_that_was_altered_or_has_another_key_does_not_open(tmp_path: Path) -> None:
    path, folder = write(tmp_path, "a;b\n"), tmp_path / "raw"
    sha256 = seal(path, folder, KEYS)
    other = replace(KEYS, raw=bytes(64))

    with pytest.raises(UsageError, match="past niet bij de sleutel"):
        unseal(sha256, folder, other)
    (folder / sha256).write_bytes((folder / sha256).read_bytes()[:-1] + b"\0")
    with pytest.raises(UsageError, match="veranderd"):
        unseal(sha256, folder, KEYS)
    with pytest.raises(UsageError, match="is er niet meer"):
        unseal("0" * 64, folder, KEYS)
