//! `manifest.json` at the portal's root: the sha256 of every file, and the sign by which milepost knows its own output.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::output::{Content, Output};

/// Where it lies.
pub const ADDRESS: &str = "manifest.json";

#[derive(Serialize)]
struct Manifest<'a> {
    generator: &'static str,
    files: BTreeMap<&'a str, &'a str>,
}

/// The manifest of everything in `output`.
pub fn manifest(output: &Output) -> Content {
    let files = output.files.iter().map(|(address, content)| (address.as_str(), &**content.sha256()));
    let manifest = Manifest { generator: concat!("milepost ", env!("CARGO_PKG_VERSION")), files: files.collect() };
    let mut json = serde_json::to_string_pretty(&manifest).expect("a manifest is plain data with text keys");
    json.push('\n');
    json.into()
}
