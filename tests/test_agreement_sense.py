"""Contradictions between the files of an agreement, each named where it stands.

A case is a few changes to a copy of Voorbeeldstad, and everything that must be said of them: the
file, a text on the line, and a piece of what is said. Nothing else may be said.
"""

from pathlib import Path

import pytest
from contradictions import Case, contradictions, copy, left_over, put

from sources.agreement import sense
from sources.agreement.load import load
from sources.contracts.load import standard

MEEDOEN, ONTMOETEN, KRING = (
    f"goals/{name}.yaml" for name in ("meedoen", "ontmoeten", "eigen_kring")
)
I07, I08, I09, I28, I29, I30, I31, I32, I40 = (
    f"indicators/{name}.yaml"
    for name in ("I07", "I08", "I09", "I28", "I29", "I30", "I31", "I32", "I40")
)
DE_BRUG, TEAM, LIBRARY = (
    f"agreements/{name}.yaml" for name in ("welzijn", "sociaal_team", "bibliotheek")
)
GROUPINGS = """groupings:
  team_centrum:
    name: Sociaal team Centrum
    areas: [WK990101, WK990102, WK990107]
  team_west:
    name: Sociaal team West
    areas: [WK990103, WK990104]
  team_oost:
    name: Sociaal team Oost
    areas: [WK990105, WK990106, WK990108]
"""
EXPLAINED = """    explanation: >-
      Deze cijfers gelden voor de hele gemeente. Het team werkt eraan mee, net als de afdeling Zorg.
"""
TALK = "conversations/molenwijk.yaml"


CASES = {
    "a second hoofddoel": Case(
        [("goals/zich_redden.yaml", "level: goal\nparent: iedereen", "level: main")],
        [
            ("goals/iedereen.yaml", "level: main", "Er zijn 2 hoofddoelen: iedereen, zich_redden"),
            ("goals/zich_redden.yaml", "level: main", "Er zijn 2 hoofddoelen"),
            (KRING, "parent:", "Een maatschappelijk resultaat kan niet onder een hoofddoel"),
            ("goals/vooruit.yaml", "parent:", "Een maatschappelijk resultaat kan niet onder een"),
            ("coherence.yaml", "  zich_redden:", "`zich_redden` is geen doel maar een main"),
            (DE_BRUG, "goal: zich_redden", "`zich_redden` is geen doel maar een main"),
            (TEAM, "goal: zich_redden", "`zich_redden` is geen doel maar een main"),
        ],
    ),
    "no hoofddoel": Case(
        [("goals/iedereen.yaml", "level: main", "level: goal")],
        [
            ("goals", "", "Er is geen hoofddoel. Geef één doel `level: main`."),
            ("goals/iedereen.yaml", "", "Dit doel hangt nergens onder. Noem bij `parent`"),
            ("goals/iedereen.yaml", "statement:", "Begin met `We willen dat meer"),
            (MEEDOEN, "parent:", "Een doel kan niet onder een doel hangen"),
            ("goals/geld.yaml", "parent:", "Een doel kan niet onder een doel hangen"),
            ("goals/kinderen.yaml", "parent:", "Een doel kan niet onder een doel hangen"),
            ("goals/licht.yaml", "parent:", "Een doel kan niet onder een doel hangen"),
            ("goals/snelle_hulp.yaml", "parent:", "Een doel kan niet onder een doel hangen"),
            ("goals/zich_redden.yaml", "parent:", "Een doel kan niet onder een doel hangen"),
        ],
    ),
    "a hoofddoel that hangs under something": Case(
        [("goals/iedereen.yaml", "horizon:", "parent: meedoen\nhorizon:")],
        [
            ("goals/iedereen.yaml", "parent:", "Een hoofddoel hangt nergens onder"),
            (MEEDOEN, "parent:", "onder zichzelf: meedoen > iedereen > meedoen"),
        ],
    ),
    "a parent that does not exist": Case(
        [("goals/voor_een_ander.yaml", "parent: meedoen", "parent: meedeon")],
        [
            ("goals/voor_een_ander.yaml", "parent:", "Doel `meedeon` bestaat niet. Bedoelt u `m"),
            ("agreements/vluchtelingenwerk.yaml", "[I09", "I09 hoort bij doel `None`"),
            (DE_BRUG, "I09]", "I09 hoort bij doel `None`"),
        ],
    ),
    "goals in a circle": Case(
        [(MEEDOEN, "parent: iedereen", "parent: ontmoeten")],
        [
            (MEEDOEN, "parent:", "onder zichzelf: meedoen > ontmoeten > meedoen"),
            (ONTMOETEN, "parent:", "onder zichzelf: ontmoeten > meedoen > ontmoeten"),
        ],
    ),
    "a doelstelling that names an activity": Case(
        [(MEEDOEN, "We willen dat meer", "We organiseren dat meer")],
        [(MEEDOEN, "statement:", "Begin met `We willen dat meer …` of `We willen dat minder …`.")],
    ),
    "a maatschappelijk resultaat without a year": Case(
        [("goals/op_tijd.yaml", "Over 2 jaar willen", "Straks willen")],
        [("goals/op_tijd.yaml", "statement:", "Begin met `Over … jaar willen we dat …`.")],
    ),
    "a horizon that differs from its sentence": Case(
        [("goals/op_tijd.yaml", "horizon: 2026", "horizon: 2031")],
        [("goals/op_tijd.yaml", "horizon:", "begint in 2025: kies 2026 of 2027.")],
    ),
    "a doel without a picture of the future": Case(
        [(MEEDOEN, "picture: >-", "picture:\nicon: >-"), (MEEDOEN, "icon: people", "")],
        [(MEEDOEN, "picture:", "`picture` is leeg")],
    ),
    "an indicator under a doel, and one under nothing": Case(
        [(I28, "goal: op_tijd", "goal: snelle_hulp"), (I40, "goal: eigen_kring", "goal: krign")],
        [
            (I28, "goal:", "`snelle_hulp` is geen maatschappelijk resultaat"),
            (I40, "goal:", "Doel `krign` bestaat niet. Kies uit: dichtbij, een_gezicht, eigen_"),
            (TEAM, "I28", "I28 hoort bij doel `None`, dit blad bij `snelle_hulp`"),
            ("coherence.yaml", "I28", "I28 hoort bij doel `None`, deze keten bij `snelle_hulp`"),
        ],
    ),
    "an empty prikkel": Case(
        [(I40, "incentive: >-", 'incentive: " "\nstandard: >-')],
        [(I40, "incentive:", "`incentive` is leeg. Schrijf hoe dit cijfer mooier kan lijken")],
    ),
    "an indicator that ends before it begins": Case(
        [
            (I08, "expires: 2028-12-31", "expires: 2024-12-31"),
            (I07, "valid_from: 2024-01-01", "valid_from: 2024-01-01\nvalid_to: 2023-01-01"),
        ],
        [
            (I08, "expires:", "vervalt (2024-12-31) voordat de overeenkomst begint (2025-01-01)"),
            (I07, "valid_to:", "`valid_to` (2023-01-01) ligt voor `valid_from` (2024-01-01)"),
        ],
    ),
    "a share written as a percentage": Case(
        [(I28, "value: 0.78", "value: 78"), (I08, "value: 0.60", "value: 60")],
        [
            (I28, "value: 78", "hier staat 78. Schrijf 0.75 voor 75 procent."),
            (I08, "value: 60", "hier staat 60."),
        ],
    ),
    "a target without a baseline": Case(
        [(I31, "baseline:\n", "standard: >-\n")],
        [(I31, "targets:", "Er is een streefwaarde en geen nulmeting")],
    ),
    "a target outside the term, and one twice": Case(
        [
            (I08, "{year: 2028,", "{year: 2031,"),
            (I28, "{year: 2028,", "{year: 2026,"),
        ],
        [
            (
                I08,
                "2031",
                "2031 valt buiten de overeenkomst. Kies een jaar van 2025 tot en met 2028",
            ),
            (I28, "0.90", "Voor 2026 is dit al afgesproken"),
        ],
    ),
    "company that does not exist": Case(
        [
            (I40, "counter_indicators: [I08, I31]", "counter_indicators: [I08, I99]"),
            (I08, "pairs: [I07]", "pairs: [I08]"),
        ],
        [
            (I40, "counter_indicators:", "Indicator `I99` bestaat niet"),
            (I08, "pairs:", "kan zichzelf niet in evenwicht houden"),
        ],
    ),
    "a pair that is not on the same sheets": Case(
        [(I28, "pairs: [I30, I31]", "pairs: [I29]")],
        [
            (I28, "pairs:", "I28 hoort naast I29, maar I29 is er niet op niveau `district`"),
            (TEAM, "[I28", "I28 mag niet zonder I29 op een plaat"),
            ("agreement.yaml", "  district: [", "I28 mag niet zonder I29 op een plaat"),
            ("agreement.yaml", "  council: [", "I28 mag niet zonder I29 op een plaat"),
        ],
    ),
    "an arc that the rainbow does not have": Case(
        [(I28, "arcs: [1]", "arcs: [1, 7]")],
        [(I28, "arcs:", "Boog `7` bestaat niet. Kies uit: 0, 1, 2, 3, 4.")],
    ),
    "deliveries that do not exist": Case(
        [
            (I40, "delivery: verhalen_signalen", "delivery: verhalen"),
            (I07, "delivery: gebied_kerncijfers", "delivery: kerncijfers"),
            ("partners/cbs.yaml", "contract: pc6_buurt", "contract: pc6_buurten"),
        ],
        [
            (I40, "delivery:", "Levering `verhalen` bestaat niet. Bedoelt u `verhalen_signalen`?"),
            (I07, "delivery: k", "Levering `kerncijfers` bestaat niet. Bedoelt u `gebied_kernc"),
            ("partners/cbs.yaml", "pc6", "Levering `pc6_buurten` bestaat niet. Bedoelt u `pc6_bu"),
        ],
    ),
    "a delivery that nobody owes": Case(
        [("partners/gemeente.yaml", "  - {contract: wmo_meldingen, since: 2024K4}\n", "")],
        [
            (I28, "delivery:", "Niemand levert `wmo_meldingen`"),
            (I29, "delivery:", "Niemand levert `wmo_meldingen`"),
            (I30, "delivery:", "Niemand levert `wmo_meldingen`"),
            ("indicators/I06.yaml", "delivery:", "Niemand levert `wmo_meldingen`, en daarvan"),
            ("indicators/I35.yaml", "delivery:", "Niemand levert `wmo_meldingen`, en daarvan"),
        ],
    ),
    "columns that do not exist": Case(
        [
            (I07, "partner_column: partner_id", "partner_column: partner"),
            (I07, "sum_of: contacten", "sum_of: contact"),
            (I07, "sum_of: inwoners", "sum_of: bewoners"),
            (I28, "  suspension: opschorting_dagen", "  suspension: opschorting"),
            (I40, "breakdown: thema", "breakdown: doel"),
        ],
        [
            (I07, "partner_column:", "Kolom van partner_activiteiten `partner` bestaat niet."),
            (I07, "sum_of: contact", "Bedoelt u `contacten`?"),
            (I07, "sum_of: bewoners", "Kolom van gebied_kerncijfers `bewoners` bestaat niet"),
            (I28, "suspension:", "Kolom van wmo_meldingen `opschorting` bestaat niet"),
            (I40, "breakdown:", "Kolom van verhalen_signalen `doel` bestaat niet"),
        ],
    ),
    "columns of a type that does not serve": Case(
        [
            (I08, "date: datum", "date: wijze"),
            (I07, "sum_of: unieke_deelnemers", "sum_of: activiteit_naam"),
            (I29, "  end: datum_besluit\n  days: 14\n  ext", "  end: besluit\n  days: 14\n  ext"),
        ],
        [
            (I08, "date:", "heeft het type string. Kies een kolom van het type date."),
            (I07, "sum_of: act", "Kies een kolom van het type integer of number."),
            (I29, "end: besluit", "Kolom `besluit` van wmo_meldingen heeft het type string"),
        ],
    ),
    "codes that a column does not know": Case(
        [
            (I07, "telwijze = 'uniek_geregistreerd'", "telwijze = 'uniek'"),
            (I08, "('ja', 'nee')", "('ja', 'neen')"),
            (I28, "'overleden', 'verhuisd'", "'dood', 'verhuisd'"),
        ],
        [
            (I07, "= 'uniek'", "Code van telwijze `uniek` bestaat niet"),
            (I08, "'neen'", "Bedoelt u `nee`?"),
            (
                I28,
                "'dood'",
                "Code van uitkomst `dood` bestaat niet. Kies uit: aanvraag, algemene",
            ),
        ],
    ),
    "adding up without a column, and people over partners": Case(
        [
            (I31, "additive_over: [area]", "additive_over: [area, partner]"),
            (I09, "  counts: events", "  counts: persons"),
        ],
        [
            (I31, "additive_over:", "Optellen over `partner` kan niet zonder `partner_column`"),
            (I09, "additive_over:", "Mensen tellen niet op over partners"),
        ],
    ),
    "people over the classes of a breakdown": Case(
        [(I40, "  counts: events", "  counts: persons\n  distinct: verhaal_id")],
        [(I40, "additive_over:", "Mensen tellen niet op over klassen: wie er twee heeft")],
    ),
    "what an office protected adds up to nothing": Case(
        [(I28, "min_denominator: 20", "protected_at_source: true\nmin_denominator: 20")],
        [(I28, "additive_over:", "Een cijfer zoals het gegeven is, telt nergens over op")],
    ),
    "a share of something else": Case(
        [
            (
                I28,
                "  counts: events\n  where: in_time\ndenominator:",
                "  counts: persons\n  where: in_time\ndenominator:",
            )
        ],
        [(I28, "counts: persons", "Een aandeel van events kan geen persons tellen")],
    ),
    "a share of everything": Case(
        [
            (
                I29,
                "denominator:\n  counts: events",
                "denominator:\n  counts: events\n  where: in_time",
            ),
        ],
        [
            (I29, "numerator:", "Teller en noemer tellen hetzelfde"),
            (I29, "    numerator:", "Teller en noemer tellen hetzelfde"),
        ],
    ),
    "one count by quarters and by four quarters": Case(
        [
            (
                I09,
                "  sum_of: vrijwilligers",
                "  sum_of: unieke_deelnemers\n  where: telwijze = 'uniek_geregistreerd'",
            ),
            (I09, "district: quarter", "district: four_quarters"),
        ],
        [(I09, "district: four_quarters", "I07 telt hetzelfde, op dit niveau per `quarter`")],
    ),
    "a count published by nobody": Case(
        [(I09, "unit:", "published_as: I99\nunit:")],
        [(I09, "published_as:", "Indicator `I99` bestaat niet")],
    ),
    "a count published by ourselves": Case(
        [(I09, "unit:", "published_as: I07\nunit:")],
        [(I09, "published_as:", "I07 is geen cijfer dat een statistiekbureau al afschermde")],
    ),
    "a published constant from nowhere": Case(
        [(I07, "  delivery: gebied_kerncijfers\n  sum_of: inwoners", "  sum_of: contacten")],
        [(I07, "counts: public", "Een openbaar getal heeft een bron nodig")],
    ),
    "levels that cannot be told": Case(
        [(I32, "  district: year", "  partner: year"), (I29, "  municipality: quarter", "  {}")],
        [
            (I32, "partner: year", "Niveau `partner` kan niet zonder `partner_column`"),
            (I29, "levels:", "`levels` is leeg"),
        ],
    ),
    "a rate of nothing, on a day and in a period": Case(
        [
            (I09, "denominator:\n  counts: public\n", "variants: {}\n#"),
            (I09, "  delivery: gebied_kerncijfers\n  sum_of: inwoners\n", ""),
            (I09, "period_column:", "date: due\nperiod_column:"),
        ],
        [
            (I09, "way:", "Bij `way: rate` hoort een noemer"),
            (I09, "date:", "`date: due` vraagt een termijn"),
            (I09, "period_column:", "Kies `date` of `period_column`"),
        ],
    ),
    "a wait without whole weeks, and with classes": Case(
        [(I30, "days: 56", "days: 50"), (I30, "date: datum", "breakdown: uitkomst\ndate: datum")],
        [
            (I30, "way: wait", "Bij `way: wait` hoort een norm in hele weken"),
            (I30, "way: wait", "Bij `way: wait` tellen wij niet per klasse of per persoon"),
        ],
    ),
    "a median of nothing, and a distribution over nothing": Case(
        [(I40, "way: count", "way: median"), (I09, "way: rate", "way: distribution")],
        [
            (I40, "way:", "Bij `way: median` hoort een kolom met getallen"),
            (I40, "way:", "Bij `way: median` tellen wij niet per klasse of per persoon"),
            (I09, "way:", "Bij `way: distribution` hoort een kolom met klassen"),
        ],
    ),
    "an order of classes where there is no distribution": Case(
        [(I31, "unit:", "scale: [eens, oneens]\nunit:")],
        [(I31, "scale:", "Bij `way: share` hoort geen `scale`")],
    ),
    "partners and their goals": Case(
        [
            (
                "partners/initiatief.yaml",
                "goals:\n  meedoen: draagt bij\n  zich_redden: signaleert\n  licht: draagt bij\n",
                "goals: {}\n",
            ),
            ("partners/vluchtelingenwerk.yaml", "  snelle_hulp: sig", "  snele_hulp: sig"),
        ],
        [
            ("partners/initiatief.yaml", "goals:", "Deze partner hoort bij geen enkel doel"),
            ("partners/vluchtelingenwerk.yaml", "  snele_hulp:", "Bedoelt u `snelle_hulp`?"),
            ("efforts.yaml", "meedoen: {", "Hier werkt De Lange Tafel aan `meedoen`, en bij die"),
            ("efforts.yaml", "zich_redden: {", "Hier werkt De Lange Tafel aan `zich_redden`"),
            ("efforts.yaml", "licht: {", "Hier werkt De Lange Tafel aan `licht`, en bij die"),
        ],
    ),
    "two partners that would read each other's answers": Case(
        [("partners/welzijn.yaml", "kwaliteit@debrug", "Cijfers@bibliotheek")],
        [("partners/welzijn.yaml", "email:", "Dit adres is ook dat van `bibliotheek`")],
    ),
    "periods that cannot be": Case(
        [
            (I28, 'period: "2024"', "period: 2024K1/2025K1"),
            (
                "partners/gemeente.yaml",
                "{contract: wmo_meldingen, since: 2024K4}",
                "{contract: wmo_meldingen, since: 2024K4, until: 2024K1}",
            ),
            ("partners/cbs.yaml", 'buurt, since: "2024"}', 'buurt, since: "2024", until: 2026K1}'),
            ("partners/cbs.yaml", 'indeling, since: "2024"', "indeling, since: 2024K1/2024K4"),
        ],
        [
            (I28, "period:", "`2024K1/2025K1` is geen rij van vier kwartalen"),
            ("partners/gemeente.yaml", "wmo", "stopt (2024K1) voordat zij begint (2024K4)"),
            ("partners/cbs.yaml", "contract: pc6", "zijn van een andere soort"),
            ("partners/cbs.yaml", "indeling", "Een levering gaat over een kwartaal of een jaar"),
        ],
    ),
    "a resultaatblad over its budget": Case(
        [(TEAM, "    motivation: >-", "    explanation: >-"), (TEAM, EXPLAINED, "")],
        [(TEAM, "[I28", "Dit resultaatblad heeft 4 indicatoren, 3 is het meeste")],
    ),
    "a resultaatblad with only output, and a pair torn apart": Case(
        [(LIBRARY, "[I07, I08]", "[I07, I09]")],
        [
            (LIBRARY, "[I07", "Dit resultaatblad telt alleen wat er is gedaan"),
            (LIBRARY, "[I07", "I07 mag niet zonder I08 op een plaat"),
            (LIBRARY, "evidence:", "Dit blad belooft beleving, en geen van zijn indicatoren"),
            (LIBRARY, "I08:", "Dit blad belooft iets over I08, en I08 staat er niet op"),
        ],
    ),
    "a resultaatblad without indicators": Case(
        [(LIBRARY, "[I07, I08]", "[]")],
        [
            (LIBRARY, "indicators:", "heeft geen enkele indicator"),
            (LIBRARY, "I08:", "Dit blad belooft iets over I08, en I08 staat er niet op"),
        ],
    ),
    "a partner over its budget": Case(
        [("agreement.yaml", "  partner: 10", "  partner: 6")],
        [(TEAM, "result_sheets:", "Van deze partner vraagt u 7 indicatoren, 6 is het meeste")],
    ),
    "a wijk sheet over its budget": Case(
        [("agreement.yaml", "  district: 12", "  district: 4")],
        [
            (
                "agreement.yaml",
                "  district: [",
                "indicatoren, 4 is het meeste. Kies de beste bij `figures`",
            )
        ],
    ),
    "the figures of a wijk": Case(
        [
            (
                "agreement.yaml",
                "  district: [I36, I37, I01, I07, I08,",
                "  district: [I36, I37, I63, I07, I07, I39,",
            ),
            (
                "agreement.yaml",
                "I28, I30, I31]",
                "I28, I30]",
            ),
        ],
        [
            ("agreement.yaml", "  district: [", "Indicator `I63` bestaat niet"),
            ("agreement.yaml", "  district: [", "I07 staat er al. Haal een van beide weg."),
            ("agreement.yaml", "  district: [", "I07 mag niet zonder I08 op een plaat"),
            ("agreement.yaml", "  district: [", "I07 mag niet zonder I08 op een plaat"),
            ("agreement.yaml", "  district: [", "I28 mag niet zonder I31 op een plaat"),
            ("agreement.yaml", "  district: [", "I30 mag niet zonder I31 op een plaat"),
        ],
    ),
    "a figure of a wijk that is only there for partners": Case(
        [
            ("indicators/I13.yaml", "  municipality: four_quarters\n", ""),
            ("agreement.yaml", "  district: [I36,", "  district: [I13, I36,"),
            ("agreement.yaml", "  district: 12", "  district: 13"),
        ],
        [
            (
                "agreement.yaml",
                "  district: [",
                "I13 is er niet voor een wijk en niet voor de gemeente",
            )
        ],
    ),
    "the words, the goal and the indicators of a resultaatblad": Case(
        [
            (DE_BRUG, "aim: We willen dat meer inwoners meedoen", "aim: Wij organiseren veel"),
            (TEAM, "  - goal: zich_redden", "  - goal: eigen_kring"),
            (DE_BRUG, "[I07, I08, I09]", "[I07, I08, I32]"),
            (DE_BRUG, "[I40]", "[I41]"),
        ],
        [
            (DE_BRUG, "aim: Wij", "zegt niet wat er meer of minder moet worden"),
            (TEAM, "goal: eigen", "`eigen_kring` is geen doel maar een result"),
            (TEAM, "I05,", "I05 hoort bij doel `zich_redden`, dit blad bij `eigen_kring`"),
            (TEAM, "I05,", "I02 hoort bij doel `zich_redden`, dit blad bij `eigen_kring`"),
            (TEAM, "result_sheet:", "Resultaatblad `zich_redden` bestaat niet. Kies uit: eigen_k"),
            (DE_BRUG, "I32]", "I32 hoort bij doel `snelle_hulp`, dit blad bij `meedoen`"),
            (DE_BRUG, "[I41]", "Indicator `I41` bestaat niet. Bedoelt u `I40`?"),
        ],
    ),
    "agreements with nobody, twice, and back in time": Case(
        [
            (DE_BRUG, "partner: welzijn", "partner: welzjin"),
            (TEAM, "end: 2028-12-31", "end: 2020-12-31"),
            ("agreements/vluchtelingenwerk.yaml", "partner: vl", "partner: bibliotheek\n# vl"),
        ],
        [
            (DE_BRUG, "partner:", "Partner `welzjin` bestaat niet. Bedoelt u `welzijn`?"),
            (TEAM, "end:", "eindigt (2020-12-31) voordat zij begint (2025-01-01)"),
            (TEAM, "- {year: 2028, value: 0.72}", "2028 valt buiten deze overeenkomst."),
            ("agreements/vluchtelingenwerk.yaml", "begin:", "geldt in dezelfde tijd ook `bibl"),
        ],
    ),
    "the rainbow and its mapping": Case(
        [
            (
                "rainbow.yaml",
                "  - id: 0\n",
                "  - {id: 0, name: Thuis, description: Thuis.}\n  - id: 0\n",
            ),
            ("rainbow.yaml", "value: netwerk, arc: 0", "value: netwerken, arc: 1"),
            ("rainbow.yaml", "value: eigen_kracht, arc: 0", "value: eigen_kracht, arc: 9"),
            ("rainbow.yaml", "value: W02,", "value: W01,"),
            ("rainbow.yaml", "column: activiteit_id, value: B01", "column: id, value: B01"),
            (
                "rainbow.yaml",
                "{contract: wmo_meldingen, column: uitkomst, value: aanvraag",
                "{contract: wmo, column: uitkomst, value: aanvraag",
            ),
        ],
        [
            ("rainbow.yaml", "- id: 0\n", "Boog 0 staat er twee keer"),
            ("rainbow.yaml", "value: netwerken", "Bedoelt u `netwerk`?"),
            ("rainbow.yaml", "arc: 9", "Boog `9` bestaat niet"),
            ("rainbow.yaml", "value: W01, arc: 2, since: 2024-10-01}\n  # Bu", "al een boog"),
            ("rainbow.yaml", "column: id", "Kolom van partner_activiteiten `id` bestaat niet"),
            ("rainbow.yaml", "contract: wmo,", "Levering `wmo` bestaat niet"),
        ],
    ),
    "areas of another municipality": Case(
        [
            (I28, "area: WK990103", "area: WK171203"),
            ("areas.yaml", "Centrum: WK990101", "Centrum: WK171201"),
            ("areas.yaml", "[WK990103, WK990104]", "[WK990103, WK171204]"),
            ("questions.yaml", "WK990105:", "WK171205:"),
            (TALK, "area: WK990103", "area: WK171203"),
            ("partners/initiatief.yaml", "[WK990101]", "[WK171201]"),
        ],
        [
            (
                I28,
                "WK1712",
                "WK171203 ligt niet in Voorbeeldstad. Kies een code die bij GM9901 hoort.",
            ),
            ("areas.yaml", "Centrum: WK1712", "WK171201 ligt niet in Voorbeeldstad"),
            ("areas.yaml", "WK171204", "WK171204 ligt niet in Voorbeeldstad"),
            ("questions.yaml", "WK1712", "WK171205 ligt niet in Voorbeeldstad"),
            (TALK, "WK1712", "WK171203 ligt niet in Voorbeeldstad"),
            ("partners/initiatief.yaml", "WK1712", "WK171201 ligt niet in Voorbeeldstad"),
        ],
    ),
    "groupings that count an area twice": Case(
        [
            ("areas.yaml", "[WK990103, WK990104]", "[WK990103, BU99010702, WK990103]"),
            ("areas.yaml", "[WK990105, WK990106, WK990108]", "[GM9901, WK990105]"),
            ("areas.yaml", "  team_oost:", "  BU99010501:"),
        ],
        [
            (
                "areas.yaml",
                "[WK990103, BU99010702",
                "BU99010702 telt twee keer mee, want WK990107 staat ook in de soort `gebied`. "
                "Haal een van beide weg, of geef deze indeling een andere `kind`.",
            ),
            (
                "areas.yaml",
                "[WK990103, BU99010702",
                "WK990103 telt twee keer mee, want WK990103 staat ook in de soort `gebied`.",
            ),
            ("areas.yaml", "BU99010501:", "`BU99010501` is de code van een gebied. Kies een naam"),
            ("areas.yaml", "[GM9901", "GM9901 is de hele gemeente. Noem wijken of buurten."),
        ],
    ),
    "the same area in groupings of another kind": Case(
        [("areas.yaml", "[WK990103, WK990104]", "[WK990101, WK990104]\n    kind: kern")], []
    ),
    "figures of groupings that cannot be": Case(
        [
            (I29, "  municipality: quarter", "  grouping: quarter"),
            (I29, "area_column: pc6\n", "protected_at_source: true\n"),
        ],
        [
            (I29, "grouping:", "Niveau `grouping` kan niet zonder `area_column`"),
            (I29, "grouping:", "Een cijfer dat zijn bron al beschermt, telt niet op. Haal dit"),
        ],
    ),
    "a grouping of which there is none": Case(
        [
            (I29, "  municipality: quarter", "  grouping: quarter"),
            ("areas.yaml", GROUPINGS, ""),
        ],
        [
            (
                I29,
                "grouping:",
                "Er zijn geen eigen indelingen van wijken of buurten. "
                "Beschrijf ze in areas.yaml onder `groupings`.",
            )
        ],
    ),
    "a municipality that is a wijk": Case(
        [("agreement.yaml", "code: GM9901", "code: WK990101")],
        [("agreement.yaml", "code:", "`WK990101` is geen code van een gemeente")],
    ),
    "the frame of the agreement": Case(
        [
            ("agreement.yaml", "end: 2028-12-31", "end: 2024-12-31"),
            ("agreement.yaml", "  index: [", "  # index: ["),
        ],
        [
            ("agreement.yaml", "end:", "eindigt (2024-12-31) voordat zij begint (2025-01-01)"),
            ("agreement.yaml", "blocks:", "Voor de plaat `index` zijn geen blokken gekozen"),
        ],
    ),
    "what was said and what is asked": Case(
        [
            (TALK, "partner: sociaal_team", "partner: sociaalteam"),
            (TALK, "done:", "# done:"),
            ("questions.yaml", "  welzijn:\n", "  welzin:\n    - Een?\n    - Twee?\n    - Drie?\n"),
        ],
        [
            (TALK, "partner:", "Bedoelt u `sociaal_team`?"),
            (TALK, "status:", "Deze afspraak is gedaan, maar er staat niet wat ervan kwam"),
            ("questions.yaml", "welzin", "Partner `welzin` bestaat niet. Bedoelt u `welzijn`?"),
            ("questions.yaml", "welzin", "Op een plaat passen 3 vragen, hier staan er 4"),
        ],
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy(tmp_path)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_contradiction_is_named_where_it_stands_and_nothing_else_is(
    folder: Path, case: Case
) -> None:
    put(folder, case.changes)

    assert left_over(folder, case, contradictions(folder)) == []


def test_contradictions_of_many_files_come_at_once_in_order_of_file_and_line(folder: Path) -> None:
    chosen = [
        "a doelstelling that names an activity",
        "a share written as a percentage",
        "columns that do not exist",
        "codes that a column does not know",
        "an arc that the rainbow does not have",
        "a resultaatblad over its budget",
        "a delivery that nobody owes",
        "areas of another municipality",
        "what was said and what is asked",
        "company that does not exist",
        "a municipality that is a wijk",
    ]
    for name in chosen:
        put(folder, CASES[name].changes)

    found = contradictions(folder)

    assert len(found) == sum(len(CASES[name].faults) for name in chosen)
    files = [fault.split(":")[0] for fault in found]
    assert files == sorted(files)


def test_without_lines_a_contradiction_still_names_its_file(folder: Path) -> None:
    put(folder, CASES["a share written as a percentage"].changes)

    assert [f.split(": ")[0] for f in sense.faults(load(folder), standard())] == [I08, I28]
