//! `programme.yaml` to settings; without it, the first heading says what the programme is called.

use std::collections::BTreeMap;

use chrono::Weekday;

use crate::finding::{Finding, Severity};
use crate::model::Visibility;
use crate::model::assemble::Clock;
use crate::model::assemble::sheet::{Desk, Sheet, scalar};
use crate::model::assemble::visibility::{self, Said};
use crate::model::calendar::Calendar;
use crate::model::settings::{Allowance, Appetite, DataDate, Person, Profile, Settings, Site, Tolerance, fold};
use crate::reading::entries::Value;
use crate::reading::fields::{self, Kind, PROGRAMME};
use crate::source::Spanned;
use crate::source::direction::turns;
use crate::syntax::{Node, Text, Tree};

const AUDIENCES: [(&str, Visibility); 3] =
    [("public", Visibility::Public), ("stakeholder", Visibility::Stakeholder), ("restricted", Visibility::Restricted)];

/// Reads the settings, and lays calendar and visibility on the desk. Findings: `unknown-key`, `wrong-type`,
/// `unknown-value`, `date-not-understood`, `score-off-scale`.
pub fn read(node: Option<&Node>, title: Option<&Text>, clock: Clock, desk: &mut Desk) -> Settings {
    let values = node.map(|node| top(node, desk)).unwrap_or_default();
    let sheet = Sheet { fields: &values, subject: "" };
    desk.calendar = calendar(&sheet, desk);
    let said = visibility_said(node, &values);
    let visibility = visibility::strictest(&said, "", desk);
    desk.visibility = visibility.unwrap_or_default();
    let titled = title.map(|title| title.plain.trim().to_string()).filter(|title| !title.is_empty());
    let version = titled.as_deref().and_then(version_in).unwrap_or("draft").to_string();
    let (entry_authority, exit_authority) = authority(&sheet, desk);
    Settings {
        name: sheet.words(desk, "name").map(|name| name.value).or(titled).unwrap_or_else(|| "Programme".to_string()),
        version: sheet.words(desk, "version").map_or(version, |version| version.value),
        data_date: data_date(&sheet, clock, desk),
        profile: choose(&sheet, desk, "profile", &[("draft", Profile::Draft), ("controlled", Profile::Controlled)]),
        cadence_days: sheet.number(desk, "cadence_days").unwrap_or(7),
        tolerance: tolerance(&sheet, Tolerance::default(), desk).unwrap_or_default(),
        appetite: appetite(&sheet, desk),
        roles: roles(&sheet, desk),
        people: people(&sheet, desk),
        entry_authority,
        exit_authority,
        visibility: visibility.unwrap_or_default(),
        is_unread: false,
        visibility_written: visibility.is_some(),
        rules: rules(&sheet, desk),
        allow: allow(&sheet, desk),
        site: site(&sheet, desk),
        notice: sheet.words(desk, "notice").map(|notice| notice.value),
        calendar: desk.calendar.clone(),
    }
}

/// The keys at the top; lists of records under the name of their kind are read elsewhere.
fn top<'n>(node: &'n Node, desk: &mut Desk) -> Vec<(&'static str, Value<'n>)> {
    let Tree::Map(entries) = &node.tree else { return desk.keys(node, PROGRAMME, "programme.yaml", "") };
    let mut values = Vec::new();
    for (key, value) in entries {
        match fields::find(PROGRAMME, &key.plain) {
            Some(field) => values.extend(Value::of(value).map(|value| (field.name, value))),
            None if Kind::named(&key.plain).is_some() => {}
            None => desk.unknown_key(key, PROGRAMME, "programme.yaml", ""),
        }
    }
    values
}

/// What holds for records that do not say who may see them.
fn visibility_said<'j>(node: Option<&Node>, values: &[(&'static str, Value<'j>)]) -> Vec<Said<'j>> {
    let written = values.iter().filter(|(name, _)| *name == "visibility");
    let mut said: Vec<Said> = written.map(|(_, value)| Said::Written(value.clone())).collect();
    if let Some(Node { tree: Tree::Map(entries), .. }) = node
        && entries.iter().any(|(key, value)| {
            value.tree != Tree::Null && fields::find(PROGRAMME, &key.plain).is_none() && visibility::is_near(&key.plain)
        })
    {
        said.push(Said::Known(Visibility::Restricted));
    }
    said
}

fn choose<T: Copy + Default>(sheet: &Sheet, desk: &mut Desk, name: &str, options: &[(&str, T)]) -> T {
    sheet.choice(desk, name, options).map(|chosen| chosen.value).unwrap_or_default()
}

/// The map under a key, by field name.
fn nested<'j>(sheet: &Sheet<'j>, desk: &mut Desk, name: &'static str) -> Option<Vec<(&'static str, Value<'j>)>> {
    let value = sheet.value(name)?;
    let table = match fields::find(PROGRAMME, name)?.sort {
        fields::Sort::Map(table) => table,
        _ => return None,
    };
    match value {
        Value::Node(node) => Some(desk.keys(node, table, &format!("`{name}`"), "")),
        Value::Text(_) | Value::Items(_) | Value::Several(_) | Value::Disputed(_) => {
            let keys: Vec<&str> = table.iter().map(|field| field.name).take(3).collect();
            let message = format!("`{name}` is `{}`, and should have keys of its own", value.flat());
            let help = format!("write its keys below it, each on a line and two spaces in: {} …", keys.join(", "));
            desk.findings.push(Finding::new("wrong-type", value.at(), message).label("no key").help(help));
            None
        }
    }
}

fn wrong(desk: &mut Desk, value: &Value, name: &str, should: &str) {
    let message = format!("`{name}` is `{}`, and should be {should}", value.flat());
    desk.findings.push(Finding::new("wrong-type", value.at(), message).help(format!("write {should}")));
}

fn data_date(sheet: &Sheet, clock: Clock, desk: &mut Desk) -> DataDate {
    let written = sheet.date(desk, "data_date").map(|date| date.value);
    match clock.as_of.or(written) {
        Some(date) => DataDate { date, written: true },
        None => DataDate { date: clock.fallback, written: false },
    }
}

fn calendar(sheet: &Sheet, desk: &mut Desk) -> Calendar {
    let mut calendar = Calendar::default();
    let Some(values) = nested(sheet, desk, "calendar") else { return calendar };
    let sheet = Sheet { fields: &values, subject: "" };
    // The dates below are written as it says.
    let day_first = sheet.flag(desk, "day_first");
    if day_first.is_some() {
        desk.say_order();
    }
    calendar.day_first = day_first.unwrap_or(true);
    desk.calendar.day_first = calendar.day_first;
    calendar.week_1 = sheet.date(desk, "week_1").map(|date| date.value);
    let days = [
        ("monday", Weekday::Mon),
        ("tuesday", Weekday::Tue),
        ("wednesday", Weekday::Wed),
        ("thursday", Weekday::Thu),
        ("friday", Weekday::Fri),
        ("saturday", Weekday::Sat),
        ("sunday", Weekday::Sun),
    ];
    if let Some(day) = sheet.choice(desk, "deadline_day", &days) {
        calendar.deadline_day = day.value;
    }
    if let Some(days) = sheet.number(desk, "sprint_days") {
        match days {
            0 => wrong(desk, sheet.value("sprint_days").expect("just read"), "sprint_days", "at least 1"),
            days => calendar.sprint_days = days.min(366),
        }
    }
    if let Some(month) = fiscal_year_start(&sheet, desk) {
        calendar.fiscal_year_start = month;
    }
    for text in sheet.list(desk, "holidays") {
        calendar.holidays.extend(desk.date(&text, ""));
    }
    calendar.holidays.sort_unstable();
    calendar.holidays.dedup();
    calendar
}

fn fiscal_year_start(sheet: &Sheet, desk: &mut Desk) -> Option<u32> {
    let value = sheet.value("fiscal_year_start")?;
    if let Some(number) = value.text().and_then(|text| text.plain.trim().parse().ok())
        && (1..=12).contains(&number)
    {
        return Some(number);
    }
    let months = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let options: Vec<(&str, u32)> = months.into_iter().zip(1..).collect();
    sheet.choice(desk, "fiscal_year_start", &options).map(|month| month.value)
}

/// What holds where a tolerance is written and not understood.
const NOTHING_TOLERATED: Tolerance = Tolerance { amber_days: 0, red_days: 0, red_percent: 0 };

/// The tolerance of the programme or of a milestone; what is not said is as in `default`.
pub fn tolerance(sheet: &Sheet, default: Tolerance, desk: &mut Desk) -> Option<Tolerance> {
    let value = sheet.value("tolerance")?;
    if let Value::Disputed(_) = value {
        return Some(NOTHING_TOLERATED);
    }
    let Value::Node(node) = value else {
        wrong(desk, value, "tolerance", "keys such as `{ red_days: 5 }`");
        return sheet.is_written("tolerance").then_some(NOTHING_TOLERATED);
    };
    let values = desk.keys(node, fields::TOLERANCE, "`tolerance`", sheet.subject);
    let sheet = Sheet { fields: &values, ..*sheet };
    // What is written and not understood tolerates nothing.
    let mut days = |name: &str, default: u32| {
        let unsaid = if sheet.is_written(name) { 0 } else { default };
        sheet.number(desk, name).unwrap_or(unsaid)
    };
    Some(Tolerance {
        amber_days: days("amber_days", default.amber_days),
        red_days: days("red_days", default.red_days),
        red_percent: days("red_percent", default.red_percent),
    })
}

/// Who decides at the entry and at the exit gate: one for both, or a map.
pub fn authority(sheet: &Sheet, desk: &mut Desk) -> (Option<Spanned<String>>, Option<Spanned<String>>) {
    match sheet.value("authority") {
        Some(Value::Node(node @ Node { tree: Tree::Map(_), .. })) => {
            let values = desk.keys(node, fields::BOTH_GATES, "`authority`", sheet.subject);
            let both = Sheet { fields: &values, ..*sheet };
            (both.asked(desk, "entry"), both.asked(desk, "exit"))
        }
        _ => {
            let words = sheet.asked(desk, "authority");
            (words.clone(), words)
        }
    }
}

/// The entries of a map from the author's own keys, each with its text.
fn free<'j>(sheet: &Sheet<'j>, desk: &mut Desk, name: &str) -> Vec<(&'j Text, &'j Text)> {
    let Some(value) = sheet.value(name) else { return Vec::new() };
    let Value::Node(Node { tree: Tree::Map(entries), .. }) = value else {
        wrong(desk, value, name, "a map");
        return Vec::new();
    };
    let mut texts = Vec::new();
    for (key, node) in entries {
        match &node.tree {
            Tree::Scalar(text) => texts.push((key, text)),
            Tree::Null => {}
            Tree::List(_) | Tree::Map(_) => {
                if let Some(value) = Value::of(node) {
                    wrong(desk, &value, &key.plain, "words");
                }
            }
        }
    }
    texts
}

fn appetite(sheet: &Sheet, desk: &mut Desk) -> Appetite {
    let mut appetite = Appetite::default();
    if let Some(Value::Text(text)) = sheet.value("appetite") {
        appetite.default = appetite_score(text, desk);
        return appetite;
    }
    for (key, text) in free(sheet, desk, "appetite") {
        let score = appetite_score(text, desk);
        match crate::model::settings::fold(&key.plain).as_str() {
            "default" => appetite.default = score,
            category => {
                appetite.categories.insert(category.to_string(), score);
            }
        }
    }
    appetite
}

/// What is written and not understood is borne without a response at no score.
fn appetite_score(text: &Text, desk: &mut Desk) -> u8 {
    let score = text.plain.trim().parse().ok().filter(|score| (0..=25).contains(score));
    if score.is_none() {
        let message = format!("the appetite `{}` is not on the scale", text.plain);
        let finding = Finding::new("score-off-scale", text.at.clone(), message);
        desk.findings.push(finding.help("write a number from 1 to 25"));
    }
    score.unwrap_or(0)
}

fn roles(sheet: &Sheet, desk: &mut Desk) -> BTreeMap<String, String> {
    if let Some(Value::Node(Node { tree: Tree::List(_), .. })) = sheet.value("roles") {
        return sheet.list(desk, "roles").into_iter().map(|role| (role.plain.clone(), role.plain)).collect();
    }
    let pairs = free(sheet, desk, "roles").into_iter();
    pairs.map(|(id, name)| (id.plain.trim().to_string(), name.plain.trim().to_string())).collect()
}

fn people(sheet: &Sheet, desk: &mut Desk) -> Vec<Person> {
    let Some(value) = sheet.value("people") else { return Vec::new() };
    let maps = desk.maps(value, fields::PERSON, "name", "a person", "");
    let mut people = Vec::new();
    for (at, values) in &maps {
        let sheet = Sheet { fields: values, subject: "" };
        let id = sheet.words(desk, "id").map(|id| id.value);
        let name = sheet.words(desk, "name").map(|name| name.value);
        let roles = sheet.list(desk, "roles").into_iter().map(|role| role.plain).collect();
        let Some(id) = id.clone().or_else(|| name.clone()) else { continue };
        let person = Person { name: name.unwrap_or_else(|| id.clone()), id, roles };
        if people.iter().any(|other: &Person| fold(&other.name) == fold(&person.name)) {
            let message = format!("two people are called `{}`", person.name);
            let finding = Finding::new("duplicate-id", at.clone(), message).label("the second one");
            let help =
                "make one of the two, or write their names so that they differ: until then they count as one person";
            desk.found(finding.help(help), &person.id);
        }
        people.push(person);
    }
    people
}

fn rules(sheet: &Sheet, desk: &mut Desk) -> BTreeMap<String, Spanned<Option<Severity>>> {
    let options = [
        ("off", None),
        ("note", Some(Severity::Note)),
        ("warning", Some(Severity::Warning)),
        ("error", Some(Severity::Error)),
    ];
    let mut rules = BTreeMap::new();
    for (rule, text) in free(sheet, desk, "rules") {
        let values = [("severity", Value::Text(std::borrow::Cow::Borrowed(text)))];
        let sheet = Sheet { fields: &values, ..*sheet };
        if let Some(severity) = sheet.choice(desk, "severity", &options) {
            rules.insert(rule.plain.trim().to_string(), Spanned::new(severity.value, rule.at.clone()));
        }
    }
    rules
}

fn allow(sheet: &Sheet, desk: &mut Desk) -> Vec<Allowance> {
    let Some(value) = sheet.value("allow") else { return Vec::new() };
    let maps = desk.maps(value, fields::ALLOWANCE, "rule", "an allowance", "");
    let mut allowances = Vec::new();
    for (at, values) in &maps {
        let sheet = Sheet { fields: values, subject: "" };
        let Some(rule) = sheet.words(desk, "rule") else {
            let finding = Finding::new("wrong-type", at.clone(), "an allowance names no rule");
            desk.findings.push(finding.help("add `rule:` with the name of the rule that is allowed"));
            continue;
        };
        allowances.push(Allowance {
            rule,
            subject: sheet.words(desk, "at"),
            reason: sheet.words(desk, "reason").map(|reason| reason.value).unwrap_or_default(),
            by: sheet.words(desk, "by").map(|by| by.value).unwrap_or_default(),
            until: sheet.date(desk, "until").map(|until| until.value),
        });
    }
    allowances
}

fn site(sheet: &Sheet, desk: &mut Desk) -> Site {
    let Some(values) = nested(sheet, desk, "site") else { return Site::default() };
    let sheet = Sheet { fields: &values, subject: "" };
    Site {
        url: address(&sheet, desk),
        theme: sheet.words(desk, "theme").map(|theme| theme.value),
        audience: choose(&sheet, desk, "audience", &AUDIENCES),
        edit_url: sheet.words(desk, "edit_url").map(|url| url.value),
        versions: versions(&sheet, desk),
        publish_files: sheet.flag(desk, "publish_files").unwrap_or(false),
        root_issued: choose(&sheet, desk, "root", &[("working", false), ("issued", true)]),
    }
}

/// The address of the portal, which becomes the beginning of links. Finding: `unknown-value`.
fn address(sheet: &Sheet, desk: &mut Desk) -> Option<String> {
    let url = sheet.words(desk, "url")?;
    let lower = url.value.to_ascii_lowercase();
    let host = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let is_host = |host: &str| host.starts_with(|letter: char| letter.is_alphanumeric() || letter == '[');
    // What stands before an `@` is no host; what stands behind a `?` or a `#` would take the rest of every address.
    let is_web = host.is_some_and(|host| is_host(host) && !host.split('/').next().unwrap_or_default().contains('@'))
        && !url.value.contains(|letter: char| letter.is_whitespace() || letter.is_control() || turns(letter))
        && !url.value.contains(['"', '\'', '<', '>', '\\', '`', '{', '}', '|', '^', '?', '#']);
    if !is_web {
        let message = format!("`url` is `{}`, which is no address of a web site", url.value);
        let finding = Finding::new("unknown-value", url.at, message).label("no plain `https://` or `http://` address");
        desk.found(finding.help("write an address such as `https://example.org/portal/`"), "");
        return None;
    }
    Some(url.value)
}

fn versions(sheet: &Sheet, desk: &mut Desk) -> Option<usize> {
    let text = scalar_text(sheet.value("versions")?)?;
    if fields::fold(&text.plain) == "all" {
        return None;
    }
    let number = text.plain.trim().parse().ok();
    if number.is_none() {
        sheet.unknown_value(desk, "versions", text, &["all", "a number"]);
    }
    number
}

fn scalar_text<'j>(value: &'j Value) -> Option<&'j Text> {
    match value {
        Value::Text(text) => Some(text),
        Value::Node(node) => scalar(node),
        Value::Items(_) | Value::Several(_) | Value::Disputed(_) => None,
    }
}

/// `Version 1.00 Milestone List` → `1.00`; `Roadmap v2.1` → `2.1`.
fn version_in(title: &str) -> Option<&str> {
    let words: Vec<&str> = title.split_whitespace().collect();
    let number = |word: &str| word.starts_with(|letter: char| letter.is_ascii_digit());
    let trimmed = |word: &'_ str| -> usize { word.trim_end_matches([':', ',', ')', ';']).len() };
    for (position, word) in words.iter().enumerate() {
        let folded = word.to_lowercase();
        if matches!(folded.as_str(), "version" | "versión" | "v" | "v.")
            && let Some(next) = words.get(position + 1).filter(|next| number(next))
        {
            return Some(&next[..trimmed(next)]);
        }
        if let Some(rest) = word.strip_prefix(['v', 'V']).filter(|rest| number(rest)) {
            return Some(&rest[..trimmed(rest)]);
        }
    }
    None
}
