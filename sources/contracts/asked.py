"""What is asked of a cell, in plain Dutch: the same words in the template and on the page."""

from collections.abc import Callable

from sources.contracts.model import Column, FieldType


def asked(column: Column) -> str:
    """Return in one or a few short sentences what a partner fills in."""
    forms: dict[FieldType, Callable[[Column], str]] = {
        FieldType.TEXT: _text,
        FieldType.INTEGER: lambda each: f"Een heel getal{_limits(each)}.",
        FieldType.NUMBER: lambda each: f"Een getal{_limits(each)}.{_decimals(each)}",
        FieldType.DATE: _date,
        FieldType.BOOLEAN: lambda _: "ja of nee.",
        FieldType.PERSON: _person,
        FieldType.PC6: _postcode,
        FieldType.AREA: lambda _: "De code van het CBS, met GM, WK of BU ervoor.",
        FieldType.PERIOD: lambda _: "Een kwartaal zoals 2026K3, of een jaar.",
    }
    form = "Kies uit de lijst." if column.codes else forms[column.type](column)
    return f"{form}{_missing(column)}"


def _text(column: Column) -> str:
    length = f", hoogstens {column.max_length} tekens" if column.max_length else ""
    zeros = f" Altijd {column.pad} tekens, met nullen ervoor." if column.pad else ""
    return f"Tekst{length}.{zeros}"


def _date(column: Column) -> str:
    past = " Niet later dan de dag waarop u levert." if column.past else ""
    return f"Een datum: dag, maand en jaar.{past}"


def _limits(column: Column) -> str:
    low, high = (
        None if each is None else _dutch(each) for each in (column.minimum, column.maximum)
    )
    if low is None:
        return "" if high is None else f", hoogstens {high}"
    return f", minstens {low}" if high is None else f" van {low} tot en met {high}"


def _decimals(column: Column) -> str:
    if column.decimals is None:
        return " Schrijf een komma voor de decimalen."
    return f" Schrijf {column.decimals} decimalen, na een komma."


def _dutch(number: float) -> str:
    return f"{number:.15g}".replace(".", ",")


def _person(column: Column) -> str:
    if column.bsn:
        return "Negen cijfers. Maak de kolom op als tekst, anders valt een nul vooraan weg."
    return "Uw eigen nummer van de inwoner. Maak de kolom op als tekst."


def _postcode(column: Column) -> str:
    four = " Alleen de vier cijfers mag ook." if column.pc4 else ""
    return f"Vier cijfers en twee letters.{four}"


def _missing(column: Column) -> str:
    if not column.missing:
        return ""
    return f" Is het niet bekend? Schrijf {' of '.join(f'`{text}`' for text in column.missing)}."
