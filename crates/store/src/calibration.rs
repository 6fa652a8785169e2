//! The table `calibration`: which items are rated before the study and do not count, with their
//! shared grades.

use crate::database::added;
use crate::{Error, Store};
use rusqlite::{Transaction, params};
use study::{BlindedResponse, BlindedScenario, CalibrationItem, Item, ItemId};

/// Adds the items, in front of those of the study.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    calibration: &[CalibrationItem],
) -> Result<(), Error> {
    let scenarios: Vec<BlindedScenario> =
        calibration.iter().map(|item| item.scenario.clone()).collect();
    crate::scenario::insert(transaction, &scenarios)?;
    let items: Vec<Item> = calibration.iter().map(as_item).collect();
    crate::item::insert(transaction, &items, 0)?;
    let mut insert = transaction.prepare(
        "INSERT INTO calibration (item_id, shared_grades, discussion) VALUES (?1, ?2, ?3)",
    )?;
    for item in calibration {
        let grades = serde_json::to_string(&item.shared_grades)?;
        added(insert.execute(params![item.id.as_str(), grades, item.discussion])?)?;
    }
    Ok(())
}

fn as_item(item: &CalibrationItem) -> Item {
    Item {
        id: item.id.clone(),
        scenario: item.scenario.id.clone(),
        response: item.response.clone(),
    }
}

impl Store {
    /// Every calibration item, in the order of rating.
    pub fn calibration(&self) -> Result<Vec<CalibrationItem>, Error> {
        self.read(|connection| {
            let mut select = connection.prepare(
                "SELECT item.id, scenario.body, response, filtered, shared_grades, discussion
             FROM calibration
             JOIN item ON item.id = calibration.item_id
             JOIN scenario ON scenario.id = item.scenario_id
             ORDER BY position",
            )?;
            let mut rows = select.query([])?;
            let mut items = Vec::new();
            while let Some(row) = rows.next()? {
                items.push(CalibrationItem {
                    id: ItemId::new(row.get::<_, String>(0)?),
                    scenario: serde_json::from_str(&row.get::<_, String>(1)?)?,
                    response: BlindedResponse { text: row.get(2)?, filtered: row.get(3)? },
                    shared_grades: serde_json::from_str(&row.get::<_, String>(4)?)?,
                    discussion: row.get(5)?,
                });
            }
            Ok(items)
        })
    }
}
