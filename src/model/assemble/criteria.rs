//! Criteria of the gates: cut out of cells and lists, numbered by position, completed by details written elsewhere.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use crate::finding::Finding;
use crate::model::assemble::join::{Joined, is_decisive};
use crate::model::assemble::sheet::{Desk, Sheet};
use crate::model::id::Id;
use crate::model::milestone::{Criterion, Extent, NamedMilestones, Side, Tailoring, Validity};
use crate::model::reference::Kind;
use crate::reading::criteria::called::{Titles, completed_thing};
use crate::reading::criteria::{self, Written, named_milestones};
use crate::reading::entries::Value;
use crate::reading::fields::{self, CRITERION};
use crate::reading::{near, words};
use crate::source::{Span, Spanned};
use crate::syntax::{Item, Node, Text, Tree};

/// A criterion before its details are read.
pub struct Draft<'a> {
    id: Id,
    id_at: Span,
    id_derived: bool,
    text: Text,
    claimed: bool,
    advisory: bool,
    split_on_commas: bool,
    details: Vec<(&'static str, Value<'a>)>,
}

/// The criteria of every milestone, entry and exit, with their ids. Findings: `criteria-split-on-commas`, `unknown-key`,
/// `wrong-type`.
pub fn drafts<'a>(milestones: &[Joined<'a>], desk: &mut Desk) -> Vec<[Vec<Draft<'a>>; 2]> {
    let both = |milestone: &Joined<'a>, desk: &mut Desk| {
        Side::BOTH.map(|side| {
            let value = milestone.fields.iter().find(|(name, _)| *name == side.word());
            let drafts = value.map(|(_, value)| of_value(value, side, &milestone.id, desk));
            drafts.unwrap_or_default()
        })
    };
    milestones.iter().map(|milestone| both(milestone, desk)).collect()
}

fn of_value<'a>(value: &Value<'a>, side: Side, milestone: &Id, desk: &mut Desk) -> Vec<Draft<'a>> {
    let mut drafts = Vec::new();
    match value {
        Value::Text(text) => of_cell(text, side, milestone, &mut drafts, desk),
        Value::Items(items) => drafts.extend(items.iter().map(|item| of_item(item))),
        Value::Node(node) => of_node(node, milestone, &mut drafts, desk),
        Value::Several(values) | Value::Disputed(values) => {
            drafts.extend(values.iter().flat_map(|value| of_value(value, side, milestone, desk)));
        }
    }
    for (position, draft) in drafts.iter_mut().enumerate() {
        if draft.id_derived {
            draft.id = positional(milestone, side, position);
        }
    }
    drafts
}

/// `M2-X3`: positions count from 1.
fn positional(milestone: &Id, side: Side, position: usize) -> Id {
    Id::new(&format!("{milestone}-{}{}", side.letter(), position + 1))
}

fn of_cell<'a>(text: &Text, side: Side, milestone: &Id, drafts: &mut Vec<Draft<'a>>, desk: &mut Desk) {
    if words::is_nothing(&text.plain) {
        return;
    }
    if words::is_placeholder(&text.plain) {
        let message = format!("the {} criteria are still `{}`", side.word(), text.plain.trim());
        let finding = Finding::new("placeholder-left", text.at.clone(), message).label("to be filled");
        desk.found(finding.help("write the criteria, or leave it empty"), milestone.as_str());
        return;
    }
    let written = criteria::split(text);
    if written.iter().any(|criterion| criterion.split_on_commas) {
        let ids = (0..written.len()).map(|position| positional(milestone, side, position).to_string());
        let ids = ids.collect::<Vec<_>>().join(", ");
        let message =
            format!("the {} criteria of `{milestone}` are read as {} at their commas", side.word(), written.len());
        let finding = Finding::new("criteria-split-on-commas", text.at.clone(), message);
        desk.found(finding.help("use `;` or `<br>` between criteria to say so yourself"), &ids);
    }
    drafts.extend(written.into_iter().map(Draft::of));
}

/// An item of a list is one criterion, whatever stands in it.
fn of_item<'a>(item: &Item) -> Draft<'a> {
    let mut draft = whole(&item.text);
    draft.claimed |= item.ticked == Some(true);
    draft
}

/// A text that is one criterion, whatever stands in it.
fn whole<'a>(text: &Text) -> Draft<'a> {
    let nothing = || Written { text: text.clone(), id: None, claimed: false, advisory: false, split_on_commas: false };
    Draft::of(criteria::one(text).unwrap_or_else(nothing))
}

fn of_node<'a>(node: &'a Node, milestone: &Id, drafts: &mut Vec<Draft<'a>>, desk: &mut Desk) {
    match &node.tree {
        Tree::List(nodes) => {
            for node in nodes {
                match &node.tree {
                    Tree::Scalar(text) => drafts.push(whole(text)),
                    Tree::Map(entries) => match entries.as_slice() {
                        [(key, value)] if fields::find(CRITERION, &key.plain).is_none() => {
                            drafts.push(keyed(key, value, milestone, desk));
                        }
                        _ => drafts.push(mapped(node, None, milestone, desk)),
                    },
                    Tree::Null | Tree::List(_) => {}
                }
            }
        }
        Tree::Map(entries) => drafts.extend(entries.iter().map(|(key, value)| keyed(key, value, milestone, desk))),
        Tree::Scalar(_) | Tree::Null => {}
    }
}

/// `M2-X3: words` or `M2-X3: {…}`.
fn keyed<'a>(key: &'a Text, value: &'a Node, milestone: &Id, desk: &mut Desk) -> Draft<'a> {
    match &value.tree {
        Tree::Scalar(text) => {
            Draft { id: Id::new(key.plain.trim()), id_at: key.at.clone(), id_derived: false, ..whole(text) }
        }
        _ => mapped(value, Some(key), milestone, desk),
    }
}

fn mapped<'a>(node: &'a Node, id: Option<&Text>, milestone: &Id, desk: &mut Desk) -> Draft<'a> {
    let mut details = match node.tree {
        Tree::Null => Vec::new(),
        _ => desk.keys(node, CRITERION, "a criterion", milestone.as_str()),
    };
    let mut taken = |name: &str| {
        let position = details.iter().position(|(field, _)| *field == name)?;
        let (_, value) = details.remove(position);
        value.text().cloned()
    };
    let (own, text) = (taken("id"), taken("text"));
    let id = id.cloned().or(own);
    let empty = || Text::literal("", Span { end: node.at.start, ..node.at.clone() });
    let mut draft = whole(&text.unwrap_or_else(empty));
    if let Some(id) = id {
        draft.id = Id::new(id.plain.trim());
        draft.id_at = id.at;
        draft.id_derived = false;
    }
    draft.details = details;
    draft
}

impl<'a> Draft<'a> {
    fn of(written: Written) -> Draft<'a> {
        let id = written.id.as_ref();
        Draft {
            id: Id::new(id.map_or("", |id| id.plain.trim())),
            id_at: id.map_or_else(|| written.text.at.clone(), |id| id.at.clone()),
            id_derived: id.is_none(),
            text: written.text,
            claimed: written.claimed,
            advisory: written.advisory,
            split_on_commas: written.split_on_commas,
            details: Vec::new(),
        }
    }
}

/// Adds what criteria tables, files and lists say to the criteria of the gates; a criterion that is not there and has words is
/// added to its gate. Findings: `duplicate-id`, `two-sided-fields-disagree`, `unknown-reference`.
pub fn detail<'a>(drafts: &mut [[Vec<Draft<'a>>; 2]], details: &[Joined<'a>], milestones: &[Joined], desk: &mut Desk) {
    let mut places = places(drafts, details, desk);
    let by_id: HashMap<&Id, usize> = milestones.iter().enumerate().map(|(index, joined)| (&joined.id, index)).collect();
    let known: Vec<String> = {
        let mut ids: Vec<&Id> = places.keys().collect();
        ids.sort();
        ids.into_iter().map(Id::to_string).collect()
    };
    for joined in details {
        if let Some((milestone, side, position)) = places.get(&joined.id) {
            merge(&mut drafts[*milestone][*side][*position], joined, desk);
            continue;
        }
        let text = joined.sheet().value("text").and_then(|value| value.text()).cloned();
        let gate = gate(joined, &by_id, desk);
        let (Some((milestone, side)), Some(text)) = (gate, text) else {
            unknown(joined, gate.is_some(), &known, desk);
            continue;
        };
        let criteria = &mut drafts[milestone][side as usize];
        let mut draft = whole(&text);
        draft.id_derived = joined.id.as_str().is_empty();
        draft.id = match draft.id_derived {
            true => positional(&milestones[milestone].id, side, criteria.len()),
            false => joined.id.clone(),
        };
        draft.id_at = joined.id_at.clone();
        draft.details = joined.fields.iter().filter(|(name, _)| *name != "text").cloned().collect();
        places.insert(draft.id.clone(), (milestone, side as usize, criteria.len()));
        criteria.push(draft);
    }
}

/// Milestone, side and position of a criterion.
type Place = (usize, usize, usize);

/// Where each criterion stands. The second of one id gets another, so that one piece of evidence never proves both.
fn places(drafts: &mut [[Vec<Draft>; 2]], details: &[Joined], desk: &mut Desk) -> HashMap<Id, Place> {
    let mut places: HashMap<Id, Place> = HashMap::new();
    let mut twice = Vec::new();
    for (milestone, sides) in drafts.iter().enumerate() {
        for (side, criteria) in sides.iter().enumerate() {
            for (position, draft) in criteria.iter().enumerate() {
                match places.get(&draft.id) {
                    Some(first) => twice.push(((milestone, side, position), *first)),
                    None => {
                        places.insert(draft.id.clone(), (milestone, side, position));
                    }
                }
            }
        }
    }
    for (place, first) in twice {
        let first_at = drafts[first.0][first.1][first.2].id_at.clone();
        let draft = &mut drafts[place.0][place.1][place.2];
        let is_free = |id: &Id| !places.contains_key(id) && details.iter().all(|detail| detail.id != *id);
        let mut suffixed = (2..).map(|number| Id::new(&format!("{}-{number}", draft.id)));
        let own = suffixed.find(is_free).expect("numbers do not end");
        duplicate(draft, &own, first_at, desk);
        draft.id = own.clone();
        draft.id_derived = true;
        places.insert(own, place);
    }
    places
}

fn duplicate(draft: &Draft, own: &Id, first: Span, desk: &mut Desk) {
    let message = format!("criterion `{}` is here twice", draft.id);
    let finding = Finding::new("duplicate-id", draft.id_at.clone(), message)
        .label("the second one")
        .related(first, "the first one")
        .help(format!("give one of them another id: until then this one is called `{own}`"));
    desk.found(finding, draft.id.as_str());
}

fn merge<'a>(draft: &mut Draft<'a>, joined: &Joined<'a>, desk: &mut Desk) {
    for (name, value) in &joined.fields {
        if *name == "gate" {
            continue;
        }
        let same = |left: &str, right: &str| left.trim().trim_end_matches('.') == right.trim().trim_end_matches('.');
        let first = match *name {
            "text" if draft.text.is_empty() => {
                draft.text = value.text().cloned().unwrap_or_else(|| draft.text.clone());
                continue;
            }
            "text" => Some((draft.text.plain.clone(), draft.text.at.clone())),
            name => {
                let known = draft.details.iter().find(|(known, _)| *known == name);
                known.map(|(_, value)| (value.flat().into_owned(), value.at()))
            }
        };
        match first {
            None => draft.details.push((name, value.clone())),
            Some((words, _)) if same(&words, &value.flat()) => {}
            Some((words, at)) => {
                let message =
                    format!("`{name}` of criterion `{}` is `{}` here and `{words}` elsewhere", joined.id, value.flat());
                let decides = is_decisive(Kind::Criterion, name);
                let finding = Finding::new("two-sided-fields-disagree", value.at(), message)
                    .label("not used")
                    .related(at, if decides { "not used either" } else { "used" })
                    .help("write it in one place only");
                desk.found(finding, joined.id.as_str());
                if decides && let Some((_, known)) = draft.details.iter_mut().find(|(known, _)| known == name) {
                    *known = Value::Disputed(vec![known.clone(), value.clone()]);
                }
            }
        }
    }
}

/// The gate that a criterion's entry names: in its field, or in its id.
fn gate(joined: &Joined, by_id: &HashMap<&Id, usize>, desk: &mut Desk) -> Option<(usize, Side)> {
    let sheet = joined.sheet();
    if let Some(text) = sheet.text(desk, "gate")
        && let Some(gate) = desk.gate(&text, joined.id.as_str())
    {
        return Some((*by_id.get(&gate.value.milestone)?, gate.value.side));
    }
    // A gate that is not understood takes no criterion away from the one that its id names.
    let (milestone, place) = joined.id.as_str().rsplit_once('-')?;
    let side = Side::BOTH.into_iter().find(|side| place.starts_with(side.letter()))?;
    let numbered = place.len() > 1 && place[1..].bytes().all(|byte| byte.is_ascii_digit());
    let milestone = by_id.get(&Id::new(milestone))?;
    numbered.then_some((*milestone, side))
}

fn unknown(joined: &Joined, has_gate: bool, known: &[String], desk: &mut Desk) {
    let id = joined.id.as_str();
    let near = near::nearest(id, known.iter().map(String::as_str));
    let help = match (near, has_gate) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, true) => "add its `text`, and it is a criterion of its gate".to_string(),
        (None, false) => "say which gate it belongs to: `gate: M2 exit`".to_string(),
    };
    let message = if id.is_empty() {
        "this criterion belongs to no gate".to_string()
    } else {
        format!("there is no criterion `{id}`")
    };
    let finding = Finding::new("unknown-reference", joined.id_at.clone(), message).label("not known").help(help);
    desk.found(finding, id);
}

/// The milestone ids that criteria may name, found by their first word, so that a criterion is compared with few of them.
pub struct Names {
    pub titles: Titles,
    all: Vec<String>,
    by_word: HashMap<String, Vec<usize>>,
    /// What stands before the numbers of ids: `M`.
    prefixes: BTreeSet<String>,
}

impl Names {
    pub fn of(milestones: &[Joined]) -> Names {
        // A bare number in a criterion is a number, not a milestone.
        let names = milestones.iter().map(|milestone| milestone.id.as_str());
        let all: Vec<String> = names.filter(|id| id.contains(char::is_alphabetic)).map(str::to_string).collect();
        let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, id) in all.iter().enumerate() {
            if let Some(word) = tokens(id).next() {
                by_word.entry(word.to_lowercase()).or_default().push(index);
            }
        }
        let title = |milestone: &'_ Joined| {
            milestone.sheet().value("name").and_then(Value::text).map(|name| name.plain.clone())
        };
        let titled: Vec<(String, &str)> =
            milestones.iter().filter_map(|milestone| Some((title(milestone)?, milestone.id.as_str()))).collect();
        let titles = Titles::of(titled.iter().map(|(name, id)| (name.as_str(), *id)));
        let prefixes = all.iter().filter_map(|id| criteria::prefix(id)).map(str::to_string).collect();
        Names { titles, all, by_word, prefixes }
    }

    /// The ids that may stand in a text; all of them where it may hold a range.
    pub fn near(&self, text: &str) -> Vec<&str> {
        let mut found: Vec<usize> = Vec::new();
        for token in tokens(text) {
            if let Some(indexes) = self.by_word.get(&token.to_lowercase()) {
                found.extend(indexes);
            }
        }
        if found.is_empty() {
            return Vec::new();
        }
        let range = text.contains(['–', '—', '-', '…']) || found.len() > 1;
        if range {
            return self.all.iter().map(String::as_str).collect();
        }
        found.into_iter().map(|index| self.all[index].as_str()).collect()
    }
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|token| !token.is_empty())
}

/// A criterion with its details read. Findings: `unknown-reference`, `unknown-value`, `date-not-understood`, `wrong-type`, `placeholder-left`.
pub fn criterion(draft: &Draft, side: Side, milestone: &Id, names: &Names, desk: &mut Desk) -> Criterion {
    let sheet = Sheet { fields: &draft.details, subject: draft.id.as_str() };
    let dependency = (side == Side::Entry).then(|| dependency(&draft.text, milestone, names, desk)).flatten();
    if side == Side::Entry && dependency.is_none() {
        misspelt(draft, desk);
    }
    let validity = [("point in time", Validity::PointInTime), ("standing", Validity::Standing)];
    // What is written and not understood is the stricter of the two.
    let unsaid = if sheet.is_written("validity") { Validity::Standing } else { Validity::default() };
    let due = sheet.date(desk, "due");
    let mandatory = sheet.text(desk, "mandatory").map(|text| is_mandatory(&sheet, &text, desk));
    Criterion {
        id: draft.id.clone(),
        id_derived: draft.id_derived,
        implied: false,
        text: Spanned::new(draft.text.plain.trim().to_string(), draft.text.at.clone()),
        mandatory: mandatory.unwrap_or(!draft.advisory || sheet.is_written("mandatory")),
        validity: sheet.choice(desk, "validity", &validity).map_or(unsaid, |validity| validity.value),
        method: method(&sheet, desk),
        wants: sheet.words(desk, "wants"),
        acceptor: sheet.asked(desk, "acceptor"),
        owner: sheet.words(desk, "owner"),
        due_unread: due.is_none() && sheet.is_written("due"),
        due,
        not_applicable: tailoring(&sheet, desk),
        dependency,
        claimed: draft.claimed,
        split_on_commas: draft.split_on_commas,
    }
}

fn is_mandatory(sheet: &Sheet, text: &Text, desk: &mut Desk) -> bool {
    let folded = fields::fold(&text.plain);
    let said = match folded.as_str() {
        "mandatory" | "must" | "required" => Some(true),
        "advisory" | "should" | "optional" => Some(false),
        _ => words::yes(&text.plain),
    };
    if said.is_none() {
        sheet.unknown_value(desk, "mandatory", text, &["mandatory", "advisory", "yes", "no"]);
    }
    said.unwrap_or(true)
}

/// The author's word stays where it is none of the methods.
fn method(sheet: &Sheet, desk: &mut Desk) -> Option<Spanned<String>> {
    let text = sheet.text(desk, "method")?;
    let methods = ["test", "inspection", "analysis", "demonstration", "attestation"];
    if !methods.contains(&fields::fold(&text.plain).as_str()) {
        sheet.unknown_value(desk, "method", &text, &methods);
    }
    Some(Spanned::new(text.plain.trim().to_string(), text.at))
}

fn tailoring(sheet: &Sheet, desk: &mut Desk) -> Option<Tailoring> {
    match sheet.value("not_applicable")? {
        Value::Node(node) => {
            let values = desk.keys(node, fields::TAILORING, "`not_applicable`", sheet.subject);
            let sheet = Sheet { fields: &values, ..*sheet };
            Some(Tailoring {
                reason: sheet.words(desk, "reason"),
                approver: sheet.signatory(desk, "approver"),
                date: sheet.date(desk, "date"),
            })
        }
        value @ (Value::Text(_) | Value::Items(_) | Value::Several(_) | Value::Disputed(_)) => {
            let text = value.text()?;
            // `no` says that it applies; `yes` gives no reason, and words are one.
            match words::yes(&text.plain) {
                Some(false) => None,
                Some(true) => Some(Tailoring { reason: None, approver: None, date: None }),
                None => sheet.words(desk, "not_applicable").map(|reason| Tailoring {
                    reason: Some(reason),
                    approver: None,
                    date: None,
                }),
            }
        }
    }
}

/// What stands in the words as ids of milestones do, beside those that were found at `places`, and is none. Finding:
/// `unknown-reference`.
pub fn unknown_in(
    text: &Text,
    places: &[Range<usize>],
    names: &Names,
    subject: &str,
    desk: &mut Desk,
) -> Vec<Spanned<Id>> {
    let formed = criteria::formed_as_ids(&text.plain, &names.prefixes, places).into_iter();
    let formed = formed.map(|range| text.slice(range));
    let formed: Vec<Text> = formed.filter(|word| desk.known_as(word, &Kind::ALL).is_none()).collect();
    let mut unknown: Vec<Spanned<Id>> = Vec::new();
    for word in formed {
        let id = Id::new(&word.plain);
        if unknown.iter().all(|other| other.value != id) {
            desk.resolve(&word, &[Kind::Milestone], subject);
            unknown.push(Spanned::new(id, word.at));
        }
    }
    unknown
}

/// The other milestones that an entry criterion names. Words that name none that is known are a dependency only where
/// they say nothing but that milestones are complete.
fn dependency(text: &Text, milestone: &Id, names: &Names, desk: &mut Desk) -> Option<NamedMilestones> {
    let named = named_milestones(&text.plain, &names.near(&text.plain), &names.titles);
    let places: Vec<Range<usize>> =
        named.iter().flat_map(|named| &named.milestones).map(|(_, range)| range.clone()).collect();
    let whole = criteria::is_whole_with(&text.plain, &names.prefixes, &places);
    if named.is_none() && !whole {
        return None;
    }
    let unknown = unknown_in(text, &places, names, milestone.as_str(), desk);
    let whole = named.as_ref().is_some_and(|named| named.whole) || whole && !unknown.is_empty();
    let mut milestones: Vec<Spanned<Id>> = Vec::new();
    for (id, range) in named.map_or_else(Vec::new, |named| named.milestones) {
        let id = Id::new(&id);
        if id != *milestone && !milestones.iter().any(|known| known.value == id) {
            milestones.push(Spanned::new(id, text.span(range)));
        }
    }
    let extent = if whole { Extent::Whole } else { Extent::Part };
    let any = !milestones.is_empty() || !unknown.is_empty();
    any.then_some(NamedMilestones { extent, milestones, unknown })
}

/// Finds "Interfce design complete", where a milestone is called "Interface design".
fn misspelt(draft: &Draft, desk: &mut Desk) {
    let Some(thing) = completed_thing(&draft.text.plain) else { return };
    let words = &draft.text.plain[thing.clone()];
    let Some(near) = desk.known.nearest_name(words) else { return };
    let finding = Finding::new("unknown-reference", draft.text.span(thing), format!("there is no milestone `{words}`"));
    let help = format!("did you mean `{near}`? As it stands, it makes no dependency");
    desk.found(finding.label("not known").help(help), draft.id.as_str());
}

/// The criterion that `depends_on` stands for.
pub fn implied(milestone: &Id, predecessor: Spanned<Id>, extent: Extent) -> Criterion {
    Criterion {
        id: Id::new(&format!("{milestone}-E-{}", predecessor.value)),
        id_derived: true,
        implied: true,
        text: Spanned::new(format!("{} complete", predecessor.value), predecessor.at.clone()),
        mandatory: true,
        validity: Validity::default(),
        method: None,
        wants: None,
        acceptor: None,
        owner: None,
        due: None,
        due_unread: false,
        not_applicable: None,
        dependency: Some(NamedMilestones { extent, milestones: vec![predecessor], unknown: Vec::new() }),
        claimed: false,
        split_on_commas: false,
    }
}
