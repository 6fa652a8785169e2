//! Identifiers, each its own type so that one cannot stand where another belongs.

use serde::{Deserialize, Serialize};
use std::fmt;
use ts_rs::TS;
use uuid::Uuid;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The identifier spelled `text`.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The identifier as it is written in files.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str(&self.0)
            }
        }
    };
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        pub struct $name(#[ts(type = "string")] Uuid);

        impl $name {
            /// The identifier `uuid`.
            pub fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(out)
            }
        }
    };
}

text_id! {
    /// One study: the same blinded texts, rubric and seed give the same identifier.
    StudyId
}
text_id! {
    /// One rater's packet within a study.
    PacketId
}
text_id! {
    /// One blinded item; shared by all raters of a study, meaningless without the key.
    ItemId
}

uuid_id! {
    /// One record, a version 7 UUID: unique everywhere, and sorted by the time it was made.
    RecordId
}
uuid_id! {
    /// One visit, a version 7 UUID: unique everywhere.
    VisitId
}
uuid_id! {
    /// One decision, a version 7 UUID: unique everywhere, and sorted by the time it was made.
    DecisionId
}
