-- A record may now be evidence, and says why it was made where that was after the lock. The list of
-- parts is a CHECK, which SQLite does not alter, so the table is made anew with every row.
CREATE TABLE record_with_reason (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    at TEXT NOT NULL,
    item_id TEXT NOT NULL REFERENCES item (id),
    change TEXT NOT NULL CHECK (json_valid(change)),
    reason TEXT CHECK (length(trim(reason)) > 0),
    part TEXT NOT NULL AS (change ->> 'part') STORED CHECK (
        part IN (
            'grade', 'gate', 'action', 'evidence', 'response_class', 'omission_mechanism',
            'first_instruction', 'note', 'flag', 'abstain', 'undo'
        )
    ),
    axis TEXT AS (CASE change ->> 'part' WHEN 'grade' THEN change ->> 'axis' END) STORED,
    grade INTEGER AS (CASE change ->> 'part' WHEN 'grade' THEN change ->> 'grade' END) STORED,
    undoes TEXT AS (CASE change ->> 'part' WHEN 'undo' THEN change ->> 'record' END) STORED
        UNIQUE REFERENCES record_with_reason (id),
    FOREIGN KEY (axis, grade) REFERENCES level (axis, grade)
) STRICT;

INSERT INTO record_with_reason (id, at, item_id, change)
SELECT id, at, item_id, change FROM record ORDER BY id;

DROP TABLE record;
ALTER TABLE record_with_reason RENAME TO record;

CREATE INDEX record_by_item ON record (item_id, id);

-- The rater's word that the ratings are done: once, and for good.
CREATE TABLE lock (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    at TEXT NOT NULL,
    name TEXT NOT NULL CHECK (length(trim(name)) > 0),
    statement TEXT NOT NULL CHECK (length(trim(statement)) > 0)
) STRICT;

CREATE TRIGGER record_is_final_on_update BEFORE UPDATE ON record
BEGIN SELECT raise(ABORT, 'a record is never changed'); END;
CREATE TRIGGER record_is_final_on_delete BEFORE DELETE ON record
BEGIN SELECT raise(ABORT, 'a record is never removed'); END;
-- REPLACE removes a row without asking the triggers on DELETE.
CREATE TRIGGER record_is_final_on_insert BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE id = new.id)
BEGIN SELECT raise(ABORT, 'a record is never replaced'); END;
CREATE TRIGGER record_after_lock_has_reason BEFORE INSERT ON record
WHEN new.reason IS NULL AND EXISTS (SELECT 1 FROM lock)
BEGIN SELECT raise(ABORT, 'a change after the lock needs a reason'); END;
CREATE TRIGGER lock_is_final_on_update BEFORE UPDATE ON lock
BEGIN SELECT raise(ABORT, 'a lock is never changed'); END;
CREATE TRIGGER lock_is_final_on_delete BEFORE DELETE ON lock
BEGIN SELECT raise(ABORT, 'a lock is never removed'); END;
CREATE TRIGGER lock_is_final_on_insert BEFORE INSERT ON lock
WHEN EXISTS (SELECT 1 FROM lock)
BEGIN SELECT raise(ABORT, 'a packet is locked once'); END;
