//! Status words and marks onto one vocabulary.

mod hedges;
mod phrases;
pub(crate) mod tables;

use std::sync::LazyLock;

use crate::reading::near;
use crate::reading::words::phrases::{Meanings, Phrases, phrases};
use crate::reading::words::tables::{
    BRACES, CONDITION_PHRASES, CONDITION_STEMS, DATE_TEMPLATES, LETTERS, LINKS, OPEN_MARKS, OUTCOME_MARKS,
    PERCENT_WORDS, PLACEHOLDER_STARTS, STATUS_MARKS, TICKS, UNCONDITIONAL,
};

static STATUSES: LazyLock<Meanings<Said>> = LazyLock::new(|| Meanings::of(tables::STATUSES));
static OUTCOMES: LazyLock<Meanings<Outcome>> = LazyLock::new(|| Meanings::of(tables::OUTCOMES));
static VERDICTS: LazyLock<Meanings<bool>> = LazyLock::new(|| Meanings::of(tables::VERDICTS));
static OPEN: LazyLock<Meanings<bool>> = LazyLock::new(|| Meanings::of(tables::OPEN));
static YES: LazyLock<Meanings<bool>> = LazyLock::new(|| Meanings::of(tables::YES));
static NOTHING: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&[tables::NOTHING]));
static PLACEHOLDERS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(&[tables::PLACEHOLDERS, PLACEHOLDER_STARTS]));

/// What a declared status means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Complete,
    Green,
    OnPlan,
    Amber,
    Red,
    Stopped,
}

impl Said {
    /// The common word for it.
    pub fn word(self) -> &'static str {
        match self {
            Said::Complete => "complete",
            Said::Green => "green",
            Said::OnPlan => "on plan",
            Said::Amber => "amber",
            Said::Red => "red",
            Said::Stopped => "stopped",
        }
    }
}

/// `Done`, `✅`, `🟢 on track`, `At risk`, `abgeschlossen` …; None where the words are no status.
pub fn status(text: &str) -> Option<Said> {
    let folded = fold(text);
    if let Some(share) = percentage(&folded) {
        return Some(if share >= 100 { Said::Complete } else { Said::OnPlan });
    }
    decide(&folded, &STATUSES, STATUS_MARKS)
}

/// `In progress`, `started`, `40 % complete`, `in Arbeit` …: work has begun and is not done.
pub fn is_under_way(text: &str) -> bool {
    let folded = fold(text);
    percentage(&folded).map_or_else(|| is_listed(tables::UNDER_WAY, &key(&folded)), |share| (1..100).contains(&share))
}

/// The outcome of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Go,
    ConditionalGo,
    Hold,
    Recycle,
    Kill,
}

/// `Go`, `conditional go`, `GO with conditions`, `Approved`, `hold` …; None where they are none.
pub fn outcome(text: &str) -> Option<Outcome> {
    let folded = fold(text);
    let words = key(&folded);
    // "Go / no-go" is the question and not its answer.
    if holds(&words, "no go") && words.replacen("no go", "", 1).split(' ').any(|word| word == "go") {
        return None;
    }
    let outcome = decide(&folded, &OUTCOMES, OUTCOME_MARKS)?;
    // "Go pending" waits for the go; "go, pending the audit" names a condition.
    if hedges::is_unsettled(&folded)
        || matches!(outcome, Outcome::Go | Outcome::ConditionalGo) && words.ends_with(" pending")
        || hedges::says_two(&folded, &outcome, &OUTCOMES, OUTCOME_MARKS)
    {
        return None;
    }
    // "Approved, subject to …" must never be read as the go alone.
    let unconditional = phrases(UNCONDITIONAL).any(|phrase| holds(&words, phrase));
    let conditional = words.split(' ').any(|word| phrases(CONDITION_STEMS).any(|stem| word.starts_with(stem)))
        || phrases(CONDITION_PHRASES).any(|phrase| holds(&words, phrase));
    match outcome {
        Outcome::Go if conditional && !unconditional => Some(Outcome::ConditionalGo),
        Outcome::Go if !hedges::is_plain(text, &folded, &OUTCOMES) => None,
        other => Some(other),
    }
}

/// `pass`, `passed`, `✅` → true; `fail`, `failed`, `❌` → false. A pass with a word more than when and by whom is none:
/// `pass?`, `pass / fail`, `passed except load`.
pub fn verdict(text: &str) -> Option<bool> {
    let folded = fold(text);
    let passed = decide(&folded, &VERDICTS, TICKS)?;
    let hedged = || {
        hedges::is_unsettled(&folded)
            || hedges::says_two(&folded, &passed, &VERDICTS, TICKS)
            || !hedges::is_plain(text, &folded, &VERDICTS)
    };
    (!passed || !hedged()).then_some(passed)
}

/// Whether a risk or issue with this status is still open; None where the word is not known. A mitigated or accepted
/// risk is still one: only words that end it close it.
pub fn is_open(text: &str) -> Option<bool> {
    let folded = fold(text);
    let open = decide(&folded, &OPEN, OPEN_MARKS)?;
    let hedged =
        || hedges::is_unsettled(&folded) || hedges::is_partial(&folded) || hedges::says_two(&folded, &open, &OPEN, &[]);
    (open || !hedged()).then_some(open)
}

/// `yes`, `true`, `✅`, `ja`, `oui`, `sí` → true, and their opposites.
pub fn yes(text: &str) -> Option<bool> {
    let folded = fold(text);
    let yes = decide(&folded, &YES, TICKS)?;
    let hedged = hedges::is_unsettled(&folded) || hedges::says_two(&folded, &yes, &YES, TICKS);
    (!hedged).then_some(yes)
}

/// Words in the place of a person that name none, or none yet: `TBD`, `pending`, `to be named`, `not accepted`,
/// `Ana?`. One such part of a list is enough.
pub fn is_nobody(text: &str) -> bool {
    let folded = fold(text);
    let names_none = |part: &str| {
        let words = key(part);
        is_placeholder(part)
            || is_listed(tables::NOBODY, &words)
            || phrases(tables::NOBODY_STARTS).any(|start| words.starts_with(start))
    };
    let parts = folded.split([',', ';', '(', ')', '[', ']', '/', '|', ':']).map(str::trim);
    let lone = key(&folded);
    folded.contains('?')
        || is_nothing(text)
        || !lone.contains(|letter: char| letter.is_alphabetic())
        || lone.chars().count() == 1 && lone.is_ascii()
        || parts.filter(|part| !part.is_empty()).any(names_none)
        || names_none(&folded)
}

/// Words that say that something is still to come: places to be filled, `pending`, `to be decided`, `go?`.
pub fn is_to_come(text: &str) -> bool {
    let folded = fold(text);
    let words = key(&folded);
    is_placeholder(text)
        || hedges::is_unsettled(&folded)
        || is_listed(tables::TO_COME, &words)
        || phrases(tables::TO_COME)
            .any(|word| words.starts_with(&format!("{word} ")) || words.ends_with(&format!(" {word}")))
}

/// `never`, `permanent`, `no`, `not rejected`: in the place of a date, that there is none.
pub fn is_denial(text: &str) -> bool {
    is_listed(tables::DENIALS, &key(&fold(text)))
}

/// Does it hold a word for a decision that stops a gate, however it is hedged: `hold?`, `kill pending`?
pub fn may_stop(text: &str) -> bool {
    let read = decide(&fold(text), &OUTCOMES, OUTCOME_MARKS);
    read.is_some_and(|outcome| !matches!(outcome, Outcome::Go | Outcome::ConditionalGo))
}

/// `TBD`, `TBC`, `?`, `yyyy-mm-dd`, `…`, template text in braces: a place that somebody means to fill.
pub fn is_placeholder(text: &str) -> bool {
    if !PLACEHOLDERS.may_begin(text) && !may_hold_template(text) {
        return false;
    }
    let folded = fold(text);
    let words = key(&folded);
    if PLACEHOLDERS.has(&words) || phrases(PLACEHOLDER_STARTS).any(|start| words.starts_with(start)) {
        return true;
    }
    if !folded.is_empty() && folded.chars().all(|letter| matches!(letter, '?' | '.' | '…' | '_' | ' ')) {
        return true;
    }
    let letters: String = folded.chars().filter(|letter| !letter.is_whitespace()).collect();
    phrases(DATE_TEMPLATES).any(|template| letters.contains(template))
        || folded.contains("{{") && folded.contains("}}")
        || BRACES.iter().any(|(open, close)| is_braced(&folded, *open, *close))
}

/// Words that say there is nothing: the empty text, `-`, `–`, `n/a`, `none`, `keine`.
pub fn is_nothing(text: &str) -> bool {
    if !NOTHING.may_begin(text) {
        return false;
    }
    let folded = fold(text);
    folded.chars().all(|letter| matches!(letter, '-' | '/' | ' ' | '~' | '∅')) || NOTHING.has(&key(&folded))
}

/// A text as texts are compared here: lower case, without accents and Markdown marks, every dash `-`, every quote
/// `'`, every run of white space one space, none outside.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            plain if plain.is_ascii() => fold_letter(plain.to_ascii_lowercase(), &mut folded),
            other => other.to_lowercase().for_each(|letter| fold_letter(letter, &mut folded)),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

fn fold_letter(letter: char, folded: &mut String) {
    match letter {
        plain if plain.is_ascii_alphanumeric() => folded.push(plain),
        '*' | '`' | '\u{fe0f}' | '\u{200b}'..='\u{200d}' | '\u{feff}' | '\u{300}'..='\u{36f}' | '\u{ad}' => {}
        '‐'..='―' | '−' | '﹣' | '－' => folded.push('-'),
        '‘' | '’' | '‚' | '´' | '“' | '”' | '„' | '«' | '»' | '"' => folded.push('\''),
        space if space.is_whitespace() => {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        }
        plain if plain.is_ascii() => folded.push(plain),
        other => match LETTERS.iter().find(|(accented, _)| accented.contains(other)) {
            Some((_, plain)) => folded.push_str(plain),
            None => folded.push(other),
        },
    }
}

/// A folded text without the marks before its words; empty where it has none.
pub fn spoken(folded: &str) -> &str {
    folded.find(|letter: char| letter.is_alphanumeric()).map_or("", |start| &folded[start..])
}

/// The known word for a status of a milestone or a risk that a slip of the pen may have meant.
pub fn nearest_status(text: &str) -> Option<&'static str> {
    let words = tables::STATUSES.iter().map(|(_, row)| row).chain(tables::OPEN.iter().map(|(_, row)| row));
    near::nearest(spoken(&fold(text)), words.flat_map(|row| phrases(row)))
}

/// Whether a table row, phrases with a comma and a space between them, has this phrase.
pub(crate) fn is_listed(row: &'static str, phrase: &str) -> bool {
    phrases(row).any(|listed| listed == phrase)
}

/// Looks words up; where none are known, the first mark that is, if the text begins with it.
fn decide<T: Copy>(folded: &str, words: &Meanings<T>, marks: &[(T, &str)]) -> Option<T> {
    look_up(folded, words).or_else(|| {
        let mut leading = folded.chars().take_while(|letter| !letter.is_alphanumeric());
        leading.find_map(|letter| marks.iter().find(|(_, row)| row.contains(letter)).map(|(value, _)| *value))
    })
}

/// The value whose phrase is all the words, or all of them before a sign, or begins them with a linking word behind it.
fn look_up<T: Copy>(folded: &str, table: &Meanings<T>) -> Option<T> {
    look_up_counted(folded, table).map(|(value, _)| value)
}

/// As `look_up`, with how many words the phrase has.
fn look_up_counted<T: Copy>(folded: &str, table: &Meanings<T>) -> Option<(T, usize)> {
    let exact = |words: &str| table.get(words).map(|value| (value, words.split(' ').count()));
    let start = folded.find(|letter: char| letter.is_alphanumeric()).unwrap_or(0);
    let told = &folded[start..];
    let head = told.find([',', ';', ':', '(', '[', '|', '.']).map_or(told, |end| &told[..end]);
    let head = [" - ", "/", " + ", " = "]
        .iter()
        .filter_map(|sign| head.split_once(sign))
        .map(|(head, _)| head)
        .fold(head, |shortest, other| if other.len() < shortest.len() { other } else { shortest });
    let words = key(head);
    exact(&key(folded)).or_else(|| exact(&words)).or_else(|| {
        let boundaries = words.match_indices(' ').map(|(index, _)| index).collect::<Vec<_>>();
        boundaries.into_iter().rev().find_map(|index| {
            let next = words[index + 1..].split(' ').next().unwrap_or_default();
            let links = is_listed(LINKS, next) || next.starts_with(|letter: char| letter.is_ascii_digit());
            exact(&words[..index]).filter(|_| links)
        })
    })
}

/// Letters and digits of a folded text; whatever stands between them is one space.
fn key(folded: &str) -> String {
    let mut words = String::with_capacity(folded.len());
    for letter in folded.chars() {
        if letter.is_alphanumeric() {
            words.push(letter);
        } else if letter != '\'' && !words.is_empty() && !words.ends_with(' ') {
            words.push(' ');
        }
    }
    words.truncate(words.trim_end().len());
    words
}

/// Whether the phrase stands in the words as whole words.
fn holds(words: &str, phrase: &str) -> bool {
    words.match_indices(phrase).any(|(start, _)| {
        let end = start + phrase.len();
        (start == 0 || words[..start].ends_with(' ')) && (end == words.len() || words[end..].starts_with(' '))
    })
}

/// The number of `60 %`, `60% done`.
fn percentage(folded: &str) -> Option<u32> {
    let start = folded.find(|letter: char| letter.is_alphanumeric())?;
    let (number, rest) = folded[start..].split_once('%')?;
    let rest = key(rest);
    let told = rest.is_empty() || is_listed(PERCENT_WORDS, &rest);
    number.trim().parse().ok().filter(|_| told)
}

/// False where a glance says that no template is in the text: it has no brace, and no two `m` in a row, as every
/// template of a date has.
fn may_hold_template(text: &str) -> bool {
    let mut last = 0;
    text.bytes().any(|byte| {
        let twice = last == b'm' && byte.eq_ignore_ascii_case(&b'm');
        if byte.is_ascii_alphanumeric() {
            last = byte.to_ascii_lowercase();
        }
        twice || matches!(byte, b'{' | b'[' | b'<')
    })
}

/// Whether the whole text is words in one pair of braces. A task box (`[x]`, `[ ]`) is none.
fn is_braced(folded: &str, open: char, close: char) -> bool {
    let inner = folded.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    inner.is_some_and(|inner| {
        let inner = inner.trim();
        inner.len() > 1 && inner.contains(char::is_alphabetic) && !inner.contains([open, close])
    })
}

#[cfg(test)]
mod tests {
    use super::tables::{DATE_TEMPLATES, NOTHING, PLACEHOLDER_STARTS, PLACEHOLDERS};
    use super::{Outcome, Said, fold, is_nobody, is_nothing, is_open, is_placeholder, outcome, status, verdict, yes};

    #[test]
    fn what_people_say_of_a_milestone_is_understood() {
        use Said::{Amber, Complete, Green, OnPlan, Red, Stopped};
        for (said, meant) in [
            ("Done", Some(Complete)),
            ("**DONE**", Some(Complete)),
            ("✅", Some(Complete)),
            ("✅ Complete", Some(Complete)),
            ("✅ CODE COMPLETE", Some(Complete)),
            ("100 %", Some(Complete)),
            ("60% done", Some(OnPlan)),
            ("abgeschlossen", Some(Complete)),
            ("Terminé", Some(Complete)),
            ("Completado", Some(Complete)),
            ("Complete (2026-03-01)", Some(Complete)),
            ("Closed on 3 May", Some(Complete)),
            ("🟢 on track", Some(Green)),
            ("On-track", Some(Green)),
            ("🟡 In Progress", Some(OnPlan)),
            ("🔴 Not Started", Some(OnPlan)),
            ("in_progress", Some(OnPlan)),
            ("In progress (40 %)", Some(OnPlan)),
            ("IN PROGRESS / NOT RUN", Some(OnPlan)),
            ("not complete", Some(OnPlan)),
            ("📋 Planned", Some(OnPlan)),
            ("en cours", Some(OnPlan)),
            ("At risk", Some(Amber)),
            ("at-risk: supplier late", Some(Amber)),
            ("⚠️", Some(Amber)),
            ("⚠️ Partial", Some(Amber)),
            ("gefährdet", Some(Amber)),
            ("⛔ Blocked", Some(Red)),
            ("Überfällig", Some(Red)),
            ("❌", Some(Red)),
            ("RED", Some(Red)),
            ("On hold until June", Some(Stopped)),
            ("annulé", Some(Stopped)),
            ("Open Positions table", None),
            ("✅ OCR READY", Some(Complete)),
            ("🔴 waiting for the vendor", Some(OnPlan)),
            ("🔴 vendor's lawyer", Some(Red)),
            ("measured, not built", None),
            ("1 validated, 1 pending", None),
            ("", None),
        ] {
            assert_eq!(status(said), meant, "{said}");
        }
    }

    #[test]
    fn a_go_with_any_condition_is_never_a_go() {
        use Outcome::{ConditionalGo, Go, Hold, Kill, Recycle};
        for (said, meant) in [
            ("Go", Some(Go)),
            ("GO ✅", Some(Go)),
            ("Approved", Some(Go)),
            ("Approved by the board", Some(Go)),
            ("unconditional go", Some(Go)),
            ("Go, without conditions", Some(Go)),
            ("conditional_go", Some(ConditionalGo)),
            ("GO with conditions", Some(ConditionalGo)),
            ("Go with three conditions", Some(ConditionalGo)),
            ("Approved, subject to legal review", Some(ConditionalGo)),
            ("Freigegeben mit Auflagen", Some(ConditionalGo)),
            ("Approuvé sous réserve", Some(ConditionalGo)),
            ("hold", Some(Hold)),
            ("No-Go", Some(Hold)),
            ("NO GO", Some(Hold)),
            ("Recycle", Some(Recycle)),
            ("Kill", Some(Kill)),
            ("Go / No-Go", None),
            ("Going well", None),
            ("Go, 6 Feb", Some(Go)),
            ("Go!", Some(Go)),
            ("approved by the board on 3 Feb", Some(Go)),
            ("Approved (A. Doyle, 2026-02-03)", Some(Go)),
            ("approved with conditions", Some(ConditionalGo)),
            ("go?", None),
            ("approve?", None),
            ("GO (draft)", None),
            ("go, if funding comes", None),
            ("approved in principle", None),
            ("approved by email, minutes to follow", None),
            ("APPROVED EXCEPT LOAD", None),
            ("Go next week", None),
            ("✅ ❌", None),
            ("❌ go", None),
            ("conditional go?", None),
            ("kill?", None),
            ("go pending", None),
            ("Kill pending", Some(Kill)),
            ("Hold, rework pending", Some(Hold)),
            ("stop / go", None),
            ("kill go", None),
            ("", None),
        ] {
            assert_eq!(outcome(said), meant, "{said}");
        }
    }

    #[test]
    fn verdicts_yes_and_open_are_understood() {
        for (said, meant) in [
            ("Passed", Some(true)),
            ("✅ PASS", Some(true)),
            ("❌", Some(false)),
            ("nicht bestanden", Some(false)),
            ("partial", None),
            ("Passed (A. Doyle)", Some(true)),
            ("Passed, 6 Feb 2026", Some(true)),
            ("pass - 2026-02-06", Some(true)),
            ("pass by the test team on 3 Feb", Some(true)),
            ("fail?", Some(false)),
            ("pass / fail", None),
            ("PASS/FAIL", None),
            ("pass; fail", None),
            ("✅ ❌", None),
            ("pass?", None),
            ("passed except load", None),
            ("pass with defects", None),
            ("pass pending fix", None),
            ("Passed 12/15", None),
            ("pass 80%", None),
        ] {
            assert_eq!(verdict(said), meant, "{said}");
        }
        for (said, meant) in [
            ("Sí", Some(true)),
            ("JA", Some(true)),
            ("x", Some(true)),
            ("Non", Some(false)),
            ("☐", Some(false)),
            ("maybe", None),
            ("yes / no", None),
            ("no?", None),
        ] {
            assert_eq!(yes(said), meant, "{said}");
        }
        for (said, meant) in [
            ("🔴 Open", Some(true)),
            ("Mitigated", Some(true)),
            ("Accepted and monitored", Some(true)),
            ("✅ Retired - negotiated better pricing", Some(false)),
            ("❌ Occurred - became ISSUE-003", Some(false)),
            ("Closed 2026-02-03", Some(false)),
            ("geschlossen", Some(false)),
            ("whatever", None),
            ("closed?", None),
            ("closed / open", None),
            ("Closed, pending review", None),
            ("🟢 Closed", Some(false)),
        ] {
            assert_eq!(is_open(said), meant, "{said}");
        }
    }

    #[test]
    fn words_in_the_place_of_a_person_that_name_none_are_told() {
        for said in [
            "TBD",
            "pending",
            "Rejected",
            "declined",
            "not accepted",
            "nobody",
            "to be named",
            "no",
            "yes",
            "awaiting review",
            "waiting for Ana",
            "not decided yet",
            "Ana?",
            "steering, pending",
            "tba (Ana)",
            "Eva Lind (absent)",
            "1",
            "x",
            "✅",
        ] {
            assert!(is_nobody(said), "{said}");
        }
        for said in ["Ana Ruiz", "A. Doyle", "Doyle, A", "QA lead", "@ana", "ana@example.org", "Noah", "王芳", "Bo"] {
            assert!(!is_nobody(said), "{said}");
        }
    }

    #[test]
    fn places_to_fill_and_places_left_empty_differ() {
        for said in [
            "TBD",
            "t.b.d.",
            "TBC",
            "?",
            "??",
            "…",
            "...",
            "yyyy-mm-dd",
            "[MM/DD/YYYY]",
            "[MM/DD/YYYY] (+1 week late)",
            "{{owner}}",
            "[Name]",
            "<your name here>",
            "à définir",
        ] {
            assert!(is_placeholder(said) && !is_nothing(said), "{said}");
        }
        for said in ["", "-", "–", "—", " - ", "n/a", "N/A", "None", "keine", "aucune", "/"] {
            assert!(is_nothing(said) && !is_placeholder(said), "{said}");
        }
        for said in ["[x]", "[ ]", "Ana", "No budget left", "M1", "[M1] Interfaces", "3"] {
            assert!(!is_nothing(said) && !is_placeholder(said), "{said}");
        }
    }

    #[test]
    fn no_glance_misses_what_is_listed() {
        let written = |phrase: &str| [phrase.to_string(), format!("* **{}**\u{200b}.", phrase.to_uppercase())];
        for said in NOTHING.split(", ").flat_map(written) {
            assert!(is_nothing(&said), "{said}");
        }
        let starts = PLACEHOLDER_STARTS.split(", ").map(|start| format!("{start} and more"));
        let dates = DATE_TEMPLATES.split(", ").map(|date| format!("by {date}"));
        let places = PLACEHOLDERS.split(", ").map(str::to_string).chain(starts).chain(dates);
        for said in places.flat_map(|said| written(&said)) {
            assert!(is_placeholder(&said), "{said}");
        }
    }

    #[test]
    fn folding_leaves_what_is_compared() {
        assert_eq!(fold("  **Überfällig**\u{a0}–  “naïve” "), "uberfallig - 'naive'");
    }
}
