//! Tells of accepted files that could be exchanged unnoticed.

use crate::finding::{Finding, Severity};
use crate::model::narrative::Understood;
use crate::model::reference::Kind;
use crate::rules::{Family, Rule};
use crate::source::Span;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "evidence-not-sealed",
    family: Family::Evidence,
    severity: Severity::Note,
    documentation: include_str!("evidence_not_sealed.md"),
    several: Some("{n} accepted files are not sealed: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let tables: Vec<&Understood> = programme.understood.iter().filter(|part| is_table(part)).collect();
    let mut findings = Vec::new();
    for evidence in &programme.evidence {
        let (Some(accepted), Some(now), None) = (&evidence.accepted_on, &evidence.asset_sha256, &evidence.sha256)
        else {
            continue;
        };
        let id = &evidence.record.id;
        findings.push(
            Finding::new(
                "evidence-not-sealed",
                accepted.at.clone(),
                format!("evidence `{id}` is accepted, and nothing says which file that was"),
            )
            .label("accepted, not sealed")
            .help(format!("if the file is the accepted one, {}", remedy(&tables, &accepted.at, now)))
            .about(id.as_str()),
        );
    }
    findings
}

/// A table of evidence in Markdown: what was understood with an `accepted_on` column in it.
fn is_table(part: &Understood) -> bool {
    let is_yaml = part.at.path.ends_with(".yaml") || part.at.path.ends_with(".yml");
    part.kind == Some(Kind::Evidence) && !is_yaml && part.columns.iter().any(|(_, field)| *field == "accepted_on")
}

/// What to write, in the form that the record has.
fn remedy(tables: &[&Understood], accepted: &Span, now: &str) -> String {
    let Some(table) = tables.iter().find(|table| table.at.contains(accepted)) else {
        return format!("add `sha256: {now}`");
    };
    match table.columns.iter().find(|(_, field)| *field == "sha256") {
        Some((column, _)) => format!("write `{now}` into its cell under `{column}`"),
        None => format!("add a column `sha256` to the table, and in its row write `{now}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::remedy;
    use crate::model::narrative::Understood;
    use crate::model::reference::Kind;
    use crate::source::Span;

    /// A table over bytes 10 to 90 with these columns; evidence accepted at byte `at`.
    fn check(columns: &[(&str, &'static str)], at: usize, expected: &str) {
        let path = "content/evidence.md".into();
        let columns = columns.iter().map(|(column, field)| (column.to_string(), *field)).collect();
        let table = Understood {
            at: Span::new(&path, 10, 90),
            line: 1,
            kind: Some(Kind::Evidence),
            why: String::new(),
            columns,
            extras: Vec::new(),
            records: 1,
        };
        assert_eq!(remedy(&[&table], &Span::new(&path, at, at + 10), "ab12"), expected);
    }

    #[test]
    fn what_to_write_has_the_form_of_the_record() {
        let plain = ("Accepted", "accepted_on");
        check(&[plain], 50, "add a column `sha256` to the table, and in its row write `ab12`");
        check(&[plain, ("Hash", "sha256")], 50, "write `ab12` into its cell under `Hash`");
        check(&[plain], 95, "add `sha256: ab12`");
    }
}
