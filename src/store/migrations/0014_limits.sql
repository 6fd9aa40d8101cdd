-- Whether a day is the last one for something ("no later than June 1"): 1 or 0.
ALTER TABLE date_mentions ADD COLUMN is_limit BIGINT NOT NULL DEFAULT 0;
