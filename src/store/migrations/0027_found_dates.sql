-- The time expressions of a revision are written and read together, so they are one row: a list of lists, each with where it
-- begins and ends, type, value, days (EDTF, first, last), what it was counted from, rule, what contradicts it, and whether
-- it is a limit. A page has dozens of them, and a row for each cost as much as all else that is kept of a page.
CREATE TABLE found_dates (
    revision_id TEXT NOT NULL PRIMARY KEY,
    mentions TEXT NOT NULL,
    count BIGINT NOT NULL
);

INSERT INTO found_dates (revision_id, mentions, count)
    SELECT revision_id, json_group_array(json_array(span_start, span_end, kind, value, edtf, earliest, latest, anchor, rule,
        conflict, is_limit) ORDER BY position), COUNT(*)
    FROM date_mentions
    GROUP BY revision_id;

DROP TABLE date_mentions;
