//! What the search finds: every record and every page of a version, each with the words that it is found by.

use std::collections::HashSet;

use crate::model::Words as Written;
use crate::model::decision::Decision;
use crate::model::id::Id;
use crate::model::milestone::{Criterion, Milestone};
use crate::model::reference::{Kind, Reference};
use crate::model::{Programme, Record};
use crate::site::material::code;
use crate::site::narrative::{NarrativeView, PieceView, RowView};
use crate::site::url::Addresses;
use crate::site::words::Words;
use crate::site::{Page, View};
use crate::version::Snapshot;

/// One thing to find: a record, or a page, which has no id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Relative to the version's root.
    pub href: String,
    pub id: String,
    pub title: String,
    /// "Risk", "Page".
    pub kind: String,
    /// Further words of the author's, and people by their names.
    pub words: String,
}

/// Records in the author's order, then the pages that hold no single record. The snapshot is withheld already.
pub fn entries(snapshot: &Snapshot, pages: &[Page], words: &Words) -> Vec<Entry> {
    let programme = &*snapshot.programme;
    let telling = Telling { programme, words, addresses: &Addresses::new(programme) };
    let mut entries = telling.records();
    let own: HashSet<&str> =
        entries.iter().map(|entry| entry.href.as_str()).filter(|href| !href.contains('#')).collect();
    let others = pages.iter().filter(|page| page.url != "404.html" && !own.contains(page.url.as_str()));
    let others: Vec<Entry> = others
        .map(|page| Entry {
            href: page.url.clone(),
            id: String::new(),
            title: page.title.clone(),
            kind: words.say("search.page"),
            words: if let View::Narrative(view) = &page.view { prose(view) } else { String::new() },
        })
        .collect();
    entries.extend(others);
    entries
}

/// Every word of an author's page, once: a page is found by any of them, wherever it stands.
fn prose(view: &NarrativeView) -> String {
    let mut said: Vec<String> = Vec::new();
    let of_rows = |rows: &[RowView]| -> Vec<String> { rows.iter().flat_map(|row| row.cells.clone()).collect() };
    for piece in &view.pieces {
        match piece {
            PieceView::Prose(html) => said.push(html.words()),
            PieceView::Table { header, rows, .. } => said.extend(header.iter().cloned().chain(of_rows(rows))),
            PieceView::Records(rows) => said.extend(of_rows(rows)),
        }
    }
    let mut seen = HashSet::new();
    let all = said.iter().flat_map(|text| text.split_whitespace());
    all.filter(|word| seen.insert(word.to_lowercase())).collect::<Vec<_>>().join(" ")
}

struct Telling<'a> {
    programme: &'a Programme,
    words: &'a Words,
    addresses: &'a Addresses,
}

impl Telling<'_> {
    fn records(&self) -> Vec<Entry> {
        let programme = self.programme;
        let mut entries = Vec::new();
        for milestone in &programme.milestones {
            entries.extend(self.milestone(milestone));
            let criteria = milestone.entry.criteria.iter().chain(&milestone.exit.criteria);
            entries.extend(criteria.filter_map(|criterion| self.criterion(criterion)));
        }
        entries.extend(programme.evidence.iter().filter_map(|one| {
            let said = [&one.kind, &one.producer, &one.acceptor];
            self.record(Kind::Evidence, &one.record, &one.title.value, &said)
        }));
        entries.extend(programme.risks.iter().filter_map(|one| {
            let said = [&one.cause, &one.event, &one.effect, &one.category, &one.owner, &one.response];
            self.record(Kind::Risk, &one.record, &one.title.value, &said)
        }));
        entries.extend(programme.decisions.iter().flat_map(|decision| self.decision(decision)));
        entries.extend(programme.waivers.iter().filter_map(|one| {
            let title = one.reason.as_ref().map_or("", |reason| &reason.value);
            self.record(Kind::Waiver, &one.record, title, &[&one.approver])
        }));
        entries.extend(programme.concerns.iter().filter_map(|one| {
            self.record(one.kind, &one.record, &one.title.value, &[&one.owner, &one.severity, &one.resolution])
        }));
        entries.extend(programme.reviews.iter().filter_map(|one| {
            let title = one.kind.as_ref().map_or("", |kind| &kind.value);
            self.record(Kind::Review, &one.record, title, &[&one.reviewer])
        }));
        entries.extend(programme.confidences.iter().filter_map(|one| {
            let title = one.text.as_ref().map_or("", |text| &text.value);
            self.record(Kind::Confidence, &one.record, title, &[&one.by])
        }));
        entries.extend(programme.changes.iter().filter_map(|one| {
            let title = one.reason.as_ref().map_or("", |reason| &reason.value);
            self.record(Kind::Change, &one.record, title, &[&one.field, &one.impact, &one.approver])
        }));
        entries
    }

    fn milestone(&self, milestone: &Milestone) -> Option<Entry> {
        let said = [&milestone.description, &milestone.owner];
        let mut entry = self.record(Kind::Milestone, &milestone.record, &milestone.name.value, &said)?;
        for tag in &milestone.tags {
            entry.words.push(' ');
            entry.words.push_str(tag);
        }
        Some(entry)
    }

    fn criterion(&self, criterion: &Criterion) -> Option<Entry> {
        let said = [&criterion.owner, &criterion.acceptor];
        self.entry(Kind::Criterion, &criterion.id, &criterion.text.value, &said)
    }

    /// "M2 exit gate: conditional go", and its conditions.
    fn decision(&self, decision: &Decision) -> Vec<Entry> {
        let gate = decision.gate.as_ref().map(|gate| {
            let side = self.words.of("side", gate.value.side.word());
            self.words.fill("gate.name", &[("milestone", gate.value.milestone.as_str()), ("side", &side)])
        });
        let outcome = decision.outcome.as_ref().map(|outcome| self.words.of("outcome", &code(&outcome.value)));
        let title = [gate, outcome].into_iter().flatten().collect::<Vec<_>>().join(": ");
        let own = self.record(Kind::Decision, &decision.record, &title, &[&decision.by, &decision.minutes]);
        let conditions = decision.conditions.iter().filter_map(|condition| {
            let text = condition.text.as_ref().map_or("", |text| &text.value);
            self.entry(Kind::Condition, &condition.id, text, &[&condition.owner])
        });
        own.into_iter().chain(conditions).collect()
    }

    fn record(&self, kind: Kind, record: &Record, title: &str, said: &[&Written]) -> Option<Entry> {
        self.entry(kind, &record.id, title, said)
    }

    fn entry(&self, kind: Kind, id: &Id, title: &str, said: &[&Written]) -> Option<Entry> {
        let href = self.addresses.of(&Reference::new(kind, id))?.to_string();
        let said = said.iter().filter_map(|written| written.as_ref());
        let words: Vec<&str> = said.map(|written| self.programme.settings.called(&written.value)).collect();
        Some(Entry {
            href,
            id: id.to_string(),
            title: title.to_string(),
            kind: self.words.of("kind_name", kind.word()),
            words: words.join(" "),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::model::narrative::{Narrative, Piece};
    use crate::model::{Programme, Visibility};
    use crate::site::register_sample::{programme, snapshot, texts};
    use crate::site::{self, Versions};
    use crate::source::Html;

    /// The index as lines: address, id, title, kind.
    fn index(programme: Programme) -> String {
        let snapshot = site::withhold(snapshot(programme), Visibility::Public);
        let words = texts();
        let pages = site::plan(&snapshot, &Versions::alone(&snapshot), &words);
        let entries = super::entries(&snapshot, &pages, &words);
        entries.iter().map(|it| format!("{} | {} | {} | {}\n", it.href, it.id, it.title, it.kind)).collect()
    }

    #[test]
    fn every_kind_of_record_and_every_page_is_found() {
        let index = index(programme());
        for line in [
            "m/M2.html#M2-X1 | M2-X1 | ",
            " | Criterion\n",
            " | Condition\n",
            "decisions.html#W-01 | W-01 | ",
            "registers.html#I-01 | I-01 | ",
            "risks.html |  | Risks | Page\n",
        ] {
            assert!(index.contains(line), "`{line}` is not in\n{index}");
        }
        assert!(!index.contains("404.html"), "{index}");
    }

    #[test]
    fn page_of_prose_is_found_by_each_of_its_words_within_the_audience() {
        let mut programme = programme();
        programme.narratives = vec![narrative("Escrow and <em>custody</em>, escrow")];
        let found = |programme: &Programme| {
            let snapshot = site::withhold(snapshot(programme.clone()), Visibility::Public);
            let pages = site::plan(&snapshot, &Versions::alone(&snapshot), &texts());
            let entries = super::entries(&snapshot, &pages, &texts());
            entries.into_iter().find(|entry| entry.href == "p/about.html").map(|entry| entry.words)
        };
        assert_eq!(found(&programme).as_deref(), Some("Escrow and custody ,"));
        programme.narratives[0].visibility = Visibility::Restricted;
        assert_eq!(found(&programme), None);
    }

    fn narrative(text: &str) -> Narrative {
        Narrative {
            path: "content/pages/about.md".to_string(),
            title: "About".to_string(),
            pieces: vec![Piece::Prose(Html::from_safe(format!("<p>{text}</p>")))],
            visibility: Visibility::Public,
        }
    }

    #[test]
    fn withheld_record_is_not_found() {
        let mut programme = programme();
        assert!(index(programme.clone()).contains("| R-01 |"));
        programme.risks[0].record.visibility = Visibility::Restricted;
        assert!(!index(programme).contains("| R-01 |"));
    }
}
