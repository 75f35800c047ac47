"""What panels and partners signalled, each with what was agreed about it since."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from reports.block import Block, Omitted, Sheet, Zone, fill
from reports.shelf import Story
from sources.agreement.model import Appointment, Conversation

KINDS = {"paneluitspraak", "signaal"}
MOST = 2

TEMPLATE = """
<div class="signals">
{% for one in heard %}
<article class="signal">
<h3>{{ one.title }}</h3>
{% if one.text %}<p>{{ one.text }}</p>{% endif %}
<p class="ground">{% for part in one.source %}<span>{{ part }}</span> {% endfor %}</p>
{% for appointment in one.became %}
<p class="became">{{ m.status(appointment.status, words) }}: {{ appointment.agreed }}
{% if appointment.done %}<span class="quiet">{{ appointment.done }}</span>{% endif %}</p>
{% else %}
<p class="missing">{{ words("signals.open") }}</p>
{% endfor %}
</article>
{% endfor %}
</div>
<p class="source">{{ words("signals.after") }}</p>
"""


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing that was said: its words, by whom and when, and the agreements that came after."""

    day: date | None
    title: str
    text: str
    source: tuple[str, ...]
    became: tuple[Appointment, ...]


def render(sheet: Sheet) -> Block | Omitted:
    """Show the newest statements and signals of here, and then those of the whole municipality."""
    written, spoken = (sorted(one, key=_newest) for one in (_written(sheet), _spoken(sheet)))
    heard = [*written, *spoken][:MOST]
    if not heard:
        return Omitted(sheet.words("signals.none"))
    answered = [bool(one.became) for one in heard]
    key = "all" if all(answered) else "some" if any(answered) else "no"
    body = fill(TEMPLATE, sheet, heard=heard)
    title = sheet.words(f"signals.title.{key}")
    zone: Zone = "main" if sheet.partner and not sheet.promises else "back"
    return Block(sheet.words("signals.topic"), title, body, zone)


def _newest(one: Heard) -> tuple[int, str]:
    return -(one.day.toordinal() if one.day else 0), one.title


def _written(sheet: Sheet) -> Iterator[Heard]:
    """Yield the statements and signals that were delivered of this area or partner."""
    for story in sheet.shelf.stories:
        mine = story.partner == sheet.id if sheet.partner else story.area == sheet.area.code
        if story.kind in KINDS and mine:
            yield Heard(
                story.date, story.title, story.text, _who(sheet, story), _since(sheet, story)
            )


def _who(sheet: Sheet, story: Story) -> tuple[str, ...]:
    kind, place = sheet.words(f"stories.kind.{story.kind}"), sheet.shelf.story_area(story)
    when = sheet.words.period(story.quarter) if story.quarter else ""
    return tuple(part for part in (kind, story.role, place, when) if part)


def _since(sheet: Sheet, story: Story) -> tuple[Appointment, ...]:
    """Return what was agreed in the first talk about its goal, here or for all, after it was told.

    That a gesprek follows a signal does not say that it came of it: the sheet says so.
    """
    goals = sheet.shelf.agreement.goals
    above = goals[story.theme].parent if story.theme in goals else None
    after = (talk for talk in _held(sheet) if story.date and talk.date >= story.date)
    about = (talk for talk in after if {story.theme, above} & set(talk.goals))
    return next((talk.appointments for talk in about), ())


def _spoken(sheet: Sheet) -> Iterator[Heard]:
    """Yield what was said in talks about the whole municipality that concern this sheet's goals."""
    instruments = sheet.shelf.agreement.instruments.input
    for talk in _held(sheet):
        if not _wide(talk) or talk.input not in instruments:
            continue
        source = (instruments[talk.input].name, talk.place, sheet.words.month(talk.date))
        for said in talk.improvements:
            yield Heard(talk.date, said, "", source, talk.appointments)


def _held(sheet: Sheet) -> list[Conversation]:
    """Return the talks about this place or partner, and those about all, oldest first."""
    talks = sheet.shelf.agreement.conversations
    held = [talks[name] for name in sheet.shelf.held() if _concerns(sheet, talks[name])]
    return sorted(held, key=lambda one: one.date)


def _concerns(sheet: Sheet, talk: Conversation) -> bool:
    if _wide(talk):
        return not sheet.partner or bool(set(talk.goals) & set(sheet.partner.goals))
    return talk.partner == sheet.id if sheet.partner else talk.area == sheet.area.code


def _wide(talk: Conversation) -> bool:
    return not (talk.area or talk.partner)
