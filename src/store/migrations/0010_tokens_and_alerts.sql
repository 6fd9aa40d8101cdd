-- Until when a token lets in, for good where it is empty; and when it last did, to the hour.
ALTER TABLE tokens ADD COLUMN expires_at TEXT;
ALTER TABLE tokens ADD COLUMN last_used_at TEXT;

-- Old alerts are forgotten by their time.
CREATE INDEX alerts_at ON alerts (at);

-- Whom words were given to before (empty: nobody), and of which day they were, where an alert tells that this changed.
ALTER TABLE alert_items ADD COLUMN speaker_before TEXT;
ALTER TABLE alert_items ADD COLUMN day_before TEXT;
