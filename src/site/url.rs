//! Addresses of records, relative to their version's root.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::model::Programme;
use crate::model::id::Id;
use crate::model::reference::{Kind, Reference};

/// Ids that templates use for parts of a page; no record may take one as its anchor.
pub const RESERVED: &[&str] = &[
    "gates",
    "tl",
    "tl-title",
    "tl-desc",
    "rm",
    "rm-title",
    "rm-desc",
    "tr",
    "tr-title",
    "tr-desc",
    "ex",
    "ex-title",
    "ex-desc",
    "bu",
    "bu-title",
    "bu-desc",
    "eh",
    "eh-title",
    "eh-desc",
    "dn",
    "dn-title",
    "dn-desc",
    "trend",
    "slip",
    "exposure",
    "burn-up",
    "network",
    "main",
    "pages",
    "theme",
    "chart",
    "table",
    "filter",
    "facts",
    "why",
    "entry",
    "exit",
    "path",
    "risks",
    "decisions",
    "conditions",
    "waivers",
    "history",
    "changed",
    "next",
    "quality",
    "first",
    "people",
    "milestones",
    "more",
    "text",
    "days",
    "matrix",
    "search",
    "said",
    "evidence",
    "concerns",
    "versions",
    "rules",
    "findings",
    "register",
    "extras",
    "reviews",
    "changes",
    "pending",
    "log",
    "confidence",
    "method",
    "timeline",
    "gaps",
    "slip",
    "trend",
    "coverage",
    "dates",
    "colours",
    "criteria",
    "states",
    "decided",
    "records",
    "fields",
    "working",
    "verify",
    "unread",
    "silenced",
    "understood",
    "criterion",
    "readiness",
    "gate",
    "dimensions",
    "roll-up",
    "thresholds",
    "find",
    "found",
    "slash",
    "overrides",
    "dissent",
    "tailored",
    "issues",
    "assumptions",
    "dependencies",
    "since",
    "day",
    "actions",
    "offered",
    "seal",
    "above",
    "horizon",
    "use",
    "contents",
];

/// The address of every record of a programme.
#[derive(Debug, Clone, Default)]
pub struct Addresses {
    of: HashMap<Reference, String>,
    /// Records whose address had to be changed, since another had it already: (theirs, the other's).
    pub shared: Vec<(Reference, Reference)>,
}

impl Addresses {
    pub fn new(programme: &Programme) -> Addresses {
        let mut addresses = Addresses::default();
        let mut taken = Taken::default();
        for milestone in &programme.milestones {
            let page = addresses.page(&mut taken, "m/", Kind::Milestone, &milestone.record.id);
            for criterion in milestone.entry.criteria.iter().chain(&milestone.exit.criteria) {
                addresses.anchor(&mut taken, &page, Kind::Criterion, &criterion.id);
            }
        }
        for evidence in &programme.evidence {
            addresses.page(&mut taken, "e/", Kind::Evidence, &evidence.record.id);
        }
        for risk in &programme.risks {
            addresses.page(&mut taken, "r/", Kind::Risk, &risk.record.id);
        }
        for decision in &programme.decisions {
            let page = addresses.page(&mut taken, "d/", Kind::Decision, &decision.record.id);
            for condition in &decision.conditions {
                addresses.anchor(&mut taken, &page, Kind::Condition, &condition.id);
            }
        }
        let mut anchor = |page, kind, id| addresses.anchor(&mut taken, page, kind, id);
        programme.waivers.iter().for_each(|waiver| anchor("decisions.html", Kind::Waiver, &waiver.record.id));
        programme.concerns.iter().for_each(|concern| anchor("registers.html", concern.kind, &concern.record.id));
        programme.reviews.iter().for_each(|review| anchor("registers.html", Kind::Review, &review.record.id));
        programme.confidences.iter().for_each(|signed| anchor("registers.html", Kind::Confidence, &signed.record.id));
        programme.changes.iter().for_each(|change| anchor("registers.html", Kind::Change, &change.record.id));
        addresses
    }

    /// Relative to the version's root; None for a record that is not there.
    pub fn of(&self, reference: &Reference) -> Option<&str> {
        self.of.get(reference).map(String::as_str)
    }

    /// The part after `#`, for the element that a record's address leads to.
    pub fn anchor_of(&self, reference: &Reference) -> Option<&str> {
        self.of(reference).and_then(|address| address.split_once('#')).map(|(_, anchor)| anchor)
    }

    fn page(&mut self, taken: &mut Taken, folder: &str, kind: Kind, id: &Id) -> String {
        let reference = Reference::new(kind, id);
        if let Some(address) = self.of.get(&reference) {
            return address.clone();
        }
        let name = taken.claim(folder, slug(id.as_str()), &reference, &mut self.shared);
        let address = format!("{folder}{name}.html");
        self.of.insert(reference, address.clone());
        address
    }

    fn anchor(&mut self, taken: &mut Taken, page: &str, kind: Kind, id: &Id) {
        let reference = Reference::new(kind, id);
        if !self.of.contains_key(&reference) {
            let name = taken.claim(page, slug(id.as_str()), &reference, &mut self.shared);
            self.of.insert(reference, format!("{page}#{name}"));
        }
    }
}

/// Who has which folded name in which place: a folder, or a page for its anchors. Neither has a line break.
#[derive(Default)]
struct Taken(HashMap<String, Reference>);

impl Taken {
    fn claim(&mut self, place: &str, name: String, by: &Reference, shared: &mut Vec<(Reference, Reference)>) -> String {
        let mut candidate = name.clone();
        let mut number = 1;
        loop {
            let folded = candidate.to_lowercase();
            let reserved = place.ends_with(".html") && RESERVED.contains(&folded.as_str());
            match self.0.entry(format!("{place}\n{folded}")) {
                Entry::Vacant(free) if !reserved => {
                    free.insert(by.clone());
                    return candidate;
                }
                Entry::Occupied(other) if number == 1 && other.get() != by => {
                    shared.push((by.clone(), other.get().clone()));
                }
                _ => {}
            }
            number += 1;
            candidate = format!("{name}-{number}");
        }
    }
}

/// A text as part of an address: letters, digits, `_`, `.` and `-` stay, everything else becomes one `-`. Never empty,
/// never a name that some system keeps for itself, at most 60 characters.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in text.chars().take(60) {
        let kept = character.is_alphanumeric() || matches!(character, '_' | '.' | '-');
        match character {
            _ if kept => slug.push(character),
            _ if slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    let slug = slug.trim_matches(['-', '.']);
    if slug.is_empty() {
        return "id".to_string();
    }
    if is_device(slug) { format!("{slug}-1") } else { slug.to_string() }
}

/// Names that Windows gives to devices, whatever follows their dot.
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().to_lowercase();
    let numbered = stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt"));
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || numbered.is_some_and(|number| number.len() == 1 && number.as_bytes()[0].is_ascii_digit())
}

/// From a page at `address` back to its version's root: "" or "../" for each folder.
pub fn root(address: &str) -> String {
    "../".repeat(address.matches('/').count())
}

#[cfg(test)]
mod tests {
    use super::{root, slug};

    #[test]
    fn slugs_are_safe_names() {
        let cases = [
            ("M2", "M2"),
            ("Phase 1 / β", "Phase-1-β"),
            ("../../etc", "etc"),
            ("??", "id"),
            ("con", "con-1"),
            ("LPT1.x", "LPT1.x-1"),
            ("a\u{0}<b>", "a-b"),
        ];
        for (text, expected) in cases {
            assert_eq!(slug(text), expected);
        }
        assert!(slug(&"x".repeat(500)).len() <= 60);
    }

    #[test]
    fn root_climbs_out_of_folders() {
        assert_eq!(root("index.html"), "");
        assert_eq!(root("m/M2.html"), "../");
    }
}
