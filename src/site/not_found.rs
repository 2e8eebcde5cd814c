//! The page for addresses that lead nowhere.

use serde::Serialize;

use crate::site::View;
use crate::site::material::Material;

#[derive(Debug, Clone, Serialize)]
pub struct NotFoundView {
    pub lede: String,
}

/// Hosts show it at any depth, so it has links only where the portal knows its own address.
pub fn page(material: &Material) -> (&'static str, String, View) {
    let has_address = material.programme.settings.site.url.is_some();
    let template = if has_address { "404.html" } else { "404-plain.html" };
    let view = NotFoundView { lede: material.words.say("lost.lede") };
    (template, material.words.say("lost.title"), View::NotFound(view))
}
