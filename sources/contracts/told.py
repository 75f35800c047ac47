"""What a partner reads of a code that every contract has."""

from dataclasses import dataclass

from sources.contracts.model import Column, FieldType
from sources.verdict import Level

OUT, WARN, NOTE = Level.REFUSE_ROW, Level.WARNING, Level.NOTE


@dataclass(frozen=True, slots=True)
class Told:
    """What a partner reads of a code; `{header}` and the limits of the column are filled in."""

    level: Level
    message: str
    how_to_mend: str
    types: tuple[FieldType, ...] = ()

    def said(self, column: Column) -> tuple[str, str]:
        """Return the message and how to mend it, for one column."""
        fill = {
            "header": column.header,
            "minimum": "" if column.minimum is None else f"{column.minimum:.15g}",
            "maximum": "" if column.maximum is None else f"{column.maximum:.15g}",
            "length": column.max_length or "",
            "codes": ", ".join(list(column.codes)[:12]),
            "example": column.example or "de uitleg bij de levering",
        }
        return self.message.format(**fill), self.how_to_mend.format(**fill)


DATES, NUMBERS = (FieldType.DATE,), (FieldType.NUMBER,)
AMOUNTS = (FieldType.INTEGER, FieldType.NUMBER)
PEOPLE = (FieldType.PERSON,)
TEXTS = (FieldType.TEXT,)
AS_TEXT = "Kies in Excel de kolom, dan Celeigenschappen en Tekst. "
