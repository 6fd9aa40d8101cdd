-- The revisions that a capture shows: one, or several where its page holds several documents.
CREATE TABLE shown (
    capture_id TEXT NOT NULL,
    position BIGINT NOT NULL,
    revision_id TEXT NOT NULL,
    PRIMARY KEY (capture_id, position)
);

CREATE INDEX shown_revision ON shown (revision_id);
CREATE INDEX revisions_capture ON revisions (capture_id);

INSERT INTO shown (capture_id, position, revision_id)
SELECT id, 0, revision_id FROM captures WHERE revision_id IS NOT NULL;

DROP INDEX captures_revision;
ALTER TABLE captures DROP COLUMN revision_id;

-- The document of the page that this one is a part of.
ALTER TABLE documents ADD COLUMN part_of TEXT;

CREATE INDEX documents_part_of ON documents (part_of);

-- What shows the genre; how the text was found, and how far other methods find the same.
ALTER TABLE revisions ADD COLUMN genre_evidence TEXT NOT NULL DEFAULT '';
ALTER TABLE revisions ADD COLUMN found_by TEXT NOT NULL DEFAULT '';
ALTER TABLE revisions ADD COLUMN agreement DOUBLE PRECISION;
