-- What the outlet printed since the look before to correct itself, where it did, in its words.
ALTER TABLE alert_items ADD COLUMN correction TEXT;
