"""The three kinds of evidence of a goal, as a sheet finds them: what is counted, lived and told."""

from reports.block import Sheet, in_rainbow
from reports.figures import Figure
from reports.shelf import REPLY, Story
from sources.agreement.model import Kind, Way

COUNTED = {Kind.OUTCOME, Kind.OUTPUT}
LIVED = {Kind.EXPERIENCE}
STEPS = (1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500)
IN_A_ROW = 20
WIDE = 4
"""With more goals than this, one that is only counted takes a line, and an unknown one is named."""
TIMED = 3
"""How many figures about time a wijk's sheet shows."""


def newest(sheet: Sheet, kinds: set[Kind], goal: str) -> list[Figure]:
    """Return this area's own newest figures, or else the municipality's; numbers first."""
    under = sheet.shelf.of_kind(kinds, goal=goal)
    named = [n for n in sheet.indicators if n in under and not rainbow_tells(sheet, n)]
    own = [figure for name in named if (figure := sheet.latest(name)) is not None]
    found = own or [figure for name in named if (figure := sheet.nearest(name)) is not None]
    return sorted(found, key=lambda f: (not f.published, f.definition.kind is not Kind.OUTCOME))


def leading(sheet: Sheet) -> set[str]:
    """Return the indicators that a tile of a goal tells in full: the first of each kind."""
    if "goals" not in _chosen(sheet):
        return set()
    goals = sheet.shelf.agreement.goals_in_order()
    found = set()
    for name, _ in goals:
        lived = newest(sheet, LIVED, name)[:1]
        if len(goals) <= WIDE or lived or told(sheet, name):
            found |= {one.indicator for one in (*newest(sheet, COUNTED, name)[:1], *lived)}
    return found


def elsewhere(sheet: Sheet) -> set[str]:
    """Return the indicators that the blocks beside the goals tell: those need no second place."""
    chosen = _chosen(sheet)
    both = weighed(sheet).values() if "capacity" in chosen else ()
    told = {one.indicator for side in both for one in side} if all(both) else set()
    return told | set(timed(sheet)[:TIMED] if "council" in chosen else ())


def _chosen(sheet: Sheet) -> tuple[str, ...]:
    if sheet.kind == "account":
        return ()
    return sheet.shelf.agreement.general.blocks.get(sheet.kind, ())


def weighed(sheet: Sheet) -> dict[str, tuple[Figure, ...]]:
    """Return the figures of draagkracht (strength) and draaglast (load) that a sheet tells."""
    agreed = sheet.shelf.agreement.coherence
    sides = {"strength": agreed.strength, "load": agreed.load}
    return {
        side: tuple(f for one in names if one in sheet.indicators and (f := sheet.nearest(one)))
        for side, names in sides.items()
    }


def timed(sheet: Sheet) -> list[str]:
    """Return the indicators with a term and those that belong with them, that have a figure.

    Those with a figure of this very place come first.
    """
    known = sheet.indicators
    terms = [name for name, told in known.items() if told.term is not None]
    paired = [pair for name in terms for pair in known[name].pairs if pair in known]
    every = [one for one in dict.fromkeys([*terms, *paired]) if sheet.nearest(one)]
    return sorted(every, key=lambda name: sheet.latest(name) is None)


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
