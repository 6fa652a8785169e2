//! The table `scenario`.

use crate::support::Stored;

#[test]
fn scenarios_come_back_as_received() {
    let stored = Stored::new().reopened();
    assert_eq!(stored.store().scenarios().unwrap(), stored.packet.scenarios);
}

#[test]
fn a_scenario_is_not_changed_or_removed() {
    let stored = Stored::new();
    assert_eq!(stored.refuses("UPDATE scenario SET body = '{}'"), "a scenario is never changed");
    assert_eq!(stored.refuses("DELETE FROM scenario"), "a scenario is never removed");
}
