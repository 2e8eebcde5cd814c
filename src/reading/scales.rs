//! Five-step scales: probability and impact in numbers, words and percentages.

use crate::reading::words;

/// The step, 1–5, that the words mean; None where they mean none. `4`, `4/5`, `Likely`, `High`, `60 %`.
pub fn probability(text: &str) -> Option<u8> {
    step(text, PROBABILITY)
}

/// The step, 1–5, that the words mean; None where they mean none. `Major`, `High`, `4`.
pub fn impact(text: &str) -> Option<u8> {
    step(text, IMPACT)
}

/// The step, 1–5, of how bad an issue is. `Critical`, `blocker`, `P1`, `Sev 2`, `Medium`, `4`: a letter before the number
/// counts down from the worst, a bare number up to it.
pub fn severity(text: &str) -> Option<u8> {
    let folded = words::fold(text);
    let ranked = folded.trim_matches(|letter: char| !letter.is_alphanumeric());
    let rank = ["severity", "priority", "sev", "prio", "p", "s"].iter().find_map(|word| {
        let digits = ranked.strip_prefix(word)?.trim_start_matches([' ', '-', '_']);
        digits.parse::<u8>().ok().filter(|rank| *rank <= 5)
    });
    rank.map(|rank| (6 - rank).min(5)).or_else(|| step(text, SEVERITY)).or_else(|| impact(text))
}

/// A number on the scale decides, then the words, then a percentage, then a mark.
fn step(text: &str, own: &[(u8, &'static str)]) -> Option<u8> {
    let folded = words::fold(text);
    let start = folded.find(|letter: char| letter.is_alphanumeric() || matches!(letter, '<' | '>' | '≤' | '≥'));
    let Some(start) = start else {
        return folded.chars().find_map(|letter| MARKS.iter().find(|(mark, _)| *mark == letter).map(|(_, step)| *step));
    };
    let told =
        folded[start..].trim_end_matches(|letter: char| !letter.is_alphanumeric() && letter != '%' && letter != ')');
    let (head, inner) = told.split_once('(').unwrap_or((told, ""));
    let inner = inner.trim_end_matches(')');
    number(head)
        .or_else(|| word(head, own))
        .or_else(|| share(head))
        .or_else(|| number_of_few(inner).or_else(|| word(inner, own)))
}

/// `4`, `4/5`, `4 of 5`, `4 - likely`, `4: likely`, `4 likely`.
fn number(told: &str) -> Option<u8> {
    let told = told.trim();
    let digits = told.bytes().take_while(u8::is_ascii_digit).count();
    let number: u8 = told[..digits].parse().ok()?;
    let rest = told[digits..].trim();
    let rest =
        ["/5", "/ 5", "of 5", "out of 5"].iter().find_map(|whole| rest.strip_prefix(whole)).unwrap_or(rest).trim();
    let name = rest.trim_start_matches(['-', ':', '.', '=', ' ']);
    let named = rest.is_empty() || name.starts_with(char::is_alphabetic);
    (named && (1..=5).contains(&number)).then_some(number)
}

/// The number in the brackets of `foreseen (4)`.
fn number_of_few(inner: &str) -> Option<u8> {
    let inner = inner.trim();
    (inner.len() <= 3).then(|| number(inner)).flatten()
}

/// A word of the own scale or of the common one; all the words must be one.
fn word(told: &str, own: &[(u8, &'static str)]) -> Option<u8> {
    let said: Vec<&str> = told.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let said = said.join(" ");
    // "7 high" or "1-2 low": the number is of another scale, and the word still says which step is meant.
    let row = own.iter().chain(COMMON).find(|(_, names)| words::is_listed(names, &said));
    row.map(|(step, _)| *step).filter(|_| !told.contains(['/', '×', '>', '→']))
}

/// A percentage, of a range its upper end; a number between 0 and 1.
fn share(told: &str) -> Option<u8> {
    let told = told.trim();
    let number = |text: &str| {
        text.trim().trim_start_matches(['<', '>', '≤', '≥', '~', '=', ' ']).replace(',', ".").parse::<f64>().ok()
    };
    let percent = match told.strip_suffix('%') {
        Some(range) => {
            let range = range.replace('%', "");
            let (low, high) = range.split_once('-').unwrap_or(("0", &range));
            number(low)?;
            // "More than 70 %" lies above the step that ends with 70.
            number(high)? + if told.starts_with(['>', '≥']) { 0.5 } else { 0.0 }
        }
        None => number(told).filter(|share| *share > 0.0 && *share < 1.0 && told.starts_with('0'))? * 100.0,
    };
    // Measured against a little more, so that 0.3 × 100 is 30.
    let step = PERCENT_STEPS.iter().position(|most| percent <= *most + 1e-6)?;
    (percent >= 0.0).then_some(step as u8 + 1)
}

/// The highest percentage of each step.
pub(crate) const PERCENT_STEPS: [f64; 5] = [10.0, 30.0, 50.0, 70.0, 100.5];

/// Four marks are the four upper steps: people who have an orange one mean red as the worst.
pub(crate) const MARKS: &[(char, u8)] =
    &[('🟢', 2), ('🟡', 3), ('🟠', 4), ('🔴', 5), ('🟩', 2), ('🟨', 3), ('🟧', 4), ('🟥', 5)];

pub(crate) const COMMON: &[(u8, &str)] = &[
    (1, "very low, vl, lowest, minimal, sehr gering, sehr niedrig, tres faible, muy bajo, muy baja"),
    (2, "low, l, small, gering, niedrig, faible, bas, bajo, baja"),
    (
        3,
        "medium, med, m, moderate, mid, average, mittel, moyen, moyenne, modere, moderee, medio, media, \
         moderado, moderada, low medium, medium low",
    ),
    (4, "high, h, hoch, eleve, elevee, haut, haute, fort, forte, alto, alta, medium high, high medium"),
    (
        5,
        "very high, vh, extreme, extremely high, highest, sehr hoch, tres eleve, tres elevee, tres fort, tres \
         forte, muy alto, muy alta",
    ),
];

pub(crate) const PROBABILITY: &[(u8, &str)] = &[
    (
        1,
        "rare, remote, very unlikely, highly unlikely, extremely unlikely, improbable, very rare, sehr \
         unwahrscheinlich, selten, tres improbable, muy improbable, raro, rara, exceptionnel",
    ),
    (2, "unlikely, seldom, infrequent, not likely, unwahrscheinlich, peu probable, poco probable"),
    (3, "possible, occasional, may occur, moglich, gelegentlich, posible, ocasional, occasionnel"),
    (4, "likely, probable, expected, wahrscheinlich"),
    (
        5,
        "almost certain, nearly certain, certain, very likely, highly likely, near certain, frequent, sehr \
         wahrscheinlich, fast sicher, sicher, tres probable, quasi certain, muy probable, casi seguro, \
         frecuente",
    ),
];

pub(crate) const SEVERITY: &[(u8, &str)] = &[
    (1, "informational, info, none"),
    (2, "non critical, not critical, uncritical, unkritisch"),
    (3, "normal"),
    (4, "urgent, dringend"),
    (5, "blocker, blocking, stopper, blockierend, bloquant, bloqueante"),
];

pub(crate) const IMPACT: &[(u8, &str)] = &[
    (
        1,
        "negligible, insignificant, trivial, cosmetic, very minor, vernachlassigbar, unbedeutend, \
         negligeable, insignifiant, insignificante, despreciable",
    ),
    (2, "minor, marginal, limited, geringfugig, mineur, mineure, limite, menor, leve"),
    (3, "significant, noticeable, spurbar, significatif, significative, significativo"),
    (
        4,
        "major, serious, substantial, erheblich, ernst, schwer, majeur, majeure, important, importante, \
         mayor, serio, grave, considerable",
    ),
    (
        5,
        "severe, critical, catastrophic, disastrous, showstopper, show stopper, fatal, kritisch, \
         katastrophal, schwerwiegend, critique, catastrophique, severo, critico, critica, catastrofico",
    ),
];

#[cfg(test)]
mod tests {
    use super::{impact, probability, severity};

    #[test]
    fn probabilities_in_numbers_words_and_percentages_are_one_scale() {
        for (said, step) in [
            ("1", Some(1)),
            ("5", Some(5)),
            ("4/5", Some(4)),
            ("4 of 5", Some(4)),
            ("4 - Likely", Some(4)),
            ("4 – Likely", Some(4)),
            ("2. unlikely", Some(2)),
            ("Likely (4)", Some(4)),
            ("Rare", Some(1)),
            ("unlikely", Some(2)),
            ("Possible", Some(3)),
            ("**Likely**", Some(4)),
            ("Almost certain", Some(5)),
            ("very low", Some(1)),
            ("Low", Some(2)),
            ("MEDIUM", Some(3)),
            ("med", Some(3)),
            ("High", Some(4)),
            ("Very High", Some(5)),
            ("H", Some(4)),
            ("M", Some(3)),
            ("L", Some(2)),
            ("hoch", Some(4)),
            ("möglich", Some(3)),
            ("élevée", Some(4)),
            ("peu probable", Some(2)),
            ("Media", Some(3)),
            ("muy alta", Some(5)),
            ("10%", Some(1)),
            ("60 %", Some(4)),
            ("30 %", Some(2)),
            ("70-90%", Some(5)),
            ("<10%", Some(1)),
            (">70%", Some(5)),
            ("0.3", Some(2)),
            ("0,6", Some(4)),
            ("100%", Some(5)),
            ("High (70%)", Some(4)),
            ("🔴 High (70-90%)", Some(4)),
            ("🟢", Some(2)),
            ("🔴", Some(5)),
            ("1-2 (Low)", Some(2)),
            ("🔴 HIGH (6)", Some(4)),
            ("7", None),
            ("0", None),
            ("3/10", None),
            ("1-2", None),
            ("150%", None),
            ("-", None),
            ("", None),
            ("E (by design)", None),
            ("Medium × High", None),
            ("high demand expected", None),
        ] {
            assert_eq!(probability(said), step, "{said}");
        }
    }

    #[test]
    fn severities_count_down_behind_a_letter_and_up_without() {
        for (said, step) in [
            ("Critical", Some(5)),
            ("not critical", Some(2)),
            ("Non-critical", Some(2)),
            ("🔴 blocker", Some(5)),
            ("kritisch", Some(5)),
            ("P1", Some(5)),
            ("Sev-2", Some(4)),
            ("S 5", Some(1)),
            ("P0", Some(5)),
            ("5", Some(5)),
            ("1", Some(1)),
            ("High", Some(4)),
            ("Medium", Some(3)),
            ("purple", None),
        ] {
            assert_eq!(severity(said), step, "{said}");
        }
    }

    #[test]
    fn impacts_have_words_of_their_own() {
        for (said, step) in [
            ("Negligible", Some(1)),
            ("minor", Some(2)),
            ("Moderate", Some(3)),
            ("major", Some(4)),
            ("Severe", Some(5)),
            ("🔴 Critical", Some(5)),
            ("9 (Critical)", Some(5)),
            ("High (blocks payment feature)", Some(4)),
            ("gering", Some(2)),
            ("majeur", Some(4)),
            ("crítico", Some(5)),
            ("4", Some(4)),
            ("likely", None),
            ("12", None),
        ] {
            assert_eq!(impact(said), step, "{said}");
        }
    }
}
