//! Finds milestones that are said to be better than their records show.

use crate::finding::{Finding, Severity};
use crate::model::milestone::DeclaredColour;
use crate::rules::{Family, Rule};
use crate::status::Colour;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "declared-greener-than-derived",
    family: Family::Consistency,
    severity: Severity::Warning,
    documentation: include_str!("declared_greener_than_derived.md"),
    several: Some("{n} milestones are declared greener than their records say: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    let mut findings = Vec::new();
    for milestone in &programme.milestones {
        let id = &milestone.record.id;
        let (Some(declared), Some(state)) = (&milestone.declared, standing.milestones.get(id)) else { continue };
        let Some(claimed) = declared.value.colour.map(as_colour) else { continue };
        // While all is a plan, only a word that claims a proof says more than the records.
        let plain = standing.programme.is_plan && claimed > Colour::Green;
        if plain || claimed == Colour::Stopped || state.derived == Colour::Stopped || claimed >= state.derived {
            continue;
        }
        let said = &declared.value.said;
        let derived = state.derived.word();
        findings.push(
            Finding::new(
                "declared-greener-than-derived",
                declared.at.clone(),
                format!("milestone `{id}` is declared `{said}`, and its records give {derived}"),
            )
            .label(format!("shown as {}", state.colour.word()))
            .help("record the evidence and the decision that make it so: a claim can lower a colour, never raise it")
            .about(id.as_str()),
        );
    }
    findings
}

fn as_colour(declared: DeclaredColour) -> Colour {
    match declared {
        DeclaredColour::Complete => Colour::Complete,
        DeclaredColour::Green => Colour::Green,
        DeclaredColour::OnPlan => Colour::OnPlan,
        DeclaredColour::Amber => Colour::Amber,
        DeclaredColour::Red => Colour::Red,
        DeclaredColour::Stopped => Colour::Stopped,
    }
}
