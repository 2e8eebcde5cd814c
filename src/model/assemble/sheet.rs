//! Values by field name, read as what the field is.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::model::assemble::known::Known;
use crate::model::calendar::Calendar;
use crate::model::risk::{Level, RiskStatus};
use crate::model::window::{self, Window};
use crate::model::{Date, Visibility, Words};
use crate::reading::entries::Value;
use crate::reading::fields::{self, Field, Kind};
use crate::reading::legend::Legend;
use crate::reading::vocabulary::Vocabulary;
use crate::reading::windows::{self, Habits, Notation};
use crate::reading::{dates, near, scales, words};
use crate::source::{Asset, Inputs, Span, Spanned};
use crate::syntax::{Node, Text, Tree};

/// What all reading of values shares: the calendar, the ids that there are, and what was found.
pub struct Desk<'i> {
    pub findings: Vec<Finding>,
    pub calendar: Calendar,
    /// Of a record that does not say.
    pub visibility: Visibility,
    pub known: Known,
    /// The programme's own words.
    pub own: Vocabulary,
    /// What files say of their marks, by path.
    pub legends: HashMap<String, Legend>,
    /// All files by their paths, those that are read as content too.
    pub assets: HashMap<&'i str, &'i Asset>,
    pub root: &'i str,
    /// Dates that are read day first and could be meant the other way round; forgotten where something says the order.
    doubtful: Vec<Finding>,
    order_is_said: bool,
}

/// The values of one record, or of a map within one.
#[derive(Clone, Copy)]
pub struct Sheet<'j> {
    pub fields: &'j [(&'static str, Value<'j>)],
    /// The id of the record, for findings.
    pub subject: &'j str,
}

const DATE_FORMS: &str = "write a date such as `2026-03-16`, `16 Mar 2026` or `16/03/2026`";
const WINDOW_FORMS: &str =
    "write a window such as `Weeks 1–3`, `Sprint 4`, `Q3 2026`, `March 2026`, `2026-03-16` or `2026-03-01..2026-03-20`";

impl<'i> Desk<'i> {
    pub fn new(inputs: &'i Inputs) -> Desk<'i> {
        Desk {
            findings: Vec::new(),
            calendar: Calendar::default(),
            visibility: Visibility::default(),
            known: Known::default(),
            own: Vocabulary::default(),
            legends: HashMap::new(),
            assets: inputs.assets.iter().chain(&inputs.files).map(|asset| (&*asset.path, asset)).collect(),
            root: &inputs.root,
            doubtful: Vec::new(),
            order_is_said: false,
        }
    }

    /// The programme says whether the day or the month comes first.
    pub fn say_order(&mut self) {
        self.order_is_said = true;
    }

    /// Everything found, once all was read. Finding: `date-read-day-first`.
    pub fn into_findings(self) -> Vec<Finding> {
        let mut findings = self.findings;
        if !self.order_is_said {
            findings.extend(self.doubtful);
        }
        findings
    }

    /// Notes a date that others would read month first, or one that shows that the day comes first.
    fn note_order(&mut self, text: &Text, subject: &str) {
        self.order_is_said |= dates::shows_day_first(&text.plain);
        let Some(date) = dates::ambiguous(&text.plain) else { return };
        let message = format!("`{}` is read with the day first, as {}", text.plain.trim(), date.format("%-d %B %Y"));
        let help = format!("write `{date}`, or add `day_first: yes` under `calendar:` in programme.yaml for all dates");
        let finding = Finding::new("date-read-day-first", text.at.clone(), message).label("day first").help(help);
        self.doubtful.push(if subject.is_empty() { finding } else { finding.about(subject) });
    }

    pub fn found(&mut self, finding: Finding, subject: &str) {
        self.findings.push(if subject.is_empty() { finding } else { finding.about(subject) });
    }

    /// What `read` makes of a text. The programme's own words come first; behind words that are known, a mark means what
    /// the legend of its file says, then what the programme does.
    pub fn meaning<T>(&self, text: &Text, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        if let Some(word) = self.own.status(&text.plain) {
            return read(word);
        }
        self.meaning_of_marks(text, read)
    }

    /// As `meaning`, for a text that is no status.
    pub fn meaning_of_marks<T>(&self, text: &Text, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let folded = words::fold(&text.plain);
        let spoken = words::spoken(&folded);
        let legend = self.legends.get(&*text.at.path);
        let told = |mark| legend.and_then(|legend| legend.meaning(mark)).or_else(|| self.own.mark(mark));
        let marks = &folded[..folded.len() - spoken.len()];
        match marks.chars().find_map(told) {
            Some(meant) => read(spoken).or_else(|| read(meant)),
            None => read(&text.plain),
        }
    }

    fn wrong_type(&mut self, at: Span, name: &str, is: &str, should: &str, subject: &str) {
        let message = format!("`{name}` is {is}, and should be {should}");
        let finding = Finding::new("wrong-type", at, message).label(format!("not {should}"));
        self.found(finding.help(format!("write {should} behind `{name}:`")), subject);
    }

    /// True where the words hold a place for something to come, which is found.
    fn is_placeholder(&mut self, text: &Text, name: &str, subject: &str) -> bool {
        let is = words::is_placeholder(&text.plain);
        if is {
            let message = format!("`{name}` is still `{}`", text.plain.trim());
            let finding = Finding::new("placeholder-left", text.at.clone(), message).label("to be filled");
            self.found(finding.help(format!("write the {}, or leave it empty", name.replace('_', " "))), subject);
        }
        is
    }

    /// The date that the words are. Finding: `date-not-understood`.
    pub fn date(&mut self, text: &Text, subject: &str) -> Option<chrono::NaiveDate> {
        let date = dates::read(&text.plain, self.calendar.day_first);
        self.note_order(text, subject);
        if date.is_none() {
            self.not_understood(text, "a date", DATE_FORMS, subject);
        }
        date
    }

    /// Finding: `date-not-understood`, with the reason where the words are nearly a date.
    fn not_understood(&mut self, text: &Text, what: &str, forms: &str, subject: &str) {
        let plain = text.plain.trim();
        let finding = match dates::fault(plain, self.calendar.day_first) {
            Some(fault) => {
                let message = format!("`{plain}` is no date: {}", fault.what);
                let help = fault.meant.map_or_else(|| forms.to_string(), |meant| format!("did you mean `{meant}`?"));
                Finding::new("date-not-understood", text.at.clone(), message).help(help)
            }
            None => {
                let message = format!("`{plain}` is not understood as {what}");
                Finding::new("date-not-understood", text.at.clone(), message).help(forms)
            }
        };
        self.found(finding.label(format!("not {what}")), subject);
    }

    pub fn habits(&self) -> Habits {
        Habits { day_first: self.calendar.day_first, fiscal_year_start: self.calendar.fiscal_year_start }
    }

    /// The window that the words are. Findings: `date-not-understood`, `unknown-reference` of `after M5`.
    pub fn window(&mut self, text: &Text, subject: &str) -> Window {
        let plain = text.plain.trim();
        let Some(notation) = windows::read(plain, self.habits()) else {
            self.not_understood(text, "a window", WINDOW_FORMS, subject);
            return not_a_window(plain);
        };
        self.note_order(text, subject);
        if let Notation::After { milestone } = &notation {
            let at = plain.find(milestone.as_str()).map(|start| start..start + milestone.len());
            let word = at.map_or_else(|| Text::literal(milestone.as_str(), text.at.clone()), |range| text.slice(range));
            self.resolve(&word, &[Kind::Milestone], subject);
        }
        window::resolve(plain, &notation, &self.calendar)
    }

    /// The entries of a map by field name. Findings: `unknown-key`, `wrong-type`.
    pub fn keys<'n>(
        &mut self,
        node: &'n Node,
        table: &'static [Field],
        what: &str,
        subject: &str,
    ) -> Vec<(&'static str, Value<'n>)> {
        let Tree::Map(entries) = &node.tree else {
            let keys: Vec<&str> = table.iter().map(|field| field.name).take(3).collect();
            let message = format!("{what} is {}, and should have keys of its own", sort_of(node));
            let help = format!("write its keys below it, each on a line and two spaces in: {} …", keys.join(", "));
            self.found(Finding::new("wrong-type", node.at.clone(), message).label("no key").help(help), subject);
            return Vec::new();
        };
        let mut values = Vec::with_capacity(entries.len());
        for (key, value) in entries {
            match fields::find(table, &key.plain) {
                Some(field) => values.extend(Value::of(value).map(|value| (field.name, value))),
                None => self.unknown_key(key, table, what, subject),
            }
        }
        values
    }

    pub fn unknown_key(&mut self, key: &Text, table: &[Field], what: &str, subject: &str) {
        let names = table.iter().map(|field| field.name);
        let holds = |field: &&Field| matches!(field.sort, fields::Sort::Map(nested) if fields::find(nested, &key.plain).is_some());
        let help = match (near::nearest(&key.plain, names.clone()), table.iter().find(holds)) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, Some(above)) => {
                format!("it belongs under `{}:`, two spaces further right than that", above.name)
            }
            (None, None) => format!("remove it, or write one of {}", names.collect::<Vec<_>>().join(", ")),
        };
        let message = format!("{what} has no key `{}`", key.plain);
        let finding = Finding::new("unknown-key", key.at.clone(), message).label("not a known key");
        self.found(finding.help(help), subject);
    }

    /// The maps of a list, each by field name, with what a plain text in it would be.
    pub fn maps<'n>(
        &mut self,
        value: &'n Value<'n>,
        table: &'static [Field],
        plain: &'static str,
        what: &'static str,
        subject: &str,
    ) -> Vec<(Span, Vec<(&'static str, Value<'n>)>)> {
        if let Value::Disputed(values) = value {
            return values.iter().flat_map(|value| self.maps(value, table, plain, what, subject)).collect();
        }
        let Value::Node(node) = value else {
            let texts = texts(value, &[';', '\n']);
            return texts.into_iter().map(|text| (text.at.clone(), vec![(plain, owned(text))])).collect();
        };
        let mut maps = Vec::new();
        match &node.tree {
            Tree::List(nodes) => {
                for node in nodes {
                    match &node.tree {
                        Tree::Scalar(text) => maps.push((node.at.clone(), vec![(plain, owned(text.clone()))])),
                        Tree::Null => {}
                        // `- M2-X3: words`: the key of a map that is no field names it.
                        Tree::Map(entries)
                            if entries.len() == 1 && fields::find(table, &entries[0].0.plain).is_none() =>
                        {
                            maps.push((node.at.clone(), self.keyed(&entries[0], table, plain, what, subject)));
                        }
                        _ => maps.push((node.at.clone(), self.keys(node, table, what, subject))),
                    }
                }
            }
            Tree::Map(entries) if entries.iter().any(|(key, _)| fields::find(table, &key.plain).is_some()) => {
                maps.push((node.at.clone(), self.keys(node, table, what, subject)));
            }
            Tree::Map(entries) => {
                for entry in entries {
                    let at = Span { end: entry.1.at.end.max(entry.0.at.end), ..entry.0.at.clone() };
                    maps.push((at, self.keyed(entry, table, plain, what, subject)));
                }
            }
            Tree::Scalar(_) | Tree::Null => {}
        }
        maps
    }

    /// `M2-X3: words` or `C1: {…}`: the key is the first field of the table, words are its last or its plain one.
    fn keyed<'n>(
        &mut self,
        (key, value): &'n (Text, Node),
        table: &'static [Field],
        plain: &'static str,
        what: &str,
        subject: &str,
    ) -> Vec<(&'static str, Value<'n>)> {
        let first = table.first().map_or(plain, |field| field.name);
        let mut values = match &value.tree {
            Tree::Map(_) => self.keys(value, table, what, subject),
            Tree::Scalar(_) => {
                let words = if first == plain { table.last().map_or(plain, |field| field.name) } else { plain };
                Value::of(value).map(|value| (words, value)).into_iter().collect()
            }
            Tree::Null | Tree::List(_) => Vec::new(),
        };
        values.insert(0, (first, owned(key.clone())));
        values
    }
}

impl<'j> Sheet<'j> {
    pub fn value(&self, name: &str) -> Option<&'j Value<'j>> {
        self.fields.iter().find(|(field, _)| *field == name).map(|(_, value)| value)
    }

    /// The one text of a field; None where it says that there is nothing, or is still to be filled.
    pub fn text(&self, desk: &mut Desk, name: &str) -> Option<Text> {
        let value = self.value(name)?;
        let text = match value {
            Value::Text(text) => text.clone().into_owned(),
            Value::Items(_) | Value::Several(_) => Text::literal(value.flat(), value.at()),
            // Found where the two were joined.
            Value::Disputed(_) => return None,
            Value::Node(Node { tree: Tree::List(nodes), .. }) if nodes.iter().all(is_scalar) => {
                let words: Vec<&str> = nodes.iter().filter_map(scalar).map(|text| text.plain.as_str()).collect();
                Text::literal(words.join(", "), value.at())
            }
            Value::Node(node) => {
                desk.wrong_type(node.at.clone(), name, sort_of(node), "a text", self.subject);
                return None;
            }
        };
        let nothing = words::is_nothing(&text.plain) || desk.is_placeholder(&text, name, self.subject);
        (!nothing).then_some(text)
    }

    pub fn words(&self, desk: &mut Desk, name: &str) -> Words {
        let text = self.text(desk, name)?;
        Some(Spanned::new(text.plain.trim().to_string(), text.at))
    }

    /// Who signs: words, or the person, else the role, of a map. None where the words name nobody ("pending", "not
    /// accepted"). Finding: `unknown-value`.
    pub fn signatory(&self, desk: &mut Desk, name: &str) -> Words {
        let person = match self.value(name) {
            Some(Value::Node(node)) => {
                let person = node.get("person").or_else(|| node.get("name")).or_else(|| node.get("role"));
                person.and_then(scalar).map(|text| Spanned::new(text.plain.trim().to_string(), text.at.clone()))
            }
            _ => None,
        };
        let person = person.or_else(|| self.words(desk, name))?;
        if words::is_nobody(&person.value) {
            let message = format!("`{name}` is `{}`, which names nobody", person.value);
            let finding = Finding::new("unknown-value", person.at, message).label("no person and no role");
            let help = "write one person or role that did it, or leave it empty until somebody has";
            desk.found(finding.help(help), self.subject);
            return None;
        }
        Some(person)
    }

    /// Is there more in the field than words that say there is nothing?
    pub fn is_written(&self, name: &str) -> bool {
        match self.value(name) {
            None | Some(Value::Node(Node { tree: Tree::Null, .. })) => false,
            Some(Value::Disputed(_)) => true,
            Some(Value::Node(Node { tree: Tree::Map(entries), .. })) => !entries.is_empty(),
            Some(value) => texts(value, &[]).iter().any(|text| !words::is_nothing(&text.plain)),
        }
    }

    /// Is there more in the field than that there is nothing, that it is still to come, or that it never will?
    pub fn says_something(&self, name: &str) -> bool {
        self.is_written(name) && !self.value(name).is_some_and(is_unsaid)
    }

    /// The words of a field that asks for somebody. What is written and not understood is kept as it stands, since a role
    /// that nobody knows is one that nobody holds; without it nobody would be asked for.
    pub fn asked(&self, desk: &mut Desk, name: &str) -> Words {
        let words = self.words(desk, name);
        let value = self.value(name).filter(|_| self.is_written(name));
        words.or_else(|| value.map(|value| Spanned::new(value.flat().into_owned(), value.at())))
    }

    pub fn date(&self, desk: &mut Desk, name: &str) -> Date {
        let text = self.text(desk, name)?;
        let date = desk.date(&text, self.subject)?;
        Some(Spanned::new(date, text.at))
    }

    /// What is written and no window keeps its words: another one, which would stand in for it, is not taken.
    pub fn window(&self, desk: &mut Desk, name: &str) -> Option<Spanned<Window>> {
        let value = self.value(name)?;
        if let Some(text) = value.text()
            && !words::is_nothing(&text.plain)
            && desk.is_placeholder(text, name, self.subject)
        {
            return Some(Spanned::new(not_a_window(text.plain.trim()), text.at.clone()));
        }
        match self.text(desk, name) {
            Some(text) => Some(Spanned::new(desk.window(&text, self.subject), text.at)),
            None => self.is_written(name).then(|| Spanned::new(not_a_window(&value.flat()), value.at())),
        }
    }

    /// One of some words, compared folded. Finding: `unknown-value`.
    pub fn choice<T: Copy>(&self, desk: &mut Desk, name: &str, options: &[(&str, T)]) -> Option<Spanned<T>> {
        let text = self.text(desk, name)?;
        let folded = fields::fold(&text.plain);
        let chosen = options.iter().find(|(word, _)| fields::fold(word) == folded);
        if let Some((_, value)) = chosen {
            return Some(Spanned::new(*value, text.at));
        }
        self.unknown_value(desk, name, &text, &options.iter().map(|(word, _)| *word).collect::<Vec<_>>());
        None
    }

    /// As `unknown_value`, for a word that may also be another one for a status.
    pub fn unknown_status(&self, desk: &mut Desk, text: &Text, allowed: &[&str]) {
        let near = near::nearest(text.plain.trim(), allowed.iter().copied());
        let near = near.or_else(|| words::nearest_status(&text.plain));
        self.unknown(desk, "status", text, allowed, near);
    }

    pub fn unknown_value(&self, desk: &mut Desk, name: &str, text: &Text, allowed: &[&str]) {
        let near = near::nearest(text.plain.trim(), allowed.iter().copied());
        self.unknown(desk, name, text, allowed, near);
    }

    fn unknown(&self, desk: &mut Desk, name: &str, text: &Text, allowed: &[&str], near: Option<&str>) {
        let listed = allowed.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        let help = match near {
            Some(near) => format!("did you mean `{near}`? It can be {listed}"),
            None => format!("write one of {listed}"),
        };
        let message = format!("`{name}` is `{}`, which is not known", text.plain.trim());
        let finding = Finding::new("unknown-value", text.at.clone(), message).label("not known");
        desk.found(finding.help(help), self.subject);
    }

    pub fn flag(&self, desk: &mut Desk, name: &str) -> Option<bool> {
        let text = self.text(desk, name)?;
        let flag = desk.meaning(&text, words::yes);
        if flag.is_none() {
            self.unknown_value(desk, name, &text, &["yes", "no"]);
        }
        flag
    }

    pub fn number(&self, desk: &mut Desk, name: &str) -> Option<u32> {
        let text = self.text(desk, name)?;
        let number = text.plain.trim().parse().ok();
        if number.is_none() {
            let is = format!("`{}`", text.plain.trim());
            desk.wrong_type(text.at, name, &is, "a whole number", self.subject);
        }
        number
    }

    /// A score, 1–25: a number, or its two factors. Finding: `score-off-scale`.
    pub fn score(&self, desk: &mut Desk, name: &'static str) -> Option<Spanned<u8>> {
        if let Some(Value::Node(node @ Node { tree: Tree::Map(_), .. })) = self.value(name) {
            let factors = desk.keys(node, fields::SCORE, name, self.subject);
            let factors = Sheet { fields: &factors, ..*self };
            let probability = factors.level(desk, "probability", scales::probability)?;
            let impact = factors.level(desk, "impact", scales::impact)?;
            return Some(Spanned::new(probability.value.step * impact.value.step, node.at.clone()));
        }
        let text = self.text(desk, name)?;
        let score = score(&text.plain).filter(|score| (1..=25).contains(score));
        if score.is_none() {
            let message = format!("`{name}` is `{}`, which is not on the scale", text.plain.trim());
            let finding = Finding::new("score-off-scale", text.at.clone(), message).label("not 1–25");
            desk.found(finding.help("write a number from 1 to 25"), self.subject);
        }
        Some(Spanned::new(score?, text.at))
    }

    /// A step of a five-step scale. Finding: `score-off-scale`.
    pub fn level(&self, desk: &mut Desk, name: &str, scale: fn(&str) -> Option<u8>) -> Option<Spanned<Level>> {
        let text = self.text(desk, name)?;
        let said = text.plain.trim().to_string();
        let step = desk.own.step(name, &said).or_else(|| desk.meaning(&text, scale));
        let step = step.filter(|step| (1..=5).contains(step));
        if step.is_none() {
            let message = format!("`{name}` is `{said}`, which is not on the scale");
            let finding = Finding::new("score-off-scale", text.at.clone(), message).label("not 1–5");
            desk.found(
                finding.help("write a number from 1 to 5, or a word such as `low`, `medium` or `high`"),
                self.subject,
            );
        }
        Some(Spanned::new(Level { said, step: step? }, text.at))
    }

    /// The status of a risk or an issue. A word that is not known leaves it open.
    pub fn openness(&self, desk: &mut Desk) -> Option<Spanned<RiskStatus>> {
        let text = self.text(desk, "status")?;
        let open = desk.meaning(&text, words::is_open);
        if open.is_none() {
            self.unknown_status(desk, &text, &["open", "closed"]);
        }
        let said = text.plain.trim().to_string();
        Some(Spanned::new(RiskStatus { said, open: open.unwrap_or(true) }, text.at))
    }

    /// The texts of a list field.
    pub fn list(&self, desk: &mut Desk, name: &str) -> Vec<Text> {
        self.parts(desk, name, &[',', ';', '\n'])
    }

    /// The texts of a list field whose cells are cut at `separators`.
    pub fn parts(&self, desk: &mut Desk, name: &str, separators: &[char]) -> Vec<Text> {
        let Some(value) = self.value(name) else { return Vec::new() };
        if let Value::Node(node @ Node { tree: Tree::Map(_), .. }) = value {
            desk.wrong_type(node.at.clone(), name, "keys with values", "a list", self.subject);
            return Vec::new();
        }
        if value.text().is_some_and(|text| words::is_nothing(&text.plain)) {
            return Vec::new();
        }
        let mut parts = texts(value, separators);
        parts.retain(|text| !words::is_nothing(&text.plain) && !desk.is_placeholder(text, name, self.subject));
        parts
    }
}

/// A window whose words say no time.
fn not_a_window(text: &str) -> Window {
    Window { text: text.to_string(), grain: None, weeks: None, start: None, end: None, first_unit_end: None }
}

/// `12`, `12/25`, `4 × 3`.
fn score(text: &str) -> Option<u8> {
    let text = text.trim().trim_end_matches("/25").trim_end();
    if let Some((left, right)) = text.split_once(['×', 'x', '*']) {
        let product = left.trim().parse::<u8>().ok()?.checked_mul(right.trim().parse().ok()?);
        return product;
    }
    text.parse().ok()
}

/// Does it say that something is still to come, or that it never will?
pub fn is_unsaid(value: &Value) -> bool {
    value.text().is_some_and(|text| words::is_to_come(&text.plain) || words::is_denial(&text.plain))
}

/// The texts of a value: a list's own, or a cell's parts.
pub fn texts(value: &Value, separators: &[char]) -> Vec<Text> {
    match value {
        Value::Text(text) => cut(text, separators),
        Value::Items(items) => items.iter().map(|item| item.text.clone()).collect(),
        Value::Several(values) | Value::Disputed(values) => {
            values.iter().flat_map(|value| texts(value, separators)).collect()
        }
        Value::Node(node) => match &node.tree {
            Tree::List(nodes) => nodes.iter().filter_map(scalar).cloned().collect(),
            _ => Vec::new(),
        },
    }
}

/// The parts of a text between separators; none is empty.
pub fn cut(text: &Text, separators: &[char]) -> Vec<Text> {
    let mut parts = Vec::new();
    let mut start = 0;
    for part in text.plain.split(separators) {
        if !part.trim().is_empty() {
            parts.push(text.slice(start..start + part.len()));
        }
        // Every separator is one byte long.
        start += part.len() + 1;
    }
    parts
}

pub fn scalar(node: &Node) -> Option<&Text> {
    match &node.tree {
        Tree::Scalar(text) => Some(text),
        _ => None,
    }
}

fn is_scalar(node: &Node) -> bool {
    matches!(node.tree, Tree::Scalar(_) | Tree::Null)
}

pub fn owned<'a>(text: Text) -> Value<'a> {
    Value::Text(std::borrow::Cow::Owned(text))
}

/// A node's sort, in words an author knows.
fn sort_of(node: &Node) -> &'static str {
    match &node.tree {
        Tree::Null => "empty",
        Tree::Scalar(_) => "a text",
        Tree::List(_) => "a list",
        Tree::Map(_) => "keys with values",
    }
}
