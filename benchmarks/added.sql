-- What rows add (`facts`), over every period and place of the agreement. A person counts once in a
-- period, where they were seen last.
WITH asked_spans AS (
    SELECT DISTINCT indicator, grain, first, last, period FROM levels JOIN spans USING (grain)
),
spread AS (
    SELECT f.*, s.grain, s.period
    FROM facts AS f JOIN asked_spans AS s ON f.indicator = s.indicator
        AND CASE WHEN f.rolling THEN f.quarter = s.last ELSE f.quarter BETWEEN s.first AND s.last END
),
added AS (
    SELECT indicator, breakdown, grain, period, place, partner, sum(x) AS x, sum(n) AS n
    FROM spread WHERE person IS NULL GROUP BY ALL
    UNION ALL
    SELECT indicator, breakdown, grain, period, place, NULL, count(*), NULL
    FROM (
        SELECT indicator, breakdown, grain, period,
            arg_max_null(place, {'day': day, 'place': coalesce(place, '')}) AS place
        FROM spread WHERE person IS NOT NULL GROUP BY indicator, breakdown, grain, period, person
    )
    GROUP BY ALL
)
SELECT indicator, breakdown, period,
    CASE level WHEN 'district' THEN coalesce(wijk, 'onbekend')
        WHEN 'neighbourhood' THEN coalesce(buurt, 'onbekend') ELSE 'GM9901' END AS area,
    CASE level WHEN 'partner' THEN partner ELSE '' END AS partner,
    sum(x)::DOUBLE AS numerator, sum(n)::DOUBLE AS denominator
FROM added JOIN levels USING (indicator, grain) LEFT JOIN places USING (place)
GROUP BY ALL
