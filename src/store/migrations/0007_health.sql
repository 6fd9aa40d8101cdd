-- How each channel fares, told forward from reading to reading, so that it outlives the readings themselves.
CREATE TABLE channel_health (
    url TEXT NOT NULL PRIMARY KEY,
    source_id TEXT NOT NULL,
    read_at TEXT NOT NULL,
    outcome TEXT NOT NULL,
    succeeded_at TEXT,
    new_at TEXT,
    failures BIGINT NOT NULL,
    -- Readings that told what the channel announces, and those of them that brought something new.
    readings BIGINT NOT NULL,
    bringing BIGINT NOT NULL,
    items BIGINT,
    most_items BIGINT NOT NULL,
    usual_items DOUBLE PRECISION NOT NULL,
    empty_since TEXT,
    refilled BIGINT NOT NULL,
    -- The longest pause between two that brought something, and how many items come in how many days; what is
    -- old weighs less in all three.
    gap_days DOUBLE PRECISION NOT NULL,
    rate_items DOUBLE PRECISION NOT NULL,
    rate_days DOUBLE PRECISION NOT NULL
);

CREATE INDEX channel_reads_at ON channel_reads (at, url, new);

-- Requests by how they ended, counted when they are made: the rows they are counted from are not kept for ever.
CREATE TABLE request_counts (
    source_id TEXT NOT NULL,
    role TEXT NOT NULL,
    outcome TEXT NOT NULL,
    requests BIGINT NOT NULL,
    PRIMARY KEY (source_id, role, outcome)
);

INSERT INTO request_counts (source_id, role, outcome, requests)
SELECT source_id, role, outcome, COUNT(*) FROM attempts GROUP BY source_id, role, outcome;

CREATE INDEX attempts_at ON attempts (at, outcome);

-- Since when a page that was there is not, by our own visits; empty again when it is back.
ALTER TABLE tasks ADD COLUMN absent_since TEXT;

UPDATE tasks SET absent_since = COALESCE(
    (SELECT MIN(a.at) FROM attempts a WHERE a.task_url = tasks.url AND a.outcome IN ('not_found', 'gone')
     AND a.at > COALESCE(tasks.last_success_at, '')), last_attempt_at)
WHERE role = 'page' AND last_outcome IN ('not_found', 'gone');

-- The latest visits of a source and of what a channel announced, without looking at the rest.
DROP INDEX tasks_source;
CREATE INDEX tasks_visited ON tasks (source_id, role, last_attempt_at);
CREATE INDEX tasks_announced ON tasks (announced_by, last_attempt_at);
CREATE INDEX tasks_capture ON tasks (capture_id);
