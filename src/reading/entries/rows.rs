//! Records in Markdown tables, one a row.

use std::borrow::Cow;

use crate::finding::Finding;
use crate::reading::columns::{self, Around, Columns};
use crate::reading::entries::tree::{self, id_from_name, not_understood};
use crate::reading::entries::{Account, Entry, Piece, Reader, Value};
use crate::reading::fields::{self, Field, Kind};
use crate::reading::vocabulary::Vocabulary;
use crate::reading::{near, words};
use crate::source::Html;
use crate::syntax::{Row, Table, Text};

/// What a table is a register of.
pub(super) fn columns<'a>(
    table: &'a Table,
    kind: Option<(Kind, &str)>,
    heading: &str,
    own: &Vocabulary,
) -> Option<Register<'a>> {
    let around = Around { kind, heading };
    let understand = |header: &[&Text]| {
        let words: Vec<&str> = header.iter().map(|cell| cell.plain.as_str()).collect();
        columns::understand(&words, around, own)
    };
    let header: Vec<&Text> = table.header.iter().collect();
    let first = understand(&header);
    let second = second_header(table, first.as_ref().map(|columns| columns.kind), own);
    let below = second.and_then(|header| {
        let columns = understand(&header)?;
        Some(Register { columns, header, rows: &table.rows[1..] })
    });
    let mut register = match below {
        Some(register) => register,
        None => Register { columns: first?, header, rows: &table.rows },
    };
    settle_ids(&mut register);
    settle_proves(&mut register);
    Some(register)
}

/// A header of two lines, or one with a title above it: the words of the second line, and above its empty cells those
/// of the first. None where the first row is a record: it is one but where every word in it is the name of a column.
fn second_header<'a>(table: &'a Table, kind: Option<Kind>, own: &Vocabulary) -> Option<Vec<&'a Text>> {
    let second = table.rows.first()?;
    let mut said = second.cells.iter().filter(|cell| !cell.is_empty());
    let titled = table.header.iter().filter(|cell| !cell.is_empty()).count() <= 1;
    let kinds = kind.map_or_else(|| Kind::ALL.to_vec(), |kind| vec![kind]);
    let names_columns = kinds.iter().any(|kind| {
        let known = |cell: &Text| own.field(*kind, &cell.plain).is_some();
        said.clone().count() >= 2
            && said.clone().all(|cell| known(cell) || titled)
            && said.clone().filter(|cell| known(cell)).count() >= 2
    });
    let spans = said.next().is_some() && table.header.len() > 1;
    (names_columns && spans).then(|| {
        let both = table.header.iter().zip(&second.cells);
        both.map(|(above, below)| if below.is_empty() { above } else { below }).collect()
    })
}

/// A table with what its columns are.
pub(super) struct Register<'a> {
    pub columns: Columns,
    header: Vec<&'a Text>,
    rows: &'a [Row],
}

/// `Milestone | Description | …` over bare numbers or ids: the column that should hold names holds ids, and the
/// description is the name.
fn settle_ids(register: &mut Register) {
    let Register { columns, header, rows } = register;
    let position = |name: &str| columns.fields.iter().position(|field| field.is_some_and(|field| field.name == name));
    let said = match columns.kind {
        Kind::Milestone => position("description"),
        Kind::Risk => position("event"),
        _ => None,
    };
    let main = columns.kind.main_field();
    let (None, Some(named), Some(said)) = (position("id"), position(main), said) else { return };
    let mut cells = rows.iter().map(|row| row.cells[named].plain.trim()).filter(|cell| !cell.is_empty());
    if cells.clone().next().is_none() || !cells.all(is_bare_id) {
        return;
    }
    let fields = columns.kind.fields();
    let field = |name: &str| fields.iter().find(|field| field.name == name);
    columns.fields[named] = field("id");
    columns.fields[said] = field(main);
    let (ids, names) = (&header[named].plain, &header[said].plain);
    columns.why.push_str(&format!("; the column {} holds ids, and {} the names", ids.trim(), names.trim()));
}

/// `3`, `1.2`, `#4`, `M2`.
fn is_bare_id(cell: &str) -> bool {
    let cell = cell.trim_start_matches('#');
    let numbered = cell.starts_with(|letter: char| letter.is_ascii_digit());
    let number = numbered && cell.len() <= 6 && cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    number || tree::looks_like_id(cell)
}

/// A criterion in words is no reference to one: it stays beside the evidence as the author wrote it.
fn settle_proves(register: &mut Register) {
    let Register { columns, header, rows } = register;
    let position = columns.fields.iter().position(|field| field.is_some_and(|field| field.name == "proves"));
    let Some(position) = position.filter(|_| columns.kind == Kind::Evidence) else { return };
    let named = |cell: &str| !cell.contains(char::is_whitespace) || names_criterion(cell);
    let names = rows.iter().map(|row| row.cells[position].plain.trim()).any(named);
    let keyed = matches!(fields::fold(&header[position].plain).as_str(), "proves" | "criterion id" | "criteria id");
    if !names && !keyed {
        columns.fields[position] = None;
    }
}

/// `M2-X3`, `M2-X3, M2-X4`, `M2-X3: rollback drills recorded`.
fn names_criterion(cell: &str) -> bool {
    let first = cell.split([',', ';', ':', ' ', '\n']).next().unwrap_or_default();
    first.contains('-') && tree::looks_like_id(first)
}

impl<'a> Reader<'_, 'a> {
    /// Reads a table, and gives it back as a piece of the narrative with its rows tied to their records.
    pub(super) fn table(&mut self, table: &'a Table, kind: Option<(Kind, &str)>, heading: &str) -> Piece<'a> {
        let Some(register) = columns(table, kind, heading, self.own) else {
            if let Some(piece) = self.card(table) {
                return piece;
            }
            let extras = table.header.iter().map(|cell| cell.plain.clone()).collect();
            let header: Vec<&str> = table.header.iter().map(|cell| cell.plain.as_str()).collect();
            let why = columns::refusal(&header);
            let account = Account { at: table.at.clone(), kind: None, why, columns: Vec::new(), extras, records: 0 };
            self.reading.accounts.push(account);
            let rows = table.rows.iter().map(|row| (row.cells.as_slice(), None)).collect();
            return Piece::Table { header: &table.header, rows };
        };
        let list = self.next_list();
        let mut account = self.account(table, &register);
        let above = &table.rows[..table.rows.len() - register.rows.len()];
        let mut rows: Vec<_> = above.iter().map(|row| (row.cells.as_slice(), None)).collect();
        for row in register.rows {
            let entry = entry(&register, row, list);
            let position = entry.is_some().then_some(self.reading.entries.len());
            account.records += usize::from(entry.is_some());
            self.reading.entries.extend(entry);
            rows.push((row.cells.as_slice(), position));
        }
        self.reading.accounts.push(account);
        Piece::Table { header: &table.header, rows }
    }

    fn account(&mut self, table: &Table, register: &Register) -> Account {
        let Register { columns, header, .. } = register;
        let mut account = Account {
            at: table.at.clone(),
            kind: Some(columns.kind),
            why: columns.why.clone(),
            columns: Vec::new(),
            extras: Vec::new(),
            records: 0,
        };
        for (cell, field) in header.iter().zip(&columns.fields) {
            match field {
                Some(field) => account.columns.push((cell.plain.clone(), field.name)),
                None if cell.is_empty() => {}
                None => {
                    account.extras.push(cell.plain.clone());
                    self.findings.push(extra_column(columns, cell, self.own));
                }
            }
        }
        account
    }
}

/// A column that is no field: a slip of the pen, where a field that no other column has is near; else an extra.
fn extra_column(columns: &Columns, cell: &Text, own: &Vocabulary) -> Finding {
    let taken = |field: &&Field| columns.fields.iter().flatten().any(|taken| taken.name == field.name);
    let free = columns.kind.fields().iter().filter(|field| !taken(field));
    let words = free.flat_map(|field| std::iter::once(field.name).chain(field.synonyms.iter().copied()));
    let folded = fields::fold(&cell.plain);
    let words = own.words(columns.kind).chain(words);
    match near::nearest(&folded, words.filter(|word| word.len() >= LEAST_NEAR)) {
        Some(near) => {
            let near = near.replace('_', " ");
            let message = format!("a table of {} has no column `{}`", columns.kind.folder(), cell.plain.trim());
            Finding::new("unknown-key", cell.at.clone(), message)
                .label("not a known column")
                .help(format!("did you mean `{near}`? Until then nothing is read from this column"))
                .about(&cell.plain)
        }
        None => not_understood(cell, "column"),
    }
}

/// Letters of a word for a column; in shorter ones a slip makes another word.
const LEAST_NEAR: usize = 5;

/// The record of a row; None for a blank one, and for a line that is no row.
fn entry<'a>(register: &Register<'a>, row: &'a Row, list: usize) -> Option<Entry<'a>> {
    let Register { columns, header, .. } = register;
    if row.is_stray || row.cells.iter().all(Text::is_empty) {
        return None;
    }
    let mut entry = Entry {
        kind: columns.kind,
        id: None,
        fields: Vec::with_capacity(row.cells.len()),
        extras: Vec::new(),
        at: row.at.clone(),
        list,
        narrative: Html::default(),
    };
    for ((cell, field), head) in row.cells.iter().zip(&columns.fields).zip(header) {
        if cell.is_empty() {
            continue;
        }
        match field {
            Some(field) if field.name == "id" => identify(&mut entry, cell),
            Some(field) => entry.fields.push((field.name, Value::Text(Cow::Borrowed(cell)))),
            None => entry.extras.push((&head.plain, Value::Text(Cow::Borrowed(cell)))),
        }
    }
    for cell in &row.surplus {
        if !cell.is_empty() {
            entry.extras.push(("beyond the columns", Value::Text(Cow::Borrowed(cell))));
        }
    }
    id_from_name(&mut entry);
    // A checklist's line for which nothing is shown is no evidence.
    let shows = entry.kind != Kind::Evidence || entry.id.is_some() || says(&entry, "title");
    shows.then_some(entry)
}

pub(super) fn says(entry: &Entry, name: &str) -> bool {
    let value = entry.fields.iter().find(|(field, _)| *field == name).and_then(|(_, value)| value.text());
    value.is_some_and(|text| !words::is_nothing(&text.plain) && !words::is_placeholder(&text.plain))
}

/// The cell of an id column: an id, an id and a name, or words that say there is none.
fn identify<'a>(entry: &mut Entry<'a>, cell: &'a Text) {
    if words::is_nothing(&cell.plain) || words::is_placeholder(&cell.plain) {
        return;
    }
    let name = entry.kind.main_field();
    if matches!(name, "name" | "title")
        && let Some((id, rest)) = crate::reading::ids::in_name(cell)
        && !rest.is_empty()
        && !entry.fields.iter().any(|(field, _)| *field == name)
    {
        entry.id = Some(Cow::Owned(id));
        entry.fields.push((name, Value::Text(Cow::Owned(rest))));
        return;
    }
    let bare = cell.plain.trim_start_matches('#').trim_end_matches(['.', ':', ')']);
    let start = cell.plain.len() - cell.plain.trim_start_matches('#').len();
    entry.id = Some(match bare.len() == cell.plain.len() || bare.is_empty() {
        true => Cow::Borrowed(cell),
        false => Cow::Owned(cell.slice(start..start + bare.len().min(cell.plain.len() - start))),
    });
}
