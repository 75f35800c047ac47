"""What people think of partners and actors, as an agreement has it: for inside only."""

from collections.abc import Iterator

from sources.agreement.model import Agreement


def judgements(agreement: Agreement) -> list[str]:
    """Return every reason, judge, motivation and action in a matrix or the krachtenveld.

    Of the krachtenveld the names too: that somebody stands in it is told to nobody. What an effort
    does for a goal is for the room: the auditorium tells it.
    """
    thought = [
        part.model_dump()
        for partner in agreement.partners.values()
        for part in (partner.strategy, partner.governance)
        if part
    ]
    for actor in agreement.forces.actors.values():
        thought += [actor.attitude.model_dump(), {"reason": actor.name}]
    told = {"reason", "motivation", "judged_by", "action", "owner"}
    return sorted({words for one in thought for words in _texts(one, told) if len(words) > 20})


def _texts(part: object, keys: set[str]) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key in keys and isinstance(value, str):
                yield value
            else:
                yield from _texts(value, keys)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _texts(value, keys)
