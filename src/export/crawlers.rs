//! `sitemap.xml` and `robots.txt`: what a search engine is told, where the portal knows its own address.

use crate::export::names::{encoded, xml};
use crate::model::Visibility;

/// The pages of the version at the root, without the one for lost addresses.
pub fn sitemap<'a>(site: &str, pages: impl IntoIterator<Item = &'a str>) -> String {
    let pages = pages.into_iter().filter(|page| *page != "404.html");
    let urls: String = pages.map(|page| format!("<url><loc>{}{}</loc></url>\n", xml(site), encoded(page))).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n{urls}</urlset>\n"
    )
}

/// A portal that is not for everybody asks not to be found.
pub fn robots(site: &str, audience: Visibility) -> String {
    match audience {
        Visibility::Public => format!("User-agent: *\nAllow: /\n\nSitemap: {site}sitemap.xml\n"),
        Visibility::Stakeholder | Visibility::Restricted => "User-agent: *\nDisallow: /\n".to_string(),
    }
}
