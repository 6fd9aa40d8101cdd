-- How long a page was not there that is there again: tasks tell of today alone, and requests are not kept for ever.
CREATE TABLE past_absences (
    document_id TEXT NOT NULL,
    present_at TEXT,
    absent_at TEXT NOT NULL,
    checked_at TEXT NOT NULL,
    back_at TEXT NOT NULL,
    -- What the page showed then: it may have become the page of another document.
    back_capture_id TEXT,
    absent_segment TEXT,
    absent_offset BIGINT,
    absent_length BIGINT,
    back_segment TEXT,
    back_offset BIGINT,
    back_length BIGINT,
    PRIMARY KEY (document_id, absent_at)
);
