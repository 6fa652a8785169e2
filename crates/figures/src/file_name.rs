//! Names of files that every system takes.

use crate::Figure;
use std::collections::BTreeSet;

/// A name of letters, digits and hyphens from what a figure is about.
pub(crate) fn file_name(parts: &[&str]) -> String {
    let parts = parts.iter().map(|part| slug(part)).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

fn slug(part: &str) -> String {
    /// Of bytes, as systems count: names of four parts remain shorter than they allow.
    const MOST: usize = 40;
    let mut slug = String::new();
    for letter in part.chars().flat_map(char::to_lowercase) {
        let letter = if letter.is_alphanumeric() { letter } else { '-' };
        if slug.len() + letter.len_utf8() > MOST {
            break;
        }
        if letter != '-' || !(slug.is_empty() || slug.ends_with('-')) {
            slug.push(letter);
        }
    }
    slug.trim_matches('-').to_owned()
}

/// Gives a number to each name that came before, so that no two figures share a file.
pub fn distinct(mut figures: Vec<Figure>) -> Vec<Figure> {
    let mut taken = BTreeSet::new();
    for figure in &mut figures {
        let numbered = (2..).map(|number| format!("{}-{number}", figure.name));
        let mut names = std::iter::once(figure.name.clone()).chain(numbered);
        if let Some(free) = names.find(|name| taken.insert(name.clone())) {
            figure.name = free;
        }
    }
    figures
}
