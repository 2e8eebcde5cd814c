//! A programme with one record of each kind for each of some words, those words in every field that may hold any.
//!
//! What may be written is taken from the field tables, so that a field that is new is tried without a line here.

use milepost::reading::fields::{Field, Kind, PROGRAMME, Sort};

/// Where lists of records of a kind stand in a file of records.
const LISTS: &[(Kind, &str, &str)] = &[
    (Kind::Milestone, "milestones", "M"),
    (Kind::Evidence, "evidence", "E"),
    (Kind::Decision, "decisions", "D"),
    (Kind::Waiver, "waivers", "W"),
    (Kind::Risk, "risks", "R"),
    (Kind::Issue, "issues", "I"),
    (Kind::Assumption, "assumptions", "A"),
    (Kind::Dependency, "dependencies", "DEP"),
    (Kind::Review, "reviews", "RV"),
    (Kind::Confidence, "confidence", "DC"),
    (Kind::Change, "changes", "CH"),
];

/// What is the same in every `programme.yaml`.
const SETTINGS: &str = "calendar: { week_1: 2026-02-02 }\nsite: { url: \"https://portal.example/\" }\n";

/// A version and the date at which it is told.
#[derive(Debug, Clone, Copy)]
pub struct Version(pub &'static str, pub &'static str);

pub const ONLY: Version = Version("1.0", "2026-02-18");

fn settings(Version(version, date): Version) -> (String, String) {
    let text = format!("name: Strings\nversion: \"{version}\"\ndata_date: {date}\n{SETTINGS}");
    ("content/programme.yaml".to_string(), text)
}

/// What stands in fields that are no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    /// What should.
    Fitting,
    /// The words too: a date, a score, a reference that nobody understands.
    Words,
}

/// Files in YAML with a record of every kind for each of the words, and the settings.
pub fn in_every_field(words: &[String], elsewhere: Elsewhere, version: Version) -> Vec<(String, String)> {
    let mut files = vec![settings(version)];
    for (kind, list, prefix) in LISTS {
        let mut text = format!("{list}:\n");
        for (number, words) in words.iter().enumerate() {
            let writer = Writer { words, number, elsewhere };
            let fields = kind.fields().iter().filter_map(|field| match field.name {
                "id" => Some(("id".to_string(), format!("{prefix}{number}"))),
                // Of many milestones with one window, each would be before the others.
                _ => writer.field(field).map(|value| (field.name.to_string(), value)),
            });
            // A key that no table has is kept as an extra.
            let extra = (key(words), quoted(words));
            text.push_str(&format!("- {}\n", map(fields.chain([extra]))));
        }
        files.push((format!("content/{list}.yaml"), text));
    }
    files
}

/// The words as ids, as the names of files and folders, and as ids that others point at.
pub fn in_names(words: &[String]) -> Vec<(String, String)> {
    let mut files = vec![settings(ONLY)];
    for (kind, list, _) in LISTS {
        let records = words.iter().map(|words| {
            let milestones =
                if *kind == Kind::Risk { format!(", milestones: [{}]", quoted(words)) } else { String::new() };
            let gate = if *kind == Kind::Decision {
                format!(", gate: {}", quoted(&format!("{words} exit")))
            } else {
                String::new()
            };
            let proves = if *kind == Kind::Evidence {
                format!(", proves: [{}]", quoted(&format!("{words}-X1")))
            } else {
                String::new()
            };
            let name = if *kind == Kind::Milestone {
                "name: a name, window: 2026-03-16, exit: [shipped]"
            } else {
                "title: a title"
            };
            format!("- {{ id: {}, {name}{milestones}{gate}{proves} }}\n", quoted(words))
        });
        files.push((format!("content/{list}.yaml"), format!("{list}:\n{}", records.collect::<String>())));
    }
    for words in words {
        let name: String = words.chars().filter(|character| !matches!(character, '/' | '\\' | '\0')).take(60).collect();
        if !matches!(name.trim(), "" | "." | "..") {
            files.push((format!("content/risks/{name}.md"), "---\nowner: Ana\n---\nSome words.\n".to_string()));
            files.push((
                format!("content/pages/{name}/{name}.md"),
                format!("Some words, and [a link](../{name}.md).\n"),
            ));
        }
    }
    files
}

/// The words as an author would type them: in cells of tables, in prose, and where prose has an address.
pub fn in_markdown(words: &[String]) -> Vec<(String, String)> {
    let mut files = vec![settings(ONLY)];
    let mut milestones =
        "| ID | Name | Owner | Window | Exit criteria | Note |\n|---|---|---|---|---|---|\n".to_string();
    let mut risks =
        "| ID | Title | Owner | Probability | Impact | Response | Status |\n|---|---|---|---|---|---|---|\n"
            .to_string();
    let mut evidence = "| ID | Title | Proves | Location | Producer |\n|---|---|---|---|---|\n".to_string();
    for (number, words) in words.iter().enumerate() {
        let cell = words.replace('|', "\\|").replace("\r\n", "<br>").replace(['\n', '\r'], "<br>");
        milestones.push_str(&format!("| M{number} | {cell} | {cell} | {cell} | {cell} | {cell} |\n"));
        risks.push_str(&format!("| R{number} | {cell} | {cell} | {cell} | {cell} | {cell} | {cell} |\n"));
        evidence.push_str(&format!("| E{number} | [{cell}]({cell}) | M{number}-X1: {cell} | {cell} | <{cell}> |\n"));
        files.push((format!("content/pages/p{number}.md"), prose(words)));
        files.push((format!("content/risks/F{number}.md"), format!("---\nid: F{number}\n---\n{}", prose(words))));
    }
    for (name, text) in [("milestones", milestones), ("risks", risks), ("evidence", evidence)] {
        files.push((format!("content/{name}.md"), text));
    }
    files
}

/// Settings with words wherever words may stand, another of them in each field, and one record of some kinds.
pub fn in_settings(words: &[String]) -> Vec<(String, String)> {
    let all = words;
    let words = &words[0];
    let free = |name: &str| match name {
        "roles" => map([(key(words), quoted(words)), ("qa".into(), quoted(words))].into_iter()),
        "appetite" => map([("default".into(), "9".into()), (key(words), "6".into())].into_iter()),
        _ => "{}".to_string(),
    };
    let fields = PROGRAMME.iter().enumerate().filter_map(|(number, field)| match (field.name, field.sort) {
        ("rules", _) => None,
        ("data_date", _) => Some(("data_date".to_string(), "2026-02-18".to_string())),
        (name, Sort::Free) => Some((name.to_string(), free(name))),
        _ => {
            let words = &all[number % all.len()];
            let writer = Writer { words, number: 0, elsewhere: Elsewhere::Fitting };
            writer.field(field).map(|value| (field.name.to_string(), value))
        }
    });
    let settings: String = fields.map(|(name, value)| format!("{name}: {value}\n")).collect();
    let records = format!(
        "milestones:\n- {{ id: M1, name: One, owner: {0}, window: 2026-03-16, exit: [Shipped] }}\nrisks:\n- {{ id: R1, \
         title: A risk, category: {0}, owner: {0}, probability: 4, impact: 4, milestones: [M1] }}\n",
        quoted(words)
    );
    vec![("content/programme.yaml".into(), settings), ("content/records.yaml".into(), records)]
}

fn prose(words: &str) -> String {
    format!(
        "# {words}\n\nA paragraph of {words} and more.\n\n- an item of {words}\n- [ ] {words}\n\n> {words}\n\n\
         [a link]({words}) and [a second](<{words}>) and ![a picture]({words}) and <{words}> and [a third][ref] and `{words}`.\n\n\
         [ref]: {words} \"{words}\"\n\n{words}\n\n| a | {words} |\n|---|---|\n| b | {words} |\n\n<div>\n{words}\n</div>\n\n\
         ```{words}\n{words}\n```\n\nThe end.\n"
    )
}

/// Writes the fields of one record.
struct Writer<'a> {
    words: &'a str,
    number: usize,
    elsewhere: Elsewhere,
}

impl Writer<'_> {
    fn field(&self, field: &Field) -> Option<String> {
        let number = self.number;
        if self.elsewhere == Elsewhere::Words && !matches!(field.sort, Sort::Map(_) | Sort::Maps(_) | Sort::Free) {
            return Some(quoted(self.words));
        }
        Some(match field.sort {
            Sort::Words | Sort::Status => quoted(self.words),
            Sort::Date => "2026-02-12".to_string(),
            Sort::Window => format!("2026-03-{:02}", 2 + number % 20),
            Sort::Flag => "no".to_string(),
            Sort::Number => "3".to_string(),
            Sort::Score => "12".to_string(),
            Sort::Level => "4".to_string(),
            Sort::OneOf(choices) => {
                choices[if field.name == "visibility" { 0 } else { number % choices.len() }].to_string()
            }
            Sort::List | Sort::Criteria => {
                format!("[{}, {}]", quoted(self.words), quoted(&format!("{} again", self.words)))
            }
            Sort::References(kinds) => format!("[{}]", quoted(&reference(kinds[0], number)?)),
            Sort::Gate => quoted(&format!("M{number} exit")),
            Sort::Map(fields) => map(self.fields(fields)),
            Sort::Maps(fields) => format!("[{}]", map(self.fields(fields))),
            Sort::Free => return None,
        })
    }

    fn fields<'a>(&'a self, fields: &'a [Field]) -> impl Iterator<Item = (String, String)> + 'a {
        // Parts of records have ids by their position; of a person or an allowance, an id is a name.
        fields.iter().filter_map(|field| Some((field.name.to_string(), self.field(field)?)))
    }
}

/// The id of the record of the same number; none for milestones among themselves, since that would be a ring.
fn reference(kind: Kind, number: usize) -> Option<String> {
    match kind {
        Kind::Criterion => Some(format!("M{number}-X1")),
        Kind::Milestone if number == 0 => None,
        Kind::Milestone => Some(format!("M{}", number - 1)),
        kind => LISTS.iter().find(|(listed, _, _)| *listed == kind).map(|(_, _, prefix)| format!("{prefix}{number}")),
    }
}

fn map(fields: impl Iterator<Item = (String, String)>) -> String {
    let fields: Vec<String> = fields.map(|(name, value)| format!("{name}: {value}")).collect();
    format!("{{ {} }}", fields.join(", "))
}

/// Words as a key that no field has; the reader takes no longer ones.
fn key(words: &str) -> String {
    quoted(&"zz ".chars().chain(words.chars()).take(100).collect::<String>())
}

/// Any text as YAML in double quotes, with nothing but ASCII in it.
pub fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            ' '..='~' => quoted.push(character),
            other => quoted.push_str(&format!("\\U{:08x}", u32::from(other))),
        }
    }
    quoted.push('"');
    quoted
}
