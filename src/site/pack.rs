//! The pack of one gate, for the meeting that decides it: can we decide go today?

use serde::Serialize;

use crate::model::decision::Outcome;
use crate::model::id::Id;
use crate::model::milestone::{Criterion, Milestone, Side};
use crate::model::reference::{Kind, Reference};
use crate::site::View;
use crate::site::material::{Link, Mark, Material, Run, RunKind, Sentence, capital, code};
use crate::site::milestone::beside::{self, ConditionRow, RiskRow, WaiverRow};
use crate::site::milestone::gate::{self, GateView};
use crate::site::record::{self, Fact};
use crate::site::url::Addresses;
use crate::status::{CriterionState, GateStanding, GateState, MilestoneStanding, Readiness};

#[derive(Debug, Clone, Serialize)]
pub struct PackView {
    /// "M2 exit gate".
    pub gate_name: String,
    pub milestone: Link,
    pub name: String,
    pub mark: Mark,
    pub lede: Sentence,
    pub facts: Vec<Fact>,
    pub gate: GateView,
    pub waivers: Vec<WaiverRow>,
    pub conditions: Vec<ConditionRow>,
    /// Above appetite.
    pub risks: Vec<RiskRow>,
    /// What may be decided today; empty for a gate that was passed or stopped.
    pub outcomes: Vec<OutcomeRow>,
    /// "Not open today: go."; empty where everything is.
    pub closed: String,
    pub authority: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct OutcomeRow {
    pub word: String,
    /// What a decision for it must name, or brings about.
    pub needs: Sentence,
}

const OUTCOMES: [Outcome; 5] = [Outcome::Go, Outcome::ConditionalGo, Outcome::Hold, Outcome::Recycle, Outcome::Kill];

/// Is there such a gate? A milestone without entry criteria has no entry gate.
fn has(milestone: &Milestone, side: Side) -> bool {
    side == Side::Exit || !milestone.entry.criteria.is_empty()
}

/// `g/M2-exit.html` for each gate of a milestone: named after the milestone's own page, so that no two are alike.
pub fn addresses(milestone: &Milestone, addresses: &Addresses) -> Vec<(String, Side)> {
    let gates = Side::BOTH.into_iter().filter(|side| has(milestone, *side));
    gates.filter_map(|side| Some((address(addresses, &milestone.record.id, side)?, side))).collect()
}

fn address(addresses: &Addresses, milestone: &Id, side: Side) -> Option<String> {
    let page = addresses.of(&Reference::new(Kind::Milestone, milestone))?;
    let name = page.strip_prefix("m/")?.strip_suffix(".html")?;
    Some(format!("g/{name}-{}.html", side.word()))
}

/// Where the pack of a gate is; None where there is no such gate, or no such page in this version.
pub fn link(material: &Material, milestone: &Milestone, side: Side) -> Option<String> {
    let address = address(material.addresses, &milestone.record.id, side)?;
    (has(milestone, side) && material.has_page(&address)).then_some(address)
}

pub fn page(material: &Material, id: &Id, side: Side) -> (&'static str, String, View) {
    let milestone = material.index.milestone(id).expect("the outline is made of the programme's milestones");
    let standing = material.standing.milestones.get(id).expect("every milestone has a standing");
    let gate = standing.gate(side);
    let names = [("milestone", id.as_str()), ("side", &material.words.of("side", side.word()))];
    let gate_name = material.words.fill("gate.name", &names);
    let title = material.words.fill("pack.title", &[("gate", &gate_name)]);
    let authority = material.called(&milestone.gate(side).authority);
    let is_open = !gate.state.is_decided_go() && gate.state != GateState::Stopped;
    let view = PackView {
        milestone: material.link(Kind::Milestone, id),
        name: milestone.name.value.clone(),
        mark: material.state(gate.colour, capital(&material.gate_word(gate))),
        lede: material.reason_without(&gate.reason, id),
        facts: facts(material, milestone, standing, side),
        gate: gate::of(material, milestone, side, gate),
        waivers: waivers(material, milestone, side),
        conditions: conditions(material, id),
        risks: risks(material, id),
        outcomes: if is_open { outcomes(material, milestone, side, gate) } else { Vec::new() },
        closed: if is_open { closed(material, gate) } else { String::new() },
        authority: authority.unwrap_or_else(|| material.words.say("status.no_authority")),
        gate_name,
    };
    ("gate-pack.html", title, View::Pack(Box::new(view)))
}

fn facts(material: &Material, milestone: &Milestone, standing: &MilestoneStanding, side: Side) -> Vec<Fact> {
    let words = material.words;
    let gate = standing.gate(side);
    let fact = |term: &str, said: String, note: String| Fact {
        term: words.say(term),
        said: Sentence::plain(said),
        note,
        is_missing: false,
    };
    let met = [("met", &*gate.met.to_string()), ("mandatory", &gate.mandatory.to_string())];
    let readiness = capital(&words.of("readiness", &code(&gate.readiness)));
    let date = gate.date.map(|date| (material.full_date_text(date), material.distance(date)));
    let (date, distance) = date.unwrap_or_else(|| (words.say("gate.no_date"), String::new()));
    let authority = material.called(&milestone.gate(side).authority).unwrap_or_else(|| words.say("nobody"));
    let forecast = standing.schedule.effective_forecast.map(|date| material.full_date_text(date));
    let forecast = forecast.unwrap_or_else(|| material.window_end(standing.schedule.forecast.as_ref()));
    let late = words.fill("pack.late", &[("slip", &material.slip(&standing.schedule))]);
    let owner = material.called(&milestone.owner).unwrap_or_else(|| words.say("nobody"));
    let attempt =
        if gate.attempt > 1 { words.fill("gate.attempt", &[("n", &gate.attempt.to_string())]) } else { String::new() };
    vec![
        fact("pack.readiness", readiness, words.fill("gate.met", &met)),
        fact("pack.date", date, record::join(&[distance, attempt])),
        fact("pack.decides", authority, String::new()),
        fact("column.owner", owner, String::new()),
        fact("column.forecast", forecast, late),
    ]
}

/// Of criteria of this gate, in force or not: a waiver that ended is a hole that the board should see.
fn waivers(material: &Material, milestone: &Milestone, side: Side) -> Vec<WaiverRow> {
    let criteria = &milestone.gate(side).criteria;
    let here = |row: &WaiverRow| criteria.iter().any(|criterion| criterion.id.as_str() == row.criterion.text);
    beside::waivers(material, milestone).into_iter().filter(here).collect()
}

/// Those that decisions on either gate left open: a condition of the entry is owed at the exit too.
fn conditions(material: &Material, id: &Id) -> Vec<ConditionRow> {
    let is_open = |row: &ConditionRow| row.mark.colour != "complete";
    beside::conditions(material, id).into_iter().filter(is_open).collect()
}

fn risks(material: &Material, id: &Id) -> Vec<RiskRow> {
    let is_above = |row: &RiskRow| {
        let standing = material.standing.risks.get(&Id::new(&row.id.text));
        standing.is_some_and(|standing| standing.above_appetite)
    };
    let open = material.index.risks_of.of(id).filter(|risk| risk.is_open());
    let open: Vec<&str> = open.map(|risk| risk.record.id.as_str()).collect();
    let rows = beside::risks(material, id).into_iter();
    rows.filter(|row| open.contains(&row.id.text.as_str()) && is_above(row)).collect()
}

fn outcomes(material: &Material, milestone: &Milestone, side: Side, gate: &GateStanding) -> Vec<OutcomeRow> {
    let row = |outcome: &Outcome| OutcomeRow {
        word: capital(&material.words.of("outcome", &code(outcome))),
        needs: needs(material, milestone, side, gate, *outcome),
    };
    gate.permitted.iter().map(row).collect()
}

/// See design: status (outcomes the gate pack may offer).
fn needs(material: &Material, milestone: &Milestone, side: Side, gate: &GateStanding, outcome: Outcome) -> Sentence {
    let states = |wanted: fn(CriterionState) -> bool| -> Vec<&Id> {
        let state = |criterion: &Criterion| material.standing.criteria.get(&criterion.id).map(|it| it.state);
        let criteria = milestone.gate(side).criteria.iter().filter(|criterion| criterion.mandatory);
        criteria.filter(|it| state(it).is_some_and(wanted)).map(|it| &it.id).collect()
    };
    let is_unmet =
        |state| !matches!(state, CriterionState::Met | CriterionState::Waived | CriterionState::NotApplicable);
    let (key, named) = match outcome {
        Outcome::Go if gate.readiness == Readiness::ReadyWithWaivers => {
            ("pack.go_with_waivers", states(|state| state == CriterionState::Waived))
        }
        Outcome::Go => ("pack.go", Vec::new()),
        Outcome::ConditionalGo if gate.readiness == Readiness::NotReady => ("pack.by_override", states(is_unmet)),
        Outcome::ConditionalGo => ("pack.conditional_go", states(is_unmet)),
        Outcome::Hold => ("pack.hold", Vec::new()),
        Outcome::Recycle => ("pack.recycle", Vec::new()),
        Outcome::Kill => ("pack.kill", Vec::new()),
    };
    let mut sentence = Sentence::plain(material.words.say(key));
    if !named.is_empty() {
        sentence.0.push(Run { text: ": ".to_string(), href: None, kind: RunKind::Text });
        sentence.0.extend(record::id_list(material, Kind::Criterion, named).0);
    }
    sentence
}

fn closed(material: &Material, gate: &GateStanding) -> String {
    let words = material.words;
    let closed = OUTCOMES.iter().filter(|outcome| !gate.permitted.contains(outcome));
    let closed: Vec<String> = closed.map(|outcome| words.of("outcome", &code(outcome))).collect();
    if closed.is_empty() { String::new() } else { words.fill("pack.closed", &[("outcomes", &words.list(&closed))]) }
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::PackView;
    use crate::model::Programme;
    use crate::model::id::Id;
    use crate::model::milestone::Side;
    use crate::site::View;
    use crate::site::material::Sentence;
    use crate::site::register_sample::{programme, with_material};

    fn pack(milestone: &str, side: Side, change: impl FnOnce(&mut Programme)) -> PackView {
        let mut programme = programme();
        change(&mut programme);
        with_material(programme, |material| match super::page(material, &Id::new(milestone), side).2 {
            View::Pack(view) => *view,
            other => panic!("{other:?}"),
        })
    }

    fn check(view: &PackView, expected: Expect) {
        let text = |sentence: &Sentence| sentence.0.iter().map(|run| run.text.as_str()).collect::<String>();
        let outcomes: Vec<String> =
            view.outcomes.iter().map(|row| format!("{}: {}\n", row.word, text(&row.needs))).collect();
        let owed: Vec<&str> = view.conditions.iter().map(|row| row.id.text.as_str()).collect();
        let risks: Vec<&str> = view.risks.iter().map(|row| row.id.text.as_str()).collect();
        let waivers: Vec<&str> = view.waivers.iter().map(|row| row.id.text.as_str()).collect();
        let told = format!(
            "{}: {}; {}\n{}{}\nopen {owed:?}, above appetite {risks:?}, waivers {waivers:?}\n",
            view.gate_name,
            view.mark.word,
            text(&view.facts[0].said),
            outcomes.concat(),
            view.closed
        );
        expected.assert_eq(&told);
    }

    #[test]
    fn undecided_gate_offers_what_its_records_allow() {
        check(
            &pack("M2", Side::Exit, |_| {}),
            expect![[r#"
            M2 exit gate: Not ready; Not ready
            Conditional go: by override only; say why for each: M2-X2, M2-X3, M2-X4
            Hold: name the day to resume
            Recycle: name the new gate date
            Kill: the milestone stops; what depends on it must be tailored
            Not open today: go.
            open ["C-01", "C-02"], above appetite ["R-07", "R-04"], waivers ["W-01", "W-02"]
        "#]],
        );
    }

    #[test]
    fn decided_gate_offers_nothing() {
        let view = pack("M1", Side::Exit, |_| {});
        assert!(view.outcomes.is_empty() && view.closed.is_empty(), "{view:?}");
    }

    #[test]
    fn gate_without_criteria_may_only_be_held() {
        check(
            &pack("M3", Side::Exit, |programme| programme.milestones[2].exit.criteria.clear()),
            expect![[r#"
            M3 exit gate: No criteria; No criteria
            Hold: name the day to resume
            Not open today: go, conditional go, recycle and kill.
            open [], above appetite ["R-02", "R-05", "R-08"], waivers []
        "#]],
        );
    }
}
