"""The handbook as files for people who browse the code: an index, and one page per code."""

from collections.abc import Iterable, Iterator, Mapping

from reports.handbook import Page, generic, of_rule
from sources.contracts.model import Contract

_KINDS = {
    "B": "Het bestand",
    "K": "De kolommen",
    "R": "De rijen",
    "V": "De cellen",
    "X": "De samenhang",
    "P": "Wat opvalt",
    "S": "Privacy en veiligheid",
}
_INTRODUCTION = """# Handboek voor wie gegevens levert

Elke melding in een terugkoppeling heeft een code. Hier staat per code wat er aan de hand is, waarom
het ertoe doet en hoe u het in Excel verbetert. Alle voorbeelden zijn verzonnen.

Deze pagina's zijn gemaakt met `praatplaat handbook --out docs/handboek`.
"""


def documents(contracts: Mapping[str, Contract]) -> Iterator[tuple[str, str]]:
    """Yield name and text (Markdown) of `index.md` and of the page of every code.

    The page of a code that only one contract knows bears the code of that contract: `L01-X550.md`.
    """
    own = [
        (contract, [of_rule(rule) for rule in contract.rules])
        for contract in sorted(contracts.values(), key=lambda each: each.code)
    ]
    yield "index.md", _index(own)
    for page in generic().values():
        yield f"{page.code}.md", _document(page)
    for contract, pages in own:
        for page in pages:
            yield f"{contract.code}-{page.code}.md", _document(page, contract)


def _index(own: Iterable[tuple[Contract, list[Page]]]) -> str:
    parts = [_INTRODUCTION]
    for letter, heading in _KINDS.items():
        pages = [page for code, page in generic().items() if code.startswith(letter)]
        parts.append(_section(heading, ((page, page.code) for page in pages)))
    for contract, pages in own:
        if pages:
            named = ((page, f"{contract.code}-{page.code}") for page in pages)
            parts.append(_section(f"{contract.title} ({contract.code})", named))
    return "\n".join(parts)


def _section(heading: str, pages: Iterable[tuple[Page, str]]) -> str:
    rows = "\n".join(f"- [{page.code}]({file}.md) {page.title}" for page, file in pages)
    return f"## {heading}\n\n{rows}\n"


def _document(page: Page, contract: Contract | None = None) -> str:
    parts = [f"# {page.code} {page.title}", page.what]
    if contract:
        parts.append(f"Deze regel hoort bij de levering {contract.title} ({contract.code}).")
    if page.why:
        parts += ["## Waarom dit ertoe doet", page.why]
    if page.wrong:
        examples = (
            (said, _code(text)) for said, text in (("niet", page.wrong), ("wel", page.right))
        )
        parts += ["## Voorbeeld", *(f"Zo {said}:\n\n{code}" for said, code in examples)]
    steps = "\n".join(f"{number}. {step}" for number, step in enumerate(page.mend, 1))
    parts += ["## Zo verbetert u het", steps, "[Alle codes](index.md)"]
    return "\n\n".join(parts) + "\n"


def _code(text: str) -> str:
    return f"```text\n{text}\n```"
