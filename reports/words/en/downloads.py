"""What the files with figures are called in a data portal."""

SENTENCES = {
    "dcat.title": "Factsheets on social support in {municipality}, edition {id}",
    "dcat.description": "Protected figures on what help and support do for residents, by area and by partner.",
    "dcat.publisher": "Municipality of {municipality}",
    "reading.dcat": "the description of these files for a data portal",
}
