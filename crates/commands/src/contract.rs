//! The one list of commands, which gives both the dispatch and the TypeScript contract.

mod constants;
mod context;
mod failure;
mod watch;

pub use context::Context;
pub use failure::{Failure, FailureKind};
pub use watch::{Step, Watch};

use figures::Figure;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::path::Path;
use ts_rs::{ExportError, TS};

/// Draws the figures of a report.
pub type Draw<R> = fn(&R) -> Vec<Figure>;

/// One thing that a person can ask.
pub trait Command: DeserializeOwned + TS + 'static {
    /// Its name on the wire: a verb and a noun.
    const NAME: &'static str;
    /// What it answers.
    type Reply: Serialize + TS + 'static;
    /// Draws the figures of its answer, where it has some. The window gets them beside it.
    const DRAW: Option<Draw<Self::Reply>> = None;
    /// Does it.
    fn run(self, context: &mut Context) -> Result<Self::Reply, Failure>;
}

/// What the window gets beside a report.
#[derive(Debug, Serialize, TS)]
pub struct Drawn {
    /// The report's figures, in its order.
    pub figures: Vec<Figure>,
}

/// A report with its figures.
#[derive(Serialize)]
struct WithFigures<R> {
    #[serde(flatten)]
    reply: R,
    #[serde(flatten)]
    drawn: Drawn,
}

/// Parses the arguments, runs the command, and writes its reply.
fn answer<C: Command>(context: &mut Context, arguments: Value) -> Result<Value, Failure> {
    let misused = |error: serde_json::Error| Failure::misused(format!("{}: {error}", C::NAME));
    let command: C = serde_json::from_value(arguments).map_err(misused)?;
    let reply = command.run(context)?;
    match C::DRAW {
        None => serde_json::to_value(reply),
        Some(draw) => {
            let drawn = Drawn { figures: draw(&reply) };
            serde_json::to_value(WithFigures { reply, drawn })
        }
    }
    .map_err(misused)
}

macro_rules! commands {
    ($($command:ident),* $(,)?) => {
        /// Runs the command called `name` with `arguments`, an object of its fields.
        pub fn call(context: &mut Context, name: &str, arguments: Value) -> Result<Value, Failure> {
            match name {
                $(<crate::$command as Command>::NAME => answer::<crate::$command>(context, arguments),)*
                _ => Err(Failure::misused(format!("no command is called `{name}`"))),
            }
        }

        /// Writes the TypeScript contract to `folder`: one file per type, `commands.ts`, which maps each
        /// command's name to its arguments and its reply, and `constants.ts`.
        pub fn write_contract(folder: &Path) -> Result<(), ExportError> {
            let config = ts_rs::Config::new().with_out_dir(folder).with_large_int("number");
            Failure::export_all(&config)?;
            Step::export_all(&config)?;
            Drawn::export_all(&config)?;
            let mut imports = String::from("import type { Drawn } from \"./Drawn\";\n");
            let mut map = String::from("\nexport interface Commands {\n");
            $(
                <crate::$command as TS>::export_all(&config)?;
                <<crate::$command as Command>::Reply as TS>::export_all(&config)?;
                let (arguments, reply) = (
                    <crate::$command as TS>::name(&config),
                    <<crate::$command as Command>::Reply as TS>::name(&config),
                );
                for name in [&arguments, &reply] {
                    let name = name.trim_end_matches(" | null");
                    let line = format!("import type {{ {name} }} from \"./{name}\";\n");
                    if !imports.contains(&line) {
                        imports.push_str(&line);
                    }
                }
                let drawn = <crate::$command as Command>::DRAW.map_or("", |_| " & Drawn");
                map.push_str(&format!(
                    "  {}: {{ arguments: {arguments}; reply: {reply}{drawn} }};\n",
                    <crate::$command as Command>::NAME
                ));
            )*
            map.push_str("}\n");
            std::fs::write(folder.join("commands.ts"), imports + &map)?;
            std::fs::write(folder.join("constants.ts"), constants::for_the_screen())?;
            Ok(())
        }
    };
}

commands![
    ListPackets,
    OpenPacket,
    OpenExample,
    ResumePacket,
    RemovePacket,
    RestorePacket,
    NameRater,
    ShowItem,
    RateItem,
    UndoChange,
    RecordVisit,
    CheckPacket,
    LockPacket,
    ExportRatings,
    InspectFile,
    ListSheets,
    SaveColumns,
    ReadColumns,
    CompareRaters,
    ValidateJudge,
    ShowMissed,
    MakePackets,
    RunExample,
    ComputeCoefficients,
    ComputeFindings,
    SaveFigure,
    PlanItems,
    PlanStudy,
    PreviewTexts,
    CheckStudy,
    DrawSample,
    ScanLeaks,
    ListTexts,
    ShowText,
    FindWords,
    ShowBegunStudy,
    KeepBegunStudy,
    DiscardBegunStudy,
    GeneratePassphrase,
    CreateStudy,
    ListStudies,
    RememberStudy,
    ForgetStudy,
    ShowStudy,
    AddRater,
    AddItems,
    WritePackets,
    ImportTable,
    ReceiveFiles,
    RegisterFile,
    MeasureStudy,
    ListBegunTexts,
    KeepBegunText,
    ShowPreferences,
    KeepPreferences,
    ListDisagreements,
    ShowDisagreement,
    ListBegunDecisions,
    KeepBegunDecision,
    Decide,
    OpenKey,
    ExportStudy,
];
