//! Evidence: what it proves, and the file that it is.

use crate::finding::Finding;
use crate::model::Words;
use crate::model::assemble::join::Joined;
use crate::model::assemble::record;
use crate::model::assemble::sheet::{Desk, Sheet, scalar};
use crate::model::evidence::{Evidence, Proof, Verdict, is_address};
use crate::model::id::Id;
use crate::model::reference::Kind;
use crate::reading::entries::Value;
use crate::reading::words;
use crate::source::{Asset, Spanned};
use crate::syntax::{MarkKind, Node, Text, Tree};

pub fn build(joined: Vec<Joined>, desk: &mut Desk) -> Vec<Evidence> {
    joined.into_iter().map(|joined| evidence(joined, desk)).collect()
}

fn evidence(mut joined: Joined, desk: &mut Desk) -> Evidence {
    let record = record(&mut joined, desk);
    let sheet = joined.sheet();
    let location = location(&sheet, desk);
    let asset = location.as_ref().and_then(|location| asset(location, desk));
    let title = sheet.words(desk, "title");
    let dates = ["produced_on", "accepted_on", "rejected_on", "withdrawn_on", "expires_on"];
    // What is still to come keeps it from counting, and is no judgement.
    let is_denied =
        |name: &str| sheet.value(name).and_then(Value::text).is_some_and(|text| words::is_denial(&text.plain));
    let lost = |name: &&str, read: bool| !read && sheet.is_written(name) && !is_denied(name);
    let [produced_on, accepted_on, rejected_on, withdrawn_on, expires_on] = dates.map(|name| sheet.date(desk, name));
    let result = result(&sheet, desk);
    let read = [&produced_on, &accepted_on, &rejected_on, &withdrawn_on, &expires_on].map(Option::is_some);
    let is_unread = dates.iter().zip(read).any(|(name, read)| lost(name, read)) || lost(&"result", result.is_some());
    // Nobody can tell which of two lists of criteria was accepted.
    let is_unread = is_unread || matches!(sheet.value("proves"), Some(Value::Disputed(_)));
    Evidence {
        title: title.unwrap_or_else(|| Spanned::new(joined.id.to_string(), joined.id_at.clone())),
        proves: proves(&sheet, desk),
        kind: sheet.words(desk, "type"),
        producer: sheet.signatory(desk, "producer"),
        produced_on,
        asset: asset.map(|asset| asset.path.clone()),
        asset_sha256: asset.map(|asset| asset.sha256.clone()),
        location,
        sha256: seal(&sheet, desk),
        result,
        acceptor: sheet.signatory(desk, "acceptor"),
        accepted_on,
        rejected_on,
        withdrawn_on,
        expires_on,
        is_unread,
        supersedes: references(&sheet, "supersedes", Kind::Evidence, desk),
        record,
    }
}

/// The records of one kind that a list field names; those that there are.
pub fn references(sheet: &Sheet, name: &str, kind: Kind, desk: &mut Desk) -> Vec<Spanned<Id>> {
    let mut found: Vec<Spanned<Id>> = Vec::new();
    for text in sheet.list(desk, name) {
        if let Some((_, id)) = desk.resolve(&text, &[kind], sheet.subject)
            && !found.iter().any(|known| known.value == id.value)
        {
            found.push(id);
        }
    }
    found
}

/// The criteria that it is for, with the words that the author gave them.
fn proves(sheet: &Sheet, desk: &mut Desk) -> Vec<Proof> {
    let pairs = match sheet.value("proves") {
        None => Vec::new(),
        Some(Value::Disputed(values)) => {
            let one = |value: &Value| {
                let fields = [("proves", value.clone())];
                proves(&Sheet { fields: &fields, ..*sheet }, desk)
            };
            let mut all: Vec<Proof> = Vec::new();
            for proof in values.iter().flat_map(one) {
                if all.iter().all(|known| known.criterion.value != proof.criterion.value) {
                    all.push(proof);
                }
            }
            return all;
        }
        Some(Value::Node(node)) => node_pairs(node),
        Some(_) => {
            let parts = sheet.parts(desk, "proves", &[';', '\n']);
            parts.iter().flat_map(|text| cell_pairs(text, desk)).collect()
        }
    };
    let mut proofs: Vec<Proof> = Vec::new();
    for (id, words) in pairs {
        if words::is_nothing(&id.plain) {
            continue;
        }
        if let Some((_, criterion)) = desk.resolve(&id, &[Kind::Criterion], sheet.subject)
            && !proofs.iter().any(|known| known.criterion.value == criterion.value)
        {
            proofs.push(Proof { criterion, words });
        }
    }
    proofs
}

fn spanned(text: Text) -> Words {
    let plain = text.plain.trim().to_string();
    (!plain.is_empty()).then(|| Spanned::new(plain, text.at))
}

/// `- M2-X3`, `- M2-X3: words` (which YAML takes for a map), `- "M2-X3: words"`.
fn node_pairs(node: &Node) -> Vec<(Text, Words)> {
    match &node.tree {
        Tree::List(nodes) => nodes.iter().flat_map(node_pairs).collect(),
        Tree::Map(entries) => {
            entries.iter().map(|(key, value)| (key.clone(), scalar(value).cloned().and_then(spanned))).collect()
        }
        Tree::Scalar(text) => vec![pair(text)],
        Tree::Null => Vec::new(),
    }
}

/// A cell's ids between commas, but words after a colon keep theirs.
fn cell_pairs(text: &Text, desk: &Desk) -> Vec<(Text, Words)> {
    let mut ranges: Vec<std::ops::Range<usize>> = Vec::new();
    let mut start = 0;
    for part in text.plain.split(',') {
        let range = start..start + part.len();
        start = range.end + 1;
        let worded = ranges.last().is_some_and(|last| text.plain[last.clone()].contains(": "));
        let (id, _) = pair(&text.slice(range.clone()));
        if worded && desk.known_as(&id, &[Kind::Criterion]).is_none() {
            ranges.last_mut().expect("it has words").end = range.end;
        } else {
            ranges.push(range);
        }
    }
    ranges.into_iter().map(|range| pair(&text.slice(range))).collect()
}

fn pair(text: &Text) -> (Text, Words) {
    match text.plain.find(": ") {
        Some(colon) => (text.slice(0..colon), spanned(text.slice(colon + 1..text.plain.len()))),
        None => (text.clone(), None),
    }
}

/// Where it is: the target of a link, else the words.
fn location(sheet: &Sheet, desk: &mut Desk) -> Words {
    let text = sheet.text(desk, "location")?;
    let target = text.marks.iter().find_map(|mark| match &mark.kind {
        MarkKind::Link(target) | MarkKind::Image(target) => Some(target.clone()),
        _ => None,
    });
    Some(Spanned::new(target.unwrap_or_else(|| text.plain.trim().to_string()), text.at))
}

/// The asset that a location names: from the content root, from the record's own folder, or by its whole path.
fn asset<'i>(location: &Spanned<String>, desk: &Desk<'i>) -> Option<&'i Asset> {
    let written = location.value.split(['#', '?']).next().unwrap_or_default().trim_start_matches('/');
    if written.is_empty() || is_address(&location.value) {
        return None;
    }
    let folder = location.at.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let bases = [folder, desk.root, ""];
    let found = bases.into_iter().find_map(|base| {
        let path = join(base, written)?;
        desk.assets.get(path.as_str()).copied()
    });
    // A file that holds the record would hold its own hash.
    found.filter(|asset| asset.path != location.at.path)
}

/// A path below the programme's folder; None where it climbs out of it.
fn join(base: &str, written: &str) -> Option<String> {
    let written = written.replace("%20", " ");
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in written.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The sha256 in lower case, without a name in front.
fn seal(sheet: &Sheet, desk: &mut Desk) -> Words {
    let Some(text) = sheet.text(desk, "sha256") else {
        // No file has what is not understood for its hash.
        return sheet.asked(desk, "sha256").filter(|_| sheet.says_something("sha256"));
    };
    let digits = text.plain.trim().to_lowercase();
    let digits = digits.strip_prefix("sha256:").unwrap_or(&digits).trim().to_string();
    if digits.len() != 64 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let message = format!("`sha256` is `{}`, which is no sha256", text.plain.trim());
        let finding = Finding::new("unknown-value", text.at.clone(), message).label("not 64 hexadecimal digits");
        desk.found(finding.help("remove it, and paste the line that milepost prints"), sheet.subject);
    }
    Some(Spanned::new(digits, text.at))
}

fn result(sheet: &Sheet, desk: &mut Desk) -> Option<Spanned<Verdict>> {
    let text = sheet.text(desk, "result")?;
    let Some(passed) = desk.meaning(&text, words::verdict) else {
        sheet.unknown_value(desk, "result", &text, &["pass", "fail"]);
        return None;
    };
    Some(Spanned::new(if passed { Verdict::Pass } else { Verdict::Fail }, text.at))
}
