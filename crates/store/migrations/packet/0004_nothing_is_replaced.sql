-- REPLACE removes a row without asking the triggers on DELETE, by whichever of its unique columns it is
-- found, the hidden rowid included. Where none is given, new.rowid is -1 here.
CREATE TRIGGER packet_is_not_replaced BEFORE INSERT ON packet
WHEN EXISTS (SELECT 1 FROM packet)
BEGIN SELECT raise(ABORT, 'a packet is never replaced'); END;
CREATE TRIGGER level_is_not_replaced BEFORE INSERT ON level
WHEN EXISTS (SELECT 1 FROM level WHERE axis = new.axis AND grade = new.grade)
BEGIN SELECT raise(ABORT, 'a level is never replaced'); END;
CREATE TRIGGER scenario_is_not_replaced BEFORE INSERT ON scenario
WHEN EXISTS (SELECT 1 FROM scenario WHERE id = new.id OR rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a scenario is never replaced'); END;
CREATE TRIGGER item_is_not_replaced BEFORE INSERT ON item
WHEN EXISTS (SELECT 1 FROM item WHERE id = new.id OR position = new.position OR rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'an item is never replaced'); END;
CREATE TRIGGER calibration_is_not_replaced BEFORE INSERT ON calibration
WHEN EXISTS (SELECT 1 FROM calibration WHERE rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a calibration item is never replaced'); END;
CREATE TRIGGER record_is_not_replaced BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE rowid = new.rowid)
BEGIN SELECT raise(ABORT, 'a record is never replaced'); END;
CREATE TRIGGER record_is_taken_back_once BEFORE INSERT ON record
WHEN EXISTS (SELECT 1 FROM record WHERE undoes = new.change ->> 'record' AND new.change ->> 'part' = 'undo')
BEGIN SELECT raise(ABORT, 'a change is taken back once'); END;
CREATE TRIGGER rater_name_is_not_replaced BEFORE INSERT ON rater_name
WHEN EXISTS (SELECT 1 FROM rater_name WHERE number = new.number)
BEGIN SELECT raise(ABORT, 'a name is never replaced'); END;
