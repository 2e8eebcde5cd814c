//! Finds evidence that was accepted by somebody without the role that the criterion asks for.

use std::collections::HashMap;

use crate::finding::{Finding, Severity};
use crate::model::Programme;
use crate::model::id::Id;
use crate::model::milestone::Criterion;
use crate::rules::{Family, Rule};
use crate::status::Standing;

pub const RULE: Rule = Rule {
    name: "acceptor-lacks-role",
    family: Family::Evidence,
    severity: Severity::Warning,
    documentation: include_str!("acceptor_lacks_role.md"),
    several: Some("{n} items of evidence were accepted without the role that is asked for: {subjects}"),
    check: Some(check),
};

fn check(programme: &Programme, _standing: &Standing) -> Vec<Finding> {
    let mut findings = Vec::new();
    let criteria: HashMap<&Id, &Criterion> = programme.criteria().map(|(_, it)| (&it.id, it)).collect();
    for evidence in &programme.evidence {
        let Some(acceptor) = &evidence.acceptor else { continue };
        for criterion in evidence.proves.iter().filter_map(|proof| criteria.get(&proof.criterion.value)) {
            let Some(role) = &criterion.acceptor else { continue };
            if programme.settings.holds(&acceptor.value, &role.value) {
                continue;
            }
            let (id, called) = (&evidence.record.id, programme.settings.called(&role.value));
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
