-- Why an address is due when it is, and the pause that led there, which grows and shrinks with what is found.
ALTER TABLE tasks ADD COLUMN due_rule TEXT NOT NULL DEFAULT 'new';
ALTER TABLE tasks ADD COLUMN pause_s BIGINT;

-- How many channels lie above a channel that a channel announced, so that sitemaps cannot lead on for ever;
-- and the rules that made the canonical address of the one announced, as codes with spaces between.
ALTER TABLE tasks ADD COLUMN depth BIGINT NOT NULL DEFAULT 0;
ALTER TABLE tasks ADD COLUMN canonical_rules TEXT NOT NULL DEFAULT '';

-- What each reading of a channel brought: its health is told from these.
CREATE TABLE channel_reads (
    url TEXT NOT NULL,
    at TEXT NOT NULL,
    source_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    -- Announced in all, where the answer could be read, and of those not known before.
    items BIGINT,
    new BIGINT NOT NULL,
    PRIMARY KEY (url, at)
);

-- The address a page is known by, where another one was asked for (an interface's).
ALTER TABLE captures ADD COLUMN known_as TEXT;

-- Why a capture that was read shows no document, where it does not.
ALTER TABLE captures ADD COLUMN withheld TEXT;
