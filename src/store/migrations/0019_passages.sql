-- The first passage of an edited page's text that changed, beside what else an alert tells of it: what it says now and said
-- before, and how many places more changed.
ALTER TABLE alert_items ADD COLUMN passage TEXT;
ALTER TABLE alert_items ADD COLUMN passage_before TEXT;
ALTER TABLE alert_items ADD COLUMN passages_more INTEGER;
