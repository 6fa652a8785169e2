-- REPLACE removes a row without asking the triggers on DELETE, by whichever of its unique columns it is
-- found, the hidden rowid included. Where none is given, new.rowid is -1 here.
CREATE TRIGGER scenario_is_not_replaced BEFORE INSERT ON scenario
WHEN EXISTS (SELECT 1 FROM scenario WHERE rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a scenario is never replaced'); END;
CREATE TRIGGER item_is_not_replaced BEFORE INSERT ON item
WHEN EXISTS (SELECT 1 FROM item WHERE rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'an item is never replaced'); END;
CREATE TRIGGER packet_is_not_replaced BEFORE INSERT ON packet
WHEN EXISTS (SELECT 1 FROM packet WHERE rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a packet is never replaced'); END;
CREATE TRIGGER received_file_is_not_replaced BEFORE INSERT ON received_file
WHEN EXISTS (SELECT 1 FROM received_file WHERE rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a received file is never replaced'); END;
CREATE TRIGGER packet_state_is_not_replaced BEFORE INSERT ON packet_state
WHEN EXISTS (SELECT 1 FROM packet_state WHERE rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a packet''s state is never replaced'); END;
CREATE TRIGGER record_is_not_replaced BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a record is never replaced'); END;
CREATE TRIGGER decision_is_not_replaced BEFORE INSERT ON decision
WHEN EXISTS (SELECT 1 FROM decision WHERE rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a decision is never replaced'); END;
CREATE TRIGGER opened_key_is_not_replaced BEFORE INSERT ON opened_key
WHEN EXISTS (SELECT 1 FROM opened_key WHERE rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'an opened key is never replaced'); END;
CREATE TRIGGER registered_file_is_not_replaced BEFORE INSERT ON registered_file
WHEN EXISTS (SELECT 1 FROM registered_file WHERE rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a registered file is never replaced'); END;
