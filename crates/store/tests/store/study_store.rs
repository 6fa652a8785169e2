//! The lead author's file, one module a table.

mod amendment;
mod blinding;
mod connection;
mod decision;
mod durability;
mod item;
mod log;
mod opened_key;
mod packet;
mod packet_state;
mod received_file;
mod record;
mod registered_file;
mod scenario;
mod stored_study;
mod study;
mod visit;
