//! What a person should know of a packet or a study before they go on with it.

/// That it can be read and not changed.
pub(crate) fn archived(noun: &str, reason: &str) -> String {
    format!("This {noun} is archived, it cannot be changed here: {reason}")
}
