"""Whether everybody can read the sheets: what was looked at, for the municipality's statement."""

SENTENCES = {
    "accessible.statement": (
        "Prepared for WCAG 2.2, level AA. This is no statement: the municipality makes that itself."
    ),
    "accessible.a": "Every drawing has a name, or is hidden from those who cannot see it.",
    "accessible.b": "Beside every chart stands as text of whom it is and what it shows.",
    "accessible.c": "Every status has a shape and a word, and never a colour alone.",
    "accessible.d": "Letters and shapes differ enough from what lies behind them.",
    "accessible.e": "Every table has a caption, and every head is of a row or a column.",
    "accessible.f": "No letter is smaller than 12 pixels, or on paper 9 points.",
    "accessible.g": "A number is the same everywhere: large, in the table, as figures and in the file.",
    "accessible.h": "Nothing stands only in a text that appears at the mouse.",
    "accessible.browser": (
        "Of every kind of sheet an example was seen in a browser, with every version. "
        "With axe-core, with keys only, and four times enlarged. "
        "Also in the reader's own colours, and without movement."
    ),
    "accessible.people": (
        "People must look too: read a sheet with a screen reader, and ask readers to join."
    ),
    "accessible.link": "What was looked at, so that everybody can read this",
}
