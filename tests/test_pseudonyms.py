"""At the door a number becomes a pseudonym; the number itself stays nowhere."""

import hmac
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import intake
import pytest
from conftest import Command
from intake import KEYS, REAL_TOWN, TOWN, rows, write

from sources import conform, pseudonyms, readers
from sources.agreement.model import Municipality
from sources.contracts.model import Column, Contract, FieldType
from sources.errors import UsageError
from sources.keys import RANDOM_BYTES, Keys, new_keys, read_keys, reseal, rotate, seal, unseal
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
    ("9999 00 006", expected(BSN)),
    ("999\u00a0900\u00a0006", expected(BSN)),
    ("999900007", "!V417"),
    ("9999", "!V417"),
    ("1234567", "!V417"),
    ("9,99900E+08", "!V427"),
    ("#WAARDE!", "!V420"),
    ("abcdefghi", "!V417"),
    ("+99900006", "!V417"),
    ("000000000", "!V417"),
    ("", None),
    ("onbekend", None),
]


def test_a_bsn_passes_the_11_proef_or_is_refused(tmp_path: Path, con: Connection) -> None:
    found = replaced(tmp_path, con, *((number, "") for number, _ in NUMBERS))

    assert [bsn for bsn, _ in found] == [pseudonym for _, pseudonym in NUMBERS]


def test_a_client_number_that_excel_spoiled_is_no_client(tmp_path: Path, con: Connection) -> None:
    found = replaced(
        tmp_path, con, ("", "1,23457E+08"), ("", "#WAARDE!"), ("", "n.v.t."), ("", "K-1")
    )

    assert [client for _, client in found] == ["!V427", "!V420", None, expected("K-1")]


@pytest.mark.parametrize("times", [1, 3], ids=["each number once", "each number three times"])
def test_a_number_has_one_pseudonym_however_often_it_comes(
    tmp_path: Path, con: Connection, times: int
) -> None:
    """Numbers that come back are hashed once, by another statement: with the same outcome."""
    found = replaced(tmp_path, con, *[(number, "") for number, _ in NUMBERS] * times)

    assert [bsn for bsn, _ in found] == [pseudonym for _, pseudonym in NUMBERS] * times


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


def rotated(keys: Keys, folder: Path, fill: bytes) -> Keys:
    path = folder / "keys"
    path.write_text(rotate(keys, fill * RANDOM_BYTES))
    return read_keys(path)


def test_rotating_puts_a_new_key_in_front_and_keeps_those_that_there_were(tmp_path: Path) -> None:
    second = rotated(KEYS, tmp_path, b"b")
    third = rotated(second, tmp_path, b"c")

    assert (third.raw, third.pseudonym) == (b"c" * 64, b"c" * 32)
    assert [each.id for each in third.earlier] == [second.id, KEYS.id]
    assert third.earlier[1] == KEYS
    assert len({KEYS.id, second.id, third.id}) == 3


def test_after_rotating_a_person_has_another_pseudonym_under_another_name(
    tmp_path: Path, con: Connection
) -> None:
    readers.read(PEOPLE, write(tmp_path, f"nr;bsn;klant\n1;{BSN};\n"), con)
    pseudonyms.replace(PEOPLE, con, rotated(KEYS, tmp_path, b"b"), municipality=TOWN)

    [(pseudonym,)] = rows(con, "SELECT bsn FROM text")

    assert str(pseudonym).split(":")[0] != KEYS.id
    assert str(pseudonym).split(":")[1] != expected(BSN).split(":")[1]


def test_raw_that_an_earlier_key_sealed_opens_until_that_key_is_destroyed(tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    old = seal(write(tmp_path, "a;b\n"), folder, KEYS)
    keys = rotated(KEYS, tmp_path, b"b")
    new = seal(write(tmp_path, "c;d\n"), folder, keys)
    destroyed = replace(keys, earlier=())

    assert (unseal(old, folder, keys), unseal(new, folder, keys)) == (b"a;b\n", b"c;d\n")
    with pytest.raises(UsageError, match="past niet bij de sleutel"):
        unseal(old, folder, destroyed)

    reseal(old, folder, keys)

    assert unseal(old, folder, destroyed) == b"a;b\n"
    assert sorted(file.name for file in folder.iterdir()) == sorted([old, new])


@pytest.mark.parametrize(
    "text",
    [
        *(None, "", "raw: 00\n", "key_id: k01234567\n"),
        new_keys(bytes(RANDOM_BYTES)) + "\nkey_id: k01234567\n",
        new_keys(bytes(RANDOM_BYTES)) * 2,
    ],
)
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


def test_a_key_is_rotated_in_its_file_and_never_within_the_home(
    praatplaat: Command, tmp_path: Path
) -> None:
    path, home = tmp_path / "sleutel", tmp_path / "home"
    assert praatplaat("key", "new", "--out", path).code == 0
    before = read_keys(path)

    told = praatplaat("key", "rotate", "--out", path)
    inside = praatplaat("key", "new", "--out", home / "sleutel", PRAATPLAAT_HOME=str(home))

    assert told.code == 0
    assert read_keys(path).earlier == (before,)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in tmp_path.iterdir()] == ["sleutel"]
    assert inside.code == 2
    assert "ligt in de map met gegevens" in inside.err
