"""Names of persons in a Dutch story: what a list knows, and what a capital in a sentence tells.

Dutch writes a noun without a capital: in the middle of a sentence a capital is a name, of a person
unless something says otherwise (an article, a word such as `wijk`, a list of places). At the start
of a sentence only a list or a neighbouring name can tell. Found is a suggestion to a person: rather
a word too many than a name too few.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sources.privacy.lists import (
    ARTICLES,
    BETWEEN,
    DOES,
    OF_PLACES,
    PLACE,
    SAID,
    SMALL,
    THING,
    TITLES,
    lists,
)
from sources.privacy.people import people

_WORD = re.compile(r"[^\W\d_]+(?:[-'’`][^\W\d_]+)*")
_ENDS = re.compile(r"[.!?:…\n]")
_TOGETHER = re.compile(r"[ \xa0.-]{1,3}")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in a text; `opens` says that a sentence begins with it."""

    text: str
    begin: int
    end: int
    opens: bool

    @property
    def low(self) -> str:
        """The word without capitals."""
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital, or does so behind what is stuck before it (d'Arc)."""
        return self.text[0].isupper() or bool(re.match(r"\w{1,2}['’]\w", self.text))


def found(text: str, known: Iterable[str] = ()) -> list[tuple[int, int]]:
    """Return where in a text names of persons begin and end, in order, without overlap.

    `known` are names that are of no person: of areas, of partners, of the municipality.
    """
    words = _words(text)
    named = [False] * len(words)
    for n in range(len(words)):
        named[n] = _is_name(text, words, n, named)
    spans = [(word.begin, word.end) for word, is_it in zip(words, named, strict=True) if is_it]
    for begin, end in people().found(text):
        for run in _runs([w for w in words if begin <= w.begin and w.end <= end]):
            if _stands(run, words):
                spans.append((run[0].begin, run[-1].end))
    spared = _spared(text, words, known)
    return _joined(text, words, [s for s in spans if not any(_within(s, one) for one in spared)])


def _words(text: str) -> list[Word]:
    words: list[Word] = []
    for match in _WORD.finditer(text):
        gap = text[words[-1].end : match.start()] if words else "\n"
        shortened = words and (len(words[-1].text) == 1 or words[-1].low in TITLES)
        opens = bool(_ENDS.search(gap)) and not (shortened and gap.strip() == ".")
        words.append(Word(match[0], match.start(), match.end(), opens))
    return words


def _is_name(text: str, words: list[Word], n: int, named: list[bool]) -> bool:
    """Return whether a word is (part of) a name; `named` says so of the words before it."""
    word = words[n]
    if _after_title(words, n):
        small = word.low in lists().low and word.low not in lists().ordinary
        return word.low not in BETWEEN and (word.capital or small)
    if not word.capital or len(word.text) == 1 or _shouts(word.text):
        return False
    if _continues(text, words, n, named):
        return word.text not in lists().capitals
    if word.opens:
        return _opens_with_name(text, words, n)
    return _inside(words, n)


def _after_title(words: list[Word], n: int) -> bool:
    """Return whether `mevrouw`, `dhr.` or the like stands before a word, with `van der` between."""
    before = n - 1
    while before >= 0 and words[before].low in BETWEEN and not words[before].opens:
        before -= 1
    return before >= 0 and words[before].low in TITLES and not words[n].opens


def _continues(text: str, words: list[Word], n: int, named: list[bool]) -> bool:
    """Return whether a word follows a name directly, or with `van der` between."""
    before = n - 1
    while before >= 0 and words[before].low in BETWEEN and _near(text, words, before):
        before -= 1
    return before >= 0 and named[before] and _near(text, words, n) and not words[n].opens


def _opens_with_name(text: str, words: list[Word], n: int) -> bool:
    """Return whether the first word of a sentence is a name."""
    word, known = words[n], lists()
    after = words[n + 1] if n + 1 < len(words) and not words[n + 1].opens else None
    if word.text in known.capitals or PLACE.search(word.low):
        return False
    if word.low not in known.ordinary and word.text in known.names:
        return True
    if after is None or word.low in known.common or word.low in OF_PLACES | TITLES:
        return False
    if word.low in known.ordinary and word.text not in known.names:
        return False
    thing = word.low in known.ordinary or THING.search(word.low)
    does = _near(text, words, n + 1) and after.low in (SAID if thing else DOES)
    and_i = [one.low for one in words[n + 1 : n + 3]] == ["en", "ik"]
    return does or and_i or _followed(text, words, n + 1)


def _followed(text: str, words: list[Word], n: int) -> bool:
    """Return whether a surname stands here: a capital, perhaps behind `van der`."""
    while n < len(words) and words[n].low in BETWEEN and _near(text, words, n):
        n += 1
    if n >= len(words) or words[n].opens or not _near(text, words, n):
        return False
    surname = words[n]
    return surname.capital and not _shouts(surname.text) and surname.text not in lists().capitals


def _inside(words: list[Word], n: int) -> bool:
    """Return whether a capital in the middle of a sentence is that of a name."""
    word, known = words[n], lists()
    before = words[n - 1].low
    if word.low in SMALL | ARTICLES | OF_PLACES:
        return False
    sure = word.text in known.names and word.low not in known.ordinary
    if word.text in known.capitals or word.low in TITLES:
        return False
    if before in ARTICLES or before in OF_PLACES:
        return sure and not (before in OF_PLACES and word.text in known.places)
    return sure or not (word.text in known.places or PLACE.search(word.low))


def _runs(words: list[Word]) -> Iterator[list[Word]]:
    """Yield the words of what `deduce` found apart where a sentence ends in between."""
    run: list[Word] = []
    for word in words:
        if run and word.opens:
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _stands(inside: list[Word], words: list[Word]) -> bool:
    """Return whether what `deduce` found may be a name, where nothing but a list says so."""
    known = lists()
    own = [word for word in inside if word.low not in SMALL]
    if len(own) != 1:
        return any(w.capital and w.text not in known.capitals for w in own)
    (word,) = own
    place = words.index(word)
    before = words[place - 1].low if place else ""
    if not word.capital or word.text in known.capitals or PLACE.search(word.low):
        return False
    return word.low not in known.ordinary or not (word.opens or before in ARTICLES | OF_PLACES)


def _spared(text: str, words: list[Word], known: Iterable[str]) -> list[tuple[int, int]]:
    """Return where a known name stands that is of no person, and no title before it."""
    phrases = sorted({name for name in known if name}, key=len, reverse=True)
    if not phrases:
        return []
    either = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, phrases))})(?!\w)")
    first = {word.begin: n for n, word in enumerate(words)}
    return [
        match.span()
        for match in either.finditer(text)
        if not (match.start() in first and _after_title(words, first[match.start()]))
    ]


def _joined(text: str, words: list[Word], spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans as one where only `van der`, an initial or a space is between them."""
    joined: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        begin_ = _with_initials(words, begin)
        if joined and (begin_ <= joined[-1][1] or _between(text, joined[-1][1], begin_)):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((begin_, end))
    return joined


def _with_initials(words: list[Word], begin: int) -> int:
    """Return where a name begins with the initials and the `Van der` that stand before it."""
    n = next((n for n, word in enumerate(words) if word.begin == begin), 0)
    while n and not words[n].opens and _belongs(words[n - 1]):
        n -= 1
        begin = words[n].begin
    return begin


def _belongs(word: Word) -> bool:
    initial = word.text.isupper() and len(word.text) == 1
    return initial or (word.low in BETWEEN and word.capital and not word.opens)


def _between(text: str, end: int, begin: int) -> bool:
    """Return whether two parts of a name are one: `J. van der Berg`, but not over a full stop."""
    parts = re.split(r"[ \xa0-]+", text[end:begin].removeprefix("." * text[:end][-1].isupper()))
    return all(part.lower() in BETWEEN for part in parts if part)


def _near(text: str, words: list[Word], n: int) -> bool:
    """Return whether nothing but a space, a hyphen or a full stop is before a word."""
    return n > 0 and bool(_TOGETHER.fullmatch(text[words[n - 1].end : words[n].begin]))


def _shouts(text: str) -> bool:
    """Return whether a word is in capitals and no name: GGZ, WMO; but FATIMA is one."""
    return len(text) > 1 and text.isupper() and text.title() not in lists().names


def _within(span: tuple[int, int], other: tuple[int, int]) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def masked_names(text: str, mask: str, known: Iterable[str] = ()) -> str:
    """Return a text with a mask in the place of every name."""
    return "".join(_pieces(text, mask, found(text, known)))


def _pieces(text: str, mask: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    done = 0
    for begin, end in spans:
        yield text[done:begin]
        yield mask
        done = end
    yield text[done:]
