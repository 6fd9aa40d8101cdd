-- Captures whose records could not be read for the moment: few among many, and counted whenever somebody asks how the
-- tracker stands.
CREATE INDEX captures_put_off ON captures (unread_until) WHERE unread_until IS NOT NULL;
