-- What people corrected of a line when it was told, in words: whoever gets an alert sees what the program read as well.
ALTER TABLE search_lines ADD COLUMN by_hand TEXT;
ALTER TABLE alert_items ADD COLUMN by_hand TEXT;
