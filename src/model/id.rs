//! Names of records: any text the author likes, compared as people compare them.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The id of a record. Ordered naturally: `M2` before `M10`. Equality is by letter, so `M2` and `m2` are two ids.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(Arc<str>);

impl Id {
    pub fn new(text: &str) -> Id {
        Id(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Ord for Id {
    fn cmp(&self, other: &Id) -> Ordering {
        as_people_count(&self.0, &other.0)
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Id) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The order of texts that differ, ids and paths: `M2.md` before `M10.md`. What counts as the same goes by its letters.
pub fn as_people_count(left: &str, right: &str) -> Ordering {
    natural(left, right).then_with(|| left.cmp(right))
}

/// Compares texts with their runs of digits as numbers.
fn natural(left: &str, right: &str) -> Ordering {
    // What both begin with says nothing, but for digits at its end: they may be part of longer numbers.
    let same = left.bytes().zip(right.bytes()).take_while(|(left, right)| left == right && left.is_ascii()).count();
    let same = left.as_bytes()[..same].iter().rposition(|byte| !byte.is_ascii_digit()).map_or(0, |last| last + 1);
    let (mut left, mut right) = (&left[same..], &right[same..]);
    loop {
        let (Some(first), Some(second)) = (left.chars().next(), right.chars().next()) else {
            return left.len().cmp(&right.len());
        };
        if first.is_ascii_digit() && second.is_ascii_digit() {
            let (number, rest) = split_digits(left);
            let (other, other_rest) = split_digits(right);
            let order = number.len().cmp(&other.len()).then_with(|| number.cmp(other));
            if order != Ordering::Equal {
                return order;
            }
            (left, right) = (rest, other_rest);
        } else {
            if first != second {
                return first.cmp(&second);
            }
            (left, right) = (&left[first.len_utf8()..], &right[second.len_utf8()..]);
        }
    }
}

/// The leading digits without leading zeros, and what follows them.
fn split_digits(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    (text[..end].trim_start_matches('0'), &text[end..])
}

#[cfg(test)]
mod tests {
    use super::Id;

    #[test]
    fn ids_sort_as_people_count() {
        let mut ids = ["M10", "M2-X10", "M2", "M2-X9", "R-07", "R-7", "E"].map(Id::new);
        ids.sort();
        let names: Vec<&str> = ids.iter().map(Id::as_str).collect();
        assert_eq!(names, ["E", "M2", "M2-X9", "M2-X10", "M10", "R-07", "R-7"]);
    }
}
