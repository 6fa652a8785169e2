-- What was written down before the data were known: thresholds and batteries of hypotheses, byte for
-- byte. A battery may name models, but of no response. Whether the key was open stands in the log too.

CREATE TABLE registered_file (
    digest TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('thresholds', 'battery')),
    name TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    after_opening INTEGER NOT NULL CHECK (after_opening IN (0, 1)),
    content BLOB NOT NULL
) STRICT;

-- Nobody can say afterwards that it was before.
CREATE TRIGGER registered_file_tells_the_order BEFORE INSERT ON registered_file
WHEN new.after_opening <> EXISTS (SELECT 1 FROM opened_key)
BEGIN SELECT raise(ABORT, 'a registered file says whether the key was open'); END;

CREATE TRIGGER registered_file_is_final_on_update BEFORE UPDATE ON registered_file
BEGIN SELECT raise(ABORT, 'a registered file is never changed'); END;
CREATE TRIGGER registered_file_is_final_on_delete BEFORE DELETE ON registered_file
BEGIN SELECT raise(ABORT, 'a registered file is never removed'); END;

-- REPLACE removes a row without asking the trigger on DELETE.
CREATE TRIGGER registered_file_is_final_on_insert BEFORE INSERT ON registered_file
WHEN EXISTS (SELECT 1 FROM registered_file WHERE digest = new.digest)
BEGIN SELECT raise(ABORT, 'a registered file is never replaced'); END;
