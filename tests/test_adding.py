"""Adding a delivery type or an indicator is one file: each is added here, and carried to a figure.

That a block is one file too stands in `test_blocks.py`.
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from flows.settings import EXAMPLE, Settings, Town
from flows.steps.observe import observe
from flows.steps.publish import publish
from flows.steps.receive import Received, receive_all
from sources.example import maker
from sources.keys import RANDOM_BYTES, new_keys, read_keys
from sources.store import Store
from sources.verdict import Outcome

AT = datetime(2025, 2, 3, 9, tzinfo=UTC)
QUARTER = "2024K4"

DELIVERY = """\
apiVersion: v3.1.0
kind: DataContract
id: fietslessen
name: Fietslessen
version: "1.0.0"
status: active
description: {purpose: Weten hoeveel mensen leren fietsen., usage: Een regel per les.}
schema:
  - name: fietslessen
    logicalType: object
    properties:
      - name: les_id
        logicalType: string
        required: true
        primaryKey: true
        primaryKeyPosition: 1
        description: Het nummer van de les.
      - name: dag
        logicalType: date
        required: true
        description: De dag van de les.
      - name: gebied_code
        logicalType: string
        required: true
        description: De wijk.
        customProperties: [{property: type, value: area}]
      - name: leerlingen
        logicalType: integer
        required: true
        description: Hoeveel mensen er waren.
        logicalTypeOptions: {minimum: 0}
customProperties:
  - {property: code, value: L91}
  - {property: snapshot, value: period}
"""

INDICATOR = """\
version: 1
valid_from: 2024-01-01
name: Mensen op fietsles
question: Kan ik leren fietsen?
kind: output
goal: ontmoeten
policy_area: Welzijn
delivery: fietslessen
way: count
numerator: {counts: events, sum_of: leerlingen}
date: dag
area_column: gebied_code
levels: {municipality: quarter, district: quarter}
additive_over: [area]
unit: keer op les
direction: none
incentive: Een les met veel mensen is niet vanzelf een goede les.
counter_indicators: [I08]
explanation: Wij tellen wie op les kwam. Wie twee keer kwam, telt twee keer.
sources: [Fietslessen van de vluchtelingenorganisatie]
privacy: low
owner: Beleidsadviseur welzijn
expires: 2028-12-31
"""

LESSONS = """\
les_id;dag;gebied_code;leerlingen
1;02-10-2024;WK990101;12
2;09-10-2024;WK990101;15
3;16-10-2024;WK990102;6
4;40-10-2024;WK990102;8
"""


def town_with(tmp_path: Path, files: dict[str, str]) -> Town:
    """Return Voorbeeldstad in a place of its own, with files added and the delivery owed."""
    folder = tmp_path / "agreement"
    shutil.copytree(EXAMPLE, folder)
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    partner = folder / "partners" / "vluchtelingenwerk.yaml"
    owed = "deliveries:\n  - {contract: fietslessen, since: 2024K4}\n"
    partner.write_text(partner.read_text().replace("deliveries:\n", owed), encoding="utf-8")
    key = tmp_path / "key"
    key.write_text(new_keys(bytes(range(RANDOM_BYTES % 256)).ljust(RANDOM_BYTES, b"x")))
    home = tmp_path / "home"
    home.mkdir()
    return Settings(agreement=folder, home=home, key=key).open()


def deliver(town: Town, store: Store, tmp_path: Path) -> list[Received]:
    """Drop Voorbeeldstad's first quarter and the lessons, and receive them all."""
    maker.make(tmp_path / "made", inhabitants=5_000, quarters=(QUARTER,))
    shutil.copytree(tmp_path / "made" / QUARTER, town.settings.inbox, dirs_exist_ok=True)
    lessons = (
        town.settings.inbox / "vluchtelingenwerk" / f"GM9901_vluchtelingenwerk_L91_{QUARTER}_v1.csv"
    )
    lessons.parent.mkdir(parents=True, exist_ok=True)
    lessons.write_text(LESSONS, encoding="utf-8")
    keys = read_keys(town.settings.key)
    return receive_all(
        town, store, keys=keys, at=AT, settled_before=float("inf"), tell=lambda _: None
    )


def test_a_delivery_type_and_an_indicator_are_one_file_each(tmp_path: Path) -> None:
    added = {"deliveries/fietslessen.odcs.yaml": DELIVERY, "indicators/F01.yaml": INDICATOR}
    # One row of four is refused: more than the usual 5 %, so this delivery says what it allows.
    added["deliveries/fietslessen.odcs.yaml"] += "  - {property: refuse_above, value: 0.3}\n"
    town = town_with(tmp_path, added)
    with Store.open(town.settings.store, holder="test") as store:
        received = {one.delivery.contract: one for one in deliver(town, store, tmp_path)}
        observe(town, store, QUARTER, known_at=AT, tell=lambda _: None)
        edition = publish(town, store, QUARTER, known_at=AT, tell=lambda _: None)
        figures = store.figures(edition.id).filter(pl.col("indicator") == "F01")

    lessons = received["fietslessen"]
    assert lessons.delivery.outcome is Outcome.ACCEPTED_WITH_REFUSALS
    assert "V403" in (lessons.feedback / "bevindingen.csv").read_text(encoding="utf-8-sig")
    assert sorted(figures.select("area_code", "shown", "status").rows())[:3] == [
        ("GM9901", "30", "published"),
        ("WK990101", "25", "published"),
        ("WK990102", "minder dan 10", "protected"),
    ]
