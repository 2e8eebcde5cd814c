//! Gives every finding its severity, its place as an editor counts it, and the allowance that answers for it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::finding::{Finding, Severity};
use crate::model::settings::{Allowance, Profile, Settings};
use crate::rules::{Family, Rule, find, nearest};
use crate::source::{Inputs, Place, Span, is_settings_name, line_starts};
use crate::version::{Judged, Related};

/// Judges the findings of all stages, once, at the end. In order of path, place, rule and message; each once.
///
/// A rule that programme.yaml switches off is told as one `rule-switched-off` with the number of what it would have found.
pub fn judge(findings: Vec<Finding>, settings: &Settings, inputs: &Inputs, data_date: NaiveDate) -> Vec<Judged> {
    let mut findings = findings;
    findings.extend(check_rule_settings(settings));
    findings.extend(check_allowances(settings, data_date));
    let home = settings_file(inputs);
    for finding in &mut findings {
        if finding.at.path.is_empty() {
            finding.at = home.clone();
        }
    }
    let (heard, off): (Vec<_>, Vec<_>) =
        in_order(findings).into_iter().partition(|finding| severity_of(finding, settings).is_some());
    let findings = in_order(heard.into_iter().chain(told_switched_off(&off, settings)).collect());
    let mut places = Places::new(inputs);
    let judged = findings.into_iter().map(|finding| {
        let severity = severity_of(&finding, settings).unwrap_or(Severity::Note);
        let allowance =
            settings.allow.iter().find(|allowance| answers_for(allowance, &finding, &inputs.root, data_date));
        places.judged(finding, severity, allowance)
    });
    judged.collect()
}

fn in_order(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|left, right| key(left).cmp(&key(right)));
    findings.dedup_by(|left, right| key(left) == key(right));
    findings
}

fn key(finding: &Finding) -> (&str, u32, &str, &str) {
    (&finding.at.path, finding.at.start, finding.rule, &finding.message)
}

/// Where a finding belongs that has no place of its own: where the setting would stand that answers it.
fn settings_file(inputs: &Inputs) -> Span {
    let is_settings = |path: &str| path.strip_prefix(&*inputs.root).is_some_and(is_settings_name);
    let source = inputs.sources.iter().find(|source| is_settings(&source.path));
    source.map_or_else(Span::nowhere, |source| Span::file(&source.path))
}

/// How much a finding of this rule matters here; None where programme.yaml switches the rule off.
pub fn severity(name: &str, settings: &Settings) -> Option<Severity> {
    let Some(rule) = find(name) else { return Some(Severity::Error) };
    weighed(rule, rule.severity, settings)
}

fn severity_of(finding: &Finding, settings: &Settings) -> Option<Severity> {
    let Some(rule) = find(finding.rule) else { return Some(Severity::Error) };
    weighed(rule, finding.severity.unwrap_or(rule.severity), settings)
}

/// What a rule and a finding of it weigh by themselves, as the profile and `rules:` have it.
fn weighed(rule: &Rule, own: Severity, settings: &Settings) -> Option<Severity> {
    if rule.is_firm() {
        return Some(rule.severity);
    }
    if let Some(written) = settings.rules.get(rule.name) {
        return if rule.name == "rule-switched-off" { Some(rule.severity) } else { written.value };
    }
    let softened = settings.profile == Profile::Draft && own == Severity::Error;
    Some(if softened { Severity::Warning } else { own })
}

/// Does the allowance hold today, and is it about this finding?
fn answers_for(allowance: &Allowance, finding: &Finding, root: &str, data_date: NaiveDate) -> bool {
    if allowance.rule.value != finding.rule || !find(finding.rule).is_some_and(may_be_allowed) {
        return false;
    }
    if !is_complete(allowance) || allowance.until.is_none_or(|until| until < data_date) {
        return false;
    }
    let Some(subject) = &allowance.subject else { return true };
    let path: &str = &finding.at.path;
    let below_root = path.strip_prefix(root).unwrap_or(path);
    finding.subject.as_deref() == Some(subject.value.as_str()) || [path, below_root].contains(&subject.value.as_str())
}

fn may_be_allowed(rule: &Rule) -> bool {
    rule.family != Family::Structure && !rule.is_firm()
}

fn is_complete(allowance: &Allowance) -> bool {
    !allowance.reason.trim().is_empty() && !allowance.by.trim().is_empty() && allowance.until.is_some()
}

/// `rules:` may name only rules that there are, and none that is always an error.
fn check_rule_settings(settings: &Settings) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, written) in &settings.rules {
        match find(name) {
            None => findings.push(unknown_rule(name, &written.at)),
            Some(rule) if rule.is_firm() && written.value != Some(Severity::Error) => findings.push(
                Finding::new("unknown-value", written.at.clone(), format!("`{name}` is always an error"))
                    .label("has no effect")
                    .help(format!("remove `{name}` from `rules:`")),
            ),
            Some(_) => {}
        }
    }
    findings
}

fn unknown_rule(name: &str, at: &Span) -> Finding {
    let help = nearest(name).map(|near| format!("did you mean `{near}`?"));
    Finding::new("unknown-value", at.clone(), format!("there is no rule `{name}`"))
        .label("not a rule")
        .help(help.unwrap_or_else(|| "`milepost explain` lists the rules".to_string()))
}

/// An allowance names a rule that can be allowed, says why, by whom and for how long, and ends.
fn check_allowances(settings: &Settings, data_date: NaiveDate) -> Vec<Finding> {
    settings.allow.iter().filter_map(|allowance| check_allowance(allowance, data_date)).collect()
}

fn check_allowance(allowance: &Allowance, data_date: NaiveDate) -> Option<Finding> {
    let name = &allowance.rule.value;
    let at = &allowance.rule.at;
    let Some(rule) = find(name) else { return Some(unknown_rule(name, at)) };
    if !may_be_allowed(rule) {
        let message = format!("`{name}` cannot be allowed");
        let help = "mend what it finds: what is not read rightly cannot be answered for";
        return Some(Finding::new("unknown-value", at.clone(), message).label("has no effect").help(help));
    }
    let missing = [
        (allowance.reason.trim().is_empty(), "`reason`"),
        (allowance.by.trim().is_empty(), "`by`"),
        (allowance.until.is_none(), "`until`"),
    ];
    let missing: Vec<&str> = missing.into_iter().filter_map(|(is_missing, word)| is_missing.then_some(word)).collect();
    if !missing.is_empty() {
        let message = format!("the allowance of `{name}` has no {}", missing.join(" and no "));
        let help = format!("add {}; without it the allowance does not hold", missing.join(" and "));
        return Some(Finding::new("allowance-incomplete", at.clone(), message).label("does not hold").help(help));
    }
    let until = allowance.until.filter(|until| *until < data_date)?;
    let finding = Finding::new("allowance-expired", at.clone(), format!("the allowance of `{name}` ended on {until}"))
        .label(format!("until {until}"))
        .help("mend what it allowed, or have it allowed again with a later `until`");
    Some(match &allowance.subject {
        Some(subject) => finding.related(subject.at.clone(), "it was for this"),
        None => finding,
    })
}

/// One note for each rule that is switched off and would have found something: nothing is dropped silently.
fn told_switched_off(off: &[Finding], settings: &Settings) -> Vec<Finding> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in off {
        *counts.entry(finding.rule).or_default() += 1;
    }
    let told = counts.into_iter().filter_map(|(rule, count)| {
        let setting = settings.rules.get(rule)?;
        let findings = if count == 1 { "1 finding".to_string() } else { format!("{count} findings") };
        let message = format!("`{rule}` is switched off, and would have {findings}");
        Some(Finding::new("rule-switched-off", setting.at.clone(), message).label("switched off here").about(rule))
    });
    told.collect()
}

/// Lines of the sources in which something was found, each taken apart once.
struct Places<'a> {
    texts: HashMap<&'a str, &'a str>,
    /// Path → text, and the offset of the first byte of each line.
    lines: HashMap<Arc<str>, (&'a str, Vec<u32>)>,
    /// The last place that was counted: findings come in order, and the next may stand in the same long line.
    last: Option<(Arc<str>, u32, Place)>,
}

impl<'a> Places<'a> {
    fn new(inputs: &'a Inputs) -> Places<'a> {
        let sources = inputs.sources.iter().chain(&inputs.frozen).chain(&inputs.themes);
        let texts = sources.map(|source| (&*source.path, &*source.text)).collect();
        Places { texts, lines: HashMap::new(), last: None }
    }

    fn judged(&mut self, finding: Finding, severity: Severity, allowance: Option<&Allowance>) -> Judged {
        let start = self.place(&finding.at.path, finding.at.start);
        let end = self.place(&finding.at.path, finding.at.end);
        let related = finding.related.into_iter().filter(|(at, _)| !at.path.is_empty());
        let related = related.map(|(at, note)| Related {
            start: self.place(&at.path, at.start),
            path: at.path.to_string(),
            note,
            bytes: (at.start, at.end),
        });
        Judged {
            rule: finding.rule.to_string(),
            severity: if allowance.is_some() { Severity::Note } else { severity },
            message: finding.message,
            start,
            end,
            label: finding.label,
            related: related.collect(),
            help: finding.help,
            subject: finding.subject,
            allowed: allowance.map(answer),
            bytes: (finding.at.start, finding.at.end),
            path: finding.at.path.to_string(),
        }
    }

    fn place(&mut self, path: &Arc<str>, offset: u32) -> Place {
        if !self.lines.contains_key(path) {
            let text = self.texts.get(&**path).copied().unwrap_or_default();
            let starts = line_starts(text).map(|start| start as u32).collect();
            self.lines.insert(path.clone(), (text, starts));
        }
        let (text, starts) = &self.lines[path];
        let line = starts.partition_point(|start| *start <= offset).max(1);
        let (line, line_start) = (line as u32, starts[line - 1]);
        let before = self.last.as_ref().filter(|(last, at, place)| last == path && *at <= offset && place.line == line);
        let (from, column) = before.map_or((line_start, 1), |(_, at, place)| (*at, place.column));
        let Some(words) = text.get(from as usize..offset as usize) else { return crate::source::place(text, offset) };
        let place = Place { line, column: column + words.chars().count() as u32 };
        self.last = Some((path.clone(), offset, place));
        place
    }
}

fn answer(allowance: &Allowance) -> String {
    let until = allowance.until.map_or_else(String::new, |until| format!(", until {until}"));
    format!("{} ({}{until})", allowance.reason, allowance.by)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::judge;
    use crate::finding::{Finding, Severity};
    use crate::model::Visibility;
    use crate::model::calendar::Calendar;
    use crate::model::settings::{Allowance, Appetite, DataDate, Profile, Settings, Site, Tolerance};
    use crate::source::{Inputs, Source, Span, Spanned};

    const TEXT: &str = "é one\r\ntwo two\n";

    fn inputs() -> Inputs {
        let source = |path: &str, text: &str| Source { path: path.into(), text: Arc::from(text) };
        let sources = vec![source("content/m.md", TEXT), source("content/programme.yaml", "rules: {}\nallow: []\n")];
        Inputs { root: "content/".into(), sources, ..Inputs::default() }
    }

    fn settings(profile: Profile) -> Settings {
        Settings {
            name: String::new(),
            version: String::new(),
            data_date: DataDate { date: "2026-02-18".parse().unwrap(), written: true },
            profile,
            calendar: Calendar::default(),
            cadence_days: 7,
            tolerance: Tolerance::default(),
            appetite: Appetite::default(),
            roles: BTreeMap::new(),
            people: Vec::new(),
            entry_authority: None,
            exit_authority: None,
            visibility: Visibility::Public,
            is_unread: false,
            visibility_written: true,
            rules: BTreeMap::new(),
            allow: Vec::new(),
            site: Site::default(),
            notice: None,
        }
    }

    fn at_settings<T>(value: T) -> Spanned<T> {
        Spanned::new(value, Span::new(&"content/programme.yaml".into(), 7, 9))
    }

    fn allowance(rule: &str, subject: Option<&str>, until: &str) -> Allowance {
        Allowance {
            rule: at_settings(rule.to_string()),
            subject: subject.map(|subject| at_settings(subject.to_string())),
            reason: "known".to_string(),
            by: "Ana".to_string(),
            until: Some(until.parse().unwrap()),
        }
    }

    fn finding(rule: &'static str, start: usize) -> Finding {
        Finding::new(rule, Span::new(&"content/m.md".into(), start, start + 3), "m").about("M2")
    }

    fn check(findings: Vec<Finding>, settings: &Settings, expected: &[&str]) {
        let judged = judge(findings, settings, &inputs(), settings.data_date.date);
        let judged: Vec<String> = judged
            .iter()
            .map(|finding| {
                let place = format!("{}:{}-{}", finding.start.line, finding.start.column, finding.end.column);
                let allowed = finding.allowed.as_ref().map_or_else(String::new, |answer| format!(" ({answer})"));
                format!("{place} {}[{}]{allowed}", finding.severity.word(), finding.rule)
            })
            .collect();
        assert_eq!(judged, expected);
    }

    #[test]
    fn findings_come_once_in_the_order_of_their_places_counted_in_characters() {
        let findings = vec![
            finding("window-reversed", 8),
            finding("stale-record", 3),
            finding("no-exit-criteria", 3),
            finding("window-reversed", 8),
        ];
        let expected = ["1:3-6 error[no-exit-criteria]", "1:3-6 warning[stale-record]", "2:1-4 error[window-reversed]"];
        check(findings, &settings(Profile::Controlled), &expected);
    }

    #[test]
    fn a_draft_softens_errors_but_not_those_that_say_that_something_was_not_read() {
        let findings = vec![finding("window-reversed", 0), finding("yaml-does-not-parse", 8)];
        check(
            findings,
            &settings(Profile::Draft),
            &["1:1-3 warning[window-reversed]", "2:1-4 error[yaml-does-not-parse]"],
        );
    }

    #[test]
    fn a_written_severity_wins_over_the_profile() {
        let mut settings = settings(Profile::Draft);
        settings.rules.insert("window-reversed".to_string(), at_settings(Some(Severity::Error)));
        settings.rules.insert("yaml-does-not-parse".to_string(), at_settings(None));
        let findings = vec![finding("window-reversed", 0), finding("yaml-does-not-parse", 8)];
        let expected =
            ["1:1-3 error[window-reversed]", "2:1-4 error[yaml-does-not-parse]", "1:8-10 warning[unknown-value]"];
        check(findings, &settings, &expected);
    }

    #[test]
    fn finding_that_is_graver_than_its_rule_is_an_error_but_in_a_draft() {
        let grave = || finding("output-too-large", 0).graver(Severity::Error);
        check(vec![grave()], &settings(Profile::Controlled), &["1:1-3 error[output-too-large]"]);
        check(vec![grave()], &settings(Profile::Draft), &["1:1-3 warning[output-too-large]"]);
        let mut noted = settings(Profile::Controlled);
        noted.rules.insert("output-too-large".to_string(), at_settings(Some(Severity::Note)));
        check(vec![grave()], &noted, &["1:1-3 note[output-too-large]"]);
    }

    #[test]
    fn what_a_switched_off_rule_would_find_is_counted() {
        let mut settings = settings(Profile::Controlled);
        settings.rules.insert("stale-record".to_string(), at_settings(None));
        settings.rules.insert("rule-switched-off".to_string(), at_settings(None));
        let findings = vec![finding("stale-record", 0), finding("stale-record", 0), finding("stale-record", 8)];
        let judged = judge(findings, &settings, &inputs(), settings.data_date.date);
        let messages: Vec<&str> = judged.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(messages, ["`stale-record` is switched off, and would have 2 findings"]);
    }

    #[test]
    fn an_allowance_answers_for_its_record_or_file_until_its_day_is_over() {
        let mut settings = settings(Profile::Controlled);
        settings.allow = vec![
            allowance("stale-record", Some("M2"), "2026-02-18"),
            allowance("no-exit-criteria", Some("m.md"), "2026-03-01"),
            allowance("window-reversed", Some("M3"), "2026-03-01"),
            allowance("no-entry-criteria", None, "2026-02-17"),
            allowance("duplicate-id", None, "2026-03-01"),
        ];
        let rules = ["stale-record", "no-exit-criteria", "window-reversed", "no-entry-criteria", "duplicate-id"];
        let findings = rules.map(|rule| finding(rule, 8)).to_vec();
        let expected = [
            "2:1-4 error[duplicate-id]",
            "2:1-4 error[no-entry-criteria]",
            "2:1-4 note[no-exit-criteria] (known (Ana, until 2026-03-01))",
            "2:1-4 note[stale-record] (known (Ana, until 2026-02-18))",
            "2:1-4 error[window-reversed]",
            "1:8-10 warning[allowance-expired]",
            "1:8-10 error[unknown-value]",
        ];
        check(findings, &settings, &expected);
    }

    #[test]
    fn what_belongs_to_no_file_is_shown_at_the_settings() {
        let found = Finding::new("data-date-assumed", Span::nowhere(), "m");
        let judged = judge(vec![found], &settings(Profile::Draft), &inputs(), "2026-02-18".parse().unwrap());
        assert_eq!((judged[0].path.as_str(), judged[0].start.line), ("content/programme.yaml", 1));
    }
}
