"""The Voorblad: the sheet on which a partner says what a workbook holds (deliveries.md, section 5).

A label in column A, its value in column B. The same words stand in `datapackage.json`, under
`praatplaat`, with the keys of `LABELS`.
"""

from typing import Final

SHEET: Final = "Voorblad"

LABELS: Final = {
    "partner": "Partner",
    "contract": "Levering",
    "period": "Periode",
    "number": "Volgnummer",
    "rows": "Aantal rijen",
    "nil": "Nulopgave",
}
"""What a Voorblad can say, by key: `nil` is ja where there was nothing to tell this period."""

TOTAL: Final = "Controletotaal "
"""Before the header of a column: the sum of that column over all rows, as the partner counts it."""
