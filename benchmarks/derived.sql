-- What the indicators count that no single row says, by hand: the derived tables of praatplaat.
-- Comes in: a table per contract with the rows that count, `_partner` and `_period`; `arcs` and
-- `levels` of the agreement; and the variables `reference` (open cases are judged on it), `q0` and
-- `q1` (the first and the last quarter: 4 * year + 0 to 3) and `area_year`.

-- Every quarter that is looked at: a flow between two years begins seven before the first.
CREATE TEMP TABLE asked AS
SELECT q, make_date(q // 4, q % 4 * 3 + 1, 1) AS first_day,
    last_day(make_date(q // 4, q % 4 * 3 + 3, 1)) AS last_day
FROM range(getvariable('q0') - 7, getvariable('q1') + 1) AS t (q);

CREATE TEMP TABLE spans AS
WITH ends AS (FROM range(getvariable('q0'), getvariable('q1') + 1) AS t (q))
SELECT 'quarter' AS grain, q AS first, q AS last, q // 4 || 'K' || (q % 4 + 1) AS period FROM ends
UNION ALL
SELECT 'four_quarters', q - 3, q,
    (q - 3) // 4 || 'K' || ((q - 3) % 4 + 1) || '/' || q // 4 || 'K' || (q % 4 + 1) FROM ends
UNION ALL
SELECT DISTINCT 'year', q - q % 4, q - q % 4 + 3, (q // 4)::VARCHAR FROM ends;

-- A postcode lies in the buurt with the largest part of it.
CREATE TEMP TABLE areas AS
SELECT code, ouder FROM gebied_indeling WHERE jaar = getvariable('area_year');

CREATE TEMP TABLE places AS
SELECT code AS place, code AS buurt, ouder AS wijk FROM areas WHERE starts_with(code, 'BU')
UNION ALL
SELECT code, 'onbekend_' || code, code FROM areas WHERE starts_with(code, 'WK')
UNION ALL
SELECT pc6, buurt_code, ouder FROM (
    FROM pc6_buurt WHERE jaar = getvariable('area_year')
    QUALIFY row_number() OVER (PARTITION BY pc6 ORDER BY aandeel DESC, buurt_code) = 1
) JOIN areas ON code = buurt_code;

-- Episodes: records of one key of which each begins before, or soon after, the latest end so far.
-- End, order and slack of a record in one number, of which the largest so far is wanted.
CREATE TEMP MACRO packed(einde, place, slack) AS
    ((coalesce(einde - DATE '1970-01-01', 262144)::BIGINT << 26) + place) * 64 + slack;
CREATE TEMP MACRO opens(begin, latest) AS
    latest IS NULL OR begin - DATE '1970-01-01' > (latest >> 32) + (latest & 63);
CREATE TEMP MACRO about(named, leefgebied) AS
    list_contains(string_split(replace(named, ' ', ''), ','), leefgebied);
CREATE TEMP MACRO quarter_of(day) AS year(day) * 4 + quarter(day) - 1;
CREATE TEMP MACRO period_id(q) AS (q // 4) || 'K' || (q % 4 + 1);

-- Who gave only the four digits of a postcode lives in the wijk of all postcodes with these.
CREATE TEMP TABLE teams AS
SELECT t.* REPLACE (coalesce(gebied_code, wijk) AS gebied_code)
FROM sociaal_team_trajecten AS t LEFT JOIN (
    SELECT left(place, 4) AS pc4, any_value(wijk) AS wijk FROM places
    WHERE regexp_full_match(place, '[0-9]{4}[A-Z]{2}')
    GROUP BY ALL HAVING count(DISTINCT wijk) = 1
) USING (pc4);

CREATE TEMP VIEW team_afgerond AS
SELECT *, _partner AS partner, CASE WHEN zrm_eind_datum - zrm_begin_datum >= 30 THEN list_sum([
    CASE WHEN about(leefgebieden, 'wonen') THEN zrm_eind_huisvesting - zrm_begin_huisvesting END,
    CASE WHEN about(leefgebieden, 'huishouden') OR about(leefgebieden, 'zelfzorg')
        THEN zrm_eind_basale_adl - zrm_begin_basale_adl END,
    CASE WHEN about(leefgebieden, 'huishouden') THEN zrm_eind_instrumentele_adl - zrm_begin_instrumentele_adl END,
    CASE WHEN about(leefgebieden, 'geld') THEN zrm_eind_financien - zrm_begin_financien END,
    CASE WHEN about(leefgebieden, 'werk_en_dag') THEN zrm_eind_werk_opleiding - zrm_begin_werk_opleiding END,
    CASE WHEN about(leefgebieden, 'werk_en_dag') THEN zrm_eind_tijdsbesteding - zrm_begin_tijdsbesteding END,
    CASE WHEN about(leefgebieden, 'gezondheid')
        THEN zrm_eind_geestelijke_gezondheid - zrm_begin_geestelijke_gezondheid END,
    CASE WHEN about(leefgebieden, 'gezondheid')
        THEN zrm_eind_lichamelijke_gezondheid - zrm_begin_lichamelijke_gezondheid END,
    CASE WHEN about(leefgebieden, 'gezondheid') THEN zrm_eind_middelengebruik - zrm_begin_middelengebruik END,
    CASE WHEN about(leefgebieden, 'sociaal_netwerk') OR about(leefgebieden, 'mantelzorg')
        THEN zrm_eind_sociaal_netwerk - zrm_begin_sociaal_netwerk END,
    CASE WHEN about(leefgebieden, 'sociaal_netwerk') OR about(leefgebieden, 'vervoer')
        THEN zrm_eind_participatie - zrm_begin_participatie END,
    CASE WHEN about(leefgebieden, 'opvoeden')
        THEN zrm_eind_huiselijke_relaties - zrm_begin_huiselijke_relaties END
]) END AS zrm_verandering
FROM teams WHERE datum_eind <= getvariable('reference');

-- Wmo -------------------------------------------------------------------------------------------
CREATE TEMP VIEW given AS
FROM wmo_toewijzingen
WHERE status_aanlevering IS DISTINCT FROM '3' AND reden_wijziging IS DISTINCT FROM '13'
    AND einddatum IS DISTINCT FROM ingangsdatum;

CREATE TEMP TABLE assignments AS
SELECT *,
    CASE WHEN reden_wijziging IN ('03', '04', '08', '09', '10', '11', '14')
        OR reden_beeindiging IN ('20', '37', '38') THEN 30 ELSE 1 END AS slack,
    row_number() OVER (ORDER BY ingangsdatum, toewijzing_nr, aanbieder_agb) AS place,
    coalesce(startdatum_werkelijk, ingangsdatum) AS begin,
    coalesce(CASE WHEN reden_beeindiging IS DISTINCT FROM '20' THEN stopdatum_werkelijk END,
        einddatum) AS einde
FROM given
WHERE coalesce(startdatum_werkelijk, ingangsdatum) <= getvariable('reference')
    AND coalesce(coalesce(CASE WHEN reden_beeindiging IS DISTINCT FROM '20'
        THEN stopdatum_werkelijk END, einddatum)
        >= coalesce(startdatum_werkelijk, ingangsdatum), true);

CREATE TEMP TABLE wmo_perioden AS
WITH before AS (
    SELECT *, packed(einde, place, slack) AS own, max(packed(einde, place, slack)) OVER (
        PARTITION BY client_pseudo, productcategorie ORDER BY begin, place
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest
    FROM assignments
),
chains AS (
    SELECT *, count(*) FILTER (WHERE opens(begin, latest)) OVER (
        PARTITION BY client_pseudo, productcategorie ORDER BY begin, place) AS chain
    FROM before
)
SELECT client_pseudo, productcategorie, min(begin) AS begin, arg_max_null(einde, own) AS einde,
    arg_max_null(pc6, own) AS pc6
FROM chains GROUP BY client_pseudo, productcategorie, chain;

CREATE TEMP TABLE dubbele_hulp AS
WITH before AS (
    SELECT *, packed(einde, place, 1) AS own, max(packed(einde, place, 1)) OVER (
        PARTITION BY client_pseudo, productcategorie, aanbieder_agb ORDER BY begin, place
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest
    FROM assignments
),
chains AS (
    SELECT *, count(*) FILTER (WHERE opens(begin, latest)) OVER (
        PARTITION BY client_pseudo, productcategorie, aanbieder_agb ORDER BY begin, place) AS chain
    FROM before
),
per_provider AS (
    SELECT client_pseudo, productcategorie, aanbieder_agb, min(begin) AS begin,
        arg_max_null(einde, own) AS einde
    FROM chains GROUP BY client_pseudo, productcategorie, aanbieder_agb, chain
),
together AS (
    SELECT client_pseudo, productcategorie, greatest(a.begin, b.begin) + 13 AS begin,
        least(a.einde, b.einde) AS einde
    FROM per_provider AS a JOIN per_provider AS b USING (client_pseudo, productcategorie)
    WHERE a.aanbieder_agb < b.aanbieder_agb
)
SELECT client_pseudo, productcategorie, q AS quarter, max(least(einde, last_day)) AS dag
FROM together JOIN asked ON begin <= last_day AND coalesce(einde >= first_day, true)
WHERE begin <= getvariable('reference') AND coalesce(einde >= begin, true)
GROUP BY ALL;

CREATE TEMP VIEW vragen_afgesloten AS
WITH closed AS (
    SELECT client_pseudo, uitkomst, 'melding' AS bron, pc6 AS plaats, datum_onderzoek_klaar AS dag
    FROM wmo_meldingen
    UNION ALL
    SELECT client_pseudo, uitkomst, 'team', gebied_code, datum_eind FROM teams
),
asked_once AS (
    FROM closed
    WHERE uitkomst NOT IN ('open', 'ingetrokken', 'overleden', 'verhuisd')
        AND client_pseudo IS NOT NULL AND dag + 365 <= getvariable('reference')
),
again AS (SELECT client_pseudo AS person, datum_melding FROM wmo_meldingen)
SELECT bron, plaats, dag + 365 AS jaar_later,
    uitkomst IN ('eigen_kracht', 'opgelost', 'netwerk', 'algemene_voorziening') AS zonder_maatwerk,
    coalesce(datum_melding <= dag + 365, false) AS opnieuw_gemeld
FROM asked_once ASOF LEFT JOIN again
    ON client_pseudo = person AND dag + 1 <= datum_melding;

-- Jeugd -----------------------------------------------------------------------------------------
CREATE TEMP TABLE told AS
SELECT *, coalesce(reden_eind, CASE reden_beeindiging WHEN '31' THEN '01' WHEN '34' THEN '02'
    WHEN '32' THEN '03' WHEN '33' THEN '04' WHEN '35' THEN '05' WHEN '02' THEN '05' END) AS reden
FROM jeugd_trajecten WHERE datum_start IS NOT NULL
QUALIFY _period = max(_period) OVER (
    PARTITION BY client_pseudo, aanbieder_agb, hulpvorm, datum_start);

CREATE TEMP VIEW jeugd_antwoorden AS
FROM told WHERE informant IS NOT NULL AND datum_eind IS NOT NULL;

CREATE TEMP TABLE started AS
WITH one AS (
    SELECT *, datum_start AS begin, datum_eind AS einde,
        row_number() OVER (ORDER BY datum_start) AS place
    FROM (FROM told QUALIFY row_number() OVER (
        PARTITION BY client_pseudo, aanbieder_agb, hulpvorm, datum_start
        ORDER BY informant NULLS LAST) = 1)
),
before AS (
    SELECT *, packed(einde, place, 1) AS own, max(packed(einde, place, 1)) OVER (
        PARTITION BY client_pseudo, hulpvorm, aanbieder_agb ORDER BY begin, place
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest
    FROM one
),
chains AS (
    SELECT *, count(*) FILTER (WHERE opens(begin, latest)) OVER (
        PARTITION BY client_pseudo, hulpvorm, aanbieder_agb ORDER BY begin, place) AS chain
    FROM before
)
SELECT client_pseudo, hulpvorm, aanbieder_agb, min(begin) AS begin,
    arg_max_null(einde, own) AS einde, arg_max_null(pc6, own) AS pc6,
    arg_max_null(reden, own) AS reden, arg_max_null(reden_beeindiging, own) AS reden_beeindiging,
    arg_max_null(geboortejaar, own) AS geboortejaar
FROM chains GROUP BY client_pseudo, hulpvorm, aanbieder_agb, chain;

CREATE TEMP VIEW jeugd_trajectketens AS SELECT *, einde AS datum_eind FROM started;

CREATE TEMP TABLE jeugd_kwartalen AS
SELECT client_pseudo, pc6, least(einde, last_day) AS dag,
    coalesce(einde >= last_day, true) AS op_peildatum
FROM started JOIN asked ON begin <= last_day AND coalesce(einde >= first_day, true)
WHERE q >= getvariable('q0') - 3;

CREATE TEMP VIEW jeugd_starts AS
SELECT period_id(quarter_of(s.begin)) AS periode,
    coalesce(e.vorige >= s.begin - INTERVAL 5 YEAR, false) AS eerder_hulp
FROM started AS s ASOF LEFT JOIN (
    SELECT client_pseudo, einde AS vorige FROM started WHERE einde IS NOT NULL
) AS e ON s.client_pseudo = e.client_pseudo AND s.begin > e.vorige;

CREATE TEMP VIEW jeugd_na_hulp AS
WITH ranked AS (SELECT *, row_number() OVER (ORDER BY begin, hulpvorm, aanbieder_agb) AS place
    FROM started),
before AS (
    SELECT *, packed(einde, place, 1) AS own, max(packed(einde, place, 1)) OVER (
        PARTITION BY client_pseudo ORDER BY begin, place
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest
    FROM ranked
),
chains AS (
    SELECT *, count(*) FILTER (WHERE opens(begin, latest)) OVER (
        PARTITION BY client_pseudo ORDER BY begin, place) AS chain
    FROM before
),
spells AS (
    SELECT client_pseudo, min(begin) AS begin, arg_max_null(einde, own) AS einde,
        arg_max_null(geboortejaar, own) AS geboortejaar
    FROM chains GROUP BY client_pseudo, chain
),
ended AS (
    SELECT *, (einde + INTERVAL 1 YEAR)::DATE AS jaar_erna,
        lead(begin) OVER (PARTITION BY client_pseudo ORDER BY begin) AS volgende
    FROM spells
)
SELECT period_id(q - 3) || '/' || period_id(q) AS periode,
    coalesce(volgende <= jaar_erna, false) AS opnieuw
FROM ended JOIN asked ON q BETWEEN quarter_of(einde) + 4 AND quarter_of(einde) + 7
WHERE jaar_erna <= getvariable('reference') AND q // 4 - geboortejaar < 18
    AND q >= getvariable('q0')
QUALIFY row_number() OVER (PARTITION BY client_pseudo, q ORDER BY einde DESC) = 1;

-- Bijstand --------------------------------------------------------------------------------------
CREATE TEMP TABLE spells AS
WITH before AS (
    SELECT *, begindatum AS begin, einddatum AS einde,
        row_number() OVER (ORDER BY begindatum, dossier_id) AS place
    FROM pwet_uitkeringen
),
latest AS (
    SELECT *, packed(einde, place, 29) AS own, max(packed(einde, place, 29)) OVER (
        PARTITION BY client_pseudo ORDER BY begin, place
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS latest
    FROM before
),
chains AS (
    SELECT *, count(*) FILTER (WHERE opens(begin, latest)) OVER (
        PARTITION BY client_pseudo ORDER BY begin, place) AS chain
    FROM latest
)
SELECT client_pseudo, min(begin) AS begin, arg_max_null(einde, own) AS einde,
    arg_max_null(pc6, own) AS pc6, arg_max_null(reden_beeindiging, own) AS reden_beeindiging,
    arg_max_null(huishouden_pseudo, own) AS huishouden_pseudo
FROM chains GROUP BY client_pseudo, chain;

CREATE TEMP TABLE bijstand_kwartalen AS
SELECT huishouden_pseudo, pc6, least(einde, last_day) AS dag,
    coalesce(einde >= last_day, true) AS op_peildatum
FROM spells JOIN asked ON begin <= last_day AND coalesce(einde >= first_day, true)
WHERE q >= getvariable('q0') - 3;

CREATE TEMP TABLE to_work AS
WITH left_ AS (
    SELECT *, (einde + INTERVAL 1 MONTH)::DATE AS maand_erna,
        (einde + INTERVAL 12 MONTH)::DATE AS jaar_erna
    FROM (SELECT *, lead(begin) OVER (PARTITION BY client_pseudo ORDER BY begin) AS volgende
        FROM spells)
    WHERE reden_beeindiging IN ('werk_loondienst', 'zelfstandig') AND einde IS NOT NULL
)
SELECT l.*, s.einde IS NULL OR s.einde >= maand_erna AS weer
FROM left_ AS l ASOF LEFT JOIN spells AS s
    ON l.client_pseudo = s.client_pseudo AND l.maand_erna >= s.begin;

CREATE TEMP VIEW bijstand_uitstroom AS
SELECT period_id(q - 3) || '/' || period_id(q) AS periode, s.pc6,
    coalesce(w.einde <= last_day, false) AS naar_werk
FROM spells AS s
LEFT JOIN to_work AS w ON s.client_pseudo = w.client_pseudo AND s.begin = w.begin AND NOT w.weer
    AND w.maand_erna <= getvariable('reference')
JOIN asked ON q >= quarter_of(s.begin - 1) + 4
    AND coalesce(q <= quarter_of(s.einde) + 3, true)
WHERE q >= getvariable('q0');

CREATE TEMP VIEW bijstand_na_werk AS
SELECT period_id(q - 3) || '/' || period_id(q) AS periode, pc6,
    coalesce(volgende <= jaar_erna, false) AS weer_bijstand
FROM to_work JOIN asked ON q BETWEEN quarter_of(einde) + 4 AND quarter_of(einde) + 7
WHERE NOT weer AND jaar_erna <= getvariable('reference') AND q >= getvariable('q0')
QUALIFY row_number() OVER (PARTITION BY client_pseudo, q ORDER BY einde DESC) = 1;

-- Teams, debts, newcomers, money ----------------------------------------------------------------
CREATE TEMP VIEW schuld_meldingen AS
SELECT min(datum) AS datum, arg_max(pc6, (datum, signaal_id)) AS pc6,
    coalesce(bool_or(contact), false) AS contact,
    coalesce(bool_or(hulp_aanvaard), false) AS hulp_aanvaard
FROM schuldhulp_signalen WHERE brp_ok
GROUP BY client_pseudo, CASE WHEN client_pseudo IS NULL THEN signaal_id END,
    date_trunc('month', datum);

CREATE TEMP VIEW nieuwkomers_cohort AS
SELECT groep, uit_beeld, datum_18m, gemeten, gemeten AND wonen AS wonen, gemeten AND geld AS geld,
    gemeten AND regelen AS regelen, gemeten AND kennissen AS kennissen, gemeten AND ja AS zelf_ja,
    gemeten AND wonen AND geld AND regelen AND kennissen AND ja AS zelfstandig
FROM (
    SELECT groep, uit_beeld, (datum_huisvesting + INTERVAL 18 MONTH)::DATE AS datum_18m,
        coalesce(meting_18m_datum BETWEEN datum_huisvesting + INTERVAL 17 MONTH
            AND datum_huisvesting + INTERVAL 19 MONTH, false) AS gemeten,
        coalesce(wonen_zelfstandig >= 4, false) AS wonen,
        coalesce(geld_zelfstandig >= 4, false) AS geld,
        coalesce(regelen_zelfstandig >= 4, false) AS regelen,
        coalesce(contacten >= 4, false) AS kennissen,
        coalesce(eigen_oordeel = 'ja', false) AS ja
    FROM inburgering_trajecten
)
WHERE datum_18m <= getvariable('reference');

CREATE TEMP VIEW uitgaven AS
SELECT periode, boog, besteed - coalesce(lag(besteed IGNORE NULLS) OVER (
    PARTITION BY overeenkomst_id, resultaatblad_id, boog, left(periode, 4) ORDER BY periode), 0)
    AS besteed_erbij
FROM financien WHERE boog IS NOT NULL AND resultaatblad_id IS NOT NULL;

-- Arcs and households: help of three laws -------------------------------------------------------
CREATE TEMP TABLE helped AS
WITH help AS (
    SELECT 'wmo_toewijzingen' AS contract, productcategorie AS code, client_pseudo, begin, einde,
        pc6 AS plaats, false AS geleid FROM wmo_perioden
    UNION ALL
    SELECT 'jeugd_trajecten', hulpvorm, client_pseudo, begin, einde, pc6, false FROM started
    UNION ALL
    SELECT 'sociaal_team_trajecten', vorm, client_pseudo, datum_start, datum_eind, gebied_code,
        regisseur
    FROM teams WHERE client_pseudo IS NOT NULL AND datum_start IS NOT NULL
    UNION ALL
    SELECT 'pwet_uitkeringen', NULL, client_pseudo, begin, einde, pc6, false FROM spells
)
SELECT contract, code, client_pseudo, plaats, geleid, q, least(einde, last_day) AS dag,
    coalesce(einde >= last_day, true) AS op_peildatum
FROM help JOIN asked ON begin <= last_day AND coalesce(einde >= first_day, true);

CREATE TEMP TABLE in_arcs AS
SELECT h.client_pseudo, h.q, h.dag, h.plaats, arc AS boog
FROM helped AS h ASOF JOIN arcs AS a
    ON h.contract = a.contract AND h.code = a.code AND h.dag >= a.since;

CREATE TEMP VIEW hulp_per_boog AS
SELECT client_pseudo, dag, boog,
    last_value(plaats) OVER (PARTITION BY client_pseudo, q ORDER BY dag, plaats NULLS FIRST
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS plaats
FROM in_arcs WHERE q >= getvariable('q0') - 3;

CREATE TEMP VIEW boogstromen AS
WITH highest AS (SELECT client_pseudo, q, max(boog) AS boog FROM in_arcs GROUP BY ALL),
years AS (
    SELECT client_pseudo, a.q, max(boog) FILTER (WHERE h.q > a.q - 4) AS boog,
        max(boog) FILTER (WHERE h.q <= a.q - 4) AS eerder
    FROM highest AS h JOIN asked AS a ON h.q BETWEEN a.q - 7 AND a.q
    WHERE a.q >= getvariable('q0') GROUP BY ALL
)
SELECT period_id(q - 3) || '/' || period_id(q) AS periode, CASE WHEN eerder IS NULL THEN 'in'
    WHEN boog IS NULL THEN 'uit' WHEN boog < eerder THEN 'lichter' WHEN boog > eerder THEN 'zwaarder'
    ELSE 'gelijk' END AS stroom
FROM years;

CREATE TEMP VIEW contacten_per_boog AS
SELECT p.dag, p.contacten, p.plaats, coalesce(a.arc, p.boog) AS boog
FROM (
    SELECT contacten, gebied_code AS plaats, boog, activiteit_id, last_day AS dag
    FROM partner_activiteiten JOIN asked ON period_id(q) = periode
) AS p ASOF LEFT JOIN (FROM arcs WHERE contract = 'partner_activiteiten') AS a
    ON p.activiteit_id = a.code AND p.dag >= a.since;

CREATE TEMP VIEW huishoudens_met_wetten AS
WITH numbers AS (
    SELECT client_pseudo, max(huishouden_pseudo) AS huishouden_pseudo
    FROM (SELECT client_pseudo, huishouden_pseudo FROM wmo_toewijzingen
        UNION ALL SELECT client_pseudo, huishouden_pseudo FROM pwet_uitkeringen)
    GROUP BY ALL
),
households AS (
    SELECT coalesce(huishouden_pseudo, client_pseudo) AS huishouden_pseudo, q, max(dag) AS dag,
        max(plaats) AS pc6, bool_or(contract = 'wmo_toewijzingen') AS wmo,
        bool_or(contract = 'jeugd_trajecten') AS jeugd, bool_or(contract = 'pwet_uitkeringen') AS pwet
    FROM helped LEFT JOIN numbers USING (client_pseudo)
    WHERE op_peildatum AND contract <> 'sociaal_team_trajecten' AND q >= getvariable('q0') - 3
    GROUP BY ALL
)
SELECT huishouden_pseudo, dag, pc6, CASE WHEN wmo AND jeugd AND pwet THEN 'alle'
    WHEN NOT wmo THEN 'jeugd_pwet' WHEN NOT jeugd THEN 'wmo_pwet' ELSE 'wmo_jeugd' END AS wetten
FROM households WHERE wmo::INTEGER + jeugd::INTEGER + pwet::INTEGER > 1;

CREATE TEMP VIEW huishoudens_zonder_regie AS
WITH numbers AS (
    SELECT client_pseudo, max(huishouden_pseudo) AS huishouden_pseudo
    FROM (SELECT client_pseudo, huishouden_pseudo FROM wmo_toewijzingen
        UNION ALL SELECT client_pseudo, huishouden_pseudo FROM sociaal_team_trajecten)
    GROUP BY ALL
)
SELECT coalesce(huishouden_pseudo, client_pseudo) AS huishouden_pseudo, max(dag) AS dag
FROM helped LEFT JOIN numbers USING (client_pseudo)
WHERE op_peildatum AND contract <> 'pwet_uitkeringen' AND q >= getvariable('q0') - 3
GROUP BY coalesce(huishouden_pseudo, client_pseudo), q
HAVING count(*) >= 3 AND NOT coalesce(bool_or(geleid), false);
