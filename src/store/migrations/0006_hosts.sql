-- When each host may be asked, whichever source wants to ask it; and how its last requests went.
CREATE TABLE hosts (
    -- The name, with its port only on loopback: http and https of one name are one machine.
    host TEXT NOT NULL PRIMARY KEY,
    -- Before this instant it is left alone; empty where nothing holds.
    not_before TEXT,
    -- Requests in a row that it answered badly or not at all, and the kind of the last one.
    failures BIGINT NOT NULL,
    reason TEXT,
    last_served_at TEXT
);

-- Tasks were kept by origin. The ports that may be asked of a public host are 80, 443, 8080 and 8443.
UPDATE tasks SET host = CASE
    WHEN host LIKE 'https://%' THEN substr(host, 9)
    WHEN host LIKE 'http://%' THEN substr(host, 8)
    ELSE host END;
UPDATE tasks SET host = replace(replace(host, ':8080', ''), ':8443', '')
WHERE host NOT LIKE '127.%' AND host NOT LIKE 'localhost%' AND host NOT LIKE '[::1]%';

-- Within a priority the newest goes first: when the page was published, else when it became known.
ALTER TABLE tasks ADD COLUMN newest_at TEXT NOT NULL DEFAULT '';
UPDATE tasks SET newest_at = COALESCE(announced_date, first_seen_at);
-- Priorities are now: 0 channels, 1 new pages of news, 2 new pages of a sitemap, 3 revisits.
UPDATE tasks SET priority = 3 WHERE role = 'page' AND last_success_at IS NOT NULL;

-- Visits in a row that failed for reasons of the host, which do not count for the page.
ALTER TABLE tasks ADD COLUMN deferrals BIGINT NOT NULL DEFAULT 0;
-- What its channel last said of when it changed.
ALTER TABLE tasks ADD COLUMN announced_modified TEXT;
-- How the answer was read that the validators stand for: under other rules it is asked for whole.
ALTER TABLE tasks ADD COLUMN read_as TEXT;
-- The cadence that set the due time of a channel.
ALTER TABLE tasks ADD COLUMN cadence TEXT;
-- When the index above a sitemap ceased to name it.
ALTER TABLE tasks ADD COLUMN retired_at TEXT;

-- The order of a host's turn, so that a backlog is not sorted at each; it answers what is due as well.
CREATE INDEX tasks_turn ON tasks (enabled, host, priority, newest_at DESC, url, due_at);
DROP INDEX tasks_due;

-- What keeps a part of the tracker from working, for whoever asks from another process.
CREATE TABLE troubles (
    part TEXT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL,
    detail TEXT NOT NULL
);
