//! A theme: templates, stylesheet, script and words. The default one is part of the binary; a programme's own replaces
//! single files of it, by name.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use tera::{Context, ErrorKind, Tera, TeraResult};

use crate::finding::Finding;
use crate::output::{Content, sha256};
use crate::render::functions;
use crate::site::shell::Assets;
use crate::site::words::Words;
use crate::source::{Source, Span};

/// The files of `themes/default`, by name.
const EMBEDDED: &[(&str, &str)] = &[
    ("404-plain.html", include_str!("../../themes/default/404-plain.html")),
    ("404.html", include_str!("../../themes/default/404.html")),
    ("base.html", include_str!("../../themes/default/base.html")),
    ("changes.html", include_str!("../../themes/default/changes.html")),
    ("components.html", include_str!("../../themes/default/components.html")),
    ("data.html", include_str!("../../themes/default/data.html")),
    ("decision.html", include_str!("../../themes/default/decision.html")),
    ("decisions.html", include_str!("../../themes/default/decisions.html")),
    ("evidence-item.html", include_str!("../../themes/default/evidence-item.html")),
    ("evidence.html", include_str!("../../themes/default/evidence.html")),
    ("gate-pack.html", include_str!("../../themes/default/gate-pack.html")),
    ("matrix.html", include_str!("../../themes/default/matrix.html")),
    ("method.html", include_str!("../../themes/default/method.html")),
    ("method-brief.html", include_str!("../../themes/default/method-brief.html")),
    ("milestone-brief.html", include_str!("../../themes/default/milestone-brief.html")),
    ("milestone-components.html", include_str!("../../themes/default/milestone-components.html")),
    ("milestone.html", include_str!("../../themes/default/milestone.html")),
    ("narrative.html", include_str!("../../themes/default/narrative.html")),
    ("portal.css", include_str!("../../themes/default/portal.css")),
    ("portal.js", include_str!("../../themes/default/portal.js")),
    ("print.css", include_str!("../../themes/default/print.css")),
    ("quality.html", include_str!("../../themes/default/quality.html")),
    ("record-components.html", include_str!("../../themes/default/record-components.html")),
    ("record.html", include_str!("../../themes/default/record.html")),
    ("redirect.html", include_str!("../../themes/default/redirect.html")),
    ("registers.html", include_str!("../../themes/default/registers.html")),
    ("report.html", include_str!("../../themes/default/report.html")),
    ("risk.html", include_str!("../../themes/default/risk.html")),
    ("slippage.html", include_str!("../../themes/default/slippage.html")),
    ("risks.html", include_str!("../../themes/default/risks.html")),
    ("status.html", include_str!("../../themes/default/status.html")),
    ("timeline.html", include_str!("../../themes/default/timeline.html")),
    ("todo.html", include_str!("../../themes/default/todo.html")),
    ("trace.html", include_str!("../../themes/default/trace.html")),
    ("versions.html", include_str!("../../themes/default/versions.html")),
    ("words.toml", include_str!("../../themes/default/words.toml")),
];

pub struct Theme {
    tera: Tera,
    words: Arc<Words>,
    files: BTreeMap<String, File>,
    hash: Arc<str>,
    /// The tool's own, for pages that a programme's theme cannot render.
    fallback: Option<Box<Theme>>,
}

/// A file of a theme; `path` is None for the tool's own.
struct File {
    text: Arc<str>,
    path: Option<Arc<str>>,
}

impl Theme {
    pub fn embedded() -> Theme {
        let (theme, findings) = Theme::of(embedded_files());
        debug_assert!(findings.is_empty(), "the default theme is well-formed: {findings:?}");
        theme
    }

    /// The theme `name` from the files below `themes/`, over the default one. Findings: `template-error`,
    /// `theme-too-new`; with one of those the default theme is used.
    pub fn new(sources: &[Source], name: Option<&str>) -> (Theme, Vec<Finding>) {
        let embedded = Theme::embedded();
        let Some(name) = name.filter(|name| *name != "default") else { return (embedded, Vec::new()) };
        let folder = format!("themes/{name}/");
        let own: Vec<&Source> = sources.iter().filter(|source| source.path.starts_with(&folder)).collect();
        if own.is_empty() {
            let message = format!("there is no theme `{name}`");
            let finding = Finding::new("template-error", Span::nowhere(), message)
                .help(format!("put its files into `themes/{name}/`, or leave `site.theme` out"));
            return (embedded, vec![finding]);
        }
        if let Some(finding) = too_new(&own, &folder) {
            return (embedded, vec![finding]);
        }
        let mut files = embedded_files();
        for source in own {
            let file = File { text: source.text.clone(), path: Some(source.path.clone()) };
            files.insert(source.path[folder.len()..].to_string(), file);
        }
        let (mut theme, findings) = Theme::of(files);
        if !findings.is_empty() {
            return (embedded, findings);
        }
        theme.fallback = Some(Box::new(embedded));
        (theme, findings)
    }

    fn of(files: BTreeMap<String, File>) -> (Theme, Vec<Finding>) {
        let mut findings = Vec::new();
        let words = Arc::new(words(&files, &mut findings));
        let mut tera = Tera::default();
        functions::register(&mut tera, &words);
        let templates = files.iter().filter(|(name, _)| name.ends_with(".html") || *name == "print.css");
        let templates = templates.map(|(name, file)| (name.as_str(), file.text.as_ref()));
        if let Err(error) = tera.add_raw_templates(templates) {
            findings.push(finding(&error, &files));
        }
        let mut all = String::new();
        for (name, file) in &files {
            all.push_str(&format!("{name} {}\n", sha256(file.text.as_bytes())));
        }
        (Theme { tera, words, files, hash: sha256(all.as_bytes()), fallback: None }, findings)
    }

    pub fn words(&self) -> &Words {
        &self.words
    }

    /// Of all its files: two themes with one hash render alike.
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Where its stylesheet and script are, below the portal's root. The names change with the content, so that a browser never mixes two builds.
    pub fn assets(&self) -> Assets {
        let name = |stem: &str, extension: &str| {
            let hash = sha256(self.text(&format!("{stem}.{extension}")).as_bytes());
            format!("assets/{stem}-{}.{extension}", &hash[..8])
        };
        Assets { stylesheet: name("portal", "css"), script: name("portal", "js") }
    }

    /// The files of `assets`, once for the whole portal.
    pub fn files(&self) -> Vec<(String, Content)> {
        let assets = self.assets();
        let content = |name: &str| Content::from(self.text(name).to_string());
        vec![(assets.stylesheet, content("portal.css")), (assets.script, content("portal.js"))]
    }

    fn text(&self, name: &str) -> &str {
        self.files.get(name).map_or("", |file| &file.text)
    }

    /// A template with a context; where a programme's own fails, the default one, and what was wrong.
    pub(crate) fn render(&self, template: &str, context: &Context) -> (String, Option<Finding>) {
        self.rendered(&|tera| tera.render(template, context))
    }

    /// One block of a template, in the same way.
    pub(crate) fn render_block(&self, template: &str, block: &str, context: &Context) -> (String, Option<Finding>) {
        self.rendered(&|tera| tera.render_block(template, block, context))
    }

    fn rendered(&self, render: &dyn Fn(&Tera) -> TeraResult<String>) -> (String, Option<Finding>) {
        let error = match render(&self.tera) {
            Ok(text) => return (text, None),
            Err(error) => error,
        };
        let finding = finding(&error, &self.files);
        let text = self.fallback.as_ref().map(|fallback| fallback.rendered(render).0);
        (text.unwrap_or_default(), Some(finding))
    }
}

fn embedded_files() -> BTreeMap<String, File> {
    let file = |text: &str| File { text: text.into(), path: None };
    EMBEDDED.iter().map(|(name, text)| (name.to_string(), file(text))).collect()
}

/// The default words, with a programme's over them.
fn words(files: &BTreeMap<String, File>, findings: &mut Vec<Finding>) -> Words {
    let default = EMBEDDED.iter().find(|(name, _)| *name == "words.toml").map_or("", |(_, text)| text);
    let default = Words::parse(default).unwrap_or_default();
    let Some(File { text, path: Some(path) }) = files.get("words.toml") else { return default };
    match Words::parse(text) {
        Ok(own) => default.overlaid(own),
        Err((message, range)) => {
            findings.push(Finding::new("template-error", Span::new(path, range.start, range.end), lower(&message)));
            default
        }
    }
}

/// A theme may name the milepost it was made for: `theme.toml` with `milepost = "0.2"`.
fn too_new(own: &[&Source], folder: &str) -> Option<Finding> {
    let source = own.iter().find(|source| source.path.strip_prefix(folder) == Some("theme.toml"))?;
    let table: toml::Table = source.text.parse().ok()?;
    let needed = table.get("milepost")?.as_str()?;
    let parts = |version: &str| -> Vec<u32> { version.split('.').map(|part| part.parse().unwrap_or(0)).collect() };
    let this = env!("CARGO_PKG_VERSION");
    if parts(needed) <= parts(this) {
        return None;
    }
    let at = source.text.find(needed).unwrap_or(0);
    let span = Span::new(&source.path, at, at + needed.len());
    let message = format!("this theme is made for milepost {needed}, and this is milepost {this}");
    Some(Finding::new("theme-too-new", span, message).help("update milepost, or use an older version of the theme"))
}

/// What Tera says, at the place it says it of.
fn finding(error: &tera::Error, files: &BTreeMap<String, File>) -> Finding {
    let place = |name: &str, range: Range<usize>| {
        let path = files.get(name).and_then(|file| file.path.as_ref());
        path.map_or_else(Span::nowhere, |path| Span::new(path, range.start, range.end))
    };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let at = place(report.filename(), report.span().range.clone());
            let (message, help) = told(report.message());
            let mut finding = Finding::new("template-error", at, message).about(report.filename());
            finding.help = help;
            finding
        }
        other => {
            // What is checked over all templates comes as printed reports: the first says its message and its place.
            let text = other.to_string();
            let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
            let located = text.lines().find_map(|line| located(line, files));
            let (name, offset) = located.unwrap_or_default();
            let mut finding = Finding::new("template-error", place(&name, offset..offset), lower(message));
            finding.subject = Some(name).filter(|name| !name.is_empty());
            finding
        }
    }
}

/// What is wrong; and, where a name is not there, those that are.
fn told(message: &str) -> (String, Option<String>) {
    let (message, there) = message.split_once(". Available ").unwrap_or((message, ""));
    let there = there.split_once(": ").map(|(what, names)| format!("the {what} that are there: {names}"));
    (lower(message), there)
}

/// `--> base.html:3:7` as the file and the byte.
fn located(line: &str, files: &BTreeMap<String, File>) -> Option<(String, usize)> {
    let mut parts = line.trim_start().strip_prefix("--> ")?.rsplitn(3, ':');
    let column: usize = parts.next()?.parse().ok()?;
    let row: usize = parts.next()?.parse().ok()?;
    let name = parts.next()?;
    let text = &files.get(name)?.text;
    let start: usize = text.split_inclusive('\n').take(row.saturating_sub(1)).map(str::len).sum();
    let within: usize = text[start..].chars().take(column.saturating_sub(1)).map(char::len_utf8).sum();
    Some((name.to_string(), start + within))
}

fn lower(message: &str) -> String {
    let mut characters = message.trim_end_matches('.').chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::Theme;
    use crate::source::Source;

    fn own(files: &[(&str, &str)]) -> (Theme, Vec<String>) {
        let sources: Vec<Source> = files
            .iter()
            .map(|(name, text)| Source { path: format!("themes/own/{name}").into(), text: (*text).into() })
            .collect();
        let (theme, findings) = Theme::new(&sources, Some("own"));
        let said = findings.iter().map(|finding| {
            let at = &finding.at;
            format!("{}: {} at {}:{}..{}", finding.rule, finding.message, at.path, at.start, at.end)
        });
        (theme, said.collect())
    }

    #[test]
    fn programmes_words_replace_single_keys() {
        let (theme, said) = own(&[("words.toml", "[nav]\nstatus = \"Lage\"\n")]);
        assert_eq!(said, [""; 0]);
        assert_eq!(theme.words().say("nav.status"), "Lage");
        assert_eq!(theme.words().say("nav.timeline"), "Timeline");
    }

    #[test]
    fn broken_template_is_found_at_its_place() {
        let (_, said) = own(&[("404-plain.html", "<p>{{ view. }}</p>")]);
        assert!(
            said[0].starts_with("template-error: ") && said[0].contains("at themes/own/404-plain.html:1"),
            "{said:?}"
        );
    }

    #[test]
    fn unknown_filter_is_found_at_its_place() {
        let (_, said) = own(&[("404-plain.html", "<p>\n{{ view | nonsense }}</p>")]);
        assert_eq!(said, ["template-error: unknown filter `nonsense` at themes/own/404-plain.html:14..14"]);
    }

    #[test]
    fn field_that_is_not_there_is_found_with_those_that_are() {
        let (theme, _) = own(&[("404-plain.html", "<p>{{ view.naem }}</p>")]);
        let mut context = tera::Context::new();
        context.insert("view", &std::collections::BTreeMap::from([("name", 1), ("title", 2)]));
        let finding = theme.render("404-plain.html", &context).1.unwrap();
        assert_eq!(finding.message, "field `naem` is not defined");
        assert_eq!(finding.help.as_deref(), Some("the fields that are there: name, title"));
        assert_eq!((&*finding.at.path, finding.at.start), ("themes/own/404-plain.html", 11));
    }

    #[test]
    fn theme_for_a_later_milepost_is_found() {
        let (_, said) = own(&[("theme.toml", "milepost = \"99.0\"\n")]);
        assert!(said[0].starts_with("theme-too-new: this theme is made for milepost 99.0"), "{said:?}");
        assert!(said[0].ends_with("12..16"), "{said:?}");
    }
}
