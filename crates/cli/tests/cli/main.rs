//! Tests of the crate, in one program: a file here for each file or matter of `src`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

mod agree;
mod coefficients;
mod demo;
mod dependencies;
mod docs;
mod figures;
mod findings;
mod inspect;
mod judge;
mod layers;
mod packet;
mod plan;
mod proposals;
mod rpc;
mod study;
mod support;
mod terminal;
#[cfg(unix)]
mod unreadable;
mod words;
