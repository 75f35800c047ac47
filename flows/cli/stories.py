"""`praatplaat story list`, `show`, `sign` and `withdraw`."""

import json
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import AgreementOption, HomeOption, JsonOption, settings
from flows.cli.telling import show as write
from flows.settings import Settings, Town, now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flows.steps.stories import Story
    from sources.store import Store

app = typer.Typer(help="Verhalen lezen, ondertekenen en weghalen.", no_args_is_help=True)

StoryArgument = Annotated[str, typer.Argument(metavar="NUMMER", help="Het nummer van het verhaal.")]
PartnerOption = Annotated[str, typer.Option("--partner", help="Van wie het verhaal is.")]
ByOption = Annotated[str, typer.Option("--by", metavar="NAAM", help="Wie dit doet.")]


@app.command("list")
def every(
    partner: PartnerOption = "",
    agreement: AgreementOption = None,
    home: HomeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Toon welke verhalen er zijn, en wat er met elk nog moet gebeuren."""
    from flows.steps import stories
    from sources.store import Store

    town = settings(agreement, home).open()
    with Store.open(town.settings.store, holder="praatplaat story", read_only=True) as store:
        told = stories.stories(town, store, known_at=now())
    told = [one for one in told if partner in ("", one.partner)]
    if as_json:
        write(json.dumps([_as_data(one) for one in told], ensure_ascii=False, indent=2))
    else:
        write("\n".join(_line(one) for one in told) or "Er zijn nog geen verhalen.")


@app.command()
def show(
    story: StoryArgument,
    partner: PartnerOption = "",
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Toon een verhaal zoals het op een plaat komt, om te lezen voor u ondertekent."""
    with _found(settings(agreement, home), story, partner, read_only=True) as (_, _, one):
        texts = [_line(one), "", one.title, "", one.text, "", one.change]
        write("\n".join(texts).rstrip())


@app.command()
def sign(
    story: StoryArgument,
    by: ByOption,
    partner: PartnerOption = "",
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Onderteken een verhaal: u las het, en de verteller is er niet aan te herkennen."""
    from flows.steps import stories

    with _found(settings(agreement, home), story, partner) as (_, store, one):
        stories.sign(store, [one], by=by, at=now())
    write(f"Verhaal {story} van {one.partner} is ondertekend door {by}.")


@app.command()
def withdraw(
    story: StoryArgument,
    by: ByOption,
    reason: Annotated[str, typer.Option("--reason", help="Waarom; dit blijft bewaard.")],
    partner: PartnerOption = "",
    agreement: AgreementOption = None,
    home: HomeOption = None,
) -> None:
    """Haal een verhaal voorgoed weg, ook uit de edities die er al zijn."""
    from flows.steps import stories

    with _found(settings(agreement, home), story, partner) as (town, store, one):
        changed = stories.withdraw(town, store, one, by=by, reason=reason, at=now())
    write(f"Verhaal {story} van {one.partner} is weggehaald. Bestanden aangepast: {len(changed)}.")


@contextmanager
def _found(
    places: Settings, story: str, partner: str, *, read_only: bool = False
) -> "Iterator[tuple[Town, Store, Story]]":
    """Open the store and find a story in it, for as long as the block lasts."""
    from flows.steps import stories
    from sources.store import Store

    town = places.open()
    with Store.open(
        town.settings.store,
        holder="praatplaat story",
        actor=town.settings.actor,
        read_only=read_only,
    ) as store:
        yield town, store, stories.find(town, store, story, partner=partner)


def _line(one: "Story") -> str:
    found = f"; weggehaald: {', '.join(one.found)}" if one.found else ""
    by = f" door {one.signed_by}" if one.signed_by else ""
    where = f"{one.partner} {one.id} ({one.day:%d-%m-%Y}, {one.area}, {one.theme})"
    return f"{where}: {one.status}{by}{found}"


def _as_data(one: "Story") -> dict[str, object]:
    """Return what a list may tell: everything but the story itself."""
    told = asdict(one)
    return {
        name: str(value) if name == "day" else value
        for name, value in told.items()
        if name not in ("title", "text", "change")
    }
