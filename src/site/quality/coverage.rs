//! How much of the record is there: counted, never a percentage.

use serde::Serialize;

use crate::model::milestone::{Criterion, Milestone};
use crate::site::material::Material;
use crate::status::{CriterionStanding, CriterionState};

#[derive(Debug, Clone, Serialize)]
pub struct Measure {
    pub what: String,
    pub number: String,
    /// Empty for what is so or is not.
    pub of: String,
    pub is_whole: bool,
    pub note: String,
}

pub fn of(material: &Material) -> Vec<Measure> {
    let mut measures = criteria(material);
    measures.push(sealed(material));
    measures.extend(milestones(material));
    let with_owner = material.programme.risks.iter().filter(|risk| risk.owner.is_some()).count();
    measures.push(measure(material, "risk_owner", with_owner, material.programme.risks.len()));
    measures.retain(|measure| measure.of != "0");
    measures.push(data_date(material));
    measures
}

fn measure(material: &Material, key: &str, number: usize, of: usize) -> Measure {
    let note = material.words.of("quality.coverage_note", key);
    let what = material.words.of("quality.coverage", key);
    Measure { what, number: number.to_string(), of: of.to_string(), is_whole: number == of, note }
}

fn criteria(material: &Material) -> Vec<Measure> {
    let standings: Vec<(&Criterion, &CriterionStanding)> = material
        .programme
        .criteria()
        .filter_map(|(_, criterion)| Some((criterion, material.standing.criteria.get(&criterion.id)?)))
        // A criterion that names a whole milestone takes no evidence; one that does not apply needs none.
        .filter(|(criterion, standing)| !criterion.implied && standing.state != CriterionState::NotApplicable)
        .collect();
    let count = |is_so: fn(&CriterionStanding) -> bool| standings.iter().filter(|(_, one)| is_so(one)).count();
    let takes: Vec<&CriterionStanding> = standings
        .iter()
        .filter(|(criterion, _)| {
            let extent = criterion.dependency.as_ref().map(|dependency| dependency.extent);
            extent != Some(crate::model::milestone::Extent::Whole)
        })
        .map(|(_, standing)| *standing)
        .collect();
    let of_those = |is_so: fn(&CriterionStanding) -> bool| takes.iter().filter(|one| is_so(one)).count();
    vec![
        measure(material, "criterion_owner", count(|one| one.owner.is_some()), standings.len()),
        measure(material, "criterion_due", count(|one| one.due.is_some()), standings.len()),
        measure(material, "criterion_evidence", of_those(|one| !one.evidence.is_empty()), takes.len()),
        measure(material, "criterion_proven", of_those(|one| one.counting.is_some()), takes.len()),
    ]
}

/// Of what counts: the file is here and is the one that was accepted.
fn sealed(material: &Material) -> Measure {
    let counting: Vec<_> = material.standing.evidence.values().filter(|one| !one.counts_for.is_empty()).collect();
    let sealed = counting.iter().filter(|one| one.sealed == Some(true)).count();
    measure(material, "sealed", sealed, counting.len())
}

fn milestones(material: &Material) -> Vec<Measure> {
    let milestones = &material.programme.milestones;
    let count = |is_so: &dyn Fn(&Milestone) -> bool| milestones.iter().filter(|one| is_so(one)).count();
    let dated = |one: &Milestone| {
        material
            .standing
            .milestones
            .get(&one.record.id)
            .is_some_and(|standing| standing.schedule.exit_gate_date.is_some())
    };
    let all = milestones.len();
    vec![
        measure(material, "milestone_owner", count(&|one| one.owner.is_some()), all),
        measure(material, "milestone_dated", count(&dated), all),
        measure(material, "milestone_authority", count(&|one| one.exit.authority.is_some()), all),
        measure(material, "milestone_reviewed", count(&|one| is_reviewed(material, one)), all),
    ]
}

/// Within one cadence; without a review of its own, as fresh as a written data date. See design: status (data quality).
fn is_reviewed(material: &Material, milestone: &Milestone) -> bool {
    let settings = &material.programme.settings;
    let Some(reviewed) = &milestone.reviewed_on else { return settings.data_date.written };
    (material.data_date() - reviewed.value).num_days() <= i64::from(settings.cadence_days)
}

fn data_date(material: &Material) -> Measure {
    let is_written = material.programme.settings.data_date.written;
    let key = if is_written { "data_date" } else { "data_date_assumed" };
    let answer = material.words.say(if is_written { "quality.yes" } else { "quality.no" });
    Measure { number: answer, of: String::new(), ..measure(material, key, usize::from(is_written), 1) }
}
