"""Back-up and restore, a damaged store, and everything made again from the sealed files."""

import grp
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from textwrap import dedent

import duckdb
import pytest
from conftest import Once

from benchmarks import killing
from flows.settings import ZONE, Town
from flows.steps import auditlog, rebuild
from flows.steps import backup as copies
from flows.steps import round as rounds
from flows.steps.confirm import withdraw
from sources.errors import NotIntact, UsageError
from sources.store import Store

AT = datetime(2026, 8, 3, 9, tzinfo=ZONE)
QUARTER, BY = "2026K2", "wethouder N. Voorbeeld"

Drop = Callable[..., list[Path]]


def quiet(_: str) -> None:
    """Tell nothing."""


@pytest.fixture
def kept(once: Once, made: Path, town: Town, request: pytest.FixtureRequest) -> Town:
    """A home with areas, two deliveries of which one was withdrawn, and an edition, established."""

    def make(folder: Path) -> None:
        request.getfixturevalue("areas")
        drop = request.getfixturevalue("drop")
        drop("GM9901_welzijn_L06_2026K2_v1.csv")
        drop("GM9901_welzijn_L06_2026K2_v2.csv", name="GM9901_welzijn_L06_2026K2_v3.csv")
        drop("GM9901_vluchtelingenwerk_L10_2026K3_v1.csv")
        there = killing.town_in(town.settings.home)
        rounds.receive_waiting(there, at=AT, tell=quiet)
        withdraw(there, 5, reason="Jan Jansen belde", at=AT + timedelta(minutes=5))
        late = AT + timedelta(hours=1)
        rounds.observe_quarter(there, QUARTER, known_at=late, tell=quiet)
        rounds.publish_quarter(there, QUARTER, known_at=late, tell=quiet)
        rounds.release_edition(there, QUARTER, by=BY, at=late + timedelta(days=7), tell=quiet)
        shutil.copytree(town.settings.home, folder / "home")
        shutil.copyfile(town.settings.key, folder / "sleutel")

    ready = once("kept", make)
    home = town.settings.home.with_name("bewaard") / "home"
    shutil.copytree(ready / "home", home)
    shutil.copyfile(ready / "sleutel", home.with_name("sleutel"))
    return killing.town_in(home)


def elsewhere(town: Town, name: str) -> Town:
    """The same municipality with another home, that is not there yet."""
    home = town.settings.home.with_name(name)
    return replace(town, settings=replace(town.settings, home=home))


def test_a_backup_put_back_is_the_same_to_the_byte(kept: Town, tmp_path: Path) -> None:
    before = killing.snapshot(kept.settings.home)
    copies.backup(kept, tmp_path / "kopie", at=AT, tell=quiet)
    back = elsewhere(kept, "terug")
    copies.restore(back, tmp_path / "kopie", at=AT, tell=quiet)

    after = killing.snapshot(back.settings.home)
    assert killing.differing(after, before) == ["log.jsonl", "main.log"]
    assert (auditlog.verify(back) or pytest.fail()).action == "reservekopie teruggezet"


def test_a_backup_holds_no_key_no_inbox_and_no_bsn(kept: Town, tmp_path: Path) -> None:
    waits = kept.settings.inbox / "welzijn" / "wacht.csv"
    waits.write_text("999900006")
    copies.backup(kept, tmp_path / "kopie", at=AT, tell=quiet)
    files = [path for path in (tmp_path / "kopie").rglob("*") if path.is_file()]
    secret = kept.settings.key.read_text().split()[3].encode()

    assert files
    for path in files:
        assert b"999900006" not in path.read_bytes()
        assert secret not in path.read_bytes()


def a_file_less(copy: Path) -> None:
    next((copy / "raw").iterdir()).unlink()


def a_file_more(copy: Path) -> None:
    (copy / "raw" / "erbij").touch()


def another_byte(copy: Path) -> None:
    damage(copy / "store.duckdb", 5_000)


def damage(path: Path, place: int) -> None:
    with path.open("r+b") as file:
        file.seek(place)
        piece = file.read(32)
        file.seek(place)
        file.write(bytes(byte ^ 0xFF for byte in piece))


@pytest.mark.parametrize("hurt", [a_file_less, a_file_more, another_byte])
def test_a_broken_backup_is_refused_and_nothing_is_put_back(
    kept: Town, tmp_path: Path, hurt: Callable[[Path], None]
) -> None:
    copies.backup(kept, tmp_path / "kopie", at=AT, tell=quiet)
    hurt(tmp_path / "kopie")
    back = elsewhere(kept, "terug")
    with pytest.raises(NotIntact, match="niet zoals zij waren"):
        copies.restore(back, tmp_path / "kopie", at=AT, tell=quiet)
    assert not back.settings.store.exists()


def test_nothing_is_put_back_over_data(kept: Town, tmp_path: Path) -> None:
    copies.backup(kept, tmp_path / "kopie", at=AT, tell=quiet)
    with pytest.raises(UsageError, match=r"staat al: raw.*store\.duckdb"):
        copies.restore(kept, tmp_path / "kopie", at=AT, tell=quiet)


def test_a_restore_that_was_killed_halfway_is_done_again(kept: Town, tmp_path: Path) -> None:
    copies.backup(kept, tmp_path / "kopie", at=AT, tell=quiet)
    back = elsewhere(kept, "terug")
    home = back.settings.home
    (home / ".restore.part").mkdir(parents=True)
    (home / "raw").mkdir()
    (home / "raw" / "half").touch()
    (home / "editions" / "2026K3" / "openbaar").mkdir(parents=True)
    (home / "editions" / "2026K3" / "openbaar" / "half").touch()
    copies.restore(back, tmp_path / "kopie", at=AT, tell=quiet)
    auditlog.verify(back)
    assert not list(home.rglob("half"))
    assert not (home / ".restore.part").exists()


def test_folders_that_stand_ready_keep_their_group_and_give_it_to_what_comes_back(
    kept: Town, tmp_path: Path
) -> None:
    """So that whoever may read editions on a new computer can read those of before too."""
    copies.backup(kept, tmp_path / "kopie", at=AT, tell=quiet)
    back = elsewhere(kept, "terug")
    back.settings.editions.mkdir(parents=True)
    group = another_group()
    os.chown(back.settings.editions, -1, group)
    back.settings.editions.chmod(0o2750)
    copies.restore(back, tmp_path / "kopie", at=AT, tell=quiet)

    found = list(back.settings.editions.rglob("*"))
    assert len(found) > 10
    assert {path.stat().st_gid for path in found} == {group}
    assert all(path.stat().st_mode & stat.S_ISGID for path in found if path.is_dir())
    assert back.settings.raw.stat().st_gid != group


def another_group() -> int:
    """Return a group that is not ours, or not our first."""
    if os.geteuid() == 0:
        return grp.getgrnam("nogroup").gr_gid
    others = [one for one in os.getgroups() if one != os.getegid()]
    return others[0] if others else pytest.skip("needs root, or a second group")


def test_no_backup_is_made_while_the_store_is_in_use(kept: Town, tmp_path: Path) -> None:
    with (
        Store.open(kept.settings.store, holder="de test"),
        pytest.raises(UsageError, match="in gebruik door de test"),
    ):
        copies.backup(kept, tmp_path / "kopie", at=AT, tell=quiet)
    assert not (tmp_path / "kopie").exists()


def test_damage_is_found_at_once_or_touches_nothing(kept: Town) -> None:
    store = kept.settings.store
    whole, found = killing.snapshot(kept.settings.home), 0
    content = store.read_bytes()
    places = [*range(0, 16_384, 2_048), *range(16_384, len(content), len(content) // 12)]
    for place in places:
        damage(store, place)
        try:
            with Store.open(store, holder="de test", read_only=True) as opened:
                opened.read_through()
        except NotIntact as error:
            found += 1
            assert "beschadigd" in str(error)
        else:
            assert killing.differing(killing.snapshot(kept.settings.home), whole) == []
        store.write_bytes(content)
    assert found >= len(places) // 2


def test_a_store_that_was_cut_off_is_found_at_once(kept: Town) -> None:
    content = kept.settings.store.read_bytes()
    for size in (0, 100, 5_000, len(content) // 2, len(content) * 3 // 4):
        kept.settings.store.write_bytes(content[:size])
        with (
            pytest.raises(NotIntact, match="praatplaat rebuild"),
            Store.open(kept.settings.store, holder="de test", read_only=True) as opened,
        ):
            opened.read_through()


def test_without_its_store_everything_is_made_again_from_the_sealed_files(kept: Town) -> None:
    before = killing.snapshot(kept.settings.home)
    kept.settings.store.write_text("stuk")
    again = kept.settings.home.with_name("opnieuw")

    made = rebuild.rebuild(kept, again, tell=quiet)

    assert made.line == ""
    assert made.different == ()
    assert made.files > 20
    different = killing.differing(killing.snapshot(again), before)
    # The reason that somebody typed stands nowhere but in the store; of a refused file, see below.
    assert {name for name in different if not name.startswith("feedback/")} <= {
        "received.events",
        "received.deliveries",
        "received.findings",
    }


def test_another_folder_time_zone_and_locale_give_the_same_bytes(
    kept: Town, tmp_path: Path
) -> None:
    code = dedent(f"""
        import sys
        sys.path.insert(0, {str(Path(killing.__file__).parent)!r})
        from pathlib import Path
        import killing
        from flows.steps import rebuild
        made = rebuild.rebuild(
            killing.town_in(Path({str(kept.settings.home)!r})), Path("ergens/anders"),
            edition={QUARTER!r}, tell=lambda _: None)
        print(made.files, made.different, made.line)
    """)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "C"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    files, rest = done.stdout.strip().split(" ", 1)
    assert int(files) > 20
    assert rest == "()"


def test_an_edition_that_was_changed_is_not_what_is_made_again(kept: Town) -> None:
    page = kept.settings.editions / QUARTER / "openbaar" / "index.html"
    page.write_text(page.read_text() + " ")
    made = rebuild.rebuild(kept, kept.settings.home.with_name("opnieuw"), tell=quiet)
    assert made.different == (f"{QUARTER}/openbaar/index.html",)


def test_what_was_done_twice_is_held_against_the_same_time(kept: Town) -> None:
    with Store.open(kept.settings.store, holder="de test", read_only=True) as store:
        line = store.log.lines()[-1]
    first = replace(line, result="11 gewist")
    second = replace(line, result="2 gewist", moment=line.moment + timedelta(hours=1))
    worse = replace(first, result="9 gewist")

    assert rebuild.otherwise([first, second], [first, second]) == ""
    assert rebuild.otherwise([first, second], [first]) == ""
    told = rebuild.otherwise([first, second], [worse, second])
    assert told == f"{line.object}: toen 11 gewist, nu 9 gewist."


def test_what_was_deleted_by_its_term_cannot_be_made_again_and_that_is_said(kept: Town) -> None:
    with Store.open(kept.settings.store, holder="de test", read_only=True) as store:
        (kept.settings.raw / store.delivery(1).sha256).unlink()
    with pytest.raises(UsageError, match=r"levering 1 .* ruwe bestand er niet meer"):
        rebuild.rebuild(kept, kept.settings.home.with_name("opnieuw"), tell=quiet)


def test_the_log_holds_no_reason_that_somebody_typed_and_no_value(kept: Town) -> None:
    text = (kept.settings.home / "log.jsonl").read_text()
    assert len(text.splitlines()) >= 8
    assert "Jansen" not in text
    assert not any("99990000" in line for line in text.splitlines())


def lines_of(town: Town) -> list[str]:
    with Store.open(town.settings.store, holder="de test", read_only=True) as store:
        return [f"{line.action}: {line.object} → {line.result}" for line in store.log.lines()]


def test_each_thing_that_was_done_is_one_line(kept: Town) -> None:
    told = lines_of(kept)
    assert [line.split(":")[0] for line in told[-4:]] == [
        "levering ingetrokken",
        "cijfers uitgewerkt",
        "editie gemaakt",
        "editie vastgesteld",
    ]
    received = [line for line in told if line.startswith("levering ontvangen")]
    assert len(received) == 6
    assert any("AFGEKEURD S" in line for line in received)


TAMPER = {
    "a result changed": "UPDATE main.log SET result = 'GOEDGEKEURD.' WHERE position = 2",
    "a moment changed": "UPDATE main.log SET moment = moment + INTERVAL 1 DAY WHERE position = 3",
    "a line deleted": "DELETE FROM main.log WHERE position = 3",
    "the first line deleted": "DELETE FROM main.log WHERE position = 1",
    "the end cut off": "DELETE FROM main.log WHERE position > 6",
    "everything deleted": "DELETE FROM main.log",
    "two lines changed places": (
        "UPDATE main.log SET position = CASE position WHEN 2 THEN 102 ELSE 103 END "
        "WHERE position IN (2, 3); "
        "UPDATE main.log SET position = 105 - position WHERE position > 100"
    ),
    "a line added": "INSERT INTO main.log SELECT 99, * EXCLUDE (position) FROM main.log LIMIT 1",
    "a delivery deleted": "DELETE FROM received.deliveries WHERE id = 4",
    "an edition changed": "UPDATE published.editions SET digest = 'anders'",
    "somebody else established it": "UPDATE published.releases SET stored_by = 'een ander'",
    "nobody established it": "DELETE FROM published.releases",
    "a partner said something": (
        "INSERT INTO received.responses VALUES ('2026K2', 'welzijn', 'I05', 'x', '', now(), '')"
    ),
}


@pytest.mark.parametrize("sql", TAMPER.values(), ids=TAMPER)
def test_what_is_done_to_the_log_is_found(kept: Town, sql: str) -> None:
    auditlog.verify(kept)
    with duckdb.connect(kept.settings.store) as con:
        con.execute(sql)
    with pytest.raises(NotIntact):
        auditlog.verify(kept)


def test_who_changes_the_copy_too_is_found_by_a_noted_checksum(kept: Town) -> None:
    last = auditlog.verify(kept)
    assert last is not None
    with duckdb.connect(kept.settings.store) as con:
        con.execute("DELETE FROM main.log WHERE position >= $end", {"end": last.position})
        con.execute("DELETE FROM published.releases")
    copy = kept.settings.home / "log.jsonl"
    copy.write_text("".join(f"{line}\n" for line in copy.read_text().splitlines()[:-1]))

    auditlog.verify(kept)
    with pytest.raises(NotIntact, match=last.digest):
        auditlog.verify(kept, noted=[last.digest])


@pytest.mark.parametrize("left", ["", '{"position": 1', "{}\n", "geen regel\n"])
def test_a_copy_that_is_not_the_log_is_found(kept: Town, left: str) -> None:
    copy = kept.settings.home / "log.jsonl"
    copy.write_text(left)
    if left.endswith("\n"):
        with pytest.raises(NotIntact):
            auditlog.verify(kept)
    else:  # half a line is what a kill leaves: the next command that writes mends it
        with Store.open(kept.settings.store, holder="de test"):
            pass
        auditlog.verify(kept)
        assert json.loads(copy.read_text().splitlines()[-1])["action"] == "editie vastgesteld"


def test_a_store_of_the_first_layout_grows_and_its_log_tells_what_it_knows(kept: Town) -> None:
    *told, _ = lines_of(kept)  # who established it was not asked yet
    with duckdb.connect(kept.settings.store) as con:
        con.execute("DROP TABLE received.response_tombstones")
        con.execute("DROP TABLE main.log")
        con.execute("DROP TABLE published.releases")
        con.execute("DROP TABLE received.responses")
        con.execute("UPDATE main.schema_version SET version = 4")
    (kept.settings.home / "log.jsonl").unlink()
    with Store.open(kept.settings.store, holder="de test") as store:
        grown = store.log.lines()

    assert {line.origin for line in grown} == {"indeling 4 van de opslag"}
    assert [f"{line.action}: {line.object} → {line.result}" for line in grown] == told
    auditlog.verify(kept)
