-- Which archive files rows name, and what lies in one that is gone.
CREATE INDEX captures_segment ON captures (segment);
