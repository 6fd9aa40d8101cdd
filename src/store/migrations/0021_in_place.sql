-- What a visit that brought something new took for over, until it is read: it may be something else than the page.
ALTER TABLE tasks ADD COLUMN was_absent_since TEXT;
ALTER TABLE tasks ADD COLUMN led_to TEXT;
ALTER TABLE tasks ADD COLUMN led_since TEXT;
