//! The table `scenario`: blinded scenarios, each once for all packets.

use super::{StudyStore, refused};
use crate::Error;
use crate::database::added;
use rusqlite::{OptionalExtension, Transaction, params};
use study::BlindedScenario;

/// Adds those of `scenarios` that an earlier packet did not bring.
pub(super) fn insert(
    transaction: &Transaction<'_>,
    scenarios: &[BlindedScenario],
) -> Result<(), Error> {
    let mut select = transaction.prepare_cached("SELECT body FROM scenario WHERE id = ?1")?;
    let mut insert =
        transaction.prepare_cached("INSERT INTO scenario (id, body) VALUES (?1, ?2)")?;
    for scenario in scenarios {
        let body = serde_json::to_string(scenario)?;
        match select.query_row([&scenario.id], |row| row.get::<_, String>(0)).optional()? {
            None => {
                added(insert.execute(params![scenario.id, body])?)?;
            }
            Some(there) if there == body => {}
            Some(_) => {
                let reason = format!("scenario `{}` differs between packets", scenario.id);
                return Err(refused(reason));
            }
        }
    }
    Ok(())
}

impl StudyStore {
    /// Every scenario of the study.
    pub fn scenarios(&self) -> Result<Vec<BlindedScenario>, Error> {
        self.read(|connection| {
            let mut select = connection.prepare("SELECT body FROM scenario ORDER BY id")?;
            let bodies = select.query_map([], |row| row.get::<_, String>(0))?;
            bodies.map(|body| Ok(serde_json::from_str(&body?)?)).collect()
        })
    }
}
