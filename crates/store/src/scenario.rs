//! The table `scenario`: blinded scenarios as received.

use crate::database::added;
use crate::{Error, Store};
use rusqlite::{Transaction, params};
use study::BlindedScenario;

pub(crate) fn insert(
    transaction: &Transaction<'_>,
    scenarios: &[BlindedScenario],
) -> Result<(), Error> {
    let mut insert = transaction.prepare("INSERT INTO scenario (id, body) VALUES (?1, ?2)")?;
    for scenario in scenarios {
        added(insert.execute(params![scenario.id, serde_json::to_string(scenario)?])?)?;
    }
    Ok(())
}

impl Store {
    /// Every scenario of the packet, in the order in which it was received.
    pub fn scenarios(&self) -> Result<Vec<BlindedScenario>, Error> {
        self.read(|connection| {
            let mut select = connection.prepare("SELECT body FROM scenario ORDER BY rowid")?;
            let bodies = select.query_map([], |row| row.get::<_, String>(0))?;
            bodies.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
        })
    }
}
