//! Criteria: a cell, a line or a list becomes separate criteria, and some of them name milestones.

pub mod called;
mod clause;
mod cuts;
mod names;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::reading::criteria::called::Titles;
use crate::reading::words;
use crate::source::Span;
use crate::syntax::Text;

/// One criterion as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its words, without box, mark, number, "(advisory)" and closing full stop.
    pub text: Text,
    /// `M2-X3:` in front of it.
    pub id: Option<Text>,
    /// A ticked box or ✅.
    pub claimed: bool,
    /// "(advisory)" at its end.
    pub advisory: bool,
    pub split_on_commas: bool,
}

/// The criteria of one cell. None where the cell says that there is nothing. Commas separate only where nothing
/// stronger did. See design: content (criteria): separators, what is never split.
pub fn split(text: &Text) -> Vec<Written> {
    let (parts, at_commas) = cut(text);
    parts.into_iter().filter_map(|part| written(text, part, at_commas)).collect()
}

/// Where the criteria of one cell stand in its words, with their marks and numbers, and without white space and what
/// separates them.
pub fn places(text: &Text) -> Vec<Range<usize>> {
    let (parts, at_commas) = cut(text);
    let parts = parts.into_iter().filter(|part| written(text, part.clone(), at_commas).is_some());
    let trimmed = parts.map(|part| {
        let told = &text.plain[part.clone()];
        let start = part.start + (told.len() - told.trim_start().len());
        start..start + told.trim().len()
    });
    trimmed.collect()
}

/// The parts of a cell, and whether they are those between commas.
fn cut(text: &Text) -> (Vec<Range<usize>>, bool) {
    if words::is_nothing(&text.plain) {
        return (Vec::new(), false);
    }
    let whole = cuts::Cuts::new(text);
    let parts = whole.strong();
    let [part] = parts.as_slice() else { return (parts, false) };
    let commas = whole.commas(part.clone());
    let at_commas = commas.len() > 1;
    (commas, at_commas)
}

/// One criterion that its author has already set apart, as an item of a list: never split. None where it says nothing.
pub fn one(text: &Text) -> Option<Written> {
    if words::is_nothing(&text.plain) {
        return None;
    }
    written(text, 0..text.plain.len(), false)
}

/// The parts of one criterion that could stand as criteria of their own; the text itself where it is one.
pub fn parts(text: &str) -> Vec<String> {
    let text = Text::literal(text, Span::nowhere());
    let cuts = cuts::Cuts::new(&text);
    let parts = cuts.told_apart();
    parts.into_iter().map(|part| text.plain[part].trim().to_string()).collect()
}

/// The milestones that a criterion names, and whether it says nothing more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// True where it is nothing but ids and a word of completion.
    pub whole: bool,
    /// Milestone id and where it stands in the text; ranges such as `M1–M3` give each of them.
    pub milestones: Vec<(String, Range<usize>)>,
}

/// Finds `known` milestone ids, as whole words, and milestones by their titles in a criterion's words: each once, in the order of the text. None where
/// there is none.
pub fn named_milestones(text: &str, known: &[&str], titles: &Titles) -> Option<Named> {
    let mut milestones = names::find(text, known);
    let titled = titles.find(text).into_iter();
    let apart =
        |range: &Range<usize>| milestones.iter().all(|(_, other)| range.end <= other.start || other.end <= range.start);
    let titled: Vec<_> = titled.filter(|(_, range)| apart(range)).collect();
    milestones.extend(titled);
    milestones.sort_by_key(|(_, range)| range.start);
    if milestones.is_empty() {
        return None;
    }
    Some(Named { whole: names::is_whole(text, &milestones), milestones: names::each_once(milestones) })
}

/// What stands before the number of an id: `M` of `M2`. None where one of the two is missing.
pub fn prefix(id: &str) -> Option<&str> {
    let prefix = id.trim_end_matches(|letter: char| letter.is_ascii_digit());
    (!prefix.is_empty() && prefix.len() < id.len()).then_some(prefix)
}

/// Words that are formed as ids with these prefixes are, beside those places.
pub fn formed_as_ids(text: &str, prefixes: &BTreeSet<String>, places: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut formed: Vec<Range<usize>> = Vec::new();
    for prefix in prefixes {
        for (start, _) in text.match_indices(prefix.as_str()) {
            let number = &text[start + prefix.len()..];
            let digits = number.len() - number.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
            let end = start + prefix.len() + digits;
            let in_word = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
            let stands_alone = !in_word(text[..start].chars().next_back()) && !in_word(text[end..].chars().next());
            let apart = |place: &Range<usize>| end <= place.start || place.end <= start;
            if digits > 0 && stands_alone && places.iter().chain(&formed).all(apart) {
                formed.push(start..end);
            }
        }
    }
    formed.sort_by_key(|range| range.start);
    formed
}

/// Is the text nothing but what stands at those places or is formed as such ids are, at least one, and that it is
/// complete?
pub fn is_whole_with(text: &str, prefixes: &BTreeSet<String>, places: &[Range<usize>]) -> bool {
    let mut all = formed_as_ids(text, prefixes, places);
    all.extend(places.iter().cloned());
    all.sort_by_key(|range| range.start);
    let all: Vec<names::Place> = all.into_iter().map(|range| (text[range.clone()].to_string(), range)).collect();
    !all.is_empty() && names::is_whole(text, &all)
}

/// Takes off what stands around the words of a part. None where nothing is left.
fn written(text: &Text, part: Range<usize>, split_on_commas: bool) -> Option<Written> {
    let plain = text.plain.as_str();
    let (mut start, mut end) = (part.start, part.end);
    let (mut claimed, mut advisory, mut id) = (false, false, None);
    loop {
        let told = &plain[start..end];
        let trimmed = told.trim();
        start += told.len() - told.trim_start().len();
        end = start + trimmed.len();
        if let Some(head) = cuts::head(trimmed) {
            claimed |= head.claims;
            start += head.length;
        } else if let Some(tail) = cuts::tail(trimmed) {
            claimed |= tail.claims;
            advisory |= tail.advisory;
            end -= tail.length;
        } else if id.is_none()
            && let Some(length) = leading_id(trimmed)
        {
            id = Some(text.slice(start..start + length));
            start += length + 1;
        } else {
            break;
        }
    }
    let text = text.slice(start..end);
    let says = text.plain.contains(char::is_alphanumeric);
    says.then_some(Written { text, id, claimed, advisory, split_on_commas })
}

/// The length of `M2-X3` in `M2-X3: rollback drills recorded`.
fn leading_id(part: &str) -> Option<usize> {
    let (id, rest) = part.split_once(':')?;
    let (milestone, position) = id.rsplit_once('-')?;
    let number = position.strip_prefix(['E', 'X', 'e', 'x'])?;
    let shaped = !milestone.is_empty() && !id.contains(char::is_whitespace) && !number.is_empty();
    let numbered = number.bytes().all(|byte| byte.is_ascii_digit()) && rest.starts_with(char::is_whitespace);
    (shaped && numbered).then_some(id.len())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Titles, Written, named_milestones, one, parts, split};
    use crate::source::Span;
    use crate::syntax::{Mark, MarkKind, Text};

    fn text(plain: &str) -> Text {
        let path: Arc<str> = "a.md".into();
        Text::literal(plain, Span::new(&path, 0, plain.len()))
    }

    /// The parts with ` | ` between them, each with its flags: `+` claimed, `~` advisory, its id before a `#`.
    fn told(plain: &str) -> String {
        let cell = text(plain);
        let parts = split(&cell);
        for part in &parts {
            let at = part.text.at.start as usize..part.text.at.end as usize;
            assert_eq!(plain.get(at), Some(part.text.plain.as_str()), "the place of a part of {plain}");
        }
        let part = |part: &Written| {
            let id = part.id.as_ref().map_or(String::new(), |id| format!("{}#", id.plain));
            let claimed = if part.claimed { "+" } else { "" };
            let advisory = if part.advisory { "~" } else { "" };
            format!("{id}{claimed}{advisory}{}", part.text.plain)
        };
        parts.iter().map(part).collect::<Vec<_>>().join(" | ")
    }

    fn check(cases: &[(&str, &str)]) {
        for (cell, parts) in cases {
            assert_eq!(told(cell), *parts, "{cell}");
        }
    }

    /// Cells that stay one criterion.
    fn check_whole(cells: &[&str]) {
        for cell in cells {
            assert_eq!(told(cell), *cell);
        }
    }

    #[test]
    fn milestones_are_named_by_what_they_are_called() {
        let titles = Titles::of([
            ("Interface design", "M1"),
            ("Design & build", "M2"),
            ("Discovery", "M3"),
            ("Café réunion", "M4"),
            ("Trial", "M5"),
            ("Trial", "M6"),
            ("Interface design review", "M7"),
        ]);
        for (words, expected) in [
            ("Interface design complete", "whole M1"),
            ("INTERFACE-DESIGN: completed", "whole M1"),
            ("Interface design and design and build complete", "whole M1 M2"),
            ("Interface design complete, with all comments answered", "part M1"),
            ("The milestone Interface design has its drawings", "part M1"),
            ("Interface design review passed", "whole M7"),
            ("M1: Interface design complete", "whole M1"),
            ("cafe reunion done", "whole M4"),
            ("Discovery complete", "whole M3"),
            ("Discovery report complete", "none"),
            ("Interface design tools bought", "none"),
            ("Trial complete", "none"),
        ] {
            let told = named_milestones(words, &["M1"], &titles).map_or("none".to_string(), |named| {
                let ids: Vec<&str> = named.milestones.iter().map(|(id, _)| id.as_str()).collect();
                format!("{} {}", if named.whole { "whole" } else { "part" }, ids.join(" "))
            });
            assert_eq!(told, expected, "{words}");
        }
    }

    #[test]
    fn the_first_milestone_list_has_13_entry_and_21_exit_criteria() {
        let list = include_str!("../../content/milestones.md");
        let rows = list.lines().filter(|line| line.starts_with("| M"));
        let rows: Vec<Vec<&str>> = rows.map(|row| row.split('|').map(str::trim).collect()).collect();
        let counts =
            |column: usize| -> Vec<usize> { rows.iter().skip(1).map(|row| split(&text(row[column])).len()).collect() };
        assert_eq!(counts(5), [3, 3, 3, 2, 2]);
        assert_eq!(counts(6), [4, 5, 4, 3, 5]);
    }

    #[test]
    fn commas_part_what_can_stand_alone() {
        check(&[
            (
                "Checkout + escrow QA passed, dashboards live with analytics, finance/legal sign-off obtained.",
                "Checkout + escrow QA passed | dashboards live with analytics | finance/legal sign-off obtained",
            ),
            (
                "Update plan approved, backlog groomed, risk register initiated, and communications cadences active.",
                "Update plan approved | backlog groomed | risk register initiated | communications cadences active",
            ),
            (
                "Plan approved, backlog groomed and register initiated",
                "Plan approved | backlog groomed | register initiated",
            ),
            (
                "Suppliers onboarded, contracts signed by legal, and no open defects",
                "Suppliers onboarded | contracts signed by legal | no open defects",
            ),
            ("Latency < 200 ms, coverage ≥ 80 %", "Latency < 200 ms | coverage ≥ 80 %"),
            ("All tests pass, product owner final sign-off", "All tests pass | product owner final sign-off"),
            (
                "Publish the charter, appoint the board, approve the budget",
                "Publish the charter | appoint the board | approve the budget",
            ),
            (
                "Collects ten samples, fills the buffer, runs the drill",
                "Collects ten samples | fills the buffer | runs the drill",
            ),
            ("Runbook in place, monitoring up and running", "Runbook in place | monitoring up and running"),
            ("0 orphan issues, #43 closed", "0 orphan issues | #43 closed"),
            ("approved budget, signed contract", "approved budget | signed contract"),
            (
                "Plan genehmigt, Budget freigegeben und Team besetzt",
                "Plan genehmigt | Budget freigegeben | Team besetzt",
            ),
            ("Plan validé, équipe formée et budget approuvé", "Plan validé | équipe formée | budget approuvé"),
            (
                "Plan aprobado, equipo formado y presupuesto asignado",
                "Plan aprobado | equipo formado | presupuesto asignado",
            ),
        ]);
        let parts = split(&text("Plan approved, backlog groomed"));
        assert!(parts.iter().all(|part| part.split_on_commas));
    }

    #[test]
    fn a_criterion_of_several_clauses_is_told_apart() {
        let told = |text: &str| parts(text).join(" | ");
        for (text, expected) in [
            ("Budget approved and team staffed", "Budget approved | team staffed"),
            ("Plan approved, team staffed and risks logged", "Plan approved | team staffed | risks logged"),
            ("Charter signed + budget confirmed", "Charter signed | budget confirmed"),
            ("Charter signed & budget confirmed", "Charter signed | budget confirmed"),
        ] {
            assert_eq!(told(text), expected);
        }
        for whole in [
            "automated migrations + seed verification passing",
            "Charter approved by sponsor and finance",
            "Backups (taken daily and tested monthly) verified",
            "dashboards live with analytics",
            "Runbook reviewed and approved",
            "No critical and high defects open",
        ] {
            assert_eq!(told(whole), whole);
        }
    }

    #[test]
    fn what_cannot_stand_alone_stays_with_its_neighbours() {
        check_whole(&[
            "Build A, B and C",
            "Charter approved by sponsor, finance and legal",
            "Budget approved and team staffed",
            "Problem, personas, requirements, decision record committed",
            "Plan reviewed, approved and published",
            "Contract signed, offer accepted, or waiver granted",
            "Tests passed, including those that are automated",
            "When the pilot is live, support is staffed",
            "Support for automated tests, managed clusters and shared storage",
            "1,000 users onboarded",
            "Suite passed (unit, contract, end-to-end automated)",
            "Notice \"approved, published, filed\" posted",
            "Checkout + escrow QA passed",
            "Entity schema, agent package, frontend baseline complete",
            "Web, mobile and desktop clients released",
            "Rehearsed with Legal, Ltd.",
        ]);
    }

    #[test]
    fn code_and_links_are_never_split() {
        let mut cell = text("run a, b passed, c approved");
        cell.marks.push(Mark { range: 0..8, kind: MarkKind::Code });
        assert_eq!(split(&cell).len(), 2);
        cell.marks.push(Mark { range: 0..27, kind: MarkKind::Link("x".into()) });
        assert_eq!(split(&cell).len(), 1);
    }

    #[test]
    fn stronger_separators_come_first() {
        check(&[
            ("Plan approved, funded\nTeam staffed", "Plan approved, funded | Team staffed"),
            ("- Plan approved\n- Team staffed, trained", "Plan approved | Team staffed, trained"),
            ("1. Plan approved 2. Team staffed", "Plan approved | Team staffed"),
            ("(1) plan approved, (2) team staffed; (3) site open", "plan approved | team staffed | site open"),
            ("a) plan approved b) team staffed", "plan approved | team staffed"),
            ("1. Plan approved\n2. Team staffed", "Plan approved | Team staffed"),
            ("Plan approved; team staffed; and site open.", "Plan approved | team staffed | site open"),
            ("[x] Plan approved [ ] Team staffed", "+Plan approved | Team staffed"),
            ("• Plan approved • Team staffed", "Plan approved | Team staffed"),
            ("✅ Plan approved ❌ Team staffed", "+Plan approved | Team staffed"),
            ("2. Team staffed", "Team staffed"),
        ]);
        check_whole(&["Release 2. Next one planned", "3 sites open", "(draft; unsigned) plan filed"]);
    }

    #[test]
    fn ids_marks_and_the_word_advisory_are_taken_off() {
        check(&[
            ("M2-X3: rollback drills recorded.", "M2-X3#rollback drills recorded"),
            ("- [x] M2-X3: rollback drills recorded (advisory)", "M2-X3#+~rollback drills recorded"),
            ("Rollback drills recorded ✅", "+Rollback drills recorded"),
            ("✔️ Rollback drills recorded", "+Rollback drills recorded"),
            ("⏳ Rollback drills recorded", "Rollback drills recorded"),
            ("Rollback drills recorded (Advisory).", "~Rollback drills recorded"),
            ("Note: drills recorded", "Note: drills recorded"),
            ("Drills, audits, etc.", "Drills, audits, etc."),
            ("-", ""),
            ("n/a", ""),
            ("", ""),
            ("✅", ""),
            (";;\n,", ""),
        ]);
        let item = one(&text("[x] Plan approved, team staffed.")).unwrap();
        assert_eq!((item.text.plain.as_str(), item.claimed), ("Plan approved, team staffed", true));
        assert_eq!(one(&text("—")), None);
    }

    /// Ids, `whole` or `part`.
    fn named(words: &str) -> String {
        let known = ["M1", "M2", "M3", "M10", "Gate 2", "7", "M2.1"];
        let Some(named) = named_milestones(words, &known, &Titles::default()) else { return "none".into() };
        let ids: Vec<&str> = named.milestones.iter().map(|(id, _)| id.as_str()).collect();
        format!("{} {}", if named.whole { "whole" } else { "part" }, ids.join(" "))
    }

    #[test]
    fn milestones_are_named_wholly_or_in_part() {
        for (words, ids) in [
            ("M1 complete", "whole M1"),
            ("m1 complete", "whole M1"),
            ("M1", "whole M1"),
            ("M1 and M2 passed", "whole M1 M2"),
            ("M1, M2 & M3 done", "whole M1 M2 M3"),
            ("M1–M3 done", "whole M1 M2 M3"),
            ("M1-M3 done", "whole M1 M2 M3"),
            ("M1–3 done", "whole M1 M2 M3"),
            ("M2 to M3 complete", "whole M2 M3"),
            ("M1 bis M3 abgeschlossen", "whole M1 M2 M3"),
            ("Milestones M1 and M2 are complete", "whole M1 M2"),
            ("M2 exit gate passed", "whole M2"),
            ("M2 signed off", "whole M2"),
            ("M2 terminé", "whole M2"),
            ("M2 completado", "whole M2"),
            ("Gate 2 passed", "whole Gate 2"),
            ("Milestone 7 complete", "whole 7"),
            ("#7 done", "whole 7"),
            ("M3 feature set complete", "part M3"),
            ("M2 data foundations deployed", "part M2"),
            ("M1 not complete", "part M1"),
            ("M1 or M2 complete", "part M1 M2"),
            ("M2 entry gate passed", "part M2"),
            ("M10 complete", "whole M10"),
            ("M2.1 complete", "whole M2.1"),
            ("M100 complete", "none"),
            ("M2-X3 recorded", "none"),
            ("7 sites open", "none"),
            ("Design complete", "none"),
            ("", "none"),
        ] {
            assert_eq!(named(words), ids, "{words}");
        }
    }

    #[test]
    fn letters_decide_where_two_ids_differ_in_their_size_only() {
        let named = |words| named_milestones(words, &["M1", "m1"], &Titles::default()).map(|named| named.milestones);
        assert_eq!(named("m1 complete"), Some(vec![("m1".to_string(), 0..2)]));
        assert_eq!(named("after M1"), Some(vec![("M1".to_string(), 6..8)]));
        assert_eq!(named_milestones("GO complete", &["go", "Go"], &Titles::default()), None);
    }
}
