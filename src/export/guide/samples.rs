//! A record of every kind, written in each of the three forms.

use crate::reading::fields::Kind;

/// A record that the guide shows: its fields in order, the id first.
struct Sample {
    kind: Kind,
    fields: &'static [Given],
}

struct Given {
    /// The field's name, as YAML has it.
    name: &'static str,
    /// What heads its column in a table.
    column: &'static str,
    values: Values,
}

enum Values {
    One(&'static str),
    Several(&'static [&'static str]),
}

const fn one(name: &'static str, column: &'static str, value: &'static str) -> Given {
    Given { name, column, values: Values::One(value) }
}

const fn several(name: &'static str, column: &'static str, values: &'static [&'static str]) -> Given {
    Given { name, column, values: Values::Several(values) }
}

/// Blocks of Markdown that show a record of this kind as a row of a table, as a file and as an entry of YAML; None for
/// conditions, which stand within their decision.
pub fn shown(kind: Kind) -> Option<String> {
    let sample = SAMPLES.iter().find(|sample| sample.kind == kind)?;
    let folder = kind.folder();
    let [id, ..] = sample.fields else { return None };
    let blocks = [
        (format!("markdown content/{folder}.md"), sample.table()),
        (format!("markdown content/{folder}/{}.md", id.in_yaml()), format!("---\n{}---\n", sample.keys("", ""))),
        (format!("yaml content/{folder}.yaml"), format!("{folder}:\n{}", sample.keys("  - ", "    "))),
    ];
    let blocks = blocks.map(|(head, text)| format!("```{head}\n{text}```\n"));
    Some(blocks.join("\n"))
}

impl Sample {
    fn table(&self) -> String {
        let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let header = row(self.fields.iter().map(|field| field.column.to_string()).collect());
        let dashes = row(self.fields.iter().map(|_| "---".to_string()).collect());
        header + &dashes + &row(self.fields.iter().map(Given::in_cell).collect())
    }

    /// A line for each field, `first` in front of the first and `others` in front of the others.
    fn keys(&self, first: &str, others: &str) -> String {
        let lines = self.fields.iter().enumerate().map(|(position, field)| {
            let indent = if position == 0 { first } else { others };
            format!("{indent}{}: {}\n", field.name, field.in_yaml())
        });
        lines.collect()
    }
}

impl Given {
    fn in_cell(&self) -> String {
        match self.values {
            Values::One(value) => value.to_string(),
            Values::Several(values) => values.join("; "),
        }
    }

    fn in_yaml(&self) -> String {
        match self.values {
            Values::One(value) => value.to_string(),
            Values::Several(values) => format!("[{}]", values.join(", ")),
        }
    }
}

/// No value needs quotes or anything else of its own in a cell or in YAML.
const SAMPLES: &[Sample] = &[
    Sample {
        kind: Kind::Milestone,
        fields: &[
            one("id", "ID", "M1"),
            one("name", "Milestone", "Interface design"),
            one("description", "Description", "Agree how the parts talk"),
            one("owner", "Owner", "Ana Roth"),
            one("window", "Target window", "Weeks 1–3"),
            several("entry", "Entry criteria", &["Scope agreed"]),
            several("exit", "Exit criteria", &["Specification approved", "Mock service live"]),
        ],
    },
    Sample {
        kind: Kind::Criterion,
        fields: &[
            one("id", "Criterion ID", "M1-X1"),
            one("method", "Method", "inspection"),
            one("acceptor", "Acceptor", "Quality lead"),
            one("owner", "Owner", "Ben Sato"),
            one("due", "Due", "2026-02-13"),
        ],
    },
    Sample {
        kind: Kind::Evidence,
        fields: &[
            one("id", "Evidence ID", "EV1"),
            one("title", "Evidence", "Approved specification"),
            several("proves", "Proves", &["M1-X1"]),
            one("type", "Type", "Document"),
            one("producer", "Produced by", "Ana Roth"),
            one("produced_on", "Produced on", "2026-02-05"),
            one("location", "Link", "https://example.org/specification"),
        ],
    },
    Sample {
        kind: Kind::Decision,
        fields: &[
            one("id", "Decision ID", "D1"),
            one("gate", "Gate", "M1 entry"),
            one("outcome", "Outcome", "hold"),
            one("by", "Decided by", "Eva Lind"),
            one("date", "Date", "2026-02-02"),
            one("minutes", "Minutes", "https://example.org/minutes"),
        ],
    },
    Sample {
        kind: Kind::Waiver,
        fields: &[
            one("id", "Waiver ID", "W1"),
            several("criterion", "Criterion", &["M1-X2"]),
            one("reason", "Reason", "The mock service is rebuilt for the pilot"),
            one("approver", "Approver", "Eva Lind"),
            one("date", "Date", "2026-02-10"),
            one("expires_on", "Expires", "2026-03-31"),
        ],
    },
    Sample {
        kind: Kind::Risk,
        fields: &[
            one("id", "Risk ID", "R1"),
            one("title", "Risk", "The supplier delivers late"),
            one("owner", "Owner", "Ana Roth"),
            one("probability", "Probability", "likely"),
            one("impact", "Impact", "4"),
            one("response", "Response", "reduce"),
            several("milestones", "Milestones", &["M1"]),
            one("status", "Status", "Open"),
        ],
    },
    Sample {
        kind: Kind::Issue,
        fields: &[
            one("id", "Issue ID", "I1"),
            one("title", "Issue", "The test bench is broken"),
            one("owner", "Owner", "Ben Sato"),
            one("raised_on", "Raised", "2026-02-03"),
            one("due", "Due", "2026-02-17"),
            one("severity", "Severity", "high"),
            several("milestones", "Milestones", &["M1"]),
            one("status", "Status", "Open"),
        ],
    },
    Sample {
        kind: Kind::Assumption,
        fields: &[
            one("id", "Assumption ID", "A1"),
            one("title", "Assumption", "The licence is extended"),
            one("owner", "Owner", "Ben Sato"),
            one("due", "Check by", "2026-02-20"),
            several("milestones", "Milestones", &["M1"]),
            one("status", "Status", "Open"),
        ],
    },
    Sample {
        kind: Kind::Dependency,
        fields: &[
            one("id", "Dependency ID", "DEP1"),
            one("title", "Dependency", "Network access from the data centre"),
            one("owner", "Owner", "Ana Roth"),
            one("due", "Needed by", "2026-02-27"),
            several("milestones", "Milestones", &["M1"]),
            one("status", "Status", "Open"),
        ],
    },
    Sample {
        kind: Kind::Review,
        fields: &[
            one("id", "Review ID", "RV1"),
            one("kind", "Review", "Gate review"),
            one("date", "Date", "2026-02-06"),
            one("reviewer", "Reviewer", "Kim Osei"),
            one("independent", "Independent", "yes"),
            several("findings", "Findings", &["The scope is clear", "Two owners are missing"]),
        ],
    },
    Sample {
        kind: Kind::Confidence,
        fields: &[
            one("id", "Confidence ID", "DC1"),
            one("level", "Confidence", "amber"),
            one("by", "Signed by", "Eva Lind"),
            one("date", "Date", "2026-02-06"),
            one("text", "Comment", "The supplier has yet to confirm"),
        ],
    },
    Sample {
        kind: Kind::Change,
        fields: &[
            one("id", "Change ID", "CH1"),
            several("record", "Record", &["M1"]),
            one("field", "Field", "window"),
            one("from", "From", "Week 1"),
            one("to", "To", "Weeks 1–3"),
            one("reason", "Reason", "The specification took longer"),
            one("approver", "Approver", "Eva Lind"),
            one("date", "Date", "2026-02-06"),
        ],
    },
];
