//! Finds risks and other concerns that were closed without a word of why.

use crate::finding::{Finding, Severity};
use crate::model::risk::RiskStatus;
use crate::rules::{Family, Rule};
use crate::source::Spanned;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "closed-without-reason",
    family: Family::Risk,
    severity: Severity::Warning,
    documentation: include_str!("closed_without_reason.md"),
    several: Some("{n} records are closed and do not say why: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for risk in programme.risks.iter().filter(|risk| !risk.is_open() && !risk.says_why_closed()) {
        findings.extend(risk.status.as_ref().map(|status| told("risk", risk.record.id.as_str(), status, "reason")));
    }
    for concern in programme.concerns.iter().filter(|concern| !concern.says_why_closed()) {
        let closed = concern.status.as_ref().filter(|status| !status.value.open);
        let (kind, id) = (concern.kind.word(), concern.record.id.as_str());
        findings.extend(closed.map(|status| told(kind, id, status, "resolution")));
    }
    findings
}

fn told(kind: &str, id: &str, status: &Spanned<RiskStatus>, field: &str) -> Finding {
    Finding::new("closed-without-reason", status.at.clone(), format!("{kind} `{id}` is closed and does not say why"))
        .label("why?")
        .help(format!("add a `{field}`: what happened, or what makes it impossible now"))
        .about(id)
}
