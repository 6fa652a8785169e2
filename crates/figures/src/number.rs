//! Numbers as the tables have them.

use crate::ReportedMeasure;

/// With so many decimals, a true minus sign and never a negative zero; halves are rounded away from 0.
pub(crate) fn fixed(value: f64, decimals: u8) -> String {
    // Only odd multiples of a power of two lie exactly between two numbers of so many decimals.
    let parts = value * 2f64.powi(i32::from(decimals) + 1);
    let between = parts.fract() == 0.0 && parts % 2.0 != 0.0;
    let nudge = if between { value.signum() * 0.1f64.powi(i32::from(decimals) + 1) } else { 0.0 };
    let text = format!("{:.1$}", value + nudge, usize::from(decimals));
    match text.strip_prefix('-') {
        Some(zero) if zero.bytes().all(|digit| matches!(digit, b'0' | b'.')) => zero.into(),
        Some(positive) => format!("\u{2212}{positive}"),
        None => text,
    }
}

/// Three decimals.
pub(crate) fn number(value: f64) -> String {
    fixed(value, 3)
}

/// At most so many decimals, and none where they would be 0.
pub(crate) fn amount(value: f64, decimals: u8) -> String {
    let text = fixed(value, decimals);
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// What a quantity can be; intervals that reach further are drawn to here.
pub(crate) type Limits = [f64; 2];
pub(crate) const COEFFICIENT: Limits = [-1.0, 1.0];
pub(crate) const SHARE: Limits = [0.0, 1.0];
/// One coefficient minus another.
pub(crate) const DIFFERENCE: Limits = [-2.0, 2.0];
pub(crate) const ANY: Limits = [f64::NEG_INFINITY, f64::INFINITY];

/// A measure as it is drawn.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) estimate: Option<f64>,
    pub(crate) interval: Option<[f64; 2]>,
    pub(crate) level: Option<f64>,
    /// Why there is no number, or no interval.
    pub(crate) why: Option<String>,
}

impl Found {
    pub(crate) fn of(ReportedMeasure(measure): &ReportedMeasure, [least, most]: Limits) -> Self {
        let interval = measure.interval();
        let why = measure.undefined().map(|why| match measure.estimate() {
            Some(_) => format!("no interval: {why}"),
            None => why.to_string(),
        });
        Self {
            estimate: measure.estimate(),
            interval: interval.map(|found| [found.lo.max(least), found.hi.min(most)]),
            level: interval.map(|found| found.level),
            why,
        }
    }

    /// "0.365 [−0.117, 0.847]"
    pub(crate) fn words(&self) -> String {
        match (self.estimate, self.interval) {
            (None, _) => "undefined".into(),
            (Some(estimate), None) => number(estimate),
            (Some(estimate), Some([lo, hi])) => {
                format!("{} [{}, {}]", number(estimate), number(lo), number(hi))
            }
        }
    }

    /// The same with the reason for what is not there.
    pub(crate) fn sentence(&self) -> String {
        let why = self.why.as_ref().map(|why| format!(" ({why})")).unwrap_or_default();
        self.words() + &why
    }
}

/// "95 %"
pub(crate) fn percent(level: f64) -> String {
    format!("{}\u{202f}%", amount(level * 100.0, 1))
}
