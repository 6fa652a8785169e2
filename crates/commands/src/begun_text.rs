//! Texts that were begun in the window and are no record yet, such as why a rater abstains: kept as they are
//! typed, so that neither a closed window nor a crash takes them.

use crate::contract::Command;
use crate::own_file::OwnFile;
use crate::{Context, Failure};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use ts_rs::TS;

/// Lists the texts that were begun of a packet or a study.
#[derive(Debug, Deserialize, TS)]
pub struct ListBegunTexts {
    /// The packet or the study.
    pub of: String,
}

/// Keeps a text that is being written, in the place of what was kept of it before.
#[derive(Debug, Deserialize, TS)]
pub struct KeepBegunText {
    /// The packet or the study.
    pub of: String,
    /// What the text is for.
    pub name: String,
    /// The text so far; an empty one is forgotten.
    pub text: String,
}

/// Texts that were begun.
#[derive(Debug, Serialize, TS)]
pub struct BegunTexts {
    /// By what each is for.
    pub texts: BTreeMap<String, String>,
}

/// As their file holds them.
#[derive(Default, Serialize, Deserialize)]
struct Begun {
    begun: BTreeMap<String, BTreeMap<String, String>>,
}

impl Command for ListBegunTexts {
    const NAME: &'static str = "list_begun_texts";
    type Reply = BegunTexts;

    fn run(self, context: &mut Context) -> Result<BegunTexts, Failure> {
        let texts = read(&file(context))?.begun.remove(&self.of).unwrap_or_default();
        Ok(BegunTexts { texts })
    }
}

impl Command for KeepBegunText {
    const NAME: &'static str = "keep_begun_text";
    type Reply = BegunTexts;

    fn run(self, context: &mut Context) -> Result<BegunTexts, Failure> {
        let Self { of, name, text } = self;
        let file = file(context);
        let _turn = file.turn()?;
        let mut all = read(&file)?;
        let mut texts = all.begun.remove(&of).unwrap_or_default();
        if text.is_empty() {
            texts.remove(&name);
        } else {
            texts.insert(name, text);
        }
        if !texts.is_empty() {
            all.begun.insert(of, texts.clone());
        }
        file.write(&all)?;
        Ok(BegunTexts { texts })
    }
}

fn file(context: &Context) -> OwnFile {
    context.desk.own_file("begun-texts.json", "primum-begun-texts/1")
}

fn read(file: &OwnFile) -> Result<Begun, Failure> {
    let remedy = |reason| {
        format!("Your unfinished texts cannot be read. {reason}. Move the file elsewhere.")
    };
    Ok(file.read().map_err(|reason| Failure::refused(remedy(reason)))?.unwrap_or_default())
}
