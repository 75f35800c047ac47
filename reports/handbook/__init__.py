"""The handbook: of every code what it means, why it matters, an example, and how to mend it.

A code of the program has a page in `nl/<CODE>.yaml`; a code of a contract (`X550`) has the words of
its rule. So the two cannot tell a partner different things.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sources import strict_yaml
from sources.contracts.model import Contract, Rule
from sources.errors import AgreementError

FOLDER = Path(__file__).parent / "nl"

_TEXTS = ("title", "what", "why", "wrong", "right")


@dataclass(frozen=True, slots=True)
class Page:
    """What there is to know of one code, in Dutch.

    `wrong` and `right` are a fictional example as it stands in a file, and how it should be; empty
    where a rule gives none. `mend` are the steps in Excel.
    """

    code: str
    title: str
    what: str
    why: str
    wrong: str
    right: str
    mend: tuple[str, ...]


def of_code(code: str, contract: Contract) -> Page | None:
    """Return the page of a code in a contract; None where neither knows it (an older delivery)."""
    rule = next((rule for rule in contract.rules if rule.code == code), None)
    return of_rule(rule) if rule else generic().get(code)


def of_rule(rule: Rule) -> Page:
    """Return the page of a contract's own rule."""
    title = rule.title or rule.message
    mend = (rule.how_to_mend,)
    return Page(rule.code, title, rule.message, rule.why, rule.wrong, rule.right, mend)


@lru_cache
def generic() -> dict[str, Page]:
    """Return the pages of the program's own codes, by code.

    Raises:
        AgreementError: a page is no strict YAML, or does not hold exactly the keys of a page.
    """
    return {path.stem: _page(path) for path in sorted(FOLDER.glob("*.yaml"))}


def _page(path: Path) -> Page:
    told = strict_yaml.read(path).tree
    if not isinstance(told, dict) or set(told) != {*_TEXTS, "mend"}:
        raise AgreementError(f"{path.name}:1: De sleutels zijn {', '.join(_TEXTS)} en mend.")
    texts = {name: told[name] for name in _TEXTS}
    steps = told["mend"]
    if not isinstance(steps, list) or not all(_filled(t) for t in (*texts.values(), *steps)):
        raise AgreementError(f"{path.name}:1: Elke sleutel heeft een tekst; mend is een lijst.")
    filled = {name: str(text).strip() for name, text in texts.items()}
    return Page(path.stem, **filled, mend=tuple(str(step) for step in steps))


def _filled(text: object) -> bool:
    return isinstance(text, str) and bool(text.strip())
