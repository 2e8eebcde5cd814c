//! "Did you mean": the nearest known word to one that is not known.

/// The candidate nearest to `word` within two letters (one for words of four letters or fewer), case folded; the first in order where several are as near.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = word.trim().to_lowercase().chars().collect();
    let most = if word.len() <= 4 { 1 } else { 2 };
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // As most are: told apart before anything is made of them.
        if candidate.is_ascii() && candidate.len().abs_diff(word.len()) > most {
            continue;
        }
        let letters: Vec<char> = candidate.to_lowercase().chars().collect();
        // Two words whose lengths differ by more cannot be that near; a pasted paragraph is not compared at all.
        if letters.is_empty() || letters.len().abs_diff(word.len()) > most {
            continue;
        }
        let distance = distance(&word, &letters);
        if distance <= most && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Letters inserted, left out, changed, or swapped with their neighbour.
fn distance(left: &[char], right: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    for (row, letter) in left.iter().enumerate() {
        let mut current = vec![row + 1];
        for (column, other) in right.iter().enumerate() {
            let changed = above[column] + usize::from(letter != other);
            let mut least = changed.min(above[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && *letter == right[column - 1] && left[row - 1] == *other {
                least = least.min(before[column - 1] + 1);
            }
            current.push(least);
        }
        before = std::mem::replace(&mut above, current);
    }
    above[right.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_of_the_fingers_finds_its_word() {
        let known = ["owner", "window", "forecast", "id", "due"];
        for (typed, meant) in [
            ("onwer", Some("owner")),
            ("Owner", Some("owner")),
            ("windos", Some("window")),
            ("forcast", Some("forecast")),
            ("foercsat", Some("forecast")),
            ("ids", Some("id")),
            ("deu", Some("due")),
            ("xyz", None),
            ("owners-list", None),
            ("", None),
        ] {
            assert_eq!(nearest(typed, known), meant, "{typed}");
        }
        assert_eq!(nearest("gate", ["datei"]), None, "half of a short word is another word");
        assert_eq!(nearest("bat", ["cat", "hat"]), Some("cat"), "the first of two as near");
    }
}
