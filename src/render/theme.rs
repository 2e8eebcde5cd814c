//! A theme: templates, stylesheet, script and words. The default one is part of the binary; a programme's own lies over
//! it: a template, a part of one, a component, a word, or only the tokens of its look. `themes/README.md` says how.

mod fit;

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

/// What a theme is written for: raised when a template, a component or a token that a theme may rely on is gone or means
/// another thing. `theme.toml` names it.
pub const INTERFACE: i64 = 1;

/// The default theme's templates are known by this and their name, so that one of the same name can extend them.
const DEFAULT: &str = "default/";

/// Files that only a programme's own theme has.
const STATEMENT: &str = "theme.toml";
const TOKENS: &str = "tokens.css";
const LOGO: &str = "logo.svg";

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

    /// The theme `name` from the files below `themes/`, over the default one. Findings: `theme-does-not-fit`, where its
    /// number is another, and `template-error`; with one of those that leaves it without sense, the default theme is used.
    pub fn new(sources: &[Source], name: Option<&str>) -> (Theme, Vec<Finding>) {
        let embedded = Theme::embedded();
        let Some(name) = name.filter(|name| *name != "default") else { return (embedded, Vec::new()) };
        let folder = format!("themes/{name}/");
        let own: BTreeMap<&str, &Source> =
            sources.iter().filter_map(|source| Some((source.path.strip_prefix(&folder)?, source))).collect();
        if own.is_empty() {
            let message = format!("there is no theme `{name}`");
            let finding = Finding::new("template-error", Span::nowhere(), message)
                .help(format!("put its files into `themes/{name}/`, or leave `site.theme` out"));
            return (embedded, vec![finding]);
        }
        if let Some(finding) = fit::another_number(&own, &folder) {
            return (embedded, vec![finding]);
        }
        let missing = fit::missing_blocks(&own);
        if !missing.is_empty() {
            return (embedded, missing);
        }
        let mut files = embedded_files();
        for (name, source) in &own {
            files.insert((*name).to_string(), File { text: source.text.clone(), path: Some(source.path.clone()) });
        }
        let (mut theme, findings) = Theme::of(files);
        if !findings.is_empty() {
            return (embedded, findings);
        }
        theme.fallback = Some(Box::new(embedded));
        (theme, fit::strays(&own))
    }

    fn of(files: BTreeMap<String, File>) -> (Theme, Vec<Finding>) {
        let mut findings = Vec::new();
        let words = Arc::new(words(&files, &mut findings));
        let mut tera = Tera::default();
        tera.set_fallback_prefixes([DEFAULT]).expect("there is no template yet");
        functions::register(&mut tera, &words);
        let default = EMBEDDED.iter().map(|(name, text)| (format!("{DEFAULT}{name}"), *text));
        let own = files.iter().filter(|(_, file)| file.path.is_some());
        let own = own.map(|(name, file)| (name.clone(), file.text.as_ref()));
        let templates = default.chain(own).filter(|(name, _)| name.ends_with(".html") || name.ends_with("print.css"));
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

    /// Where its stylesheet, script and logo are, below the portal's root. The names change with the content, so that a
    /// browser never mixes two builds.
    pub fn assets(&self) -> Assets {
        let name = |stem: &str, extension: &str, text: &str| {
            let hash = sha256(text.as_bytes());
            format!("assets/{stem}-{}.{extension}", &hash[..8])
        };
        let logo = self.files.get(LOGO).map(|file| name("logo", "svg", &file.text));
        Assets {
            stylesheet: name("portal", "css", &self.stylesheet()),
            script: name("portal", "js", self.text("portal.js")),
            logo,
        }
    }

    /// The files of `assets`, once for the whole portal.
    pub fn files(&self) -> Vec<(String, Content)> {
        let assets = self.assets();
        let mut files = vec![
            (assets.stylesheet, Content::from(self.stylesheet())),
            (assets.script, Content::from(self.text("portal.js").to_string())),
        ];
        files.extend(assets.logo.map(|address| (address, Content::from(self.text(LOGO).to_string()))));
        files
    }

    /// The stylesheet, with the tokens of a programme's own theme behind those of the default one.
    fn stylesheet(&self) -> String {
        match self.text(TOKENS) {
            "" => self.text("portal.css").to_string(),
            tokens => format!("{}\n{tokens}", self.text("portal.css")),
        }
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
        ErrorKind::MissingParent { current, parent } => {
            let names: Vec<&str> =
                EMBEDDED.iter().map(|(name, _)| *name).filter(|name| name.ends_with(".html")).collect();
            let text = files.get(current).map_or("", |file| &file.text);
            let start = text.find(parent.as_str()).unwrap_or(0);
            let message = format!("there is no template `{parent}` to extend");
            let at = place(current, start..(start + parent.len()).min(text.len()));
            let help = fit::help(parent.trim_start_matches(DEFAULT), &names);
            Finding::new("template-error", at, message).about(current).help(help)
        }
        other => {
            // What is checked over all templates comes as printed reports: the first says its message and its place.
            let text = other.to_string();
            let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ");
            let located = text.lines().find_map(|line| located(line, files));
            let (name, offset) = located.unwrap_or_default();
            let mut finding = Finding::new("template-error", place(&name, offset..offset), lower(message));
            finding.subject = Some(name).filter(|name| !name.is_empty());
            finding.help = fit::block_help(&finding.message);
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
        let statement = ("theme.toml", "interface = 1\n");
        let stated = files.iter().any(|(name, _)| *name == statement.0);
        let sources: Vec<Source> = files
            .iter()
            .chain((!stated).then_some(&statement))
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
    fn theme_of_another_number_is_not_used_and_says_so() {
        let said = |statement: &str| own(&[("theme.toml", statement)]).1;
        assert_eq!(said("interface = 1\n"), [""; 0]);
        let later = "theme-does-not-fit: this theme is written for interface 2, and this milepost has interface 1";
        assert_eq!(said("interface = 2\n"), [format!("{later} at themes/own/theme.toml:12..13")]);
        assert!(said("interface = 0")[0].contains("is written for interface 0"));
        assert!(said("interface = \"one\"")[0].contains("does not say for which interface it is written"));
        assert!(said("interface")[0].starts_with("theme-does-not-fit: "));
        let sources = [Source { path: "themes/own/tokens.css".into(), text: "".into() }];
        let findings = Theme::new(&sources, Some("own")).1;
        assert_eq!(findings[0].message, "the theme `own` does not say for which interface it is written");
    }

    #[test]
    fn template_that_no_page_is_made_with_is_found_with_the_nearest() {
        let (_, said) = own(&[("mileston.html", "<p>x</p>")]);
        assert_eq!(said, ["template-error: no page is made with `mileston.html` at themes/own/mileston.html:0..0"]);
        let (_, said) = own(&[("logo.sgv", "<svg/>"), ("README.md", "x")]);
        assert_eq!(said, ["template-error: nothing is made with `logo.sgv` at themes/own/logo.sgv:0..0"]);
        let part = ("part.html", "<p>x</p>");
        assert_eq!(own(&[part, ("404-plain.html", "{% include \"part.html\" %}")]).1, [""; 0]);
        assert_eq!(own(&[("marks.html", "{% component shape(of) %}x{% endcomponent %}")]).1, [""; 0]);
    }

    #[test]
    fn block_that_nothing_shows_and_block_that_is_missing_are_found() {
        let files = [
            Source { path: "themes/own/theme.toml".into(), text: "interface = 1".into() },
            Source {
                path: "themes/own/risk.html".into(),
                text: "{% extends \"default/risk.html\" %}{% block recrod %}x{% endblock %}".into(),
            },
        ];
        let found = &Theme::new(&files, Some("own")).1[0];
        assert_eq!(found.message, "block `recrod` is not defined in any parent template");
        assert_eq!(found.help.as_deref(), Some("did you mean `record`?"));
        assert_eq!((&*found.at.path, found.at.start), ("themes/own/risk.html", 42));
        let (_, said) = own(&[("base.html", "<title>x</title>{% block main %}{% endblock %}")]);
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(
            said[0].starts_with("template-error: the block `head` is missing, and other templates fill it"),
            "{said:?}"
        );
        let (_, said) = own(&[("risk.html", "{% extends \"basis.html\" %}")]);
        assert_eq!(
            said,
            ["template-error: there is no template `basis.html` to extend at themes/own/risk.html:12..22"]
        );
    }

    #[test]
    fn parts_of_a_theme_lie_over_the_default_one() {
        let files = [
            ("tokens.css", ":root { --accent: #123456; }"),
            ("logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            ("404-plain.html", "{% extends \"default/404-plain.html\" %}"),
            ("marks.html", "{% component shape(of) %}<b>{{ of }}</b>{% endcomponent %}"),
        ];
        let (theme, said) = own(&files);
        assert_eq!(said, [""; 0]);
        let (default, _) = Theme::new(&[], None);
        assert_ne!(theme.assets().stylesheet, default.assets().stylesheet);
        assert_eq!(theme.assets().script, default.assets().script);
        assert_eq!((default.assets().logo, theme.files().len()), (None, 3));
        assert!(theme.stylesheet().starts_with(&default.stylesheet()) && theme.stylesheet().ends_with("#123456; }"));
    }
}
