//! Records as vertical tables: a field a row, its name in the first column and its value in the second.

use std::borrow::Cow;

use crate::reading::entries::labels::Labelled;
use crate::reading::entries::tree::id_from_name;
use crate::reading::entries::{Account, Entry, Piece, Reader, Value};
use crate::reading::fields::{self, Kind};
use crate::reading::vocabulary::Vocabulary;
use crate::reading::words::{self, tables};
use crate::source::Html;
use crate::syntax::{Table, Text};

impl<'a> Reader<'_, 'a> {
    /// A card under no heading of its own, which says by a row `Risk ID` what it is.
    pub(super) fn card(&mut self, table: &'a Table) -> Option<Piece<'a>> {
        let (kind, said) = kind_of(table)?;
        let mut found = Labelled::default();
        if !read(kind, table, self.own, &mut found) {
            return None;
        }
        let Labelled { mut fields, columns, extras, .. } = found;
        let account = Account {
            at: table.at.clone(),
            kind: Some(kind),
            why: format!("has the row {said}"),
            columns,
            extras: extras.iter().map(|(label, _)| label.to_string()).collect(),
            records: 1,
        };
        let id = fields.iter().position(|(name, _)| *name == "id").map(|position| fields.remove(position).1);
        let id = id.and_then(|id| if let Value::Text(text) = id { Some(text) } else { None });
        let (at, list) = (table.at.clone(), self.next_list());
        let mut entry = Entry { kind, id, fields, extras, at, list, narrative: Html::default() };
        id_from_name(&mut entry);
        let position = self.reading.entries.len();
        self.reading.entries.push(entry);
        self.reading.accounts.push(account);
        let rows = table.rows.iter().map(|row| (row.cells.as_slice(), Some(position))).collect();
        Some(Piece::Table { header: &table.header, rows })
    }
}

/// Adds the fields of a card, its id among them. False where the table is none of this kind.
pub(super) fn read<'a>(kind: Kind, table: &'a Table, own: &Vocabulary, found: &mut Labelled<'a>) -> bool {
    let Some(rows) = rows(table) else { return false };
    let known = rows.iter().filter(|(label, _)| own.field(kind, &label.plain).is_some()).count();
    if known < LEAST_FIELDS {
        return false;
    }
    for (label, value) in rows {
        if !value.is_empty() {
            let field = own.field(kind, &label.plain);
            found.add(kind, &label.plain, field, Value::Text(Cow::Borrowed(value)), own);
        }
    }
    true
}

/// The kind of a card that says it by its own id, and the words of that row.
fn kind_of(table: &Table) -> Option<(Kind, &str)> {
    rows(table)?.into_iter().find_map(|(label, _)| {
        let folded = fields::fold(&label.plain);
        let kind = folded.strip_suffix(" id").and_then(Kind::named)?;
        Some((kind, label.plain.trim()))
    })
}

/// The rows of a table with two columns that are called field and value, or nothing.
fn rows(table: &Table) -> Option<Vec<(&Text, &Text)>> {
    let [label, value] = table.header.as_slice() else { return None };
    let is =
        |listed: &'static str, cell: &Text| cell.is_empty() || words::is_listed(listed, &fields::fold(&cell.plain));
    let headed = is(tables::CARD_LABELS, label) && is(tables::CARD_VALUES, value);
    headed.then(|| table.rows.iter().map(|row| (&row.cells[0], &row.cells[1])).collect())
}

/// Fields that a card must have to be one.
const LEAST_FIELDS: usize = 2;
