//! The least list of what is still missing for a milestone's gates. See design: status (shortest path to green).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::id::Id;
use crate::model::milestone::{Criterion, Extent, Milestone, Side};
use crate::model::reference::{Kind, Reference};
use crate::status::decision;
use crate::status::facts::{Facts, mandatory};
use crate::status::{ConditionState, CriterionStanding, CriterionState, GateStanding, GateState, Step};

/// The steps of both gates, in the order of their dates.
pub fn steps(
    facts: &Facts,
    milestone: &Milestone,
    gates: [(&GateStanding, Side); 2],
    criteria: &BTreeMap<Id, CriterionStanding>,
) -> Vec<Step> {
    let mut steps = Vec::new();
    for (gate, side) in gates {
        if !gate.exists || matches!(gate.state, GateState::Stopped) {
            continue;
        }
        let decided = gate.state.is_decided_go();
        let before = |days: i64| gate.date.map(|date| facts.programme.settings.calendar.add_working_days(date, -days));
        for criterion in mandatory(&milestone.gate(side).criteria) {
            let Some(standing) = criteria.get(&criterion.id) else { continue };
            // A criterion of a passed gate is missing only where a waiver or an override still stands on it.
            let needed = !decided || matches!(gate.state, GateState::PassedByOverride | GateState::PassedWithWaivers);
            if needed {
                steps.extend(for_criterion(facts, criterion, standing, before(2), before(1)));
            }
        }
        if let Some(counting) = decision::counting(facts, milestone, side, facts.today) {
            for condition in &counting.conditions {
                let state = decision::condition_state(facts, counting, condition, facts.now());
                if decided && state != ConditionState::Closed {
                    let mut rests_on = vec![Reference::new(Kind::Condition, &condition.id)];
                    rests_on.extend(condition.criterion.iter().map(|id| Reference::new(Kind::Criterion, &id.value)));
                    steps.push(Step {
                        who: condition.owner.as_ref().map(|owner| owner.value.clone()),
                        what: format!("close condition {} with accepted evidence", condition.id),
                        by: decision::due(counting, condition),
                        rests_on,
                    });
                }
            }
        }
        if !decided {
            let authority = milestone.gate(side).authority.as_ref();
            steps.push(Step {
                who: authority.map(|authority| authority.value.clone()),
                what: format!("decide the {} gate", side.word()),
                by: gate.date,
                rests_on: vec![Reference::new(Kind::Milestone, &milestone.record.id)],
            });
        }
    }
    steps.sort_by_key(|step| step.by);
    steps
}

fn for_criterion(
    facts: &Facts,
    criterion: &Criterion,
    standing: &CriterionStanding,
    evidence_by: Option<NaiveDate>,
    accepted_by: Option<NaiveDate>,
) -> Vec<Step> {
    let own = Reference::new(Kind::Criterion, &criterion.id);
    let item = standing.reason.rests_on.iter().find(|rest| rest.kind == Kind::Evidence);
    let acceptor = criterion.acceptor.as_ref().map(|acceptor| acceptor.value.clone());
    let step = |who: Option<String>, what: String, by: Option<NaiveDate>, more: Option<Reference>| Step {
        who,
        what,
        by,
        rests_on: std::iter::once(own.clone()).chain(more).collect(),
    };
    let accept = |what: String, item: Option<Reference>| step(acceptor.clone(), what, accepted_by, item);
    match (standing.state, &criterion.dependency) {
        (CriterionState::Met | CriterionState::NotApplicable, _) => Vec::new(),
        (_, Some(dependency)) if dependency.extent == Extent::Whole || standing.evidence.is_empty() => {
            let named = dependency.milestones.iter();
            let passes = named.map(|milestone| Step {
                who: facts
                    .milestones
                    .get(&milestone.value)
                    .and_then(|named| named.exit.authority.as_ref().map(|authority| authority.value.clone())),
                what: format!("{} passes its exit gate, for {}", milestone.value, criterion.id),
                by: accepted_by,
                rests_on: vec![own.clone(), Reference::new(Kind::Milestone, &milestone.value)],
            });
            passes.collect()
        }
        (CriterionState::Submitted, _) => {
            let what = item.map_or(String::new(), |item| format!("accept or reject {} for {}", item.id, criterion.id));
            vec![accept(what, item.cloned())]
        }
        _ => vec![
            step(standing.owner.clone(), format!("submit evidence for {}", criterion.id), evidence_by, None),
            accept(format!("accept or reject the evidence for {}", criterion.id), None),
        ],
    }
}
