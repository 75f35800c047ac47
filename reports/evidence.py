"""The three kinds of evidence of a goal, as a sheet finds them: what is counted, lived and told."""

from reports.block import Sheet, in_rainbow
from reports.figures import Figure
from reports.shelf import REPLY, Story
from sources.agreement.model import Kind, Way

COUNTED = {Kind.OUTCOME, Kind.OUTPUT}
LIVED = {Kind.EXPERIENCE}
STEPS = (1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500)
IN_A_ROW = 20


def newest(sheet: Sheet, kinds: set[Kind], goal: str) -> list[Figure]:
    """Return this area's own newest figures, or else the municipality's; numbers first."""
    under = sheet.shelf.of_kind(kinds, goal=goal)
    named = [n for n in sheet.indicators if n in under and not rainbow_tells(sheet, n)]
    own = [figure for name in named if (figure := sheet.latest(name)) is not None]
    found = own or [figure for name in named if (figure := sheet.nearest(name)) is not None]
    return sorted(found, key=lambda f: (not f.published, f.definition.kind is not Kind.OUTCOME))


def absence(sheet: Sheet, kinds: set[Kind], goal: str, *, nowhere: str) -> str:
    """Say why there is no figure: nobody counts, or it is told on other sheets than this."""
    elsewhere = set(sheet.shelf.of_kind(kinds, goal=goal)) - set(sheet.indicators)
    return sheet.words("goals.elsewhere" if elsewhere else nowhere)


def told(sheet: Sheet, goal: str) -> Story | None:
    """Return the newest story of a goal: from here if there is one, else from no place of its own.

    On a sheet of the whole municipality every story is from here.
    """
    below = {goal} | {i for i, g in sheet.shelf.agreement.goals.items() if g.parent == goal}
    whole = sheet.area.code == sheet.shelf.municipality and sheet.partner is None
    every = sheet.shelf.told(area="", partner="") if whole else sheet.shelf.stories
    stories = [s for s in every if s.theme in below and s.kind != REPLY]
    stories.sort(key=lambda s: (s.date is None, s.date, s.id), reverse=True)
    here = [s for s in stories if whole or s.area == sheet.area.code]
    wide = [s for s in stories if s.area in {"", sheet.shelf.municipality}]
    return next(iter([*here, *wide]), None)


def quote(story: Story | None) -> str:
    """Return the line of a story that says most: what changed, or else its title."""
    return (story.change or story.title) if story else ""


def rainbow_tells(sheet: Sheet, indicator: str) -> bool:
    """Whether a sheet may tell an indicator, and does so in the arcs of its rainbow."""
    return indicator in sheet.indicators and in_rainbow(sheet.indicators[indicator])


def each(figure: Figure) -> int:
    """Return how many one pictogram stands for, so that at most twenty fit; 0 for none."""
    value = figure.value or 0
    if figure.definition.way is not Way.COUNT:
        return 0
    return next((step for step in STEPS if value <= step * IN_A_ROW), 0)
