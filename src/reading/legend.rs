//! What a file says of its marks: "Legend: ✅ done, 🟡 at risk, ❌ not started".

use std::collections::BTreeMap;

use crate::reading::fields;
use crate::reading::words::{self, Said, is_listed, tables};
use crate::source::Span;
use crate::syntax::{Block, Table, Text};

/// The marks that a file gives a meaning of its own, in its author's words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Legend {
    marks: BTreeMap<char, String>,
    /// Where the first of them is told.
    pub at: Option<Span>,
}

impl Legend {
    pub fn of(blocks: &[Block]) -> Legend {
        let mut legend = Legend::default();
        let mut announced = false;
        for block in blocks {
            announced = legend.read(block, announced);
        }
        legend
    }

    /// What the mark means, where the file says so.
    pub fn meaning(&self, mark: char) -> Option<&str> {
        self.marks.get(&mark).map(String::as_str)
    }

    /// Each mark, and what it is taken for: a status, or whether it is open; None where its words are neither.
    pub fn taken_for(&self) -> impl Iterator<Item = (char, &str, Option<&'static str>)> {
        self.marks.iter().map(|(mark, said)| (*mark, said.as_str(), taken_for(said)))
    }

    /// Reads a block, `announced` by a label above it. Returns whether it announces the next.
    fn read(&mut self, block: &Block, announced: bool) -> bool {
        match block {
            Block::Heading { text, .. } => is_listed(tables::LEGENDS, &label(&text.plain)),
            Block::Paragraph { text, .. } => {
                let told = text.plain.split_once(':').filter(|(said, _)| is_listed(tables::LEGENDS, &label(said)));
                let start = told.map_or(0, |(said, _)| said.len() + 1);
                if text.plain[start..].trim().is_empty() || is_listed(tables::LEGENDS, &label(&text.plain)) {
                    return true;
                }
                if announced || told.is_some() || is_equated(&text.plain) {
                    self.tell(text, start);
                }
                false
            }
            Block::List { items, .. } => {
                let equated = items.iter().all(|item| is_equated(&item.text.plain));
                if announced || equated {
                    items.iter().for_each(|item| self.tell(&item.text, 0));
                }
                false
            }
            Block::Table(table) => {
                if announced || is_legend(table) {
                    self.table(table);
                }
                false
            }
            Block::Other { .. } => false,
        }
    }

    fn table(&mut self, table: &Table) {
        for row in &table.rows {
            let [mark, meaning, ..] = row.cells.as_slice() else { continue };
            let lone = mark.plain.chars().filter(|letter| !is_unseen(*letter)).collect::<Vec<_>>();
            if let [letter] = lone.as_slice()
                && is_mark(*letter)
            {
                self.add(*letter, &meaning.plain, &mark.at);
            }
        }
    }

    /// `✅ done, 🟡 = at risk`, or `done = ✅, at risk = 🟡`.
    fn tell(&mut self, text: &Text, start: usize) {
        let plain = text.plain.as_str();
        let marks: Vec<(usize, char)> =
            plain.char_indices().filter(|(at, letter)| *at >= start && is_mark(*letter)).collect();
        let Some((first, _)) = marks.first() else { return };
        let words_first = plain[start..*first].contains(char::is_alphanumeric);
        for (position, (at, mark)) in marks.iter().enumerate() {
            let end = at + mark.len_utf8();
            let meaning = if words_first {
                let from = position.checked_sub(1).map_or(start, |before| marks[before].0 + marks[before].1.len_utf8());
                &plain[from..*at]
            } else {
                &plain[end..marks.get(position + 1).map_or(plain.len(), |(next, _)| *next)]
            };
            self.add(*mark, meaning, &text.span(*at..end));
        }
    }

    fn add(&mut self, mark: char, meaning: &str, at: &Span) {
        let outside = |letter: char| !letter.is_alphanumeric() && !matches!(letter, '%');
        let meaning = meaning.trim_matches(outside);
        if !meaning.is_empty() && !self.marks.contains_key(&mark) {
            self.at.get_or_insert_with(|| at.clone());
            self.marks.insert(mark, meaning.to_string());
        }
    }
}

fn taken_for(said: &str) -> Option<&'static str> {
    let status = words::status(said).map(Said::word);
    status.or_else(|| words::is_open(said).map(|open| if open { "open" } else { "closed" }))
}

/// Marks stand alone in the first column, and the header says what they are.
fn is_legend(table: &Table) -> bool {
    let [mark, meaning] = table.header.as_slice() else { return false };
    let is = |row: &'static str, cell: &Text| is_listed(row, &fields::fold(&cell.plain));
    is(tables::LEGENDS, mark) && !meaning.is_empty() || is(tables::MARKS, mark) && is(tables::MEANINGS, meaning)
}

/// `🟢 = on track`: a sign of equality behind, or before, every mark, and words.
fn is_equated(plain: &str) -> bool {
    if !plain.contains(is_mark) {
        return false;
    }
    let seen: String = plain.chars().filter(|letter| !is_unseen(*letter) && !letter.is_whitespace()).collect();
    let mut marks = seen.char_indices().filter(|(_, letter)| is_mark(*letter)).peekable();
    marks.peek().is_some()
        && marks.all(|(at, mark)| seen[at + mark.len_utf8()..].starts_with('=') || seen[..at].ends_with('='))
}

fn label(text: &str) -> String {
    fields::fold(text.trim_end_matches([':', ' ']))
}

fn is_mark(letter: char) -> bool {
    !letter.is_alphanumeric() && matches!(letter, '\u{2300}'..='\u{2bff}' | '\u{1f000}'..)
}

/// What stands behind a mark to say how it is drawn.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{fe0e}' | '\u{fe0f}' | '\u{200d}')
}

#[cfg(test)]
mod tests {
    use super::Legend;
    use crate::source::Source;
    use crate::syntax;

    fn check(text: &str, expected: &[(char, &str)]) {
        let (document, _) = syntax::parse(&Source { path: "a.md".into(), text: text.into() });
        let legend = Legend::of(&document.blocks);
        let told: Vec<(char, &str)> = legend.marks.iter().map(|(mark, said)| (*mark, said.as_str())).collect();
        assert_eq!(told, expected, "{text}");
    }

    #[test]
    fn legends_are_read_in_every_form_and_language() {
        let two = [('✅', "planned"), ('❌', "not started")];
        check("Legend: ✅ planned, ❌ not started", &two);
        check("**Legend:** ✅ = planned | ❌ = not started", &two);
        check("Key: planned ✅, not started ❌", &two);
        check("## Status key\n\n- ✅ planned\n- ❌ – not started\n", &two);
        check("Légende :\n\n* ✅ : planned\n* ❌ : not started\n", &two);
        check("Legende\n\n| Zeichen | Bedeutung |\n|---|---|\n| ✅ | planned |\n| ❌ | not started |\n", &two);
        check("| Symbol | Meaning |\n|---|---|\n| ✅ | planned |\n| ❌ | not started |\n", &two);
        check("Leyenda: ✅ planned; ❌ not started.", &two);
        check("✅ = planned, ❌ = not started", &two);
    }

    #[test]
    fn marks_among_words_are_no_legend() {
        check("✅ The plan is agreed, ❌ the budget is not", &[]);
        check("Key risks: the vendor ❌", &[]);
        check("| Status | Item |\n|---|---|\n| ✅ | Pump |\n", &[]);
        check("- ✅ Pump\n- ❌ Valve\n", &[]);
    }
}
