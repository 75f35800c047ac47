"""Messages by mail: each goes out once, waits where it must, and holds nothing of any person."""

import fcntl
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage
from mailbox import LOGIN, SENDER, TEAM, Mailbox, certificate, free_port, listening
from pathlib import Path

import pytest
import xlsxwriter
from typer.testing import CliRunner, Result

from flows.cli import app
from flows.post import messages, outbox, sending
from flows.post.outbox import REFUSED, SENT, WAITING
from flows.post.outbox import TEAM as TEAM_FOLDER
from flows.post.server import Server
from flows.settings import ZONE, Town
from flows.steps import confirm, rebuild, status
from flows.steps.round import receive_file, receive_waiting
from reports import letters
from reports.words.catalogue import sentences
from sources.errors import FactsheetError, SourceUnavailable, UsageError
from sources.privacy import numbers
from sources.store import Store

Drop = Callable[..., list[Path]]

GOOD = "GM9901_welzijn_L06_2026K2_v1.csv"
BRUG = "Stichting Welzijn De Brug"
BRIDGE = "kwaliteit@debrug.voorbeeldstad.example"
RECEIVED = datetime(2026, 8, 3, 9, tzinfo=ZONE)
LATER = datetime(2026, 8, 3, 10, tzinfo=ZONE)


class Killed(BaseException):
    """The end of a process, at a moment that we choose."""


@pytest.fixture
def box() -> Iterator[Mailbox]:
    with listening() as box:
        yield box


@pytest.fixture
def mailing(town: Town, box: Mailbox) -> Town:
    return mailing_to(town, box)


def mailing_to(town: Town, box: Mailbox) -> Town:
    return replace(town, settings=replace(town.settings, mail=box.server, actor="team"))


def receive(town: Town) -> None:
    receive_waiting(town, at=RECEIVED, tell=lambda _: None)


def send(town: Town, *, again: bool = False) -> list[str]:
    told: list[str] = []
    known = sending.everybody(town)
    sending.send(town.settings, known, at=LATER, tell=told.append, again=again)
    return told


def lying(town: Town) -> dict[str, list[str]]:
    """Return the keys of the messages in each state in which there are some."""
    found = {
        state: [path.stem for path in outbox.lying(town.settings.post, state)]
        for state in (WAITING, SENT, REFUSED)
    }
    return {state: keys for state, keys in found.items() if keys}


def posted(town: Town) -> list[str]:
    """Return what the log tells of messages."""
    with Store.open(town.settings.store, holder="de test", read_only=True) as store:
        return [one.object for one in store.log.lines() if one.action == "bericht verstuurd"]


def decoded(message: EmailMessage) -> dict[str, bytes]:
    """Return every part of a message by its file name; the text by ''."""
    parts = (part for part in message.walk() if not part.is_multipart())
    return {part.get_filename() or "": part.get_payload(decode=True) for part in parts}  # type: ignore[misc]


@pytest.mark.usefixtures("areas")
def test_a_partner_gets_receipt_and_verdict_in_one_message_with_what_may_be_passed_on(
    mailing: Town, box: Mailbox, drop: Drop
) -> None:
    drop(GOOD)
    receive(mailing)
    (waiting,) = outbox.lying(mailing.settings.post, WAITING)
    written = waiting.read_bytes()
    assert BRIDGE.encode() not in written, "the address is filled in when it is sent"
    assert mailing.settings.post.stat().st_mode & 0o077 == 0

    send(mailing)

    (message,) = box.messages
    assert box.to == [BRIDGE] and message["To"] == BRIDGE
    assert message["From"] == f"Praatplaat <{SENDER}>" and message["Reply-To"] == TEAM
    assert message["Message-ID"] == f"<{waiting.stem}@voorbeeldstad.example>"
    assert message["Date"].datetime == RECEIVED
    assert message["Subject"] == "Uw levering is goed: Activiteiten van partners, 2e kwartaal 2026"
    answer = mailing.settings.feedback / "welzijn/partner_activiteiten/2026K2/1"
    parts = decoded(message)
    assert set(parts) == {"", "terugkoppeling.html", "bevindingen.csv"}
    text = parts[""].decode()
    assert "Uitkomst: GOEDGEKEURD." in text
    assert max(len(one.split()) for line in text.splitlines() for one in sentences(line)) <= 15
    assert b"<h1>Uw levering is goed</h1>" in parts["terugkoppeling.html"]
    assert parts["bevindingen.csv"] == (answer / "bevindingen.csv").read_bytes()
    assert lying(mailing) == {}
    assert posted(mailing) == [f"bericht {waiting.stem}"]
    assert "@" not in mailing.settings.home.joinpath("log.jsonl").read_text()


@pytest.mark.usefixtures("areas")
def test_the_same_file_again_is_no_second_message_and_what_is_said_later_is_one(
    mailing: Town, box: Mailbox, drop: Drop
) -> None:
    for _ in range(2):
        drop(GOOD)
        receive(mailing)
        send(mailing)
    with Store.open(mailing.settings.store, holder="de test") as store:
        (delivery,) = [one.id for one in store.all_deliveries() if one.partner == "welzijn"]
    for _ in range(2):
        confirm.withdraw(mailing, delivery, reason="Te vroeg", at=LATER)
        send(mailing)

    subjects = [message["Subject"].partition(":")[0] for message in box.messages]
    assert subjects == ["Uw levering is goed", "Uw levering is ingetrokken"]
    assert b"Te vroeg" not in b"".join(box.came)


@pytest.mark.usefixtures("areas")
def test_no_server_no_messages(town: Town, drop: Drop) -> None:
    drop(GOOD)
    receive(town)
    assert not town.settings.post.exists()
    assert send(town) == []


@pytest.mark.usefixtures("areas")
def test_a_server_that_is_down_keeps_nothing_from_being_received_and_gets_it_later(
    town: Town, drop: Drop
) -> None:
    port = free_port()
    gone = mailing_to(town, Mailbox(port))
    (file,) = drop(GOOD)
    receive(gone)
    told: list[str] = []
    sending.send_if_possible(gone, at=LATER, tell=told.append)
    assert not file.exists()
    assert told == [
        f"Mailserver localhost:{port}: hij antwoordt niet, of te laat. De berichten wachten."
    ]
    assert list(lying(gone)) == [WAITING]

    with listening(port=port) as box:
        send(gone)
    assert box.to == [BRIDGE]


def killed_at(monkeypatch: pytest.MonkeyPatch, owner: object, name: str) -> None:
    """Let a process end right before one of its functions does its work."""

    def end(*_: object, **__: object) -> None:
        raise Killed

    monkeypatch.setattr(owner, name, end)


@pytest.mark.usefixtures("areas")
def test_killed_before_there_is_a_message_the_delivery_is_still_there_and_gets_one(
    mailing: Town, box: Mailbox, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    (file,) = drop(GOOD)
    with monkeypatch.context() as patch:
        killed_at(patch, outbox, "put")
        with pytest.raises(Killed):
            receive(mailing)
    assert file.exists()
    receive(mailing)
    send(mailing)
    assert box.to == [BRIDGE] and not file.exists()


@pytest.mark.parametrize(
    ("owner", "name", "times"),
    [
        pytest.param(Path, "rename", 1, id="while it is written"),
        pytest.param(sending, "_sent", 1, id="before it is sent"),
        pytest.param(outbox, "moved", 2, id="between sending and marking"),
        pytest.param(sending, "_logged", 1, id="between marking and the log"),
        pytest.param(Path, "unlink", 1, id="between the log and letting go"),
    ],
)
@pytest.mark.usefixtures("areas")
def test_killed_anywhere_a_message_is_never_lost_and_at_most_twice_the_same(
    mailing: Town,
    box: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
    owner: object,
    name: str,
    times: int,
) -> None:
    letter = letters.failed("quarterly", "stille-otter", "Failed")
    message = outbox.Message("mislukt-1", outbox.TEAM, letter)

    def whole() -> None:
        with Store.open(mailing.settings.store, holder="de test") as store:
            outbox.put(mailing.settings, store, message, at=RECEIVED)
        send(mailing)

    with monkeypatch.context() as patch:
        killed_at(patch, owner, name)
        with pytest.raises(Killed):
            whole()
    whole()
    whole()

    assert len(box.came) == times
    assert len(set(box.came)) == 1, "the same to the byte, so also its Message-ID"
    assert posted(mailing) == ["bericht mislukt-1"]
    assert lying(mailing) == {}


@pytest.mark.parametrize(
    ("refused", "full", "waits", "code"),
    [
        ({BRIDGE: "550 no such user"}, "", False, "550"),
        ({BRIDGE: "450 try later"}, "", True, ""),
        ({}, "554 no", False, "554"),
        ({}, "452 later", True, ""),
    ],
)
@pytest.mark.usefixtures("areas")
def test_what_will_never_be_taken_is_set_aside_until_somebody_asks_and_the_rest_waits(
    mailing: Town,
    box: Mailbox,
    drop: Drop,
    refused: dict[str, str],
    full: str,
    waits: bool,
    code: str,
) -> None:
    drop(GOOD)
    receive(mailing)
    box.refuse, box.full = refused, full
    if waits:
        with pytest.raises(SourceUnavailable) as raised:
            send(mailing)
        assert "wachten" in str(raised.value) and BRIDGE not in str(raised.value)
    else:
        (told,) = send(mailing)
        assert f"geweigerd (code {code})" in told and BRIDGE not in told
        assert send(mailing) == []
    assert list(lying(mailing)) == [WAITING if waits else REFUSED]

    box.refuse, box.full = {}, ""
    send(mailing, again=True)
    assert box.to == [BRIDGE] and lying(mailing) == {}


def test_a_mailbox_that_is_full_holds_up_nobody_else(mailing: Town, box: Mailbox) -> None:
    letter = letters.failed("quarterly", "stille-otter", "Failed")
    for reader in ("bibliotheek", "welzijn"):
        outbox.put(mailing.settings, None, outbox.Message(reader, reader, letter), at=RECEIVED)
    box.refuse = {"cijfers@bibliotheek.voorbeeldstad.example": "452 mailbox full"}

    with pytest.raises(SourceUnavailable, match=r"nog niet alles aan \(1\)"):
        send(mailing)
    assert box.to == [BRIDGE]
    assert lying(mailing) == {WAITING: ["bibliotheek"]}


@pytest.mark.usefixtures("areas")
def test_what_was_refused_is_told_where_the_team_looks_how_it_goes(
    mailing: Town, box: Mailbox, tmp_path: Path
) -> None:
    letter = letters.failed("quarterly", "stille-otter", "Failed")
    for number, reader in enumerate(("welzijn", TEAM_FOLDER, "welzijn", "was_partner")):
        message = outbox.Message(f"mislukt-{number}", reader, letter)
        outbox.put(mailing.settings, None, message, at=RECEIVED + timedelta(days=number))
    assert status.status(mailing, at=LATER)["refused_mail"] == [], "what waits was not refused"
    box.refuse = {BRIDGE: "550 no such user", TEAM: "550 no such user"}
    send(mailing)

    told, page = status.status(mailing, at=LATER), tmp_path / "pagina.html"
    artifact = status.write_page(mailing, page, at=LATER).waits

    assert json.loads(json.dumps(told))["refused_mail"] == [
        {"reader": "data-team", "name": "het datateam", "messages": 1, "since": "2026-08-04"},
        {"reader": "was_partner", "name": "was_partner", "messages": 1, "since": "2026-08-06"},
        {"reader": "welzijn", "name": BRUG, "messages": 2, "since": "2026-08-03"},
    ]
    sentence = f"adres van {BRUG}: 2 berichten geweigerd, het oudste van 3 augustus 2026"
    for text in ("\n".join(artifact), status.as_text(told), page.read_text(encoding="utf-8")):
        assert sentence in text
        assert "adres van het datateam: 1 bericht geweigerd, van 4 augustus 2026" in text
        assert BRIDGE not in text and TEAM not in text
    send(mailing, again=True)
    box.refuse = {}
    send(mailing, again=True)
    left = status.status(mailing, at=LATER)["refused_mail"]
    assert [one["reader"] for one in left] == ["was_partner"]


@pytest.mark.usefixtures("areas")
def test_the_address_is_that_of_the_agreement_when_it_is_sent(
    mailing: Town, box: Mailbox, drop: Drop
) -> None:
    drop(GOOD)
    receive(mailing)
    partners = mailing.agreement.partners
    moved = {
        address: partners | {"welzijn": partners["welzijn"].model_copy(update={"email": address})}
        for address in ("", "nieuw@debrug.example")
    }
    towns = {
        address: replace(
            mailing, agreement=mailing.agreement.model_copy(update={"partners": those})
        )
        for address, those in moved.items()
    }
    (told,) = send(towns[""])
    assert told.endswith("geweigerd (code 553); kijk het adres na")
    send(towns["nieuw@debrug.example"], again=True)
    assert box.to == ["nieuw@debrug.example"]


@pytest.mark.usefixtures("areas")
def test_two_processes_do_not_send_at_once(mailing: Town, box: Mailbox, drop: Drop) -> None:
    drop(GOOD)
    receive(mailing)
    with (mailing.settings.post / ".lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert send(mailing) == []
    send(mailing)
    assert len(box.came) == 1


@pytest.mark.usefixtures("areas")
def test_while_the_store_is_in_use_messages_go_and_the_log_tells_of_them_later(
    mailing: Town, box: Mailbox, drop: Drop
) -> None:
    drop(GOOD)
    receive(mailing)
    with Store.open(mailing.settings.store, holder="een ander"):
        send(mailing)
    assert len(box.came) == 1 and list(lying(mailing)) == [SENT]
    assert sending.anything(mailing.settings.post)
    send(mailing)
    assert len(box.came) == 1 and len(posted(mailing)) == 1


@pytest.mark.parametrize(
    ("offers", "required", "trusted", "login", "outcome"),
    [
        (True, False, True, None, "encrypted"),
        (True, True, True, None, "encrypted"),
        (False, False, False, None, "plain"),
        (False, True, False, None, "hij biedt geen versleuteling (STARTTLS) of aanmelding"),
        (True, False, False, None, "de versleuteling lukt niet; kijk het certificaat na"),
        (True, True, True, "\n".join(LOGIN), "encrypted"),
        (True, True, True, f"{LOGIN[0]}\nanders", "naam of wachtwoord klopt niet"),
        (True, True, True, "een regel", "elk op een regel"),
    ],
)
def test_encryption_is_used_where_offered_and_never_left_out_where_required(
    town: Town,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    offers: bool,
    required: bool,
    trusted: bool,
    login: str | None,
    outcome: str,
) -> None:
    pem = certificate(tmp_path)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with listening(certificate=pem if offers else None, login=login is not None) as box:
        server = replace(box.server, encrypted=required)
        if login is not None:
            (tmp_path / "aanmelding").write_text(login)
            server = replace(server, login=tmp_path / "aanmelding")
        places = replace(town.settings, mail=server)
        letter = letters.failed("quarterly", "stille-otter", "Failed")
        message = outbox.Message("mislukt-1", outbox.TEAM, letter)
        outbox.put(places, None, message, at=RECEIVED)
        try:
            send(replace(town, settings=places))
        except FactsheetError as error:
            assert outcome in str(error)
            assert box.came == []
            assert lying(town) == {WAITING: ["mislukt-1"]}
        else:
            assert box.encrypted == [outcome == "encrypted"]


def test_a_round_that_failed_is_told_once_a_day_also_when_the_store_is_damaged(
    mailing: Town, box: Mailbox
) -> None:
    mailing.settings.store.write_bytes(b"kapot")
    days = [datetime(2026, 8, day, hour, tzinfo=ZONE) for day in (3, 4) for hour in (6, 7)]
    for at in days:
        messages.failed(mailing.settings, "quarterly", "stille-otter", "Failed", at=at)
        try:
            send(mailing)
        except FactsheetError as error:
            assert "beschadigd" in str(error) or "kapot" in str(error)
    assert box.to == [TEAM, TEAM]
    assert box.messages[0]["Subject"] == "Ronde niet afgemaakt: quarterly"


NAMES = ("Annelies Plantenga", "Youssef Oudejans")
BSNS = ("999900006", "9999.00.018")
HEADER = (
    "verhaal_id;datum;soort;verteller_rol;titel;tekst;belangrijkste_verandering;thema;"
    "gebied_code;partner_id;boog;toestemming;toestemming_datum;herkenbaar_gecheckt_door;schuurt"
)
STORY = (
    "V{n};14-05-2026;signaal;professional;Titel {n};Tekst {n};;meedoen;"
    "WK990101;welzijn;2;nee;;Redactie;nee"
)


def planted(kept: int) -> Iterator[list[str]]:
    """Yield deliveries with names and numbers where people leave them."""
    good = [STORY.format(n=n) for n in range(kept)]
    everywhere = []
    for column in range(len(HEADER.split(";"))):
        for left in (*NAMES, *BSNS):
            cells = STORY.format(n=f"X{column}").split(";")
            cells[column] = left
            everywhere.append(";".join(cells))
    yield [HEADER, *good, *everywhere]
    yield [*everywhere]  # no header: is the first row one?
    yield [f"Verhalen van {NAMES[0]} ({BSNS[0]})", HEADER, *good, f"Getekend: {NAMES[1]}"]
    yield [f"{HEADER};{NAMES[0]};{BSNS[1]}", *(f"{one};x;y" for one in good)]
    yield [HEADER.replace("titel", NAMES[1]).replace("thema", BSNS[0]), *good]


def signed(path: Path) -> None:
    """Write a workbook of which sheets, Voorblad and totals are called after people."""
    cover = {
        "Partner": NAMES[0],
        "Levering": NAMES[1],
        "Aantal rijen": BSNS[0],
        f"Totaal {NAMES[0]}": "3",
        NAMES[1]: BSNS[1],
    }
    with xlsxwriter.Workbook(path) as book:
        front = book.add_worksheet("Voorblad")
        for row, said in enumerate(cover.items()):
            front.write_row(row, 0, said)
        sheet = book.add_worksheet(NAMES[1])
        for row, line in enumerate((HEADER, STORY.format(n=1))):
            sheet.write_row(row, 0, line.split(";"))


@pytest.mark.slow
@pytest.mark.usefixtures("areas")
def test_no_byte_of_any_message_holds_what_people_left_in_a_delivery(
    mailing: Town, box: Mailbox, tmp_path: Path
) -> None:
    inbox = mailing.settings.inbox / "welzijn"
    inbox.mkdir(parents=True, exist_ok=True)
    for quarter, lines in enumerate(planted(kept=40)):
        name = f"GM9901_welzijn_L10_{2025 + quarter // 4}K{quarter % 4 + 1}_v1.csv"
        (inbox / name).write_text("\n".join([*lines, ""]), encoding="utf-8")
    receive(mailing)
    own = tmp_path / f"{NAMES[0]} {BSNS[0]}.xlsx"
    signed(own)
    whose = {"partner": "welzijn", "contract": "L10", "period": "2026K2"}
    receive_file(mailing, own, **whose, number=1, at=RECEIVED)
    send(mailing)

    assert len(box.came) == 6
    for message in box.messages:
        parts = decoded(message)
        assert set(parts) == {"", "terugkoppeling.html", "bevindingen.csv"}
        for content in (*parts.values(), *(f"{v}".encode() for v in message.values())):
            assert numbers(content) == ()
            text = content.decode().lower()
            assert [name for name in NAMES if name.split()[1].lower() in text] == []


@pytest.mark.usefixtures("areas")
def test_findings_too_large_for_mail_stay_here_and_the_message_says_so(
    mailing: Town, box: Mailbox, drop: Drop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messages, "_MOST", 10)
    drop(GOOD)
    receive(mailing)
    send(mailing)
    (parts,) = map(decoded, box.messages)
    assert set(parts) == {"", "terugkoppeling.html"}
    assert "te groot voor mail" in parts[""].decode()


@pytest.mark.usefixtures("areas")
def test_who_makes_everything_again_writes_to_nobody(
    mailing: Town, drop: Drop, tmp_path: Path
) -> None:
    drop(GOOD)
    receive(mailing)
    send(mailing)
    made = rebuild.rebuild(mailing, tmp_path / "opnieuw", tell=lambda _: None)
    assert not made.line
    assert not (tmp_path / "opnieuw" / "post").exists()


@pytest.mark.usefixtures("areas")
def test_the_command_shows_what_waits_and_sends_it(town: Town, box: Mailbox, drop: Drop) -> None:
    environment = {
        "PRAATPLAAT_HOME": str(town.settings.home),
        "PRAATPLAAT_KEY": str(town.settings.key),
        "PRAATPLAAT_SMTP": f"localhost:{box.port}",
        "PRAATPLAAT_SMTP_FROM": SENDER,
        "PRAATPLAAT_TEAM": TEAM,
    }

    def run(*command: str, **other: str) -> Result:
        return CliRunner().invoke(app, command, env=environment | other, catch_exceptions=False)

    drop(GOOD)
    box.refuse = {BRIDGE: "550 no such user"}
    received, shown = run("receive"), run("post")
    box.refuse = {}
    sent, without = run("post", "--now"), run("post", PRAATPLAAT_SMTP="")

    assert received.exit_code == 0 and "code 550" in received.stderr
    partner, _, state = shown.stdout.split()
    assert (partner, state) == ("welzijn", "geweigerd")
    assert sent.stdout == "Er wacht geen bericht.\n"
    assert box.to == [BRIDGE]
    assert without.stdout.startswith("Er is geen mailserver ingesteld")


WHOLE = {
    "PRAATPLAAT_SMTP": "smtp.gemeente.nl",
    "PRAATPLAAT_SMTP_FROM": SENDER,
    "PRAATPLAAT_TEAM": TEAM,
}
PLAIN = Server("smtp.gemeente.nl", 587, SENDER, TEAM)


@pytest.mark.parametrize(
    ("said", "server"),
    [
        ({}, PLAIN),
        ({"PRAATPLAAT_SMTP": ""}, None),
        ({"PRAATPLAAT_SMTP": "smtp.gemeente.nl:25"}, replace(PLAIN, port=25)),
        ({"PRAATPLAAT_SMTP_TLS": "offered"}, PLAIN),
        ({"PRAATPLAAT_SMTP_TLS": "required"}, replace(PLAIN, encrypted=True)),
        (
            {"PRAATPLAAT_SMTP_LOGIN": "/etc/praatplaat/smtp"},
            replace(PLAIN, encrypted=True, login=Path("/etc/praatplaat/smtp")),
        ),
        ({"PRAATPLAAT_SMTP": "smtp:gemeente"}, "PRAATPLAAT_SMTP klopt niet."),
        ({"PRAATPLAAT_SMTP_FROM": ""}, "PRAATPLAAT_SMTP_FROM ontbreekt."),
        ({"PRAATPLAAT_SMTP_FROM": "a@b\r\nBcc: c@d"}, "PRAATPLAAT_SMTP_FROM klopt niet."),
        ({"PRAATPLAAT_TEAM": "het team"}, "PRAATPLAAT_TEAM klopt niet."),
        ({"PRAATPLAAT_SMTP_TLS": "ja"}, "Kies uit: offered, required."),
    ],
)
def test_the_server_is_as_the_environment_says(
    said: dict[str, str], server: Server | str | None
) -> None:
    if isinstance(server, str):
        with pytest.raises(UsageError, match=re.escape(server)):
            Server.chosen(WHOLE | said)
    else:
        assert Server.chosen(WHOLE | said) == server
