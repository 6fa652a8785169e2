//! What is registered before the key is opened, and its opening.

mod open_key;
mod register;

pub use open_key::{OpenKey, UnsealWith};
pub use register::{RegisterFile, Registration, registration, registration_words};
