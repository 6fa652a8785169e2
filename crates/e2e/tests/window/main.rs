//! Journeys through the built application in its real window, in one program.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod journeys;
mod support;
