//! Finds evidence that was accepted by somebody without the role that the criterion asks for.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "acceptor-lacks-role",
    family: Family::Evidence,
    severity: Severity::Warning,
    documentation: include_str!("acceptor_lacks_role.md"),
    several: Some("{n} items of evidence were accepted without the role that is asked for: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, _standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for evidence in &programme.evidence {
        let Some(acceptor) = &evidence.acceptor else { continue };
        for (_, _, criterion) in evidence.proves.iter().filter_map(|proof| facts.criterion(&proof.criterion.value)) {
            let Some(role) = &criterion.acceptor else { continue };
            if facts.holds(&acceptor.value, &role.value) {
                continue;
            }
            let (id, called) = (&evidence.record.id, facts.called(&role.value));
            let message =
                format!("evidence `{id}` does not count for `{}`: it was not accepted by `{called}`", criterion.id);
            findings.push(
                Finding::new("acceptor-lacks-role", acceptor.at.clone(), message)
                    .label(format!("is not `{called}`"))
                    .related(role.at.clone(), "asked for here")
                    .help(format!("have `{called}` accept it, or give `{}` that role in `people`", acceptor.value))
                    .about(id.as_str()),
            );
        }
    }
    findings
}
