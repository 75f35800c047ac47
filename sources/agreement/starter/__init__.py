"""The agreement that a municipality begins with: the kernset, and the goals that it belongs to.

Texts are not copied: indicators and goals are those of an example, without what is local there.
What an example cannot give (the municipality itself, who delivers) stands here as data.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import PurePath
from typing import Any

import yaml

from sources.agreement.workbook import surgery, writing
from sources.agreement.workbook.operations import Put
from sources.contracts.derived import contracts_of, tables

KERNSET = (
    *("I01", "I02", "I03", "I05", "I07", "I08", "I11", "I14", "I16", "I17", "I18", "I21", "I22"),
    *("I23", "I24", "I25", "I26", "I28", "I29", "I30", "I31", "I32", "I33", "I34", "I36", "I37"),
    "I40",
)
"""The 27 indicators with a star in the set of 40."""

_LOCAL = ("baseline", "targets", "questions", "breaks", "valid_to")
_REMARK = re.compile(rf"^(#.*\n)+(?=({'|'.join(_LOCAL)}):)", re.MULTILINE)
_TALKS = "auditorium_oogst"
_STORIES = "verhalen_signalen"
_OF_CBS = ("gebied_indeling", "gebied_kerncijfers", "pc6_buurt")
_YEARS = 4
"""How long the agreement lasts: the term of a council."""

Files = Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Start:
    """Who begins, and in which year: `code` is GM and four digits."""

    code: str
    name: str
    year: int


def files(example: Files, start: Start) -> dict[str, bytes]:
    """Return every file of a new agreement by its name.

    `example`: the files of an agreement that holds the kernset, by name.
    """
    trees = {name: _tree(data) for name, data in example.items() if name.endswith(".yaml")}
    chosen = _chosen(trees)
    made = {f"indicators/{key}.yaml": _indicator(example, chosen, key, start) for key in chosen}
    for goal in _goals(trees, chosen):
        made[goal] = _goal(example[goal], trees, start)
    made["rainbow.yaml"] = _rainbow(trees["rainbow.yaml"])
    circles = {"circles": trees["questions.yaml"]["circles"]}
    made["questions.yaml"] = writing.document(circles).encode()
    made |= _partners(trees, chosen, start)
    alone = [key for key in chosen if not _linked(trees[f"indicators/{key}.yaml"])]
    made["agreement.yaml"] = _general(trees["agreement.yaml"], alone, start)
    readme = _own("README.md").decode().format(name=start.name, quarter=f"{start.year}K1")
    return made | {"README.md": readme.encode()}


def _tree(data: bytes) -> Any:
    return yaml.load(data, Loader=yaml.CBaseLoader)  # noqa: S506 - every scalar is text


def _own(name: str) -> bytes:
    return resources.files(__package__).joinpath(name).read_bytes()


def _chosen(trees: Mapping[str, Any]) -> list[str]:
    """Return the kernset, with what the rules want beside it: pairs, and a counter-indicator."""
    chosen = [key for key in KERNSET if f"indicators/{key}.yaml" in trees]
    for key in chosen:  # grows while it is walked: what comes with one may bring another
        tree = trees[f"indicators/{key}.yaml"]
        counters = tree.get("counter_indicators", [])
        wanted = [*tree.get("pairs", []), *([] if set(counters) & set(chosen) else counters[:1])]
        chosen += [one for one in wanted if one not in chosen]
    return sorted(chosen)


def _indicator(example: Files, chosen: Sequence[str], key: str, start: Start) -> bytes:
    """Return an indicator as one that begins: without what was agreed or found elsewhere."""
    data = _REMARK.sub("", example[f"indicators/{key}.yaml"].decode()).encode()
    tree = _tree(data)
    new: dict[str, Any] = dict.fromkeys(name for name in _LOCAL if name in tree)
    new |= {"version": "1", "valid_from": f"{start.year}-01-01", "expires": _last_day(start)}
    if "counter_indicators" in tree:
        kept = [one for one in tree["counter_indicators"] if one in chosen]
        new["counter_indicators"] = kept
    puts = [Put((name,), value) for name, value in new.items()]
    if "grouping" in tree["levels"]:  # there are no groupings yet
        puts.append(Put(("levels", "grouping"), None))
    return surgery.changed(data, puts)


def _last_day(start: Start) -> str:
    return f"{start.year + _YEARS - 1}-12-31"


def _goals(trees: Mapping[str, Any], chosen: Sequence[str]) -> list[str]:
    """Return the files of the goals of the indicators, and of all that is above them."""
    found: dict[str, None] = {}
    for key in chosen:
        goal = trees[f"indicators/{key}.yaml"]["goal"]
        while goal:
            found[f"goals/{goal}.yaml"] = None
            goal = trees[f"goals/{goal}.yaml"].get("parent")
    return sorted(found)


def _goal(data: bytes, trees: Mapping[str, Any], start: Start) -> bytes:
    """Return a goal with its years moved along, in the name of this municipality."""
    general = trees["agreement.yaml"]
    moved = start.year - int(general["begin"][:4])
    elsewhere = [Put(("motivation",), None), Put(("knowledge",), None)]
    text = surgery.changed(data, elsewhere).decode()
    text = text.replace(general["municipality"]["name"], start.name)
    return re.sub(r"\b20\d\d\b", lambda year: str(int(year[0]) + moved), text).encode()


def _rainbow(tree: Any) -> bytes:
    """Return the arcs, and which products belong to them; activities differ everywhere."""
    national = [one for one in tree["mapping"] if one["contract"] != "partner_activiteiten"]
    note = "Een voorstel. Welke hulp in welke boog hoort, kiest de gemeente zelf."
    return writing.document(tree | {"note": note, "mapping": national}).encode()


def _partners(trees: Mapping[str, Any], chosen: Sequence[str], start: Start) -> dict[str, bytes]:
    """Return who deliver at first: CBS what is public, the municipality the rest.

    Nobody owes a story or the harvest of a talk: those are welcome, and never missed.
    """
    needed = dict.fromkeys(_needed(trees, chosen))
    rest = [one for one in sorted(needed) if one not in _OF_CBS]
    owed = {"cbs": [_owes(one, str(start.year)) for one in _OF_CBS]}
    since = f"{start.year}K1"
    owed["gemeente"] = [_owes(one, since) for one in rest] + [_welcomes(_TALKS, since)]
    owed["initiatief"] = [_welcomes(_STORIES, since)]
    puts = {key: [Put(("deliveries",), deliveries)] for key, deliveries in owed.items()}
    puts["initiatief"].append(Put(("goals",), {_first_goal(trees, chosen): "draagt bij"}))
    return {
        f"partners/{key}.yaml": surgery.changed(_own(f"partners/{key}.yaml"), changes)
        for key, changes in puts.items()
    }


def _first_goal(trees: Mapping[str, Any], chosen: Sequence[str]) -> str:
    """Return the doel that comes first: the example of a partner takes part in it."""
    goals = [name for name in _goals(trees, chosen) if trees[name]["level"] == "goal"]
    return PurePath(min(goals, key=lambda name: int(trees[name]["order"]))).stem


def _owes(contract: str, since: str) -> dict[str, str]:
    return {"contract": contract, "since": since}


def _welcomes(contract: str, since: str) -> dict[str, str]:
    return _owes(contract, since) | {"optional": "true"}


def _needed(trees: Mapping[str, Any], chosen: Sequence[str]) -> Iterator[str]:
    """Yield the contracts that the indicators and the rainbow count from."""
    for key in chosen:
        tree = trees[f"indicators/{key}.yaml"]
        readings = [tree, *tree.get("variants", {}).values()]
        quantities = [r.get(name) or {} for r in readings for name in ("numerator", "denominator")]
        for delivery in (one.get("delivery") for one in [*readings, *quantities]):
            if delivery:
                yield from contracts_of(delivery)


def _linked(tree: Any) -> bool:
    """Whether an indicator joins persons of several laws."""
    table = tables().get(tree["delivery"])
    return table is not None and bool(table.links)


def _general(example: Any, alone: Sequence[str], start: Start) -> bytes:
    """Return the frame; on its sheets no figures that link laws: that needs a ground."""
    told = {
        kind: [one for one in chosen if one in alone] for kind, chosen in example["figures"].items()
    }
    puts = [
        Put(("municipality", "code"), start.code),
        Put(("municipality", "name"), start.name),
        Put(("begin",), f"{start.year}-01-01"),
        Put(("end",), _last_day(start)),
        Put(("area_year",), str(start.year)),
        *(Put(("figures", kind), chosen) for kind, chosen in told.items()),
        Put(("blocks",), example["blocks"]),
    ]
    return surgery.changed(_own("agreement.yaml"), puts)
