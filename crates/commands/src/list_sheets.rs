//! The sheets of a workbook, to choose one.

use crate::contract::Command;
use crate::{Context, Failure};
use exchange::Named;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Lists the sheets of a workbook.
#[derive(Debug, Deserialize, TS)]
pub struct ListSheets {
    /// The file; `#` and a name choose a sheet, `@` and a name a rater.
    pub file: String,
}

/// The sheets of a workbook, and what is chosen.
#[derive(Debug, Serialize, TS)]
pub struct SheetList {
    /// The file alone.
    pub file: String,
    /// The sheet that is chosen.
    #[ts(optional)]
    pub sheet: Option<String>,
    /// The rater that is chosen.
    #[ts(optional)]
    pub rater: Option<String>,
    /// The sheets with cells, in the workbook's order; none of a file that is no workbook.
    pub sheets: Vec<ListedSheet>,
}

/// A sheet that has cells.
#[derive(Debug, Serialize, TS)]
pub struct ListedSheet {
    /// Its name.
    pub name: String,
    /// Whether a spreadsheet does not show it.
    pub hidden: bool,
}

impl Command for ListSheets {
    const NAME: &'static str = "list_sheets";
    type Reply = SheetList;

    fn run(self, _: &mut Context) -> Result<SheetList, Failure> {
        let name = self.file.trim();
        let Named { file, sheet, rater } = exchange::split_name(name);
        let sheets = if file.is_file() { exchange::sheets(name)? } else { Vec::new() };
        let listed =
            |sheet: exchange::SheetSeen| ListedSheet { name: sheet.name, hidden: sheet.hidden };
        Ok(SheetList {
            file: file.display().to_string(),
            sheet: sheet.map(String::from),
            rater: rater.map(String::from),
            sheets: sheets.into_iter().map(listed).collect(),
        })
    }
}
