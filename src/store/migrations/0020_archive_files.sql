-- Every file of the archive that rows tell of, in the order they were begun, and how long it was when that was last
-- committed: also one that holds nothing but visits which found all as before is missed when it is gone.
CREATE TABLE archive_files (
    name TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    bytes BIGINT NOT NULL
);

INSERT INTO archive_files (name, number, bytes)
SELECT segment, ROW_NUMBER() OVER (ORDER BY MIN(id)), MAX(record_offset + record_length)
FROM (
    SELECT id, segment, record_offset, record_length FROM captures
    UNION ALL
    SELECT id, segment, record_offset, record_length FROM attempts WHERE segment IS NOT NULL
) AS records
GROUP BY segment;
