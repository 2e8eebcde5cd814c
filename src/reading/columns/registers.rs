//! Why a header is that of a register of a kind: the columns that only it has.

use crate::reading::fields::{self, Field, Kind};

/// A header seen as one of a kind.
pub(super) struct Header<'a> {
    pub kind: Kind,
    /// Folded, in the words that milepost has for them.
    pub folded: &'a [String],
    /// Folded, in the author's words.
    pub said: &'a [String],
    pub fields: &'a [Option<&'static Field>],
    pub heading: &'a str,
}

impl Header<'_> {
    fn has(&self, name: &str) -> bool {
        self.fields.iter().flatten().any(|field| field.name == name)
    }

    fn any(&self, names: &[&'static str]) -> Option<&'static str> {
        names.iter().copied().find(|name| self.has(name))
    }

    /// The column that is this field.
    fn word(&self, name: &str) -> Option<&str> {
        self.folded.get(self.column(name)?).map(String::as_str)
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.is_some_and(|field| field.name == name))
    }

    fn holds(&self, words: &[&str]) -> bool {
        self.folded.iter().any(|word| words.contains(&word.as_str()))
    }

    /// Does a column bear the name of the kind, alone or with the word for a number or a name?
    fn has_column_called(&self) -> bool {
        self.folded.iter().any(|word| word.split(' ').next().is_some_and(|first| Kind::named(first) == Some(self.kind)))
    }

    /// Is a column a target date, or the name of milestones?
    fn makes_a_plan(&self) -> bool {
        self.holds(&PLANNED) || self.holds(&["milestone", "phase", "stage", "meilenstein", "jalon", "hito"])
    }

    /// Does a column or the heading above name the kind?
    fn is_called(&self) -> bool {
        let names_kind = |text: &str| fields::fold(text).split(' ').any(|word| Kind::named(word) == Some(self.kind));
        self.folded.iter().any(|word| names_kind(word)) || names_kind(self.heading)
    }

    /// Do the headings above name the kind, and no other one?
    fn is_under(&self) -> bool {
        let folded = fields::fold(self.heading);
        let mut kinds = folded.split(' ').filter_map(Kind::named);
        kinds.next() == Some(self.kind) && kinds.all(|kind| kind == self.kind)
    }

    fn because(&self, names: &[&str]) -> Option<String> {
        let said = |name: &&str| self.said.get(self.column(name)?).map(String::as_str);
        let words: Vec<&str> = names.iter().filter_map(said).collect();
        match words.as_slice() {
            [] => None,
            [word] => Some(format!("has the column {word}")),
            [start @ .., last] => Some(format!("has the columns {} and {last}", start.join(", "))),
        }
    }
}

/// Why a header that looks like a register is none; None where it does not look like one either.
pub(super) fn look_alike(folded: &[String]) -> Option<String> {
    let has = |words: &[&str]| folded.iter().find(|word| words.contains(&word.as_str()));
    let known = |kind: Kind| folded.iter().filter(|word| fields::find(kind.fields(), word).is_some()).count();
    if let Some(word) = has(&LOOK_ALIKES) {
        return Some(format!(
            "has the column {word}, as lists of tasks, measurements and changes have, and no criteria"
        ));
    }
    if let Some(word) = has(&COSTS) {
        return Some(format!("has the column {word}, as budgets have, and no column called milestone"));
    }
    let nearest = Kind::ALL
        .into_iter()
        .filter(|kind| *kind != Kind::Condition)
        .max_by_key(|kind| (known(*kind), std::cmp::Reverse(*kind)))?;
    let wanted = wanted(nearest);
    (known(nearest) > 1).then(|| format!("is nearest to a list of {}, which is known by {wanted}", nearest.folder()))
}

/// What a table of a kind is known by, for authors.
pub fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Milestone => "entry or exit criteria, or a milestone and its target date",
        Kind::Criterion => "a criterion id, or a criterion and its gate",
        Kind::Evidence => "what it proves and where it is, or evidence beside a gate or criterion",
        Kind::Decision => "a gate and an outcome",
        Kind::Condition => "its decision",
        Kind::Waiver => "a criterion with a reason and an expiry or approver",
        Kind::Risk => "probability and impact, or a risk and its response",
        Kind::Issue => "an issue and its owner, status or due date",
        Kind::Assumption => "an assumption and its owner, status or due date",
        Kind::Dependency => "a dependency and its owner, status or due date",
        Kind::Review => "a reviewer, a date and findings, and the word review",
        Kind::Confidence => "a confidence level, and by whom or when",
        Kind::Change => "record, field, from and to",
    }
}

/// Why the header is one of its kind; None where it is not.
pub(super) fn evidence_for(header: &Header) -> Option<String> {
    let what = header.any(&["id", header.kind.main_field()])?;
    match header.kind {
        Kind::Milestone => milestone(header, what),
        Kind::Criterion => {
            let named = header.folded.iter().any(|word| word.contains("criteri") || word.contains("kriteri"));
            let detail = header.any(&["acceptor", "validity", "mandatory", "wants", "method", "due", "owner"])?;
            let identified = header.word("id").is_some_and(|word| word.contains("criteri") || word.contains("kriteri"));
            let of_gate = (named || header.is_called()) && header.has("gate") && header.has("text");
            (identified || of_gate).then(|| header.because(&[what, detail])).flatten()
        }
        Kind::Evidence => evidence(header),
        Kind::Decision => (header.has("gate") && header.has("outcome"))
            .then(|| header.any(&["by", "date", "id"]))
            .flatten()
            .and_then(|_| header.because(&["gate", "outcome"])),
        Kind::Waiver => {
            let detail = header.any(&["approver", "expires_on"])?;
            let waives =
                header.has("criterion") && (header.is_called() || header.has("expires_on") && header.has("reason"));
            waives.then(|| header.because(&["criterion", detail])).flatten()
        }
        Kind::Risk => {
            let Some(detail) = header.any(&["probability", "impact", "response"]) else {
                return ended_risks(header);
            };
            let rated = header.has("probability") && header.has("impact");
            let strong = rated && header.word("probability") != Some("l") || header.is_called();
            strong.then(|| header.because(&[what, detail])).flatten()
        }
        Kind::Issue | Kind::Assumption | Kind::Dependency => {
            let detail = header.any(&["owner", "due", "status", "severity", "resolution", "raised_on"])?;
            let own = header.word("title").is_some_and(|word| Kind::named(word) == Some(header.kind));
            let own_id = header.word("id") == Some(&format!("{} id", header.kind.word()));
            let headed = header.has("id") && header.is_under();
            (own || own_id || headed).then(|| header.because(&[what, detail])).flatten()
        }
        Kind::Review => (header.has("reviewer")
            && header.has("date")
            && header.any(&["findings", "independent"]).is_some()
            && header.is_called())
        .then(|| header.because(&["reviewer", "date"]))
        .flatten(),
        Kind::Confidence => {
            let called = header.folded.iter().any(|word| word.contains("confidence")) || header.is_called();
            (called && header.has("level") && header.any(&["by", "date"]).is_some())
                .then(|| header.because(&["level", "by", "date"]))
                .flatten()
        }
        Kind::Change => (header.has("field") && header.has("from") && header.has("to") && header.has("record"))
            .then(|| header.because(&["record", "field", "from", "to"]))
            .flatten(),
        Kind::Condition => None,
    }
}

/// A register of evidence, or a checklist of gates, criteria or requirements with what is shown for each.
fn evidence(header: &Header) -> Option<String> {
    let detail = header.any(&["producer", "location", "accepted_on", "acceptor", "produced_on"]);
    let typed = header.word("type").filter(|word| word.contains("evidence")).map(|_| "type");
    if let (true, true, Some(detail)) = (header.has("proves"), header.has("title"), detail.or(typed)) {
        return header.because(&["proves", detail]);
    }
    let own_id = header.word("id").is_some_and(|word| word.contains("evidence"));
    let shown = header.word("title").filter(|word| own_id || SHOWN.contains(word))?;
    if header.holds(&LOOK_ALIKES) || header.makes_a_plan() {
        return None;
    }
    if let Some(item) = header.folded.iter().find(|word| SHOWN_FOR.contains(&word.as_str())) {
        return Some(format!("has the columns {item} and {shown}"));
    }
    let called =
        own_id || Kind::named(shown) == Some(Kind::Evidence) || shown.contains("evidence") || header.is_called();
    detail.filter(|_| called && header.has("id")).and_then(|detail| header.because(&["title", detail]))
}

/// Risks that are over: an id or a column of risks, and what became of them.
fn ended_risks(header: &Header) -> Option<String> {
    let ended = header.folded.iter().find(|word| ENDED.contains(&word.as_str()))?;
    let own_id = header.word("id") == Some("risk id");
    let own_title = header.word("title").is_some_and(|word| Kind::named(word) == Some(Kind::Risk));
    let known = header.has("id") && header.has("title") && (own_id || own_title);
    known.then(|| format!("has the columns {} and {ended}", header.word("id").unwrap_or_default()))
}

fn milestone(header: &Header, what: &'static str) -> Option<String> {
    let gated = header.has("entry") || header.has("exit");
    if header.holds(&LOOK_ALIKES) && !gated || header.holds(&COSTS) && !gated && !header.has_column_called() {
        return None;
    }
    let risky = ["probability", "likelihood", "mitigation", "impact"];
    if header.folded.iter().any(|word| risky.contains(&word.as_str())) {
        return None;
    }
    if header.has("entry") {
        return header.because(&[what, "entry"]);
    }
    let called = header.is_called();
    let exit = header.word("exit").is_some_and(|word| word != "criteria" && word != "kriterien" || called);
    if exit {
        return header.because(&[what, "exit"]);
    }
    let planned = header.word("window").is_some_and(|word| PLANNED.contains(&word));
    let identified = header.has("id") && header.has("name");
    if header.has("window") && (called || planned && identified) {
        return header.because(&[what, "window"]);
    }
    // A part of records whose rest stands elsewhere.
    let own_id =
        header.word("id").is_some_and(|word| word.split(' ').any(|word| Kind::named(word) == Some(Kind::Milestone)));
    let detail = header.any(&["owner", "forecast", "baseline", "actual", "depends_on", "authority"])?;
    own_id.then(|| header.because(&["id", detail])).flatten()
}

/// Columns that make a table a register of tasks or measurements, whatever else it has.
const LOOK_ALIKES: [&str; 16] = [
    "task",
    "task id",
    "tasks",
    "task name",
    "action",
    "action item",
    "work item",
    "metric",
    "metrics",
    "kpi",
    "commit",
    "change log",
    "author",
    "endpoint",
    "test case",
    "user story",
];

/// Columns that make a table a budget, where no column is called milestone: a milestone may have its price.
const COSTS: [&str; 6] = ["budget", "cost", "costs", "amount", "funding", "payment"];

/// Columns that name what evidence is shown for, in words and not by the id of a criterion.
const SHOWN_FOR: [&str; 26] = [
    "gate",
    "gate item",
    "gate criterion",
    "gate criteria",
    "criterion",
    "criteria",
    "exit criterion",
    "exit criteria",
    "entry criterion",
    "entry criteria",
    "acceptance criterion",
    "acceptance criteria",
    "success criterion",
    "success criteria",
    "requirement",
    "requirements",
    "control",
    "condition",
    "check",
    "checklist item",
    "kriterium",
    "kriterien",
    "critere",
    "criteres",
    "criterio",
    "criterios",
];

/// Columns of evidence; a column that says what sort of it is wanted is none of them.
pub(super) const SHOWN: [&str; 22] = [
    "evidence",
    "evidence link",
    "evidence links",
    "evidence required",
    "evidence provided",
    "evidence reference",
    "evidence ref",
    "evidence title",
    "evidence artefact",
    "evidence artifact",
    "supporting evidence",
    "proof",
    "proof link",
    "artefact",
    "artefacts",
    "artifact",
    "artifacts",
    "nachweis",
    "nachweise",
    "preuve",
    "preuves",
    "evidencia",
];

/// Columns of registers of risks that are over: what became of each.
const ENDED: [&str; 8] =
    ["outcome", "date closed", "closed on", "closed", "closure date", "resolution", "status", "retired"];

/// Columns for a date that nobody writes but for something that is planned.
const PLANNED: [&str; 10] = [
    "target window",
    "window",
    "target date",
    "deadline",
    "zielfenster",
    "zieltermin",
    "date cible",
    "echeance",
    "fecha objetivo",
    "ventana",
];
