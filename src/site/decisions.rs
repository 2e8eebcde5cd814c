//! Decisions, conditions and waivers: what was decided, and what was promised?

pub mod decision;
mod log;
mod pending;
mod promises;

use serde::Serialize;

use crate::model::decision::{Condition, Decision};
use crate::model::milestone::GateName;
use crate::model::reference::{Kind, Reference};
use crate::site::View;
use crate::site::decisions::log::{Dissent, LogRow, OverrideRow};
use crate::site::decisions::pending::Pending;
use crate::site::decisions::promises::{ConditionRow, Tailored, WaiverRow};
use crate::site::material::{Mark, Material, Sentence, capital, code};
use crate::site::record::{self, Named};
use crate::status::{Colour, ConditionState, GateStanding, GateState};

#[derive(Debug, Clone, Serialize)]
pub struct DecisionsView {
    pub lede: String,
    pub pending: Vec<Pending>,
    pub pending_note: String,
    pub conditions: Vec<ConditionRow>,
    pub conditions_note: String,
    pub log: Vec<LogRow>,
    pub log_caption: String,
    pub overrides: Vec<OverrideRow>,
    pub dissent: Vec<Dissent>,
    pub waivers: Vec<WaiverRow>,
    pub waivers_note: String,
    pub tailored: Vec<Tailored>,
}

pub fn page(material: &Material) -> (&'static str, String, View) {
    let words = material.words;
    let pending = pending::of(material);
    let conditions = promises::conditions(material);
    let waivers = promises::waivers(material);
    let overdue = conditions.iter().filter(|condition| condition.is_overdue).count() as i64;
    let late = pending.iter().filter(|gate| gate.is_late).count() as i64;
    let has_conditions = !conditions.is_empty();
    let withheld = record::withheld(material, &[Kind::Decision, Kind::Condition, Kind::Waiver]);
    let log = log::of(material);
    let log_key = if log.is_empty() { "decisions.empty" } else { "decisions.log_caption" };
    let view = DecisionsView {
        lede: lede(material, pending.len() as i64, late, overdue),
        pending_note: words.say(if pending.is_empty() { "decisions.none_pending" } else { "decisions.pending_note" }),
        pending,
        conditions,
        conditions_note: words.say(if has_conditions {
            "decisions.conditions_note"
        } else {
            "decisions.no_conditions"
        }),
        log,
        log_caption: record::join(&[words.say(log_key), withheld]),
        overrides: log::overrides(material),
        dissent: log::dissent(material),
        waivers_note: words.say(if waivers.is_empty() { "decisions.no_waivers" } else { "decisions.waivers_note" }),
        waivers,
        tailored: promises::tailored(material),
    };
    ("decisions.html", words.say("decisions.title"), View::Decisions(Box::new(view)))
}

fn lede(material: &Material, pending: i64, late: i64, overdue: i64) -> String {
    let words = material.words;
    let pending =
        if pending > 0 { words.count("decisions.pending", pending) } else { words.say("decisions.none_pending") };
    let late = if late > 0 { words.count("decisions.late", late) } else { String::new() };
    let promised = material.programme.count(Kind::Condition) > 0;
    let overdue = match (promised, overdue) {
        (false, _) => String::new(),
        (true, 0) => words.say("decisions.none_overdue"),
        (true, overdue) => words.count("decisions.overdue", overdue),
    };
    record::join(&[pending, late, overdue])
}

/// "M2 exit gate", its milestone a link; the words that say so where no known gate is named.
pub fn gate_name(material: &Material, gate: Option<&GateName>) -> Sentence {
    let Some(gate) = gate else { return Sentence::plain(material.words.say("decisions.no_gate")) };
    let side = material.words.of("side", gate.side.word());
    let name = material.words.fill("gate.name", &[("milestone", gate.milestone.as_str()), ("side", &side)]);
    material.sentence(&name, &[Reference::new(Kind::Milestone, &gate.milestone)])
}

/// "Conditional go".
pub fn outcome(material: &Material, decision: &Decision) -> String {
    let outcome = decision.outcome.as_ref().map(|outcome| material.words.of("outcome", &code(&outcome.value)));
    outcome.map_or_else(|| material.words.say("decisions.no_outcome"), |outcome| capital(&outcome))
}

/// What came of a decision: the state of its gate today where it counts, else why it does not.
pub fn state(material: &Material, decision: &Decision) -> Mark {
    let words = material.words;
    let standing = material.standing.decisions.get(&decision.record.id);
    let gate = decision.gate.as_ref().map(|gate| &gate.value);
    let gate = gate.and_then(|gate| Some(material.standing.milestones.get(&gate.milestone)?.gate(gate.side)));
    match (standing, gate) {
        (Some(standing), Some(gate)) if standing.counts => gate_state(material, gate),
        (Some(standing), _) if standing.reason.code == "followed" => {
            material.state(Colour::Stopped, words.say("decisions.followed"))
        }
        _ => material.state(Colour::Unknown, words.say("decisions.does_not_count")),
    }
}

/// The shape and word of a gate: what it is decided to be, or how ready it is.
pub fn gate_state(material: &Material, gate: &GateStanding) -> Mark {
    let word = match gate.state {
        GateState::Pending => material.words.of("readiness", &code(&gate.readiness)),
        state => material.words.of("gate_state", &code(&state)),
    };
    material.state(gate.colour, capital(&word))
}

/// The shape and word of a condition; None for one that the standing does not know.
pub fn condition_state(material: &Material, condition: &Condition) -> Option<Mark> {
    let state = material.standing.conditions.get(&condition.id)?.state;
    let (colour, code) = match state {
        ConditionState::Open => (Colour::OnPlan, "open"),
        ConditionState::Overdue => (Colour::Red, "overdue"),
        ConditionState::Closed => (Colour::Complete, "closed"),
        ConditionState::ClosedUnproven => (Colour::Amber, "closed_unproven"),
    };
    Some(material.state(colour, material.words.of("condition_state", code)))
}

/// A decision in a list of another record's page.
pub fn named(material: &Material, decision: &Decision) -> Named {
    let by = material.called(&decision.by).unwrap_or_else(|| material.words.say("nobody"));
    let date = decision.date.as_ref().map(|date| material.date_text(date.value)).unwrap_or_default();
    let gate = gate_name(material, decision.gate.as_ref().map(|gate| &gate.value));
    let gate: String = gate.0.into_iter().map(|run| run.text).collect();
    Named {
        id: material.link(Kind::Decision, &decision.record.id),
        name: format!("{gate}: {}", outcome(material, decision)),
        mark: Some(state(material, decision)),
        note: Sentence::plain([by, date].join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::DecisionsView;
    use crate::site::View;
    use crate::site::register_sample::{programme, with_material};

    fn page() -> DecisionsView {
        with_material(programme(), |material| match super::page(material).2 {
            View::Decisions(view) => *view,
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn overdue_conditions_stand_first() {
        let said = page().conditions.into_iter().map(|it| (it.id.text, it.mark.unwrap().word));
        assert_eq!(said.collect::<Vec<_>>(), [("C-01".into(), "Overdue".into()), ("C-02".into(), "Open".into())]);
    }

    #[test]
    fn pending_gates_say_what_is_permitted_today() {
        let pending = page().pending.into_iter().map(|it| {
            let gate: String = it.gate.0.into_iter().map(|run| run.text).collect();
            format!("{gate}: {}; {}\n", it.mark.word, it.permitted)
        });
        expect![[r#"
            M1 entry gate: Decision overdue; conditional go, hold, recycle and kill
            M3 entry gate: In progress; conditional go, hold, recycle and kill
            M4 entry gate: In progress; conditional go, hold, recycle and kill
            M2 exit gate: Not ready; conditional go, hold, recycle and kill
            M5 entry gate: In progress; conditional go, hold, recycle and kill
        "#]]
        .assert_eq(&pending.collect::<String>());
    }

    #[test]
    fn decision_without_authority_is_shown_and_does_not_count() {
        let row = page().log.remove(0);
        assert_eq!((row.id.text.as_str(), row.mark.word.as_str()), ("D-009", "Recorded, does not count"));
    }

    #[test]
    fn waivers_have_their_anchors_and_those_that_are_over_come_first() {
        let said = page().waivers.into_iter().map(|it| (it.anchor, it.mark.word));
        let expected = [("W-02", "Expired, and the criterion is not met"), ("W-01", "No longer needed")];
        assert!(said.eq(expected.map(|(anchor, word)| (anchor.to_string(), word.to_string()))));
    }
}
