//! The author's guide in Markdown: every form once for every kind, and every notation, word and field from the tables that
//! the reader uses.

mod notations;
mod samples;

use crate::reading::fields::{Field, Kind, PROGRAMME, Sort};

/// The whole guide.
pub fn guide() -> String {
    let mut guide = include_str!("guide/forms.md").to_string();
    for section in [notations::windows(), notations::statuses(), notations::levels()] {
        guide.push_str(&section);
    }
    guide.push_str(
        "\n## programme.yaml\n\nAll of it may be left out to begin with. A key that is not known is an error.\n\n",
    );
    guide.push_str(&table(PROGRAMME));
    guide.push_str(
        "\n## Records\n\nFields marked * are wanted in the controlled profile. Other words that are read for a column or \
         a key stand after it; a programme adds its own with `words` in `programme.yaml`. Any other key or column is kept as it \
         is and shown.\n",
    );
    for kind in Kind::ALL {
        let (word, folder) = (kind.word(), kind.folder());
        guide.push_str(&format!("\n### {}\n\n{}\n\n", capitalised(word), place(kind, folder)));
        if let Some(shown) = samples::shown(kind) {
            guide.push_str(&format!("{shown}\n"));
        }
        guide.push_str(&table(kind.fields()));
    }
    guide
}

fn place(kind: Kind, folder: &str) -> String {
    match kind {
        Kind::Condition => "Stands in `conditions` of its decision.".to_string(),
        Kind::Criterion => "Written with its milestone; what more there is to say of it stands in `criteria/`, under \
                            `criteria:` in YAML, or in a table with a column `Criterion ID`."
            .to_string(),
        _ => {
            let prefix = kind.prefix();
            format!(
                "In `{folder}/`, under `{folder}:` in YAML, or in a table. Ids as `{prefix}1`, where none are given."
            )
        }
    }
}

fn table(fields: &[Field]) -> String {
    let mut text = "| field | is | says | other words |\n| --- | --- | --- | --- |\n".to_string();
    rows(fields, "", &mut text);
    text
}

fn rows(fields: &[Field], within: &str, text: &mut String) {
    for field in fields {
        let name = format!("{within}{}", field.name);
        let star = if field.controlled { "*" } else { "" };
        let synonyms: Vec<String> = field.synonyms.iter().map(|synonym| cell(&format!("`{synonym}`"))).collect();
        let doc = cell(field.doc);
        text.push_str(&format!("| `{name}`{star} | {} | {doc} | {} |\n", cell(&what(field.sort)), synonyms.join(", ")));
        if let Sort::Map(nested) | Sort::Maps(nested) = field.sort {
            rows(nested, &format!("{name}."), text);
        }
    }
}

/// What a value is, in words an author knows.
fn what(sort: Sort) -> String {
    match sort {
        Sort::Words => "text".to_string(),
        Sort::Date => "a date".to_string(),
        Sort::Window => "a window".to_string(),
        Sort::Flag => "yes or no".to_string(),
        Sort::Number => "a whole number".to_string(),
        Sort::Score => "a score, 1 to 25".to_string(),
        Sort::Level => "a level, 1 to 5".to_string(),
        Sort::OneOf(words) => words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", "),
        Sort::Status => "a status".to_string(),
        Sort::List => "a list".to_string(),
        Sort::References(kinds) if kinds.len() > 1 => "ids of records".to_string(),
        Sort::References(kinds) => {
            let kind = kinds.first().map_or("record", |kind| kind.word());
            format!("ids: {kind}")
        }
        Sort::Gate => "a gate".to_string(),
        Sort::Criteria => "criteria".to_string(),
        Sort::Map(_) => "keys of its own".to_string(),
        Sort::Maps(_) => "a list, each with keys of its own".to_string(),
        Sort::Free => "your own keys".to_string(),
    }
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
