-- Written by UPDATE_SCHEMA=1 cargo test -p store --test store schema.
-- application_id 1347572564, user_version 1

CREATE TRIGGER amendment_tells_the_order BEFORE INSERT ON log
WHEN (new.event ->> '$.amendment.after_opening') <> EXISTS (SELECT 1 FROM opened_key)
BEGIN SELECT raise(ABORT, 'a change to a study says whether the key was open'); END;

CREATE TRIGGER decision_is_never_changed BEFORE UPDATE ON decision
BEGIN SELECT raise(ABORT, 'a decision is never changed'); END;

CREATE TRIGGER decision_is_never_removed BEFORE DELETE ON decision
BEGIN SELECT raise(ABORT, 'a decision is never removed'); END;

CREATE TRIGGER decision_is_never_replaced BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE id = new.id OR rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a decision is never replaced'); END;

CREATE TRIGGER decision_is_on_an_axis BEFORE INSERT ON decision
WHEN NOT EXISTS (SELECT 1 FROM level WHERE axis = new.axis)
BEGIN SELECT raise(ABORT, 'a decision is on an axis of the rubric'); END;

CREATE TRIGGER further_packet_is_the_same_raters BEFORE INSERT ON packet
WHEN new.further_of IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM packet
    WHERE id = new.further_of AND further_of IS NULL AND rater = new.rater AND lead = new.lead
)
BEGIN SELECT raise(ABORT, 'a further packet is for the rater of a first one'); END;

CREATE TRIGGER item_is_never_changed BEFORE UPDATE ON item
BEGIN SELECT raise(ABORT, 'an item is never changed'); END;

CREATE TRIGGER item_is_never_removed BEFORE DELETE ON item
BEGIN SELECT raise(ABORT, 'an item is never removed'); END;

CREATE TRIGGER item_is_never_replaced BEFORE INSERT ON item
WHEN EXISTS (SELECT 1 FROM item WHERE id = new.id OR rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'an item is never replaced'); END;

CREATE TRIGGER level_is_never_changed BEFORE UPDATE ON level
BEGIN SELECT raise(ABORT, 'a level is never changed'); END;

CREATE TRIGGER level_is_never_removed BEFORE DELETE ON level
BEGIN SELECT raise(ABORT, 'a level is never removed'); END;

CREATE TRIGGER level_is_never_replaced BEFORE INSERT ON level
WHEN EXISTS (SELECT 1 FROM level WHERE axis = new.axis AND grade = new.grade)
BEGIN SELECT raise(ABORT, 'a level is never replaced'); END;

CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
BEGIN SELECT raise(ABORT, 'a log entry is never changed'); END;

CREATE TRIGGER log_is_never_removed BEFORE DELETE ON log
BEGIN SELECT raise(ABORT, 'a log entry is never removed'); END;

CREATE TRIGGER log_is_never_replaced BEFORE INSERT ON log
WHEN EXISTS (SELECT 1 FROM log WHERE number = new.number)
BEGIN SELECT raise(ABORT, 'a log entry is never replaced'); END;

CREATE TRIGGER opened_key_is_never_changed BEFORE UPDATE ON opened_key
BEGIN SELECT raise(ABORT, 'an opened key is never changed'); END;

CREATE TRIGGER opened_key_is_never_removed BEFORE DELETE ON opened_key
BEGIN SELECT raise(ABORT, 'an opened key is never removed'); END;

CREATE TRIGGER opened_key_is_never_replaced BEFORE INSERT ON opened_key
WHEN EXISTS (SELECT 1 FROM opened_key WHERE digest = new.digest OR rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'an opened key is never replaced'); END;

CREATE TRIGGER packet_is_never_changed BEFORE UPDATE ON packet
BEGIN SELECT raise(ABORT, 'a packet is never changed'); END;

CREATE TRIGGER packet_is_never_removed BEFORE DELETE ON packet
BEGIN SELECT raise(ABORT, 'a packet is never removed'); END;

CREATE TRIGGER packet_is_never_replaced BEFORE INSERT ON packet
WHEN EXISTS (
    SELECT 1 FROM packet
    WHERE id = new.id OR position = new.position OR rowid = new.rowid
        OR (rater = new.rater AND further_of IS NULL AND new.further_of IS NULL)
)
BEGIN SELECT raise(ABORT, 'a packet is never replaced'); END;

CREATE TRIGGER packet_item_is_never_changed BEFORE UPDATE ON packet_item
BEGIN SELECT raise(ABORT, 'an item of a packet is never changed'); END;

CREATE TRIGGER packet_item_is_never_removed BEFORE DELETE ON packet_item
BEGIN SELECT raise(ABORT, 'an item of a packet is never removed'); END;

CREATE TRIGGER packet_item_is_never_replaced BEFORE INSERT ON packet_item
WHEN EXISTS (
    SELECT 1 FROM packet_item
    WHERE packet_id = new.packet_id AND (position = new.position OR item_id = new.item_id)
)
BEGIN SELECT raise(ABORT, 'an item of a packet is never replaced'); END;

CREATE TRIGGER packet_state_is_never_changed BEFORE UPDATE ON packet_state
BEGIN SELECT raise(ABORT, 'a packet''s state is never changed'); END;

CREATE TRIGGER packet_state_is_never_removed BEFORE DELETE ON packet_state
BEGIN SELECT raise(ABORT, 'a packet''s state is never removed'); END;

CREATE TRIGGER packet_state_is_never_replaced BEFORE INSERT ON packet_state
WHEN EXISTS (SELECT 1 FROM packet_state WHERE file = new.file OR rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a packet''s state is never replaced'); END;

CREATE TRIGGER received_file_is_never_changed BEFORE UPDATE ON received_file
BEGIN SELECT raise(ABORT, 'a received file is never changed'); END;

CREATE TRIGGER received_file_is_never_removed BEFORE DELETE ON received_file
BEGIN SELECT raise(ABORT, 'a received file is never removed'); END;

CREATE TRIGGER received_file_is_never_replaced BEFORE INSERT ON received_file
WHEN EXISTS (SELECT 1 FROM received_file WHERE digest = new.digest OR rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a received file is never replaced'); END;

CREATE TRIGGER record_is_never_changed BEFORE UPDATE ON record
BEGIN SELECT raise(ABORT, 'a record is never changed'); END;

CREATE TRIGGER record_is_never_removed BEFORE DELETE ON record
BEGIN SELECT raise(ABORT, 'a record is never removed'); END;

CREATE TRIGGER record_is_never_replaced BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE id = new.id OR rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a record is never replaced'); END;

CREATE TRIGGER registered_file_is_never_changed BEFORE UPDATE ON registered_file
BEGIN SELECT raise(ABORT, 'a registered file is never changed'); END;

CREATE TRIGGER registered_file_is_never_removed BEFORE DELETE ON registered_file
BEGIN SELECT raise(ABORT, 'a registered file is never removed'); END;

CREATE TRIGGER registered_file_is_never_replaced BEFORE INSERT ON registered_file
WHEN EXISTS (SELECT 1 FROM registered_file WHERE digest = new.digest OR rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a registered file is never replaced'); END;

CREATE TRIGGER registered_file_tells_the_order BEFORE INSERT ON registered_file
WHEN new.after_opening <> EXISTS (SELECT 1 FROM opened_key)
BEGIN SELECT raise(ABORT, 'a registered file says whether the key was open'); END;

CREATE TRIGGER scenario_is_never_changed BEFORE UPDATE ON scenario
BEGIN SELECT raise(ABORT, 'a scenario is never changed'); END;

CREATE TRIGGER scenario_is_never_removed BEFORE DELETE ON scenario
BEGIN SELECT raise(ABORT, 'a scenario is never removed'); END;

CREATE TRIGGER scenario_is_never_replaced BEFORE INSERT ON scenario
WHEN EXISTS (SELECT 1 FROM scenario WHERE id = new.id OR rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a scenario is never replaced'); END;

CREATE TRIGGER sealed_key_is_never_changed BEFORE UPDATE ON sealed_key
BEGIN SELECT raise(ABORT, 'a sealed key is never changed'); END;

CREATE TRIGGER sealed_key_is_never_removed BEFORE DELETE ON sealed_key
BEGIN SELECT raise(ABORT, 'a sealed key is never removed'); END;

CREATE TRIGGER sealed_key_is_never_replaced BEFORE INSERT ON sealed_key
WHEN EXISTS (
    SELECT 1 FROM sealed_key
    WHERE digest = new.digest OR position = new.position OR rowid = new.rowid
)
BEGIN SELECT raise(ABORT, 'a sealed key is never replaced'); END;

CREATE TRIGGER study_is_never_changed BEFORE UPDATE ON study
BEGIN SELECT raise(ABORT, 'a study is never changed'); END;

CREATE TRIGGER study_is_never_removed BEFORE DELETE ON study
BEGIN SELECT raise(ABORT, 'a study is never removed'); END;

CREATE TRIGGER study_is_never_replaced BEFORE INSERT ON study
WHEN EXISTS (SELECT 1 FROM study)
BEGIN SELECT raise(ABORT, 'a study is never replaced'); END;

CREATE TRIGGER visit_is_never_changed BEFORE UPDATE ON visit
BEGIN SELECT raise(ABORT, 'a visit is never changed'); END;

CREATE TRIGGER visit_is_never_removed BEFORE DELETE ON visit
BEGIN SELECT raise(ABORT, 'a visit is never removed'); END;

CREATE TRIGGER visit_is_never_replaced BEFORE INSERT ON visit
WHEN EXISTS (SELECT 1 FROM visit WHERE id = new.id OR rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a visit is never replaced'); END;

CREATE TABLE decision (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    item_id TEXT NOT NULL REFERENCES item (id),
    axis TEXT NOT NULL,
    grade INTEGER,
    cause TEXT NOT NULL CHECK (
        cause IN ('misread', 'rubric_unclear', 'clinical_disagreement', 'slip')
    ),
    note TEXT NOT NULL,
    decided_at TEXT NOT NULL,
    decided_by TEXT NOT NULL CHECK (length(trim(decided_by)) > 0),
    FOREIGN KEY (axis, grade) REFERENCES level (axis, grade)
) STRICT;

CREATE TABLE item (
    id TEXT PRIMARY KEY,
    scenario_id TEXT NOT NULL REFERENCES scenario (id),
    response TEXT NOT NULL,
    filtered INTEGER NOT NULL CHECK (filtered IN (0, 1)),
    repeat_of TEXT CHECK (repeat_of <> id) REFERENCES item (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE TABLE level (
    axis TEXT NOT NULL,
    grade INTEGER NOT NULL,
    PRIMARY KEY (axis, grade)
) STRICT, WITHOUT ROWID;

CREATE TABLE log (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    at TEXT NOT NULL,
    event TEXT NOT NULL CHECK (event ->> 'event' IS NOT NULL)
) STRICT;

CREATE TABLE opened_key (
    digest TEXT PRIMARY KEY REFERENCES sealed_key (digest),
    content TEXT NOT NULL CHECK (json_valid(content)),
    opened_at TEXT NOT NULL
) STRICT;

CREATE TABLE packet (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE CHECK (position >= 0),
    rater TEXT NOT NULL,
    lead INTEGER NOT NULL CHECK (lead IN (0, 1)),
    digest TEXT NOT NULL,
    further_of TEXT CHECK (further_of <> id) REFERENCES packet (id)
) STRICT;

CREATE TABLE packet_item (
    packet_id TEXT NOT NULL REFERENCES packet (id),
    position INTEGER NOT NULL CHECK (position >= 0),
    item_id TEXT NOT NULL REFERENCES item (id),
    PRIMARY KEY (packet_id, position),
    UNIQUE (packet_id, item_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE packet_state (
    file TEXT PRIMARY KEY REFERENCES received_file (digest),
    packet_id TEXT NOT NULL REFERENCES packet (id),
    name TEXT NOT NULL,
    exported_at TEXT NOT NULL,
    locked_at TEXT,
    attestation TEXT
) STRICT;

CREATE TABLE received_file (
    digest TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    received_at TEXT NOT NULL,
    content BLOB NOT NULL
) STRICT;

CREATE TABLE record (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    packet_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    at TEXT NOT NULL,
    change TEXT NOT NULL CHECK (json_valid(change)),
    reason TEXT CHECK (length(trim(reason)) > 0),
    file TEXT NOT NULL REFERENCES received_file (digest),
    axis TEXT AS (CASE WHEN change ->> 'part' IN ('grade', 'error') THEN change ->> 'axis' END) STORED,
    grade INTEGER AS (CASE WHEN change ->> 'part' IN ('grade', 'error') THEN change ->> 'grade' END) STORED,
    FOREIGN KEY (packet_id, item_id) REFERENCES packet_item (packet_id, item_id),
    FOREIGN KEY (axis, grade) REFERENCES level (axis, grade)
) STRICT;

CREATE TABLE registered_file (
    digest TEXT PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('thresholds', 'battery')),
    name TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    after_opening INTEGER NOT NULL CHECK (after_opening IN (0, 1)),
    content BLOB NOT NULL
) STRICT;

CREATE TABLE scenario (
    id TEXT PRIMARY KEY,
    body TEXT NOT NULL CHECK (json_valid(body))
) STRICT;

CREATE TABLE sealed_key (
    digest TEXT PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE CHECK (position >= 0),
    name TEXT NOT NULL
) STRICT;

CREATE TABLE study (
    id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    created_at TEXT NOT NULL,
    rubric TEXT NOT NULL CHECK (json_valid(rubric)),
    protocol TEXT NOT NULL CHECK (json_valid(protocol))
) STRICT;

CREATE TABLE visit (
    id TEXT PRIMARY KEY CHECK (length(id) = 36),
    packet_id TEXT NOT NULL,
    item_id TEXT NOT NULL,
    at TEXT NOT NULL,
    active_ms INTEGER NOT NULL CHECK (active_ms BETWEEN 1 AND 86400000),
    continued INTEGER NOT NULL CHECK (continued IN (0, 1)),
    file TEXT NOT NULL REFERENCES received_file (digest),
    FOREIGN KEY (packet_id, item_id) REFERENCES packet_item (packet_id, item_id)
) STRICT;

CREATE UNIQUE INDEX first_packet ON packet (rater) WHERE further_of IS NULL;

CREATE INDEX record_by_packet ON record (packet_id, id);

CREATE INDEX visit_by_packet ON visit (packet_id);
