"""The strict loader: nothing is guessed, and everything has a line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.errors import AgreementError
from sources.strict_yaml import Tree, read, scan


def written(folder: Path, text: str) -> Path:
    path = folder / "file.yaml"
    path.write_bytes(text.encode())
    return path


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        # what is written        what it is, where ordinary YAML says
        ("code: 0012", {"code": "0012"}),  # 10
        ("time: 12:30", {"time": "12:30"}),  # 750
        ("answer: no", {"answer": "no"}),  # False
        ("day: 2026-01-31", {"day": "2026-01-31"}),  # a date
        ("value: 1e3", {"value": "1e3"}),  # 1000.0
        ("word: null", {"word": "null"}),  # None
        ("word: ~", {"word": "~"}),  # None
        ("until:", {"until": None}),
        ('note: ""', {"note": ""}),
        ("list: [1, a, ]", {"list": ["1", "a"]}),
        ("- \n- x", [None, "x"]),
        ("text: >-\n  een\n  twee", {"text": "een twee"}),
        ("# only a remark", None),
        ("\ufeffa: 1", {"a": "1"}),
    ],
)
def test_every_scalar_is_the_text_that_was_written(tmp_path: Path, text: str, tree: Tree) -> None:
    assert read(written(tmp_path, text)).tree == tree


REFUSED = [
    ("a: 1\nb: 2\na: 3", 3, "`a` staat er twee keer, ook op regel 1"),
    ("a:\n  b: 1\n  b: 2", 3, "`b` staat er twee keer, ook op regel 2"),
    ("a: &x 1", 1, "`&x` maakt een anker"),
    ("b: 1\na: *x", 2, "`*x` verwijst naar een andere plek"),
    ("a: !!int 3", 1, "is een tag"),
    ("a:\n  - !mine {b: 1}", 2, "`!mine` is een tag"),
    ("b: 1\n<<: {a: 1}", 2, "`<<` voegt samen"),
    ("? [a, b]\n: 1", 1, "Een sleutel moet een enkele tekst zijn"),
    ("a: 1\n---\nb: 2", 2, "Hier begint een tweede document"),
    ("name: Huis: De Brug", 1, "een dubbele punt die geen sleutel afsluit"),
    ("a:\n\t- x", 2, "een tab, @ of %"),
    ("b: 1\na: 'open\nc: 2\n", 2, "Een aanhalingsteken is geopend"),
    ("a: [1, 2\nb: 3", 2, "De opbouw van het bestand breekt hier"),
    ("a:\n  b: 1\n c: 2", 3, "De opbouw van het bestand breekt hier"),
    ("a: 1\nb: \x07", 2, "Hier staat een onzichtbaar teken"),
]


@pytest.mark.parametrize(("text", "line", "what"), REFUSED)
def test_what_could_be_misread_is_refused_with_its_line(
    tmp_path: Path, text: str, line: int, what: str
) -> None:
    (fault,) = scan(written(tmp_path, text), name="map/file.yaml").faults

    assert (fault.file, fault.line) == ("map/file.yaml", line)
    assert what in fault.what
    assert fault.to_do.endswith(".")


def test_all_faults_of_a_file_come_at_once_and_the_rest_is_read(tmp_path: Path) -> None:
    text = "a: 1\na: {x: [2]}\nb: &c 3\n<<: {d: [4, 5]}\n? {e: f}\n: {g: 6}\nh: 7\n"
    path = written(tmp_path, text)

    assert [fault.line for fault in scan(path).faults] == [2, 3, 4, 5]
    assert scan(path).tree == {"a": "1", "b": "3", "h": "7"}
    with pytest.raises(AgreementError) as refused:
        read(path)
    assert str(refused.value).splitlines()[0] == (
        "file.yaml:2: `a` staat er twee keer, ook op regel 1. Haal een van beide weg."
    )


def test_a_file_that_is_not_utf_8_or_not_there_is_a_fault_and_not_a_crash(tmp_path: Path) -> None:
    latin = tmp_path / "latin.yaml"
    latin.write_bytes("a: 1\nnaam: Café\n".encode("cp1252"))

    assert str(scan(latin).faults[0]).startswith("latin.yaml:2: Deze regel is geen UTF-8.")
    assert "niet te lezen" in scan(tmp_path / "nowhere.yaml").faults[0].what


def test_every_place_knows_its_line_and_a_missing_one_that_of_what_is_around_it(
    tmp_path: Path,
) -> None:
    text = "# remark\nname: x\ntargets:\n  - year: 2026\n    value: 1\n  - {year: 2028}\n"
    document = read(written(tmp_path, text))

    lines = {
        ("name",): 2,
        ("targets",): 3,
        ("targets", 0): 4,
        ("targets", 0, "value"): 5,
        ("targets", 1, "year"): 6,
        ("targets", 1, "value"): 6,
        ("targets", 7, "year"): 3,
        ("nothing", "here"): 2,
    }
    assert {place: document.line(place) for place in lines} == lines


KEYS = st.text("abcdefghij_", min_size=1, max_size=6)
TEXTS = st.text(st.characters(codec="ascii", categories=("L", "N", "P", "Zs")), max_size=20)
TREES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4)
)


def quoted(tree: Tree) -> str:
    """Write a tree with every text between quotes."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {quoted(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(quoted, tree)) + "]"
    assert tree is not None
    return "'" + tree.replace("'", "''") + "'"


@given(tree=TREES)
def test_whatever_is_written_between_quotes_comes_back(
    tmp_path_factory: pytest.TempPathFactory, tree: Tree
) -> None:
    path = tmp_path_factory.getbasetemp() / "round.yaml"
    path.write_text(quoted(tree), encoding="utf-8", newline="")

    assert read(path).tree == tree
