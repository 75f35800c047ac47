"""The answer to a partner: what became of a delivery, what was wrong, and how to mend it.

`terugkoppeling.html` and the findings can be passed on: they hold no value from the file. The
refused rows and the spiegelrapport are for the sender alone.
"""

from collections.abc import Iterator

from reports.feedback.answer import Answer, RefusedRow, mailable, shareable
from reports.feedback.groups import occurrences
from reports.feedback.mirror import Line, Mirror, Table, Use, mirror_json, mirror_page
from reports.feedback.page import about, feedback_page
from reports.feedback.refused import refused_table
from reports.feedback.tables import COLUMNS, findings_csv, findings_json
from reports.feedback.workbook import refused_workbook

__all__ = [
    "COLUMNS",
    "Answer",
    "Line",
    "Mirror",
    "RefusedRow",
    "Table",
    "Use",
    "feedback_page",
    "findings_csv",
    "findings_json",
    "mailed",
    "occurrences",
    "refused_table",
    "refused_workbook",
    "render",
]


def render(answer: Answer) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every file of an answer.

    `uitval.xlsx` is there where rows were refused, `uitval.csv` where those are very many,
    `spiegelrapport` where rows were kept.
    """
    answer = shareable(answer)
    yield "terugkoppeling.html", feedback_page(answer)
    yield "bevindingen.csv", findings_csv(answer)
    yield "bevindingen.json", findings_json(answer)
    refused = {"uitval.xlsx": refused_workbook(answer), "uitval.csv": refused_table(answer)}
    yield from ((name, content) for name, content in refused.items() if content is not None)
    if answer.mirror is not None:
        yield "spiegelrapport.html", mirror_page(answer.mirror, about(answer))
        yield "spiegelrapport.json", mirror_json(answer.mirror, answer.name)


def mailed(answer: Answer) -> dict[str, bytes]:
    """Return the files of an answer that go by mail: no value of a row, no word of its sender."""
    answer = mailable(answer)
    return {
        "terugkoppeling.html": feedback_page(answer),
        "bevindingen.csv": findings_csv(answer),
    }
