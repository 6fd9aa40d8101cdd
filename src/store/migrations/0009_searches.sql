-- What is shown to be let in: digests of secrets.
CREATE TABLE tokens (
    name TEXT NOT NULL PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    scope TEXT NOT NULL,
    created_at TEXT NOT NULL
);

CREATE TABLE searches (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    query TEXT NOT NULL,
    kind TEXT NOT NULL,
    rhythm TEXT NOT NULL,
    webhook_url TEXT,
    webhook_secret TEXT,
    email TEXT,
    created_at TEXT NOT NULL,
    -- What there was to see at its last look, empty before the first; and when the next look is due.
    seen TEXT,
    due_at TEXT NOT NULL,
    trouble TEXT
);

-- What each search found at its last look.
CREATE TABLE search_lines (
    search_id TEXT NOT NULL REFERENCES searches (id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    wording TEXT NOT NULL,
    kind TEXT NOT NULL,
    entry TEXT NOT NULL,
    document TEXT NOT NULL,
    capture TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT,
    source TEXT NOT NULL,
    speaker TEXT,
    day TEXT,
    text TEXT NOT NULL,
    PRIMARY KEY (search_id, key)
);

CREATE TABLE alerts (
    id TEXT NOT NULL PRIMARY KEY,
    search_id TEXT NOT NULL REFERENCES searches (id) ON DELETE CASCADE,
    at TEXT NOT NULL
);

CREATE INDEX alerts_search ON alerts (search_id, at);

CREATE TABLE alert_items (
    alert_id TEXT NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
    position BIGINT NOT NULL,
    change TEXT NOT NULL,
    before TEXT,
    key TEXT NOT NULL,
    wording TEXT NOT NULL,
    kind TEXT NOT NULL,
    entry TEXT NOT NULL,
    document TEXT NOT NULL,
    capture TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT,
    source TEXT NOT NULL,
    speaker TEXT,
    day TEXT,
    text TEXT NOT NULL,
    PRIMARY KEY (alert_id, position)
);

-- Alerts that are to be sent; a row goes when it was, and stays with its reason when it cannot be.
CREATE TABLE deliveries (
    alert_id TEXT NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
    way TEXT NOT NULL,
    attempts BIGINT NOT NULL,
    -- Empty when it was given up.
    due_at TEXT,
    detail TEXT,
    PRIMARY KEY (alert_id, way)
);

-- Pages that are absent are counted to see whether there is something to tell.
CREATE INDEX tasks_absent ON tasks (absent_since) WHERE absent_since IS NOT NULL;
