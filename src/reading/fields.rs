//! The field table of every kind of record: names, synonyms, sorts of value, documentation.
//!
//! The one place that says what may be written. Columns, keys, nearest-key help, schemas and the author's guide all
//! come from here. Synonyms are in folded form (see `fold`); a column or a key is compared folded.

mod governance;
mod milestone;
mod programme;
mod register;

use serde::{Deserialize, Serialize};

pub use governance::{CONDITION, OVERRIDE};
pub use milestone::{BOTH_GATES, CRITERION, MILESTONE, TAILORING, TOLERANCE};
pub use programme::{ALLOWANCE, CALENDAR, PERSON, PROGRAMME, SITE, WORDS};
pub use register::{ACCEPTANCE, ACTION, SCORE};

/// The kinds of records. See design: content (records).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Milestone,
    Criterion,
    Evidence,
    Decision,
    Condition,
    Waiver,
    Risk,
    Issue,
    Assumption,
    Dependency,
    Review,
    Confidence,
    Change,
}

/// One field of a kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Field {
    /// The name in the model, in YAML and in the guide.
    pub name: &'static str,
    /// Other words for it, folded, the surest first: where two columns claim one field, the surer has it.
    pub synonyms: &'static [&'static str],
    pub sort: Sort,
    /// True where the controlled profile wants it.
    pub controlled: bool,
    /// One sentence for the author's guide and the schema.
    pub doc: &'static str,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Sort {
    /// Text as it is.
    Words,
    Date,
    /// A target window: `Weeks 1–3`, `Q3 2026`, a date.
    Window,
    /// Yes or no.
    Flag,
    /// A whole number.
    Number,
    /// A risk score, 1–25.
    Score,
    /// A five-step scale, 1–5.
    Level,
    OneOf(&'static [&'static str]),
    /// A status word; the author's word is kept.
    Status,
    /// Several texts: a YAML list, or a cell cut at `,`, `;` and line breaks.
    List,
    /// Ids of other records, one or several.
    References(&'static [Kind]),
    /// A gate of a milestone: `M2 exit`.
    Gate,
    /// Criteria: a cell, a list, or a map from ids.
    Criteria,
    /// Keys of its own.
    Map(&'static [Field]),
    /// A list of maps.
    Maps(&'static [Field]),
    /// A map from the author's own keys.
    Free,
}

impl Field {
    const fn new(name: &'static str, sort: Sort, synonyms: &'static [&'static str], doc: &'static str) -> Field {
        Field { name, synonyms, sort, controlled: false, doc }
    }

    const fn required(self) -> Field {
        Field { controlled: true, ..self }
    }

    /// How sure it is that this folded word means this field, 0 the surest; None where it does not.
    pub fn rank(&self, folded: &str) -> Option<usize> {
        if same(self.name, folded) {
            return Some(0);
        }
        self.synonyms.iter().position(|synonym| *synonym == folded).map(|position| position + 1)
    }

    /// "Entry criteria", "Owner": the name as a heading has it.
    pub fn label(&self) -> String {
        let words = match self.name {
            "entry" | "exit" => format!("{} criteria", self.name),
            name => name.replace('_', " "),
        };
        let mut letters = words.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}

impl Kind {
    pub const ALL: [Kind; 13] = [
        Kind::Milestone,
        Kind::Criterion,
        Kind::Evidence,
        Kind::Decision,
        Kind::Condition,
        Kind::Waiver,
        Kind::Risk,
        Kind::Issue,
        Kind::Assumption,
        Kind::Dependency,
        Kind::Review,
        Kind::Confidence,
        Kind::Change,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Kind::Milestone => "milestone",
            Kind::Criterion => "criterion",
            Kind::Evidence => "evidence",
            Kind::Decision => "decision",
            Kind::Condition => "condition",
            Kind::Waiver => "waiver",
            Kind::Risk => "risk",
            Kind::Issue => "issue",
            Kind::Assumption => "assumption",
            Kind::Dependency => "dependency",
            Kind::Review => "review",
            Kind::Confidence => "confidence",
            Kind::Change => "change",
        }
    }

    /// Its folder, and its key at the top of a YAML file.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Milestone => "milestones",
            Kind::Criterion => "criteria",
            Kind::Evidence => "evidence",
            Kind::Decision => "decisions",
            Kind::Condition => "conditions",
            Kind::Waiver => "waivers",
            Kind::Risk => "risks",
            Kind::Issue => "issues",
            Kind::Assumption => "assumptions",
            Kind::Dependency => "dependencies",
            Kind::Review => "reviews",
            Kind::Confidence => "confidence",
            Kind::Change => "changes",
        }
    }

    /// What its ids begin with where the author gives none.
    pub fn prefix(self) -> &'static str {
        match self {
            Kind::Milestone => "M",
            Kind::Criterion => "C",
            Kind::Evidence => "EV",
            Kind::Decision => "D",
            Kind::Condition => "CD",
            Kind::Waiver => "W",
            Kind::Risk => "R",
            Kind::Issue => "I",
            Kind::Assumption => "A",
            Kind::Dependency => "DEP",
            Kind::Review => "RV",
            Kind::Confidence => "DC",
            Kind::Change => "CH",
        }
    }

    /// The fields that a record of this kind may have.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Kind::Milestone => MILESTONE,
            Kind::Criterion => CRITERION,
            Kind::Evidence => governance::EVIDENCE,
            Kind::Decision => governance::DECISION,
            Kind::Condition => CONDITION,
            Kind::Waiver => governance::WAIVER,
            Kind::Risk => register::RISK,
            Kind::Issue | Kind::Assumption | Kind::Dependency => register::CONCERN,
            Kind::Review => register::REVIEW,
            Kind::Confidence => register::CONFIDENCE,
            Kind::Change => register::CHANGE,
        }
    }

    /// The field that says in words what the record is.
    pub fn main_field(self) -> &'static str {
        match self {
            Kind::Milestone => "name",
            Kind::Criterion | Kind::Condition | Kind::Confidence => "text",
            Kind::Decision => "gate",
            Kind::Waiver => "criterion",
            Kind::Review => "kind",
            Kind::Change => "record",
            Kind::Evidence | Kind::Risk | Kind::Issue | Kind::Assumption | Kind::Dependency => "title",
        }
    }

    /// The kind that a word names, in the singular or the plural, in the languages that are read. Conditions stand
    /// within their decision and have no list of their own.
    pub fn named(word: &str) -> Option<Kind> {
        let folded = fold(word);
        KIND_WORDS.iter().find(|(_, words)| words.contains(&folded.as_str())).map(|(kind, _)| *kind)
    }
}

#[rustfmt::skip]
const KIND_WORDS: &[(Kind, &[&str])] = &[
    (Kind::Milestone, &["milestone", "milestones", "meilenstein", "meilensteine", "jalon", "jalons", "hito", "hitos"]),
    (Kind::Criterion, &["criterion", "criteria", "kriterium", "kriterien", "critere", "criteres", "criterio", "criterios"]),
    (Kind::Evidence, &["evidence", "evidences", "proof", "proofs", "nachweis", "nachweise", "preuve", "preuves", "evidencia", "evidencias"]),
    (Kind::Decision, &["decision", "decisions", "entscheidung", "entscheidungen", "decisiones"]),
    (Kind::Waiver, &["waiver", "waivers", "derogation", "derogations", "dispensa", "dispensas"]),
    (Kind::Risk, &["risk", "risks", "risk register", "risiko", "risiken", "risque", "risques", "riesgo", "riesgos"]),
    (Kind::Issue, &["issue", "issues", "probleme", "problemes", "problema", "problemas"]),
    (Kind::Assumption, &["assumption", "assumptions", "annahme", "annahmen", "hypothese", "hypotheses", "supuesto", "supuestos"]),
    (Kind::Dependency, &["dependency", "dependencies", "abhangigkeit", "abhangigkeiten", "dependance", "dependances", "dependencia", "dependencias"]),
    (Kind::Review, &["review", "reviews", "prufung", "prufungen", "revue", "revues", "revision", "revisiones"]),
    (Kind::Confidence, &["confidence", "confidences", "delivery confidence", "confiance", "confianza"]),
    (Kind::Change, &["change", "changes", "change record", "change records", "anderung", "anderungen", "changement", "changements", "cambio", "cambios"]),
];

/// Letters and digits of the longest name or synonym of a field, and some.
const LONGEST_NAME: usize = 60;

/// The field of a table that a column or key means.
pub fn find<'a>(fields: &'a [Field], key: &str) -> Option<&'a Field> {
    // Most keys are names as they stand.
    if let Some(field) = fields.iter().find(|field| field.name == key) {
        return Some(field);
    }
    // Folding keeps every letter of ASCII, and no name is a sentence.
    if key.bytes().filter(u8::is_ascii_alphanumeric).nth(LONGEST_NAME).is_some() {
        return None;
    }
    let folded = fold(key);
    fields.iter().find(|field| field.rank(&folded).is_some())
}

/// A column or key as it is compared: lower case, accents off, everything but letters and digits a space. A lone `#`
/// stays.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            'à' | 'á' | 'â' | 'ä' | 'ã' | 'å' => folded.push('a'),
            'è' | 'é' | 'ê' | 'ë' => folded.push('e'),
            'ì' | 'í' | 'î' | 'ï' => folded.push('i'),
            'ò' | 'ó' | 'ô' | 'ö' | 'õ' => folded.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => folded.push('u'),
            'ç' => folded.push('c'),
            'ñ' => folded.push('n'),
            'ß' => folded.push_str("ss"),
            // A combining accent that an editor left apart from its letter.
            '\u{300}'..='\u{36f}' => {}
            letter if letter.is_alphanumeric() => folded.push(letter),
            _ if folded.ends_with(' ') || folded.is_empty() => {}
            _ => folded.push(' '),
        }
    }
    folded.truncate(folded.trim_end().len());
    if folded.is_empty() && text.contains('#') {
        folded.push('#');
    }
    folded
}

/// Is the folded word this name, whose words are joined by `_`?
fn same(name: &str, folded: &str) -> bool {
    let plain = name.bytes().map(|byte| if byte == b'_' { b' ' } else { byte });
    name.len() == folded.len() && plain.eq(folded.bytes())
}

#[cfg(test)]
mod tests {
    use super::{ALLOWANCE, CALENDAR, Field, Kind, LONGEST_NAME, PERSON, PROGRAMME, SITE, Sort, fold};

    #[test]
    fn folding_forgets_case_accents_spacing_and_punctuation() {
        let folded = |text| fold(text);
        assert_eq!(folded("  **Target_Window:** "), "target window");
        assert_eq!(folded("Critères d'entrée"), "criteres d entree");
        assert_eq!(folded("# "), "#");
        assert_eq!(folded("No."), "no");
    }

    #[test]
    fn synonyms_are_folded_and_mean_one_field_of_their_kind() {
        let tables = Kind::ALL.into_iter().map(Kind::fields);
        for table in tables.chain([PROGRAMME, CALENDAR, SITE, PERSON, ALLOWANCE]) {
            agree(table);
        }
    }

    fn agree(table: &[Field]) {
        let mut seen = std::collections::HashMap::new();
        for field in table {
            let words = [field.name.replace('_', " ")];
            for word in words.iter().map(String::as_str).chain(field.synonyms.iter().copied()) {
                assert_eq!(fold(word), word, "`{word}` of `{}` is not folded", field.name);
                assert!(word.len() <= LONGEST_NAME, "`{word}` is too long to be found");
                let other = seen.insert(word.to_string(), field.name);
                assert_eq!(other, None, "`{word}` means two fields");
            }
            assert!(!field.doc.is_empty(), "`{}` has no documentation", field.name);
            if let Sort::Map(nested) | Sort::Maps(nested) = field.sort {
                agree(nested);
            }
        }
    }
}
