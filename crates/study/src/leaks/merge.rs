//! Overlapping finds become one.

use super::{Certainty, LeakKind};
use std::ops::Range;

/// Something found, in bytes of its text.
#[derive(Clone, Debug)]
pub(super) struct Find<'a> {
    pub span: Range<usize>,
    pub kind: LeakKind,
    pub certainty: Certainty,
    pub reason: &'a str,
}

/// Joins finds that share a character. The joined find covers them all and is called after the surest
/// of them, then the longest, then the first kind.
pub(super) fn merge(mut finds: Vec<Find<'_>>) -> Vec<Find<'_>> {
    finds.sort_by_key(|find| (find.span.start, rank(find)));
    let mut merged: Vec<(Range<usize>, Find<'_>)> = Vec::new();
    for find in finds {
        match merged.last_mut() {
            Some((cover, best)) if find.span.start < cover.end => {
                cover.end = cover.end.max(find.span.end);
                if rank(&find) < rank(best) {
                    *best = find;
                }
            }
            _ => merged.push((find.span.clone(), find)),
        }
    }
    merged.into_iter().map(|(span, best)| Find { span, ..best }).collect()
}

fn rank(find: &Find<'_>) -> (Certainty, std::cmp::Reverse<usize>, LeakKind) {
    (find.certainty, std::cmp::Reverse(find.span.len()), find.kind)
}
