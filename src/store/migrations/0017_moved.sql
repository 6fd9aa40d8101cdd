-- Where the address of a page leads for good, and the visit that first found it so.
ALTER TABLE tasks ADD COLUMN leads_to TEXT;
ALTER TABLE tasks ADD COLUMN leads_since TEXT;

-- As far as the rows of requests still tell it: the page's own address answered last with a redirect for good, and no
-- redirect after it was for the moment only.
UPDATE tasks SET
    leads_to = (SELECT a.url FROM attempts a WHERE a.task_url = tasks.url ORDER BY a.at DESC, a.id DESC LIMIT 1),
    leads_since = (SELECT a.at FROM attempts a WHERE a.task_url = tasks.url ORDER BY a.at DESC, a.id DESC LIMIT 1)
WHERE role = 'page' AND memento_at IS NULL AND last_outcome IN ('changed', 'unchanged', 'not_modified')
AND (SELECT a.status FROM attempts a WHERE a.task_url = tasks.url AND a.url = tasks.url ORDER BY a.at DESC LIMIT 1)
    IN (301, 308)
AND NOT EXISTS (SELECT 1 FROM attempts a WHERE a.task_url = tasks.url AND a.status IN (302, 303, 307)
    AND a.at >= (SELECT MAX(b.at) FROM attempts b WHERE b.task_url = tasks.url AND b.url = tasks.url));
