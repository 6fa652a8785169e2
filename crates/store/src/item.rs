//! The table `item`: the responses, in the order of rating.

use crate::database::added;
use crate::{Error, Store};
use rusqlite::{Transaction, params};
use study::{BlindedResponse, Item, ItemId};

/// An item's place, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredItem {
    /// The item.
    pub id: ItemId,
    /// The scenario it answers.
    pub scenario: String,
}

/// Adds `items`, after the `before` that are there.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    items: &[Item],
    before: usize,
) -> Result<(), Error> {
    let mut insert = transaction.prepare(
        "INSERT INTO item (id, position, scenario_id, response, filtered) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (position, item) in (before as i64..).zip(items) {
        let response = &item.response;
        added(insert.execute(params![
            item.id.as_str(),
            position,
            item.scenario,
            response.text,
            response.filtered
        ])?)?;
    }
    Ok(())
}

impl Store {
    /// Every item of the study, in the order of rating.
    pub fn items(&self) -> Result<Vec<StoredItem>, Error> {
        self.read(|connection| {
            let mut select = connection.prepare(
                "SELECT id, scenario_id FROM item
             WHERE id NOT IN (SELECT item_id FROM calibration) ORDER BY position",
            )?;
            let items = select.query_map([], |row| {
                Ok(StoredItem { id: ItemId::new(row.get::<_, String>(0)?), scenario: row.get(1)? })
            })?;
            Ok(items.collect::<Result<_, _>>()?)
        })
    }

    /// The same with their responses.
    pub(crate) fn whole_items(&self) -> Result<Vec<Item>, Error> {
        let whole =
            |StoredItem { id, scenario }| Ok(Item { response: self.response(&id)?, id, scenario });
        self.items()?.into_iter().map(whole).collect()
    }

    /// The response of `item`.
    pub fn response(&self, item: &ItemId) -> Result<BlindedResponse, Error> {
        self.read(|connection| {
            let sql = "SELECT response, filtered FROM item WHERE id = ?1";
            Ok(connection.prepare_cached(sql)?.query_row([item.as_str()], |row| {
                Ok(BlindedResponse { text: row.get(0)?, filtered: row.get(1)? })
            })?)
        })
    }
}
