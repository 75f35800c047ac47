"""Names by `deduce`: its lists and its patterns for names, and none of its other parts.

`deduce` (Menger et al. 2018, https://doi.org/10.1016/j.tele.2017.08.002) was made for Dutch medical
texts. As a whole it builds tries of every Dutch street first, which takes two minutes and leaves a
file beside its own code; its names alone take a second and leave nothing.
"""

import json
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_NAMES = ("first_name", "initial", "interfix", "interfix_surname", "prefix", "surname")
_WORDS = ("common_word", "eponymous_disease", "medical_term", "stop_word")
_PLACES = "locations/lst_placename/lst_residence"


@dataclass(frozen=True, slots=True)
class People:
    """What `deduce` knows: its own way to find names; lists of names, places and common words."""

    finder: Any
    names: frozenset[str]
    places: frozenset[str]
    common: frozenset[str]

    def found(self, text: str) -> list[tuple[int, int]]:
        """Return where in a text a name of a person begins and ends, in order."""
        annotations = self.finder.deidentify(text).annotations
        return sorted((each.start_char, each.end_char) for each in annotations)


@cache
def people() -> People:
    """Load what is needed to find names: about a second, the first time only."""
    with _quietly():
        return _load()


@contextmanager
def _quietly() -> Iterator[None]:
    """Undo what importing `deduce` does to the program's log and warnings."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    try:
        with warnings.catch_warnings():
            yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


def _load() -> People:
    import deduce
    from deduce.lookup_structs import load_raw_itemset, load_raw_itemsets

    package = Path(deduce.__file__).parent
    lists = package / "data" / "lookup"
    folders = [f"names/lst_{name}" for name in _NAMES]
    folders += [f"whitelist/lst_{name}" for name in _WORDS]
    items = load_raw_itemsets(lists, folders)
    config = json.loads((package / "base_config.json").read_text(encoding="utf-8"))
    return People(
        finder=_finder(items, config["annotators"]),
        names=frozenset(items["first_name"] | items["surname"]),
        places=frozenset(load_raw_itemset(lists / "src" / _PLACES)),
        common=frozenset(items["common_word"] | items["stop_word"]),
    )


def _finder(items: dict[str, set[str]], annotators: dict[str, dict[str, Any]]) -> Any:
    """Return what finds names: the annotators of the group `names`, without that of a patient."""
    from deduce import lookup_struct_loader as loading
    from deduce.annotation_processor import PersonAnnotationConverter
    from deduce.tokenizer import DeduceTokenizer
    from docdeid.deidentifier import DocDeid
    from docdeid.ds.ds import DsCollection
    from docdeid.ds.lookup import LookupSet

    prefixes, interfixes = loading.load_prefix_lookup(items), loading.load_interfix_lookup(items)
    tokenizer = DeduceTokenizer(merge_terms=[*prefixes.items(), *interfixes.items()])
    known = DsCollection()
    known["prefix"], known["interfix"] = prefixes, interfixes
    known["whitelist"] = loading.load_whitelist_lookup(items)
    for name in ("initial", "interfix_surname"):
        known[name] = plain = LookupSet()
        plain.add_items_from_iterable(items[name])
    for name in ("first_name", "surname", "eponymous_disease"):
        known[name] = getattr(loading, f"load_{name}_lookup")(items, tokenizer)
    finder = DocDeid()
    finder.tokenizers["default"] = tokenizer
    for name, annotator in annotators.items():
        if annotator["group"] == "names" and name != "patient_name":
            finder.processors.add_processor(name, _annotator(annotator, known))
    finder.processors.add_processor("persons", PersonAnnotationConverter())
    return finder


def _annotator(annotator: dict[str, Any], known: Any) -> Any:
    """Return one annotator as `deduce` describes it, with the lists that it looks in."""
    from deduce.annotator import ContextAnnotator, TokenPatternAnnotator
    from docdeid.process.annotator import MultiTokenLookupAnnotator

    told = dict(annotator["args"])
    if "lookup_values" in told:
        trie = known[told.pop("lookup_values")]
        return MultiTokenLookupAnnotator(trie=trie, **told)
    if annotator["annotator_type"] == "deduce.annotator.ContextAnnotator":
        return ContextAnnotator(ds=known, **told)
    return TokenPatternAnnotator(ds=known, **told)
