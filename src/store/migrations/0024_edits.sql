-- The wordings that came in the place of an earlier one of their document, by when they were first seen: what changed lately is the
-- question of every morning, and most wordings are the first of their page.
CREATE TABLE edits (
    revision_id TEXT PRIMARY KEY NOT NULL,
    fetched_at TEXT NOT NULL
);
INSERT INTO edits (revision_id, fetched_at)
    SELECT r.id, r.fetched_at FROM revisions r WHERE EXISTS (
        SELECT 1 FROM revisions e WHERE e.document_id = r.document_id
            AND (e.fetched_at < r.fetched_at OR e.fetched_at = r.fetched_at AND e.id < r.id));
CREATE INDEX edits_seen ON edits (fetched_at, revision_id);
