-- What people corrected of what was read: a quote by its page and words, so that it is found again in another reading of it. Rows
-- are evidence of their own, so none is deleted: what was taken back says when and by whom. No foreign key leads to a document,
-- since a correction outlives a database that was lost and is taken over from another tracker.
CREATE TABLE hand_corrections (
    id TEXT PRIMARY KEY NOT NULL,
    document_id TEXT NOT NULL,
    url TEXT NOT NULL,
    revision_id TEXT NOT NULL,
    words TEXT NOT NULL,
    around TEXT NOT NULL,
    nth INTEGER NOT NULL,
    -- speaker, said, no_quote
    corrects TEXT NOT NULL,
    speaker_id TEXT,
    speaker_name TEXT,
    said_edtf TEXT,
    said_earliest TEXT,
    said_latest TEXT,
    -- What the program read then: an id or EDTF, and in words.
    read_value TEXT,
    read_told TEXT NOT NULL,
    why TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at TEXT NOT NULL,
    taken_back_at TEXT,
    taken_back_by TEXT
);
CREATE INDEX hand_corrections_of ON hand_corrections (document_id);
