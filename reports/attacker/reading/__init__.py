"""What the published files tell.

`files` opens an edition's folder and `pages` reads its HTML, with its charts (`drawings`): together
a `release.Release`. `numbers` knows how a number is written, and `printed` which of them may stand
beside a figure.
`decoding` then puts every row in the reading that `edition.json` gives of it: of which counts it is
made. What those counts lead to by the declared method is in `formulas`; a number that does not
follow is turned back into the counts that do lead to it in `inversion`.
"""
