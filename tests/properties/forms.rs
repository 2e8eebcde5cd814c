//! Writes a programme in every form: Markdown tables, one file a record, YAML three ways, and parts of each.

use std::collections::BTreeSet;

use milepost::model::reference::Kind;

use super::draw::Draw;
use super::programme::{Programme, Record, Value};

/// Path and text.
pub type File = (String, String);

/// Kinds in the order of `Kind::ALL`, but for conditions, which stand within their decision.
fn kinds() -> impl Iterator<Item = Kind> {
    Kind::ALL.into_iter().filter(|kind| *kind != Kind::Condition)
}

/// One Markdown file with a table for each kind, which has a column for every field of the kind. Maps, which no cell can
/// hold, stand beside in YAML.
pub fn tables(programme: &Programme) -> Vec<File> {
    let (flat, keyed) = split(&in_lists(&programme.records), |_, value| value.texts().is_some());
    let mut text = String::new();
    for kind in kinds() {
        let records: Vec<&Record> = flat.iter().filter(|record| record.kind == kind).collect();
        let names = kind.fields().iter().map(|field| field.name).filter(|name| *name != "id");
        let others = records.iter().flat_map(|record| record.fields.iter().map(|(name, _)| *name));
        let mut columns: Vec<&str> = names.collect();
        columns.extend(others.filter(|name| *name == "cost centre").collect::<BTreeSet<_>>());
        if !records.is_empty() {
            text.push_str(&format!("## {}\n\n{}\n", kind.folder(), table(&records, &columns)));
        }
    }
    vec![settings(programme), ("list.md".into(), text), ("beside.yaml".into(), by_kind(&keyed, map))]
}

/// One Markdown file a record: front matter, the title as its heading, the criteria of a milestone as lists.
pub fn files(programme: &Programme) -> Vec<File> {
    let records = in_lists(&programme.records);
    let files = records.iter().filter(|record| says_something(record)).map(file);
    files.chain([settings(programme)]).collect()
}

/// One YAML file with a list for each kind; the criteria of a milestone are a list of maps.
pub fn lists(programme: &Programme) -> Vec<File> {
    let records = nested(&programme.records, |criterion| Value::Map(with_id(criterion)));
    vec![settings(programme), ("all.yaml".into(), by_kind(&records, list))]
}

/// One YAML file for each kind, which is a map from ids; the criteria of a milestone are texts, and their details a map.
pub fn maps(programme: &Programme) -> Vec<File> {
    let records = in_lists(&programme.records);
    let file = |kind: Kind| {
        let of_kind: Vec<&Record> = records.iter().filter(|record| record.kind == kind).collect();
        (format!("{}.yml", kind.folder()), map(&of_kind, 0))
    };
    kinds().map(file).filter(|(_, text)| !text.is_empty()).chain([settings(programme)]).collect()
}

/// One YAML file a record; a criterion is one, too.
pub fn single(programme: &Programme) -> Vec<File> {
    let one = |record: &Record| (format!("{}/{}.yaml", record.kind.folder(), record.id), keys(&with_id(record), 0));
    programme.records.iter().map(one).chain([settings(programme)]).collect()
}

/// Every record in up to three parts: a row of a table of its kind, a file, an entry of a YAML map. A table says more by
/// what it lacks: one without names has them in its descriptions, one without windows in its forecasts; so these two stand
/// in no table that is only a part.
pub fn parts(programme: &Programme, draw: &mut Draw) -> Vec<File> {
    let records = in_lists(&programme.records);
    let draws = std::cell::RefCell::new(draw);
    let (rows, rest) = split(&records, |name, value| {
        let fits = value.texts().is_some() && !matches!(name, "description" | "forecast");
        fits && draws.borrow_mut().chance(40)
    });
    let (apart, entries) = split(&rest, |_, _| draws.borrow_mut().chance(50));
    let register = |kind: Kind| {
        let of_kind: Vec<&Record> = rows.iter().filter(|record| record.kind == kind).collect();
        let used: BTreeSet<&str> =
            of_kind.iter().flat_map(|record| record.fields.iter().map(|(name, _)| *name)).collect();
        let columns: Vec<&str> = used.into_iter().collect();
        (format!("{}/index.md", kind.folder()), table(&of_kind, &columns))
    };
    let registers = kinds().filter(|kind| rows.iter().any(|row| row.kind == *kind)).map(register);
    let apart = apart.iter().map(file);
    let named = |file: File| (file.0.replace(".md", "-part.md"), file.1);
    registers.chain(apart.map(named)).chain([("zz.yaml".into(), by_kind(&entries, map)), settings(programme)]).collect()
}

/// Records in any order over files of any order, each with its keys in any order.
pub fn shuffled(programme: &Programme, draw: &mut Draw) -> Vec<File> {
    let mut records = programme.records.clone();
    draw.shuffle(&mut records);
    let mut files: Vec<Vec<Record>> = vec![Vec::new(); 3];
    for mut record in records {
        draw.shuffle(&mut record.fields);
        files[draw.below(3)].push(record);
    }
    let mut settings = programme.settings.clone();
    draw.shuffle(&mut settings.fields);
    let files = files.iter().enumerate().filter(|(_, records)| !records.is_empty());
    let files = files.map(|(number, records)| (format!("{number}.yaml"), by_kind(records, list)));
    files.chain([("programme.yaml".into(), keys(&settings.fields, 0))]).collect()
}

fn settings(programme: &Programme) -> File {
    ("programme.yaml".into(), keys(&programme.settings.fields, 0))
}

fn says_something(record: &Record) -> bool {
    record.kind != Kind::Criterion || !record.fields.is_empty()
}

fn with_id(record: &Record) -> Vec<(&'static str, Value)> {
    let mut fields = vec![("id", Value::from(record.id.as_str()))];
    fields.extend(record.fields.iter().cloned());
    fields
}

/// The records with the criteria within their milestones, each as `write` makes it.
fn nested(records: &[Record], write: impl Fn(&Record) -> Value) -> Vec<Record> {
    let (criteria, mut others): (Vec<Record>, Vec<Record>) =
        records.iter().cloned().partition(|record| record.kind == Kind::Criterion);
    for milestone in others.iter_mut().filter(|record| record.kind == Kind::Milestone) {
        for side in ["entry", "exit"] {
            let gate = format!("{} {side}", milestone.id);
            let own = criteria.iter().filter(|criterion| criterion.text("gate") == Some(&gate));
            let own = own.map(|criterion| {
                let mut criterion = criterion.clone();
                criterion.take("gate");
                write(&criterion)
            });
            let own: Vec<Value> = own.collect();
            if !own.is_empty() {
                milestone.set(side, Value::List(own));
            }
        }
    }
    others
}

/// The records with the words of the criteria in lists of their milestones, and what else is said of them beside.
fn in_lists(records: &[Record]) -> Vec<Record> {
    let text = |criterion: &Record| {
        let words = criterion.text("text").unwrap_or_default();
        match words.strip_prefix("[x] ") {
            Some(words) => format!("[x] {}: {words}", criterion.id),
            None => format!("{}: {words}", criterion.id),
        }
    };
    let mut all = nested(records, |criterion| text(criterion).into());
    for criterion in records.iter().filter(|record| record.kind == Kind::Criterion) {
        let mut details = criterion.clone();
        details.take("gate");
        details.take("text");
        if !details.fields.is_empty() {
            all.push(details);
        }
    }
    all
}

/// Divides the fields of every record. The first part has them all, so that each record is said to be there.
fn split(records: &[Record], mut is_first: impl FnMut(&str, &Value) -> bool) -> (Vec<Record>, Vec<Record>) {
    let mut first = Vec::new();
    let mut second = Vec::new();
    for record in records {
        let (here, there): (Vec<_>, Vec<_>) =
            record.fields.iter().cloned().partition(|(name, value)| is_first(name, value));
        first.push(Record { fields: here, ..record.clone() });
        if !there.is_empty() {
            second.push(Record { fields: there, ..record.clone() });
        }
    }
    (first, second)
}

fn table(records: &[&Record], columns: &[&str]) -> String {
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let mut header = vec!["ID".to_string()];
    header.extend(columns.iter().map(|name| name.replace('_', " ")));
    let mut text = row(header) + &row(vec!["---".to_string(); columns.len() + 1]);
    for record in records {
        let cells = columns.iter().map(|name| record.get(name).map_or(String::new(), cell));
        text.push_str(&row([record.id.clone()].into_iter().chain(cells).collect()));
    }
    text
}

/// Ids with commas between them, other texts on lines of their own.
fn cell(value: &Value) -> String {
    let texts = value.texts().expect("what has keys stands beside");
    let plain = texts.iter().all(|text| !text.contains([' ', ',', ';']));
    let texts: Vec<String> = texts.into_iter().map(markdown).collect();
    texts.join(if plain { ", " } else { "<br>" })
}

/// Words with the signs of Markdown escaped.
fn markdown(text: &str) -> String {
    let mut escaped = String::new();
    for (position, letter) in text.char_indices() {
        let opens = position == 0 && matches!(letter, '#' | '-' | '+' | '>');
        if opens || matches!(letter, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '~' | '|') {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

fn file(record: &Record) -> File {
    let mut front = record.clone();
    let title = front.take(record.kind.main_field()).filter(|_| matches!(record.kind.main_field(), "name" | "title"));
    if let (None, Some(value)) = (&title, record.get(record.kind.main_field())) {
        front.set(record.kind.main_field(), value.clone());
    }
    let lists = ["entry", "exit"].map(|side| (side, front.take(side)));
    let mut text = format!("---\nkind: {}\n{}---\n", record.kind.word(), keys(&with_id(&front), 0));
    if record.kind == Kind::Review {
        // A review has a kind of its own; its folder says what it is.
        text = format!("---\n{}---\n", keys(&with_id(&front), 0));
    }
    if let Some(title) = title.as_ref().and_then(Value::texts) {
        text.push_str(&format!("\n# {}\n", markdown(title[0])));
    }
    for (side, list) in lists {
        let Some(list) = list else { continue };
        text.push_str(&format!("\n## {side} criteria\n\n"));
        for item in list.texts().unwrap_or_default() {
            let (mark, words) = item.strip_prefix("[x] ").map_or(("", item), |words| ("[x] ", words));
            text.push_str(&format!("- {mark}{}\n", markdown(words)));
        }
    }
    (format!("{}/{}.md", record.kind.folder(), record.id), text)
}

/// Under the name of each kind, its records as `write` makes them.
fn by_kind(records: &[Record], write: fn(&[&Record], usize) -> String) -> String {
    let mut text = String::new();
    for kind in kinds() {
        let of_kind: Vec<&Record> = records.iter().filter(|record| record.kind == kind).collect();
        if !of_kind.is_empty() {
            text.push_str(&format!("{}:\n{}", kind.folder(), write(&of_kind, 1)));
        }
    }
    text
}

fn map(records: &[&Record], depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let entry = |record: &&Record| match record.fields.is_empty() {
        true => format!("{indent}{}: {{}}\n", record.id),
        false => format!("{indent}{}:\n{}", record.id, keys(&record.fields, depth + 1)),
    };
    records.iter().map(entry).collect()
}

fn list(records: &[&Record], depth: usize) -> String {
    let indent = "  ".repeat(depth);
    let entry = |record: &&Record| format!("{indent}- \n{}", keys(&with_id(record), depth + 1));
    records.iter().map(entry).collect()
}

fn keys(fields: &[(&str, Value)], depth: usize) -> String {
    let indent = "  ".repeat(depth);
    fields.iter().map(|(name, value)| format!("{indent}{name}: {}\n", flow(value))).collect()
}

/// A value on one line: plain words bare, all others in quotes.
fn flow(value: &Value) -> String {
    match value {
        Value::Text(text) if is_bare(text) => text.clone(),
        Value::Text(text) => serde_json::to_string(text).expect("a text is JSON, and JSON is YAML"),
        Value::List(values) => format!("[{}]", values.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let entries = entries.iter().map(|(name, value)| format!("{name}: {}", flow(value)));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

fn is_bare(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_alphanumeric())
        && text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '.' | '_'))
}
