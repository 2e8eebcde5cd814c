//! `milepost init`: a programme to start from. Never writes over anything.

use crate::cli::args::Init;
use crate::cli::{Exit, clock, print};
use crate::disk::{self, Created, Reader};
use crate::export::starter::{self, Folder};
use crate::reading::entries;
use crate::reading::vocabulary::Vocabulary;
use crate::source::Inputs;
use crate::syntax;

pub fn run(args: &Init) -> anyhow::Result<Exit> {
    let today = clock::read(None)?.fallback;
    let inputs = if args.folder.is_dir() { Reader::new(&args.folder).read()? } else { Inputs::default() };
    let has_records = has_records(&inputs);
    let folder = match has_records {
        true => Folder::WithRecords { root: &inputs.root },
        false => Folder::WithoutRecords,
    };
    let mut files = starter::files(folder, today);
    if args.github {
        files.push(starter::workflow());
    }
    let prefix = print::prefix(&args.folder);
    if has_records {
        print::result("records are there already: no examples are added\n");
    }
    for file in &files {
        let said = match disk::create(&args.folder.join(&file.path), &file.text)? {
            Created::Written => "wrote",
            Created::There => "left as it is:",
        };
        // A schema for each kind would be all that one sees.
        if !file.path.starts_with(starter::SCHEMAS) {
            print::result(&format!("{said} {prefix}{}\n", file.path));
        }
    }
    print::result(&format!("schemas for your editor are in {prefix}{}\n", starter::SCHEMAS));
    print::result(&next(args));
    Ok(Exit::Fine)
}

/// Is any file or table already one of records?
fn has_records(inputs: &Inputs) -> bool {
    inputs.sources.iter().any(|source| {
        let (document, _) = syntax::parse(source);
        !entries::read(&document, &inputs.root, &Vocabulary::default(), &mut Vec::new()).entries.is_empty()
    })
}

/// What to do next.
fn next(args: &Init) -> String {
    let folder = args.folder.display().to_string();
    let folder = if folder == "." { String::new() } else { format!(" {folder}") };
    let commands = [
        (format!("serve --open{folder}"), "the portal, while you change the examples into your own"),
        (format!("check{folder}"), "what is missing, and what to do"),
        ("guide".to_string(), "every form, notation and field"),
    ];
    let width = commands.iter().map(|(command, _)| command.chars().count()).max().unwrap_or_default();
    let mut text = "\nNext:\n".to_string();
    for (command, what) in &commands {
        text.push_str(&format!("  milepost {command:width$}  # {what}\n"));
    }
    if args.github {
        text.push_str(
            "Then push, and choose Settings → Pages → Source: GitHub Actions. What Pages serves can be read by the \
             whole world.\n",
        );
    }
    text
}
