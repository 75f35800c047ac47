"""Every indicator of Voorbeeldstad once more: slow, obvious, and made of nothing that makes them.

Lists of dicts, dates and loops, written from the definitions and not from the code. `histories`
makes small municipalities with dates where definitions turn: the ends of quarters and terms, gaps
of 29, 30 and 31 days, the 29th of February. `compare` lays both side by side.
"""
