-- What is unread and was not put off, for each reader in the order in which it is read: a batch takes the first of them.
DROP INDEX captures_unread;
CREATE INDEX captures_unread ON captures (role, read_by, unread_until, fetched_at);

-- When a host has something due next. What a host's turn begins with is told by `tasks_turn`.
CREATE INDEX tasks_due ON tasks (enabled, host, due_at, last_attempt_at);
