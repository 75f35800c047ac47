"""Hoe de bestanden met cijfers heten in een dataportaal."""

SENTENCES = {
    "dcat.title": "Praatplaten over het sociaal domein in {municipality}, editie {id}",
    "dcat.description": "Beschermde cijfers over wat hulp en steun doen voor inwoners, per gebied en per partner.",
    "dcat.publisher": "Gemeente {municipality}",
    "reading.dcat": "de beschrijving van deze bestanden voor een dataportaal",
}
