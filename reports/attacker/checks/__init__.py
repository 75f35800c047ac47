"""What a reader sees without solving anything: releases that contradict themselves or their rules.

`rules`: a row breaks what the release says of its own method. `totals`: parts are shown of a total
that is not. `consistency`: pages and downloads say different things of one figure. `words`: a word
does not follow from the numbers. `amounts`: a wait, a mean or a distribution is too precise.
`unaccounted`: a page says or draws a number that no figure accounts for, and that is not one of the
kinds in `ordinary`. `confidential`: something internal among what is public, or with a partner.
"""
