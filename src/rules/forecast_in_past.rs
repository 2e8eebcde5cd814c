//! Finds milestones that are still forecast for a day that is over.

use crate::finding::{Finding, Severity};
use crate::rules::{Family, Rule};
use crate::status::Lifecycle;
use crate::status::Standing;
use crate::status::facts::Facts;

pub const RULE: Rule = Rule {
    name: "forecast-in-past",
    family: Family::Time,
    severity: Severity::Warning,
    documentation: include_str!("forecast_in_past.md"),
    several: Some("{n} milestones are forecast for a day that is over: {subjects}"),
    check: Some(check),
};

fn check(facts: &Facts, standing: &Standing) -> Vec<Finding> {
    let programme = facts.programme;
    // A plan is told calmly: nothing was recorded yet, so nothing says that it is late.
    if standing.programme.is_plan {
        return Vec::new();
    }
    let today = programme.settings.data_date.date;
    let mut findings = Vec::new();
    for milestone in &programme.milestones {
        let id = &milestone.record.id;
        let Some(state) = standing.milestones.get(id) else { continue };
        let over =
            matches!(state.lifecycle, Lifecycle::Achieved | Lifecycle::ConditionallyAchieved | Lifecycle::Stopped);
        // Sent round again, it is forecast for the gate's new date, whatever its window still says.
        let end = state.schedule.forecast_end.filter(|end| !over && *end < today);
        let (Some(end), Some(window)) = (end, milestone.forecast_window()) else { continue };
        findings.push(
            Finding::new(
                "forecast-in-past",
                window.at.clone(),
                format!("milestone `{id}` is not achieved, and its forecast ended on {end}"),
            )
            .label(format!("ended on {end}"))
            .help(format!("say when it will be reached, or record the decision of the gate `{id} exit`"))
            .about(id.as_str()),
        );
    }
    findings
}
