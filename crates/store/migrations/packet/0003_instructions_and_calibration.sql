-- What comes before the study's first item, written once with the packet: what the raters are told,
-- and the items that they rate without its counting. Those are items like any other, so that what is
-- recorded of them is held to the same rules.

CREATE TABLE instructions (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    text TEXT NOT NULL CHECK (length(text) > 0)
) STRICT;

CREATE TABLE calibration (
    item_id TEXT PRIMARY KEY REFERENCES item (id),
    shared_grades TEXT NOT NULL CHECK (json_valid(shared_grades)),
    discussion TEXT NOT NULL
) STRICT;

-- The rater attests the study's ratings, and a calibration item is none of them.
DROP TRIGGER record_after_lock_has_reason;
CREATE TRIGGER record_after_lock_has_reason BEFORE INSERT ON record
WHEN new.reason IS NULL AND EXISTS (SELECT 1 FROM lock)
    AND NOT EXISTS (SELECT 1 FROM calibration WHERE item_id = new.item_id)
BEGIN SELECT raise(ABORT, 'a change after the lock needs a reason'); END;

CREATE TRIGGER instructions_is_final_on_update BEFORE UPDATE ON instructions
BEGIN SELECT raise(ABORT, 'instructions are never changed'); END;
CREATE TRIGGER instructions_is_final_on_delete BEFORE DELETE ON instructions
BEGIN SELECT raise(ABORT, 'instructions are never removed'); END;
CREATE TRIGGER calibration_is_final_on_update BEFORE UPDATE ON calibration
BEGIN SELECT raise(ABORT, 'a calibration item is never changed'); END;
CREATE TRIGGER calibration_is_final_on_delete BEFORE DELETE ON calibration
BEGIN SELECT raise(ABORT, 'a calibration item is never removed'); END;
-- An item that counts stays one that counts.
CREATE TRIGGER calibration_is_final_on_insert BEFORE INSERT ON calibration
WHEN EXISTS (SELECT 1 FROM record WHERE item_id = new.item_id)
    OR EXISTS (SELECT 1 FROM calibration WHERE item_id = new.item_id)
BEGIN SELECT raise(ABORT, 'a calibration item is never replaced'); END;
CREATE TRIGGER instructions_is_final_on_insert BEFORE INSERT ON instructions
WHEN EXISTS (SELECT 1 FROM instructions)
BEGIN SELECT raise(ABORT, 'instructions are never replaced'); END;
