//! `milepost fmt`: the one command that rewrites what authors wrote, and says what it did.

use anyhow::ensure;

use crate::cli::args::Fmt;
use crate::cli::print::{self, Progress};
use crate::cli::{Exit, clock};
use crate::disk::{self, Reader};
use crate::pipeline::{self, Memory};
use crate::rewriting::{self, Done, Left, Rewritten, Why, Wish};

pub fn run(args: &Fmt) -> anyhow::Result<Exit> {
    let folder = args.folder.display();
    ensure!(
        !args.folder.is_file(),
        "`{folder}` is a file: give the programme's folder, for ids count across its files"
    );
    let progress = Progress::start();
    progress.stage("reading");
    let clock = clock::read(None)?;
    let inputs = Reader::new(&args.folder).read()?;
    let history = pipeline::check(&inputs, clock, &Memory::default()).chain.history();
    progress.stage("rewriting");
    let wishes = [(args.split, Wish::Split), (args.ids, Wish::Ids)];
    let wishes: Vec<Wish> = wishes.into_iter().filter(|(asked, _)| *asked).map(|(_, wish)| wish).collect();
    let rewritten = rewriting::rewrite(&inputs, &history, clock, &wishes);
    drop(progress);

    let prefix = print::prefix(&args.folder);
    let (mut changed, mut links) = (0, 0);
    for file in &rewritten {
        let path = args.folder.join(&*file.path);
        if file.is_changed() && !disk::is_own_file(&path) {
            links += 1;
            print::result(&format!("{prefix}{}: left as it is: it is a link to another file\n", file.path));
            continue;
        }
        if file.is_changed() {
            changed += 1;
            if !args.check {
                disk::rewrite(&path, &file.before, &file.after)?;
            }
            print::result(&format!("{prefix}{}: {}\n", file.path, told(file)));
        }
        for left in left(file) {
            print::result(&format!("{prefix}{}{left}\n", file.path));
        }
    }
    for unreadable in &inputs.unreadable {
        print::result(&format!("{prefix}{}: left as it is: {}\n", unreadable.path, unreadable.reason));
    }
    print::result(&summary(args, changed, rewritten.len() - changed - links));
    Ok(exit(args, &rewritten, changed))
}

fn exit(args: &Fmt, rewritten: &[Rewritten], changed: usize) -> Exit {
    let has = |why| rewritten.iter().flat_map(|file| &file.left).any(|left| left.why == why);
    if has(Why::TableWouldChange) {
        Exit::Failed
    } else if has(Why::Unreadable) || (args.check && changed > 0) {
        Exit::Wrong
    } else {
        Exit::Fine
    }
}

/// "2 tables aligned, 7 criteria set apart in 2 places, ids written: R7 and R8".
fn told(file: &Rewritten) -> String {
    let mut parts = Vec::new();
    let tables = file.done.iter().filter(|done| **done == Done::Aligned).count();
    if tables > 0 {
        parts.push(format!("{} aligned", count(tables, "table", "tables")));
    }
    let places = file.done.iter().filter_map(|done| if let Done::Split(parts) = done { Some(*parts) } else { None });
    let (places, criteria) = places.fold((0, 0), |(places, criteria), parts| (places + 1, criteria + parts));
    if places > 0 {
        parts.push(format!("{criteria} criteria set apart in {}", count(places, "place", "places")));
    }
    let ids = file.done.iter().filter_map(|done| if let Done::Named(id) = done { Some(id.as_str()) } else { None });
    let ids: Vec<&str> = ids.collect();
    if !ids.is_empty() {
        parts.push(format!("{} written ({})", count(ids.len(), "id", "ids"), shortened(&ids)));
    }
    parts.join(", ")
}

fn count(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// The first few of a list.
fn shortened(words: &[&str]) -> String {
    match words {
        few if few.len() <= SHOWN => few.join(", "),
        many => format!("{} and {} more", many[..SHOWN - 1].join(", "), many.len() - (SHOWN - 1)),
    }
}

const SHOWN: usize = 4;

/// What was asked and not done, a line for each reason, from the place where it first holds.
fn left(file: &Rewritten) -> Vec<String> {
    let mut reasons: Vec<Why> = file.left.iter().map(|left| left.why).collect();
    reasons.sort();
    reasons.dedup();
    let line = |why: Why| {
        let lefts: Vec<&Left> = file.left.iter().filter(|left| left.why == why).collect();
        let subjects: Vec<&str> = lefts.iter().map(|left| left.subject.as_str()).collect();
        let (line, subjects) = (lefts[0].line, shortened(&subjects));
        match why {
            Why::Unreadable => {
                ": left as it is: a part of it cannot be read; `milepost check` says where, and what to do".to_string()
            }
            Why::Sealed => format!(": left as it is: evidence `{subjects}` names it by its sha256"),
            Why::TableWouldChange => format!(
                ":{line}: {}: aligned, it would be read otherwise. This is a fault of milepost: please report it with \
                 the table",
                count(lefts.len(), "table is left as it was", "tables are left as they were")
            ),
            Why::WouldBeReadOtherwise => {
                format!(":{line}: left as it was, for it would be read otherwise: {subjects}")
            }
            Why::NoPlaceForId => {
                format!(
                    ":{line}: no id is written, for this form has no place for one: {subjects}; give the table a column `ID`"
                )
            }
            Why::AfterOneWithoutPlace => format!(
                ":{line}: no id is written, for one before it has none and would get another number: {subjects}"
            ),
            Why::Together => format!(
                ":{line}: no id is written where several criteria stand in one text: {subjects}; add --split to set them apart"
            ),
            Why::MilestoneId => {
                format!(
                    ":{line}: no id is written, for the id of its milestone is not written or has a space: {subjects}"
                )
            }
        }
    };
    reasons.into_iter().map(line).collect()
}

fn summary(args: &Fmt, changed: usize, same: usize) -> String {
    let rest = match same {
        0 => String::new(),
        same => format!("; {} as before", count(same, "file is", "files are")),
    };
    match (changed, args.check) {
        (0, _) => "nothing to change\n".to_string(),
        (changed, true) => format!("{} change{rest}\n", count(changed, "file would", "files would")),
        (changed, false) => format!("{} rewritten{rest}\n", count(changed, "file is", "files are")),
    }
}
