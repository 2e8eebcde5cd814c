//! Finds portals that are larger than hosts of static pages take; `pipeline` hands in the size.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::source::Span;

pub const RULE: Rule = Rule {
    name: "output-too-large",
    family: Family::Publication,
    severity: Severity::Warning,
    documentation: include_str!("output_too_large.md"),
    several: None,
    check: None,
};

/// Bytes. Hosts commonly take a gigabyte, and some of them count in another way.
const LARGE: u64 = 500_000_000;
const TOO_LARGE: u64 = 950_000_000;

/// Of a portal with so many bytes in all its files.
pub fn findings(bytes: u64) -> Vec<Finding> {
    if bytes < LARGE {
        return Vec::new();
    }
    let message = format!("the portal is {} MB large", bytes / 1_000_000);
    let help = "set `site.versions: last 5` in programme.yaml, or leave large files of evidence where they are and link to them";
    let finding = Finding::new("output-too-large", Span::nowhere(), message).help(help);
    let grave = bytes >= TOO_LARGE;
    vec![if grave { finding.graver(Severity::Error) } else { finding }]
}

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::finding::Severity;

    #[test]
    fn a_portal_is_large_from_500_mb_and_too_large_from_950() {
        let told = |bytes: u64| findings(bytes).pop().map(|finding| (finding.message, finding.severity));
        let large = |megabytes: u64| format!("the portal is {megabytes} MB large");
        assert_eq!(told(499_999_999), None);
        assert_eq!(told(500_000_000), Some((large(500), None)));
        assert_eq!(told(949_999_999), Some((large(949), None)));
        assert_eq!(told(950_000_000), Some((large(950), Some(Severity::Error))));
    }
}
