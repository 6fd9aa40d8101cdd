-- From where alerts are sent: the folder, and the machine where it says which it is. One row; a copy of the tracker finds the
-- original's place in it.
CREATE TABLE alerts_from (
    only BIGINT NOT NULL PRIMARY KEY CHECK (only = 1),
    folder TEXT NOT NULL,
    machine TEXT
);

-- Stretches of archive files that lay beyond what rows told when a crawl began: a crawl was killed before it committed what
-- it had archived, or a database was put back from an earlier day. They stay here until they are read back.
CREATE TABLE archive_unknown (
    name TEXT NOT NULL,
    first_byte BIGINT NOT NULL,
    end_byte BIGINT NOT NULL,
    noted_at TEXT NOT NULL,
    PRIMARY KEY (name, first_byte)
);
