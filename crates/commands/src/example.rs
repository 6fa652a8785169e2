//! The example study: what comes with the program, and the whole job done on it without a window.

use crate::contract::Command;
use crate::{
    Agreement, CompareRaters, Context, ExportRatings, Failure, HowToCompare, LockPacket, RateItem,
};
use exchange::{decode_packet, decode_ratings, write_new};
use serde::{Deserialize, Serialize};
use std::path::Path;
use study::{Lock, Packet};
use ts_rs::TS;

const PACKETS: [&str; 2] = [
    include_str!("../../../annotations/packets/packet-A.json"),
    include_str!("../../../annotations/packets/packet-B.json"),
];
const RATINGS: [&str; 2] = [
    include_str!("../../../annotations/A.ratings.json"),
    include_str!("../../../annotations/B.ratings.json"),
];
const NAME: &str = "the example study";

/// Rater A's packet.
pub(crate) fn packet() -> Result<Packet, Failure> {
    Ok(decode_packet(NAME, PACKETS[0])?)
}

/// Does the whole job on the example study: two invented physicians rate their packets, export, and
/// are compared.
#[derive(Debug, Deserialize, TS)]
pub struct RunExample {
    /// The folder for the exports and the report.
    pub out: String,
}

/// What came of it.
#[derive(Debug, Serialize, TS)]
pub struct ExampleRun {
    /// The two ratings files.
    pub ratings: Vec<String>,
    /// The report's file, JSON.
    pub report_file: String,
    /// The report.
    pub report: Agreement,
}

impl Command for RunExample {
    const NAME: &'static str = "run_example";
    type Reply = ExampleRun;

    fn run(self, context: &mut Context) -> Result<ExampleRun, Failure> {
        let mut files = Vec::new();
        for (packet, ratings) in PACKETS.into_iter().zip(RATINGS) {
            files.push(rate(context, packet, ratings, &self.out)?);
        }
        let compare = CompareRaters { files: files.clone(), how: HowToCompare::default() };
        let report = compare.run(context)?;
        let report_file = Path::new(&self.out)
            .join(format!("agreement-{}.json", context.now().strftime("%Y%m%dT%H%M%SZ")));
        let text = serde_json::to_string_pretty(&report).map_err(Failure::misused)?;
        write_new(&report_file, text.as_bytes())?;
        Ok(ExampleRun { ratings: files, report_file: report_file.display().to_string(), report })
    }
}

/// Rates `packet` as `ratings` does, change by change, locks it if they are locked, and exports to
/// `out`.
fn rate(context: &mut Context, packet: &str, ratings: &str, out: &str) -> Result<String, Failure> {
    let packet = decode_packet(NAME, packet)?;
    let ratings = decode_ratings(NAME, ratings)?;
    context.desk.receive(&packet, NAME, context.now())?;
    let (open, now) = context.packet()?;
    open.name_rater(&ratings.name, now)?;
    for record in ratings.records {
        RateItem { item: record.item, changes: vec![record.change], reason: None }.run(context)?;
    }
    if let Some(Lock { statement, .. }) = ratings.locked {
        LockPacket { statement }.run(context)?;
    }
    Ok(ExportRatings { folder: out.into() }.run(context)?.ratings)
}
