-- The rows of a tracker, in the SQL that SQLite and PostgreSQL share. Ids, days and instants are text
-- (instants in UTC with milliseconds, so that they sort as text); yes and no are 1 and 0.

CREATE TABLE sources (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    home TEXT NOT NULL,
    office TEXT,
    enabled BIGINT NOT NULL
);

-- The frontier: every address known, and when it is due.
CREATE TABLE tasks (
    role TEXT NOT NULL,
    -- As announced: what is asked for.
    url TEXT NOT NULL,
    -- Without what follows a reader around: two addresses that differ in nothing else are one page.
    canonical TEXT NOT NULL,
    source_id TEXT NOT NULL REFERENCES sources (id),
    host TEXT NOT NULL,
    enabled BIGINT NOT NULL,
    priority BIGINT NOT NULL,
    due_at TEXT NOT NULL,
    first_seen_at TEXT NOT NULL,
    announced_by TEXT,
    announced_title TEXT,
    announced_date TEXT,
    etag TEXT,
    last_modified TEXT,
    capture_id TEXT,
    payload_sha256 TEXT,
    last_attempt_at TEXT,
    last_success_at TEXT,
    last_outcome TEXT,
    last_detail TEXT,
    items BIGINT,
    failures BIGINT NOT NULL,
    unchanged BIGINT NOT NULL,
    PRIMARY KEY (role, url)
);

CREATE UNIQUE INDEX tasks_canonical ON tasks (role, canonical);
CREATE INDEX tasks_due ON tasks (enabled, host, due_at);
CREATE INDEX tasks_source ON tasks (source_id, role);

-- One row for each request that was made or refused.
CREATE TABLE attempts (
    id TEXT NOT NULL PRIMARY KEY,
    source_id TEXT NOT NULL,
    role TEXT NOT NULL,
    task_url TEXT NOT NULL,
    url TEXT NOT NULL,
    at TEXT NOT NULL,
    elapsed_ms BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    status BIGINT,
    detail TEXT,
    segment TEXT,
    record_offset BIGINT,
    record_length BIGINT
);

CREATE INDEX attempts_task ON attempts (task_url, at);
CREATE INDEX attempts_source ON attempts (source_id, at);

CREATE TABLE robots (
    origin TEXT NOT NULL PRIMARY KEY,
    fetched_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    status BIGINT,
    body TEXT NOT NULL
);

-- Answers with content that was not held before.
CREATE TABLE captures (
    id TEXT NOT NULL PRIMARY KEY,
    source_id TEXT NOT NULL,
    role TEXT NOT NULL,
    url TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    status BIGINT NOT NULL,
    content_type TEXT,
    content_encoding TEXT,
    payload_sha256 TEXT NOT NULL,
    payload_bytes BIGINT NOT NULL,
    truncated TEXT,
    segment TEXT NOT NULL,
    record_offset BIGINT NOT NULL,
    record_length BIGINT NOT NULL,
    revisit_of TEXT,
    -- The reader that read it last, empty before the first; and the revision that shows its text.
    read_by TEXT NOT NULL,
    revision_id TEXT
);

CREATE INDEX captures_unread ON captures (role, read_by, fetched_at);
CREATE INDEX captures_url ON captures (url, fetched_at);
CREATE INDEX captures_payload ON captures (payload_sha256);
CREATE INDEX captures_revision ON captures (revision_id);

CREATE TABLE documents (
    id TEXT NOT NULL PRIMARY KEY,
    source_id TEXT NOT NULL,
    url TEXT NOT NULL,
    first_seen_at TEXT NOT NULL,
    revision_id TEXT NOT NULL,
    -- The number of the change that last touched it: what the index has not seen is found by it.
    change BIGINT NOT NULL
);

CREATE INDEX documents_change ON documents (change);
CREATE INDEX documents_source ON documents (source_id, first_seen_at);

CREATE TABLE revisions (
    id TEXT NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL,
    capture_id TEXT NOT NULL,
    fetched_at TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    read_by TEXT NOT NULL,
    title TEXT,
    authors TEXT NOT NULL,
    publisher TEXT,
    language TEXT,
    canonical_url TEXT,
    published TEXT,
    published_method TEXT,
    modified TEXT,
    modified_method TEXT,
    genre TEXT NOT NULL,
    text TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    blocks TEXT NOT NULL,
    notices TEXT NOT NULL
);

CREATE INDEX revisions_document ON revisions (document_id, fetched_at);

CREATE TABLE quotes (
    id TEXT NOT NULL PRIMARY KEY,
    revision_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    kind TEXT NOT NULL,
    words TEXT NOT NULL,
    content TEXT NOT NULL,
    fragments TEXT NOT NULL,
    confidence DOUBLE PRECISION NOT NULL,
    cue_start BIGINT,
    cue_end BIGINT,
    mention_start BIGINT,
    mention_end BIGINT,
    antecedent_start BIGINT,
    antecedent_end BIGINT,
    rule TEXT,
    attribution_confidence DOUBLE PRECISION,
    speaker_id TEXT,
    speaker_name TEXT,
    speaker_known BIGINT,
    speaker_rule TEXT,
    said_edtf TEXT,
    said_earliest TEXT,
    said_latest TEXT,
    said_rule TEXT,
    said_start BIGINT,
    said_end BIGINT
);

CREATE INDEX quotes_revision ON quotes (revision_id, position);
CREATE INDEX quotes_speaker ON quotes (speaker_id);

CREATE TABLE date_mentions (
    revision_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    span_start BIGINT NOT NULL,
    span_end BIGINT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    edtf TEXT,
    earliest TEXT,
    latest TEXT,
    anchor TEXT NOT NULL,
    rule TEXT NOT NULL,
    conflict TEXT,
    PRIMARY KEY (revision_id, position)
);

CREATE TABLE counters (
    name TEXT NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
);

INSERT INTO counters (name, value) VALUES ('change', 0);
