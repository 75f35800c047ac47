"""docs/operation.md, followed as root from users to back-up: its rights hold, for real users."""

import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from documented import DOCS, blocks
from machine import Machine, absent, machine

PAGE = DOCS / "operation.md"
DONE_BY_HAND = (
    "apt-get ",
    "git clone",
    "git -C",
    "systemctl ",
    "example /srv/oefening",
)
"""What a test leaves alone: the machine that it runs on, and a town of full size.

The commands of PostgreSQL and Prefect run in test_prefect.py, those of a round in test_cli.py too.
"""
DROPPED = ("GM9901_cbs_L12?_2026_v1.csv", "GM9901_welzijn_L06_2026K2_v1.csv")
INBOX = "/srv/praatplaat/inbox"

ABSENT = absent()

pytestmark = [pytest.mark.slow, pytest.mark.skipif(bool(ABSENT), reason=ABSENT)]


def steps(section: str) -> Iterator[str]:
    """Yield the blocks of a section that a test can do as they stand there."""
    for block in blocks(PAGE, section):
        if not any(each in block for each in DONE_BY_HAND):
            yield block


@pytest.fixture(scope="module")
def town(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """A machine on which the guide was followed up to and including its first round."""
    with machine(tmp_path_factory.mktemp("machine")) as one:
        for section in ("Installeren", "De sleutel", "De overeenkomst"):
            for step in steps(section):
                if "init " not in step:  # the guide: instead of `init`, take the fictional town
                    must(one, step)
        for path in (path for pattern in DROPPED for path in made.rglob(pattern)):
            must(one, f"umask 027; {dropped(path, f'{path.parent.name}/{path.name}')}")
        for step in steps("De eerste ronde"):
            must(one, step)
        yield one


def must(one: Machine, script: str) -> str:
    """Run what must succeed, and return all that it said."""
    done = one.run(script)
    assert done.returncode == 0, f"{script}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def dropped(file: Path, place: str) -> str:
    """Return how the municipality's exchange of files puts one in the inbox."""
    return f"runuser -u praatplaat-drop -- tee {INBOX}/{place} <{shlex.quote(str(file))} >/dev/null"


ALL = ("praatplaat", "praatplaat-drop", "praatplaat-lezer", "praatplaat-server")
READ = {
    "/opt/praatplaat/README.md": ALL,
    "/etc/praatplaat/overeenkomst/agreement.yaml": ALL,
    "/etc/praatplaat/praatplaat.env": (),
    "/etc/praatplaat/server.env": (),
    "/etc/praatplaat/sleutel/keys": ("praatplaat",),
    "/srv/praatplaat/store.duckdb": ("praatplaat",),
    "/srv/praatplaat/log.jsonl": ("praatplaat",),
    "/srv/praatplaat/raw/*": ("praatplaat",),
    "/srv/praatplaat/inbox": ("praatplaat", "praatplaat-drop"),
    "/srv/praatplaat/feedback/welzijn/*/2026K2/1/terugkoppeling.html": (
        "praatplaat",
        "praatplaat-drop",
    ),
    "/srv/praatplaat/editions/2026K2/openbaar/index.html": ("praatplaat", "praatplaat-lezer"),
    "/srv/praatplaat/editions/2026K2/openbaar/data/figures.csv": ("praatplaat", "praatplaat-lezer"),
    "/srv/praatplaat/editions/2026K2/intern/gemeente/index.html": ("praatplaat",),
    "/srv/praatplaat/editions/2026K2/intern/welzijn/index.html": ("praatplaat",),
}
WRITTEN = {
    "/opt/praatplaat": (),
    "/etc/praatplaat": (),
    "/etc/praatplaat/overeenkomst": (),
    "/srv/praatplaat": ("praatplaat",),
    "/srv/praatplaat/inbox": ("praatplaat",),
    "/srv/praatplaat/inbox/welzijn": ("praatplaat", "praatplaat-drop"),
    "/srv/praatplaat/feedback/welzijn": ("praatplaat",),
    "/srv/praatplaat/editions/2026K2/openbaar": ("praatplaat",),
    "/var/backups/praatplaat": ("praatplaat",),
}


@pytest.mark.parametrize(
    ("right", "place", "users"),
    [("r", *row) for row in READ.items()] + [("w", *row) for row in WRITTEN.items()],
)
def test_each_user_can_do_its_own_work_and_no_more(
    town: Machine, right: str, place: str, users: tuple[str, ...]
) -> None:
    assert can(town, right, place) == set(users)


def can(one: Machine, right: str, place: str) -> set[str]:
    """Return which users have a right to a place that is there."""
    each = f'for user in {" ".join(ALL)}; do runuser -u "$user" -- test -{right} "$one" || continue'
    return set(
        must(
            one, f'for one in {place}; do test -e "$one"; {each}; echo "$user"; done; done'
        ).split()
    )


def test_nothing_that_is_typed_leaves_a_file_of_root_among_the_data(town: Machine) -> None:
    assert must(town, "find /srv/praatplaat /var/backups/praatplaat -user root") == ""


def test_a_file_that_is_closed_to_us_is_told_and_holds_up_no_other(
    town: Machine, made: Path
) -> None:
    """Root reads everything: this is where real users are needed (see test_inbox.py)."""
    (one,) = made.rglob("GM9901_bibliotheek_L06_2026K2_v1.xlsx")
    (other,) = made.rglob("GM9901_sociaal_team_L06_2026K2_v1.csv")
    must(town, f"umask 077; {dropped(one, f'bibliotheek/{one.name}')}")
    must(town, f"umask 027; {dropped(other, f'sociaal_team/{other.name}')}")

    told = must(town, "praatplaat receive")

    assert f"{one.name}: B125 " in told
    assert f"{other.name}: GOEDGEKEURD" in told
    assert must(town, f"find {INBOX} -type f -printf '%f '").split() == [one.name]


def test_a_back_up_is_put_back_beside_the_work_as_the_guide_says(town: Machine) -> None:
    told = must(town, "\n".join(steps("Reservekopie")))
    assert "Het logboek klopt" in told
    assert must(town, "find /var/backups/praatplaat -mindepth 1 -perm /077 -prune -o -print")


def test_on_a_new_computer_everybody_can_read_what_comes_back_and_no_more(town: Machine) -> None:
    must(town, 'praatplaat backup "/var/backups/praatplaat/$(date +%F)-later"')
    must(town, "mv /srv/praatplaat /srv/stuk")
    folders = [step for step in steps("Installeren") if "/srv/praatplaat/editions" in step]
    inboxes = [step for step in steps("De overeenkomst") if "/srv/praatplaat/inbox/" in step]
    for step in (*folders, *inboxes, *steps("Een nieuwe computer")):
        told = must(town, step)

    assert (len(folders), len(inboxes)) == (1, 1)
    assert "Het logboek klopt" in told
    for place, users in READ.items():
        assert can(town, "r", place) == set(users), place
    for place, users in WRITTEN.items():
        assert can(town, "w", place) == set(users), place
