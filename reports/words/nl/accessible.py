"""Whether everybody can read the sheets: what was looked at, for the municipality's statement."""

SENTENCES = {
    "accessible.statement": (
        "Voorbereid op WCAG 2.2, niveau AA. Dit is geen verklaring: die stelt de gemeente zelf op."
    ),
    "accessible.a": "Elke tekening heeft een naam, of is verborgen voor wie haar niet kan zien.",
    "accessible.b": "Naast elke grafiek staat als tekst van wie zij is en wat zij toont.",
    "accessible.c": "Elke status heeft een vorm en een woord, en nooit alleen een kleur.",
    "accessible.d": "Letters en vormen verschillen genoeg van hun achtergrond.",
    "accessible.e": "Elke tabel heeft een bijschrift, en elke kop hoort bij een rij of kolom.",
    "accessible.f": "Geen letter is kleiner dan 12 pixels, of op papier 9 punten.",
    "accessible.g": "Een getal is overal hetzelfde: groot, in de tabel, als rij poppetjes en in het bestand.",
    "accessible.h": "Niets staat alleen in een tekst die bij de muis verschijnt.",
    "accessible.browser": (
        "Van elke soort blad is een voorbeeld bekeken in een browser, bij elke versie. "
        "Met axe-core, alleen met toetsen, en vier keer vergroot. "
        "Ook met eigen kleuren van de lezer, en zonder beweging."
    ),
    "accessible.people": (
        "Mensen moeten ook kijken: lees een blad met een schermlezer, en vraag lezers mee te doen."
    ),
    "accessible.link": "Wat is nagekeken, zodat iedereen dit kan lezen",
}
