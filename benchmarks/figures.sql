-- The figures of I07, I09, I28 and I29 by hand, over the accepted rows of a store: what `observe`
-- works out from the agreement. Parameters: $known_at, $reference (an open case is judged on it),
-- $first and $last (index of the quarters: 4 * year + 0 to 3), $area_year, $levels (indicator,
-- level, four_quarters).
CREATE OR REPLACE TABLE figures AS
WITH counting AS MATERIALIZED (
    SELECT id, partner, period FROM accepted.deliveries_that_count($known_at)
),
-- Of one melding the row of the latest period counts.
meldingen AS MATERIALIZED (
    SELECT
        r.pc6, r.uitkomst, r.besluit, r.datum_onderzoek_klaar, r.datum_aanvraag, r.datum_besluit,
        r.datum_melding + 42 AS gross,
        r.datum_melding + 42
            + CASE WHEN r.opschorting_akkoord THEN r.opschorting_dagen::INTEGER ELSE 0 END AS net,
        r.datum_aanvraag + 14 AS plain,
        coalesce(r.verlengd_tot, r.datum_aanvraag + 14) AS extended
    FROM accepted.wmo_meldingen AS r
    WHERE r.rowid IN (
        SELECT arg_max(r.rowid, d.period)
        FROM accepted.wmo_meldingen AS r JOIN counting AS d ON r._delivery = d.id
        GROUP BY d.partner, r.melding_id
    )
),
cases AS (
    SELECT 'I28' AS indicator, '' AS breakdown, pc6, net AS due, CASE WHEN datum_onderzoek_klaar IS NOT NULL THEN datum_onderzoek_klaar <= net ELSE net > $reference AND NULL END AS in_time FROM meldingen WHERE uitkomst NOT IN ('ingetrokken', 'overleden', 'verhuisd')
UNION ALL
    SELECT 'I28' AS indicator, 'bruto' AS breakdown, pc6, gross AS due, CASE WHEN datum_onderzoek_klaar IS NOT NULL THEN datum_onderzoek_klaar <= gross ELSE gross > $reference AND NULL END AS in_time FROM meldingen WHERE uitkomst NOT IN ('ingetrokken', 'overleden', 'verhuisd')
UNION ALL
    SELECT 'I29' AS indicator, '' AS breakdown, pc6, extended AS due, CASE WHEN datum_besluit IS NOT NULL THEN datum_besluit <= extended ELSE extended > $reference AND NULL END AS in_time FROM meldingen WHERE datum_aanvraag IS NOT NULL AND (besluit IS NULL OR besluit <> 'ingetrokken')
UNION ALL
    SELECT 'I29' AS indicator, 'zonder_verlenging' AS breakdown, pc6, plain AS due, CASE WHEN datum_besluit IS NOT NULL THEN datum_besluit <= plain ELSE plain > $reference AND NULL END AS in_time FROM meldingen WHERE datum_aanvraag IS NOT NULL AND (besluit IS NULL OR besluit <> 'ingetrokken')
),
shares AS (
    SELECT
        indicator, breakdown, pc6 AS place, year(due) * 4 + quarter(due) - 1 AS quarter,
        count(*) FILTER (WHERE in_time) AS x, count(*) AS n
    FROM cases GROUP BY ALL
),
activities AS (
    SELECT
        left(r.periode, 4)::INTEGER * 4 + right(r.periode, 1)::INTEGER - 1 AS quarter,
        r.gebied_code AS place, r.partner_id AS partner,
        sum(r.unieke_deelnemers) FILTER (WHERE r.telwijze = 'uniek_geregistreerd') AS people,
        sum(r.contacten) FILTER (WHERE r.telwijze <> 'uniek_geregistreerd') AS contacts,
        sum(r.vrijwilligers) AS volunteers
    FROM accepted.partner_activiteiten AS r JOIN counting AS d ON r._delivery = d.id
    GROUP BY ALL
),
counts AS (
    SELECT quarter, place, partner, unnest([
        {'indicator': 'I07', 'breakdown': '', 'x': people},
        {'indicator': 'I07', 'breakdown': 'contacten', 'x': contacts},
        {'indicator': 'I09', 'breakdown': '', 'x': volunteers}
    ], recursive := true)
    FROM activities
),
-- A postcode lies in the buurt with the largest part of it.
areas AS (
    SELECT code, ouder FROM accepted.gebied_indeling JOIN counting ON _delivery = id
    WHERE jaar = $area_year
),
places AS (
    SELECT code AS place, code AS buurt, ouder AS wijk FROM areas WHERE starts_with(code, 'BU')
    UNION ALL
    SELECT code, 'onbekend_' || code, code FROM areas WHERE starts_with(code, 'WK')
    UNION ALL
    SELECT p.pc6, p.buurt_code, a.ouder
    FROM (
        SELECT pc6, buurt_code FROM accepted.pc6_buurt JOIN counting ON _delivery = id
        WHERE jaar = $area_year
        QUALIFY row_number() OVER (PARTITION BY pc6 ORDER BY aandeel DESC, buurt_code) = 1
    ) AS p JOIN areas AS a ON a.code = p.buurt_code
),
quarters AS (
    SELECT q AS last, q AS first, q // 4 || 'K' || (q % 4 + 1) AS period
    FROM range($first, $last + 1) AS t (q)
),
four AS (
    SELECT q AS last, q - 3 AS first,
        (q - 3) // 4 || 'K' || ((q - 3) % 4 + 1) || '/' || q // 4 || 'K' || (q % 4 + 1) AS period
    FROM range($first + 3, $last + 1) AS t (q)
),
levels AS (SELECT unnest($levels, recursive := true)),
cells AS (
    SELECT indicator, breakdown, quarter, place, '' AS partner, x, n FROM shares
    UNION ALL
    SELECT indicator, breakdown, quarter, place, partner, x, NULL FROM counts
),
spans AS (
    SELECT false AS four_quarters, * FROM quarters UNION ALL SELECT true, * FROM four
),
added AS (
    SELECT
        c.indicator, c.breakdown, s.period, s.last // 4 AS year,
        CASE l.level WHEN 'district' THEN coalesce(p.wijk, 'onbekend')
            WHEN 'neighbourhood' THEN coalesce(p.buurt, 'onbekend') ELSE 'GM9901' END AS area,
        CASE l.level WHEN 'partner' THEN c.partner ELSE '' END AS partner,
        sum(c.x)::DOUBLE AS x, sum(c.n)::DOUBLE AS counted
    FROM cells AS c
    JOIN levels AS l USING (indicator)
    JOIN spans AS s ON s.four_quarters = l.four_quarters AND c.quarter BETWEEN s.first AND s.last
    LEFT JOIN places AS p USING (place)
    GROUP BY ALL
),
inhabitants AS (
    SELECT code AS area, jaar AS year, sum(inwoners)::DOUBLE AS people
    FROM accepted.gebied_kerncijfers JOIN counting ON _delivery = id GROUP BY ALL
),
figures AS (
    SELECT a.*, coalesce(a.counted, i.people) AS n
    FROM added AS a ASOF LEFT JOIN inhabitants AS i ON a.area = i.area AND a.year >= i.year
)
SELECT
    indicator, breakdown, period, area, partner, x AS numerator, n AS denominator,
    CASE WHEN counted IS NULL THEN x / n * 1000 ELSE x / n END AS value,
    -- Wilson for a share, Byar for a rate; below ten events ours has exact limits, SQL has none.
    CASE WHEN counted IS NOT NULL
        THEN 2 * x ** 2 / (n * (2 * x + z ** 2 + z * sqrt(z ** 2 + 4 * x * (1 - x / n))))
        WHEN x >= 10 THEN x * (1 - 1 / (9 * x) - z / (3 * sqrt(x))) ** 3 / n * 1000 END AS lower,
    CASE WHEN counted IS NOT NULL AND x = n THEN 1
        WHEN counted IS NOT NULL
        THEN (2 * x + z ** 2 + z * sqrt(z ** 2 + 4 * x * (1 - x / n))) / (2 * (n + z ** 2))
        WHEN x >= 10
        THEN (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * sqrt(x + 1))) ** 3 / n * 1000 END AS upper
FROM figures, (SELECT 1.959963984540054 AS z)
