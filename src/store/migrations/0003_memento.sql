-- Pages that a public web archive captured: the address that was captured, and when it was.
ALTER TABLE tasks ADD COLUMN memento_of TEXT;
ALTER TABLE tasks ADD COLUMN memento_at TEXT;
ALTER TABLE captures ADD COLUMN memento_at TEXT;
