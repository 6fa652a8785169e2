//! A scale with round numbers on it.

use crate::number::fixed;

/// From the values of an axis to places in a figure.
#[derive(Clone, Debug)]
pub(crate) struct Axis {
    /// The values at its ends.
    ends: [f64; 2],
    /// Where these are.
    places: [f64; 2],
    step: f64,
}

impl Axis {
    /// From and to round numbers around the values, with about so many steps.
    pub(crate) fn around([least, most]: [f64; 2], steps: f64, places: [f64; 2]) -> Self {
        let most = if most > least { most } else { least + 1.0 };
        let step = round_step((most - least) / steps);
        // What is less than a millionth of a step beyond a round number is there by rounding.
        let ends = [(least / step + 1e-6).floor() * step, (most / step - 1e-6).ceil() * step];
        Self { ends, places, step }
    }

    /// From one whole number to another.
    pub(crate) fn whole(ends: [f64; 2], places: [f64; 2]) -> Self {
        let step = round_step((ends[1] - ends[0]) / 8.0).max(1.0);
        Self { ends, places, step }
    }

    /// Where a value is; what lies beyond an end is drawn there.
    pub(crate) fn place(&self, value: f64) -> f64 {
        let [least, most] = self.ends;
        let share = (value.clamp(least, most) - least) / (most - least);
        self.places[0] + share * (self.places[1] - self.places[0])
    }

    /// The round numbers on it.
    pub(crate) fn ticks(&self) -> impl Iterator<Item = (f64, String)> {
        let [least, most] = self.ends;
        let step = self.step;
        let decimals = (-step.log10() - 1e-9).ceil().max(0.0) as u8;
        let first = (least / step - 1e-6).ceil();
        let count = ((most / step + 1e-6).floor() - first) as usize;
        (0..=count).map(move |place| {
            let value = (first + place as f64) * step;
            (value, fixed(value, decimals))
        })
    }
}

/// The next of 1, 2, 5, 10 and so on.
fn round_step(step: f64) -> f64 {
    let power = 10f64.powi(step.log10().floor() as i32);
    let parts = step / power;
    let round = [1.0, 2.0, 5.0].into_iter().find(|round| parts <= round + 1e-6);
    round.unwrap_or(10.0) * power
}
