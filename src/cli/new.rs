//! `milepost new`: one more record, in the form that the folder already uses.

use anyhow::bail;

use crate::cli::args::{New, NewKind};
use crate::cli::{Exit, print};
use crate::disk::{self, Created, Reader};
use crate::reading::addition::{self, Record};
use crate::reading::fields::Kind;
use crate::source::place;
use crate::syntax;

pub fn run(args: &New) -> anyhow::Result<Exit> {
    let inputs = Reader::new(&args.folder).read()?;
    let documents: Vec<_> = inputs.sources.iter().map(|source| syntax::parse(source).0).collect();
    let title = args.title.join(" ");
    let record = Record { kind: kind(args.kind), title: Some(title.trim()).filter(|title| !title.is_empty()) };
    let addition = addition::of(&record, &inputs, &documents);
    let file = args.folder.join(&addition.path);
    if addition.is_new_file {
        if disk::create(&file, &addition.text)? == Created::There {
            bail!("`{}` is there already, and nothing is written over it", file.display());
        }
    } else {
        let read = inputs.source(&addition.path).map_or("", |source| &source.text);
        disk::rewrite(&file, read, &addition.text)?;
    }
    let line = place(&addition.text, addition.at).line;
    print::result(&format!("{}{}:{line}\n", print::prefix(&args.folder), addition.path));
    let (id, what) = (&addition.id, record.kind.word());
    print::error(&format!("{what} {id} is added: fill in what says TBD; `milepost check` finds what is left"));
    Ok(Exit::Fine)
}

fn kind(kind: NewKind) -> Kind {
    match kind {
        NewKind::Milestone => Kind::Milestone,
        NewKind::Risk => Kind::Risk,
        NewKind::Evidence => Kind::Evidence,
        NewKind::Decision => Kind::Decision,
    }
}
