//! What was put to a model: a text, or the turns of a conversation. In JSON a text is a string, and a
//! conversation a list of `{role, content}`.

use serde::de::{self, Deserializer, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt::{self, Formatter};
use ts_rs::TS;

/// What was put to a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(untagged)]
pub enum Prompt {
    /// A text.
    Text(String),
    /// A conversation, which the response goes on with.
    Turns(Vec<Turn>),
}

/// What one side of a conversation says at a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Turn {
    /// Who speaks.
    pub role: Role,
    /// What they say; Markdown.
    #[serde(deserialize_with = "content")]
    pub content: String,
}

/// Who speaks in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The maker of the product, before the conversation.
    System,
    /// The person who asks.
    User,
    /// A model.
    Assistant,
}

impl Role {
    /// The role that other programs call `word`, in whatever letters.
    pub fn named(word: &str) -> Option<Self> {
        match word.to_lowercase().as_str() {
            "system" | "developer" => Some(Self::System),
            "user" | "human" => Some(Self::User),
            "assistant" | "model" | "ai" | "gpt" => Some(Self::Assistant),
            _ => None,
        }
    }

    /// Its name before what is said.
    pub fn label(self) -> &'static str {
        match self {
            Self::System => "System",
            Self::User => "User",
            Self::Assistant => "Assistant",
        }
    }
}

impl Prompt {
    /// Its turns, where it is a conversation.
    pub fn turns(&self) -> Option<&[Turn]> {
        match self {
            Self::Text(_) => None,
            Self::Turns(turns) => Some(turns),
        }
    }

    /// Its texts in their order, each with who speaks where it is a conversation.
    pub fn texts(&self) -> impl Iterator<Item = (Option<Role>, &str)> {
        let (text, turns) = match self {
            Self::Text(text) => (Some((None, text.as_str())), Default::default()),
            Self::Turns(turns) => (None, turns.as_slice()),
        };
        text.into_iter().chain(turns.iter().map(|turn| (Some(turn.role), turn.content.as_str())))
    }

    /// The same texts, to be masked.
    pub(crate) fn texts_mut(&mut self) -> impl Iterator<Item = &mut String> {
        let (text, turns) = match self {
            Self::Text(text) => (Some(text), Default::default()),
            Self::Turns(turns) => (None, turns.as_mut_slice()),
        };
        text.into_iter().chain(turns.iter_mut().map(|turn| &mut turn.content))
    }

    /// What the response answers: the text, or what the user said last.
    pub fn question(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Turns(turns) => {
                let user = turns.iter().rfind(|turn| turn.role == Role::User);
                user.map_or("", |turn| &turn.content)
            }
        }
    }

    /// All of it as one text, for what knows no turns.
    pub fn plain(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => text.into(),
            Self::Turns(turns) => {
                let said = |turn: &Turn| format!("{}: {}", turn.role.label(), turn.content);
                turns.iter().map(said).collect::<Vec<_>>().join("\n\n").into()
            }
        }
    }

    /// What is missing in it, if anything: what is there instead, and what is expected.
    pub fn missing(&self) -> Option<(String, &'static str)> {
        let blank = |(_, text): (Option<Role>, &str)| text.trim().is_empty();
        match (self.texts().position(blank), self.turns()) {
            (Some(_), None) => Some(("nothing".into(), "a text")),
            (Some(place), Some(_)) => Some((format!("nothing in turn {}", place + 1), "a text")),
            (None, Some(turns)) if turns.iter().all(|turn| turn.role != Role::User) => {
                Some(("no turn of the user".into(), "what the user said"))
            }
            (None, _) => None,
        }
    }
}

impl From<&str> for Prompt {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl<'de> Deserialize<'de> for Prompt {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Prompt;

            fn expecting(&self, text: &mut Formatter<'_>) -> fmt::Result {
                text.write_str("a text, or a list of turns with `role` and `content`")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Prompt, E> {
                Ok(text.into())
            }

            fn visit_seq<A: SeqAccess<'de>>(self, turns: A) -> Result<Prompt, A::Error> {
                all(turns).map(Prompt::Turns)
            }
        }
        from.deserialize_any(Either)
    }
}

impl<'de> Deserialize<'de> for Role {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let word = String::deserialize(from)?;
        let expected = &"`system`, `user` or `assistant`";
        Self::named(&word).ok_or_else(|| de::Error::invalid_value(Unexpected::Str(&word), expected))
    }
}

/// A part of a turn, as programs write it whose turns may hold more than text.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    #[serde(rename = "type")]
    _kind: Kind,
    text: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Text,
}

/// What a turn says: a text, or parts that are all texts, which get a line each.
fn content<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    struct Either;
    impl<'de> Visitor<'de> for Either {
        type Value = String;

        fn expecting(&self, text: &mut Formatter<'_>) -> fmt::Result {
            text.write_str("a text, or a list of parts that are texts")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
            Ok(text.into())
        }

        fn visit_seq<A: SeqAccess<'de>>(self, parts: A) -> Result<String, A::Error> {
            let parts: Vec<Part> = all(parts)?;
            Ok(parts.into_iter().map(|part| part.text).collect::<Vec<_>>().join("\n"))
        }
    }
    from.deserialize_any(Either)
}

/// All of a list, which has at least one.
fn all<'de, T: Deserialize<'de>, A: SeqAccess<'de>>(mut list: A) -> Result<Vec<T>, A::Error> {
    let mut found = Vec::new();
    while let Some(next) = list.next_element()? {
        found.push(next);
    }
    match found.is_empty() {
        true => Err(de::Error::custom("an empty list, expected at least one entry")),
        false => Ok(found),
    }
}
