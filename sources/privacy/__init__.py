"""What gives a person away in a text: numbers and addresses, in stories dates and names too.

`traces` knows everything with a form of its own, `names` what only a list and its place in the
sentence can tell, `stories` puts them together. None of them hands on what it found, only of which
kind it was.
"""

from sources.privacy.traces import Place, Trace, masked, numbers, passes, without_numbers

__all__ = ["Place", "Trace", "masked", "numbers", "passes", "without_numbers"]
