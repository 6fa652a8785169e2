//! `--intervals`: how intervals are made.

use clap::ValueEnum;

#[derive(Clone, Copy, Default, ValueEnum)]
pub(crate) enum Intervals {
    /// The default: the augmented jackknife, over scenarios where they repeat, over items otherwise.
    #[default]
    Auto,
    /// The same, assuming that unseen disagreements may be of any distance.
    Cautious,
    /// The plain jackknife, over scenarios where they repeat, over items otherwise.
    Plain,
    /// The formula of each coefficient, over items.
    Formula,
    /// BCa bootstrap over items.
    Items,
    /// BCa bootstrap over whole scenarios, of which there must be at least 10.
    Scenarios,
}

impl From<Intervals> for commands::Intervals {
    fn from(intervals: Intervals) -> Self {
        match intervals {
            Intervals::Auto => Self::Auto,
            Intervals::Cautious => Self::Cautious,
            Intervals::Plain => Self::Plain,
            Intervals::Formula => Self::Formula,
            Intervals::Items => Self::Items,
            Intervals::Scenarios => Self::Scenarios,
        }
    }
}
