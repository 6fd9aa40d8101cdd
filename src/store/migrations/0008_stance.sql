-- What the reporting word says of the words that it reports; empty where no word reports them, and in what was read before.
ALTER TABLE quotes ADD COLUMN stance TEXT;
