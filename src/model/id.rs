//! Names of records: any text the author likes, compared as people compare them.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::iter::{once, repeat_n};
use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};

/// The id of a record. Ordered naturally: `M2` before `M10`. Equality is by letter, so `M2` and `m2` are two ids.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "Arc<str>")]
pub struct Id {
    /// The first of the `sort_bytes` of the text, then zeros: every map of ids compares them at each of its levels, and
    /// few ids need more than these.
    sort_key: [u8; 16],
    text: Arc<str>,
}

impl Id {
    pub fn new(text: &str) -> Id {
        Id::from(Arc::from(text))
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl From<Arc<str>> for Id {
    fn from(text: Arc<str>) -> Id {
        let mut sort_key = [0; 16];
        sort_key.iter_mut().zip(sort_bytes(&text)).for_each(|(place, byte)| *place = byte);
        Id { sort_key, text }
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.text.serialize(serializer)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_tuple("Id").field(&self.text).finish()
    }
}

impl Hash for Id {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.text.hash(hasher);
    }
}

impl Ord for Id {
    fn cmp(&self, other: &Id) -> Ordering {
        self.sort_key.cmp(&other.sort_key).then_with(|| {
            if self.text == other.text { Ordering::Equal } else { as_people_count(&self.text, &other.text) }
        })
    }
}

impl PartialOrd for Id {
    fn partial_cmp(&self, other: &Id) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The order of texts that differ, ids and paths: `M2.md` before `M10.md`. What counts as the same goes by its letters.
pub fn as_people_count(left: &str, right: &str) -> Ordering {
    sort_bytes(left).cmp(sort_bytes(right)).then_with(|| left.cmp(right))
}

/// A text as bytes that sort as people count: each run of digits is a `0`, how many digits it has without its leading
/// zeros, and these. Of two numbers that with fewer digits is less.
fn sort_bytes(text: &str) -> impl Iterator<Item = u8> {
    let runs = text.as_bytes().chunk_by(|left, right| left.is_ascii_digit() == right.is_ascii_digit());
    runs.flat_map(|run| {
        let is_number = run[0].is_ascii_digit();
        let zeros = run.iter().take_while(|byte| is_number && **byte == b'0').count();
        let said = &run[zeros..];
        let number = is_number.then(|| {
            let count = repeat_n(u8::MAX, said.len() / 255).chain(once((said.len() % 255) as u8));
            once(b'0').chain(count)
        });
        number.into_iter().flatten().chain(said.iter().copied())
    })
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::Id;

    #[test]
    fn ids_sort_as_people_count() {
        let long = "9".repeat(300);
        let sorted = [
            "",
            "-",
            "07",
            "7",
            "10",
            "99999999999999999998",
            "99999999999999999999",
            "100000000000000000000",
            &long,
            ":",
            "E",
            "M",
            "M0",
            "M2",
            "M2-X9",
            "M2-X10",
            "M10",
            "R-07",
            "R-7",
            "Work package of the north 9",
            "Work package of the north 10",
            "a",
            "É",
            "ü1",
            "ü02",
        ];
        for (place, left) in sorted.iter().enumerate() {
            for (other, right) in sorted.iter().enumerate() {
                assert_eq!(Id::new(left).cmp(&Id::new(right)), place.cmp(&other), "{left} and {right}");
            }
        }
    }

    #[test]
    fn ids_that_begin_alike_are_two_and_sort_the_same_both_ways() {
        let texts =
            ["M1\0", "M1", "M01", "M001", "M1-entry-criterion-1", "M1-entry-criterion-01", "M1-entry-criterion-2"];
        for left in texts.map(Id::new) {
            for right in texts.map(Id::new) {
                assert_eq!(left.cmp(&right), right.cmp(&left).reverse());
                assert_eq!(left.cmp(&right) == Ordering::Equal, left == right);
            }
        }
    }
}
