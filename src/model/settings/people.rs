//! Names of people as they are written in records, taken apart to tell whether two may be one person.

/// Words that are no part of a name.
const TITLES: [&str; 15] =
    ["dr", "mr", "mrs", "ms", "prof", "herr", "frau", "mme", "sr", "sra", "the", "on", "behalf", "of", "for"];

/// Letters of other scripts that look like Latin ones.
const ALIKE: [(&str, char); 20] = [
    ("аα", 'a'),
    ("вβ", 'b'),
    ("сϲ", 'c'),
    ("ԁ", 'd'),
    ("еεё", 'e'),
    ("ɡ", 'g'),
    ("һн", 'h'),
    ("іιї", 'i'),
    ("јϳ", 'j'),
    ("кκ", 'k'),
    ("ӏ", 'l'),
    ("мμ", 'm'),
    ("пη", 'n'),
    ("оοσ", 'o'),
    ("рρ", 'p'),
    ("ѕ", 's'),
    ("тτ", 't'),
    ("уυγ", 'y'),
    ("хχ", 'x'),
    ("νѵ", 'v'),
];

/// The whole, and the parts of a list or of words with an addition: "Ana Ruiz & Bo Li", "Ana Ruiz (QA)". What stands in
/// brackets is no part of its own; a name that is turned round ("Ruiz, Ana") is seen in the whole.
pub fn parts(words: &str) -> Vec<&str> {
    let outside = words.split(['(', '[']).next().unwrap_or(words);
    let split = outside.split(['&', ',', ';', '/', '+', ':', '|', '\n']).flat_map(|part| part.split(" and "));
    let split = split.flat_map(|part| part.split(" und ")).flat_map(|part| part.split(" for "));
    let mut parts: Vec<&str> = split.map(str::trim).filter(|part| !part.is_empty()).collect();
    if parts.len() != 1 || parts[0] != words.trim() {
        parts.push(words.trim());
    }
    parts
}

/// The words of a name in Latin letters, without titles; of an e-mail address those before the `@`.
pub fn words(name: &str) -> Vec<String> {
    let local = name.trim().split_once('@').map_or(name, |(local, host)| if local.is_empty() { host } else { local });
    let folded: String = super::fold(local).chars().map(latin).collect();
    let words = folded.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty() && !TITLES.contains(word)).map(str::to_string).collect()
}

fn latin(letter: char) -> char {
    ALIKE.iter().find(|(row, _)| row.contains(letter)).map_or(letter, |(_, latin)| *latin)
}

/// May two names be of one person: two words in common, or all of the shorter in the longer, where an initial stands for
/// its word?
pub fn are_alike(left: &[String], right: &[String]) -> bool {
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    let common = short.iter().filter(|word| word.chars().count() > 1 && long.contains(word)).count();
    let fits = |word: &String| long.iter().any(|other| is_same_word(word, other));
    common >= 2 || common >= 1 && short.iter().all(fits)
}

fn is_same_word(left: &str, right: &str) -> bool {
    let is_initial = |one: &str, whole: &str| one.chars().count() == 1 && whole.starts_with(one);
    left == right || is_initial(left, right) || is_initial(right, left)
}
