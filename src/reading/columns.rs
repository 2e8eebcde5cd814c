//! Header to kind: what a table is a register of, which column is which field, and why.
//!
//! A look-alike (tasks, budgets, metrics, history) is no register: each kind asks for the columns that only it has.
//! The one place to widen what is taken for a register is `registers::evidence_for`.

mod registers;

use crate::reading::columns::registers::{Header, SHOWN};
use crate::reading::fields::{self, Field, Kind};
use crate::reading::vocabulary::Vocabulary;

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
pub fn understand(header: &[&str], around: Around, own: &Vocabulary) -> Option<Columns> {
    let folded: Vec<String> = header.iter().map(|cell| fields::fold(cell)).collect();
    if let Some((kind, why)) = around.kind {
        let fields = assign(kind, &own.translated(kind, &folded));
        // A table without a single field of the kind is beside the records, not one of them.
        if fields.iter().any(Option::is_some) {
            return Some(Columns { kind, why: why.to_string(), fields });
        }
    }
    TRIED.into_iter().find_map(|kind| {
        let translated = own.translated(kind, &folded);
        let fields = assign(kind, &translated);
        let heading = around.heading;
        let header = Header { kind, folded: &translated, said: &folded, fields: &fields, heading };
        let why = registers::evidence_for(&header)?;
        Some(Columns { kind, why, fields })
    })
}

/// Why the rows under a header are no records.
pub fn refusal(header: &[&str]) -> String {
    let folded: Vec<String> = header.iter().map(|cell| fields::fold(cell)).collect();
    registers::look_alike(&folded).unwrap_or_else(|| "its columns are those of no kind of record".to_string())
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

/// What a word means where another column or key says the same more surely.
pub fn second_meaning(kind: Kind, field: &str, folded: &str) -> &'static [&'static str] {
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

#[cfg(test)]
mod tests {
    use super::{Around, understand};
    use crate::reading::vocabulary::Vocabulary;
    use expect_test::{Expect, expect};

    fn check(header: &str, heading: &str, expected: Expect) {
        let cells: Vec<&str> = header.split('|').map(str::trim).collect();
        let columns = understand(&cells, Around { kind: None, heading }, &Vocabulary::default());
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
            "ID | Title | Owner | Due | Milestones",
            "RAID log Assumptions",
            expect!["assumption: id title owner due milestones (has the columns id and owner)"],
        );
        check("ID | Title | Owner | Due", "Risks and issues", expect!["no register"]);
        check(
            "ID | Level | By | Date",
            "Confidence",
            expect!["confidence: id level by date (has the columns level, by and date)"],
        );
        check(
            "ID | Text | Gate | Acceptor",
            "Criteria",
            expect!["criterion: id text gate acceptor (has the columns id and acceptor)"],
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
