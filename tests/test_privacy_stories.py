"""What gives people away is found in stories: by its form always, by its name nearly always.

The names come from Faker and from lists of our own, none of a real person, in sentences as people
write them. One corpus was looked at while the rules were made, the other was not.
"""

import random
from collections.abc import Callable, Iterable

import pytest
from faker import Faker

from sources.example.maker.stories import bank
from sources.privacy.stories import kinds, without_people
from sources.privacy.traces import Trace, passes

SEED = 20261122

FRAMES = [
    "Gisteren sprak ik {} in het buurthuis.",
    "Ik ga elke week met {} naar de markt.",
    "Mijn buurvrouw {} bracht soep.",
    "Zonder {} was het mij niet gelukt.",
    "{} en ik drinken elke dinsdag koffie.",
    "Sinds {} helpt, durf ik weer naar buiten.",
    "De vrijwilliger heet {} en komt op woensdag.",
    "Toen belde {} mij op. Dat was fijn.",
    "Wij danken {}, de begeleider van ons team.",
    "Het was (zei {}) een moeilijk jaar.",
    "Zij vroeg aan {}: hoe gaat het nu?",
    "Ik woon naast {}. Wij groeten elkaar.",
    "{} komt elke week langs en kookt voor ons.",
    "Het ging beter. {} was er ook bij.",
]

SURINAMESE = ["Radjesh Ramdin", "Sunita Bhagwandin", "Delano Pinas", "Carmelita Kensmil"]
ERITREAN = ["Selam Gebremedhin", "Yohannes Tesfay", "Kibrom Woldeab", "Semhar Kidane"]
SYRIAN = ["Rania Al-Khatib", "Mahmoud Alhamad", "Nour Kassem", "Yazan Haddad", "Bashar Sabbagh"]
MOROCCAN = ["Fatima el Amrani", "Youssef Benali", "Khadija Ouali", "Rachid el Idrissi"]
DUTCH = [
    *("Jan de Vries", "Anna van den Berg", "Kees van 't Hof", "Sanne de Wit-van Dijk"),
    *("J.P. de Boer", "A. Jansen", "mevrouw De Vries", "mw. Van der Meer", "meneer Bos"),
    *("dhr. Yilmaz", "mevrouw de Groot", "Riet Bakker-Visser", "Roos de Wit", "opa Henk"),
    *("Truus", "Mohammed", "Agnieszka", "Sjaan", "Selam", "mevrouw yilmaz", "dokter Bouzid"),
]


SEEN = ("nl_NL", "nl_NL", "tr_TR", "pl_PL")
UNSEEN = ("ro_RO", "hu_HU", "es_ES", "fr_FR", "en_GB", "pt_PT", "az_AZ", "de_DE", "cs_CZ")


def names(chance: random.Random, locales: Iterable[str], *, count: int) -> list[str]:
    """Return invented names: first, first and last, initial and last, or last with a title."""
    people: list[str] = []
    for locale in locales:
        fake = Faker(locale)
        fake.seed_instance(chance.randrange(10**6))
        for _ in range(count):
            first, last = fake.first_name(), fake.last_name()
            forms = (first, f"{first} {last}", f"{first[0]}. {last}", f"mevrouw {last}")
            people.append(chance.choice(forms))
    return people


def left(text: str, name: str) -> bool:
    """Return whether any part of a name with a capital stands in a text yet."""
    parts = {part for part in name.replace(".", " ").split() if part[:1].isupper()}
    return any(part in text for part in parts - {"De", "Van"} if len(part) > 1)


OWN = [*DUTCH, *SURINAMESE, *ERITREAN, *SYRIAN, *MOROCCAN]
CORPORA = {
    "of every day": lambda chance: [*names(chance, SEEN, count=250), *OWN * 3],
    "of lists that the rules were not made with": lambda chance: names(chance, UNSEEN, count=110),
}


@pytest.mark.parametrize("corpus", CORPORA)
def test_of_a_thousand_names_at_least_ninety_nine_in_a_hundred_are_found(corpus: str) -> None:
    chance = random.Random(SEED)
    told = CORPORA[corpus](chance)
    missed = []
    for name in told:
        text = chance.choice(FRAMES).format(name)
        after = without_people(text)
        if Trace.NAME not in after or left(after, name):
            missed.append(f"{text} -> {after}")

    assert len(told) > 950
    assert len(missed) <= len(told) // 100, "\n".join(missed)


def bsn(chance: random.Random) -> str:
    while not passes(number := f"{chance.randrange(10**8, 10**9)}"):
        pass
    return number


def iban(chance: random.Random) -> str:
    body = f"ABNA{chance.randrange(10**10):010d}"
    check = 98 - int("".join(str(int(sign, 36)) for sign in f"{body}NL00")) % 97
    return f"NL{check:02d}{body}"


def phone(chance: random.Random) -> str:
    end = f"{chance.randrange(10**7, 10**8)}"
    forms = ("06{}", "06-{}", "+316{}", "0031 6 {}", "06 {0:.2} {0:.2} {1}", "+48 6{}")
    return (
        forms[chance.randrange(5)].format(end, end[4:]) if chance.random() < 0.9 else f"+48{end}9"
    )


def written(text: str, chance: random.Random) -> str:
    """Return an account number as people write it."""
    grouped = " ".join(text[n : n + 4] for n in range(0, len(text), 4))
    return chance.choice((text, grouped, text.lower()))


MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


def day(chance: random.Random) -> str:
    d, m, y = chance.randrange(1, 29), chance.randrange(1, 13), chance.randrange(1930, 2026)
    forms = (
        f"{d}-{m}-{y}",
        f"{d:02d}/{m:02d}/{y}",
        f"{d} {MONTHS[m - 1]} {y}",
        f"{d}.{m}.{y % 100:02d}",
        f"{y}-{m:02d}-{d:02d}",
        f"{d} {MONTHS[m - 1][:3]} {y}" if m not in (3, 6, 7) else f"{d} {MONTHS[m - 1]} {y}",
    )
    return chance.choice(forms)


def postcode(chance: random.Random) -> str:
    letters = "".join(chance.choice("ABCDEGHJKLMNPRSTVWXZ") for _ in range(2))
    return f"{chance.randrange(1000, 9999)}{chance.choice(('', ' '))}{letters}"


def mail(chance: random.Random) -> str:
    fake = Faker("nl_NL")
    fake.seed_instance(chance.randrange(10**6))
    return fake.email()


FORMS: dict[str, tuple[Callable[[random.Random], str], Trace]] = {
    "BSN": (bsn, Trace.NUMBER),
    "IBAN": (lambda chance: written(iban(chance), chance), Trace.ACCOUNT),
    "phone": (phone, Trace.PHONE),
    "postcode": (postcode, Trace.POSTCODE),
    "mail": (mail, Trace.MAIL),
    "date": (day, Trace.DATE),
}
AROUND = ["Schrijf naar {}, dan komt het goed.", "Mijn gegevens: {}.", "Het was {} en ik wist het."]


@pytest.mark.parametrize("form", FORMS)
def test_what_has_a_form_is_always_found(form: str) -> None:
    make, trace = FORMS[form]
    chance = random.Random(SEED)
    for _ in range(200):
        value = make(chance)
        after = without_people(chance.choice(AROUND).format(value))

        assert trace in after, value
        assert value not in after


CLEAN = [
    "Roos is mijn lievelingskleur, en wit ook. In het bos groeit een roos.",
    "Bos en duin liggen vlakbij. Wit brood is lekker. De bakker en de kok lachten.",
    "In de wijk Roos is nu een plein. Bij Stichting De Linde leer ik Nederlands.",
    "Ik kom uit Turkije en mijn man uit Eritrea. Wij spreken thuis Tigrinya en Arabisch.",
    "Op maandag is er taalles bij De Brug. In Rotterdam was dat anders.",
    "De gemeente belde. Het sociaal team kwam langs. De Participatieraad vroeg ernaar.",
    "Met Kerst en na de Ramadan aten we samen. Dat was in 2024 en ook in 2025.",
    "Via de Wmo kreeg ik hulp. De GGZ had een wachtlijst van 12 weken.",
    "Mijn zoon is 14 jaar. Er kwamen 120 mensen. Om 10.30 uur waren er nog 1500 stoelen.",
    "Storm zorgde voor schade. Winter is zwaar. Jong en oud eten samen.",
    "In het Waterkwartier en in Zonneveld is het stil. Molenwijk heeft een buurthuis.",
    "Ik stuurde een WhatsApp en keek op Facebook. Mijn DigiD werkte niet.",
    "Prins zijn is niet makkelijk. Koning voetbal regeert. Dokter zei niets.",
    "De mevrouw van de bus was aardig. Een meneer in de winkel hielp. De heer des huizes ook.",
    "Buurvrouw en ik eten samen. Mama zei dat het mocht. Niemand vroeg iets.",
    "Op 3 maart was het feest. In maart 2026 begon het. Kamer 12 was leeg.",
]
KNOWN = ["Zonneveld", "Molenwijk", "Waterkwartier", "De Brug", "Voorbeeldstad"]


@pytest.mark.parametrize("text", CLEAN)
def test_words_that_are_names_too_stay_where_they_are_words(text: str) -> None:
    assert without_people(text, known=KNOWN) == text


def test_in_the_stories_of_voorbeeldstad_nothing_is_found() -> None:
    texts = [text for row in bank().select("titel", "tekst", "verandering").rows() for text in row]
    hit = [text for text in texts if text and without_people(text, known=["De Huiskamer"]) != text]

    assert len(texts) > 200
    assert hit == []


def test_the_name_of_an_area_is_a_name_of_a_person_behind_a_title() -> None:
    text = "Mevrouw Zonneveld woont in Zonneveld."

    assert without_people(text, known=KNOWN) == "[naam weggehaald] woont in Zonneveld."


def test_masking_a_story_twice_changes_nothing_more() -> None:
    once = without_people("Fatima el Amrani, 06-12345678, 9901 AB, geboren op 3 mei 1950.")

    assert without_people(once) == once
    assert kinds(once) == (Trace.PHONE, Trace.POSTCODE, Trace.DATE, Trace.NAME)


def test_looking_for_names_leaves_the_log_and_the_warnings_alone() -> None:
    import logging
    import subprocess
    import sys

    program = (
        "import logging, warnings; before = warnings.filters[:];"
        "from sources.privacy.people import people; people();"
        "print(len(logging.getLogger().handlers), warnings.filters == before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout == "0 True\n"
    assert logging.getLogger().level != logging.DEBUG
