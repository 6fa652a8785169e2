//! A measure as text.

use commands::ReportedMeasure;
use std::ops::RangeInclusive;

pub(crate) const COEFFICIENT: RangeInclusive<f64> = -1.0..=1.0;
pub(crate) const SHARE: RangeInclusive<f64> = 0.0..=1.0;
pub(crate) const ANY: RangeInclusive<f64> = f64::MIN..=f64::MAX;

/// An interval that reaches beyond what the quantity can be says so; those of findings are cut to `range`
/// here, all others were before.
pub(crate) fn describe(
    ReportedMeasure(measure): &ReportedMeasure,
    range: &RangeInclusive<f64>,
) -> String {
    let Some(estimate) = measure.estimate() else {
        return format!(
            "{:>9}  {}",
            "–",
            measure.undefined().map(|why| why.to_string()).unwrap_or_default()
        );
    };
    let se = measure.se().map_or_else(|| "–".into(), number);
    let interval = match (measure.interval(), measure.undefined()) {
        (Some(interval), _) => {
            let (lo, hi) = (interval.lo.max(*range.start()), interval.hi.min(*range.end()));
            let whole = !interval.cut && (lo, hi) == (interval.lo, interval.hi);
            let cut = if whole { "" } else { ", cut at the possible range" };
            let plain = interval.plain.map(|plain| {
                let (lo, hi) = (plain.lo.max(*range.start()), plain.hi.min(*range.end()));
                format!("; plain [{}, {}]", number(lo), number(hi))
            });
            let plain = plain.unwrap_or_default();
            format!("[{}, {}]  {}{plain}{cut}", number(lo), number(hi), interval.method)
        }
        (None, Some(why)) => why.to_string(),
        (None, None) => String::new(),
    };
    format!("{:>9} {se:>8}  {interval}", number(estimate))
}

/// Three decimals, and never a negative zero.
pub(crate) fn number(value: f64) -> String {
    let text = format!("{value:.3}");
    if text == "-0.000" { "0.000".into() } else { text }
}

/// At most two decimals, and none where they would be 0.
pub(crate) fn amount(value: f64) -> String {
    let text = format!("{value:.2}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// How many of what: "1 pair", "2 pairs".
pub(crate) fn count(number: u64, one: &str) -> String {
    commands::count(usize::try_from(number).unwrap_or(usize::MAX), one)
}

/// A p-value with its sign, never as 0.
pub(crate) fn p_value(p: f64) -> String {
    if p < 0.0001 { "< 0.0001".into() } else { format!("= {p:.4}") }
}
