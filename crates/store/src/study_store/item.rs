//! The table `item`: the blinded responses, each once for all packets.

use super::{StudyStore, refused};
use crate::Error;
use crate::database::added;
use rusqlite::{OptionalExtension, Row, Transaction, params};
use std::collections::BTreeMap;
use study::{BlindedResponse, Item, ItemId};

const COLUMNS: &str = "SELECT id, scenario_id, response, filtered, repeat_of FROM item";

/// An item, and the item that it repeats, if it does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StudyItem {
    /// The item.
    pub item: Item,
    /// The item whose response it shows a second time.
    pub repeat_of: Option<ItemId>,
}

/// Adds those of `items` that an earlier packet did not bring.
pub(super) fn insert(
    transaction: &Transaction<'_>,
    items: &[Item],
    repeats: &BTreeMap<ItemId, ItemId>,
) -> Result<(), Error> {
    let mut select = transaction.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?;
    let mut insert = transaction.prepare_cached(
        "INSERT INTO item (id, scenario_id, response, filtered, repeat_of)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for item in items {
        match select.query_row([item.id.as_str()], read).optional()? {
            None => {
                added(insert.execute(params![
                    item.id.as_str(),
                    item.scenario,
                    item.response.text,
                    item.response.filtered,
                    repeats.get(&item.id).map(ItemId::as_str),
                ])?)?;
            }
            Some(there) if there.item == *item => {}
            Some(_) => return Err(refused(format!("item `{}` differs between packets", item.id))),
        }
    }
    Ok(())
}

/// Refuses repeats of or by items that no packet has.
pub(super) fn check_repeats(
    transaction: &Transaction<'_>,
    repeats: &BTreeMap<ItemId, ItemId>,
) -> Result<(), Error> {
    let mut select = transaction.prepare("SELECT 1 FROM item WHERE id = ?1")?;
    for id in repeats.iter().flat_map(|(repeat, first)| [repeat, first]) {
        if !select.exists([id.as_str()])? {
            return Err(refused(format!("repeats name item `{id}`, which no packet has")));
        }
    }
    Ok(())
}

fn read(row: &Row<'_>) -> rusqlite::Result<StudyItem> {
    Ok(StudyItem {
        item: Item {
            id: ItemId::new(row.get::<_, String>(0)?),
            scenario: row.get(1)?,
            response: BlindedResponse { text: row.get(2)?, filtered: row.get(3)? },
        },
        repeat_of: row.get::<_, Option<String>>(4)?.map(ItemId::new),
    })
}

impl StudyStore {
    /// Every item of the study, by identifier: the order tells nothing.
    pub fn items(&self) -> Result<Vec<StudyItem>, Error> {
        self.read(|connection| {
            let mut select = connection.prepare(&format!("{COLUMNS} ORDER BY id"))?;
            Ok(select.query_map([], read)?.collect::<Result<_, _>>()?)
        })
    }
}
