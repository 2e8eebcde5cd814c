//! Milestones with their gates: what each says of itself, and what it waits for.

use std::ops::Range;

use crate::finding::Finding;
use crate::model::assemble::criteria::{self, Draft};
use crate::model::assemble::join::{Joined, Records};
use crate::model::assemble::record;
use crate::model::assemble::settings;
use crate::model::assemble::sheet::{Desk, Sheet};
use crate::model::id::Id;
use crate::model::milestone::{Declared, DeclaredColour, Extent, Gate, Milestone, Side};
use crate::model::reference::Kind;
use crate::model::settings::Settings;
use crate::reading::criteria::named_milestones;
use crate::reading::entries::Value;
use crate::reading::words::{self, Said};
use crate::source::Spanned;
use crate::syntax::Text;

/// Every milestone with its criteria, in the author's order.
pub fn build(records: &mut Records, settings: &Settings, desk: &mut Desk) -> Vec<Milestone> {
    let mut joined = records.take(Kind::Milestone);
    let details = records.take(Kind::Criterion);
    let mut drafts = criteria::drafts(&joined, desk);
    criteria::detail(&mut drafts, &details, &joined, desk);
    let names = criteria::Names::of(&joined);
    let mut milestones = Vec::with_capacity(joined.len());
    for (joined, drafts) in joined.iter_mut().zip(drafts) {
        milestones.push(milestone(joined, drafts, &names, settings, desk));
    }
    milestones
}

fn milestone(
    joined: &mut Joined,
    [entry, exit]: [Vec<Draft>; 2],
    names: &criteria::Names,
    settings: &Settings,
    desk: &mut Desk,
) -> Milestone {
    let record = record(joined, desk);
    let sheet = joined.sheet();
    let id = &joined.id;
    let name = sheet.words(desk, "name").unwrap_or_else(|| Spanned::new(id.to_string(), joined.id_at.clone()));
    let (own_entry, own_exit) = settings::authority(&sheet, desk);
    let mut entry = Gate {
        criteria: entry.iter().map(|draft| criteria::criterion(draft, Side::Entry, id, names, desk)).collect(),
        date: sheet.date(desk, "entry_gate_date"),
        authority: own_entry.or_else(|| settings.entry_authority.clone()),
    };
    let exit = Gate {
        criteria: exit.iter().map(|draft| criteria::criterion(draft, Side::Exit, id, names, desk)).collect(),
        date: sheet.date(desk, "exit_gate_date"),
        authority: own_exit.or_else(|| settings.exit_authority.clone()),
    };
    let (written, unknown) = depends_on(&sheet, names, desk);
    let depends_on = link(written, unknown, &mut entry, id);
    let (declared, mark_reason) = declared(&sheet, desk);
    let reviewed_on = sheet.date(desk, "reviewed_on");
    Milestone {
        name,
        description: sheet.words(desk, "description"),
        owner: sheet.words(desk, "owner"),
        window: sheet.window(desk, "window"),
        baseline: sheet.window(desk, "baseline"),
        forecast: sheet.window(desk, "forecast"),
        actual: sheet.date(desk, "actual"),
        entry,
        exit,
        depends_on,
        tolerance: settings::tolerance(&sheet, settings.tolerance, desk),
        declared,
        declared_reason: sheet.words(desk, "reason").or(mark_reason),
        review_unread: reviewed_on.is_none() && sheet.is_written("reviewed_on"),
        reviewed_on,
        tags: sheet.list(desk, "tags").into_iter().map(|tag| tag.plain).collect(),
        record,
    }
}

/// What somebody says the status is: words, or a map with a reason.
fn declared(sheet: &Sheet, desk: &mut Desk) -> (Option<Spanned<Declared>>, Option<Spanned<String>>) {
    if let Some(Value::Disputed(values)) = sheet.value("declared") {
        let mut each = Vec::new();
        for value in values {
            let fields = [("declared", value.clone())];
            each.push(declared(&Sheet { fields: &fields, ..*sheet }, desk));
        }
        // Of two that disagree the worse is what is claimed.
        let worst = each.into_iter().max_by_key(|(said, _)| said.as_ref().map(|said| said.value.colour));
        return worst.unwrap_or_default();
    }
    let keyed = match sheet.value("declared") {
        Some(Value::Node(node)) if node.get("status").is_some() || node.get("reason").is_some() => Some(node),
        _ => None,
    };
    let values: Vec<(&'static str, Value)> = keyed
        .into_iter()
        .flat_map(|node| [("declared", node.get("status")), ("reason", node.get("reason"))])
        .filter_map(|(name, node)| node.and_then(Value::of).map(|value| (name, value)))
        .collect();
    let nested = Sheet { fields: &values, ..*sheet };
    let sheet = if keyed.is_some() { &nested } else { sheet };
    let Some(text) = sheet.text(desk, "declared") else { return (None, None) };
    let colour = desk.meaning(&text, words::status).map(|said| match said {
        Said::Complete => DeclaredColour::Complete,
        Said::Green => DeclaredColour::Green,
        Said::OnPlan => DeclaredColour::OnPlan,
        Said::Amber => DeclaredColour::Amber,
        Said::Red => DeclaredColour::Red,
        Said::Stopped => DeclaredColour::Stopped,
    });
    if colour.is_none() {
        sheet.unknown_status(desk, &text, &["complete", "green", "on plan", "amber", "red", "stopped"]);
    }
    let said = text.plain.trim().to_string();
    let reason = if keyed.is_some() { sheet.words(desk, "reason") } else { None };
    (Some(Spanned::new(Declared { said, colour }, text.at)), reason)
}

/// The milestones written in `depends_on`, each once; and what is written there and is none.
fn depends_on(sheet: &Sheet, names: &criteria::Names, desk: &mut Desk) -> (Vec<Spanned<Id>>, Vec<Spanned<Id>>) {
    let mut found: Vec<Spanned<Id>> = Vec::new();
    let mut unknown: Vec<Spanned<Id>> = Vec::new();
    let whole = sheet.value("depends_on").and_then(Value::text);
    // A name may have a comma in it.
    let whole = whole.filter(|text| desk.known_as(text, &[Kind::Milestone]).is_some()).cloned();
    let texts = whole.map_or_else(|| sheet.list(desk, "depends_on"), |text| vec![text]);
    for text in texts {
        let several = several(&text, names, desk);
        let resolved = match several.is_empty() {
            true => match desk.resolve(&text, &[Kind::Milestone], sheet.subject) {
                Some((_, id)) => vec![id],
                None => {
                    let words: Vec<&str> = text.plain.split_whitespace().collect();
                    unknown.push(Spanned::new(Id::new(&words.join("-")), text.at.clone()));
                    continue;
                }
            },
            false => {
                let places: Vec<Range<usize>> = several.iter().map(|(_, range)| range.clone()).collect();
                unknown.extend(criteria::unknown_in(&text, &places, names, sheet.subject, desk));
                several.into_iter().map(|(id, range)| Spanned::new(Id::new(&id), text.span(range))).collect()
            }
        };
        for id in resolved {
            if id.value.as_str() == sheet.subject {
                let message = format!("milestone `{}` depends on itself", sheet.subject);
                let finding = Finding::new("dependency-cycle", id.at.clone(), message);
                desk.found(finding.help("remove it, or name the milestone that was meant"), sheet.subject);
            } else if !found.iter().any(|known| known.value == id.value) {
                found.push(id);
            }
        }
    }
    (found, unknown)
}

/// `M1 and M2`, `M1–M3`, `M1 complete`: several ids, or one among words.
fn several(text: &Text, names: &criteria::Names, desk: &Desk) -> Vec<(String, Range<usize>)> {
    if desk.known_as(text, &[Kind::Milestone]).is_some() {
        return Vec::new();
    }
    let named = named_milestones(&text.plain, &names.near(&text.plain), &names.titles);
    named.map_or_else(|| names.titles.in_list(&text.plain), |named| named.milestones)
}

/// Joins what is written with what the entry criteria name; a milestone that no criterion names gets one.
fn link(written: Vec<Spanned<Id>>, unknown: Vec<Spanned<Id>>, entry: &mut Gate, id: &Id) -> Vec<Spanned<Id>> {
    let mut depends_on = written;
    let mut unnamed = depends_on.clone();
    for criterion in &entry.criteria {
        for named in criterion.dependency.iter().flat_map(|dependency| &dependency.milestones) {
            unnamed.retain(|milestone| milestone.value != named.value);
            if !depends_on.iter().any(|known| known.value == named.value) {
                depends_on.push(named.clone());
            }
        }
    }
    entry.criteria.extend(unnamed.into_iter().map(|milestone| criteria::implied(id, milestone, Extent::Whole)));
    for milestone in unknown {
        let mut criterion = criteria::implied(id, milestone, Extent::Whole);
        if let Some(named) = &mut criterion.dependency {
            std::mem::swap(&mut named.milestones, &mut named.unknown);
        }
        if entry.criteria.iter().all(|other| other.id != criterion.id) {
            entry.criteria.push(criterion);
        }
    }
    depends_on
}
