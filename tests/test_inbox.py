"""What waits in the inbox, whose it is, in which order it is received, and what is of nobody."""

import hashlib
import json
import os
from pathlib import Path

import pytest

from sources.agreement.load import load as load_agreement
from sources.contracts.load import standard
from sources.errors import UsageError
from sources.inbox import Waiting, checksum, parcel, waiting
from sources.verdict import Level

FOLDER = Path(__file__).parent.parent / "sources/example/voorbeeldstad"
AGREEMENT, CONTRACTS = load_agreement(FOLDER), standard()
NOW = 1_000_000.0


def drop(inbox: Path, place: str, *, at: float = NOW - 60) -> Path:
    path = inbox / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(place)
    os.utime(path, (at, at))
    return path


def found(inbox: Path) -> Waiting:
    return waiting(inbox, AGREEMENT, CONTRACTS, settled_before=NOW)


def test_a_file_is_what_its_name_and_its_folder_say(tmp_path: Path) -> None:
    path = drop(tmp_path, "sociaal_team/GM9901_sociaal_team_l06_2026k3_v2.XLSX")

    (one,) = found(tmp_path).parcels

    assert (one.path, one.partner, one.contract) == (path, "sociaal_team", "partner_activiteiten")
    assert (one.period, one.number, one.correction) == ("2026K3", 2, True)
    assert one.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


STRANGE = {
    "welzijn/cijfers definitief.xlsx": "B120",
    "welzijn/GM9901_welzijn_L06_2026K5_v1.csv": "B120",
    "welzijn/GM9901_welzijn_L06_2026K3_v0.csv": "B120",
    "welzijn/diep/GM9901_welzijn_L06_2026K3_v1.csv": "B120",
    "GM9901_welzijn_L06_2026K3_v1.csv": "B120",
    "welzijn/GM9901_bibliotheek_L06_2026K3_v1.csv": "B121",
    "vreemden/GM9901_vreemden_L06_2026K3_v1.csv": "B121",
    "welzijn/GM0518_welzijn_L06_2026K3_v1.csv": "B122",
    "welzijn/GM9901_welzijn_L77_2026K3_v1.csv": "B123",
    "welzijn/GM9901_welzijn_L01_2026K3_v1.csv": "B124",
    "welzijn/GM9901_welzijn_L06_2026K3_v1.datapackage.json": "B172",
    "welzijn/datapackage.json": "B172",
}


@pytest.mark.parametrize(("place", "code"), STRANGE.items())
def test_a_file_of_nobody_is_told_with_what_to_do(tmp_path: Path, place: str, code: str) -> None:
    path = drop(tmp_path, place)

    waits = found(tmp_path)

    assert waits.parcels == ()
    ((where, finding),) = waits.strange
    assert (where, finding.code, finding.level) == (path, code, Level.REFUSE_FILE)
    assert finding.message and finding.how_to_mend


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root: see test_operation.py")
def test_a_file_that_is_closed_to_us_holds_up_no_other(tmp_path: Path) -> None:
    closed = drop(tmp_path, "welzijn/GM9901_welzijn_L06_2026K3_v1.csv")
    closed.chmod(0)
    drop(tmp_path, "cbs/GM9901_cbs_L12a_2026_v1.csv")

    waits = found(tmp_path)

    assert [finding.code for _, finding in waits.strange] == ["B125"]
    assert [one.contract for one in waits.parcels] == ["gebied_indeling"]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    secret = drop(tmp_path, "elders/geheim.csv")
    inbox = tmp_path / "inbox"
    (inbox / "welzijn").mkdir(parents=True)
    link = inbox / "welzijn/GM9901_welzijn_L06_2026K3_v1.csv"
    link.symlink_to(secret)
    os.utime(link, (NOW - 60, NOW - 60), follow_symlinks=False)

    waits = found(inbox)

    assert waits.parcels == ()
    assert [finding.code for _, finding in waits.strange] == ["B120"]


def test_a_file_that_may_still_be_on_its_way_waits_for_the_next_round(tmp_path: Path) -> None:
    drop(tmp_path, "welzijn/GM9901_welzijn_L06_2026K3_v1.csv", at=NOW)
    drop(tmp_path, "welzijn/rommel.csv", at=NOW + 1)

    assert found(tmp_path) == Waiting((), ())


def test_what_excel_and_file_systems_leave_behind_is_passed_over(tmp_path: Path) -> None:
    for name in (".DS_Store", "~$GM9901_welzijn_L06_2026K3_v1.xlsx", ".tmp/x.csv"):
        drop(tmp_path, f"welzijn/{name}")

    assert found(tmp_path) == Waiting((), ())


def test_a_delivery_comes_after_what_it_refers_to_and_periods_in_order(tmp_path: Path) -> None:
    for place in (
        "welzijn/GM9901_welzijn_L06_2026K3_v2.csv",
        "welzijn/GM9901_welzijn_L06_2026K3_v1.csv",
        "welzijn/GM9901_welzijn_L06_2026K2_v1.csv",
        "cbs/GM9901_cbs_L12c_2026_v1.csv",
        "cbs/GM9901_cbs_L12a_2026_v1.csv",
    ):
        drop(tmp_path, place)

    order = [(one.contract, one.period, one.number) for one in found(tmp_path).parcels]

    assert order == [
        ("gebied_indeling", "2026", 1),
        ("gebied_kerncijfers", "2026", 1),
        ("partner_activiteiten", "2026K2", 1),
        ("partner_activiteiten", "2026K3", 1),
        ("partner_activiteiten", "2026K3", 2),
    ]


def test_a_caller_can_say_itself_what_a_file_is(tmp_path: Path) -> None:
    path = drop(tmp_path, "kwb2019.csv")

    one = parcel(path, partner="cbs", contract="gebied_kerncijfers", period="2019")

    assert (one.number, one.correction, one.sha256) == (1, False, checksum(path))
    with pytest.raises(UsageError, match="geen periode"):
        parcel(path, partner="cbs", contract="gebied_kerncijfers", period="vorig jaar")
    with pytest.raises(UsageError, match="niet te lezen"):
        checksum(tmp_path / "weg.csv")


def test_a_file_with_any_name_is_known_by_the_manifest_beside_it(tmp_path: Path) -> None:
    path = drop(tmp_path, "welzijn/Onze cijfers.xlsx")
    said = {"partner": "welzijn", "contract": "L06", "period": "2026K3", "number": 2}
    beside = drop(tmp_path, "welzijn/Onze cijfers.datapackage.json")
    beside.write_text(json.dumps({"praatplaat": said}))
    assert found(tmp_path) == Waiting((), ()), "the manifest was only just written"
    os.utime(beside, (NOW - 60, NOW - 60))

    ((one,), strange) = (found(tmp_path).parcels, found(tmp_path).strange)

    assert strange == ()
    assert (one.path, one.package) == (path, beside)
    assert (one.partner, one.contract) == ("welzijn", "partner_activiteiten")
    assert (one.period, one.number) == ("2026K3", 2)
