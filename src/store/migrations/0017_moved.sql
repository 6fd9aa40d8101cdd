-- Where the address of a page leads for good, and the visit that first found it so.
ALTER TABLE tasks ADD COLUMN leads_to TEXT;
ALTER TABLE tasks ADD COLUMN leads_since TEXT;

-- Rows of requests do not tell it for certain. What led elsewhere for good when it was last asked for is asked for again
-- by the next crawl, which tells it.
UPDATE tasks SET due_at = last_attempt_at
WHERE role = 'page' AND memento_at IS NULL AND last_attempt_at < due_at
AND due_rule NOT IN ('retry_after', 'host', 'robots', 'refused', 'given')
AND (SELECT a.status FROM attempts a WHERE a.task_url = tasks.url AND a.url = tasks.url ORDER BY a.at DESC LIMIT 1)
    IN (301, 308);
