//! Header to kind: what a table is a register of, which column is which field, and why.
//!
//! A look-alike (tasks, budgets, metrics, history) is no register: each kind asks for the columns that only it has.
//! The one place to widen what is taken for a register is `evidence_for`.

use crate::reading::fields::{self, Field, Kind};

/// What a header means.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    pub kind: Kind,
    /// In words: "has the columns id and target window".
    pub why: String,
    /// For each column, the field that it is; None for those that milepost has no use for.
    pub fields: Vec<Option<&'static Field>>,
}

/// What stands around a table: the kind that its file or folder gives it, and the headings above it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Around<'a> {
    pub kind: Option<(Kind, &'a str)>,
    pub heading: &'a str,
}

/// The order in which kinds are tried: those that ask for more come first.
const TRIED: [Kind; 12] = [
    Kind::Waiver,
    Kind::Decision,
    Kind::Evidence,
    Kind::Criterion,
    Kind::Change,
    Kind::Confidence,
    Kind::Review,
    Kind::Issue,
    Kind::Assumption,
    Kind::Dependency,
    Kind::Milestone,
    Kind::Risk,
];

/// Which kind of record the rows under a header are, if they are records at all.
pub fn understand(header: &[&str], around: Around) -> Option<Columns> {
    let folded: Vec<String> = header.iter().map(|cell| fields::fold(cell)).collect();
    if let Some((kind, why)) = around.kind {
        let fields = assign(kind, &folded);
        // A table without a single field of the kind is beside the records, not one of them.
        if fields.iter().any(Option::is_some) {
            return Some(Columns { kind, why: why.to_string(), fields });
        }
    }
    TRIED.into_iter().find_map(|kind| {
        let fields = assign(kind, &folded);
        let header = Header { kind, folded: &folded, fields: &fields, heading: around.heading };
        let why = evidence_for(&header)?;
        Some(Columns { kind, why, fields })
    })
}

/// The field of each column, each field at most once: the surest word has it.
fn assign(kind: Kind, folded: &[String]) -> Vec<Option<&'static Field>> {
    let mut fields: Vec<Option<&'static Field>> = vec![None; folded.len()];
    let mut left_over = Vec::new();
    for field in kind.fields() {
        let mut claims: Vec<(usize, usize)> = Vec::new();
        for (column, word) in folded.iter().enumerate() {
            claims.extend(field.rank(word).map(|rank| (rank, column)));
        }
        claims.sort_unstable();
        for (position, (_, column)) in claims.iter().enumerate() {
            match position {
                0 => fields[*column] = Some(field),
                _ => left_over.push((field, *column)),
            }
        }
    }
    for (field, column) in left_over {
        let second = second_meaning(kind, field.name, &folded[column]);
        let free = |name: &&str| !fields.iter().flatten().any(|taken| taken.name == *name);
        let second = second.iter().copied().find(free);
        fields[column] = second.and_then(|name| kind.fields().iter().find(|field| field.name == name));
    }
    settle_milestone(kind, folded, &mut fields);
    settle_evidence(kind, folded, &mut fields);
    fields
}

/// What a word means where another column says the same more surely.
fn second_meaning(kind: Kind, field: &str, folded: &str) -> &'static [&'static str] {
    match (kind, field, folded) {
        (Kind::Milestone, "name", "goal" | "what") => &["description"],
        (Kind::Milestone, "window", "completion date") => &["actual"],
        (Kind::Milestone, "window", "eta" | "expected date" | "due" | "date") => &["forecast"],
        (Kind::Risk, "title", "description" | "risk description" | "what") => &["event"],
        _ => &[],
    }
}

/// `Milestone | Goal | …` and `Phase | Name | …`: the word for the milestone heads its ids where another column names it;
/// a forecast alone is the window of a list; where no names are, it is a part of records that have one elsewhere.
fn settle_milestone(kind: Kind, folded: &[String], fields: &mut [Option<&'static Field>]) {
    if kind != Kind::Milestone {
        return;
    }
    let table = kind.fields();
    let has = |fields: &[Option<&'static Field>], name: &str| fields.iter().flatten().any(|field| field.name == name);
    let named = |name: &str| table.iter().find(|field| field.name == name);
    let other_name =
        folded.iter().position(|word| matches!(word.as_str(), "name" | "title" | "titre" | "titel" | "goal"));
    let own_word =
        folded.iter().position(|word| matches!(word.as_str(), "milestone" | "meilenstein" | "jalon" | "hito"));
    if let (false, Some(name), Some(id)) = (has(fields, "id"), other_name, own_word) {
        fields[id] = named("id");
        fields[name] = named("name");
    }
    let described = fields.iter().position(|field| field.is_some_and(|field| field.name == "description"));
    if let (true, false, Some(column)) = (has(fields, "id"), has(fields, "name"), described)
        && has(fields, "window")
    {
        fields[column] = named("name");
    }
    if has(fields, "name") && !has(fields, "window") {
        let forecast = fields.iter().position(|field| field.is_some_and(|field| field.name == "forecast"));
        if let Some(column) = forecast {
            fields[column] = named("window");
        }
    }
}

/// Where nothing else says what the evidence is, its link does.
fn settle_evidence(kind: Kind, folded: &[String], fields: &mut [Option<&'static Field>]) {
    let has = |name: &str| fields.iter().flatten().any(|field| field.name == name);
    if kind != Kind::Evidence || has("title") {
        return;
    }
    if let Some(column) = folded.iter().position(|word| SHOWN.contains(&word.as_str())) {
        fields[column] = kind.fields().iter().find(|field| field.name == "title");
    }
}

/// A header seen as one of a kind.
struct Header<'a> {
    kind: Kind,
    folded: &'a [String],
    fields: &'a [Option<&'static Field>],
    heading: &'a str,
}

impl Header<'_> {
    fn has(&self, name: &str) -> bool {
        self.fields.iter().flatten().any(|field| field.name == name)
    }

    fn any(&self, names: &[&'static str]) -> Option<&'static str> {
        names.iter().copied().find(|name| self.has(name))
    }

    /// The author's column that is this field, folded.
    fn word(&self, name: &str) -> Option<&str> {
        let column = self.fields.iter().position(|field| field.is_some_and(|field| field.name == name))?;
        self.folded.get(column).map(String::as_str)
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

    fn because(&self, names: &[&str]) -> Option<String> {
        let words: Vec<&str> = names.iter().filter_map(|name| self.word(name)).collect();
        match words.as_slice() {
            [] => None,
            [word] => Some(format!("has the column {word}")),
            [start @ .., last] => Some(format!("has the columns {} and {last}", start.join(", "))),
        }
    }
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
const SHOWN: [&str; 22] = [
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

/// Why the header is one of its kind; None where it is not.
fn evidence_for(header: &Header) -> Option<String> {
    let what = header.any(&["id", header.kind.main_field()])?;
    match header.kind {
        Kind::Milestone => milestone(header, what),
        Kind::Criterion => {
            let named = header.folded.iter().any(|word| word.contains("criteri") || word.contains("kriteri"));
            let detail = header.any(&["acceptor", "validity", "mandatory", "wants", "method", "due", "owner"])?;
            let identified = header.word("id").is_some_and(|word| word.contains("criteri") || word.contains("kriteri"));
            let of_gate = named && header.has("gate") && header.has("text");
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
            (own || own_id).then(|| header.because(&[what, detail])).flatten()
        }
        Kind::Review => (header.has("reviewer")
            && header.has("date")
            && header.any(&["findings", "independent"]).is_some()
            && header.is_called())
        .then(|| header.because(&["reviewer", "date"]))
        .flatten(),
        Kind::Confidence => {
            let called = header.folded.iter().any(|word| word.contains("confidence"));
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

#[cfg(test)]
mod tests {
    use super::{Around, understand};
    use expect_test::{Expect, expect};

    fn check(header: &str, heading: &str, expected: Expect) {
        let cells: Vec<&str> = header.split('|').map(str::trim).collect();
        let columns = understand(&cells, Around { kind: None, heading });
        let said = columns.map_or("no register".to_string(), |columns| {
            let fields = columns.fields.iter().map(|field| field.map_or("–", |field| field.name));
            format!("{}: {} ({})", columns.kind.word(), fields.collect::<Vec<_>>().join(" "), columns.why)
        });
        expected.assert_eq(&said);
    }

    #[test]
    fn the_columns_of_a_milestone_list_are_its_fields() {
        check(
            "Milestone ID | Name | Target Window | Description | Entry Criteria | Exit Criteria",
            "",
            expect![
                "milestone: id name window description entry exit (has the columns milestone id and entry criteria)"
            ],
        );
        check(
            "Milestone | Goal | Exit Criteria | Target Date",
            "",
            expect!["milestone: id name exit window (has the columns milestone and exit criteria)"],
        );
        check(
            "# | Milestone | Owner | Due | Status",
            "",
            expect!["milestone: id name owner window declared (has the columns # and due)"],
        );
        check(
            "ID | Name | Date | Status",
            "Key milestones",
            expect!["milestone: id name window declared (has the columns id and date)"],
        );
        check(
            "Milestone ID | Owner | Forecast",
            "",
            expect!["milestone: id owner forecast (has the columns milestone id and owner)"],
        );
        check(
            "Datum | Meilenstein | Ergebnis",
            "",
            expect!["milestone: window name – (has the columns meilenstein and datum)"],
        );
    }

    #[test]
    fn a_look_alike_is_no_register() {
        check("ID | Name | Date | Status", "", expect!["no register"]);
        check("Task ID | Workstream | Owner | ETA | Status", "", expect!["no register"]);
        check("Metric | Target | Actual", "", expect!["no register"]);
        check("Version | Date | Author | Change", "", expect!["no register"]);
        check("Field | Value", "", expect!["no register"]);
        check("Task | Milestone | Owner | Due", "", expect!["no register"]);
        check("Item | Budget | Due | Status", "Milestones", expect!["no register"]);
        check("# | Action | Owner | Deadline | Evidence", "", expect!["no register"]);
        check("Status | Count | Risk IDs", "", expect!["no register"]);
    }

    #[test]
    fn a_checklist_with_what_is_shown_is_evidence() {
        check(
            "Gate | Criteria | Evidence | Status",
            "",
            expect!["evidence: – proves title – (has the columns gate and evidence)"],
        );
        check("Gate | Status | Evidence", "", expect!["evidence: – – title (has the columns gate and evidence)"]);
        check(
            "Requirement | Evidence link",
            "",
            expect!["evidence: – title (has the columns requirement and evidence link)"],
        );
        check(
            "ID | Evidence | Owner | Location",
            "",
            expect!["evidence: id title producer location (has the columns evidence and owner)"],
        );
        check(
            "Milestone | Target date | Exit criteria | Evidence",
            "",
            expect!["milestone: name window exit – (has the columns milestone and exit criteria)"],
        );
        check(
            "Evidence ID | Description | Type | Link | Date",
            "",
            expect!["evidence: id title type location produced_on (has the columns description and link)"],
        );
        check(
            "Threat | Likelihood | Impact | Controls",
            "",
            expect!["risk: title probability impact response (has the columns threat and likelihood)"],
        );
        check("Criterion | Proves | Link", "", expect!["no register"]);
    }

    #[test]
    fn plans_with_prices_and_stages_are_milestones() {
        check(
            "Milestone | Description | Budget | Timeframe | Completion Date",
            "",
            expect!["milestone: name description – window actual (has the columns milestone and timeframe)"],
        );
        check(
            "Milestone No. | Milestone Description | Funding | Estimated Timeframe",
            "",
            expect!["milestone: id name – window (has the columns milestone no and estimated timeframe)"],
        );
        check(
            "Stage | Estimated Duration | Key Milestones",
            "",
            expect!["milestone: name window exit (has the columns stage and key milestones)"],
        );
        check(
            "Risk ID | Description | Date Closed | Outcome",
            "",
            expect!["risk: id title – – (has the columns risk id and date closed)"],
        );
    }

    #[test]
    fn the_other_registers_are_known_by_their_own_columns() {
        check(
            "ID | Risk | Likelihood | Impact | Mitigation | Owner",
            "",
            expect!["risk: id title probability impact response owner (has the columns id and likelihood)"],
        );
        check("Risk | Mitigation", "", expect!["risk: title response (has the columns risk and mitigation)"]);
        check(
            "ID | Title | Proves | Type | Producer | Location",
            "",
            expect!["evidence: id title proves type producer location (has the columns proves and producer)"],
        );
        check(
            "ID | Gate | Outcome | By | Date",
            "",
            expect!["decision: id gate outcome by date (has the columns gate and outcome)"],
        );
        check(
            "Waiver | Criterion | Reason | Approver | Expires",
            "",
            expect!["waiver: id criterion reason approver expires_on (has the columns criterion and approver)"],
        );
        check(
            "Criterion | Owner | Due | Acceptor",
            "",
            expect!["criterion: id owner due acceptor (has the columns criterion and acceptor)"],
        );
        check(
            "ID | Record | Field | From | To | Approver",
            "",
            expect!["change: id record field from to approver (has the columns record, field, from and to)"],
        );
        check(
            "ID | Issue | Owner | Status",
            "",
            expect!["issue: id title owner status (has the columns id and owner)"],
        );
    }
}
