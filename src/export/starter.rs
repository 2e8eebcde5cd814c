//! A first programme to change into one's own, settings for an editor, and a workflow that publishes it.

use chrono::{Datelike, Days, NaiveDate};
use serde_json::{Map, Value, json};

use crate::export::schema;
use crate::reading::fields::Kind;

/// Where schemas for editors are written. A hidden name, so that nothing there is read as content.
pub const SCHEMAS: &str = ".milepost/schemas";

/// A file by its path below the programme's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub path: String,
    pub text: String,
}

/// The folder that a programme is started in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Folder<'a> {
    /// It holds records of its own, at this content root: examples would mix with them.
    WithRecords {
        root: &'a str,
    },
    WithoutRecords,
}

/// The files of a programme that begins on the Monday after `today`.
pub fn files(folder: Folder, today: NaiveDate) -> Vec<File> {
    let root = match folder {
        Folder::WithRecords { root } => root,
        Folder::WithoutRecords => "content/",
    };
    let mut files = vec![file(root, "programme.yaml", &dated(include_str!("starter/programme.yaml"), today))];
    if folder == Folder::WithoutRecords {
        files.extend([
            file(root, "milestones.md", include_str!("starter/milestones.md")),
            file(root, "risks.md", &dated(include_str!("starter/risks.md"), today)),
            file(root, "evidence.md", &dated(include_str!("starter/evidence.md"), today)),
            file(root, "decisions.yaml", include_str!("starter/decisions.yaml")),
        ]);
    }
    files.push(file("", ".gitignore", "# The portal is built, not kept.\n/output/\n"));
    files.push(file(".vscode/", "settings.json", &editor_settings(root)));
    let schemas = schema::all().into_iter();
    files.extend(schemas.map(|(name, text)| file(&format!("{SCHEMAS}/"), &format!("{name}.json"), &text)));
    files
}

/// The workflow that checks the programme on every push and publishes it on GitHub Pages.
pub fn workflow() -> File {
    let text = include_str!("starter/pages.yml").replace("{version}", env!("CARGO_PKG_VERSION"));
    file(".github/workflows/", "pages.yml", &text)
}

fn file(folder: &str, name: &str, text: &str) -> File {
    File { path: format!("{folder}{name}"), text: text.to_string() }
}

fn dated(template: &str, today: NaiveDate) -> String {
    let to_monday = 7 - u64::from(today.weekday().num_days_from_monday());
    let monday = today.checked_add_days(Days::new(to_monday)).unwrap_or(today);
    template.replace("{today}", &today.to_string()).replace("{monday}", &monday.to_string())
}

/// What the YAML extension of the editor wants: schema → the files that it is for.
fn editor_settings(root: &str) -> String {
    let mut schemas = Map::new();
    schemas.insert(format!("./{SCHEMAS}/programme.json"), json!([format!("{root}programme.yaml")]));
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Condition) {
        let name = kind.folder();
        let globs = json!([format!("{root}{name}.yaml"), format!("{root}{name}/**/*.yaml")]);
        schemas.insert(format!("./{SCHEMAS}/{}.json", kind.word()), globs);
    }
    schema::text(&json!({ "yaml.schemas": Value::Object(schemas) }))
}
