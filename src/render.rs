//! Pages to HTML: the only module that knows Tera.

pub mod functions;
pub mod report;
pub mod theme;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, Value};

use crate::finding::Finding;
use crate::memo::Memo;
use crate::output::{Content, sha256};
use crate::render::theme::Theme;
use crate::site::report::ReportView;
use crate::site::shell::Shell;
use crate::site::url;
use crate::site::{Page, View};

/// Pages rendered before, by `key`, with what their templates found.
pub type Rendered = Memo<Arc<str>, (Content, Option<Finding>)>;

/// Every page of a version as (address below the version's root, file), in the order of the plan. Findings, each once:
/// `template-error`, where a programme's own theme does not fit; the page is then rendered with the tool's own.
pub fn pages(pages: &[Page], shell: &Shell, theme: &Theme, memo: &Rendered) -> (Vec<(String, Content)>, Vec<Finding>) {
    let prepared = Prepared::new(shell, theme);
    let keyed: Vec<(Arc<str>, &Page)> = pages.par_iter().map(|page| (prepared.key(page), page)).collect();
    let rendered: Vec<(Content, Option<Finding>)> = keyed
        .par_iter()
        .map(|(key, page)| match &page.view {
            View::Report(report) => prepared.report(key, page, report, &keyed, memo),
            _ => memo.get(key.clone(), |_| prepared.render(page)),
        })
        .collect();
    let mut findings = BTreeSet::new();
    let mut files = Vec::with_capacity(pages.len());
    for (page, (content, finding)) in pages.iter().zip(rendered) {
        findings.extend(finding);
        files.push((page.url.clone(), content));
    }
    (files, findings.into_iter().collect())
}

/// The files of a version that are not pages: the foot of its printed pages.
pub fn version_files(shell: &Shell, theme: &Theme) -> (Vec<(String, Content)>, Vec<Finding>) {
    let mut context = Context::new();
    context.insert("shell", shell);
    let (text, finding) = theme.render("print.css", &context);
    (vec![("print.css".to_string(), text.into())], finding.into_iter().collect())
}

/// A page that leads on to another address, relative to its own.
pub fn redirect(target: &str, theme: &Theme) -> (Content, Option<Finding>) {
    let mut context = Context::new();
    context.insert("target", target);
    let (text, finding) = theme.render("redirect.html", &context);
    (text.into(), finding)
}

/// A shell and a theme, hashed and converted once for all pages.
struct Prepared<'a> {
    theme: &'a Theme,
    shell: Value,
    home: &'a str,
    site_url: Option<&'a str>,
    hash: Arc<str>,
}

impl<'a> Prepared<'a> {
    fn new(shell: &'a Shell, theme: &'a Theme) -> Prepared<'a> {
        Prepared {
            theme,
            shell: Value::from_serializable(shell),
            home: &shell.home,
            site_url: shell.site_url.as_deref(),
            hash: hash(&(theme.hash(), shell)),
        }
    }

    fn key(&self, page: &Page) -> Arc<str> {
        hash(&(&*self.hash, page))
    }

    fn render(&self, page: &Page) -> (Content, Option<Finding>) {
        // A host shows the page for lost addresses at any depth, so its links cannot be relative.
        let lost = self.site_url.filter(|_| page.url == "404.html");
        let root = lost.map_or_else(|| url::root(&page.url), |site| site.to_string());
        let portal = lost.map_or_else(|| format!("{root}{}", self.home), str::to_string);
        let (text, finding) = self.theme.render(page.template, &self.context(page, &root, &portal));
        (text.into(), finding)
    }

    fn context(&self, page: &Page, root: &str, portal: &str) -> Context {
        let mut context = Context::new();
        context.insert_value("shell", self.shell.clone());
        context.insert("root", root);
        context.insert("portal", portal);
        context.insert("page", page);
        context.insert("view", &page.view);
        context
    }

    /// The page that is made of others: it is what they are, so their keys are part of its own.
    fn report(
        &self,
        key: &str,
        page: &Page,
        report: &ReportView,
        keyed: &[(Arc<str>, &Page)],
        memo: &Rendered,
    ) -> (Content, Option<Finding>) {
        let by_url: HashMap<&str, &(Arc<str>, &Page)> =
            keyed.iter().map(|keyed| (keyed.1.url.as_str(), keyed)).collect();
        let parts = report.chapters.iter().flat_map(|chapter| &chapter.parts);
        let parts: Vec<_> =
            parts.filter_map(|part| by_url.get(&*part.url).map(|(key, page)| (part, key, page))).collect();
        let made: Vec<(Content, Option<Finding>)> = parts
            .par_iter()
            .map(|(part, key, page)| {
                let template = part.template.unwrap_or(page.template);
                memo.get(hash(&(key, "main", template)), |_| self.block(page, template, "main"))
            })
            .collect();
        let of_parts: Vec<&str> = made.iter().map(|(content, _)| &**content.sha256()).collect();
        let (content, finding) = memo.get(hash(&(key, of_parts)), |_| {
            let bodies = parts.iter().map(|(part, _, page)| {
                let template = part.template.unwrap_or(page.template);
                text(&self.block(page, template, "body_class").0)
            });
            let bodies: Vec<String> = bodies.collect();
            let markup: Vec<String> = made.iter().map(|(content, _)| text(content)).collect();
            let parts: Vec<report::Part> = parts
                .iter()
                .zip(bodies.iter().zip(&markup))
                .map(|((part, ..), (attributes, markup))| report::Part {
                    url: &part.url,
                    attributes,
                    folder: part.folder,
                    markup,
                })
                .collect();
            let mut context = self.context(page, "", self.home);
            context.insert("parts", &report::joined(&parts));
            let (text, finding) = self.theme.render(page.template, &context);
            (text.into(), finding)
        });
        (content, finding.or_else(|| made.into_iter().find_map(|(_, finding)| finding)))
    }

    /// One block of a page, as if the page lay at the version's root.
    fn block(&self, page: &Page, template: &str, block: &str) -> (Content, Option<Finding>) {
        let (text, finding) = self.theme.render_block(template, block, &self.context(page, "", self.home));
        (text.into(), finding)
    }
}

/// A rendered text.
fn text(content: &Content) -> String {
    match content {
        Content::Bytes { bytes, .. } => String::from_utf8_lossy(bytes).into_owned(),
        Content::CopyOf { .. } => String::new(),
    }
}

fn hash(value: &impl Serialize) -> Arc<str> {
    let bytes = serde_json::to_vec(value).expect("views and shells are plain data with text keys");
    sha256(&bytes)
}

#[cfg(test)]
mod tests;
