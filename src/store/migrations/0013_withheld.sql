-- What an interface's answer gives and is not shown, and why; of a page its capture's row says it.
CREATE TABLE withheld (
    capture_id TEXT NOT NULL,
    url TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (capture_id, url)
);

CREATE INDEX withheld_url ON withheld (url);

-- Where the archive could not be read for the moment: when it is tried again.
ALTER TABLE captures ADD COLUMN unread_until TEXT;
