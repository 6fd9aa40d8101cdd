-- The part of the outlet that a text appeared in; and what the places of its page say of the facts about it, as a
-- list of fact, value, method and standing.
ALTER TABLE revisions ADD COLUMN section TEXT;
ALTER TABLE revisions ADD COLUMN facts TEXT NOT NULL DEFAULT '[]';
