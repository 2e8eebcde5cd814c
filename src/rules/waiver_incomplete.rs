//! Finds waivers that do not say what, why, by whom and until when.

use crate::finding::{Finding, Severity};
use crate::model::decision::Waiver;
use crate::rules::listed;
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::criterion;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "waiver-incomplete",
    family: Family::Governance,
    severity: Severity::Error,
    documentation: include_str!("waiver_incomplete.md"),
    several: Some("{n} waivers are incomplete: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let findings = programme.waivers.iter().filter_map(|waiver| {
        let fields = [
            (waiver.criterion.is_none(), "`criterion` that there is"),
            (waiver.reason.is_none(), "`reason`"),
            (waiver.approver.is_none(), "`approver`"),
            (waiver.date.is_none(), "`date`"),
            (waiver.expires_on.is_none(), "`expires_on`"),
        ];
        let missing: Vec<&str> = fields.into_iter().filter_map(|(missing, field)| missing.then_some(field)).collect();
        if missing.is_empty() {
            return not_granted(facts, waiver);
        }
        let id = &waiver.record.id;
        let at = waiver.criterion.as_ref().map_or_else(|| waiver.record.at(), |criterion| criterion.at.clone());
        let message = format!("waiver `{id}` has no {}", listed(&missing, "or"));
        let finding = Finding::new("waiver-incomplete", at, message).label("incomplete");
        Some(finding.help(format!("add {}", listed(&missing, "and"))).about(id.as_str()))
    });
    findings.collect()
}

/// One that says all and was granted by nobody who could.
fn not_granted(facts: &Facts, waiver: &Waiver) -> Option<Finding> {
    let (id, approver) = (&waiver.record.id, waiver.approver.as_ref()?);
    let is_over = waiver.expires_on.as_ref().is_some_and(|date| date.value < facts.today);
    let (milestone, _, _) = facts.criterion(&waiver.criterion.as_ref()?.value)?;
    if is_over || criterion::approves(facts, Some(milestone), &waiver.approver) {
        return None;
    }
    let (own, name) = (&milestone.record.id, &approver.value);
    let (why, help) = if !criterion::is_known(facts, Some(milestone), name) {
        let help = "write one person or role of programme.yaml, or add this one to its `people`".to_string();
        ("is nobody that programme.yaml knows".to_string(), help)
    } else if milestone.owner.is_none() {
        (format!("may be the owner of `{own}`, who is not named"), format!("name the owner of `{own}`"))
    } else {
        (format!("may be the owner of `{own}`"), "have it approved by somebody else".to_string())
    };
    let message = format!("waiver `{id}` does not count: its approver `{name}` {why}");
    let finding = Finding::new("waiver-incomplete", approver.at.clone(), message).label("approves nothing here");
    Some(finding.help(help).about(id.as_str()))
}
