"""The tables of the store in SQL: those of the first version, and what each later one added."""

VERSION = 7

AT_ONCE = "de gemeente"
"""By whom editions were established of before somebody had to: they were public at once."""

# Times are UTC without zone. Deliveries, events (also of stories), responses, releases, aliases,
# tombstones and the log are only ever added to.
FIRST = """
CREATE SCHEMA received;
CREATE SCHEMA accepted;
CREATE SCHEMA observed;
CREATE SCHEMA published;
CREATE TABLE main.schema_version (version INTEGER NOT NULL);
CREATE TABLE received.deliveries (
    id INTEGER PRIMARY KEY,
    partner VARCHAR NOT NULL,
    contract VARCHAR NOT NULL,
    contract_version VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    correction BOOLEAN NOT NULL,
    sha256 VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    received_at TIMESTAMP NOT NULL,
    outcome VARCHAR NOT NULL,
    records JSON NOT NULL,
    said JSON NOT NULL
);
CREATE TABLE received.events (
    delivery INTEGER NOT NULL,
    position INTEGER NOT NULL,
    from_state VARCHAR,
    to_state VARCHAR NOT NULL,
    moment TIMESTAMP NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (delivery, position)
);
CREATE TABLE received.aliases (
    partner VARCHAR NOT NULL,
    contract VARCHAR NOT NULL,
    header VARCHAR NOT NULL,
    "column" VARCHAR NOT NULL,
    moment TIMESTAMP NOT NULL,
    stored_by VARCHAR NOT NULL
);
CREATE TABLE received.tombstones (
    delivery INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    contract VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    deleted_at TIMESTAMP NOT NULL,
    PRIMARY KEY (delivery, rule)
);
CREATE TABLE received.findings (
    delivery INTEGER NOT NULL,
    position INTEGER NOT NULL,
    code VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    how_to_mend VARCHAR NOT NULL,
    "row" BIGINT,
    "column" VARCHAR,
    sheet VARCHAR
);
CREATE TABLE received.quarantine (
    delivery INTEGER NOT NULL,
    "row" BIGINT NOT NULL,
    codes VARCHAR[] NOT NULL
);
CREATE TABLE observed.rounds (
    quarter VARCHAR NOT NULL,
    known_at TIMESTAMP NOT NULL,
    digest VARCHAR NOT NULL,
    PRIMARY KEY (quarter, known_at)
);
CREATE TABLE observed.observations (
    quarter VARCHAR NOT NULL,
    known_at TIMESTAMP NOT NULL,
    indicator VARCHAR, version INTEGER, period VARCHAR, area VARCHAR, partner VARCHAR,
    breakdown VARCHAR, numerator DOUBLE, denominator DOUBLE, value DOUBLE, lower DOUBLE,
    upper DOUBLE, period_status VARCHAR, coverage DOUBLE, availability VARCHAR,
    converted DOUBLE
);
CREATE TABLE published.editions (
    id VARCHAR PRIMARY KEY,
    quarter VARCHAR NOT NULL,
    known_at TIMESTAMP NOT NULL,
    previous VARCHAR,
    digest VARCHAR NOT NULL,
    account JSON NOT NULL
);
CREATE TABLE published.figures (
    edition VARCHAR NOT NULL,
    indicator VARCHAR, version INTEGER, period VARCHAR, period_status VARCHAR, area_code VARCHAR,
    partner VARCHAR, breakdown VARCHAR, numerator_counts VARCHAR, denominator_counts VARCHAR,
    numerator DOUBLE, denominator DOUBLE, value DOUBLE, lower DOUBLE, upper DOUBLE, unit VARCHAR,
    additive VARCHAR, source VARCHAR, shown VARCHAR, status VARCHAR, coverage DOUBLE,
    converted DOUBLE
);
-- Of each partner, contract and period: the accepted delivery with the highest number, as known at
-- a moment. One that was refused or still waits never displaces one that was accepted.
CREATE MACRO accepted.deliveries_that_count(known_at) AS TABLE
    SELECT d.id, d.partner, d.contract, d.period, d.number
    FROM received.deliveries AS d
    WHERE d.id IN (
        SELECT delivery FROM received.events AS e
        WHERE e.moment <= known_at AND e.to_state = 'vastgesteld'
    ) AND d.id NOT IN (
        SELECT delivery FROM received.events AS e
        WHERE e.moment <= known_at AND e.to_state = 'ingetrokken'
    )
    QUALIFY row_number() OVER (
        PARTITION BY d.partner, d.contract, d.period ORDER BY d.number DESC, d.id DESC
    ) = 1;
"""

# What each version added to the one before: a store grows into the next one without loss.
ADDED = {
    4: """
CREATE TABLE received.story_events (
    partner VARCHAR NOT NULL,
    story VARCHAR NOT NULL,
    said VARCHAR NOT NULL,
    checksum VARCHAR NOT NULL,
    moment TIMESTAMP NOT NULL,
    stored_by VARCHAR NOT NULL,
    reason VARCHAR NOT NULL
);
CREATE TABLE published.rounded (
    edition VARCHAR NOT NULL,
    "count" VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    area VARCHAR NOT NULL,
    partner VARCHAR NOT NULL,
    breakdown VARCHAR NOT NULL,
    rounded BIGINT NOT NULL
);
CREATE TABLE published.internal (
    edition VARCHAR NOT NULL,
    "count" VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    area VARCHAR NOT NULL,
    partner VARCHAR NOT NULL,
    breakdown VARCHAR NOT NULL,
    exact BIGINT NOT NULL,
    hidden BOOLEAN NOT NULL
);
""",
    5: """
CREATE TABLE main.log (
    position BIGINT PRIMARY KEY,
    moment TIMESTAMP NOT NULL,
    origin VARCHAR NOT NULL,
    actor VARCHAR NOT NULL,
    action VARCHAR NOT NULL,
    object VARCHAR NOT NULL,
    result VARCHAR NOT NULL,
    facts VARCHAR NOT NULL,
    digest VARCHAR NOT NULL
);
""",
    6: f"""
CREATE TABLE received.responses (
    edition VARCHAR NOT NULL,
    partner VARCHAR NOT NULL,
    indicator VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    moment TIMESTAMP NOT NULL,
    stored_by VARCHAR NOT NULL
);
CREATE TABLE published.releases (
    edition VARCHAR PRIMARY KEY,
    moment TIMESTAMP NOT NULL,
    stored_by VARCHAR NOT NULL
);
INSERT INTO published.releases SELECT id, known_at, '{AT_ONCE}' FROM published.editions;
""",
    7: """
CREATE TABLE received.response_tombstones (
    sha256 VARCHAR PRIMARY KEY,
    rule VARCHAR NOT NULL,
    deleted_at TIMESTAMP NOT NULL
);
""",
}
