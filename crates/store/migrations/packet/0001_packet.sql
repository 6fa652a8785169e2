-- What was received: written once, when the packet is first opened.

CREATE TABLE packet (
    id TEXT PRIMARY KEY,
    study TEXT NOT NULL,
    title TEXT NOT NULL,
    rater TEXT NOT NULL,
    rubric TEXT NOT NULL CHECK (json_valid(rubric)),
    digest TEXT NOT NULL,
    opened_at TEXT NOT NULL
) STRICT;

-- What the raters are told before the first item.
CREATE TABLE instructions (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    text TEXT NOT NULL CHECK (length(text) > 0)
) STRICT;

-- The rubric's levels again, so that no record can hold a grade that the rubric lacks.
CREATE TABLE level (
    axis TEXT NOT NULL,
    grade INTEGER NOT NULL,
    PRIMARY KEY (axis, grade)
) STRICT, WITHOUT ROWID;

CREATE TABLE scenario (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TABLE item (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE CHECK (position >= 0),
    scenario_id TEXT NOT NULL REFERENCES scenario (id),
    response TEXT NOT NULL,
    filtered INTEGER NOT NULL CHECK (filtered IN (0, 1))
) STRICT;

-- The items that are rated before the study's first and do not count. They are items like any other, so
-- that what is recorded of them is held to the same rules.
CREATE TABLE calibration (
    item_id TEXT PRIMARY KEY REFERENCES item (id),
    shared_grades TEXT NOT NULL CHECK (json_valid(shared_grades)),
    discussion TEXT NOT NULL
) STRICT;

-- What the rater did: only ever added to. `reason` says why, where it was after the lock. The columns
-- after it are read from `change`, so that the database can refuse what the rubric does not know.
CREATE TABLE record (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    at TEXT NOT NULL,
    item_id TEXT NOT NULL REFERENCES item (id),
    change TEXT NOT NULL CHECK (json_valid(change)),
    reason TEXT CHECK (length(trim(reason)) > 0),
    part TEXT NOT NULL AS (change ->> 'part') STORED CHECK (
        part IN (
            'grade', 'gate', 'action', 'evidence', 'error', 'response_class',
            'omission_mechanism', 'first_instruction', 'note', 'flag', 'abstain', 'undo'
        )
    ),
    axis TEXT AS (CASE WHEN change ->> 'part' IN ('grade', 'error') THEN change ->> 'axis' END) STORED,
    grade INTEGER AS (CASE WHEN change ->> 'part' IN ('grade', 'error') THEN change ->> 'grade' END) STORED,
    undoes TEXT AS (CASE change ->> 'part' WHEN 'undo' THEN change ->> 'record' END) STORED
        UNIQUE REFERENCES record (id),
    FOREIGN KEY (axis, grade) REFERENCES level (axis, grade)
) STRICT;

CREATE INDEX record_by_item ON record (item_id, id);

-- How long the rater was active at an item, stretch by stretch: only ever added to, in the order of the
-- rows. Only what counts is timed, up to the lock.
CREATE TABLE visit (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    at TEXT NOT NULL,
    item_id TEXT NOT NULL REFERENCES item (id),
    active_ms INTEGER NOT NULL CHECK (active_ms BETWEEN 1 AND 86400000),
    continued INTEGER NOT NULL CHECK (continued IN (0, 1))
) STRICT;

-- The rater's word that the ratings are done: once, and for good.
CREATE TABLE lock (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    at TEXT NOT NULL,
    name TEXT NOT NULL CHECK (length(trim(name)) > 0),
    statement TEXT NOT NULL CHECK (length(trim(statement)) > 0)
) STRICT;

-- Who the rater said they are; the last row counts, the others stay.
CREATE TABLE rater_name (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    name TEXT NOT NULL CHECK (length(trim(name)) > 0)
) STRICT;

-- The item the rater last saw. The one thing here that is overwritten.
CREATE TABLE last_shown (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    item_id TEXT NOT NULL REFERENCES item (id),
    at TEXT NOT NULL
) STRICT;

-- The rater attests the study's ratings, and a calibration item is none of them.
CREATE TRIGGER record_after_lock_has_reason BEFORE INSERT ON record
WHEN new.reason IS NULL AND EXISTS (SELECT 1 FROM lock)
    AND NOT EXISTS (SELECT 1 FROM calibration WHERE item_id = new.item_id)
BEGIN SELECT raise(ABORT, 'a change after the lock needs a reason'); END;
CREATE TRIGGER record_is_taken_back_once BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE undoes = new.change ->> 'record' AND new.change ->> 'part' = 'undo')
BEGIN SELECT raise(ABORT, 'a change is taken back once'); END;
CREATE TRIGGER visit_is_before_lock BEFORE INSERT ON visit
WHEN EXISTS (SELECT 1 FROM lock)
BEGIN SELECT raise(ABORT, 'after the lock no time is kept'); END;
CREATE TRIGGER visit_is_of_what_counts BEFORE INSERT ON visit
WHEN EXISTS (SELECT 1 FROM calibration WHERE item_id = new.item_id)
BEGIN SELECT raise(ABORT, 'no time is kept of a calibration item'); END;
-- An item that counts stays one that counts.
CREATE TRIGGER calibration_was_not_rated_before BEFORE INSERT ON calibration
WHEN EXISTS (SELECT 1 FROM record WHERE item_id = new.item_id)
BEGIN SELECT raise(ABORT, 'an item that was rated is not made a calibration item'); END;

CREATE TRIGGER packet_is_never_changed BEFORE UPDATE ON packet
BEGIN SELECT raise(ABORT, 'a packet is never changed'); END;
CREATE TRIGGER packet_is_never_removed BEFORE DELETE ON packet
BEGIN SELECT raise(ABORT, 'a packet is never removed'); END;
CREATE TRIGGER instructions_is_never_changed BEFORE UPDATE ON instructions
BEGIN SELECT raise(ABORT, 'instructions are never changed'); END;
CREATE TRIGGER instructions_is_never_removed BEFORE DELETE ON instructions
BEGIN SELECT raise(ABORT, 'instructions are never removed'); END;
CREATE TRIGGER level_is_never_changed BEFORE UPDATE ON level
BEGIN SELECT raise(ABORT, 'a level is never changed'); END;
CREATE TRIGGER level_is_never_removed BEFORE DELETE ON level
BEGIN SELECT raise(ABORT, 'a level is never removed'); END;
CREATE TRIGGER scenario_is_never_changed BEFORE UPDATE ON scenario
BEGIN SELECT raise(ABORT, 'a scenario is never changed'); END;
CREATE TRIGGER scenario_is_never_removed BEFORE DELETE ON scenario
BEGIN SELECT raise(ABORT, 'a scenario is never removed'); END;
CREATE TRIGGER item_is_never_changed BEFORE UPDATE ON item
BEGIN SELECT raise(ABORT, 'an item is never changed'); END;
CREATE TRIGGER item_is_never_removed BEFORE DELETE ON item
BEGIN SELECT raise(ABORT, 'an item is never removed'); END;
CREATE TRIGGER calibration_is_never_changed BEFORE UPDATE ON calibration
BEGIN SELECT raise(ABORT, 'a calibration item is never changed'); END;
CREATE TRIGGER calibration_is_never_removed BEFORE DELETE ON calibration
BEGIN SELECT raise(ABORT, 'a calibration item is never removed'); END;
CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
BEGIN SELECT raise(ABORT, 'a record is never changed'); END;
CREATE TRIGGER record_is_never_removed BEFORE DELETE ON record
BEGIN SELECT raise(ABORT, 'a record is never removed'); END;
CREATE TRIGGER visit_is_never_changed BEFORE UPDATE ON visit
BEGIN SELECT raise(ABORT, 'a visit is never changed'); END;
CREATE TRIGGER visit_is_never_removed BEFORE DELETE ON visit
BEGIN SELECT raise(ABORT, 'a visit is never removed'); END;
CREATE TRIGGER lock_is_never_changed BEFORE UPDATE ON lock
BEGIN SELECT raise(ABORT, 'a lock is never changed'); END;
CREATE TRIGGER lock_is_never_removed BEFORE DELETE ON lock
BEGIN SELECT raise(ABORT, 'a lock is never removed'); END;
CREATE TRIGGER rater_name_is_never_changed BEFORE UPDATE ON rater_name
BEGIN SELECT raise(ABORT, 'a name is never changed'); END;
CREATE TRIGGER rater_name_is_never_removed BEFORE DELETE ON rater_name
BEGIN SELECT raise(ABORT, 'a name is never removed'); END;

-- REPLACE removes a row without asking the triggers on DELETE, by whichever of its unique columns it is
-- found, the hidden rowid included. Where none is given, new.rowid is -1 here.
CREATE TRIGGER packet_is_never_replaced BEFORE INSERT ON packet
WHEN EXISTS (SELECT 1 FROM packet)
BEGIN SELECT raise(ABORT, 'a packet is never replaced'); END;
CREATE TRIGGER instructions_is_never_replaced BEFORE INSERT ON instructions
WHEN EXISTS (SELECT 1 FROM instructions)
BEGIN SELECT raise(ABORT, 'instructions are never replaced'); END;
CREATE TRIGGER level_is_never_replaced BEFORE INSERT ON level
WHEN EXISTS (SELECT 1 FROM level WHERE axis = new.axis AND grade = new.grade)
BEGIN SELECT raise(ABORT, 'a level is never replaced'); END;
CREATE TRIGGER scenario_is_never_replaced BEFORE INSERT ON scenario
WHEN EXISTS (SELECT 1 FROM scenario WHERE id = new.id OR rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a scenario is never replaced'); END;
CREATE TRIGGER item_is_never_replaced BEFORE INSERT ON item
WHEN EXISTS (SELECT 1 FROM item WHERE id = new.id OR position = new.position OR rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'an item is never replaced'); END;
CREATE TRIGGER calibration_is_never_replaced BEFORE INSERT ON calibration
WHEN EXISTS (SELECT 1 FROM calibration WHERE item_id = new.item_id OR rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a calibration item is never replaced'); END;
CREATE TRIGGER record_is_never_replaced BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE id = new.id OR rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a record is never replaced'); END;
CREATE TRIGGER visit_is_never_replaced BEFORE INSERT ON visit
WHEN EXISTS (SELECT 1 FROM visit WHERE id = new.id OR rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a visit is never replaced'); END;
CREATE TRIGGER packet_is_locked_once BEFORE INSERT ON lock
WHEN EXISTS (SELECT 1 FROM lock)
BEGIN SELECT raise(ABORT, 'a packet is locked once'); END;
CREATE TRIGGER rater_name_is_never_replaced BEFORE INSERT ON rater_name
WHEN EXISTS (SELECT 1 FROM rater_name WHERE number = new.number)
BEGIN SELECT raise(ABORT, 'a name is never replaced'); END;
