-- The channel, where a capture is an interface's answer that gives whole documents.
ALTER TABLE captures ADD COLUMN answer_of TEXT;
