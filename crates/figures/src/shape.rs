//! What figures are made of. Nothing here can run, load or refer to anything.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A shape of a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Shape {
    /// A rectangle.
    Rect {
        /// Its left edge.
        x: f64,
        /// Its upper edge.
        y: f64,
        /// From left to right.
        width: f64,
        /// From top to bottom.
        height: f64,
        /// How it looks.
        paint: Paint,
    },
    /// A disc or a ring.
    Circle {
        /// The centre, from the left.
        x: f64,
        /// The centre, from the top.
        y: f64,
        /// The radius.
        r: f64,
        /// How it looks.
        paint: Paint,
    },
    /// A line through points; closed where it is filled.
    Path {
        /// The points.
        points: Vec<[f64; 2]>,
        /// How it looks.
        paint: Paint,
    },
    /// A line of text.
    Text {
        /// Where it is anchored, from the left.
        x: f64,
        /// Its baseline, from the top.
        y: f64,
        /// What it says.
        text: String,
        /// The size of the letters.
        size: f64,
        /// Which of its ends is at `x`.
        anchor: Anchor,
        /// Its colour.
        tone: Tone,
        /// Whether it is set off from what lies behind it.
        halo: bool,
        /// Whether it runs upwards.
        turned: bool,
    },
}

/// How a shape looks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Paint {
    /// The colour inside.
    pub fill: Option<Tone>,
    /// How strong that is, 0 to 1.
    pub strength: f64,
    /// The colour of the line.
    pub stroke: Option<Tone>,
    /// How wide the line is.
    pub width: f64,
    /// Whether the line is dashed.
    pub dashed: bool,
}

impl Paint {
    pub(crate) fn filled(tone: Tone) -> Self {
        Self { fill: Some(tone), strength: 1.0, stroke: None, width: 0.0, dashed: false }
    }

    pub(crate) fn lined(tone: Tone, width: f64) -> Self {
        Self { fill: None, strength: 1.0, stroke: Some(tone), width, dashed: false }
    }

    pub(crate) fn strength(self, strength: f64) -> Self {
        Self { strength: (strength * 1000.0).round() / 1000.0, ..self }
    }

    pub(crate) fn edged(self, tone: Tone, width: f64) -> Self {
        Self { stroke: Some(tone), width, ..self }
    }

    pub(crate) fn dashed(self) -> Self {
        Self { dashed: true, ..self }
    }
}

/// A colour by its part. One hue in several strengths beside greys is seen by every eye, and in print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// What is read first.
    Ink,
    /// What explains.
    Muted,
    /// Rules and grids.
    Line,
    /// Rules that matter, such as that of 0.
    Edge,
    /// The data.
    Accent,
    /// The ground.
    Paper,
}

impl Tone {
    /// In a file, which is for paper.
    pub(crate) fn colour(self) -> &'static str {
        match self {
            Self::Ink => "#1c2126",
            Self::Muted => "#575f67",
            Self::Line => "#dcd9d1",
            Self::Edge => "#82878c",
            Self::Accent => "#1d5a73",
            Self::Paper => "#ffffff",
        }
    }
}

/// Which end of a text is at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The left one.
    Start,
    /// Neither: the middle.
    Middle,
    /// The right one.
    End,
}

impl Anchor {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}
